//! The rows in the document. They are written by hand, not with signals: two thousand cells each with its own
//! subscription would cost more than the table.

use std::ops::Range;

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, FocusOptions, HtmlElement, Node, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::slot::Slot;
use super::{GridColumn, GridPlace, GridRow, GridTone, ROW_PX};
use crate::windowing::{Flight, Window, columns_between};

/// Creates an element with a role and a class.
pub fn element(tag: &str, role: &str, class: &str) -> Option<HtmlElement> {
    let made = document().create_element(tag).ok()?.dyn_into::<HtmlElement>().ok()?;
    set(&made, "role", role);
    set(&made, "class", class);
    Some(made)
}

/// Sets an attribute, unless the value is empty.
pub fn set(element: &Element, name: &str, value: &str) {
    if !value.is_empty() {
        let _ = element.set_attribute(name, value);
    }
}

/// Sets an inline style property.
pub fn style(element: &HtmlElement, name: &str, value: &str) {
    let _ = element.style().set_property(name, value);
}

/// Focuses an element without scrolling the page.
pub fn focus(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
}

/// The sticky position of a column after others of this total width.
pub fn held_at(px: u32) -> String {
    ["calc(var(--pick) + var(--name) + ", &px.to_string(), "px)"].concat()
}

/// The look of a cell as a class.
pub const fn tone(tone: GridTone) -> &'static str {
    match tone {
        GridTone::Plain => "",
        GridTone::Muted => "muted",
        GridTone::Weaker => "weaker",
        GridTone::Stricter => "stricter",
        GridTone::Different => "different",
    }
}

/// The table's rows in the document.
pub struct Body {
    frame: HtmlElement,
    table: HtmlElement,
    rows: HtmlElement,
    select: &'static str,
    place: StoredValue<GridPlace>,
    columns: Vec<GridColumn>,
    pattern: Option<Node>,
    slots: Vec<Slot>,
    count: usize,
    box_px: u32,
    /// The width of the box, and of what precedes the columns.
    across_px: (u32, u32),
    laid: bool,
    marked: Option<HtmlElement>,
    flight: Flight,
    /// The table is being scrolled and is not scrolled sideways: no cell needs to be sticky.
    loose: bool,
}

impl Body {
    /// An empty table.
    pub fn new(
        frame: HtmlElement,
        table: HtmlElement,
        rows: HtmlElement,
        select: &'static str,
        place: StoredValue<GridPlace>,
    ) -> Self {
        let (columns, slots) = (Vec::new(), Vec::new());
        Self {
            frame,
            table,
            rows,
            select,
            place,
            columns,
            pattern: None,
            slots,
            count: 0,
            box_px: 0,
            across_px: (0, 0),
            laid: false,
            marked: None,
            flight: Flight::default(),
            loose: false,
        }
    }

    /// How many columns follow the name.
    pub const fn columns(&self) -> usize {
        self.columns.len()
    }

    /// The window on the rows. The browser is not asked for sizes: after a change it would have to lay out first.
    pub fn window(&self) -> Window {
        let top_px = u32::try_from(self.place.with_value(|place| place.top)).unwrap_or_default();
        Window { rows: self.count, row_px: ROW_PX, box_px: self.box_px, top_px }
    }

    /// Columns or rows have changed.
    pub fn lay_out(&mut self, columns: &[GridColumn], count: usize, row: Callback<usize, Option<GridRow>>) {
        if self.laid && self.columns == columns && self.count == count {
            self.write(row, true);
            self.write_rest();
            return;
        }
        if !self.laid || self.columns != columns {
            self.columns = columns.to_vec();
            let mut widths = String::from("var(--pick) var(--name)");
            for column in columns {
                widths.push_str(&[" ", &column.width.to_string(), "px"].concat());
            }
            style(&self.table, "--cols", &widths);
            self.rows.set_text_content(None);
            self.slots.clear();
            self.pattern = Slot::pattern(columns, self.select);
        }
        let shrinks = self.count > count;
        if !self.laid || self.count != count {
            self.count = count;
            style(&self.rows, "block-size", &[&(count * ROW_PX as usize).to_string(), "px"].concat());
        }
        let place = self.place.get_value();
        if !self.laid && (place.top, place.left) != (0, 0) {
            self.frame.set_scroll_top(place.top);
            self.frame.set_scroll_left(place.left);
        }
        if shrinks || !self.laid {
            self.note_place();
        }
        self.laid = true;
        self.resized(row);
    }

    /// Records where the browser has scrolled the table to.
    fn note_place(&self) {
        let (top, left) = (self.frame.scroll_top(), self.frame.scroll_left());
        self.place.update_value(|place| (place.top, place.left) = (top, left));
    }

    /// The size of the box has changed.
    pub fn resized(&mut self, row: Callback<usize, Option<GridRow>>) {
        self.measure();
        let wanted = self.window().slots();
        if self.slots.len() != wanted {
            while self.slots.len() > wanted {
                if let Some(slot) = self.slots.pop() {
                    slot.element.remove();
                }
            }
            while self.slots.len() < wanted {
                let Some(pattern) = &self.pattern else { break };
                let Some(slot) = Slot::new(&self.rows, pattern, &self.columns) else { break };
                self.slots.push(slot);
            }
            // Which row is in which slot depends on how many there are.
            self.slots.iter_mut().for_each(|slot| slot.row = None);
        }
        self.write(row, true);
        self.write_rest();
    }

    /// Reads all sizes at once, before rows are created: reading them later would force another layout.
    fn measure(&mut self) {
        let px = |number: i32| u32::try_from(number).unwrap_or_default();
        self.box_px = px(self.frame.client_height() - self.rows.offset_top());
        let head = |class: &str| self.table.query_selector(class).ok().flatten()?.dyn_into::<HtmlElement>().ok();
        let lead =
            [".grid-heads > .pick", ".grid-heads > .name"].into_iter().filter_map(head).map(|head| head.offset_width());
        let lead = lead.sum();
        self.across_px = (px(self.frame.client_width()), px(lead));
    }

    /// The box was scrolled, at a time in ms.
    pub fn scrolled(&mut self, at_ms: f64, row: Callback<usize, Option<GridRow>>) {
        let flew = self.flight.flies();
        let top = u32::try_from(self.frame.scroll_top()).unwrap_or_default();
        self.flight.moved(top, at_ms, ROW_PX);
        if self.flight.flies() != flew {
            self.show_flight();
        }
        self.follow(flew && !self.flight.flies(), row);
    }

    /// Updates the rows to the scroll position; `all` also rewrites the rows that are already there.
    fn follow(&mut self, all: bool, row: Callback<usize, Option<GridRow>>) {
        let before = self.place.get_value();
        self.note_place();
        let place = self.place.get_value();
        if (place.left, place.top) != (before.left, before.top) {
            self.loosen(place.left == 0 && before.left == 0);
        }
        if place.left != before.left && !self.flight.flies() {
            let seen = self.columns_in_sight();
            self.slots.iter_mut().for_each(|slot| slot.write_cells(&seen));
        }
        self.write(row, all);
    }

    /// Scrolling has stopped: everything is written.
    pub fn rested(&mut self, row: Callback<usize, Option<GridRow>>) {
        self.loosen(false);
        self.land(row);
        self.write_rest();
    }

    /// Scrolling is slow enough again: the cells in view are written.
    fn land(&mut self, row: Callback<usize, Option<GridRow>>) {
        let flew = self.flight.flies();
        self.flight.rested();
        if flew {
            self.show_flight();
            self.write(row, true);
        }
    }

    fn show_flight(&self) {
        let flies = self.flight.flies();
        // A hidden element cannot have the focus, which must not fall back to the page's body.
        let active = document().active_element().filter(|active| flies && self.rows.contains(Some(active)));
        if active.is_some_and(|active| active.closest("td:not(.pick)").ok().flatten().is_some()) {
            focus(&self.table);
        }
        let _ = self.table.class_list().toggle_with_force("flies", flies);
    }

    /// For the browser each sticky cell is a layer, and a hundred layers scroll slowly. While the table is only
    /// scrolled up and down, they are where they would stick anyway.
    fn loosen(&mut self, loose: bool) {
        if self.loose != loose {
            self.loose = loose;
            let _ = self.table.class_list().toggle_with_force("loose", loose);
        }
    }

    /// The columns in view now. Sticky ones may cover some of them.
    fn columns_in_sight(&self) -> Range<usize> {
        let left = u32::try_from(self.place.with_value(|place| place.left)).unwrap_or_default();
        let (box_px, lead_px) = self.across_px;
        let widths = self.columns.iter().map(|column| column.width);
        columns_between(widths, (left.saturating_sub(lead_px), (left + box_px).saturating_sub(lead_px)))
    }

    /// Writes the cells out of view, too: assistive technology and the browser's search find them. Skipped while the
    /// table is being scrolled.
    pub fn write_rest(&mut self) {
        let all = 0..self.columns.len();
        self.slots.iter_mut().for_each(|slot| slot.write_cells(&all));
    }

    /// Writes the rows in view; those that are already there only if `all`.
    fn write(&mut self, row: Callback<usize, Option<GridRow>>, all: bool) {
        let number = self.slots.len();
        if number == 0 {
            return;
        }
        let window = self.window();
        let first = window.first();
        let seen = self.columns_in_sight();
        let active = document().active_element();
        for at in first..first + number {
            let Some(slot) = self.slots.get_mut(at % number) else { continue };
            if slot.row == Some(at) && !all {
                continue;
            }
            // The table keeps the focus while its row is out of view: it must not end up on another row.
            let has_focus = || active.as_ref().is_some_and(|active| slot.element.contains(Some(active)));
            if slot.row.is_some_and(|old| old != at) && has_focus() {
                focus(&self.table);
            }
            if let Some(wanted) = row.run(at) {
                slot.show(at, wanted, &seen, self.flight.flies());
            }
        }
        self.mark(window);
    }

    fn stop(&self, place: GridPlace) -> Option<HtmlElement> {
        let Some(row) = place.row else {
            let head = [".grid-heads [aria-colindex=\"", &(place.column + 1).to_string(), "\"] :is(button, input)"];
            let found = self.table.query_selector(&head.concat()).ok().flatten()?;
            return found.dyn_into().ok();
        };
        let slot = self.slots.get(row % self.slots.len().max(1)).filter(|slot| slot.row == Some(row))?;
        slot.stops.get(place.column.min(slot.stops.len() - 1)).cloned()
    }

    /// The one cell that Tab reaches is the one with the focus; if that is out of view, the first in view.
    pub fn mark_place(&mut self) {
        self.mark(self.window());
    }

    fn mark(&mut self, window: Window) {
        let place = self.place.get_value();
        let mut found = self.stop(place);
        if found.is_none() && self.count > 0 {
            let column = place.column.min(self.columns.len() + 1);
            found = self.stop(GridPlace { row: Some(window.first_in_sight()), column, ..place });
        }
        if found != self.marked {
            if let Some(old) = &self.marked {
                set(old, "tabindex", "-1");
            }
            if let Some(new) = &found {
                set(new, "tabindex", "0");
            }
            self.marked = found;
        }
    }

    /// Scrolls so that a place is in view, and returns its element.
    pub fn bring(&mut self, place: GridPlace, row: Callback<usize, Option<GridRow>>) -> Option<HtmlElement> {
        self.land(row);
        let last = self.count.saturating_sub(1);
        let place = GridPlace { row: place.row.map(|row| row.min(last)), ..place };
        if let Some(at) = place.row {
            let top = self.window().revealing(at);
            if top != self.window().top_px {
                self.frame.set_scroll_top(i32::try_from(top).unwrap_or(i32::MAX));
                self.follow(false, row);
            }
        }
        self.place.update_value(|known| (known.row, known.column) = (place.row, place.column));
        self.mark_place();
        // The focus may jump to a column out of view: what is read out there must belong to this row.
        let (all, number) = (0..self.columns.len(), self.slots.len().max(1));
        let own = place.row.and_then(|at| self.slots.get_mut(at % number).filter(|slot| slot.row == Some(at)));
        if let Some(slot) = own {
            slot.write_cells(&all);
        }
        self.stop(place)
    }

    /// Scrolls the page so that what has the focus is in the window; the table's own scroll position stays.
    pub fn reveal_on_page(&self, found: &HtmlElement) {
        let left = self.frame.scroll_left();
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        options.set_inline(ScrollLogicalPosition::Nearest);
        found.scroll_into_view_with_scroll_into_view_options(&options);
        self.frame.set_scroll_left(left);
    }

    /// Scrolls the table sideways so that a cell is not covered by the sticky ones.
    pub fn reveal_sideways(&mut self, found: &HtmlElement) {
        let cell = found.closest("[aria-colindex]").ok().flatten().and_then(|cell| cell.dyn_into::<HtmlElement>().ok());
        if self.loose
            && cell.as_ref().is_some_and(|cell| cell.offset_left() + cell.offset_width() <= self.frame.client_width())
        {
            return;
        }
        self.loosen(false);
        let Some(cell) = cell.filter(|cell| !stays(cell)) else { return };
        let Some(slot) = self.slots.first() else { return };
        let held: i32 = slot.stops.iter().filter(|stop| stays(stop)).map(HtmlElement::offset_width).sum();
        let (from, to) = (cell.offset_left(), cell.offset_left() + cell.offset_width());
        let (left, seen) = (self.frame.scroll_left(), self.frame.client_width());
        if from < left + held {
            self.frame.set_scroll_left(from - held);
        } else if to > left + seen {
            // If there is room for one column only, the table snaps to the start of one (`style/page/grid.css`).
            let is_narrow = seen - held < 2 * (to - from);
            self.frame.set_scroll_left(if is_narrow { from - held } else { (to - seen).min(from - held) });
        }
    }
}

/// Whether a cell is sticky when the table is scrolled sideways; on narrow screens fewer are.
fn stays(cell: &HtmlElement) -> bool {
    let style = window().get_computed_style(cell).ok().flatten();
    style.is_some_and(|style| style.get_property_value("position").is_ok_and(|position| position == "sticky"))
}

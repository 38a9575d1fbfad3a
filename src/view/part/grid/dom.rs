//! The rows in the document. They are written by hand, not by signals: two thousand cells that follow something each
//! would cost more than the table.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, FocusOptions, HtmlElement, HtmlInputElement, Node, Text};

use super::keys::HEAD_ROWS;
use super::{GridCell, GridColumn, GridPlace, GridRow, GridTone, ROW_PX};
use crate::windowing::Window;

/// Makes an element with a role and a class.
pub fn element(tag: &str, role: &str, class: &str) -> Option<HtmlElement> {
    let made = document().create_element(tag).ok()?.dyn_into::<HtmlElement>().ok()?;
    set(&made, "role", role);
    set(&made, "class", class);
    Some(made)
}

fn set(element: &Element, name: &str, value: &str) {
    if !value.is_empty() {
        let _ = element.set_attribute(name, value);
    }
}

fn style(element: &HtmlElement, name: &str, value: &str) {
    let _ = element.style().set_property(name, value);
}

/// Takes the keyboard to an element; the page does not move.
pub fn focus(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
}

/// Where a column stays that has so many pixels of others before it.
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

struct Cell {
    element: HtmlElement,
    text: Text,
    said: Text,
    base: &'static str,
    width: u32,
}

/// Whether a text may not fit. Only then is it cut: hundreds of cells that each cut what they hold are slow to move.
fn is_long(cell: &GridCell, width: u32) -> bool {
    let sign = if cell.said.is_empty() { 0 } else { 2 };
    u32::try_from(cell.text.chars().count() + sign).unwrap_or(u32::MAX).saturating_mul(8) + 20 > width
}

/// A text of its own inside an element. Writing into it again costs a tenth of giving the element another one.
fn text_in(parent: &Node) -> Text {
    let text = document().create_text_node("");
    let _ = parent.append_child(&text);
    text
}

/// A row of the document, used for one row of the table after another.
struct Slot {
    row: Option<usize>,
    shown: GridRow,
    element: HtmlElement,
    input: HtmlInputElement,
    link: Element,
    name: Text,
    note: Text,
    /// The cells that can have the keyboard: box, name, then the columns.
    stops: Vec<HtmlElement>,
    cells: Vec<Cell>,
}

impl Slot {
    fn new(parent: &Node, columns: &[GridColumn], select: &str) -> Option<Self> {
        let row = element("tr", "row", "")?;
        let pick = element("td", "gridcell", "stuck pick")?;
        let input = element("input", "", "")?.dyn_into::<HtmlInputElement>().ok()?;
        input.set_type("checkbox");
        set(&input, "tabindex", "-1");
        set(&input, "aria-label", select);
        let name = element("th", "rowheader", "stuck name")?;
        set(&name, "scope", "row");
        let (link, note) = (element("a", "", "user-text")?, element("span", "", "grid-note")?);
        set(&link, "tabindex", "-1");
        let put = |parent: &Node, child: &Node| parent.append_child(child).is_ok();
        put(&pick, &input);
        put(&name, &link);
        put(&name, &note);
        put(&row, &pick);
        put(&row, &name);
        let mut stops = vec![pick, name];
        let mut cells = Vec::new();
        let mut held = 0;
        for column in columns {
            let base = if column.stuck { "stuck held" } else { "" };
            let (cell, unseen) = (element("td", "gridcell", base)?, element("span", "", "unseen")?);
            let (text, said) = (text_in(&cell), text_in(&unseen));
            if column.stuck {
                style(&cell, "left", &held_at(held));
                held += column.width;
            }
            put(&cell, &unseen);
            put(&row, &cell);
            stops.push(cell.clone());
            cells.push(Cell { element: cell, text, said, base, width: column.width });
        }
        for (at, stop) in stops.iter().enumerate() {
            set(stop, "aria-colindex", &(at + 1).to_string());
            set(stop, "tabindex", "-1");
        }
        put(parent, &row);
        let (name, note) = (text_in(&link), text_in(&note));
        let link = link.into();
        Some(Self { row: None, shown: GridRow::default(), element: row, input, link, name, note, stops, cells })
    }

    fn show(&mut self, at: usize, wanted: GridRow) {
        if self.row != Some(at) {
            self.row = Some(at);
            set(&self.element, "aria-rowindex", &(at + HEAD_ROWS + 1).to_string());
            style(&self.element, "top", &[&(at * ROW_PX as usize).to_string(), "px"].concat());
        }
        let shown = &self.shown;
        if shown.name != wanted.name {
            self.name.set_data(&wanted.name);
        }
        if shown.href != wanted.href {
            set(&self.link, "href", &wanted.href);
        }
        if shown.note != wanted.note {
            self.note.set_data(wanted.note);
        }
        if shown.selected != wanted.selected {
            set(&self.element, "aria-selected", if wanted.selected { "true" } else { "false" });
        }
        // A click has ticked the box already.
        if self.input.checked() != wanted.selected {
            self.input.set_checked(wanted.selected);
        }
        let blank = GridCell::default();
        for (place, cell) in self.cells.iter().enumerate() {
            let old = shown.cells.get(place).unwrap_or(&blank);
            let new = wanted.cells.get(place).unwrap_or(&blank);
            if old.text != new.text {
                cell.text.set_data(&new.text);
            }
            if old.said != new.said {
                cell.said.set_data(new.said);
            }
            let long = |one: &GridCell| is_long(one, cell.width);
            if old.tone != new.tone || long(old) != long(new) {
                let long = if long(new) { " long" } else { "" };
                let _ = cell.element.set_attribute("class", &[cell.base, " ", tone(new.tone), long].concat());
            }
        }
        self.shown = wanted;
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
    slots: Vec<Slot>,
    count: usize,
    box_px: u32,
    laid: bool,
    marked: Option<HtmlElement>,
}

impl Body {
    /// Without rows.
    pub fn new(
        frame: HtmlElement,
        table: HtmlElement,
        rows: HtmlElement,
        select: &'static str,
        place: StoredValue<GridPlace>,
    ) -> Self {
        let (columns, slots) = (Vec::new(), Vec::new());
        Self { frame, table, rows, select, place, columns, slots, count: 0, box_px: 0, laid: false, marked: None }
    }

    /// How many columns follow the name.
    pub const fn columns(&self) -> usize {
        self.columns.len()
    }

    /// The window on the rows.
    pub fn window(&self) -> Window {
        let top_px = u32::try_from(self.frame.scroll_top()).unwrap_or_default();
        Window { rows: self.count, row_px: ROW_PX, box_px: self.box_px, top_px }
    }

    /// Columns or rows changed.
    pub fn lay_out(&mut self, columns: &[GridColumn], count: usize, row: Callback<usize, Option<GridRow>>) {
        if !self.laid || self.columns != columns {
            self.columns = columns.to_vec();
            let mut widths = String::from("var(--pick) var(--name)");
            for column in columns {
                widths.push_str(&[" ", &column.width.to_string(), "px"].concat());
            }
            style(&self.table, "--cols", &widths);
            self.rows.set_text_content(None);
            self.slots.clear();
        }
        if !self.laid || self.count != count {
            self.count = count;
            style(&self.rows, "block-size", &[&(count * ROW_PX as usize).to_string(), "px"].concat());
        }
        if !self.laid {
            self.laid = true;
            let place = self.place.get_value();
            self.frame.set_scroll_top(place.top);
            self.frame.set_scroll_left(place.left);
        }
        self.resized(row);
    }

    /// The box has another size.
    pub fn resized(&mut self, row: Callback<usize, Option<GridRow>>) {
        let head = self.rows.offset_top();
        self.box_px = u32::try_from(self.frame.client_height() - head).unwrap_or_default();
        let wanted = self.window().slots();
        if self.slots.len() != wanted {
            while self.slots.len() > wanted {
                if let Some(slot) = self.slots.pop() {
                    slot.element.remove();
                }
            }
            while self.slots.len() < wanted {
                let Some(slot) = Slot::new(&self.rows, &self.columns, self.select) else { break };
                self.slots.push(slot);
            }
            // Which row stands in which slot depends on how many there are.
            self.slots.iter_mut().for_each(|slot| slot.row = None);
        }
        self.write(row, true);
    }

    /// The box was scrolled.
    pub fn scrolled(&mut self, row: Callback<usize, Option<GridRow>>) {
        let (top, left) = (self.frame.scroll_top(), self.frame.scroll_left());
        self.place.update_value(|place| (place.top, place.left) = (top, left));
        self.write(row, false);
    }

    /// Writes the rows in sight; those that stand there already only if `all`.
    fn write(&mut self, row: Callback<usize, Option<GridRow>>, all: bool) {
        let number = self.slots.len();
        if number == 0 {
            return;
        }
        // Read before anything is written: afterwards the browser would have to lay out first.
        let window = self.window();
        let first = window.first();
        let active = document().active_element();
        for at in first..first + number {
            let Some(slot) = self.slots.get_mut(at % number) else { continue };
            if slot.row == Some(at) && !all {
                continue;
            }
            // The keyboard is kept by the table while its row is out of sight: it must not land on another row.
            let has_focus = || active.as_ref().is_some_and(|active| slot.element.contains(Some(active)));
            if slot.row.is_some_and(|old| old != at) && has_focus() {
                focus(&self.table);
            }
            if let Some(wanted) = row.run(at) {
                slot.show(at, wanted);
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

    /// The one cell that Tab comes to is the one with the keyboard; where that is out of sight, the first in sight.
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

    /// Scrolls so that a place is in sight, and gives its element.
    pub fn bring(&mut self, place: GridPlace, row: Callback<usize, Option<GridRow>>) -> Option<HtmlElement> {
        let last = self.count.saturating_sub(1);
        let place = GridPlace { row: place.row.map(|row| row.min(last)), ..place };
        if let Some(at) = place.row {
            let top = self.window().revealing(at);
            if top != self.window().top_px {
                self.frame.set_scroll_top(i32::try_from(top).unwrap_or(i32::MAX));
                self.scrolled(row);
            }
        }
        self.place.update_value(|known| (known.row, known.column) = (place.row, place.column));
        self.mark_place();
        self.stop(place)
    }

    /// Moves the table sideways so that a cell does not lie under those that stay.
    pub fn reveal_sideways(&self, found: &HtmlElement) {
        let cell = found.closest("[aria-colindex]").ok().flatten().and_then(|cell| cell.dyn_into::<HtmlElement>().ok());
        let Some(cell) = cell.filter(|cell| !stays(cell)) else { return };
        let Some(slot) = self.slots.first() else { return };
        let held: i32 = slot.stops.iter().filter(|stop| stays(stop)).map(HtmlElement::offset_width).sum();
        let (from, to) = (cell.offset_left(), cell.offset_left() + cell.offset_width());
        let (left, seen) = (self.frame.scroll_left(), self.frame.client_width());
        if from < left + held {
            self.frame.set_scroll_left(from - held);
        } else if to > left + seen {
            self.frame.set_scroll_left((to - seen).min(from - held));
        }
    }
}

/// Whether a cell stays in place when the table is moved sideways; on narrow screens fewer do.
fn stays(cell: &HtmlElement) -> bool {
    let style = window().get_computed_style(cell).ok().flatten();
    style.is_some_and(|style| style.get_property_value("position").is_ok_and(|position| position == "sticky"))
}

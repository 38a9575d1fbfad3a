//! A row element, reused for one row of the table after another.

use std::ops::Range;

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement, HtmlInputElement, Node, Text};

use super::dom::{element, held_at, set, style, tone};
use super::keys::HEAD_ROWS;
use super::{GridCell, GridColumn, GridRow, ROW_PX};

/// The class of a cell that stays in place when the table is scrolled sideways.
const STAYS: &str = "stuck held";

struct Cell {
    element: HtmlElement,
    text: Text,
    /// Stays in place when the table is scrolled sideways.
    stays: bool,
    width: u32,
}

/// Whether a text may not fit. Only then is it clipped: hundreds of clipped cells are slow to scroll.
fn is_long(cell: &GridCell, width: u32) -> bool {
    let sign = if cell.sign.is_empty() { 0 } else { 2 };
    u32::try_from(cell.text.chars().count() + sign).unwrap_or(u32::MAX).saturating_mul(8) + 20 > width
}

/// A text node inside an element. Changing it costs a tenth of replacing it.
fn text_in(parent: &Node) -> Text {
    let text = document().create_text_node("");
    let _ = parent.append_child(&text);
    text
}

/// A row element, reused for one row of the table after another.
pub struct Slot {
    /// The row of the table that it shows.
    pub row: Option<usize>,
    /// What the document currently contains.
    shown: GridRow,
    /// What the cells should contain; those out of view may not yet.
    due: Vec<GridCell>,
    /// The row itself.
    pub element: HtmlElement,
    input: HtmlInputElement,
    link: Element,
    name: Text,
    note: Text,
    /// The cells that can have the focus: checkbox, name, then the columns.
    pub stops: Vec<HtmlElement>,
    cells: Vec<Cell>,
}

impl Slot {
    /// A row without texts, as a template for others: cloning it costs the browser a fraction of building it.
    pub fn pattern(columns: &[GridColumn], select: &str) -> Option<Node> {
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
        let mut stops = vec![pick, name];
        let mut held = 0;
        for column in columns {
            let cell = element("td", "gridcell", if column.stuck { STAYS } else { "" })?;
            if column.stuck {
                style(&cell, "left", &held_at(held));
                held += column.width;
            }
            stops.push(cell);
        }
        for (at, stop) in stops.iter().enumerate() {
            set(stop, "aria-colindex", &(at + 1).to_string());
            set(stop, "tabindex", "-1");
            put(&row, stop);
        }
        Some(row.into())
    }

    /// Appends a row cloned from the template for the same columns.
    pub fn new(parent: &Node, pattern: &Node, columns: &[GridColumn]) -> Option<Self> {
        let row = pattern.clone_node_with_deep(true).ok()?.dyn_into::<HtmlElement>().ok()?;
        let mut stops = Vec::with_capacity(columns.len() + 2);
        let mut next = row.first_element_child();
        while let Some(stop) = next {
            next = stop.next_element_sibling();
            stops.push(stop.dyn_into::<HtmlElement>().ok()?);
        }
        let [pick, name, own @ ..] = stops.as_slice() else { return None };
        let cell = |(element, column): (&HtmlElement, &GridColumn)| Cell {
            element: element.clone(),
            text: text_in(element),
            stays: column.stuck,
            width: column.width,
        };
        let cells = own.iter().zip(columns).map(cell).collect();
        let input = pick.first_element_child()?.dyn_into().ok()?;
        let (link, note) = (name.first_element_child()?, name.last_element_child()?);
        let (name, note) = (text_in(&link), text_in(&note));
        parent.append_child(&row).ok()?;
        Some(Self {
            row: None,
            shown: GridRow::default(),
            due: Vec::new(),
            element: row,
            input,
            link,
            name,
            note,
            stops,
            cells,
        })
    }

    /// Shows a row; for now only the cells of the columns in view, and none if only its name is shown.
    pub fn show(&mut self, at: usize, mut wanted: GridRow, seen: &Range<usize>, name_only: bool) {
        if self.row != Some(at) {
            self.row = Some(at);
            set(&self.element, "aria-rowindex", &(at + HEAD_ROWS + 1).to_string());
            style(&self.element, "top", &[&(at * ROW_PX as usize).to_string(), "px"].concat());
        }
        let shown = &mut self.shown;
        if shown.name != wanted.name {
            self.name.set_data(&wanted.name);
            shown.name = wanted.name;
        }
        if shown.href != wanted.href {
            set(&self.link, "href", &wanted.href);
            shown.href = wanted.href;
        }
        if shown.note != wanted.note {
            self.note.set_data(wanted.note);
            shown.note = wanted.note;
        }
        if shown.selected != wanted.selected {
            set(&self.element, "aria-selected", if wanted.selected { "true" } else { "false" });
            shown.selected = wanted.selected;
        }
        // A click has already changed the box.
        if self.input.checked() != wanted.selected {
            self.input.set_checked(wanted.selected);
        }
        shown.cells.truncate(self.cells.len());
        shown.cells.resize_with(self.cells.len(), GridCell::default);
        wanted.cells.resize_with(self.cells.len(), GridCell::default);
        self.due = wanted.cells;
        if !name_only {
            self.write_cells(seen);
        }
    }

    /// Writes the outdated cells of these columns.
    pub fn write_cells(&mut self, columns: &Range<usize>) {
        for (place, cell) in self.cells.iter().enumerate() {
            let (Some(old), Some(new)) = (self.shown.cells.get_mut(place), self.due.get_mut(place)) else { break };
            if !(columns.contains(&place) || cell.stays) || old == new {
                continue;
            }
            if old.text != new.text || old.sign != new.sign {
                cell.text.set_data(&new.shown());
            }
            if new.said.is_empty() {
                if !old.said.is_empty() {
                    let _ = cell.element.remove_attribute("aria-label");
                }
            } else if old.said != new.said || old.text != new.text {
                // A hidden text in each cell would be another element that the browser styles, lays out and paints.
                set(&cell.element, "aria-label", &[new.text.as_str(), &new.said].concat());
            }
            let long = |one: &GridCell| is_long(one, cell.width);
            if old.tone != new.tone || long(old) != long(new) {
                let base = if cell.stays { STAYS } else { "" };
                let long = if long(new) { " long" } else { "" };
                let _ = cell.element.set_attribute("class", &[base, " ", tone(new.tone), long].concat());
            }
            old.clone_from(new);
        }
    }
}

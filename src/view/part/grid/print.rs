//! The table on paper: every row, while the browser prints.

use leptos::prelude::*;
use leptos::web_sys::HtmlElement;

use super::dom::{element, tone};
use super::{GridColumn, GridRow, GridWords};

/// Writes all rows into an element that only printing shows. The browser captures the page right after this, so it must
/// be complete at once.
pub fn fill(
    paper: &HtmlElement,
    caption: [&str; 2],
    words: GridWords,
    columns: &[GridColumn],
    count: usize,
    row: Callback<usize, Option<GridRow>>,
) {
    paper.set_text_content(None);
    let table = || {
        let (table, head, body) = (element("table", "", "")?, element("thead", "", "")?, element("tbody", "", "")?);
        let line = element("tr", "", "")?;
        let put = |parent: &HtmlElement, tag: &str, class: &str, text: &str| {
            if let Some(cell) = element(tag, "", class) {
                cell.set_text_content(Some(text));
                let _ = parent.append_child(&cell);
            }
        };
        put(&table, "caption", "", &caption.join(". "));
        put(&line, "th", "", words.name);
        for column in columns {
            put(&line, "th", "", column.label);
        }
        let _ = head.append_child(&line);
        for at in 0..count {
            let Some(wanted) = row.run(at) else { continue };
            let line = element("tr", "", "")?;
            put(&line, "th", "", &[&wanted.name, " (", wanted.note, ")"].concat());
            for cell in &wanted.cells {
                put(&line, "td", tone(cell.tone), &cell.shown());
            }
            let _ = body.append_child(&line);
        }
        let _ = table.append_child(&head);
        let _ = table.append_child(&body);
        Some(table)
    };
    if let Some(table) = table() {
        let _ = paper.append_child(&table);
    }
}

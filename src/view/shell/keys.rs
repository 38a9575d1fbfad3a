//! The single keys on screen: their list, and the switch.

use leptos::prelude::*;

use crate::state::frame::keyboard::Keyboard;
use crate::text;
use crate::view::lazy::lazy_page;
use crate::view::part::{Button, ButtonKind, Checkbox, DataTable, Dialog, TableCell, TableRow};

/// Keys and what they do, with the switch above.
#[component]
pub fn KeyList() -> impl IntoView {
    let keyboard = Keyboard::current();
    let rows = text::shortcut::table()
        .into_iter()
        .map(|(keys, does)| {
            view! {
                <TableRow>
                    <TableCell heads_row=true><kbd>{keys}</kbd></TableCell>
                    <TableCell label=text::help::KEYS_DO>{does}</TableCell>
                </TableRow>
            }
        })
        .collect_view();
    view! {
        <div class="key-list">
            <Checkbox
                checked=keyboard.on
                on_change=move |on| keyboard.switch(on)
                label=text::shortcut::SWITCH.to_owned()
            />
            <p class="help">{text::shortcut::SWITCH_HELP}</p>
            <DataTable caption=text::shortcut::TITLE columns=vec![text::help::KEYS, text::help::KEYS_DO]>
                {rows}
            </DataTable>
        </div>
    }
    .into_any()
}

/// The list as a dialog, for the `?` key.
#[component]
pub fn KeyDialog() -> impl IntoView {
    let listed = Keyboard::current().listed;
    let close = Callback::new(move |()| listed.set(false));
    let footer = move || {
        view! { <Button kind=ButtonKind::Primary on_press=close>{text::page::CLOSE}</Button> }
    };
    view! {
        <Dialog open=listed title=text::shortcut::TITLE on_close=close footer>
            {lazy_page!(others, key_list() => view! { <KeyList /> }).show_in_place(text::shortcut::NOT_LOADED)}
        </Dialog>
    }
    .into_any()
}

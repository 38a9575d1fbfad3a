//! The policy as Microsoft has it, for other tools and for printing.

use leptos::prelude::*;

use super::export_text::ExportText;
use super::print_sheet::Printing;
use crate::export::{Export, Form};
use crate::instant;
use crate::state::desk::Desk;
use crate::state::policy::editor::Editor;
use crate::text;
use crate::view::part::{Button, ButtonKind, Dialog};

/// The dialog.
#[component]
pub fn ExportDialog(
    /// The policy.
    editor: Editor,
    /// The name of the group or role.
    holder: Signal<String>,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let desk = Desk::current();
    let cloud = desk.session().config().cloud;
    let export = Signal::derive(move || {
        let tenant = desk.account().tid;
        let export = editor.policy.with(|policy| holder.with(|name| Export::whole(policy, name, cloud, &tenant)));
        export.taken(instant::to_rfc3339(editor.read_unix_ms()))
    });
    let unknown = move || editor.policy.with(|policy| !policy.other_rules().is_empty());
    let printing = Printing::current();
    let footer = move || {
        view! {
            <Button on_press=move |()| printing.print(vec![editor])>{text::policy::export::PRINT}</Button>
            {printing.has_several().then(|| view! {
                <Button on_press=move |()| printing.print_all()>{text::policy::export::PRINT_ALL}</Button>
            })}
            <Button kind=ButtonKind::Primary on_press=move |()| open.set(false)>{text::page::CLOSE}</Button>
        }
    };
    view! {
        <Dialog
            open
            title=Signal::stored(text::policy::export::TITLE.to_owned())
            on_close=Callback::new(move |()| open.set(false))
            wide=true
            footer
        >
            <p class="help">{text::policy::export::WHOLE_HELP}</p>
            {move || unknown().then(|| view! { <p class="help">{text::policy::export::UNKNOWN_LEFT_OUT}</p> })}
            <ExportText export forms=&Form::ALL />
        </Dialog>
    }
    .into_any()
}

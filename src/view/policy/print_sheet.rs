//! Policies on paper: the text and every setting, whole policies at once. Only in the document while printing.

use leptos::prelude::*;

use super::plain_words::text_of;
use crate::browser::{locale, page};
use crate::policy::{Setting, Sheet, Tab};
use crate::state::context::provided;
use crate::state::directory::names::Names;
use crate::state::policy::editor::Editor;
use crate::text;
use crate::view::printing::{PrintedAbout, while_printing};

/// What is being printed, as a context.
#[derive(Clone, Copy)]
pub struct Printing {
    editors: RwSignal<Vec<Editor>>,
    all: Signal<Vec<Editor>>,
}

impl Printing {
    /// Nothing printed yet; `all` are the policies of this page.
    pub fn new(all: Signal<Vec<Editor>>) -> Self {
        Self { editors: RwSignal::default(), all }
    }

    /// The page's [`Printing`].
    pub fn current() -> Self {
        provided()
    }

    /// Whether the page has more than one policy; views follow it.
    pub fn has_several(self) -> bool {
        self.all.with(|all| all.len() > 1)
    }

    /// Prints these policies. The browser's dialog opens once they are in the document.
    pub fn print(self, editors: Vec<Editor>) {
        self.editors.set(editors);
        request_animation_frame(move || {
            page::print();
        });
    }

    /// Prints all policies of the page.
    pub fn print_all(self) {
        self.print(self.all.get_untracked());
    }
}

/// The sheets that are printed.
#[component]
pub fn PrintSheets(
    /// What is being printed.
    printing: Printing,
    /// The name of the group or role.
    holder: Signal<String>,
) -> impl IntoView {
    while_printing(move |on| {
        if !on {
            printing.editors.set(Vec::new());
        } else if printing.editors.with_untracked(Vec::is_empty) {
            // Printing was started from the browser's own menu. The form itself would show less, and not the subject.
            printing.editors.set(printing.all.get_untracked());
        }
    });
    move || {
        let editors = printing.editors.get();
        (!editors.is_empty()).then(|| {
            let sheets: Vec<AnyView> = editors.into_iter().map(|editor| sheet(editor, holder)).collect();
            view! { <div class="print-sheets">{sheets}</div> }
        })
    }
}

fn sheet(editor: Editor, holder: Signal<String>) -> AnyView {
    let names = Names::current();
    let sheet = editor.policy.with_untracked(Sheet::of);
    let known = untrack(|| names.known());
    let title = holder.with_untracked(|holder| text::subject::called(&editor.subject(), holder));
    let words = untrack(|| text_of(editor, &sheet, names));
    let read_at = text::policy::export::read_at(&locale::date_time(untrack(|| editor.read_unix_ms())));
    let tabs: Vec<AnyView> = Tab::ALL
        .into_iter()
        .map(|tab| {
            let rows: Vec<AnyView> = Setting::of_tab(tab)
                .into_iter()
                .filter_map(|setting| {
                    let value = text::policy::value::reading(sheet.reading(setting)?, &known);
                    let label = text::policy::setting::full_label(setting);
                    Some(view! { <tr><th scope="row">{label}</th><td class="user-text">{value}</td></tr> }.into_any())
                })
                .collect();
            view! {
                <h3>{text::policy::setting::tab(tab)}</h3>
                <table class="print-table">
                    <tbody>{rows}</tbody>
                </table>
            }
            .into_any()
        })
        .collect();
    let lines: Vec<AnyView> = words.into_iter().map(|line| view! { <p>{line}</p> }.into_any()).collect();
    view! {
        <section>
            <h2 class="user-text">{title}</h2>
            <PrintedAbout only=String::new() />
            <p>{read_at}</p>
            {lines}
            {tabs}
        </section>
    }
    .into_any()
}

//! A text for another tool: the choice of form, the text, a button that copies it.

use leptos::prelude::*;

use crate::export::{Export, Form};
use crate::state::frame::clip::CopyText;
use crate::text;
use crate::view::part::{Button, RadioGroup, RadioOption};

/// The choice of forms and the text in the chosen one.
#[component]
pub fn ExportText(
    /// What is turned into text; views follow it.
    #[prop(into)]
    export: Signal<Export>,
    /// The forms to choose from; the first is shown.
    forms: &'static [Form],
) -> impl IntoView {
    let form = RwSignal::new(forms.first().copied().unwrap_or(Form::Http));
    let shown = Memo::new(move |_| export.with(|export| export.text(form.get())));
    let options = forms
        .iter()
        .map(|form| RadioOption { value: form.key().to_owned(), label: form.label().to_owned(), help: String::new() })
        .collect();
    let choose = move |key: String| {
        if let Some(chosen) = Form::from_key(&key) {
            form.set(chosen);
        }
    };
    let copy = move |()| CopyText::current().copy(&shown.get_untracked(), text::policy::export::COPIED);
    view! {
        <div class="export">
            <div class="export-head">
                <RadioGroup
                    legend=text::policy::export::FORM
                    options
                    value=Signal::derive(move || form.get().key().to_owned())
                    on_change=choose
                    inline=true
                />
                <Button on_press=copy>{move || text::policy::export::copy(form.get().label())}</Button>
            </div>
            <pre class="json" tabindex="0" translate="no">{shown}</pre>
        </div>
    }
    .into_any()
}

//! The rule behind a setting, as Microsoft Graph stores it.

use leptos::prelude::*;

use crate::policy::{Policy, Setting};
use crate::state::frame::clip::CopyText;
use crate::state::policy::editor::Editor;
use crate::text;
use crate::view::part::{Button, ButtonKind, Dialog};

/// Shows ID and JSON of the rule or rules that store a setting.
#[component]
pub fn RuleDialog(
    /// The policy.
    editor: Editor,
    /// Which setting; `None` while closed.
    shown: RwSignal<Option<Setting>>,
) -> impl IntoView {
    let open = Signal::derive(move || shown.with(Option::is_some));
    let title = Signal::derive(move || shown.get().map(text::policy::setting::full_label).unwrap_or_default());
    let rules = Memo::new(move |_| {
        shown.get().map(|setting| editor.policy.with(|policy| rules_of(policy, setting))).unwrap_or_default()
    });
    let copy = move || {
        let all: Vec<String> = rules.get_untracked().into_iter().map(|(_, json)| json).collect();
        CopyText::current().copy(&all.join("\n"), text::policy::setting::RULE_COPIED);
    };
    view! {
        <Dialog
            open
            title
            on_close=Callback::new(move |()| shown.set(None))
            wide=true
            footer=move || {
                view! {
                    <Button on_press=move |()| copy()>{text::policy::setting::COPY_JSON}</Button>
                    <Button kind=ButtonKind::Primary on_press=move |()| shown.set(None)>{text::page::CLOSE}</Button>
                }
            }
        >
            {move || {
                rules
                    .get()
                    .into_iter()
                    .map(|(id, json)| {
                        view! {
                            <h3 class="rule-id" translate="no">{id}</h3>
                            <pre class="json" tabindex="0" translate="no">{json}</pre>
                        }
                    })
                    .collect_view()
            }}
        </Dialog>
    }
    .into_any()
}

fn rules_of(policy: &Policy, setting: Setting) -> Vec<(String, String)> {
    let (first, second) = setting.rules();
    [Some(first), second]
        .into_iter()
        .flatten()
        .map(|id| {
            let found = policy.rules.iter().filter(|rule| rule.known_id() == Some(id));
            let json: Vec<String> =
                found.map(|rule| serde_json::to_string_pretty(rule.raw()).unwrap_or_default()).collect();
            let json =
                if json.is_empty() { text::policy::setting::RULE_NOT_RETURNED.to_owned() } else { json.join("\n") };
            (id.as_str().to_owned(), json)
        })
        .collect()
}

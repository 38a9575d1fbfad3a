//! Rules that belong to no setting: shown as they are, never written.

use leptos::prelude::*;

use crate::state::policy::editor::Editor;
use crate::text;

/// The unknown rules, each with its JSON; nothing if there are none.
#[component]
pub fn OtherRules(
    /// The policy.
    editor: Editor,
) -> impl IntoView {
    let rules = Memo::new(move |_| {
        editor.policy.with(|policy| {
            policy
                .other_rules()
                .into_iter()
                .map(|rule| {
                    let id = if rule.id().is_empty() { text::policy::setting::RULE_WITHOUT_ID } else { rule.id() };
                    (id.to_owned(), serde_json::to_string_pretty(rule.raw()).unwrap_or_default())
                })
                .collect::<Vec<_>>()
        })
    });
    let list = move || {
        rules
            .get()
            .into_iter()
            .map(|(id, json)| {
                view! {
                    <details class="other-rule">
                        <summary translate="no">{id}</summary>
                        <pre class="json" tabindex="0" translate="no">{json}</pre>
                    </details>
                }
            })
            .collect_view()
    };
    view! {
        <Show when=move || rules.with(|rules| !rules.is_empty())>
            <section class="other-rules">
                <h2>{text::policy::setting::OTHER_RULES}</h2>
                <p class="help">{text::policy::setting::OTHER_RULES_HELP}</p>
                {list}
            </section>
        </Show>
    }
    .into_any()
}

//! The rules that a save writes, as JSON: as they are now, and as they would be sent.

use leptos::prelude::*;

use crate::policy::plan::plan;
use crate::state::policy::editor::Editor;
use crate::text;
use crate::text::policy::plain_words::{AFTER, BEFORE};
use crate::view::part::Disclosure;

/// Each rule before and after, in the order in which they are sent, folded.
#[component]
pub fn RulePairs(
    /// The policy.
    editor: Editor,
) -> impl IntoView {
    let pairs = move || {
        let changes = editor.changes.get();
        let wanted: Vec<_> = changes.into_iter().map(|change| (change.setting, change.after)).collect();
        editor.with_ground(|policy| {
            let writes = plan(policy, &wanted).into_iter().map(|write| {
                let stored = policy.rules.iter().find(|rule| rule.known_id() == Some(write.rule));
                let before = stored.map(|rule| pretty(rule.raw())).unwrap_or_default();
                pair(write.rule.as_str(), before, pretty(&write.body))
            });
            writes.collect_view()
        })
    };
    view! { <Disclosure summary=Signal::stored(text::policy::review::RULES_AS_JSON.to_owned())>{pairs}</Disclosure> }
        .into_any()
}

fn pretty(rule: &serde_json::Value) -> String {
    serde_json::to_string_pretty(rule).unwrap_or_default()
}

fn pair(rule: &'static str, before: String, after: String) -> AnyView {
    view! {
        <h4 class="rule-id" translate="no">{rule}</h4>
        <p>{BEFORE}</p>
        <pre class="json" tabindex="0" translate="no">{before}</pre>
        <p>{AFTER}</p>
        <pre class="json" tabindex="0" translate="no">{after}</pre>
    }
    .into_any()
}

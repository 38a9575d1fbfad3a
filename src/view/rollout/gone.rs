//! What cannot be taken back, because its receipts are gone or nobody knows whether it was saved: named before anybody
//! presses Undo.

use leptos::prelude::*;

use crate::receipt::Receipt;
use crate::rollout::record::{Record, TargetRecord};
use crate::rollout::undo;
use crate::state::frame::notice::Notices;
use crate::state::receipts::{ChecksAll, Look, Receipts, not_read};
use crate::text;
use crate::view::part::{Button, Notice, Tone, UserText};

/// Names those whose receipts are gone, if there are any.
#[component]
pub fn Gone(
    /// The rollout.
    record: Record,
) -> impl IntoView {
    let receipts = Receipts::current();
    let gone = Memo::new(move |_| receipts.list.with(|kept| names(&undo::not_kept(&record, kept, None))));
    move || {
        let gone = gone.get();
        if gone.is_empty() {
            return ().into_any();
        }
        let title = text::rollout::receipt::gone(gone.len());
        let lines = gone.into_iter().map(|name| view! { <li><UserText text=name /></li> }).collect_view();
        view! {
            <Notice tone=Tone::Warn title>
                <p>{text::rollout::receipt::GONE_HELP}</p>
                <ul>{lines}</ul>
            </Notice>
        }
        .into_any()
    }
}

/// Names those of which it is not known how they ended, if there are any, with the way to look at all of them.
#[component]
pub fn Uncertain(
    /// The rollout.
    record: Record,
) -> impl IntoView {
    let (receipts, notices) = (Receipts::current(), Notices::current());
    let checks = ChecksAll::current();
    let record = StoredValue::new(record);
    let found = Memo::new(move |_| {
        record.with_value(|record| receipts.list.with(|kept| names(&undo::uncertain(record, kept, None))))
    });
    let open = move || {
        record.with_value(|record| {
            receipts.list.with(|kept| {
                let open = record.targets.iter().flat_map(|entry| undo::to_look_at(entry, kept));
                open.cloned().collect::<Vec<Receipt>>()
            })
        })
    };
    let failed = Memo::new(move |_| {
        let reason = |look: &Look| if let Look::Failed(error) = look { Some(not_read(error)) } else { None };
        receipts.looks.with(|looks| open().iter().find_map(|receipt| looks.get(&receipt.id).and_then(reason)))
    });
    let check = move |()| receipts.look_again_at(untrack(open), notices, checks);
    move || {
        let found = found.get();
        if found.is_empty() {
            return ().into_any();
        }
        let title = text::rollout::receipt::uncertain(found.len());
        let lines = found.into_iter().map(|name| view! { <li><UserText text=name /></li> }).collect_view();
        view! {
            <Notice
                tone=Tone::Warn
                title
                actions=move || view! {
                    <Button busy=checks.0 on_press=check>{text::rollout::receipt::CHECK_ALL}</Button>
                }
            >
                <p>{text::rollout::receipt::UNCERTAIN_HELP}</p>
                {move || failed.get().map(|words| view! { <p>{words}</p> })}
                <ul>{lines}</ul>
            </Notice>
        }
        .into_any()
    }
}

fn names(entries: &[&TargetRecord]) -> Vec<String> {
    entries.iter().map(|entry| text::rollout::receipt::name(entry)).collect()
}

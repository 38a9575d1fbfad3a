//! What cannot be undone, because its receipts are gone or cannot be read, or it is not known whether it was saved: named
//! before anyone presses Undo.

use leptos::prelude::*;

use crate::browser::page;
use crate::policy::Subject;
use crate::receipt::Receipt;
use crate::rollout::record::{Record, TargetRecord};
use crate::rollout::undo;
use crate::state::frame::notice::Notices;
use crate::state::receipts::{ChecksAll, Look, Receipts, not_read};
use crate::text;
use crate::view::part::{Button, Notice, Tone, UserText};

/// Names the policies whose receipts are gone, and those whose receipts cannot be read, if any.
#[component]
pub fn Gone(
    /// The rollout.
    record: Memo<Option<Record>>,
) -> impl IntoView {
    let receipts = Receipts::current();
    let lacking = Memo::new(move |_| {
        record.with(|record| {
            let Some(record) = record else { return <[_; 2]>::default() };
            receipts.list.with(|kept| {
                let lacking = undo::not_kept(record, kept, None);
                let unread = if lacking.is_empty() { Vec::new() } else { receipts.unreadable() };
                let (unread, gone) = undo::part_unread(lacking, &unread);
                [names(&unread), names(&gone)]
            })
        })
    });
    let lines = |policies: Vec<(Subject, String)>| {
        let lines = policies.into_iter().map(|(_, name)| view! { <li><UserText text=name /></li> });
        view! { <ul>{lines.collect_view()}</ul> }
    };
    move || {
        let [unread, gone] = lacking.get();
        let of_unread = (!unread.is_empty()).then(|| {
            view! {
                <Notice
                    tone=Tone::Warn
                    title=text::rollout::receipt::unread(unread.len())
                    actions=move || view! { <Button on_press=move |()| page::reload()>{text::set_up::RELOAD}</Button> }
                >
                    <p>{text::rollout::receipt::UNREAD_HELP}</p>
                    {lines(unread)}
                </Notice>
            }
        });
        let of_gone = (!gone.is_empty()).then(|| {
            view! {
                <Notice tone=Tone::Warn title=text::rollout::receipt::gone(gone.len())>
                    <p>{text::rollout::receipt::GONE_HELP}</p>
                    {lines(gone)}
                </Notice>
            }
        });
        view! { {of_unread} {of_gone} }
    }
}

/// Names the policies whose results are unknown, if any, with the button that looks at all of them. It stays in place,
/// with the focus in it, as one after another becomes known.
#[component]
pub fn Uncertain(
    /// The rollout.
    record: Memo<Option<Record>>,
) -> impl IntoView {
    let (receipts, notices) = (Receipts::current(), Notices::current());
    let checks = ChecksAll::current();
    let found = Memo::new(move |_| {
        record.with(|record| {
            let Some(record) = record else { return Vec::new() };
            receipts.list.with(|kept| names(&undo::uncertain(record, kept, None)))
        })
    });
    let is_any = Memo::new(move |_| found.with(|found| !found.is_empty()));
    let open = move || {
        record.with(|record| {
            let Some(record) = record else { return Vec::new() };
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
    view! {
        <Show when=move || is_any.get()>
            <Notice
                tone=Tone::Warn
                title=Signal::derive(move || text::rollout::receipt::uncertain(found.with(Vec::len)))
                actions=move || view! {
                    <Button busy=checks.0 on_press=check>{text::rollout::receipt::CHECK_ALL}</Button>
                }
            >
                <p>{text::rollout::receipt::UNCERTAIN_HELP}</p>
                {move || failed.get().map(|words| view! { <p>{words}</p> })}
                <ul>
                    <For each=move || found.get() key=|one| one.clone() let(one)>
                        <li><UserText text=one.1 /></li>
                    </For>
                </ul>
            </Notice>
        </Show>
    }
    .into_any()
}

/// Each policy once, with its name.
fn names(entries: &[&TargetRecord]) -> Vec<(Subject, String)> {
    entries.iter().map(|entry| (entry.subject.clone(), text::rollout::receipt::name(entry))).collect()
}

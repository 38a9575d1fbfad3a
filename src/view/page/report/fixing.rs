//! The selected findings, and planning their fixes.

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;

use super::{Report, refs};
use crate::baseline::report::items;
use crate::baseline::{Demand, Finding, Inputs, Need, Outcome};
use crate::policy::Approver;
use crate::policy::check::is_address;
use crate::rollout::{Item, Proposal};
use crate::state::rollout::RolloutState;
use crate::text;
use crate::view::part::{ActionBar, Button, ButtonKind, Dialog, SettingRow};
use crate::view::policy::Addresses;
use crate::view::template::ApproverList;

/// The bar shown while something is selected, and the dialog.
#[component]
pub fn Fixing(
    /// The report.
    report: Report,
) -> impl IntoView {
    let open = RwSignal::new(false);
    // Selected findings that have been met since no longer count.
    let chosen = Memo::new(move |_| {
        report.rows.with(|rows| {
            report.chosen.with(|chosen| {
                let is_chosen = |one: &&Arc<Finding>| {
                    one.verdict.outcome() == Outcome::NotMet
                        && rows.get(one.row).is_some_and(|row| {
                            chosen.iter().any(|(subject, line)| *line == one.line.id && *subject == row.subject)
                        })
                };
                report.findings.with(|all| all.iter().filter(is_chosen).cloned().collect::<Vec<_>>())
            })
        })
    });
    let number = Memo::new(move |_| chosen.with(Vec::len));
    let hidden = Memo::new(move |_| {
        let key = |one: &Arc<Finding>| (one.row, one.line.id);
        let shown: BTreeSet<_> = report.shown.with(|shown| shown.iter().map(key).collect());
        chosen.with(|chosen| chosen.iter().filter(|one| !shown.contains(&key(one))).count())
    });
    view! {
        <div class="bar-slot">
            <Show when=move || { number.get() > 0 }>
                <ActionBar
                    label=text::report::SELECTED
                    text=Signal::derive(move || text::report::selected(number.get(), hidden.get()))
                >
                    <Button on_press=move |()| report.chosen.set(Vec::new())>{text::report::UNSELECT}</Button>
                    <Button kind=ButtonKind::Primary on_press=move |()| open.set(true)>{text::report::FIX}</Button>
                </ActionBar>
            </Show>
        </div>
        <FixDialog report chosen open />
    }
    .into_any()
}

/// Asks for what a baseline leaves open, and passes the fixes on.
#[component]
fn FixDialog(
    /// The report.
    report: Report,
    /// The findings that are to be fixed.
    chosen: Memo<Vec<Arc<Finding>>>,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let mailboxes = RwSignal::new(Vec::<String>::new());
    let approvers = RwSignal::new(Vec::<Approver>::new());
    let wrong = Memo::new(move |_| {
        let bad = mailboxes.with(|list| list.iter().any(|address| !is_address(address)));
        bad.then(|| text::report::NOT_AN_ADDRESS.to_owned())
    });
    let made = move || -> (Vec<Item>, Vec<Need>) {
        let inputs = Inputs { mailboxes: mailboxes.get(), approvers: approvers.get() };
        report.rows.with(|rows| chosen.with(|chosen| items(&refs(chosen), rows, &inputs)))
    };
    let sum = Memo::new(move |_| {
        let (items, needs) = made();
        (items.len(), text::report::left_out(&needs))
    });
    let demands = move |is: fn(Demand) -> bool| {
        Memo::new(move |_| chosen.with(|chosen| chosen.iter().any(|one| is(one.line.demand))))
    };
    let (asks_mailbox, asks_approver) =
        (demands(|one| matches!(one, Demand::Mailbox(_))), demands(|one| one == Demand::Approval));
    let blocked = Signal::derive(move || {
        let nothing = || (sum.with(|sum| sum.0) == 0).then(|| text::report::NOTHING_TO_FIX.to_owned());
        wrong.get().or_else(nothing)
    });
    let propose = move |()| {
        let (items, _) = untrack(made);
        let title = text::report::title(
            text::report::baseline::name(&report.of.get_untracked()),
            chosen.with_untracked(Vec::len),
        );
        open.set(false);
        RolloutState::current().propose(Proposal { title, items, undoes: None, left_out: Vec::new() });
    };
    view! {
        <Dialog
            open
            title=text::report::FIX_TITLE.to_owned()
            on_close=Callback::new(move |()| open.set(false))
            wide=true
            footer=move || {
                view! {
                    <Button on_press=move |()| open.set(false)>{text::report::CANCEL}</Button>
                    <Button kind=ButtonKind::Primary disabled_reason=blocked on_press=propose>
                        {move || text::report::propose(sum.with(|sum| sum.0))}
                    </Button>
                }
            }
        >
            <p class="help">{text::report::FIX_HELP}</p>
            <Show when=move || asks_mailbox.get()>
                <SettingRow group=true label=text::report::MAILBOX help=text::report::MAILBOX_HELP error=wrong>
                    <Addresses label=text::report::MAILBOX list=mailboxes on_set=move |list| mailboxes.set(list) />
                </SettingRow>
            </Show>
            <Show when=move || asks_approver.get()>
                <div class="report-approvers">
                    <SettingRow group=true label=text::report::APPROVERS help=text::report::APPROVERS_HELP>
                        <ApproverList list=approvers on_set=move |list| approvers.set(list) />
                    </SettingRow>
                </div>
            </Show>
            <p role="status">{move || sum.with(|sum| sum.1.clone())}</p>
        </Dialog>
    }
    .into_any()
}

//! Whether this browser has room for the receipts of a change of many policies: shown before it starts.

use leptos::prelude::*;

use crate::desk::rollout::{Fate, PlannedPolicy};
use crate::receipt::keep::fitting;
use crate::state::receipts::Receipts;
use crate::state::rollout::RolloutState;
use crate::text;
use crate::view::part::{Notice, Tone};

/// How many of the plan's receipts fit, of how many, if not all do; views that call it follow the plan.
pub fn shortage(state: RolloutState, receipts: Receipts) -> Option<(usize, usize)> {
    state.rows.with(|rows| {
        let sent = rows.iter().filter(|row| row.fate() == Fate::Change);
        fitting(receipts.free_room(), &mut sent.map(|row: &PlannedPolicy| row.effect.changes.as_slice()))
    })
}

/// The notice that there is too little room.
#[component]
pub fn Room(
    /// How many fit, of how many.
    short: Memo<Option<(usize, usize)>>,
) -> impl IntoView {
    move || {
        short.get().map(|(fit, of)| {
            view! {
                <Notice tone=Tone::Warn title=text::rollout::plan::room(fit, of)>
                    {text::rollout::plan::ROOM_HELP}
                </Notice>
            }
        })
    }
}

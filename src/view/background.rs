//! What the frame begins by itself, with code that comes in parts: the inbox, and the look at saves that were cut short.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::lazy::{lazy_page, lazy_work};
use super::receipt::FoundSaves;
use crate::browser::BrowserWorld;
use crate::state::desk::Desk;
use crate::state::inbox::InboxState;
use crate::state::unfinished;
use crate::text;
use crate::world::Clock;

/// How long the first reading of the inbox waits, so that the page that was asked for comes first, ms.
const INBOX_AFTER_MS: u32 = 1_500;

/// Where the inbox's part did not come, it is asked for again after this long, ms.
const AGAIN_MS: u32 = 60_000;

/// Begins to read the inbox, which lasts as long as the present owner.
pub fn begin_inbox() {
    let Some(owner) = Owner::current().map(|owner| owner.downgrade()) else { return };
    spawn_local(async move {
        BrowserWorld.sleep(INBOX_AFTER_MS).await;
        while let Some(owner) = owner.upgrade() {
            let begun = lazy_work!(approvals, inbox(owner: Owner) => owner.with(|| InboxState::current().begin()));
            if begun.await.is_ok() {
                break;
            }
            BrowserWorld.sleep(AGAIN_MS).await;
        }
    });
}

/// Tells saves that were cut short, by a closed tab, a crash. Only where something of which the end is not known is kept,
/// its code is fetched.
#[component]
pub fn CutShort() -> impl IntoView {
    let is_any = RwSignal::new(false);
    let account = Desk::current().account();
    request_animation_frame(move || {
        is_any.try_set(unfinished::is_any(&account));
    });
    move || {
        is_any.get().then(|| {
            lazy_page!(others, found_saves() => view! { <FoundSaves /> }).show_in_place(text::receipt::NOT_LOOKED_AT)
        })
    }
}

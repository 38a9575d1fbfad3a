//! Background work of the frame, most of it in lazily loaded code: the inbox, the search for interrupted saves, the
//! rules for formatting times.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::{BrowserWorld, locale};
use crate::state::approval::inbox::InboxState;
use crate::state::desk::{BrowserClient, Desk};
use crate::state::frame::tabs::Tabs;
use crate::state::receipts::unfinished;
use crate::text;
use crate::view::lazy::{lazy_page, lazy_work};
use crate::view::receipt::FoundSaves;
use crate::world::Clock;

/// How long the first read of the inbox waits, so that the requested page comes first, ms.
const INBOX_AFTER_MS: u32 = 1_500;

/// The same for formatting the first time.
const TIMES_AFTER_MS: u32 = 400;

/// While the page is still reading, both wait longer: how often they check whether that has ended, and how many ms
/// apart.
const LOOKS: u32 = 40;
const LOOK_AGAIN_MS: u32 = 250;

/// If the inbox's part cannot be loaded, it is requested again after this long, ms.
const AGAIN_MS: u32 = 60_000;

/// Begins to read the inbox, which goes on as long as the current owner lives.
pub fn begin_inbox() {
    let Some(owner) = Owner::current().map(|owner| owner.downgrade()) else { return };
    let client = Desk::current().client();
    spawn_local(async move {
        at_rest(&client, INBOX_AFTER_MS).await;
        while let Some(owner) = owner.upgrade() {
            let begun = lazy_work!(approvals, inbox(owner: Owner) => owner.with(|| InboxState::current().begin()));
            if begun.await.is_ok() {
                break;
            }
            BrowserWorld.sleep(AGAIN_MS).await;
        }
    });
}

/// Formats a time and discards it: the first time, the browser loads its locale rules, which takes 20 ms or, on a slow
/// device, much longer; no page should wait for that.
pub fn learn_times() {
    let client = Desk::current().client();
    spawn_local(async move {
        at_rest(&client, TIMES_AFTER_MS).await;
        locale::time_of_day(BrowserWorld.unix_ms());
    });
}

/// Waits this long, and then until the page has read what it shows.
async fn at_rest(client: &BrowserClient, after_ms: u32) {
    BrowserWorld.sleep(after_ms).await;
    for _ in 0..LOOKS {
        if !client.is_busy() {
            break;
        }
        BrowserWorld.sleep(LOOK_AGAIN_MS).await;
    }
}

/// Shows interrupted saves (a closed tab, a crash), also those of another tab. Its code is fetched only if something
/// with an unknown outcome is stored.
#[component]
pub fn CutShort() -> impl IntoView {
    let is_any = RwSignal::new(false);
    let (account, tabs) = (Desk::current().account(), Tabs::current());
    let elsewhere = Memo::new(move |_| tabs.others_save());
    Effect::new(move |_| {
        let account = account.clone();
        if elsewhere.get() || is_any.get_untracked() {
            return;
        }
        request_animation_frame(move || {
            if unfinished::is_any(&account) {
                is_any.try_set(true);
            }
        });
    });
    move || {
        is_any.get().then(|| {
            lazy_page!(others, found_saves() => view! { <FoundSaves /> }).show_in_place(text::receipt::NOT_LOOKED_AT)
        })
    }
}

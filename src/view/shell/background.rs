//! What the frame begins by itself, most of it with code that comes in parts: the inbox, the look at saves that were cut
//! short, the way in which times are written.

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

/// How long the first reading of the inbox waits, so that the page that was asked for comes first, ms.
const INBOX_AFTER_MS: u32 = 1_500;

/// The same for the first time that is written.
const TIMES_AFTER_MS: u32 = 400;

/// While the page still reads, both wait longer: so often they look whether that has ended, so many ms apart.
const LOOKS: u32 = 40;
const LOOK_AGAIN_MS: u32 = 250;

/// Where the inbox's part did not come, it is asked for again after this long, ms.
const AGAIN_MS: u32 = 60_000;

/// Begins to read the inbox, which lasts as long as the present owner.
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

/// Writes a time, for nobody: at the first the browser looks for the rules of its language, 20 ms or, on a slow device, many
/// more, which no page should wait for.
pub fn learn_times() {
    let client = Desk::current().client();
    spawn_local(async move {
        at_rest(&client, TIMES_AFTER_MS).await;
        locale::time_of_day(BrowserWorld.unix_ms());
    });
}

/// Waits so long, and then until the page has read what it shows.
async fn at_rest(client: &BrowserClient, after_ms: u32) {
    BrowserWorld.sleep(after_ms).await;
    for _ in 0..LOOKS {
        if !client.is_busy() {
            break;
        }
        BrowserWorld.sleep(LOOK_AGAIN_MS).await;
    }
}

/// Tells saves that were cut short, by a closed tab, a crash, also of one that was there beside this. Only where
/// something of which the end is not known is kept, its code is fetched.
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

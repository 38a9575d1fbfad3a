//! What goes on paper, however the printing is asked for: all rows, and what makes them evidence.

use leptos::{html, prelude::*};

use crate::browser::{BrowserWorld, event, locale, page};
use crate::instant;
use crate::state::desk::Desk;
use crate::text;
use crate::text::paper::Gaps;
use crate::text::report::About;
use crate::world::Clock;

/// Calls back with `true` before the browser prints and with `false` after it, while the view is there.
pub fn while_printing(callback: impl Fn(bool) + Clone + 'static) {
    let listening = StoredValue::new_local(Some(event::on_printing(callback)));
    on_cleanup(move || {
        listening.try_update_value(Option::take);
    });
}

/// Whether all rows are to stand in the document: while it is printed.
pub fn whole_on_paper() -> RwSignal<bool> {
    let whole = RwSignal::new(false);
    while_printing(move |on| whole.set(on));
    whole
}

/// Prints once all rows stand there.
pub fn print_whole(whole: RwSignal<bool>) {
    whole.set(true);
    request_animation_frame(page::print);
}

/// What makes a file evidence: whose it is, by whom, now. `only` is what its filters leave, `read_at` when it was read, in
/// ms since 1970.
pub fn about(only: String, read_at: Option<i64>, gaps: Gaps) -> About {
    let account = Desk::current().account();
    let at = instant::to_rfc3339(BrowserWorld.unix_ms());
    let read_at = read_at.map(instant::to_rfc3339).unwrap_or_default();
    About { tenant: account.tid, by: account.name, at, only, read_at, gaps }
}

/// Which tenant, who, when, the address, and whether it is all: on paper only.
#[component]
pub fn PrintedAbout(
    /// What the filters leave; empty where they leave all.
    #[prop(into)]
    only: Signal<String>,
) -> impl IntoView {
    let account = Desk::current().account();
    let line = NodeRef::<html::P>::new();
    let write = move || {
        let Some(line) = line.get() else { return };
        let at = locale::date_time(BrowserWorld.unix_ms());
        line.set_text_content(Some(&text::paper::printed(account.tid.as_str(), &account.name, &at, &page::link())));
    };
    // Written at once: where a button asks for the printing, nothing is drawn anew before the browser takes its picture.
    let now = write.clone();
    while_printing(move |on| {
        if on {
            untrack(&now);
        }
    });
    // A sheet that is made for the printing itself comes after that.
    Effect::new(move |_| write());
    view! {
        <p class="print-only user-text" node_ref=line></p>
        <p class="print-only">{move || only.with(|only| text::paper::filtered(only))}</p>
    }
    .into_any()
}

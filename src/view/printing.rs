//! What is printed, however printing is started: all rows, and the facts that make them evidence.

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

/// Whether all rows are to be in the document, because it is being printed.
pub fn whole_on_paper() -> RwSignal<bool> {
    let whole = RwSignal::new(false);
    while_printing(move |on| whole.set(on));
    whole
}

/// Prints once all rows are in the document.
pub fn print_whole(whole: RwSignal<bool>) {
    whole.set(true);
    request_animation_frame(page::print);
}

/// What makes a file evidence: the tenant, who made it and when. `only` describes its filters, `read_at` is when the
/// data was read, in ms since 1970.
pub fn about(only: String, read_at: Option<i64>, gaps: Gaps) -> About {
    let account = Desk::current().account();
    let at = instant::to_rfc3339(BrowserWorld.unix_ms());
    let read_at = read_at.map(instant::to_rfc3339).unwrap_or_default();
    About { tenant: account.tid, by: account.name, at, only, read_at, gaps }
}

/// Which tenant, who, when, the address, and whether it is complete: on paper only.
#[component]
pub fn PrintedAbout(
    /// What the filters show; empty if they show everything.
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
    // Written at once: if a button starts printing, nothing is redrawn before the browser captures the page.
    let now = write.clone();
    while_printing(move |on| {
        if on {
            untrack(&now);
        }
    });
    // A sheet that is created only for printing appears after that.
    Effect::new(move |_| write());
    view! {
        <p class="print-only user-text" node_ref=line></p>
        <p class="print-only">{move || only.with(|only| text::paper::filtered(only))}</p>
    }
    .into_any()
}

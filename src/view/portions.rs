//! Long lists, a portion at a time.

use leptos::prelude::*;

use crate::text;
use crate::view::part::Button;

/// Rows on the page at once: hundreds of them must not make it slow.
pub const PORTION: usize = 50;

/// Index of the first row of a portion, or of the last portion if rows have gone since; views follow it.
pub fn first_of(portion: RwSignal<usize>, count: Memo<usize>) -> usize {
    portion.get().min(count.get().saturating_sub(1) / PORTION) * PORTION
}

/// Turns to the next (`true`) or previous portion.
pub fn turn(portion: RwSignal<usize>, count: Memo<usize>, on: bool) {
    let at = untrack(|| first_of(portion, count)) / PORTION;
    portion.set(if on { at + 1 } else { at.saturating_sub(1) });
}

/// Which rows are on the page, between the buttons that turn; nothing if one portion is enough.
#[component]
pub fn PortionBar(
    /// Index of the first row on the page.
    #[prop(into)]
    from: Signal<usize>,
    /// How many rows there are.
    count: Memo<usize>,
    /// The person turns to the next (`true`) or previous portion.
    #[prop(into)]
    on_turn: Callback<bool>,
) -> impl IntoView {
    let at_start = Signal::derive(move || (from.get() == 0).then(|| text::approval::inbox::FIRST_PORTION.to_owned()));
    let at_end = Signal::derive(move || {
        (from.get() + PORTION >= count.get()).then(|| text::approval::inbox::LAST_PORTION.to_owned())
    });
    let words =
        move || text::approval::inbox::portion(from.get() + 1, (from.get() + PORTION).min(count.get()), count.get());
    view! {
        <Show when=move || { count.get() > PORTION }>
            <nav class="portions" aria-label=text::approval::inbox::PORTIONS>
                <Button disabled_reason=at_start on_press=move |()| on_turn.run(false)>
                    {text::approval::inbox::BACK}
                </Button>
                <span role="status">{words}</span>
                <Button disabled_reason=at_end on_press=move |()| on_turn.run(true)>{text::approval::inbox::ON}</Button>
            </nav>
        </Show>
    }
    .into_any()
}

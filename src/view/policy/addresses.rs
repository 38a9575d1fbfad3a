//! A list of addresses.

use leptos::prelude::*;

use crate::policy::check::{is_address, pasted_entries};
use crate::text;
use crate::view::part::{Chip, Recipients, Tone};

/// Addresses as chips, and the field to add more.
#[component]
pub fn Addresses(
    /// The accessible name.
    #[prop(into)]
    label: String,
    /// The present addresses.
    #[prop(into)]
    list: Signal<Vec<String>>,
    /// Sets the addresses.
    #[prop(into)]
    on_set: Callback<Vec<String>>,
) -> impl IntoView {
    let chip = |address: String| {
        let good = is_address(&address);
        Chip {
            key: address.clone(),
            label: address,
            note: (if good { "" } else { text::policy::setting::NOT_AN_ADDRESS }).to_owned(),
            tone: if good { Tone::Neutral } else { Tone::Danger },
        }
    };
    let chips = Memo::new(move |_| list.get().into_iter().map(chip).collect::<Vec<_>>());
    let add = move |raw: String| {
        let mut wanted = list.get_untracked();
        for address in pasted_entries(&raw).map(|pasted| pasted.entry) {
            if !wanted.iter().any(|other| other.eq_ignore_ascii_case(address)) {
                wanted.push(address.to_owned());
            }
        }
        on_set.run(wanted);
    };
    let remove = move |key: String| {
        let mut wanted = list.get_untracked();
        wanted.retain(|address| *address != key);
        on_set.run(wanted);
    };
    view! { <Recipients placeholder=label.clone() label items=chips on_add=add on_remove=remove /> }.into_any()
}

//! What saves left weaker than before and than wanted, because only half of it was saved.

use leptos::prelude::*;

use crate::policy::Setting;
use crate::receipt::Receipt;
use crate::receipt::exposure::{exposed, may_be_exposed};
use crate::text;
use crate::view::part::{Notice, Tone};

/// What to say about one save, and what to do about it: what is certain, and what is possible. `may_help` says what to
/// do about the latter from this view.
pub fn told(receipt: &Receipt, may_help: &'static str) -> Vec<(String, &'static str)> {
    let said = |settings: Vec<Setting>, title: fn(&str) -> String, help| {
        (!settings.is_empty()).then(|| (title(&text::policy::setting::labels(&settings)), help))
    };
    [
        said(exposed(&[receipt]), text::receipt::exposed, text::receipt::EXPOSED_HELP),
        said(may_be_exposed(&[receipt]), text::receipt::may_be_exposed, may_help),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The note for one save; nothing if there is nothing to say.
pub fn exposure(receipt: &Receipt) -> AnyView {
    let notices = told(receipt, text::policy::review::MAY_BE_EXPOSED_HELP)
        .into_iter()
        .map(|(title, help)| view! { <Notice tone=Tone::Danger title>{help}</Notice> });
    notices.collect_view().into_any()
}

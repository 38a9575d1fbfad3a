//! One change as text: before → after, and what it weakens.

use leptos::prelude::*;

use crate::policy::{Change, Value};
use crate::state::directory::names::Names;
use crate::text;
use crate::view::part::{Glyph, Icon, UserText};

/// A line of the review and of the receipt.
#[component]
pub fn ChangeLine(
    /// The change.
    change: Change,
) -> impl IntoView {
    view! {
        <li class="change">
            <span class="change-name">{text::policy::setting::full_label(change.setting)}</span>
            <ChangeValues change />
        </li>
    }
    .into_any()
}

/// The values before and after, and what the change weakens.
#[component]
pub fn ChangeValues(
    /// The change.
    change: Change,
) -> impl IntoView {
    let names = Names::current();
    let weakens = change.weakens.map(|how| {
        view! {
            <p class="warn-line">
                <Icon glyph=Glyph::Alert />
                <span>{text::policy::change::weakens(how)}</span>
            </p>
        }
    });
    let (before, after) = (StoredValue::new(change.before), StoredValue::new(change.after));
    let words = move |value: StoredValue<Value>| {
        Signal::derive(move || value.with_value(|value| text::policy::value::value(value, &names.known())))
    };
    view! {
        <span class="change-values">
            <span class="before">
                <UserText text=words(before) />
            </span>
            <Icon glyph=Glyph::Arrow />
            <span class="unseen">{text::policy::review::BECOMES}</span>
            <span class="after">
                <UserText text=words(after) />
            </span>
        </span>
        {weakens}
    }
    .into_any()
}

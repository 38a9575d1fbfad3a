//! What happened, what to do, and what support will ask for.

use leptos::prelude::*;

use crate::view::part::{Button, ButtonKind, Glyph, Icon, words};

/// A named value for the details of an error or a receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What the value is: "Request ID".
    pub name: String,
    /// The value, never translated; IDs are shown in a fixed-width font.
    pub value: String,
}

/// Names and values, one pair per line.
#[component]
pub fn FactList(
    /// The pairs.
    facts: Vec<Fact>,
    /// More pairs, whose values are not just text.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let rows = facts
        .into_iter()
        .map(|fact| {
            let is_id = is_id(&fact.value);
            view! {
                <div>
                    <dt>{fact.name}</dt>
                    <dd class:mono=is_id translate="no">{fact.value}</dd>
                </div>
            }
        })
        .collect_view();
    view! { <dl class="facts">{rows} {children.map(|children| children())}</dl> }.into_any()
}

/// Whether a value is an ID or a code, not words.
fn is_id(value: &str) -> bool {
    value.len() >= 12 && !value.contains(' ') && value.contains(|one: char| one.is_ascii_digit())
}

/// An error in place of the content it prevented.
#[component]
pub fn ErrorPanel(
    /// What happened, in one sentence.
    #[prop(into)]
    title: String,
    /// Why, as far as known; may be empty.
    #[prop(optional, into)]
    detail: String,
    /// What to do next; may be empty.
    #[prop(optional, into)]
    next_step: String,
    /// IDs and times behind "Details"; may be empty.
    #[prop(optional)]
    facts: Vec<Fact>,
    /// Copies the details.
    #[prop(into)]
    on_copy: Callback<()>,
    /// Buttons: try again, switch account.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let details = (!facts.is_empty()).then(|| {
        view! {
            <details class="details">
                <summary>{words::DETAILS}</summary>
                <FactList facts />
                <Button kind=ButtonKind::Quiet glyph=Glyph::Copy on_press=on_copy>
                    {words::COPY_DETAILS}
                </Button>
            </details>
        }
    });
    view! {
        <section class="error-panel tone-danger" role="alert">
            <Icon glyph=Glyph::Alert />
            <div>
                <h2>{title}</h2>
                {(!detail.is_empty()).then(|| view! { <p>{detail}</p> })}
                {(!next_step.is_empty()).then(|| view! { <p>{next_step}</p> })}
                {children.map(|children| view! { <div class="actions">{children()}</div> })} {details}
            </div>
        </section>
    }
    .into_any()
}

//! The header of one side: what it shows, or the search for it.

use leptos::prelude::*;

use super::Compared;
use crate::policy::compare::Side;
use crate::route::{Route, Source};
use crate::state::policy::compare::Missing;
use crate::text;
use crate::view::part::EmptyState;
use crate::view::problem::AccessTrouble;
use crate::view::subject_picker::{Named, Picked, SubjectPicker};

/// The head.
#[component]
pub fn SideHead(
    /// What is compared.
    compared: Compared,
    /// Which side.
    side: Side,
) -> impl IntoView {
    let at = usize::from(side == Side::Right);
    let other = if side == Side::Left { Side::Right } else { Side::Left };
    let source = Memo::new(move |_| compared.source(side));
    let content = move || match source.get() {
        None => view! {
            <SubjectPicker
                label=text::policy::compare::PICK[at]
                without=untrack(|| compared.source(other)).and_then(|source| source.subject().cloned())
                on_pick=move |picked: Named| compared.pick(side, Some(Source::Policy(picked.subject)))
            />
        }
        .into_any(),
        Some(source) => {
            let (doing, href) = match &source {
                Source::Policy(subject) => {
                    (Some(text::subject::reading(subject)), Route::policy(subject.clone()).to_string())
                }
                Source::Before(id) | Source::After(id) => (None, Route::Change { id: id.clone() }.to_string()),
            };
            let source = StoredValue::new(source);
            let again = Callback::new(move |()| {
                source.with_value(|source| {
                    source.subject().into_iter().for_each(|subject| compared.sides.again(subject));
                });
            });
            let seen = Memo::new(move |_| source.with_value(|source| compared.sides.seen(source)));
            let trouble = move || match (seen.get()?.sheet.err()?, doing) {
                (Missing::NoPolicy(none), _) => {
                    Some(view! { <EmptyState text=text::policy::save::no_policy(none) /> }.into_any())
                }
                (Missing::Unread(error), Some(doing)) => {
                    Some(view! { <AccessTrouble error doing on_retry=again /> }.into_any())
                }
                _ => Some(view! { <EmptyState text=text::receipt::UNKNOWN /> }.into_any()),
            };
            view! {
                <Picked
                    name=Signal::derive(move || seen.get().map(|seen| seen.name))
                    href=Some(href)
                    another=text::policy::compare::ANOTHER
                    on_another=move |()| compared.pick(side, None)
                >
                    {trouble}
                </Picked>
            }
            .into_any()
        }
    };
    view! {
        <section class="compare-side" aria-label=text::policy::compare::SIDES[at]>
            <h2>{text::policy::compare::SIDES[at]}</h2>
            {content}
        </section>
    }
    .into_any()
}

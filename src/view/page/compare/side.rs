//! One side's head: what stands there, or the search for it.

use leptos::prelude::*;

use super::Compared;
use crate::policy::compare::Side;
use crate::route::Route;
use crate::state::compare::Seen;
use crate::text;
use crate::text::problem::problem;
use crate::view::part::{Button, ButtonKind, EmptyState, Skeleton, SkeletonShape, UserText};
use crate::view::subject_picker::{Named, SubjectPicker};
use crate::view::trouble::Trouble;

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
    let subject = Memo::new(move |_| compared.subject(side));
    let content = move || match subject.get() {
        None => view! {
            <SubjectPicker
                label=text::compare::PICK[at]
                without=untrack(|| compared.subject(other))
                on_pick=move |picked: Named| compared.pick(side, Some(picked.subject))
            />
        }
        .into_any(),
        Some(subject) => {
            let doing = text::subject::reading(&subject);
            let href = Route::policy(subject.clone()).to_string();
            let subject = StoredValue::new(subject);
            let again = Callback::new(move |()| subject.with_value(|subject| compared.sides.again(subject)));
            let seen = Memo::new(move |_| subject.with_value(|subject| compared.sides.seen(subject)));
            let read = move || match seen.get() {
                None => view! { <Skeleton shape=SkeletonShape::Header /> }.into_any(),
                Some(Seen { name, policy }) => {
                    let trouble = match policy {
                        Ok(Ok(_)) => ().into_any(),
                        Ok(Err(none)) => view! { <EmptyState text=text::save::no_policy(none) /> }.into_any(),
                        Err(error) => view! {
                            <Trouble problem=problem(&error, doing) error on_retry=again />
                        }
                        .into_any(),
                    };
                    view! {
                        <p class="compare-name">
                            <a href=href.clone()>
                                <UserText text=name />
                            </a>
                        </p>
                        {trouble}
                    }
                    .into_any()
                }
            };
            view! {
                {read}
                <div class="actions">
                    <Button kind=ButtonKind::Quiet on_press=move |()| compared.pick(side, None)>
                        {text::compare::ANOTHER}
                    </Button>
                </div>
            }
            .into_any()
        }
    };
    view! {
        <section class="compare-side" aria-label=text::compare::SIDES[at]>
            <h2>{text::compare::SIDES[at]}</h2>
            {content}
        </section>
    }
    .into_any()
}

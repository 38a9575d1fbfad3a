//! The first step: whose settings are copied.

use leptos::prelude::*;

use crate::rollout::choice::Values;
use crate::route::Route;
use crate::state::rollout::{Content, RolloutState, Source};
use crate::text;
use crate::view::part::{Button, ButtonKind, EmptyState, Skeleton, SkeletonShape, UserText};
use crate::view::problem::AccessTrouble;
use crate::view::subject_picker::{Named, SubjectPicker};

/// The first step.
#[component]
pub fn SourceStep() -> impl IntoView {
    let state = RolloutState::current();
    let content = move || match state.content.get() {
        Content::Values(Values { title, .. }) => view! {
            <p class="compare-name">
                <UserText text=title />
            </p>
            <div class="actions">
                <Button kind=ButtonKind::Quiet on_press=move |()| state.choose_values(None)>
                    {text::rollout::ANOTHER}
                </Button>
            </div>
        }
        .into_any(),
        Content::Nothing | Content::Proposal(_) => view! {
            <SubjectPicker
                label=text::rollout::FIND_SOURCE
                without=None
                on_pick=move |named: Named| state.choose_source(Some(named.subject))
            />
        }
        .into_any(),
        Content::Policy(subject) => {
            let doing = text::subject::reading(&subject);
            let href = Route::policy(subject).to_string();
            let read = move || match state.read.get() {
                None => view! { <Skeleton shape=SkeletonShape::Header /> }.into_any(),
                Some(Source { name, policy }) => {
                    let trouble = match policy {
                        Ok(Ok(_)) => ().into_any(),
                        Ok(Err(none)) => view! { <EmptyState text=text::policy::save::no_policy(none) /> }.into_any(),
                        Err(error) => {
                            let again = Callback::new(move |()| state.read_source());
                            view! { <AccessTrouble error doing on_retry=again /> }.into_any()
                        }
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
                    <Button kind=ButtonKind::Quiet on_press=move |()| state.choose_source(None)>
                        {text::rollout::ANOTHER}
                    </Button>
                </div>
            }
            .into_any()
        }
    };
    view! {
        <section class="rollout-step" aria-label=text::rollout::FROM>
            <h2>{text::rollout::FROM}</h2>
            {content}
        </section>
    }
    .into_any()
}

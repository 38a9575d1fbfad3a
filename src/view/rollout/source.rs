//! The first step: whose settings are copied.

use leptos::prelude::*;

use crate::rollout::choice::Values;
use crate::route::Route;
use crate::state::rollout::{Content, RolloutState};
use crate::text;
use crate::view::part::EmptyState;
use crate::view::problem::AccessTrouble;
use crate::view::subject_picker::{Named, Picked, SubjectPicker};

/// The first step.
#[component]
pub fn SourceStep() -> impl IntoView {
    let state = RolloutState::current();
    let content = move || match state.content.get() {
        Content::Values(Values { title, .. }) => view! {
            <Picked
                name=Some(title)
                another=text::rollout::ANOTHER
                on_another=move |()| state.choose_values(None)
            />
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
            let trouble = move || match state.read.get()?.policy {
                Ok(Ok(_)) => None,
                Ok(Err(none)) => Some(view! { <EmptyState text=text::policy::save::no_policy(none) /> }.into_any()),
                Err(error) => {
                    let again = Callback::new(move |()| state.read_source());
                    Some(view! { <AccessTrouble error doing on_retry=again /> }.into_any())
                }
            };
            view! {
                <Picked
                    name=Signal::derive(move || state.read.get().map(|read| read.name))
                    href=Some(href)
                    another=text::rollout::ANOTHER
                    on_another=move |()| state.choose_source(None)
                >
                    {trouble}
                </Picked>
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

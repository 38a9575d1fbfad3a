//! Putting one template over another: a team's standard with what a tier makes stricter.

use leptos::prelude::*;

use super::pick::pick_row;
use crate::state::templates::TemplatesState;
use crate::template::{Laid, Template};
use crate::text;
use crate::view::part::{Button, Choice, Notice, Tone, UserText};

/// What the person last put over it.
#[derive(Clone, PartialEq)]
struct Done {
    laid: Laid,
    other: Template,
    before: Template,
}

/// Chooses another template and puts it over this one.
#[component]
pub fn LayOver(
    /// The template's key.
    key: StoredValue<String>,
) -> impl IntoView {
    let templates = TemplatesState::current();
    templates.want_hosted();
    let done: RwSignal<Option<Done>> = RwSignal::new(None);
    let others = Memo::new(move |_| {
        let own = templates.own.get().into_iter().filter(|one| key.with_value(|key| one.key != *key));
        let team = templates.hosted.with(|hosted| hosted.templates().to_vec());
        own.chain(team).filter(|one| !one.values.is_empty()).collect::<Vec<Template>>()
    });
    // By index in the list: a template of the team may have the same key as one's own.
    let choices = Signal::derive(move || {
        let mut list = vec![Choice { value: String::new(), label: text::templates::CHOOSE_TEMPLATE.to_owned() }];
        others.with(|others| {
            let choice = |(at, one): (usize, &Template)| Choice { value: at.to_string(), label: one.name.clone() };
            list.extend(others.iter().enumerate().map(choice));
        });
        list
    });
    let lay = move |picked: String| {
        let at = picked.parse::<usize>().ok();
        let other = at.and_then(|at| others.with_untracked(|others| others.get(at).cloned()));
        let own =
            key.with_value(|key| templates.own.with_untracked(|own| own.iter().find(|one| one.key == *key).cloned()));
        if let (Some(other), Some(before)) = (other, own) {
            let mut laid = Laid::default();
            key.with_value(|key| templates.change(key, |one| laid = one.lay_over(&other)));
            done.set(Some(Done { laid, other, before }));
        }
    };
    let undo = move |()| {
        if let Some(done) = done.try_update(Option::take).flatten() {
            // Everything may have been edited since: only what came with the other one goes.
            key.with_value(|key| templates.change(key, |one| one.take_off(&done.other, &done.before)));
        }
    };
    let any = Memo::new(move |_| others.with(|others| !others.is_empty()));
    let told = move || {
        let dismissed = done;
        done.get().map(|done| {
            let actions = move || view! { <Button on_press=undo>{text::templates::UNDO}</Button> };
            view! {
                <Notice
                    tone=Tone::Info
                    title=text::templates::laid(done.laid)
                    actions
                    on_dismiss=Callback::new(move |()| dismissed.set(None))
                >
                    <UserText text=done.other.name />
                </Notice>
            }
        })
    };
    view! {
        <Show when=move || any.get()>
            {pick_row(text::templates::LAY_OVER, choices, text::templates::CHOOSE_TEMPLATE_FIRST, text::templates::LAY, lay)}
        </Show>
        {told}
    }
    .into_any()
}

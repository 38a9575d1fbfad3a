//! The third step: which policies are changed. From the table, by search, or from a pasted list.

use leptos::prelude::*;

use crate::desk::rollout::Resolved;
use crate::graph::Error;
use crate::policy::Access;
use crate::rollout::Target;
use crate::route::Route;
use crate::state::rollout::RolloutState;
use crate::text;
use crate::text::problem::{Doing, problem};
use crate::view::part::{
    Button, ButtonLink, Chip, Chips, Choice, Disclosure, Notice, Select, TextArea, Tone, UserText,
};
use crate::view::problem::Trouble;
use crate::view::subject_picker::{Named, SubjectPicker};

/// The third step.
#[component]
pub fn Targets() -> impl IntoView {
    let state = RolloutState::current();
    let number = Signal::derive(move || state.targets.with(Vec::len));
    let chips = Signal::derive(move || state.targets.with(|targets| targets.iter().map(chip).collect::<Vec<_>>()));
    let unfit = move || {
        let (number, class) = state.unfit()?;
        let title = text::rollout::not_meant(number, class);
        Some(view! { <Notice tone=Tone::Warn title /> })
    };
    let crossed = move || {
        let (number, access) = state.of_other_access()?;
        let title = text::rollout::of_other_access(number, access);
        Some(view! { <Notice tone=Tone::Info title /> })
    };
    let pick = move |named: Named| {
        let name = bare(&named);
        state.add_targets(vec![Target { subject: named.subject, name }]);
    };
    view! {
        <section class="rollout-step" aria-label=text::rollout::TARGETS>
            <h2>{text::rollout::TARGETS}</h2>
            <div class="copy-source">
                <SubjectPicker label=text::rollout::FIND_TARGET without=None on_pick=pick />
                <ButtonLink href=Route::MATRIX.to_string()>{text::rollout::FROM_MATRIX}</ButtonLink>
            </div>
            <Disclosure summary=Signal::stored(text::rollout::PASTE.to_owned())>
                <Paste />
            </Disclosure>
            <p role="status">{move || text::rollout::chosen(number.get())}</p>
            {unfit}
            {crossed}
            <Show when=move || { number.get() > 0 }>
                <div class="rollout-targets" role="group" aria-label=text::rollout::TARGET_LIST>
                    <Chips
                        items=chips
                        on_remove=Callback::new(move |key: String| {
                            if let Ok(subject) = key.parse() {
                                state.remove_target(&subject);
                            }
                        })
                    />
                </div>
                <p class="actions">
                    <Button on_press=move |()| state.remove_targets()>{text::rollout::REMOVE_ALL}</Button>
                </p>
            </Show>
        </section>
    }
    .into_any()
}

/// The name alone, from a search result such as "Tier-0 Operators (members)".
fn bare(named: &Named) -> String {
    let end = text::subject::policy_of(&named.subject, "");
    named.name.strip_suffix(&end).unwrap_or(&named.name).to_owned()
}

fn chip(target: &Target) -> Chip {
    Chip {
        key: target.subject.to_string(),
        label: text::rollout::label(target),
        note: String::new(),
        tone: Tone::Neutral,
    }
}

/// The field for a pasted list.
#[component]
fn Paste() -> impl IntoView {
    let state = RolloutState::current();
    let (list, means) = (state.list, RwSignal::new("members".to_owned()));
    let choice = |value: &str, label: &str| Choice { value: value.to_owned(), label: label.to_owned() };
    let choices = vec![
        choice("members", text::rollout::MEANS_MEMBERS),
        choice("owners", text::rollout::MEANS_OWNERS),
        choice("both", text::rollout::MEANS_BOTH),
    ];
    let add = move |()| {
        let accesses = match means.get_untracked().as_str() {
            "owners" => vec![Access::Owner],
            "both" => Access::ALL.to_vec(),
            _ => vec![Access::Member],
        };
        state.paste(accesses);
    };
    let empty = Signal::derive(move || {
        list.with(|list| list.trim().is_empty()).then(|| text::rollout::NOTHING_PASTED.to_owned())
    });
    view! {
        <TextArea
            label=text::rollout::PASTE
            help=text::rollout::PASTE_HELP
            value=list
            on_input=move |text: String| state.write_list(text)
        />
        <div class="copy-source rollout-means">
            <span class="help" aria-hidden="true">{text::rollout::PASTE_MEANS}</span>
            <Select
                label=text::rollout::PASTE_MEANS
                choices=Signal::stored(choices)
                value=means
                on_change=move |value: String| means.set(value)
            />
            <Button busy=state.pasting disabled_reason=empty on_press=add>{text::rollout::ADD_LIST}</Button>
            <Show when=move || state.pasting.get()>
                <Button on_press=move |()| state.stop_pasting()>{text::rollout::STOP_LOOK_UP}</Button>
            </Show>
        </div>
        {move || state.pasted.get().map(|pasted| found(&pasted, Callback::new(add)))}
    }
    .into_any()
}

fn found(pasted: &Result<Resolved, Error>, again: Callback<()>) -> AnyView {
    let resolved = match pasted {
        Ok(resolved) => resolved,
        Err(error) => {
            let problem = problem(error, Doing::FindingGroups);
            return view! { <Trouble problem error=error.clone() on_retry=again /> }.into_any();
        }
    };
    let tone =
        if resolved.unknown.len() + resolved.several.len() + resolved.beyond > 0 { Tone::Warn } else { Tone::Ok };
    let list = |head: &'static str, entries: &[String]| {
        let words = entries.join("; ");
        (!entries.is_empty()).then(|| view! { <p>{head} ": " <UserText text=words /></p> })
    };
    let unknown = list(text::rollout::UNKNOWN, &resolved.unknown);
    let without_roles = resolved.without_roles.then(|| view! { <p>{text::rollout::WITHOUT_ROLES}</p> });
    let several = list(text::rollout::SEVERAL, &resolved.several);
    view! {
        <Notice tone title=text::rollout::pasted(resolved)>
            {unknown}
            {without_roles}
            {several}
        </Notice>
    }
    .into_any()
}

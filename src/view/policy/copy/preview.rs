//! What copying would change, by tab, each setting with a checkbox; what is the same, and what is not copied.

use leptos::prelude::*;

use crate::policy::{Carried, Carry, Setting, Tab};
use crate::text;
use crate::view::part::{Button, Checkbox, EmptyState};
use crate::view::policy::change_line::ChangeValues;

/// The settings of the chosen source.
#[component]
pub fn Preview(
    /// How the source relates to this policy.
    carry: Memo<Option<Carry>>,
    /// The selected settings.
    picked: RwSignal<Vec<Setting>>,
) -> impl IntoView {
    move || carry.get().map(|carry| settings(picked, &carry))
}

fn settings(picked: RwSignal<Vec<Setting>>, carry: &Carry) -> AnyView {
    let all: Vec<Setting> = carry.carried.iter().map(|carried| carried.change.setting).collect();
    let tabs: Vec<AnyView> = Tab::ALL.into_iter().filter_map(|tab| of_tab(picked, carry, tab)).collect();
    let same =
        (!carry.same.is_empty()).then(|| view! { <p class="help">{text::policy::carry::same(carry.same.len())}</p> });
    let picks = if all.is_empty() {
        view! { <EmptyState text=text::policy::carry::NOTHING_DIFFERS /> }.into_any()
    } else {
        view! {
            <p class="copy-ticks">
                <Button on_press=move |()| picked.set(all.clone())>{text::policy::carry::ALL}</Button>
                <Button on_press=move |()| picked.set(Vec::new())>{text::policy::carry::NONE}</Button>
            </p>
        }
        .into_any()
    };
    view! {
        {picks}
        {tabs}
        {same}
        {left(carry)}
    }
    .into_any()
}

fn of_tab(picked: RwSignal<Vec<Setting>>, carry: &Carry, tab: Tab) -> Option<AnyView> {
    let lines: Vec<AnyView> = carry
        .carried
        .iter()
        .filter(|carried| carried.change.setting.tab() == tab)
        .map(|carried| line(picked, carried))
        .collect();
    (!lines.is_empty()).then(|| {
        view! {
            <h3>{text::policy::setting::tab(tab)}</h3>
            <ul class="changes">{lines}</ul>
        }
        .into_any()
    })
}

fn line(picked: RwSignal<Vec<Setting>>, carried: &Carried) -> AnyView {
    let setting = carried.change.setting;
    let checked = Signal::derive(move || picked.with(|picked| picked.contains(&setting)));
    let tick = move |on: bool| {
        picked.update(|picked| {
            picked.retain(|other| *other != setting);
            if on {
                picked.push(setting);
            }
        });
    };
    let replaces = carried.edited.then(|| view! { <p class="warn-line">{text::policy::carry::REPLACES}</p> });
    view! {
        <li class="change">
            <Checkbox checked on_change=tick label=text::policy::setting::full_label(setting) />
            <ChangeValues change=carried.change.clone() />
            {replaces}
        </li>
    }
    .into_any()
}

fn left(carry: &Carry) -> Option<AnyView> {
    let number = carry.left.len();
    let rules = (!carry.other_rules.is_empty()).then(|| {
        view! { <li class="user-text">{text::policy::carry::OTHER_RULES} ": " {carry.other_rules.join(", ")}</li> }
    });
    let lines: Vec<AnyView> = carry
        .left
        .iter()
        .map(|(setting, why)| {
            let words = [&text::policy::setting::full_label(*setting), ": ", text::policy::carry::why(*why)].concat();
            view! { <li>{words}</li> }.into_any()
        })
        .collect();
    (number > 0 || rules.is_some()).then(|| {
        view! {
            <details class="copy-left" open=true>
                <summary>{text::policy::carry::left(number)}</summary>
                <ul class="help">{lines} {rules}</ul>
            </details>
        }
        .into_any()
    })
}

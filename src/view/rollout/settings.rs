//! The second step: which of the source's settings are copied, tab by tab.

use leptos::prelude::*;

use super::shifts::Shifts;
use crate::policy::{Setting, Tab, Value};
use crate::rollout::choice::Offers;
use crate::state::directory::names::Names;
use crate::state::rollout::RolloutState;
use crate::text;
use crate::view::part::{Button, Checkbox, UserText};

/// The second step.
#[component]
pub fn Settings() -> impl IntoView {
    let state = RolloutState::current();
    let offered = Memo::new(move |_| state.offers());
    let content = move || {
        let offers = offered.get();
        if offers.is_empty() {
            return view! { <p class="help">{text::rollout::SETTINGS_LATER}</p> }.into_any();
        }
        let tabs: Vec<AnyView> = Tab::ALL.into_iter().map(|tab| of_tab(state, &offers, tab)).collect();
        let left = left(&offers);
        view! {
            {tabs}
            {left}
        }
        .into_any()
    };
    view! {
        <section class="rollout-step" aria-label=text::rollout::SETTINGS>
            <h2>{text::rollout::SETTINGS}</h2>
            <Shifts />
            {content}
        </section>
    }
    .into_any()
}

fn of_tab(state: RolloutState, offers: &Offers, tab: Tab) -> AnyView {
    let own: Vec<(Setting, Value)> = offers
        .iter()
        .filter(|(setting, _)| setting.tab() == tab)
        .filter_map(|(setting, value)| Some((*setting, value.as_ref().ok()?.clone())))
        .collect();
    let number = own.len();
    let settings: Vec<Setting> = own.iter().map(|(setting, _)| *setting).collect();
    let ticked = Memo::new(move |_| state.picked.with(|all| all.iter().filter(|one| settings.contains(one)).count()));
    let lines: Vec<AnyView> = own.into_iter().map(|(setting, value)| line(state, setting, value)).collect();
    let name = text::policy::setting::tab(tab);
    view! {
        <details class="rollout-tab" open=tab != Tab::Notification>
            <summary>{name} " " <span class="help">{move || text::rollout::ticked(ticked.get())}</span></summary>
            <p class="copy-ticks">
                <Button on_press=move |()| state.tick_tab(tab, true)>{text::rollout::ALL_OF} " " {name}</Button>
                <Button on_press=move |()| state.tick_tab(tab, false)>{text::rollout::NONE_OF} " " {name}</Button>
            </p>
            <ul class="rollout-settings" data-number=number.to_string()>{lines}</ul>
        </details>
    }
    .into_any()
}

fn line(state: RolloutState, setting: Setting, value: Value) -> AnyView {
    let checked = Signal::derive(move || state.picked.with(|picked| picked.contains(&setting)));
    let names = Names::current();
    let words = Signal::derive(move || text::policy::value::value(&value, &names.known()));
    view! {
        <li>
            <Checkbox
                checked
                on_change=move |on: bool| state.tick(setting, on)
                label=text::policy::setting::full_label(setting)
            />
            <span class="rollout-value">
                <UserText text=words />
            </span>
        </li>
    }
    .into_any()
}

fn left(offers: &Offers) -> Option<AnyView> {
    let lines: Vec<AnyView> = offers
        .iter()
        .filter_map(|(setting, value)| {
            let why = value.as_ref().err()?;
            let words = [&text::policy::setting::full_label(*setting), ": ", text::policy::carry::why(*why)].concat();
            Some(view! { <li>{words}</li> }.into_any())
        })
        .collect();
    let number = lines.len();
    (number > 0).then(|| {
        view! {
            <details class="copy-left">
                <summary>{text::policy::carry::left(number)}</summary>
                <ul class="help">{lines}</ul>
            </details>
        }
        .into_any()
    })
}

//! Which findings are shown, and where the baseline comes from.

use leptos::prelude::*;

use super::Report;
use crate::baseline::{self, By, Outcome, Show as Shown};
use crate::matrix::Class;
use crate::route::Route;
use crate::text;
use crate::view::part::{ButtonLink, Choice, LinkTabs, Select, TabLink, TabsLook, TextField, TextKind};

/// The filters; all are in the address.
#[component]
pub fn Filters(
    /// The report.
    report: Report,
) -> impl IntoView {
    let view = report.view;
    let baselines = Choice::all_of(baseline::ALL.iter().map(|one| (one.key, text::report::baseline::name(one))));
    let verdicts = Outcome::ALL.map(|one| (one.as_str(), text::report::baseline::outcome(one)));
    let verdicts = Choice::any_of(text::report::APPLICABLE, verdicts);
    let classes = Class::ALL.map(|one| (one.as_str(), text::report::class(one)));
    let classes = Choice::any_of(text::report::ALL_CLASSES, classes);
    let by = move |wanted: By, label: &str| {
        let href = move || {
            let mut view = view.get();
            view.by = wanted;
            Route::Report(view).to_string()
        };
        TabLink::new(label, Signal::derive(href), Signal::derive(move || view.with(|view| view.by == wanted)))
    };
    view! {
        <div class="report-filters" role="search">
            <Select
                label=text::report::BASELINE
                choices=Signal::stored(baselines)
                value=Signal::derive(move || report.of.get().key.to_owned())
                on_change=move |key: String| report.refine(&|view| view.baseline.clone_from(&key))
            />
            <Select
                label=text::report::VERDICT
                choices=Signal::stored(verdicts)
                value=Signal::derive(move || match view.with(|view| view.show) {
                    Shown::Applicable => String::new(),
                    Shown::Only(outcome) => outcome.as_str().to_owned(),
                })
                on_change=move |name: String| {
                    report.refine(&|view| view.show = Outcome::from_name(&name).map(Shown::Only).unwrap_or_default());
                }
            />
            <Select
                label=text::report::CLASS
                choices=Signal::stored(classes)
                value=Signal::derive(move || view.with(|view| view.class).map_or("", Class::as_str).to_owned())
                on_change=move |name: String| report.refine(&|view| view.class = Class::from_name(&name))
            />
            <TextField
                label=text::report::SEARCH
                kind=TextKind::Search
                value=Signal::derive(move || view.with(|view| view.text.clone()))
                on_input=move |text: String| report.refine(&|view| view.text.clone_from(&text))
                placeholder=text::report::SEARCH
            />
            <LinkTabs
                label=text::report::GROUPED
                tabs=vec![by(By::Line, text::report::BY_LINE), by(By::Policy, text::report::BY_POLICY)]
                look=TabsLook::Switch
            />
        </div>
    }
    .into_any()
}

/// Where the baseline comes from, and what of it is not checked.
#[component]
pub fn SourceNote(
    /// The report.
    report: Report,
) -> impl IntoView {
    let of = report.of;
    view! {
        <div class="report-source">
            <p class="help">{move || text::report::baseline::source(&of.get())}</p>
            <p class="help">{move || text::report::baseline::not_judged(&of.get())}</p>
            {move || {
                let of = of.get();
                view! {
                    <ButtonLink href=Signal::stored(text::report::baseline::link(&of).to_owned()) external=true>
                        {text::report::baseline::link_words(&of)}
                    </ButtonLink>
                }
            }}
        </div>
    }
    .into_any()
}

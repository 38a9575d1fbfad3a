//! Which changes are shown, and in which order.

use leptos::prelude::*;

use crate::matrix::Class;
use crate::route::Route;
use crate::snapshot::Severity;
use crate::snapshot::view::{Order, View};
use crate::state::frame::nav::Nav;
use crate::text;
use crate::view::part::{Choice, Select, TextField, TextKind};

/// What the address asks for.
pub fn asked() -> Memo<View> {
    Nav::current().asked(|route| if let Route::Snapshots(view) = route { Some(view) } else { None })
}

/// The filters.
#[component]
pub fn Filters(
    /// What the address asks for.
    asked: Memo<View>,
) -> impl IntoView {
    let nav = Nav::current();
    let refine = move |change: &dyn Fn(&mut View)| nav.refine_by(asked, Route::Snapshots, change);
    let severities = Severity::ALL.map(|one| (one.as_str(), text::snapshots::severity(one)));
    let severities = Choice::any_of(text::snapshots::ANY_SEVERITY, severities);
    let classes = Class::ALL.map(|one| (one.as_str(), text::snapshots::class(one)));
    let classes = Choice::any_of(text::snapshots::ANY_CLASS, classes);
    let orders = Choice::all_of(Order::ALL.map(|one| (one.as_str(), text::snapshots::order(one))));
    view! {
        <div class="role-search" role="search">
            <TextField
                label=text::snapshots::SEARCH
                kind=TextKind::Search
                value=Signal::derive(move || asked.with(|view| view.text.clone()))
                on_input=move |text: String| refine(&|view| view.text.clone_from(&text))
                placeholder=text::snapshots::SEARCH_HINT
            />
            <Select
                label=text::snapshots::SEVERITY
                choices=Signal::stored(severities)
                value=Signal::derive(move || asked.with(|view| view.severity.map_or("", Severity::as_str).to_owned()))
                on_change=move |name: String| refine(&|view| view.severity = Severity::from_name(&name))
            />
            <Select
                label=text::snapshots::CLASS
                choices=Signal::stored(classes)
                value=Signal::derive(move || asked.with(|view| view.class.map_or("", Class::as_str).to_owned()))
                on_change=move |name: String| refine(&|view| view.class = Class::from_name(&name))
            />
            <Select
                label=text::snapshots::ORDER
                choices=Signal::stored(orders)
                value=Signal::derive(move || asked.with(|view| view.order.as_str().to_owned()))
                on_change=move |name: String| {
                    refine(&|view| view.order = Order::from_name(&name).unwrap_or_default());
                }
            />
        </div>
    }
    .into_any()
}

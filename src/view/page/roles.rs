//! Finding an Entra role: `#/roles`, with `?q=…` during a search and `&show=…` for one kind of them.

mod gate;
mod list;

use leptos::prelude::*;

use self::gate::Forget;
pub use self::gate::Gate;
use self::list::RoleLists;
use crate::auth::extras::Extra;
use crate::directory::RoleFilter;
use crate::policy::Subject;
use crate::route::Route;
use crate::state::directory::roles::RoleList;
use crate::state::extras::ExtrasState;
use crate::state::frame::heading::name_page;
use crate::state::frame::nav::Nav;
use crate::text;
use crate::view::copy_link::CopyLink;
use crate::view::part::{Choice, PageHeader, Select, TextField, TextKind};
use crate::view::printing::PrintedAbout;

/// The page of Entra roles.
#[component]
pub fn RolesPage() -> impl IntoView {
    let (nav, roles) = (Nav::current(), RoleList::current());
    let heading = name_page(text::page::ROLES);
    // Unless the person wants it, nothing is requested from Microsoft: the page first says what it takes.
    let wanted = ExtrasState::current();
    let shown = Memo::new(move |_| wanted.has(Extra::RolePolicies));
    Effect::new(move |_| {
        if shown.get() {
            roles.read();
        }
    });

    let asked = nav.asked(|route| if let Route::Roles { query, show } = route { Some((query, show)) } else { None });
    let typed = Memo::new(move |_| asked.with(|(query, _)| query.clone()));
    let show = Memo::new(move |_| asked.with(|(_, show)| *show));
    let found = Memo::new(move |_| typed.with(|typed| roles.found(typed.trim(), show.get())));
    // Enter opens the only match, or the one with exactly that name; pressed too early, it does so when the list
    // arrives.
    let opens = RwSignal::new(false);
    Effect::new(move |_| {
        let is_there = roles.answer.with(|answer| matches!(answer, Some(Ok(_))));
        if opens.get() && is_there {
            opens.set(false);
            let wanted = typed.with_untracked(|typed| typed.trim().to_lowercase());
            let hit = found.with_untracked(|found| {
                let mut named = found.iter().filter(|role| found.len() == 1 || role.name.to_lowercase() == wanted);
                named.next().map(|role| role.template_id.clone())
            });
            if let Some(template) = hit.filter(|_| !wanted.is_empty()) {
                nav.go(&Route::policy(Subject::Role { template }));
            }
        }
    });
    let on_input = move |query: String| {
        opens.set(false);
        nav.refine(Route::Roles { query, show: show.get_untracked() });
    };
    let on_show = move |wanted: String| {
        let show = wanted.parse().unwrap_or_default();
        nav.refine(Route::Roles { query: typed.get_untracked(), show });
    };
    let choices = Choice::all_of(RoleFilter::ALL.map(|filter| (filter.as_str(), text::role::filter(filter))));
    let lists = move || {
        view! {
            <div class="role-search" role="search">
                <TextField
                    label=text::role::SEARCH
                    kind=TextKind::Search
                    value=typed
                    on_input
                    on_enter=Callback::new(move |()| opens.set(true))
                    placeholder=text::role::SEARCH_HINT
                />
                <Select
                    label=text::role::SHOW
                    choices=Signal::stored(choices.clone())
                    value=Signal::derive(move || show.get().as_str().to_owned())
                    on_change=on_show
                />
            </div>
            <div class="group-lists">
                <RoleLists typed show found />
                <Forget />
            </div>
        }
    };
    let narrowed = Memo::new(move |_| typed.with(|typed| !typed.trim().is_empty()) || show.get() != RoleFilter::All);
    let actions = move || {
        view! {
            <Show when=move || narrowed.get()>
                <CopyLink />
            </Show>
        }
    };
    view! {
        <PageHeader title=heading actions />
        <PrintedAbout only=Signal::derive(move || typed.with(|typed| text::role::only(typed, show.get()))) />
        {move || if shown.get() { lists().into_any() } else { view! { <Gate /> <Forget /> }.into_any() }}
    }
    .into_any()
}

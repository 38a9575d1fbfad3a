//! Where on a group's page the person is, and the switches that lead elsewhere on it.

use leptos::prelude::*;

use crate::guid::Guid;
use crate::policy::{Access, Tab};
use crate::route::Route;
use crate::state::nav::Nav;
use crate::text;
use crate::view::part::{LinkTabs, TabLink, TabsLook};

/// The place, followed through the address.
#[derive(Clone, Copy)]
pub struct Place {
    group: StoredValue<Guid>,
    /// Members or owners.
    pub access: Memo<Access>,
    /// The tab.
    pub tab: Memo<Tab>,
    /// Whether the review is open.
    pub review: Memo<bool>,
}

impl Place {
    /// Follows the address as long as it names this group.
    pub fn new(group: Guid) -> Self {
        let route = Nav::current().route;
        let part = move || match route.get() {
            Route::Policy { access, tab, review, .. } => (access, tab, review),
            _ => (Access::Member, Tab::Activation, false),
        };
        Self {
            group: StoredValue::new(group),
            access: Memo::new(move |_| part().0),
            tab: Memo::new(move |_| part().1),
            review: Memo::new(move |_| part().2),
        }
    }

    /// The address of a place on this page.
    pub fn route(self, access: Access, tab: Tab, review: bool) -> Route {
        Route::Policy { group: self.group.get_value(), access, tab, review }
    }

    /// The present place with the review opened or closed.
    pub fn with_review(self, review: bool) -> Route {
        self.route(self.access.get_untracked(), self.tab.get_untracked(), review)
    }
}

/// Members or owners at the left, the tabs at the right; each keeps the other.
#[component]
pub fn Choices(
    /// The place.
    place: Place,
    /// A note beside "Members" and "Owners": how many settings are changed.
    notes: [Signal<String>; 2],
) -> impl IntoView {
    let accesses = Access::ALL
        .into_iter()
        .zip(notes)
        .map(|(access, note)| TabLink {
            label: Signal::stored(text::setting::access(access).to_owned()),
            href: Signal::derive(move || place.route(access, place.tab.get(), false).to_string()),
            current: Signal::derive(move || place.access.get() == access),
            note,
        })
        .collect();
    let tabs = Tab::ALL
        .into_iter()
        .map(|tab| TabLink {
            label: Signal::stored(text::setting::tab(tab).to_owned()),
            href: Signal::derive(move || place.route(place.access.get(), tab, false).to_string()),
            current: Signal::derive(move || place.tab.get() == tab),
            note: Signal::default(),
        })
        .collect();
    view! {
        <div class="page-choices">
            <LinkTabs label=text::page::ROLE tabs=accesses look=TabsLook::Switch />
            <LinkTabs label=text::page::SETTINGS tabs />
        </div>
    }
    .into_any()
}

//! Where on a group's page the person is, and the switches that lead elsewhere on it.

use leptos::prelude::*;

use crate::policy::{Setting, Subject, Tab};
use crate::route::Route;
use crate::state::frame::nav::Nav;
use crate::text;
use crate::view::part::{LinkTabs, TabLink, TabsLook};

/// The place, controlled by the address.
#[derive(Clone, Copy)]
pub struct Place {
    page: StoredValue<Vec<Subject>>,
    /// The subject whose policy is shown.
    pub subject: Memo<Subject>,
    /// The tab.
    pub tab: Memo<Tab>,
    /// Whether the review is open.
    pub review: Memo<bool>,
    /// Whether the policy on screen can be edited.
    pub editable: RwSignal<bool>,
    /// Whether a policy is on screen.
    pub shown: RwSignal<bool>,
    /// Whether the dialog that copies settings is open.
    pub copying: RwSignal<bool>,
    /// Whether the dialog that makes a template is open.
    pub templating: RwSignal<bool>,
    /// The setting whose field the person wants to go to from the review.
    pub sought: RwSignal<Option<Setting>>,
    /// Something was written since the page was opened, so the group is in PIM now.
    pub wrote: RwSignal<bool>,
}

impl Place {
    /// Follows the address as long as it names a subject of this page.
    pub fn new(subject: &Subject) -> Self {
        let route = Nav::current().route;
        let page = StoredValue::new(subject.of_page());
        let first = StoredValue::new(subject.clone());
        let part = move || match route.get() {
            Route::Policy { subject, tab, review } if page.with_value(|page| page.contains(&subject)) => {
                (subject, tab, review)
            }
            _ => (first.get_value(), Tab::Activation, false),
        };
        Self {
            page,
            subject: Memo::new(move |_| part().0),
            tab: Memo::new(move |_| part().1),
            review: Memo::new(move |_| part().2),
            editable: RwSignal::new(false),
            shown: RwSignal::new(false),
            copying: RwSignal::new(false),
            templating: RwSignal::new(false),
            sought: RwSignal::new(None),
            wrote: RwSignal::new(false),
        }
    }

    /// The address of a place on this page.
    pub const fn route(self, subject: Subject, tab: Tab, review: bool) -> Route {
        Route::Policy { subject, tab, review }
    }

    /// The subjects of this page.
    pub fn subjects(self) -> Vec<Subject> {
        self.page.get_value()
    }

    /// The current place with the review opened or closed.
    pub fn with_review(self, review: bool) -> Route {
        self.route(self.subject.get_untracked(), self.tab.get_untracked(), review)
    }
}

/// Members or owners on the left, if there is that choice, the tabs on the right; each keeps the other.
#[component]
pub fn Choices(
    /// The place.
    place: Place,
    /// A note for each subject of the page: how many settings are changed.
    notes: Vec<Signal<String>>,
) -> impl IntoView {
    let accesses: Vec<TabLink> = place
        .subjects()
        .into_iter()
        .zip(notes)
        .filter_map(|(subject, note)| {
            let label = text::policy::setting::access(subject.access()?);
            let subject = StoredValue::new(subject);
            let href = move || place.route(subject.get_value(), place.tab.get(), false).to_string();
            let current = move || place.subject.with(|here| subject.with_value(|one| one == here));
            Some(TabLink { note, ..TabLink::new(label, Signal::derive(href), Signal::derive(current)) })
        })
        .collect();
    let switch = (!accesses.is_empty())
        .then(|| view! { <LinkTabs label=text::page::ROLE tabs=accesses look=TabsLook::Switch /> });
    let tabs = Tab::ALL
        .into_iter()
        .map(|tab| {
            let href = move || place.route(place.subject.get(), tab, false).to_string();
            let current = move || place.tab.get() == tab;
            TabLink::new(text::policy::setting::tab(tab), Signal::derive(href), Signal::derive(current))
        })
        .collect();
    view! {
        <div class="page-choices">
            {switch}
            <LinkTabs label=text::page::SETTINGS tabs />
        </div>
    }
    .into_any()
}

//! The policies of a group or a role: `#/groups/{id}/{member|owner}/{tab}`, `#/roles/{templateId}/{tab}`.

mod loaded;
mod place;

use leptos::prelude::*;

use self::loaded::Loaded;
use self::place::Choices;
pub use self::place::Place;
use crate::desk::policies::{self, Opened};
use crate::graph::Error;
use crate::policy::Subject;
use crate::route::Route;
use crate::state::desk::Desk;
use crate::state::directory::shelf::Shelf;
use crate::state::frame::heading::name_view;
use crate::state::frame::online::Online;
use crate::state::matrix::browsing::Browsing;
use crate::state::rollout::RolloutState;
use crate::text;
use crate::view::badges::holder_badges;
use crate::view::copy_link::CopyLink;
use crate::view::part::{Button, Crumb, PageHeader, Skeleton, SkeletonShape, UserText};

/// The page of one group or role.
#[component]
pub fn PolicyPage(
    /// The first subject on it.
    subject: Subject,
) -> impl IntoView {
    let desk = Desk::current();
    let shelf = Shelf::current();
    let place = Place::new(&subject);
    let reading = LocalResource::new(move || {
        let (client, subject, me) = (desk.client(), subject.clone(), desk.account().oid);
        async move {
            let opened = policies::open(&client, &subject, &me).await;
            if opened.holder.is_ok() {
                shelf.opened(&subject);
            }
            opened
        }
    });
    let opened = Memo::new(move |before: Option<&Option<Opened>>| match (before.cloned().flatten(), reading.get()) {
        (Some(before), Some(read)) => Some(read.after(&before)),
        (before, read) => read.or(before),
    });
    let holder = Memo::new(move |_| opened.with(|opened| opened.as_ref().map(|opened| opened.holder.clone())));
    let heading = Signal::derive(move || match holder.get() {
        Some(Ok(holder)) => text::subject::name(&holder),
        Some(Err(_)) => place.subject.with(text::subject::kind).to_owned(),
        None => place.subject.with(text::subject::opening).to_owned(),
    });
    let title = Signal::derive(move || {
        place.subject.with(|subject| text::subject::page_title(subject, place.tab.get(), &heading.get()))
    });
    name_view(heading, title);
    // Someone who came from the table returns to it as it was, however many tabs were opened since.
    let back = place.subject.with_untracked(|subject| Browsing::current().way_back(subject));
    let (label, href) = match back {
        Some(href) => (text::matrix::BACK, href),
        None => {
            place.subject.with_untracked(|subject| (text::subject::list(subject), Route::list_of(subject).to_string()))
        }
    };
    let crumbs = vec![Crumb::new(label, href)];
    let badges = move || {
        let badges = move || {
            let in_pim = opened.with(|opened| opened.as_ref()?.in_pim);
            Some(holder_badges(&holder.get()?.ok()?, place.wrote.get().then_some(true).or(in_pim)))
        };
        view! { {badges} }
    };
    let rollout = RolloutState::current();
    let is_read = Memo::new(move |_| opened.with(Option::is_some));
    // All buttons stay where they are, so that none moves under the pointer when the policy is read.
    let unshown = Signal::derive(move || match (is_read.get(), place.shown.get()) {
        (false, _) => Some(text::page::STILL_READ.to_owned()),
        (true, false) => Some(text::page::NO_POLICY_SHOWN.to_owned()),
        (true, true) => None,
    });
    let uneditable = Signal::derive(move || {
        unshown.get().or_else(|| (!place.editable.get()).then(|| text::page::SHOWN_TO_READ.to_owned()))
    });
    let actions = move || {
        view! {
            <Button disabled_reason=uneditable on_press=move |()| place.copying.set(true)>
                {text::policy::carry::OPEN}
            </Button>
            <Button on_press=move |()| rollout.copy_from(place.subject.get_untracked())>{text::rollout::OPEN}</Button>
            <Button disabled_reason=unshown on_press=move |()| place.templating.set(true)>
                {text::templates::SAVE_AS}
            </Button>
            <CopyLink />
        }
    };
    let description = move || {
        let described = holder.get()?.ok()?.description().to_owned();
        if described.trim().is_empty() {
            return None;
        }
        Some(view! { <p class="help"><UserText text=described /></p> })
    };
    let retry = Callback::new(move |()| reading.refetch());
    Online::current().on_return(move || {
        let unread = |opened: &Opened| matches!(opened.policies, Err(Error::NoAnswer { .. }));
        if opened.with_untracked(|opened| opened.as_ref().is_some_and(unread)) {
            reading.refetch();
        }
    });
    view! {
        <PageHeader title=heading crumbs badges actions>
            {description}
        </PageHeader>
        {move || if is_read.get() {
            view! { <Loaded opened place retry /> }.into_any()
        } else {
            view! {
                <Choices place notes=vec![Signal::default(); 2] />
                <div class="form">
                    <Skeleton shape=SkeletonShape::Settings rows=6 />
                </div>
            }
                .into_any()
        }}
    }
}

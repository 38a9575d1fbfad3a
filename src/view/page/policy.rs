//! A group's policies: `#/groups/{id}/{member|owner}/{activation|assignment|notification}`.

mod loaded;
mod place;

use leptos::prelude::*;

use self::loaded::Loaded;
use self::place::Choices;
pub use self::place::Place;
use crate::browser::page;
use crate::desk::policies;
use crate::guid::Guid;
use crate::route::Route;
use crate::state::clip::CopyText;
use crate::state::desk::Desk;
use crate::state::heading::name_view;
use crate::state::shelf::Shelf;
use crate::text;
use crate::view::group::group_badges;
use crate::view::part::{Button, Crumb, PageHeader, Skeleton, SkeletonShape, UserText};

/// The page of one group.
#[component]
pub fn PolicyPage(
    /// The group.
    group: Guid,
) -> impl IntoView {
    let desk = Desk::current();
    let shelf = Shelf::current();
    let place = Place::new(group.clone());
    let opened = LocalResource::new(move || {
        let (client, group, me) = (desk.client(), group.clone(), desk.account().oid);
        async move {
            let opened = policies::open(&client, &group, &me).await;
            if opened.group.is_ok() {
                shelf.opened(&group);
            }
            opened
        }
    });
    let group = Memo::new(move |_| opened.get().map(|opened| opened.group));
    let heading = Signal::derive(move || match group.get() {
        Some(Ok(group)) => text::group::name(&group),
        Some(Err(_)) => text::page::GROUP.to_owned(),
        None => text::page::LOADING_GROUP.to_owned(),
    });
    let title = Signal::derive(move || text::page::policy_title(place.access.get(), place.tab.get(), &heading.get()));
    name_view(heading, title);
    let crumbs = vec![Crumb {
        label: Signal::stored(text::page::GROUPS.to_owned()),
        href: Signal::stored(Route::HOME.to_string()),
    }];
    let badges = move || {
        let badges = move || {
            let opened = opened.get()?;
            Some(group_badges(&opened.group.ok()?, opened.in_pim))
        };
        view! { {badges} }
    };
    let actions = move || {
        view! {
            <Button on_press=move |()| CopyText::current().copy(&page::link(), text::page::LINK_COPIED)>
                {text::page::COPY_LINK}
            </Button>
        }
    };
    let description = move || {
        let described = group.get()?.ok().map(|group| group.description).filter(|text| !text.trim().is_empty())?;
        Some(view! { <p class="help"><UserText text=described /></p> })
    };
    let retry = Callback::new(move |()| opened.refetch());
    view! {
        <PageHeader title=heading crumbs badges actions>
            {description}
        </PageHeader>
        {move || match opened.get() {
            Some(opened) => view! { <Loaded opened place retry /> }.into_any(),
            None => {
                view! {
                    <Choices place notes=[Signal::default(); 2] />
                    <div class="form">
                        <Skeleton shape=SkeletonShape::Settings rows=6 />
                    </div>
                }
                    .into_any()
            }
        }}
    }
}

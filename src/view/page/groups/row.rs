//! One group in a list.

use leptos::prelude::*;

use crate::browser::document;
use crate::directory::Group;
use crate::guid::Guid;
use crate::route::Route;
use crate::state::directory::finder::Finder;
use crate::state::directory::shelf::Shelf;
use crate::state::frame::notice::Notices;
use crate::text;
use crate::view::badges::group_badges;
use crate::view::part::{Glyph, IconButton, UserText};

/// Which list a row is in; the same group may be in several.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Pinned groups.
    Pinned,
    /// Recently opened groups.
    Recent,
    /// Groups in PIM.
    InPim,
    /// Groups of the directory.
    Directory,
}

impl Place {
    const fn key(self) -> &'static str {
        match self {
            Self::Pinned => "pinned",
            Self::Recent => "recent",
            Self::InPim => "in-pim",
            Self::Directory => "directory",
        }
    }

    /// ID of the list's heading.
    pub fn head_id(self) -> String {
        ["list-", self.key()].concat()
    }

    /// ID of a row's link.
    pub fn link_id(self, group: &Guid) -> String {
        [self.key(), "-", group.as_str()].concat()
    }
}

/// A link to the group's page with badges, and a button that pins it.
#[component]
pub fn GroupRow(
    /// The group.
    group: Group,
    /// The list.
    place: Place,
) -> impl IntoView {
    let finder = Finder::current();
    let id = StoredValue::new(group.id.clone());
    let name = text::group::name(&group);
    let described = (!group.description.trim().is_empty()).then(|| group.description.clone());
    // Both lines may be truncated on screen.
    let whole = described.as_ref().map_or_else(|| name.clone(), |text| [&name, "\n", text].concat());
    let kept = group.clone();
    let badges = move || {
        // In the list of groups in PIM every row would have the badge.
        let in_pim = place != Place::InPim && id.with_value(|id| finder.is_in_pim(id));
        group_badges(&group, in_pim.then_some(true))
    };
    view! {
        <li class="group-row">
            <div class="group-names">
                <a
                    class="group-name"
                    id=id.with_value(|id| place.link_id(id))
                    href=Route::group(id.get_value()).to_string()
                    title=whole
                >
                    <UserText text=name.clone() />
                </a>
                {described.map(|text| view! { <p class="group-note"><UserText text /></p> })}
            </div>
            <span class="badges">{badges}</span>
            <PinButton id name place on_pin=move || finder.learn(&kept) />
        </li>
    }
    .into_any()
}

/// A pinned or recent group that is not known yet, or cannot be read any more.
#[component]
pub fn UnnamedRow(
    /// Its ID.
    group: Guid,
    /// The list.
    place: Place,
    /// It was looked up, but not found.
    unreadable: bool,
) -> impl IntoView {
    let name = if unreadable { text::group::no_name(group.as_str()) } else { group.to_string() };
    let note = unreadable.then_some(text::group::UNREADABLE);
    let href = Route::group(group.clone()).to_string();
    let link_id = place.link_id(&group);
    view! {
        <li class="group-row" class:waiting=!unreadable>
            <div class="group-names">
                <a class="group-name" id=link_id href=href>
                    {name.clone()}
                </a>
                <p class="group-note">{note}</p>
            </div>
            <PinButton id=StoredValue::new(group) name place on_pin=|| () />
        </li>
    }
    .into_any()
}

#[component]
fn PinButton(
    /// The group.
    id: StoredValue<Guid>,
    /// Its name.
    name: String,
    /// The list.
    place: Place,
    /// Runs before the pin changes.
    on_pin: impl Fn() + Send + Sync + 'static,
) -> impl IntoView {
    let (shelf, notices) = (Shelf::current(), Notices::current());
    let pinned = move || id.with_value(|id| shelf.is_pinned(id));
    let name = StoredValue::new(name);
    let label = Signal::derive(move || name.with_value(|name| text::group::pin(pinned(), name)));
    let toggle = move |()| {
        on_pin();
        // The row may leave its list, and the button with it.
        let link = id.with_value(|id| place.link_id(id));
        let now = id.with_value(|id| shelf.toggle(id));
        name.with_value(|name| notices.announce(text::group::pin_done(now, name)));
        request_animation_frame(move || {
            if !document::exists(&link) {
                let _ = document::focus(&place.head_id(), false) || document::focus("page-title", false);
            }
        });
    };
    view! {
        <span class="group-pin" class:pinned=pinned>
            <IconButton glyph=Glyph::Pin label on_press=toggle />
        </span>
    }
    .into_any()
}

//! The badges of a group or a role.

use leptos::prelude::*;

use crate::directory::{Group, Holder, Role};
use crate::text;
use crate::view::part::{Badge, Tone};

/// What kind of group it is, as badges. `in_pim` is `None` if unknown or obvious.
pub fn group_badges(group: &Group, in_pim: Option<bool>) -> AnyView {
    let mut badges = Vec::new();
    match in_pim {
        Some(true) => badges.push((text::page::IN_PIM, Tone::Info)),
        Some(false) => badges.push((text::page::NOT_IN_PIM, Tone::Neutral)),
        None => {}
    }
    if group.role_assignable {
        badges.push((text::page::ROLE_ASSIGNABLE, Tone::Warn));
    }
    if group.dynamic {
        badges.push((text::page::DYNAMIC, Tone::Neutral));
    }
    if group.synced {
        badges.push((text::page::SYNCED, Tone::Neutral));
    }
    badges.into_iter().map(|(text, tone)| view! { <Badge text tone /> }).collect_view().into_any()
}

/// What kind of group or role it is, as badges. `in_pim` counts for groups only: a role is always in PIM.
pub fn holder_badges(holder: &Holder, in_pim: Option<bool>) -> AnyView {
    match holder {
        Holder::Group(group) => group_badges(group, in_pim),
        Holder::Role(role) => {
            let origin = if role.built_in { text::role::BUILT_IN } else { text::role::CUSTOM };
            view! {
                <Badge text=origin tone=Tone::Neutral />
                {privileged_badge(role)}
            }
            .into_any()
        }
    }
}

/// The mark of a privileged role.
pub fn privileged_badge(role: &Role) -> AnyView {
    (role.privileged == Some(true)).then(|| view! { <Badge text=text::role::PRIVILEGED tone=Tone::Warn /> }).into_any()
}

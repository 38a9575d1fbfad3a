//! What is shown of a group or role at the head of its page, and in lists of roles.

use leptos::prelude::*;

use super::group::group_badges;
use crate::directory::{Holder, Role};
use crate::text;
use crate::view::part::{Badge, Tone};

/// What kind of thing it is, in words. `in_pim` counts for groups only: a role always is.
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

//! What is shown of a group wherever one stands.

use leptos::prelude::*;

use crate::directory::Group;
use crate::text;
use crate::view::part::{Badge, Tone};

/// What kind of group it is, in words. `in_pim` is `None` where that is unknown or goes without saying.
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

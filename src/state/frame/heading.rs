//! The title of a view: the tab's title, the announcement and the focus after navigation.

use leptos::prelude::*;

use crate::browser::{document, scroll};
use crate::state::frame::nav::Nav;
use crate::state::frame::notice::Notices;

/// The ID of the heading that takes the focus; `PageHeader` gives it to its title.
const HEADING: &str = "page-title";

/// Names a view whose title never changes; returns the title, for its header.
pub fn name_page(title: &str) -> Signal<String> {
    let title = Signal::stored(title.to_owned());
    name_view(title, title);
    title
}

/// Names the view that is being built. `heading` is its title on the page, `title` the longer one of the browser's tab.
/// After navigation within the app (not on the first load) the heading takes the focus, unless the person has moved it by
/// then, and is announced; a later change of the heading (a name that was read) is announced too. A change of `title`
/// alone (another tab of the same view) is not.
pub fn name_view(heading: Signal<String>, title: Signal<String>) {
    let (nav, notices) = (Nav::current(), Notices::current());
    let left = document::focused();
    Effect::new(move |_| document::set_title(&[&title.get(), " – PIM Desk"].concat()));
    Effect::new(move |before: Option<String>| {
        let heading = heading.get();
        if nav.has_moved() && before.as_ref() != Some(&heading) {
            notices.announce(heading.clone());
            if before.is_none() {
                let left = left.clone();
                request_animation_frame(move || {
                    if nav.came_anew() {
                        scroll::show_top();
                    }
                    if !document::has_taken_focus(left.as_ref()) {
                        document::focus(HEADING, false);
                    }
                });
            }
        }
        heading
    });
}

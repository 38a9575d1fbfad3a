//! Search, filters and sort order of the list. All of it is in the address.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::names::names_of;
use super::queue::Queue;
use crate::approval::{Filter, Kind, Sort};
use crate::guid::Guid;
use crate::order::sort_by;
use crate::state::approval::inbox::InboxState;
use crate::text;
use crate::view::part::{Choice, Select, TextField, TextKind};

/// ID of the box around the search, for the key that moves there.
pub const SEARCH_ID: &str = "request-search";

/// Search, three filters and the sort order.
#[component]
pub fn Filters() -> impl IntoView {
    let (inbox, queue) = (InboxState::current(), Queue::current());
    let filter = inbox.filter;
    let change = move |change: &dyn Fn(&mut Filter)| {
        let mut wanted = filter.get_untracked();
        change(&mut wanted);
        queue.narrow(wanted);
    };
    let targets = choices(
        text::approval::inbox::ANY_ACCESS,
        move || filter.with(|filter| filter.target.clone()),
        |row, names| Some((row.target.id()?.clone(), names.target)),
    );
    let requesters = choices(
        text::approval::inbox::ANY_REQUESTER,
        move || filter.with(|filter| filter.requester.clone()),
        |row, names| Some((row.requester()?.clone(), names.person)),
    );
    let kinds = Choice::any_of(
        text::approval::inbox::ANY_KIND,
        Kind::ALL.map(|kind| (kind.as_str(), text::approval::inbox::kind(kind))),
    );
    let sorts = Choice::all_of(Sort::ALL.map(|sort| (sort.as_str(), text::approval::inbox::sort(sort))));
    let value = move |read: fn(&Filter) -> String| Signal::derive(move || filter.with(read));
    let id = |id: &Option<Guid>| id.as_ref().map(ToString::to_string).unwrap_or_default();
    view! {
        <div class="request-filters" role="search" aria-label=text::approval::inbox::FINDING>
            <div class="request-search" id=SEARCH_ID>
                <TextField
                    label=text::approval::inbox::SEARCH
                    kind=TextKind::Search
                    value=value(|filter| filter.text.clone())
                    on_input=move |text: String| change(&|filter| filter.text.clone_from(&text))
                    placeholder=text::approval::inbox::SEARCH_HINT
                />
            </div>
            <Select
                label=text::approval::inbox::KIND.to_owned()
                choices=Signal::stored(kinds)
                value=value(|filter| filter.kind.map(|kind| kind.as_str().to_owned()).unwrap_or_default())
                on_change=move |word: String| change(&|filter| filter.kind = word.parse().ok())
            />
            <Select
                label=text::approval::inbox::ACCESS.to_owned()
                choices=targets
                value=Signal::derive(move || filter.with(|filter| id(&filter.target)))
                on_change=move |word: String| change(&|filter| filter.target = word.parse().ok())
            />
            <Select
                label=text::approval::inbox::REQUESTER.to_owned()
                choices=requesters
                value=Signal::derive(move || filter.with(|filter| id(&filter.requester)))
                on_change=move |word: String| change(&|filter| filter.requester = word.parse().ok())
            />
            <Select
                label=text::approval::inbox::SORT.to_owned()
                choices=Signal::stored(sorts)
                value=value(|filter| filter.sort.as_str().to_owned())
                on_change=move |word: String| change(&|filter| filter.sort = word.parse().unwrap_or_default())
            />
        </div>
    }
    .into_any()
}

/// Every value found in the requests of the list, by name, and the chosen one even if no request has it.
fn choices(
    any: &'static str,
    chosen: impl Fn() -> Option<Guid> + Send + Sync + 'static,
    read: fn(&crate::approval::Request, text::approval::RequestNames) -> Option<(Guid, String)>,
) -> Signal<Vec<Choice>> {
    let inbox = InboxState::current();
    Memo::new(move |_| {
        let mut found: BTreeMap<Guid, String> = BTreeMap::new();
        inbox.listing.with(|listing| {
            found.extend(listing.rows().iter().filter_map(|row| read(&row.request, names_of(&row.request))));
        });
        if let Some(id) = chosen() {
            found.entry(id).or_insert_with_key(ToString::to_string);
        }
        let mut names: Vec<(String, Choice)> =
            found.into_iter().map(|(id, name)| (name.to_lowercase(), Choice::new(id.to_string(), name))).collect();
        sort_by(&mut names, |left, right| left.0.cmp(&right.0));
        std::iter::once(Choice::new("", any)).chain(names.into_iter().map(|(_, choice)| choice)).collect::<Vec<_>>()
    })
    .into()
}

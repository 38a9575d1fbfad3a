//! Search, filters and sort order of the history. All of it is in the address.

use leptos::prelude::*;

use crate::approval::Kind;
use crate::approval::history::Query;
use crate::route::Route;
use crate::route::history::{ENDINGS, ORDERS, WHO, of_word, word_of};
use crate::state::frame::nav::Nav;
use crate::text;
use crate::view::part::{Choice, Select, TextField, TextKind};

/// Search, three filters and the sort order.
#[component]
pub fn HistoryFilters(
    /// What is in the address.
    query: Memo<Query>,
) -> impl IntoView {
    let nav = Nav::current();
    let change = move |change: &dyn Fn(&mut Query)| nav.refine_by(query, Route::ApprovalHistory, change);
    let value = move |read: fn(&Query) -> &str| Signal::derive(move || query.with(|query| read(query).to_owned()));
    let kinds = Kind::ALL.map(|kind| (kind.as_str(), text::approval::inbox::kind(kind).to_owned()));
    let endings = ENDINGS.map(|(word, ending)| (word, text::approval::evidence::ending(&ending)));
    let who = WHO.map(|(word, who)| (word, text::approval::history::who(who).to_owned()));
    let orders = ORDERS.map(|(word, order)| (word, text::approval::history::order(order).to_owned()));
    view! {
        <div class="request-filters" role="search" aria-label=text::approval::history::SEARCH>
            <div class="request-search">
                <TextField
                    label=text::approval::history::SEARCH
                    kind=TextKind::Search
                    value=value(|query| &query.text)
                    on_input=move |text: String| change(&|query| query.text.clone_from(&text))
                    placeholder=text::approval::inbox::SEARCH_HINT
                />
            </div>
            <Select
                label=text::approval::inbox::KIND.to_owned()
                choices=choices(Some(text::approval::inbox::ANY_KIND), kinds)
                value=value(|query| query.kind.map_or("", Kind::as_str))
                on_change=move |word: String| change(&|query| query.kind = word.parse().ok())
            />
            <Select
                label=text::approval::history::ENDING.to_owned()
                choices=choices(Some(text::approval::history::ANY_ENDING), endings)
                value=value(|query| query.ending.as_ref().map_or("", |ending| word_of(&ENDINGS, ending)))
                on_change=move |word: String| change(&|query| query.ending = of_word(&ENDINGS, &word))
            />
            <Select
                label=text::approval::history::WHO.to_owned()
                choices=choices(None, who)
                value=value(|query| word_of(&WHO, &query.who))
                on_change=move |word: String| change(&|query| query.who = of_word(&WHO, &word).unwrap_or_default())
            />
            <Select
                label=text::approval::inbox::SORT.to_owned()
                choices=choices(None, orders)
                value=value(|query| word_of(&ORDERS, &query.order))
                on_change=move |word: String| change(&|query| query.order = of_word(&ORDERS, &word).unwrap_or_default())
            />
        </div>
    }
    .into_any()
}

fn choices<const N: usize>(any: Option<&str>, rest: [(&str, String); N]) -> Signal<Vec<Choice>> {
    let any = any.map(|label| Choice::new("", label));
    let rest = rest.into_iter().map(|(word, label)| Choice::new(word, label));
    Signal::stored(any.into_iter().chain(rest).collect())
}

//! The filter of the history in an address: `?q=…&kind=…&ended=…&who=…&sort=…`.

use super::{chosen, parameter, query};
use crate::approval::Ending;
use crate::approval::history::{Order, Query, Who};

/// The outcomes to choose from, by their word in an address.
pub const ENDINGS: [(&str, Ending); 5] = [
    ("approved", Ending::Approved),
    ("denied", Ending::Denied),
    ("lapsed", Ending::Lapsed),
    ("withdrawn", Ending::Withdrawn),
    ("failed", Ending::Failed),
];

/// Whose decisions can be chosen, by their word in an address.
pub const WHO: [(&str, Who); 3] = [("anyone", Who::Anyone), ("me", Who::Me), ("nobody", Who::Nobody)];

/// The sort orders, by their word in an address.
pub const ORDERS: [(&str, Order); 4] =
    [("latest", Order::Latest), ("requester", Order::Requester), ("access", Order::Access), ("waited", Order::Waited)];

/// The value of a word, in any case.
pub fn of_word<T: Clone, const N: usize>(table: &[(&str, T); N], word: &str) -> Option<T> {
    table.iter().find(|(known, _)| known.eq_ignore_ascii_case(word)).map(|(_, value)| value.clone())
}

/// The word of a value; empty for one that has none.
pub fn word_of<T: PartialEq, const N: usize>(table: &[(&'static str, T); N], value: &T) -> &'static str {
    table.iter().find(|(_, known)| known == value).map_or("", |(word, _)| word)
}

/// Parses it; what cannot be parsed does not filter.
pub(super) fn read(text: &str) -> Query {
    let word = |name| parameter(text, name).unwrap_or_default();
    Query {
        text: word("q"),
        kind: chosen(text, "kind"),
        ending: of_word(&ENDINGS, &word("ended")),
        who: of_word(&WHO, &word("who")).unwrap_or_default(),
        order: of_word(&ORDERS, &word("sort")).unwrap_or_default(),
    }
}

/// Writes it, with its `?`; leaves out what does not filter.
pub(super) fn write(wanted: &Query) -> String {
    let usual = |word: &'static str, is_usual: bool| if is_usual { "" } else { word };
    query(&[
        ("q", &wanted.text),
        ("kind", wanted.kind.map_or("", crate::approval::Kind::as_str)),
        ("ended", wanted.ending.as_ref().map_or("", |ending| word_of(&ENDINGS, ending))),
        ("who", usual(word_of(&WHO, &wanted.who), wanted.who == Who::default())),
        ("sort", usual(word_of(&ORDERS, &wanted.order), wanted.order == Order::default())),
    ])
}

//! The filter of the dead ends, in an address: `?severity=…&kind=…&show=…&q=…&sort=…`.

use super::{parameter, query};
use crate::dead_end::listing::{Query, SortBy};
use crate::dead_end::{Kind, Severity};
use crate::matrix::Class;

/// Parses it; what cannot be parsed does not filter.
pub(super) fn read(text: &str) -> Query {
    let word = |name| parameter(text, name).unwrap_or_default();
    let sort = word("sort");
    let (descending, by) = sort.strip_prefix('-').map_or((false, sort.as_str()), |by| (true, by));
    let by = SortBy::ALL.into_iter().find(|known| known.as_str().eq_ignore_ascii_case(by));
    Query {
        text: word("q"),
        severity: of_word(Severity::ALL, Severity::as_str, &word("severity")),
        kind: of_word(Kind::ALL, Kind::as_str, &word("kind")),
        class: Class::from_name(&word("show")),
        sort: by.unwrap_or_default(),
        descending: descending && by.is_some(),
    }
}

fn of_word<T: Copy, const N: usize>(all: [T; N], name: fn(T) -> &'static str, word: &str) -> Option<T> {
    all.into_iter().find(|one| name(*one).eq_ignore_ascii_case(word))
}

/// Writes it, with its `?`; leaves out what does not filter.
pub(super) fn write(wanted: &Query) -> String {
    let by = wanted.sort.as_str();
    let sort = match (wanted.sort, wanted.descending) {
        (SortBy::Severity, false) => String::new(),
        (_, false) => by.to_owned(),
        (_, true) => ["-", by].concat(),
    };
    query(&[
        ("severity", wanted.severity.map_or("", Severity::as_str)),
        ("kind", wanted.kind.map_or("", Kind::as_str)),
        ("show", wanted.class.map_or("", Class::as_str)),
        ("q", &wanted.text),
        ("sort", &sort),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sought_is_found_again() {
        let wanted = Query {
            text: "tier 0 & co".into(),
            severity: Some(Severity::Weak),
            kind: Some(Kind::SilentMails),
            class: Some(Class::Owners),
            sort: SortBy::Name,
            descending: true,
        };
        assert_eq!(read(write(&wanted).trim_start_matches('?')), wanted);
        for kind in Kind::ALL {
            let wanted = Query { kind: Some(kind), ..Query::ALL };
            assert_eq!(read(write(&wanted).trim_start_matches('?')), wanted);
        }
        assert_eq!(write(&Query::ALL), "");
        assert_eq!(read("severity=x&kind=y&show=z&sort=-w"), Query::ALL);
    }
}

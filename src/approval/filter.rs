//! Filtering and ordering a long list of requests.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use super::target::Kind;
use crate::guid::Guid;
use crate::order::sort_by;

/// The order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Sort {
    /// Least time left first.
    #[default]
    Left,
    /// Latest request first.
    Newest,
    /// By the requester's name.
    Requester,
    /// By the name of the group or role.
    Access,
}

impl Sort {
    /// Every order, as offered.
    pub const ALL: [Self; 4] = [Self::Left, Self::Newest, Self::Requester, Self::Access];

    /// The word in an address.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Newest => "newest",
            Self::Requester => "requester",
            Self::Access => "access",
        }
    }
}

impl fmt::Display for Sort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Sort {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|sort| sort.as_str().eq_ignore_ascii_case(text)).ok_or(())
    }
}

/// Which requests are shown, and in which order. A filter that is not set hides nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Filter {
    /// Words that must all occur, as typed.
    pub text: String,
    /// Only groups or only roles.
    pub kind: Option<Kind>,
    /// Only this group or role.
    pub target: Option<Guid>,
    /// Only this person's requests.
    pub requester: Option<Guid>,
    /// Their order.
    pub sort: Sort,
}

/// What a request is found and ordered by: computed once per reading, so that typing stays fast with hundreds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facets {
    /// The request's ID.
    pub id: String,
    /// Which kind of access it asks for.
    pub kind: Kind,
    /// The group or role.
    pub target: Option<Guid>,
    /// Who is asking.
    pub requester: Option<Guid>,
    /// The requester's name as shown, folded.
    person: String,
    /// The group's or role's name as shown, folded.
    access: String,
    /// All searchable text of the request, folded.
    words: String,
    /// When it was made, ms since 1970.
    created_unix_ms: Option<i64>,
}

impl Facets {
    /// For a request. `person` and `access` are the names as shown, `words` everything else it can be found by.
    pub fn new(id: &str, kind: Kind, person: &str, access: &str, words: &[&str], created_unix_ms: Option<i64>) -> Self {
        let (person, access) = (person.to_lowercase(), access.to_lowercase());
        let mut all = [person.as_str(), "\n", &access].concat();
        for text in words {
            all.push('\n');
            all.push_str(&text.to_lowercase());
        }
        Self { id: id.to_owned(), kind, target: None, requester: None, person, access, words: all, created_unix_ms }
    }
}

impl Filter {
    /// Hides nothing; least time left first.
    pub const NONE: Self = Self { text: String::new(), kind: None, target: None, requester: None, sort: Sort::Left };

    /// Whether it may hide requests; the order alone does not.
    pub fn narrows(&self) -> bool {
        !self.text.trim().is_empty() || self.kind.is_some() || self.target.is_some() || self.requester.is_some()
    }

    /// The same order without any filter.
    #[must_use]
    pub fn widened(&self) -> Self {
        Self { sort: self.sort, ..Self::NONE }
    }

    /// The positions of the requests that are shown, in order. Ties keep their order: least time left first, as in the
    /// inbox.
    pub fn arrange(&self, all: &[Facets]) -> Vec<usize> {
        let text = self.text.to_lowercase();
        let words: Vec<&str> = text.split_whitespace().collect();
        let mut places: Vec<usize> = (0..all.len()).filter(|place| self.lets_through(&all[*place], &words)).collect();
        let compare = |left: &Facets, right: &Facets| match self.sort {
            Sort::Left => Ordering::Equal,
            // Unknown times come last in either direction.
            Sort::Newest => match (left.created_unix_ms, right.created_unix_ms) {
                (Some(left), Some(right)) => right.cmp(&left),
                (left, right) => left.is_none().cmp(&right.is_none()),
            },
            Sort::Requester => left.person.cmp(&right.person),
            Sort::Access => left.access.cmp(&right.access),
        };
        if self.sort != Sort::Left {
            sort_by(&mut places, |left, right| compare(&all[*left], &all[*right]));
        }
        places
    }

    fn lets_through(&self, facets: &Facets, words: &[&str]) -> bool {
        self.kind.is_none_or(|kind| kind == facets.kind)
            && (self.target.is_none() || self.target == facets.target)
            && (self.requester.is_none() || self.requester == facets.requester)
            && words.iter().all(|word| facets.words.contains(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guid(last: u8) -> Guid {
        format!("00000000-0000-4000-8000-0000000000{last:02x}").parse().unwrap()
    }

    fn some() -> Vec<Facets> {
        let one = |id: &str, kind, person: &str, access: &str, reason: &str, created, target, requester| {
            let mut facets = Facets::new(id, kind, person, access, &[reason], created);
            (facets.target, facets.requester) = (Some(guid(target)), Some(guid(requester)));
            facets
        };
        vec![
            one("a", Kind::Group, "Zoë Haddad", "Network Operators", "Switch, CHG0041802", Some(10), 1, 9),
            one("b", Kind::Role, "Anton Sato", "Global Administrator", "Breakage", Some(30), 2, 8),
            one("c", Kind::Group, "anton sato", "Tier-0 Operators", "Patch DC03", None, 3, 8),
            one("d", Kind::Group, "Berta Íñigo", "Network Operators", "ÄRGER <b>mit</b> VPN", Some(20), 1, 7),
        ]
    }

    fn shown(filter: &Filter) -> String {
        let all = some();
        filter.arrange(&all).into_iter().map(|place| all[place].id.as_str()).collect()
    }

    #[test]
    fn every_word_must_occur_in_any_case_and_anywhere() {
        let found = |text: &str| shown(&Filter { text: text.to_owned(), ..Filter::NONE });
        for (text, ids) in [
            ("", "abcd"),
            ("  ", "abcd"),
            ("network", "ad"),
            ("OPERATORS zoË", "a"),
            ("ärger vpn", "d"),
            ("chg0041802", "a"),
            ("<b>", "d"),
            ("nobody", ""),
            ("haddad network switch other", ""),
        ] {
            assert_eq!(found(text), ids, "{text}");
        }
    }

    #[test]
    fn the_parts_of_a_filter_narrow_together() {
        assert_eq!(shown(&Filter { kind: Some(Kind::Role), ..Filter::NONE }), "b");
        assert_eq!(shown(&Filter { target: Some(guid(1)), ..Filter::NONE }), "ad");
        assert_eq!(shown(&Filter { requester: Some(guid(8)), ..Filter::NONE }), "bc");
        let both = Filter { requester: Some(guid(8)), kind: Some(Kind::Group), ..Filter::NONE };
        assert_eq!(shown(&both), "c");
        assert!(both.narrows());
        assert!(!Filter { sort: Sort::Access, text: " ".into(), ..Filter::NONE }.narrows());
        assert_eq!(shown(&both.widened()), "abcd");
    }

    #[test]
    fn unknown_times_come_last_and_equal_names_keep_their_order() {
        let sorted = |sort| shown(&Filter { sort, ..Filter::NONE });
        assert_eq!(sorted(Sort::Left), "abcd");
        assert_eq!(sorted(Sort::Newest), "bdac");
        assert_eq!(sorted(Sort::Requester), "bcda");
        assert_eq!(sorted(Sort::Access), "badc");
    }
}

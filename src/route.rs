//! Every address of the product. The one place that makes or reads `#/…`.

mod changes;
mod compare;
pub mod history;
mod inbox;
pub mod portal;

use std::fmt;

use crate::approval::Filter;
use crate::approval::history::Query;
use crate::directory::RoleFilter;
use crate::guid::Guid;
use crate::percent::{decode, encode};
use crate::policy::{Access, Subject, Tab};
use crate::receipt::listing::Filter as Sought;

pub use compare::{Comparing, Source};

/// A view, as the address bar names it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Route {
    /// `#/groups?q=…`: find a group.
    Groups {
        /// The search text; empty for none.
        query: String,
    },
    /// `#/roles?q=…&show=…`: find an Entra role.
    Roles {
        /// The search text; empty for none.
        query: String,
        /// Which of them.
        show: RoleFilter,
    },
    /// `#/groups/{id}/{member|owner}/{activation|assignment|notification}` or
    /// `#/roles/{templateId}/{activation|assignment|notification}`, with `?review` while the changes are reviewed.
    Policy {
        /// Whose policy.
        subject: Subject,
        /// Which tab.
        tab: Tab,
        /// Whether the review dialog is open.
        review: bool,
    },
    /// `#/compare?left=…&right=…&show=…`: two policies side by side.
    Compare(Comparing),
    /// `#/approvals?…`: requests that wait for the signed-in person.
    Approvals(Filter),
    /// `#/approvals/history?…`: what became of requests.
    ApprovalHistory(Query),
    /// `#/approvals/{requestId}`: one request.
    Approval {
        /// The request's id: a GUID, in canonical form where it was read from an address.
        request: String,
    },
    /// `#/changes?q=…&since=…&outcome=…`: the changes this browser remembers.
    Changes(Sought),
    /// `#/changes/{id}`: one of them.
    Change {
        /// The receipt's id.
        id: Guid,
    },
    /// `#/help`: what the product does, its permissions, the session log.
    Help,
    /// An address nobody knows, verbatim without the `#`.
    Unknown(String),
}

/// Longest address that is looked at, in bytes; longer ones are unknown.
const LONGEST: usize = 2048;

impl Route {
    /// The view that opens without an address.
    pub const HOME: Self = Self::Groups { query: String::new() };

    /// All Entra roles.
    pub const ROLES: Self = Self::Roles { query: String::new(), show: RoleFilter::All };

    /// All changes that are remembered.
    pub const CHANGES: Self = Self::Changes(Sought::NONE);

    /// All requests that wait.
    pub const APPROVALS: Self = Self::Approvals(Filter::NONE);

    /// A group's page as it opens first.
    pub const fn group(group: Guid) -> Self {
        Self::policy(Subject::Group { group, access: Access::Member })
    }

    /// A policy's page as it opens first.
    pub const fn policy(subject: Subject) -> Self {
        Self::Policy { subject, tab: Tab::Activation, review: false }
    }

    /// The list in which a subject is found.
    pub const fn list_of(subject: &Subject) -> Self {
        match subject {
            Subject::Group { .. } => Self::HOME,
            Subject::Role { .. } => Self::ROLES,
        }
    }

    /// Reads the fragment of an address, with or without `#`. Total: what it does not know is [`Route::Unknown`].
    /// Harmless variants (capital letters, braces, trailing slash) are read as what they mean; comparing
    /// [`Display`](fmt::Display) with the input tells whether the address should be replaced.
    pub fn parse(fragment: &str) -> Self {
        let text = fragment.strip_prefix('#').unwrap_or(fragment);
        let unknown = || Self::Unknown(text.chars().take(200).collect());
        if text.is_empty() || text == "/" {
            return Self::HOME;
        }
        let Some(rest) = text.strip_prefix('/').filter(|_| text.len() <= LONGEST) else { return unknown() };
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let path = path.strip_suffix('/').unwrap_or(path);
        let segments: Vec<&str> = path.split('/').collect();
        let read = match segments.as_slice() {
            ["groups"] => Some(Self::Groups { query: parameter(query, "q").unwrap_or_default() }),
            ["groups", id] => decode(id).and_then(|id| id.parse().ok()).map(Self::group),
            ["groups", id, access] => policy(group(id, access), "activation", query),
            ["groups", id, access, tab] => policy(group(id, access), tab, query),
            ["roles"] => Some(Self::Roles {
                query: parameter(query, "q").unwrap_or_default(),
                show: parameter(query, "show").and_then(|text| text.parse().ok()).unwrap_or_default(),
            }),
            ["roles", id] => policy(role(id), "activation", query),
            ["roles", id, tab] => policy(role(id), tab, query),
            ["compare"] => Some(Self::Compare(compare::read(query))),
            ["approvals"] => Some(Self::Approvals(inbox::read(query))),
            ["approvals", "history"] => Some(Self::ApprovalHistory(history::read(query))),
            ["approvals", id] => decode(id)
                .and_then(|id| id.parse::<Guid>().ok())
                .map(|request| Self::Approval { request: request.into() }),
            ["changes"] => Some(Self::Changes(changes::read(query))),
            ["changes", id] => decode(id).and_then(|id| id.parse().ok()).map(|id| Self::Change { id }),
            ["help"] => Some(Self::Help),
            _ => None,
        };
        read.unwrap_or_else(unknown)
    }
}

fn group(id: &str, access: &str) -> Option<Subject> {
    Some(Subject::Group { group: decode(id)?.parse().ok()?, access: access.parse().ok()? })
}

fn role(id: &str) -> Option<Subject> {
    Some(Subject::Role { template: decode(id)?.parse().ok()? })
}

fn policy(subject: Option<Subject>, tab: &str, query: &str) -> Option<Route> {
    Some(Route::Policy {
        subject: subject?,
        tab: Tab::ALL.into_iter().find(|known| known.as_str().eq_ignore_ascii_case(tab))?,
        review: query.split('&').any(|part| part == "review"),
    })
}

fn parameter(query: &str, name: &str) -> Option<String> {
    let raw = query.split('&').find_map(|part| part.strip_prefix(name)?.strip_prefix('='))?;
    decode(&raw.replace('+', " "))
}

fn chosen<T: std::str::FromStr>(query: &str, name: &str) -> Option<T> {
    parameter(query, name)?.parse().ok()
}

/// A query with its `?`; empty values are left out.
fn query(parts: &[(&str, &str)]) -> String {
    let told = parts.iter().filter(|(_, value)| !value.is_empty());
    let told: Vec<String> = told.map(|(name, value)| [name, "=", &encode(value)].concat()).collect();
    if told.is_empty() { String::new() } else { ["?", &told.join("&")].concat() }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Groups { query } if query.is_empty() => f.write_str("#/groups"),
            Self::Groups { query } => write!(f, "#/groups?q={}", encode(query)),
            Self::Roles { query, show } => {
                let (query, show) = (encode(query), show.as_str());
                match (query.is_empty(), show == RoleFilter::All.as_str()) {
                    (true, true) => f.write_str("#/roles"),
                    (false, true) => write!(f, "#/roles?q={query}"),
                    (true, false) => write!(f, "#/roles?show={show}"),
                    (false, false) => write!(f, "#/roles?q={query}&show={show}"),
                }
            }
            Self::Policy { subject, tab, review } => {
                let review = if *review { "?review" } else { "" };
                write!(f, "#/{subject}/{}{review}", tab.as_str())
            }
            Self::Compare(comparing) => write!(f, "#/compare{}", compare::write(comparing)),
            Self::Approvals(filter) => write!(f, "#/approvals{}", inbox::write(filter)),
            Self::ApprovalHistory(query) => write!(f, "#/approvals/history{}", history::write(query)),
            Self::Approval { request } => write!(f, "#/approvals/{}", encode(request)),
            Self::Changes(sought) => write!(f, "#/changes{}", changes::written(sought)),
            Self::Change { id } => write!(f, "#/changes/{id}"),
            Self::Help => f.write_str("#/help"),
            Self::Unknown(text) => write!(f, "#{text}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::approval::{Kind, Sort};
    use proptest::prelude::*;

    const ID: &str = "7e526275-97a8-4dc6-932a-4db521cccf96";
    const ANY_ID: &str = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

    #[test]
    fn harmless_variants_are_read() {
        let member = Route::group(ID.parse().unwrap());
        for text in [
            format!("#/groups/{ID}"),
            format!("#/groups/{}/MEMBER", ID.to_uppercase()),
            format!("#/groups/%7B{ID}%7D/member/Activation/"),
            format!("/groups/ {ID} /member/activation"),
        ] {
            assert_eq!(Route::parse(&text), member, "{text}");
        }
        let role = Route::policy(Subject::Role { template: ID.parse().unwrap() });
        for text in [format!("#/roles/{ID}"), format!("#/roles/%7B{}%7D/Activation/", ID.to_uppercase())] {
            assert_eq!(Route::parse(&text), role, "{text}");
        }
        let request = Route::Approval { request: ID.into() };
        for text in [format!("#/approvals/{ID}/"), format!("#/approvals/%7b{}%7D", ID.to_uppercase())] {
            assert_eq!(Route::parse(&text), request, "{text}");
        }
        assert_eq!(Route::parse("#"), Route::HOME);
        assert_eq!(Route::parse("#/groups?q=tier%200"), Route::Groups { query: "tier 0".into() });
        for text in ["#/approvals", "#/approvals/", "#/approvals?", "#/approvals?kind=all&access=x&by=&sort=&q="] {
            assert_eq!(Route::parse(text), Route::APPROVALS, "{text}");
        }
        let filter = format!("#/approvals?SORT=x&q=a+b%26c&kind=ROLE&by=%7B{}%7D&sort=Newest", ID.to_uppercase());
        assert_eq!(Route::parse(&filter).to_string(), format!("#/approvals?q=a%20b%26c&kind=role&by={ID}&sort=newest"));
    }

    #[test]
    fn the_rest_is_unknown_and_never_a_call() {
        for text in [
            "#//groups",
            "#/groups/",
            "#/groups/not-a-guid",
            "#/groups/%E0%A4%A",
            "#/groups/%00",
            "#/admin",
            "#/approvals/%00",
            "#/approvals/x",
            "#/approvals/..",
            "#/approvals/%2e%2e%2Fusers",
            "#/groups/7e526275-97a8-4dc6-932a-4db521cccf96/member/unknown-tab",
            "#/groups/a/b/c/d/e",
            "#/roles/x",
            "#/roles/7e526275-97a8-4dc6-932a-4db521cccf96/member",
            "#/roles/7e526275-97a8-4dc6-932a-4db521cccf96/activation/x",
            "#groups",
            "#/groups/%257e526275-97a8-4dc6-932a-4db521cccf96",
        ] {
            let read = Route::parse(text);
            assert!(matches!(read, Route::Unknown(_)) || text == "#/groups/", "{text} {read:?}");
        }
        assert!(matches!(Route::parse(&format!("#/{}", "x".repeat(10_000))), Route::Unknown(_)));
    }

    fn any_filter() -> impl Strategy<Value = Filter> {
        let id = || proptest::option::of(ANY_ID.prop_map(|id| id.parse().unwrap()));
        let kind = proptest::option::of(proptest::sample::select(Kind::ALL.to_vec()));
        let sort = proptest::sample::select(Sort::ALL.to_vec());
        ("\\PC{0,40}", kind, id(), id(), sort).prop_map(|(text, kind, target, requester, sort)| Filter {
            text,
            kind,
            target,
            requester,
            sort,
        })
    }

    fn any_query() -> impl Strategy<Value = Query> {
        let kind = proptest::option::of(proptest::sample::select(Kind::ALL.to_vec()));
        let ending =
            proptest::option::of(proptest::sample::select(history::ENDINGS.map(|(_, ending)| ending).to_vec()));
        let who = proptest::sample::select(history::WHO.map(|(_, who)| who).to_vec());
        let order = proptest::sample::select(history::ORDERS.map(|(_, order)| order).to_vec());
        ("\\PC{0,40}", kind, ending, who, order).prop_map(|(text, kind, ending, who, order)| Query {
            text,
            kind,
            ending,
            who,
            order,
        })
    }

    fn any_route() -> impl Strategy<Value = Route> {
        let subject = (ANY_ID, 0..3).prop_map(|(id, kind)| {
            let id: Guid = id.parse().unwrap();
            match kind {
                0 => Subject::Role { template: id },
                1 => Subject::Group { group: id, access: Access::Member },
                _ => Subject::Group { group: id, access: Access::Owner },
            }
        });
        let tab = prop_oneof![Just(Tab::Activation), Just(Tab::Assignment), Just(Tab::Notification)];
        let source = prop_oneof![
            subject.clone().prop_map(Source::Policy),
            ANY_ID.prop_map(|id| Source::Before(id.parse().unwrap())),
            ANY_ID.prop_map(|id| Source::After(id.parse().unwrap())),
        ];
        prop_oneof![
            "\\PC{0,40}".prop_map(|query| Route::Groups { query }),
            ("\\PC{0,40}", proptest::sample::select(RoleFilter::ALL.to_vec()))
                .prop_map(|(query, show)| Route::Roles { query, show }),
            (proptest::option::of(source.clone()), proptest::option::of(source), any::<bool>())
                .prop_map(|(left, right, all)| Route::Compare(Comparing { left, right, all })),
            (subject, tab, any::<bool>()).prop_map(|(subject, tab, review)| Route::Policy { subject, tab, review }),
            any_filter().prop_map(Route::Approvals),
            any_query().prop_map(Route::ApprovalHistory),
            ANY_ID.prop_map(|request| Route::Approval { request }),
            ("\\PC{0,20}", 0_usize..4, prop::option::of(0_usize..5)).prop_map(|(text, since, standing)| {
                Route::Changes(Sought {
                    text,
                    since: crate::receipt::listing::Since::ALL[since],
                    standing: standing.map(|at| crate::receipt::Standing::ALL[at]),
                })
            }),
            ANY_ID.prop_map(|id| Route::Change { id: id.parse().unwrap() }),
            Just(Route::Help),
        ]
    }

    proptest! {
        #[test]
        fn every_route_is_found_again(route in any_route()) {
            prop_assert_eq!(Route::parse(&route.to_string()), route);
        }

        #[test]
        fn every_text_is_read(text in "\\PC{0,80}") {
            let _ = Route::parse(&text).to_string();
        }

        #[test]
        fn every_path_is_read(text in "#/(groups|roles|compare|approvals|help)?[/%?&=+a-fA-F0-9{} -]{0,60}") {
            let canonical = Route::parse(&text).to_string();
            if !matches!(Route::parse(&text), Route::Unknown(_)) {
                prop_assert_eq!(Route::parse(&canonical), Route::parse(&text));
            }
        }
    }
}

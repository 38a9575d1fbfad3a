//! Every address of the product. The only place that makes or parses `#/…`.

mod changes;
mod compare;
mod dead_ends;
pub mod history;
mod inbox;
mod matrix;
pub mod portal;
mod report;
mod rollout;
mod snapshots;

use std::fmt;

use crate::approval::Filter;
use crate::approval::history::Query;
use crate::baseline::View as Reported;
use crate::dead_end::listing::Query as DeadEndQuery;
use crate::directory::RoleFilter;
use crate::guid::Guid;
use crate::matrix::View;
use crate::percent::{LONGEST_ADDRESS, decode, encode};
use crate::policy::{Access, Subject, Tab};
use crate::receipt::listing::Filter as Sought;
use crate::rollout::aspect::Aspect;
use crate::rollout::outcome::Which;
use crate::snapshot::view::View as Drifting;

pub use compare::{Comparing, Source};

/// A view, as named in the address bar.
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
        /// Which of them to list.
        show: RoleFilter,
    },
    /// `#/groups/{id}/{member|owner}/{activation|assignment|notification}` or
    /// `#/roles/{templateId}/{activation|assignment|notification}`, with `?review` while the changes are reviewed.
    Policy {
        /// The policy's subject.
        subject: Subject,
        /// Which tab is open.
        tab: Tab,
        /// Whether the review dialog is open.
        review: bool,
    },
    /// `#/compare?left=…&right=…&show=…`: two policies side by side.
    Compare(Comparing),
    /// `#/matrix?…`: the policies of all groups and roles as a table.
    Matrix(View),
    /// `#/rollout?show=…`: a change proposed to many policies, its plan and its progress.
    Rollout(Aspect),
    /// `#/rollout/{id}?show=…`: the outcome of one.
    RolloutReceipt {
        /// The ID of the change of many policies (rollout).
        id: Guid,
        /// Which of its policies.
        show: Which,
    },
    /// `#/templates`: templates.
    Templates,
    /// `#/templates/{key}`: one of them.
    Template {
        /// The template's key, as used in addresses.
        key: String,
    },
    /// `#/report?…`: which policy meets which line of a baseline.
    Report(Reported),
    /// `#/dead-ends?…`: what would not work, across all policies.
    DeadEnds(DeadEndQuery),
    /// `#/snapshots?…`: policies kept in a file, and what has changed since.
    Snapshots(Drifting),
    /// `#/approvals?…`: requests that wait for the signed-in person.
    Approvals(Filter),
    /// `#/approvals/history?…`: the outcome of requests.
    ApprovalHistory(Query),
    /// `#/approvals/{requestId}`: one request.
    Approval {
        /// The request's ID: a GUID, in canonical form if it was parsed from an address.
        request: String,
    },
    /// `#/changes?q=…&since=…&outcome=…`: the changes stored in this browser.
    Changes(Sought),
    /// `#/changes/{id}`: one of them.
    Change {
        /// The receipt's ID.
        id: Guid,
    },
    /// `#/help`: what the product does, its permissions, the session log.
    Help,
    /// An unknown address, verbatim without the `#`.
    Unknown(String),
}

impl Route {
    /// The view that opens without an address.
    pub const HOME: Self = Self::Groups { query: String::new() };

    /// All Entra roles.
    pub const ROLES: Self = Self::Roles { query: String::new(), show: RoleFilter::All };

    /// All stored changes.
    pub const CHANGES: Self = Self::Changes(Sought::NONE);

    /// The table as it opens.
    pub const MATRIX: Self = Self::Matrix(View::NEW);

    /// A change of many policies, as the page opens.
    pub const ROLLOUT: Self = Self::Rollout(Aspect::All);

    /// Snapshots as the page opens.
    pub const SNAPSHOTS: Self = Self::Snapshots(Drifting::NEW);
    /// All dead ends.
    pub const DEAD_ENDS: Self = Self::DeadEnds(DeadEndQuery::ALL);
    /// The report as it opens.
    pub const REPORT: Self = Self::Report(Reported::NEW);

    /// All requests that wait.
    pub const APPROVALS: Self = Self::Approvals(Filter::NONE);

    /// A group's page as it first opens.
    pub const fn group(group: Guid) -> Self {
        Self::policy(Subject::Group { group, access: Access::Member })
    }

    /// A policy's page as it first opens.
    pub const fn policy(subject: Subject) -> Self {
        Self::Policy { subject, tab: Tab::Activation, review: false }
    }

    /// The outcome of a change of many policies, as the page opens.
    pub const fn rollout_receipt(id: Guid) -> Self {
        Self::RolloutReceipt { id, show: Which::All }
    }

    /// The list that contains a subject.
    pub const fn list_of(subject: &Subject) -> Self {
        match subject {
            Subject::Group { .. } => Self::HOME,
            Subject::Role { .. } => Self::ROLES,
        }
    }

    /// Parses the fragment of an address, with or without `#`. Total: what it does not know is [`Route::Unknown`].
    /// Harmless variants (capital letters, braces, trailing slash) are accepted; comparing [`Display`](fmt::Display)
    /// with the input shows whether the address should be replaced.
    pub fn parse(fragment: &str) -> Self {
        let text = fragment.strip_prefix('#').unwrap_or(fragment);
        let unknown = || Self::Unknown(text.to_owned());
        if text.is_empty() || text == "/" {
            return Self::HOME;
        }
        let Some(rest) = text.strip_prefix('/').filter(|_| text.len() <= LONGEST_ADDRESS) else { return unknown() };
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
            ["matrix"] => Some(Self::Matrix(matrix::read(query))),
            ["rollout"] => Some(Self::Rollout(rollout::read_plan(query))),
            ["rollout", id] => decode(id)
                .and_then(|id| id.parse().ok())
                .map(|id| Self::RolloutReceipt { id, show: rollout::read_receipt(query) }),
            ["templates"] => Some(Self::Templates),
            ["templates", key] => decode(key).filter(|key| !key.is_empty()).map(|key| Self::Template { key }),
            ["snapshots"] => Some(Self::Snapshots(snapshots::read(query))),
            ["dead-ends"] => Some(Self::DeadEnds(dead_ends::read(query))),
            ["report"] => Some(Self::Report(report::read(query))),
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
            Self::Groups { query: words } => write!(f, "#/groups{}", query(&[("q", words)])),
            Self::Roles { query: words, show } => {
                let show = if *show == RoleFilter::All { "" } else { show.as_str() };
                write!(f, "#/roles{}", query(&[("q", words), ("show", show)]))
            }
            Self::Policy { subject, tab, review } => {
                let review = if *review { "?review" } else { "" };
                write!(f, "#/{subject}/{}{review}", tab.as_str())
            }
            Self::Compare(comparing) => write!(f, "#/compare{}", compare::write(comparing)),
            Self::Matrix(view) => write!(f, "#/matrix{}", matrix::write(view)),
            Self::Rollout(show) => write!(f, "#/rollout{}", rollout::write(show.as_str())),
            Self::RolloutReceipt { id, show } => write!(f, "#/rollout/{id}{}", rollout::write(show.as_str())),
            Self::Templates => f.write_str("#/templates"),
            Self::Template { key } => write!(f, "#/templates/{}", encode(key)),
            Self::Snapshots(view) => write!(f, "#/snapshots{}", snapshots::write(view)),
            Self::DeadEnds(wanted) => write!(f, "#/dead-ends{}", dead_ends::write(wanted)),
            Self::Report(view) => write!(f, "#/report{}", report::write(view)),
            Self::Approvals(filter) => write!(f, "#/approvals{}", inbox::write(filter)),
            Self::ApprovalHistory(query) => write!(f, "#/approvals/history{}", history::write(query)),
            Self::Approval { request } => write!(f, "#/approvals/{}", encode(request)),
            Self::Changes(sought) => write!(f, "#/changes{}", changes::write(sought)),
            Self::Change { id } => write!(f, "#/changes/{id}"),
            Self::Help => f.write_str("#/help"),
            Self::Unknown(text) => write!(f, "#{text}"),
        }
    }
}

#[cfg(test)]
mod tests;

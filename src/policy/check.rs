//! Errors and doubts in the values a person is about to save.

use super::Policy;
use super::draft::Draft;
use super::duration::IsoDuration;
use super::setting::{Setting, serves_addresses};
use super::value::{Requirement, Value};
use crate::guid::Guid;

/// How serious an issue is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Microsoft would accept it, but it deserves a second look.
    Warning,
    /// Saving is not possible.
    Error,
}

/// What is wrong; `text` turns it into a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Approval, but nobody who could approve.
    NoApprover,
    /// Approval without selected approvers, so that the default approvers approve.
    DefaultApprovers,
    /// Only one approver; Microsoft recommends two.
    OneApprover,
    /// No authentication context chosen.
    NoContext,
    /// Not the ID of an authentication context. Microsoft accepts it and then requires plain MFA.
    NotAContext(String),
    /// The context does not exist in the tenant, or is not published.
    UnknownContext(String),
    /// MFA and an authentication context at the same time.
    MfaAndContext,
    /// Not a duration.
    UnreadableDuration(String),
    /// A duration in calendar years or months, which Graph rejects for groups.
    CalendarDuration,
    /// Zero or negative.
    EmptyDuration,
    /// Less than 30 minutes.
    ShortActivation,
    /// More than 24 hours.
    LongActivation,
    /// Not a multiple of 30 minutes, the step of the admin center's slider.
    OffGrid,
    /// Not an email address.
    InvalidAddress(String),
    /// Nobody gets this email.
    NobodyNotified,
}

/// Something wrong with one setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// The setting.
    pub setting: Setting,
    /// How serious.
    pub severity: Severity,
    /// What is wrong.
    pub cause: Cause,
}

/// Checks every changed setting (and those that depend on one). `contexts` are the IDs of the published authentication
/// contexts, if they could be read. What a tenant already has and nobody changed is not reported.
pub fn check(policy: &Policy, draft: &Draft, contexts: Option<&[String]>) -> Vec<Issue> {
    let mut issues = Vec::new();
    for setting in Setting::all() {
        let touched =
            draft.edit(setting).is_some() || setting.switch().is_some_and(|(switch, _)| draft.edit(switch).is_some());
        if let Some(value) = draft.value(policy, setting).filter(|_| touched) {
            let look = Look {
                value: &|other| draft.value(policy, other),
                touched: &|other| draft.edit(other).is_some(),
                base: draft.edit(setting).map(|edit| &edit.base),
                default_approvers: policy.subject.has_default_approvers(),
                contexts,
            };
            issues.extend(look.issues(setting, &value));
        }
    }
    issues
}

/// Checks settings on their own, without a policy beneath: what a template or a file requires. Settings they do not
/// contain are not reported.
pub fn check_kept(values: &[(Setting, Value)], default_approvers: bool, contexts: Option<&[String]>) -> Vec<Issue> {
    let of = |wanted: Setting| values.iter().find(|(setting, _)| *setting == wanted).map(|(_, value)| value.clone());
    let look = Look { value: &of, touched: &|other| of(other).is_some(), base: None, default_approvers, contexts };
    values.iter().flat_map(|(setting, value)| look.issues(*setting, value)).collect()
}

/// What a check looks at.
struct Look<'a> {
    /// The value that a setting would have; `None` if it is not given.
    value: &'a dyn Fn(Setting) -> Option<Value>,
    /// Whether a setting is checked in its own right.
    touched: &'a dyn Fn(Setting) -> bool,
    /// The value that the person started from, if any.
    base: Option<&'a Value>,
    /// Whether the subject has default approvers.
    default_approvers: bool,
    /// The tenant's published contexts, if they could be read.
    contexts: Option<&'a [String]>,
}

impl Look<'_> {
    fn issues(&self, setting: Setting, value: &Value) -> Vec<Issue> {
        causes(self, setting, value).into_iter().map(|(severity, cause)| Issue { setting, severity, cause }).collect()
    }
}

fn causes(look: &Look<'_>, setting: Setting, value: &Value) -> Vec<(Severity, Cause)> {
    let flag = |other| (look.value)(other).and_then(|value| value.as_flag());
    match (setting, value) {
        (Setting::ActivationDuration, Value::Duration(text)) => activation(text),
        (Setting::EligibleExpiry | Setting::ActiveExpiry, Value::Duration(text)) if setting.applies(flag) => {
            period(text).into_iter().collect()
        }
        (Setting::ActivationRequirement, Value::Requirement(wanted)) => requirement(wanted, look.contexts),
        (Setting::Approvers, Value::Approvers(list)) if flag(Setting::ApprovalRequired) == Some(true) => {
            match list.as_slice() {
                [] if look.default_approvers => vec![(Severity::Warning, Cause::DefaultApprovers)],
                [] => vec![(Severity::Error, Cause::NoApprover)],
                [one] if one.kind == super::ApproverKind::User => vec![(Severity::Warning, Cause::OneApprover)],
                _ => Vec::new(),
            }
        }
        (Setting::MailRecipients(mail), Value::Recipients(list)) => {
            let mut found: Vec<_> = list
                .iter()
                .filter(|mail| !is_address(mail))
                .map(|mail| (severity_of(mail, look.base), Cause::InvalidAddress(mail.clone())))
                .collect();
            let none = list.is_empty() || !serves_addresses(mail);
            if none && flag(Setting::MailDefaults(mail)) == Some(false) {
                found.push((Severity::Warning, Cause::NobodyNotified));
            }
            found
        }
        (Setting::MailDefaults(mail), Value::Flag(false)) => {
            let others = (look.value)(Setting::MailRecipients(mail));
            let none = others.is_some_and(|value| value == Value::Recipients(Vec::new()) || !serves_addresses(mail));
            let told_there = (look.touched)(Setting::MailRecipients(mail));
            if none && !told_there { vec![(Severity::Warning, Cause::NobodyNotified)] } else { Vec::new() }
        }
        _ => Vec::new(),
    }
}

/// What is already stored was accepted once, and blocks no edit of the others.
fn severity_of(mail: &str, base: Option<&Value>) -> Severity {
    let is_stored = |list: &[String]| list.iter().any(|stored| stored.eq_ignore_ascii_case(mail));
    match base {
        Some(Value::Recipients(list)) if is_stored(list) => Severity::Warning,
        _ => Severity::Error,
    }
}

/// The shortest activation and the step of its length, in seconds.
const HALF_HOUR: i64 = 30 * 60;

fn activation(text: &str) -> Vec<(Severity, Cause)> {
    if let Some(error) = period(text) {
        return vec![error];
    }
    let seconds = IsoDuration::parse(text).and_then(|d| d.seconds_total()).unwrap_or_default();
    let cause = match seconds {
        ..HALF_HOUR => Cause::ShortActivation,
        _ if seconds > 48 * HALF_HOUR => Cause::LongActivation,
        _ if seconds % HALF_HOUR != 0 => Cause::OffGrid,
        _ => return Vec::new(),
    };
    vec![(Severity::Warning, cause)]
}

fn period(text: &str) -> Option<(Severity, Cause)> {
    let error = |cause| Some((Severity::Error, cause));
    match IsoDuration::parse(text) {
        None if text.is_empty() => error(Cause::EmptyDuration),
        None => error(Cause::UnreadableDuration(text.to_owned())),
        Some(duration) => match duration.seconds_total() {
            None => error(Cause::CalendarDuration),
            Some(seconds) if seconds <= 0 => error(Cause::EmptyDuration),
            Some(_) => None,
        },
    }
}

fn requirement(wanted: &Requirement, contexts: Option<&[String]>) -> Vec<(Severity, Cause)> {
    match wanted {
        Requirement::None | Requirement::Mfa => Vec::new(),
        Requirement::MfaAndContext(_) => vec![(Severity::Error, Cause::MfaAndContext)],
        Requirement::Context(claim) if claim.trim().is_empty() => vec![(Severity::Error, Cause::NoContext)],
        Requirement::Context(claim) if !is_context(claim) => {
            vec![(Severity::Error, Cause::NotAContext(claim.clone()))]
        }
        Requirement::Context(claim) => match contexts {
            Some(known) if !known.contains(claim) => vec![(Severity::Warning, Cause::UnknownContext(claim.clone()))],
            _ => Vec::new(),
        },
    }
}

/// An entry of a pasted list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pasted<'a> {
    /// The address or ID, or else what was pasted.
    pub entry: &'a str,
    /// What stood before `<address>`; may be empty.
    pub name: &'a str,
}

impl Pasted<'_> {
    /// The whole entry, if its name may be two: what is before a comma may be someone else.
    pub fn doubtful(&self) -> Option<String> {
        self.name.contains(',').then(|| [self.name, " <", self.entry, ">"].concat())
    }
}

/// The entries of a pasted list, separated by `;` or line breaks, and by `,` between addresses and IDs. Elsewhere a
/// comma may belong to a name.
pub fn pasted_entries(text: &str) -> impl Iterator<Item = Pasted<'_>> {
    text.split([';', '\n', '\r']).flat_map(entries)
}

/// The entries of a piece; from where it is not understood, the rest is one entry.
fn entries(piece: &str) -> Vec<Pasted<'_>> {
    let blank = |c: char| c == ',' || c.is_whitespace();
    let (mut list, mut rest) = (Vec::new(), piece.trim_matches(blank));
    while !rest.is_empty() {
        let ends = rest.match_indices(',').map(|(at, _)| at).chain([rest.len()]);
        let found =
            ends.filter_map(|end| rest.split_at_checked(end)).find_map(|(head, tail)| Some((sure(head)?, tail)));
        let (entry, tail) = found.unwrap_or((Pasted { entry: rest, name: "" }, ""));
        list.push(entry);
        rest = tail.trim_start_matches(blank);
    }
    list
}

/// The address or ID that a text is, or that it ends with after a name.
fn sure(text: &str) -> Option<Pasted<'_>> {
    let is_one = |text: &str| is_address(text) || text.parse::<Guid>().is_ok();
    let text = text.trim();
    let named = text.strip_suffix('>').and_then(|text| text.rsplit_once('<'));
    // An address before a comma is an entry of its own.
    let is_name = |name: &str| !(name.contains(',') && name.contains('@'));
    let (name, entry) = named.filter(|(name, _)| is_name(name)).unwrap_or(("", text));
    Some(Pasted { entry: entry.trim(), name: name.trim() }).filter(|pasted| is_one(pasted.entry))
}

/// Whether a text is the ID of an authentication context: `c1` to `c99`.
pub fn is_context(text: &str) -> bool {
    text.strip_prefix('c').is_some_and(|number| {
        (1..=2).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit()) && !number.starts_with('0')
    })
}

/// Whether a text could be an email address: one `@`, something before it, a dotted name after it, no spaces or
/// separators. Internationalized addresses pass.
pub fn is_address(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let bad = |c: char| c.is_whitespace() || c.is_control() || "@,;<>()[]\"\\".contains(c);
    !local.is_empty()
        && !local.contains(bad)
        && !domain.contains(bad)
        && domain.split('.').count() > 1
        && domain.split('.').all(|label| !label.is_empty())
        && text.len() <= 254
}

//! Values of settings as text.

use crate::baseline::demand::ANY_ADDRESS;
use crate::directory::AuthenticationContext;
use crate::policy::{Approver, ApproverKind, Reading, Requirement, Value};

use crate::text::duration::duration;

/// Looks up names by ID.
pub trait Names {
    /// The name of a person or group, if known.
    fn approver(&self, approver: &Approver) -> Option<String>;
    /// Whether the name was looked up and not found; otherwise it may still arrive.
    fn is_unknown(&self, _approver: &Approver) -> bool {
        true
    }
    /// The authentication contexts of the tenant, if they could be read.
    fn contexts(&self) -> Option<&[AuthenticationContext]>;
    /// What is between two approvers.
    fn between(&self) -> &'static str {
        ", "
    }
}

/// The same names as files have them: each with its ID, because there are namesakes, and with a separator that names
/// rarely contain.
pub struct WithIds<'a>(pub &'a dyn Names);

impl Names for WithIds<'_> {
    fn approver(&self, approver: &Approver) -> Option<String> {
        let name = self.0.approver(approver).filter(|name| !name.trim().is_empty())?;
        Some([&name, " (", &approver.id, ")"].concat())
    }

    fn is_unknown(&self, approver: &Approver) -> bool {
        self.0.is_unknown(approver)
    }

    fn contexts(&self) -> Option<&[AuthenticationContext]> {
        self.0.contexts()
    }

    fn between(&self) -> &'static str {
        "; "
    }
}

/// A value in a few words, for lists of changes and read-only views.
pub fn value(value: &Value, names: &dyn Names) -> String {
    match value {
        Value::Duration(text) => duration(text),
        Value::Flag(on) => (if *on { "yes" } else { "no" }).to_owned(),
        Value::Requirement(wanted) => requirement(wanted, names),
        Value::Approvers(list) if list.is_empty() => "none selected".to_owned(),
        Value::Approvers(list) => list.iter().map(|one| approver(one, names)).collect::<Vec<_>>().join(names.between()),
        Value::Recipients(list) if list.is_empty() => "none".to_owned(),
        Value::Recipients(list) => list.iter().map(|one| recipient(one)).collect::<Vec<_>>().join(", "),
    }
}

/// An address; for the placeholder of a baseline, that an address is required.
fn recipient(address: &str) -> &str {
    if address == ANY_ADDRESS { "at least one address" } else { address }
}

/// What was read of a setting, in a few words; if it could not be read, that.
pub fn reading(reading: &Reading, names: &dyn Names) -> String {
    let reason = reading.read_only.map(crate::text::policy::setting::read_only);
    match (reading.value.as_ref().map(|known| value(known, names)), reason) {
        (Some(words), None) => words,
        (Some(words), Some(reason)) => format!("{words}. {reason}"),
        (None, reason) => reason.unwrap_or_default().to_owned(),
    }
}

/// What activation requires, as text.
pub fn requirement(wanted: &Requirement, names: &dyn Names) -> String {
    match wanted {
        Requirement::None => "nothing".to_owned(),
        Requirement::Mfa => crate::text::policy::setting::REQUIRE_MFA.to_owned(),
        Requirement::Context(claim) => format!("authentication context {}", context(claim, names)),
        Requirement::MfaAndContext(claim) => format!("MFA and authentication context {}", context(claim, names)),
    }
}

/// A context by name; says so if the tenant does not have it.
pub fn context(claim: &str, names: &dyn Names) -> String {
    if claim.is_empty() {
        return "(none selected)".to_owned();
    }
    match names.contexts() {
        None => claim.to_owned(),
        Some(list) => match list.iter().find(|context| context.id == claim) {
            None => format!("{claim} (not found in this tenant)"),
            Some(found) if !found.available => format!("{claim} {} (not published)", found.name),
            Some(found) => format!("{claim} {}", found.name),
        },
    }
}

/// An approver by name, or by kind and ID.
pub fn approver(approver: &Approver, names: &dyn Names) -> String {
    match (approver.kind, names.approver(approver)) {
        (ApproverKind::Other, _) => "An approver of another type".to_owned(),
        (_, Some(name)) if !name.trim().is_empty() => name,
        (kind, _) => {
            let what = match (kind, names.is_unknown(approver)) {
                (ApproverKind::Group, true) => "Unknown group (",
                (ApproverKind::Group, false) => "Group (",
                (_, true) => "Unknown person (",
                (_, false) => "Person (",
            };
            [what, &approver.id, ")"].concat()
        }
    }
}

//! Values of settings as people write them in files: ISO 8601 text for durations, `true` and `false`, `"none"`, `"mfa"`
//! or `{"context": "c1"}`, lists of approvers and of addresses. The only place where this syntax is parsed and written.

use serde_json::{Map, Value as Json, json};

use super::approver::{Approver, ApproverKind};
use super::check::{is_address, is_context};
use super::duration::IsoDuration;
use super::setting::Setting;
use super::value::{Requirement, Value};
use crate::guid::Guid;

/// Most entries in a list of approvers or addresses.
pub const MOST_ENTRIES: usize = 200;

/// Longest text of a value, in bytes.
const LONGEST: usize = 254;

/// What kind of value a setting takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// ISO 8601 text.
    Duration,
    /// What activation requires.
    Requirement,
    /// `true` or `false`.
    Flag,
    /// People and groups.
    Approvers,
    /// Email addresses.
    Recipients,
}

impl Kind {
    /// The kind of value of a setting.
    pub const fn of(setting: Setting) -> Self {
        match setting {
            Setting::ActivationDuration | Setting::EligibleExpiry | Setting::ActiveExpiry => Self::Duration,
            Setting::ActivationRequirement => Self::Requirement,
            Setting::Approvers => Self::Approvers,
            Setting::MailRecipients(_) => Self::Recipients,
            _ => Self::Flag,
        }
    }

    /// Whether a value is of this kind.
    pub const fn fits(self, value: &Value) -> bool {
        matches!(
            (self, value),
            (Self::Duration, Value::Duration(_))
                | (Self::Requirement, Value::Requirement(_))
                | (Self::Flag, Value::Flag(_))
                | (Self::Approvers, Value::Approvers(_))
                | (Self::Recipients, Value::Recipients(_))
        )
    }
}

/// An invalid part of a value, and where in the value: empty, `[3]`, `[3].id`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The place in the value.
    pub at: String,
    /// What is wrong there.
    pub what: Fault,
}

/// What is wrong with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// This kind of value is expected here.
    NotA(Kind),
    /// Not an object with exactly `kind` and `id`.
    NotAnApprover,
    /// Not an email address.
    NotAnAddress,
    /// The same entry twice.
    Twice,
    /// More than [`MOST_ENTRIES`].
    TooMany,
}

/// A value as people write it. What PIM itself cannot set (other kinds of approver, MFA and a context at once) is
/// written too, so that nothing is lost; [`from_plain`] does not accept it.
pub fn to_plain(value: &Value) -> Json {
    match value {
        Value::Duration(text) => json!(text),
        Value::Flag(on) => json!(on),
        Value::Requirement(Requirement::None) => json!("none"),
        Value::Requirement(Requirement::Mfa) => json!("mfa"),
        Value::Requirement(Requirement::Context(claim)) => json!({"context": claim}),
        Value::Requirement(Requirement::MfaAndContext(claim)) => json!({"mfa": true, "context": claim}),
        Value::Approvers(list) => Json::Array(list.iter().map(approver).collect()),
        Value::Recipients(list) => json!(list),
    }
}

fn approver(approver: &Approver) -> Json {
    match approver.kind {
        ApproverKind::User => json!({"kind": "user", "id": approver.id}),
        ApproverKind::Group => json!({"kind": "group", "id": approver.id}),
        ApproverKind::Other => json!({"kind": "other", "entry": approver.to_entry()}),
    }
}

/// Parses the value of a setting, whole or not at all.
///
/// # Errors
/// Everything that is wrong with it.
pub fn from_plain(setting: Setting, plain: &Json) -> Result<Value, Vec<Wrong>> {
    let kind = Kind::of(setting);
    let not_one = || vec![Wrong { at: String::new(), what: Fault::NotA(kind) }];
    match kind {
        Kind::Duration => duration(plain).map(Value::Duration).ok_or_else(not_one),
        Kind::Flag => plain.as_bool().map(Value::Flag).ok_or_else(not_one),
        Kind::Requirement => requirement(plain).map(Value::Requirement).ok_or_else(not_one),
        Kind::Approvers => entries(plain.as_array().ok_or_else(not_one)?, read_approver).map(Value::Approvers),
        Kind::Recipients => entries(plain.as_array().ok_or_else(not_one)?, read_address).map(Value::Recipients),
    }
}

/// The value of a setting as an unfinished page may have it: any text where text belongs. `None` if it is another kind
/// of value.
pub fn from_unfinished(setting: Setting, plain: &Json) -> Option<Value> {
    let text = |plain: &Json| plain.as_str().map(str::to_owned);
    match Kind::of(setting) {
        Kind::Duration => text(plain).map(Value::Duration),
        Kind::Flag => plain.as_bool().map(Value::Flag),
        Kind::Requirement => {
            let object = plain.as_object().filter(|object| object.len() == 1)?;
            text(object.get("context")?).map(|claim| Value::Requirement(Requirement::Context(claim)))
        }
        Kind::Approvers => {
            let one = |entry: &Json| {
                let object = entry.as_object().filter(|object| object.len() == 2)?;
                Some(Approver { kind: kind_of(object)?, id: text(object.get("id")?)? })
            };
            plain.as_array()?.iter().map(one).collect::<Option<_>>().map(Value::Approvers)
        }
        Kind::Recipients => plain.as_array()?.iter().map(text).collect::<Option<_>>().map(Value::Recipients),
    }
}

fn duration(plain: &Json) -> Option<String> {
    let text = plain.as_str().filter(|text| text.len() <= LONGEST)?;
    IsoDuration::parse(text).map(|_| text.to_owned())
}

fn requirement(plain: &Json) -> Option<Requirement> {
    match plain {
        Json::String(word) if word == "none" => Some(Requirement::None),
        Json::String(word) if word == "mfa" => Some(Requirement::Mfa),
        Json::Object(object) if object.len() == 1 => {
            let claim = object.get("context")?.as_str()?;
            is_context(claim).then(|| Requirement::Context(claim.to_owned()))
        }
        _ => None,
    }
}

fn entries<T: PartialEq>(list: &[Json], read: fn(&Json) -> Result<T, Wrong>) -> Result<Vec<T>, Vec<Wrong>> {
    if list.len() > MOST_ENTRIES {
        return Err(vec![Wrong { at: String::new(), what: Fault::TooMany }]);
    }
    let (mut found, mut wrong) = (Vec::new(), Vec::new());
    for (at, entry) in list.iter().enumerate() {
        match read(entry) {
            Ok(one) if found.contains(&one) => wrong.push(Wrong { at: index(at), what: Fault::Twice }),
            Ok(one) => found.push(one),
            Err(fault) => wrong.push(Wrong { at: index(at) + &fault.at, what: fault.what }),
        }
    }
    if wrong.is_empty() { Ok(found) } else { Err(wrong) }
}

/// The path of an entry of a list.
pub fn index(at: usize) -> String {
    format!("[{at}]")
}

fn read_approver(entry: &Json) -> Result<Approver, Wrong> {
    let wrong = |at: &str| Wrong { at: at.to_owned(), what: Fault::NotAnApprover };
    let object: &Map<String, Json> = entry.as_object().ok_or_else(|| wrong(""))?;
    let kind = kind_of(object).ok_or_else(|| wrong(".kind"))?;
    let id = object.get("id").and_then(Json::as_str).and_then(|id| id.parse::<Guid>().ok());
    let id = id.ok_or_else(|| wrong(".id"))?;
    if object.len() > 2 {
        return Err(wrong(""));
    }
    Ok(Approver { kind, id: id.to_string() })
}

fn kind_of(approver: &Map<String, Json>) -> Option<ApproverKind> {
    match approver.get("kind")?.as_str()? {
        "user" => Some(ApproverKind::User),
        "group" => Some(ApproverKind::Group),
        _ => None,
    }
}

fn read_address(entry: &Json) -> Result<String, Wrong> {
    let address = entry.as_str().filter(|text| is_address(text));
    address.map(str::to_owned).ok_or_else(|| Wrong { at: String::new(), what: Fault::NotAnAddress })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::RuleId;

    const ID: &str = "7e526275-97a8-4dc6-932a-4db521cccf96";

    #[test]
    fn what_can_be_set_is_read_as_it_was_written() {
        let user = Approver { kind: ApproverKind::User, id: ID.into() };
        let group = Approver { kind: ApproverKind::Group, id: ID.into() };
        for (setting, value) in [
            (Setting::ActivationDuration, Value::Duration("PT8H30M".into())),
            (Setting::EligiblePermanent, Value::Flag(false)),
            (Setting::ActivationRequirement, Value::Requirement(Requirement::None)),
            (Setting::ActivationRequirement, Value::Requirement(Requirement::Mfa)),
            (Setting::ActivationRequirement, Value::Requirement(Requirement::Context("c12".into()))),
            (Setting::Approvers, Value::Approvers(vec![user, group])),
            (Setting::Approvers, Value::Approvers(Vec::new())),
            (Setting::MailRecipients(RuleId::ActiveAlert), Value::Recipients(vec!["soc@contoso.com".into()])),
        ] {
            assert!(Kind::of(setting).fits(&value));
            assert_eq!(from_plain(setting, &to_plain(&value)), Ok(value));
        }
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place_and_nothing_is_half_read() {
        let faults = |setting: Setting, plain: Json| {
            let wrong = from_plain(setting, &plain).unwrap_err();
            wrong.into_iter().map(|wrong| (wrong.at, wrong.what)).collect::<Vec<_>>()
        };
        let mails = Setting::MailRecipients(RuleId::ActiveAlert);
        let one = |at: &str, what: Fault| vec![(at.to_owned(), what)];
        for plain in [json!(8), json!("8 hours"), json!(""), json!(null), json!("P".repeat(300))] {
            assert_eq!(faults(Setting::ActivationDuration, plain), one("", Fault::NotA(Kind::Duration)));
        }
        for plain in [json!("c1"), json!({"context": "c0"}), json!({"context": "c1", "mfa": true}), json!({"x": "c1"})]
        {
            assert_eq!(faults(Setting::ActivationRequirement, plain), one("", Fault::NotA(Kind::Requirement)));
        }
        assert_eq!(faults(Setting::ActiveMfa, json!("true")), one("", Fault::NotA(Kind::Flag)));
        assert_eq!(
            faults(Setting::Approvers, json!([{"kind": "user", "id": "x"}])),
            one("[0].id", Fault::NotAnApprover)
        );
        assert_eq!(
            faults(Setting::Approvers, json!([{"kind": "user", "id": ID}, {"kind": "manager", "id": ID}])),
            one("[1].kind", Fault::NotAnApprover)
        );
        assert_eq!(
            faults(Setting::Approvers, json!([{"kind": "user", "id": ID, "name": "x"}])),
            one("[0]", Fault::NotAnApprover)
        );
        assert_eq!(
            faults(mails, json!(["a@x.org", "a@x.org", "no address", 1])),
            vec![
                ("[1]".to_owned(), Fault::Twice),
                ("[2]".to_owned(), Fault::NotAnAddress),
                ("[3]".to_owned(), Fault::NotAnAddress)
            ]
        );
        assert_eq!(faults(mails, json!(vec!["a@x.org"; 201])), one("", Fault::TooMany));
    }
}

//! The text of a cell in the table: short for comparing, in full when it is opened.

use crate::directory::AuthenticationContext;
use crate::matrix::{Column, Deviation};
use crate::order::sort_by;
use crate::policy::setting::serves_addresses;
use crate::policy::{Approver, ApproverKind, Requirement, Setting, Sheet, Value};
use crate::text::duration::duration;
use crate::text::policy::change::count;
use crate::text::policy::setting;
use crate::text::policy::value::{Names, reading};

/// Has no names.
pub struct Nameless;

impl Names for Nameless {
    fn approver(&self, _: &Approver) -> Option<String> {
        None
    }

    fn contexts(&self) -> Option<&[AuthenticationContext]> {
        None
    }
}

/// A cell in a word or two. Of several approvers one is named if a name is known: otherwise two lists would look alike.
pub fn short(column: Column, sheet: &Sheet, names: &dyn Names) -> String {
    match column {
        Column::Setting(wanted) => sheet.value(wanted).map_or_else(|| "?".to_owned(), |known| value(known, names)),
        // If a part of an email setting could not be read, the email may go to other people than the rest says, or to
        // nobody.
        Column::Mail(_) if column.settings().iter().any(|part| is_unread(sheet, *part)) => "?".to_owned(),
        Column::Mail(mail) => {
            let flag = |wanted| sheet.flag(wanted);
            let others = match sheet.value(Setting::MailRecipients(mail)) {
                Some(Value::Recipients(list)) if serves_addresses(mail) => list.len(),
                _ => 0,
            };
            let Some(defaults) = flag(Setting::MailDefaults(mail)) else { return "?".to_owned() };
            let mut words = match (defaults, others) {
                (true, 0) => "default".to_owned(),
                (true, more) => ["default + ", &more.to_string()].concat(),
                (false, 0) => return "off".to_owned(),
                (false, 1) => "1 address".to_owned(),
                (false, more) => [&more.to_string(), " addresses"].concat(),
            };
            if flag(Setting::MailCritical(mail)) == Some(true) {
                words.push_str(", critical only");
            }
            words
        }
    }
}

fn is_unread(sheet: &Sheet, setting: Setting) -> bool {
    sheet.reading(setting).is_some_and(|reading| reading.value.is_none())
}

fn value(value: &Value, names: &dyn Names) -> String {
    match value {
        Value::Duration(text) => duration(text),
        Value::Flag(on) => (if *on { "yes" } else { "no" }).to_owned(),
        Value::Requirement(Requirement::None) => "nothing".to_owned(),
        Value::Requirement(Requirement::Mfa) => "MFA".to_owned(),
        Value::Requirement(Requirement::Context(claim)) if claim.is_empty() => "context ?".to_owned(),
        Value::Requirement(Requirement::Context(claim)) => claim.clone(),
        Value::Requirement(Requirement::MfaAndContext(claim)) => ["MFA + ", claim].concat(),
        Value::Approvers(list) => approvers(list, names),
        Value::Recipients(list) => list.len().to_string(),
    }
}

/// The known names, in an order independent of the list's.
fn named(list: &[Approver], names: &dyn Names) -> Vec<String> {
    let known = |one: &Approver| names.approver(one).filter(|name| !name.trim().is_empty());
    let mut all: Vec<String> = list.iter().filter_map(known).collect();
    sort_by(&mut all, |left, right| left.to_lowercase().cmp(&right.to_lowercase()).then_with(|| left.cmp(right)));
    all
}

/// What does not fit into a cell, for screen readers: the other approvers. Empty if there is nothing to add.
pub fn others(column: Column, sheet: &Sheet, names: &dyn Names) -> String {
    let list = match sheet.value(Setting::Approvers) {
        Some(Value::Approvers(list)) if column == Column::Setting(Setting::Approvers) && list.len() > 1 => list,
        _ => return String::new(),
    };
    let mut others = named(list, names);
    let missing = list.len() - others.len();
    if others.is_empty() {
        return String::new();
    }
    others.remove(0);
    if missing > 0 {
        others.push([&missing.to_string(), " without a known name"].concat());
    }
    [", with ", &others.join(", ")].concat()
}

fn approvers(list: &[Approver], names: &dyn Names) -> String {
    if let Some(first) = named(list, names).into_iter().next() {
        return match list.len() {
            0 | 1 => first,
            more => [&first, " +", &(more - 1).to_string()].concat(),
        };
    }
    let of = |kind| list.iter().filter(|one| one.kind == kind).count();
    let mut words = Vec::new();
    match of(ApproverKind::User) {
        0 => {}
        1 => words.push("1 person".to_owned()),
        more => words.push([&more.to_string(), " people"].concat()),
    }
    for (kind, noun) in [(ApproverKind::Group, "group"), (ApproverKind::Other, "other")] {
        if of(kind) > 0 {
            words.push(count(of(kind), noun));
        }
    }
    if words.is_empty() { "nobody".to_owned() } else { words.join(", ") }
}

/// A cell in full: a line for each setting of the column, with its name if there are several.
pub fn full(column: Column, sheet: &Sheet, names: &dyn Names) -> Vec<(&'static str, String)> {
    let line = |wanted| Some((setting::label(wanted), reading(sheet.reading(wanted)?, names)));
    column.settings().into_iter().filter_map(line).collect()
}

/// A cell in full, on one line: for files and for printing.
pub fn full_line(column: Column, sheet: &Sheet, names: &dyn Names) -> String {
    let lines = full(column, sheet, names);
    match lines.as_slice() {
        [(_, words)] => words.clone(),
        several => several.iter().map(|(name, words)| [name, ": ", words].concat()).collect::<Vec<_>>().join("; "),
    }
}

/// The sign of a cell that deviates; empty for others.
pub const fn sign(deviation: Deviation) -> &'static str {
    match deviation {
        Deviation::Weaker => "▲",
        Deviation::Stricter => "▽",
        Deviation::Other => "≠",
        Deviation::NotAsked | Deviation::Same | Deviation::Idle | Deviation::Unknown => "",
    }
}

/// What screen readers say after a value that deviates.
pub const fn said(deviation: Deviation) -> &'static str {
    match deviation {
        Deviation::Weaker => ", weaker",
        Deviation::Stricter => ", stricter",
        Deviation::Other => ", different",
        Deviation::NotAsked | Deviation::Same | Deviation::Idle | Deviation::Unknown => "",
    }
}

/// How a cell compares with the reference, in a word.
pub const fn deviation(deviation: Deviation) -> &'static str {
    match deviation {
        Deviation::NotAsked => "not compared",
        Deviation::Same => "the same",
        Deviation::Idle => "different, without effect",
        Deviation::Stricter => "stricter",
        Deviation::Other => "different",
        Deviation::Weaker => "weaker",
        Deviation::Unknown => "cannot be compared",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{Policy, Rule, RuleId, Subject};

    #[test]
    fn cells_are_short() {
        let mail = RuleId::ActivationAlert;
        let column = Column::Mail(mail);
        let of_mail = |mail: RuleId, defaults: bool, others: &[&str], critical: bool| {
            let others = others.iter().map(|one| (*one).to_owned()).collect();
            let sheet = Sheet::kept([
                (Setting::MailDefaults(mail), Value::Flag(defaults)),
                (Setting::MailRecipients(mail), Value::Recipients(others)),
                (Setting::MailCritical(mail), Value::Flag(critical)),
            ]);
            short(Column::Mail(mail), &sheet, &Nameless)
        };
        let of = |defaults, others: &[&str], critical| of_mail(mail, defaults, others, critical);
        assert_eq!(of(true, &[], false), "default");
        assert_eq!(of(true, &["a@b.c", "d@e.f"], true), "default + 2, critical only");
        assert_eq!(of(false, &[], true), "off");
        assert_eq!(of(false, &["a@b.c"], false), "1 address");
        assert_eq!(of(false, &["a@b.c", "d@e.f"], false), "2 addresses");
        // Microsoft sends it to approvers only.
        assert_eq!(of_mail(RuleId::ActivationApprover, true, &["a@b.c"], false), "default");
        assert_eq!(of_mail(RuleId::ActivationApprover, false, &["a@b.c"], false), "off");
        assert_eq!(short(column, &Sheet::default(), &Nameless), "?");
        let parts = |unread: &str| {
            let mut rule = serde_json::json!({
                "@odata.type": "#microsoft.graph.unifiedRoleManagementPolicyNotificationRule",
                "id": mail.as_str(),
                "isDefaultRecipientsEnabled": false,
                "notificationRecipients": [],
                "notificationLevel": "All",
            });
            rule[unread] = "None".into();
            let subject = Subject::Role { template: "7e526275-97a8-4dc6-932a-4db521cccf96".parse().unwrap() };
            let rules = vec![Rule::new(rule)];
            let policy = Policy { id: String::new(), subject, rules, modified_at: None, modified_by: None };
            short(column, &Sheet::of(&policy), &Nameless)
        };
        assert_eq!(parts("another"), "off");
        for unread in ["notificationLevel", "notificationRecipients", "isDefaultRecipientsEnabled"] {
            assert_eq!(parts(unread), "?", "{unread}");
        }
        let one = |wanted, value| short(Column::Setting(wanted), &Sheet::kept([(wanted, value)]), &Nameless);
        assert_eq!(one(Setting::ActivationDuration, Value::Duration("PT4H".into())), "4 h");
        assert_eq!(one(Setting::ActivationRequirement, Value::Requirement(Requirement::Context("c1".into()))), "c1");
        assert_eq!(one(Setting::Approvers, Value::Approvers(Vec::new())), "nobody");
    }

    #[test]
    fn of_approvers_one_is_named_and_the_others_are_said() {
        struct Known;
        impl Names for Known {
            fn approver(&self, approver: &Approver) -> Option<String> {
                (approver.id != "x").then(|| ["name of ", &approver.id].concat())
            }

            fn contexts(&self) -> Option<&[AuthenticationContext]> {
                None
            }
        }
        let sheet = |ids: &[&str]| {
            let user = |id: &&str| Approver { kind: ApproverKind::User, id: (*id).to_owned() };
            Sheet::kept([(Setting::Approvers, Value::Approvers(ids.iter().map(user).collect()))])
        };
        let of = |ids: &[&str], names: &dyn Names| short(Column::Setting(Setting::Approvers), &sheet(ids), names);
        assert_eq!(of(&["a"], &Known), "name of a");
        assert_eq!(of(&["x"], &Known), "1 person", "not known");
        assert_eq!(of(&["a"], &Nameless), "1 person");
        assert_eq!(of(&["a", "b"], &Known), "name of a +1");
        assert_eq!(of(&["b", "a"], &Known), "name of a +1", "the same two");
        assert_eq!(of(&["b", "c"], &Known), "name of b +1", "two others");
        assert_eq!(of(&["x", "b", "c"], &Known), "name of b +2");
        assert_eq!(of(&["x", "x"], &Known), "2 people");
        assert_eq!(of(&["a", "b"], &Nameless), "2 people");
        let with = |ids: &[&str], names: &dyn Names| others(Column::Setting(Setting::Approvers), &sheet(ids), names);
        assert_eq!(with(&["b", "a"], &Known), ", with name of b");
        assert_eq!(with(&["b", "x", "a"], &Known), ", with name of b, 1 without a known name");
        assert_eq!((with(&["a"], &Known), with(&["a", "b"], &Nameless)), (String::new(), String::new()));
    }
}

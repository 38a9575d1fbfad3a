//! How a cell compares to the reference.

use super::column::Column;
use crate::policy::compare::{Side, Verdict, applies, verdict};
use crate::policy::setting::serves_addresses;
use crate::policy::{Setting, Sheet, Value};

/// How a cell compares to the same cell of the reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Deviation {
    /// The reference does not say anything about it.
    NotAsked,
    /// The same value, possibly written differently.
    Same,
    /// Different, but without effect: another setting turns it off, here or in the reference.
    Idle,
    /// Different and stricter.
    Stricter,
    /// Different; which is stricter cannot be said.
    Other,
    /// Different and weaker.
    Weaker,
    /// One of the two could not be read.
    Unknown,
}

impl Deviation {
    /// Whether it certainly differs.
    pub const fn differs(self) -> bool {
        matches!(self, Self::Stricter | Self::Other | Self::Weaker)
    }
}

/// How a policy's column compares to the reference's. Of the three settings of an email the most serious result counts;
/// a certain result stands even if another setting could not be read.
pub fn deviation(column: Column, policy: &Sheet, reference: &Sheet) -> Deviation {
    let each: Vec<Deviation> =
        column.settings().into_iter().map(|setting| of_setting(setting, policy, reference)).collect();
    let has = |wanted| each.contains(&wanted);
    match (has(Deviation::Weaker), has(Deviation::Stricter)) {
        // Weaker in one part and stricter in another: neither as a whole.
        (true, true) => Deviation::Other,
        (true, false) => Deviation::Weaker,
        // The part that could not be read may be weaker.
        (false, true) if has(Deviation::Unknown) => Deviation::Other,
        (false, false) if has(Deviation::Other) => Deviation::Other,
        _ => each.into_iter().max().unwrap_or(Deviation::NotAsked),
    }
}

/// How one setting of a policy compares to the reference's.
pub fn of_setting(setting: Setting, policy: &Sheet, reference: &Sheet) -> Deviation {
    let (Some(theirs), Some(own)) = (reference.reading(setting), policy.reading(setting)) else {
        return Deviation::NotAsked;
    };
    match verdict(setting, reference, policy, (theirs, own)) {
        Verdict::Same => Deviation::Same,
        Verdict::Differs(_) if !(has_effect(setting, policy) && has_effect(setting, reference)) => Deviation::Idle,
        Verdict::Differs(Some(Side::Left)) => Deviation::Weaker,
        Verdict::Differs(Some(Side::Right)) => Deviation::Stricter,
        Verdict::Differs(None) => Deviation::Other,
        Verdict::Unknown => Deviation::Unknown,
    }
}

/// Whether a setting has an effect in a policy. Critical only has none for an email that nobody gets.
fn has_effect(setting: Setting, sheet: &Sheet) -> bool {
    let Setting::MailCritical(mail) = setting else { return applies(setting, sheet) };
    let others = sheet.value(Setting::MailRecipients(mail));
    let nobody = matches!(others, Some(Value::Recipients(list)) if list.is_empty() || !serves_addresses(mail));
    sheet.flag(Setting::MailDefaults(mail)) != Some(false) || !nobody
}

/// In how many columns a policy differs from the reference.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Deviations {
    /// Those in which it certainly does.
    pub certain: usize,
    /// Those in which it may, because one of the two could not be read.
    pub unknown: usize,
}

impl Deviations {
    /// Whether it may differ at all.
    pub const fn may_differ(self) -> bool {
        self.certain + self.unknown > 0
    }
}

/// In how many columns a policy differs from the reference, or may.
pub fn deviations(policy: &Sheet, reference: &Sheet) -> Deviations {
    let mut counted = Deviations::default();
    for column in Column::all() {
        match deviation(column, policy, reference) {
            Deviation::Unknown => counted.unknown += 1,
            found => counted.certain += usize::from(found.differs()),
        }
    }
    counted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{RuleId, Value};

    fn sheet(values: &[(Setting, Value)]) -> Sheet {
        Sheet::kept(values.iter().cloned())
    }

    #[test]
    fn a_cell_is_the_same_weaker_stricter_or_not_asked_for() {
        let hours = |text: &str| sheet(&[(Setting::ActivationDuration, Value::Duration(text.into()))]);
        let column = Column::Setting(Setting::ActivationDuration);
        let eight = hours("PT8H");
        assert_eq!(deviation(column, &eight, &hours("PT480M")), Deviation::Same);
        assert_eq!(deviation(column, &hours("PT9H"), &eight), Deviation::Weaker);
        assert_eq!(deviation(column, &hours("PT1H"), &eight), Deviation::Stricter);
        assert_eq!(deviation(column, &eight, &sheet(&[])), Deviation::NotAsked);
        assert_eq!(deviation(Column::Setting(Setting::ActiveMfa), &eight, &eight), Deviation::NotAsked);
    }

    #[test]
    fn a_difference_without_effect_is_none() {
        let approvers = |id: &str| {
            let list = vec![crate::policy::Approver { kind: crate::policy::ApproverKind::User, id: id.into() }];
            (Setting::Approvers, Value::Approvers(list))
        };
        let of = |on: bool, id: &str| sheet(&[(Setting::ApprovalRequired, Value::Flag(on)), approvers(id)]);
        let column = Column::Setting(Setting::Approvers);
        for (own, reference, expected) in [
            (of(false, "a"), of(false, "b"), Deviation::Idle),
            (of(false, "a"), of(true, "b"), Deviation::Idle),
            (of(true, "a"), of(false, "b"), Deviation::Idle),
            (of(true, "a"), of(true, "b"), Deviation::Other),
            (of(true, "a"), of(true, "a"), Deviation::Same),
        ] {
            assert_eq!(deviation(column, &own, &reference), expected);
        }
        // That approval is required at all is counted once, in its own column.
        assert_eq!(deviations(&of(false, "a"), &of(true, "b")), Deviations { certain: 1, unknown: 0 });
        assert!(!deviations(&of(false, "a"), &of(false, "b")).may_differ());
        let mail = RuleId::ActivationAlert;
        let off = |critical: bool| {
            sheet(&[
                (Setting::MailDefaults(mail), Value::Flag(false)),
                (Setting::MailRecipients(mail), Value::Recipients(Vec::new())),
                (Setting::MailCritical(mail), Value::Flag(critical)),
            ])
        };
        assert_eq!(deviation(Column::Mail(mail), &off(true), &off(false)), Deviation::Idle);
    }

    #[test]
    fn a_mail_is_judged_as_a_whole() {
        let mail = RuleId::ActivationAlert;
        let of = |defaults: bool, critical: bool| {
            sheet(&[
                (Setting::MailDefaults(mail), Value::Flag(defaults)),
                (Setting::MailCritical(mail), Value::Flag(critical)),
            ])
        };
        let column = Column::Mail(mail);
        assert_eq!(deviation(column, &of(true, false), &of(true, false)), Deviation::Same);
        assert_eq!(deviation(column, &of(false, false), &of(true, false)), Deviation::Weaker);
        assert_eq!(deviation(column, &of(true, false), &of(false, true)), Deviation::Stricter);
        assert_eq!(deviation(column, &of(false, false), &of(true, true)), Deviation::Other);
    }

    #[test]
    fn a_certain_difference_stays_one_beside_what_could_not_be_read() {
        let mail = RuleId::ActivationAlert;
        let of = |defaults: Option<bool>, to: &[&str], critical: Option<bool>| {
            let rule = crate::policy::Rule::new(serde_json::json!({
                "@odata.type": "#microsoft.graph.unifiedRoleManagementPolicyNotificationRule",
                "id": mail.as_str(),
                "isDefaultRecipientsEnabled": defaults.map_or_else(|| "?".into(), serde_json::Value::from),
                "notificationRecipients": to,
                "notificationLevel": critical.map_or("None", |critical| if critical { "Critical" } else { "All" }),
            }));
            let subject =
                crate::policy::Subject::Role { template: "7e526275-97a8-4dc6-932a-4db521cccf96".parse().unwrap() };
            Sheet::of(&crate::policy::Policy {
                id: String::new(),
                subject,
                rules: vec![rule],
                modified_at: None,
                modified_by: None,
            })
        };
        let reference = of(Some(true), &["a@x.org"], Some(false));
        let found = |own: &Sheet| deviation(Column::Mail(mail), own, &reference);
        assert_eq!(found(&of(Some(true), &["a@x.org"], None)), Deviation::Unknown);
        assert_eq!(found(&of(Some(false), &["a@x.org"], None)), Deviation::Weaker);
        assert_eq!(found(&of(None, &["b@x.org"], Some(false))), Deviation::Other, "another address");
        assert_eq!(found(&of(Some(true), &["a@x.org", "b@x.org"], None)), Deviation::Other, "stricter, or not");
        // The other rules are missing on both sides.
        let counted = |own: &Sheet| deviations(own, &reference);
        let others = counted(&reference).unknown;
        let (one, maybe) = (Deviations { certain: 1, unknown: others }, Deviations { certain: 0, unknown: others + 1 });
        assert_eq!(counted(&of(Some(false), &["a@x.org"], None)), one);
        assert_eq!(counted(&of(Some(true), &["a@x.org"], None)), maybe);
    }
}

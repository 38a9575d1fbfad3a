//! The settings that would make a policy meet a line.

use super::demand::Demand;
use super::finding::Finding;
use super::judge::Verdict;
use crate::matrix::Row;
use crate::policy::{Approver, Setting, Sheet, Value};

/// What the person adds to a fix: baselines say that someone must be notified, not who.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inputs {
    /// Addresses for alerts.
    pub mailboxes: Vec<String>,
    /// Approvers for policies that name none and have no default approvers.
    pub approvers: Vec<Approver>,
}

/// What a fix needs from the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// An address.
    Mailbox,
    /// At least one approver.
    Approver,
}

/// The settings that would make a policy meet a line, or what is missing for that.
///
/// # Errors
/// The person must add something first.
pub fn fix(finding: &Finding, row: &Row, inputs: &Inputs) -> Result<Vec<(Setting, Value)>, Need> {
    let (Verdict::NotMet(against), Some(sheet)) = (&finding.verdict, row.sheet()) else { return Ok(Vec::new()) };
    let demand = finding.line.demand;
    match demand {
        Demand::Mailbox(_) => {
            if inputs.mailboxes.is_empty() {
                return Err(Need::Mailbox);
            }
            Ok(against.iter().map(|setting| (*setting, with_mailboxes(sheet, *setting, inputs))).collect())
        }
        Demand::Mails(_) => Ok(against.iter().map(|setting| (*setting, Value::Flag(true))).collect()),
        Demand::Approval => {
            let mut values = demand.settings();
            let nobody = match sheet.value(Setting::Approvers) {
                Some(Value::Approvers(list)) => list.is_empty(),
                _ => true,
            };
            if nobody && !row.subject.has_default_approvers() {
                if inputs.approvers.is_empty() {
                    return Err(Need::Approver);
                }
                values.push((Setting::Approvers, Value::Approvers(inputs.approvers.clone())));
            }
            Ok(values)
        }
        Demand::EligibleWithin(_) => {
            // A period that is already short enough stays.
            let keeps = !against.contains(&Setting::EligibleExpiry) && {
                let ended = Sheet::kept([
                    (Setting::EligiblePermanent, Value::Flag(false)),
                    (
                        Setting::EligibleExpiry,
                        sheet.value(Setting::EligibleExpiry).cloned().unwrap_or(Value::Duration(String::new())),
                    ),
                ]);
                demand.of(&ended) == super::demand::Meets::Met
            };
            let settings = demand.settings();
            Ok(settings.into_iter().filter(|(setting, _)| !(keeps && *setting == Setting::EligibleExpiry)).collect())
        }
        Demand::NoPermanentActive | Demand::Ticket | Demand::ActivationWithin(_) | Demand::StrongSignIn => {
            Ok(demand.settings())
        }
    }
}

/// The present recipients of an email plus the new ones.
fn with_mailboxes(sheet: &Sheet, setting: Setting, inputs: &Inputs) -> Value {
    let mut list = match sheet.value(setting) {
        Some(Value::Recipients(list)) => list.clone(),
        _ => Vec::new(),
    };
    for mailbox in &inputs.mailboxes {
        if !list.iter().any(|known| known.eq_ignore_ascii_case(mailbox)) {
            list.push(mailbox.clone());
        }
    }
    Value::Recipients(list)
}

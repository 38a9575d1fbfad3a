//! Emails in baselines: who they are for, and which of them are sent.

use super::{GLOBAL_ADMINISTRATOR, none, role, row_of, strict_but, verdict};
use crate::sample;
use pim_desk::baseline::{ALL, Finding, Unknown, Verdict, judge};
use pim_desk::policy::{RuleId, Setting, Sheet, Value};
use pim_desk::text;
use pim_desk::text::matrix::cell::Nameless;

#[test]
fn a_mail_whose_level_is_not_understood_is_not_known_to_reach_anybody() {
    let alert = RuleId::ActivationAlert;
    let sheet = |level: &str, to: &[&str]| {
        Sheet::of(&sample::rules::with_rule(alert.as_str(), |rule| {
            rule["notificationLevel"] = level.into();
            rule["notificationRecipients"] = to.into();
        }))
    };
    let not_known = Verdict::NotKnown(Unknown::Setting(Setting::MailCritical(alert)));
    for id in ["MS.AAD.7.8v1", "MS.AAD.7.9v1", "global-mails", "member-mails"] {
        let of = |level| verdict(id, &row_of(id, sheet(level, &["soc@contoso.com"])), &none);
        assert_eq!((of("All"), of("None")), (Verdict::Met, not_known.clone()), "{id}");
    }
    let nobody = Verdict::NotMet(vec![Setting::MailRecipients(alert)]);
    assert_eq!(verdict("MS.AAD.7.8v1", &role(GLOBAL_ADMINISTRATOR, sheet("None", &[])), &none), nobody);
}

#[test]
fn a_mail_that_is_sent_only_if_critical_meets_a_line_and_the_report_says_so() {
    let (alert, assigned) = (RuleId::ActivationAlert, RuleId::EligibleAlert);
    let to = |mail| (Setting::MailRecipients(mail), Value::Recipients(vec!["soc@contoso.com".into()]));
    let critical = |mail, on| (Setting::MailCritical(mail), Value::Flag(on));
    let told = |id: &str, on: bool| {
        let row = row_of(id, strict_but(&[to(alert), critical(alert, on), to(assigned), critical(assigned, on)]));
        let lines = ALL.iter().flat_map(|baseline| baseline.lines);
        let line = *lines.into_iter().find(|line| line.id == id).unwrap();
        let finding = Finding { line, row: 0, verdict: judge(&line, &row, &none) };
        assert_eq!(finding.verdict, Verdict::Met, "{id}");
        text::report::why(&finding, &row, &Nameless)
    };
    let activated = "Activation, Role activation alert: Critical emails only";
    let both = format!("Eligible assignment, Role assignment alert: Critical emails only; {activated}");
    for (id, wanted) in [("MS.AAD.7.8v1", activated), ("member-mails", both.as_str()), ("MS.AAD.7.6v1", "")] {
        assert_eq!((told(id, true).as_str(), told(id, false).as_str()), (wanted, ""), "{id}");
    }
}

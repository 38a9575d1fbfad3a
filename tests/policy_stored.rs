//! What a policy holds already, odd as it may be, bars no edit of the rest.

mod sample {
    pub mod rules;
}

use pim_desk::policy::check::Cause;
use pim_desk::policy::{Draft, RuleId, Setting, Severity, Value, check};
use sample::rules::with_rule;
use serde_json::json;

fn mails(list: &[&str]) -> Value {
    Value::Recipients(list.iter().map(ToString::to_string).collect())
}

#[test]
fn an_odd_address_that_is_stored_bars_no_other() {
    let mail = RuleId::ActivationRequestor;
    let stored = with_rule(mail.as_str(), |rule| rule["notificationRecipients"] = json!(["ops@intranet"]));
    let found = |list: &[&str]| {
        let mut draft = Draft::default();
        draft.set(&stored, Setting::MailRecipients(mail), mails(list));
        let issues = check(&stored, &draft, None);
        issues.into_iter().map(|issue| (issue.severity, issue.cause)).collect::<Vec<_>>()
    };
    let odd = |severity, text: &str| (severity, Cause::InvalidAddress(text.into()));
    assert_eq!(found(&["Ops@intranet", "soc@contoso.com"]), [odd(Severity::Warning, "Ops@intranet")]);
    assert_eq!(
        found(&["ops@intranet", "soc@intranet"]),
        [odd(Severity::Warning, "ops@intranet"), odd(Severity::Error, "soc@intranet")]
    );
}

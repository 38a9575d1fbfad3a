//! What a receipt marks as weaker: what the review before the save marked.

use pim_desk::policy::{Weakening, changes};

use super::*;

const MAIL: Setting = Setting::MailDefaults(RuleId::ActivationApprover);

fn judged(receipt: &Receipt) -> Vec<Change> {
    receipt.changes.iter().map(|changed| receipt.judged(changed)).collect()
}

/// What the review marks, and the receipt of the save, if approval is required or not and perhaps turned on or off.
fn told(required: bool, turned: bool) -> (Vec<Change>, Receipt) {
    let browser = Browser::new(&Seed::default());
    let rule = RuleId::ActivationApproval;
    let mut setting = stored(&browser, rule)["setting"].clone();
    setting["isApprovalRequired"] = json!(required);
    let patch = json!({ "setting": setting });
    browser.tenant_mut().edit_rule(GROUP, "member", rule.as_str(), patch, "olga", browser.unix_ms());
    let mut edits = vec![(MAIL, Value::Flag(false))];
    if turned {
        edits.push((Setting::ApprovalRequired, Value::Flag(!required)));
    }
    let policy = read(&browser.client("ana"), &subject(&browser, GROUP));
    let review = changes(&policy, &draft(&policy, &edits));
    let (receipt, done) = kept_save(&browser, &edits, Vec::new());
    assert!(done.is_complete());
    (review, receipt)
}

#[test]
fn the_email_to_approvers_is_marked_only_where_the_review_did() {
    for (required, turned, marked) in
        [(false, false, false), (false, true, true), (true, false, true), (true, true, true)]
    {
        let (review, receipt) = told(required, turned);
        let of_mail = review.iter().find(|change| change.setting == MAIL).unwrap();
        assert_eq!(of_mail.weakens, marked.then_some(Weakening::FewerMails));
        for form in [&receipt, &receipt.short()] {
            assert_eq!(judged(form), review, "{required}, turned: {turned}");
        }
        // A receipt from before it was stored whether approval was required.
        let mut older: serde_json::Value = serde_json::from_str(&receipt.to_json()).unwrap();
        older.as_object_mut().unwrap().remove("approvalBefore");
        let older = Receipt::from_json(&older.to_string()).unwrap();
        let of_mail = judged(&older).into_iter().find(|change| change.setting == MAIL).unwrap();
        assert_eq!(of_mail.weakens, Some(Weakening::FewerMails));
    }
}

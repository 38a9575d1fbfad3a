//! What is wrong with a value, as text next to the field.

use crate::policy::check::{Cause, Issue};

/// The sentence for an issue.
pub fn issue(issue: &Issue) -> String {
    match &issue.cause {
        Cause::NoApprover => "No approver is selected: nobody could approve. Add a person or a group.".to_owned(),
        Cause::DefaultApprovers => {
            "No approver is selected: the active Privileged Role Administrators and Global Administrators approve."
                .to_owned()
        }
        Cause::OneApprover => "Only one approver: while they are away, nobody can activate. Two are better.".to_owned(),
        Cause::NoContext => "Choose an authentication context.".to_owned(),
        Cause::NotAContext(text) => format!("“{text}” is not a context ID. Use c1 to c99."),
        Cause::UnknownContext(claim) => {
            format!("{claim} is not a published context in this tenant: activation may fail.")
        }
        Cause::MfaAndContext => "MFA and an authentication context exclude each other. Choose one.".to_owned(),
        // The colon is what separates the two fields.
        Cause::UnreadableDuration(text) => format!("“{}” is not a duration.", text.trim_end_matches(':')),
        Cause::CalendarDuration => "Microsoft refuses years and months here. Choose a number of days.".to_owned(),
        Cause::EmptyDuration => "Enter a period longer than zero.".to_owned(),
        Cause::ShortActivation => "Less than 30 minutes: Microsoft may refuse it.".to_owned(),
        Cause::LongActivation => "More than 24 hours: Microsoft may refuse it.".to_owned(),
        Cause::OffGrid => "Not a multiple of 30 minutes: the admin center cannot show it on its slider.".to_owned(),
        Cause::InvalidAddress(text) => format!("“{text}” is not an email address."),
        Cause::NobodyNotified => "Nobody receives this email.".to_owned(),
    }
}

//! A policy as a short text: "A member may activate for up to 8 hours, with MFA and a justification; Dana Ruiz or
//! Tier-0 Approvers must approve." A paragraph for each tab. The text says what could not be read, and puts names that
//! someone else chose in quotation marks if they could be taken for our own words.

mod mails;

use crate::policy::{Access, Approver, ApproverKind, ReadOnly, Requirement, Setting, Sheet, Subject, Tab, Value};
use crate::text::policy::value::Names;
use crate::text::quoted::{name, one_line};

/// Heading of the text.
pub const IN_WORDS: &str = "In plain words";
/// Heading of the text while it includes unsaved changes.
pub const IN_WORDS_DRAFTED: &str = "In plain words, with your unsaved changes";
/// Second line of the copied text while it includes unsaved changes.
pub const DRAFTED: &str = "With unsaved changes: not what is stored.";
/// Copies the text.
pub const COPY_WORDS: &str = "Copy text";
/// Announced after copying.
pub const WORDS_COPIED: &str = "Text copied";
/// Heading of the text in the review.
pub const REVIEW_WORDS: &str = "In plain words";
/// The text as it is now.
pub const BEFORE: &str = "Now";
/// The text as it would be.
pub const AFTER: &str = "After saving";

/// The text, a paragraph for each tab that the sheet covers.
pub fn paragraphs(subject: &Subject, sheet: &Sheet, names: &dyn Names) -> Vec<(Tab, String)> {
    let mut all = vec![
        (Tab::Activation, activation(subject, sheet, names)),
        (Tab::Assignment, assignment(sheet)),
        (Tab::Notification, mails::sentence(sheet)),
    ];
    all.retain(|(_, text)| !text.is_empty());
    if let (count @ 1.., Some((_, last))) = (sheet.unknown_rules(), all.last_mut()) {
        let rules = crate::text::policy::change::count(count, "rule");
        last.push_str(&[" The policy also has ", &rules, " that this text does not cover."].concat());
    }
    all
}

/// The whole text, with its subject at the top, for the clipboard. `drafted` says that the sheet contains unsaved
/// changes.
pub fn whole(subject: &Subject, holder: &str, sheet: &Sheet, names: &dyn Names, drafted: bool) -> String {
    let title = crate::text::subject::called(subject, &one_line(holder));
    let head = std::iter::once(title).chain(drafted.then(|| DRAFTED.to_owned()));
    let lines = paragraphs(subject, sheet, names).into_iter().map(|(_, text)| text);
    head.chain(lines).collect::<Vec<_>>().join("\n")
}

/// Who can activate.
const fn actor(subject: &Subject) -> &'static str {
    match subject.access() {
        Some(Access::Member) => "A member",
        Some(Access::Owner) => "An owner",
        None => "Someone with this role",
    }
}

fn activation(subject: &Subject, sheet: &Sheet, names: &dyn Names) -> String {
    let (mut clauses, mut unread) = (Vec::new(), Vec::new());
    let (may, mut odd) = ([actor(subject), " may activate"].concat(), None);
    let mut first = match sheet.reading(Setting::ActivationDuration).map(|reading| &reading.value) {
        Some(Some(Value::Duration(text))) => {
            if let Some(period) = crate::text::duration::period(text) {
                [&may, " for up to ", &period].concat()
            } else {
                odd = Some(["the maximum duration is ", &odd_period(text)].concat());
                may
            }
        }
        Some(_) => {
            unread.push("the maximum duration");
            may
        }
        None => String::new(),
    };
    let (demands, unread_demands) = demands(sheet, names);
    let speaks = !first.is_empty();
    match (demands.as_slice(), speaks) {
        ([], true) if unread_demands.is_empty() && speaks_of_demands(sheet) => {
            first.push_str(", with no MFA, justification or ticket");
        }
        ([], _) => {}
        (listed, true) => first.push_str(&[", with ", &and(listed)].concat()),
        (listed, false) => first = [actor(subject), " activates with ", &and(listed)].concat(),
    }
    if !first.is_empty() {
        clauses.push(first);
    }
    clauses.extend(odd);
    clauses.extend(also(sheet, Setting::ActivationTicket, "activation"));
    clauses.extend(approval(subject, sheet, names));
    unread.extend(unread_demands);
    clauses.extend(cannot_read(&unread));
    sentence(&clauses)
}

fn speaks_of_demands(sheet: &Sheet) -> bool {
    [Setting::ActivationRequirement, Setting::ActivationJustification, Setting::ActivationTicket]
        .into_iter()
        .all(|setting| sheet.reading(setting).is_some())
}

/// What activation requires, and what of it could not be read.
fn demands(sheet: &Sheet, names: &dyn Names) -> (Vec<String>, Vec<&'static str>) {
    let (mut listed, mut unread) = (Vec::new(), Vec::new());
    match sheet.reading(Setting::ActivationRequirement).map(|reading| &reading.value) {
        None | Some(Some(Value::Requirement(Requirement::None))) => {}
        Some(Some(Value::Requirement(Requirement::Mfa))) => listed.push("MFA".to_owned()),
        Some(Some(Value::Requirement(Requirement::Context(claim)))) => listed.push(context(claim, names)),
        Some(Some(Value::Requirement(Requirement::MfaAndContext(claim)))) => {
            listed.extend(["MFA".to_owned(), context(claim, names)]);
        }
        Some(_) => unread.push("whether activation requires MFA or an authentication context"),
    }
    for (setting, what, question) in [
        (Setting::ActivationJustification, "a justification", "whether activation requires a justification"),
        (Setting::ActivationTicket, "a ticket", "whether activation requires a ticket"),
    ] {
        match sheet.reading(setting).map(|reading| &reading.value) {
            Some(Some(Value::Flag(true))) => listed.push(what.to_owned()),
            None | Some(Some(Value::Flag(false))) => {}
            Some(_) => unread.push(question),
        }
    }
    (listed, unread)
}

fn context(claim: &str, names: &dyn Names) -> String {
    let found = names.contexts().and_then(|all| all.iter().find(|context| context.id == claim));
    match (claim, names.contexts(), found) {
        ("", ..) => "an authentication context that is not selected".to_owned(),
        (_, None, _) => ["authentication context ", &name(claim)].concat(),
        (_, Some(_), None) => ["authentication context ", &name(claim), ", which this tenant does not have"].concat(),
        (_, _, Some(known)) => {
            let words = ["authentication context ", &name(&known.name)].concat();
            if known.available { words } else { [&words, ", which is not published"].concat() }
        }
    }
}

fn approval(subject: &Subject, sheet: &Sheet, names: &dyn Names) -> Option<String> {
    let required = match &sheet.reading(Setting::ApprovalRequired)?.value {
        Some(value) => value.as_flag()?,
        None => return Some("whether someone must approve cannot be read".to_owned()),
    };
    if !required {
        return Some("nobody has to approve".to_owned());
    }
    let Some(reading) = sheet.reading(Setting::Approvers) else { return Some("someone must approve".to_owned()) };
    let stages = reading.read_only == Some(ReadOnly::SeveralStages);
    Some(match &reading.value {
        // Who is in the other stages is not read.
        Some(Value::Approvers(list)) if list.is_empty() && stages => {
            "someone must approve; no approver is selected in the first of several stages".to_owned()
        }
        Some(Value::Approvers(list)) if list.is_empty() && subject.has_default_approvers() => {
            "no approver is selected, so the active Privileged Role Administrators and Global Administrators must \
             approve"
                .to_owned()
        }
        Some(Value::Approvers(list)) if list.is_empty() => {
            "approval is required, but no approver is selected, so nobody can activate".to_owned()
        }
        Some(Value::Approvers(list)) => {
            let who = or(&list.iter().map(|one| approver(one, names)).collect::<Vec<_>>());
            [who.as_str(), " must approve", if stages { " in the first of several stages" } else { "" }].concat()
        }
        _ => "someone must approve, but it cannot be read who".to_owned(),
    })
}

fn approver(approver: &Approver, names: &dyn Names) -> String {
    let known = names.approver(approver).filter(|known| !one_line(known).is_empty());
    match (approver.kind, known) {
        (ApproverKind::Other, _) => "an approver of another type".to_owned(),
        (ApproverKind::User, Some(known)) => name(&known),
        (ApproverKind::Group, Some(known)) => ["a member of ", &name(&known)].concat(),
        (ApproverKind::User, None) if !names.is_unknown(approver) => {
            ["a person (", &one_line(&approver.id), ")"].concat()
        }
        (ApproverKind::Group, None) if !names.is_unknown(approver) => {
            ["a member of a group (", &one_line(&approver.id), ")"].concat()
        }
        (ApproverKind::User, None) => ["an unknown person (", &one_line(&approver.id), ")"].concat(),
        (ApproverKind::Group, None) => ["a member of an unknown group (", &one_line(&approver.id), ")"].concat(),
    }
}

fn assignment(sheet: &Sheet) -> String {
    let (mut clauses, mut unread) = (Vec::new(), Vec::new());
    for (permanent, expiry, what) in [
        (Setting::EligiblePermanent, Setting::EligibleExpiry, "eligible assignments"),
        (Setting::ActivePermanent, Setting::ActiveExpiry, "active assignments"),
    ] {
        let (Some(flag), period) = (sheet.reading(permanent), sheet.value(expiry)) else { continue };
        match (flag.value.as_ref().and_then(Value::as_flag), period.and_then(Value::as_duration)) {
            (None, _) => unread.push(["how long ", what, " may last"].concat()),
            (Some(true), _) => clauses.push([what, " may be permanent"].concat()),
            (Some(false), Some(text)) => clauses.push(match crate::text::duration::period(text) {
                Some(period) => [what, " expire after ", &period, " at most"].concat(),
                None => [what, " must expire, but the period is ", &odd_period(text)].concat(),
            }),
            (Some(false), None) => clauses.push([what, " must expire, but the period cannot be read"].concat()),
        }
    }
    for (mfa, justification, what, hidden) in [
        (Setting::ActiveMfa, Setting::ActiveJustification, "active", false),
        (Setting::EligibleMfa, Setting::EligibleJustification, "eligible", true),
    ] {
        let (mut listed, mut off) = (Vec::new(), 0);
        for (setting, needs) in [(mfa, "MFA"), (justification, "a justification")] {
            match sheet.reading(setting).map(|reading| reading.value.as_ref().and_then(Value::as_flag)) {
                Some(Some(true)) => listed.push(needs.to_owned()),
                Some(Some(false)) => off += 1,
                Some(None) => unread.push(["whether creating an ", what, " assignment requires ", needs].concat()),
                None => {}
            }
        }
        if !listed.is_empty() {
            clauses.push(["creating an ", what, " assignment requires ", &and(&listed)].concat());
        } else if off == 2 && !hidden {
            // What the admin center does not show is mentioned only if it requires something.
            clauses.push(["creating an ", what, " assignment requires neither MFA nor a justification"].concat());
        }
        clauses.extend(also(sheet, justification, &["creating an ", what, " assignment"].concat()));
    }
    clauses.extend(cannot_read(&unread.iter().map(String::as_str).collect::<Vec<_>>()));
    sentence(&clauses)
}

/// What is required beyond all settings.
fn also(sheet: &Sheet, setting: Setting, what: &str) -> Option<String> {
    let entries: Vec<String> = sheet.also_required(setting)?.iter().map(|entry| quote(entry)).collect();
    (!entries.is_empty()).then(|| [what, " also requires ", &and(&entries)].concat())
}

fn odd_period(text: &str) -> String {
    if text.is_empty() { "not set".to_owned() } else { ["unreadable (", &quote(text), ")"].concat() }
}

/// Text that is not a name: always in quotation marks.
fn quote(text: &str) -> String {
    ["“", &one_line(text).replace(['“', '”'], "\""), "”"].concat()
}

fn cannot_read(what: &[&str]) -> Option<String> {
    let listed: Vec<String> = what.iter().map(|one| (*one).to_owned()).collect();
    (!listed.is_empty()).then(|| [&and(&listed), " cannot be read"].concat())
}

/// `a`, `a and b`, `a, b and c`.
fn and(list: &[String]) -> String {
    join(list, " and ")
}

/// `a`, `a or b`, `a, b or c`.
fn or(list: &[String]) -> String {
    join(list, " or ")
}

fn join(list: &[String], last_by: &str) -> String {
    match list {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => [&first.join(", "), last_by, last].concat(),
    }
}

/// Clauses as one sentence, starting with a capital letter.
fn sentence(clauses: &[String]) -> String {
    let text = clauses.join("; ");
    let mut rest = text.chars();
    rest.next().map(|head| [&head.to_uppercase().to_string(), rest.as_str(), "."].concat()).unwrap_or_default()
}

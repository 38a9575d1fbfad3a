//! Who gets which email, as text: what most emails do in one clause, the others one by one.

use super::{and, name, sentence as close};
use crate::policy::setting::{MAILS, serves_addresses};
use crate::policy::{RuleId, Setting, Sheet, Value};
use crate::text::policy::setting::{mail_default_recipient, mail_occasion, mail_row};

/// What is known of one email.
#[derive(PartialEq, Eq)]
enum Mail {
    /// To the default recipients, always.
    Usual,
    /// Something else, as text.
    Other(String),
    /// Its rule, or a part of it, could not be read.
    Unread,
    /// The sheet does not cover it.
    Unspoken,
}

/// The sentence; empty if the sheet covers no email.
pub(super) fn sentence(sheet: &Sheet) -> String {
    let mails: Vec<(RuleId, Mail)> = MAILS.into_iter().map(|mail| (mail, read(sheet, mail))).collect();
    let count = |wanted: &Mail| mails.iter().filter(|(_, mail)| mail == wanted).count();
    let (usual, spoken) = (count(&Mail::Usual), mails.len() - count(&Mail::Unspoken));
    let mut clauses: Vec<String> = Vec::new();
    for (id, mail) in &mails {
        match mail {
            Mail::Other(words) => clauses.push([&title(*id), " goes to ", words].concat()),
            Mail::Unread => clauses.push(["who gets ", &title(*id), " cannot be read"].concat()),
            Mail::Usual | Mail::Unspoken => {}
        }
    }
    match (usual, spoken) {
        (0, _) => {}
        (usual, spoken) if usual == spoken && spoken == mails.len() => {
            clauses.push("all emails go only to the default recipients".to_owned());
        }
        (1, _) => clauses.push("1 other email goes only to the default recipients".to_owned()),
        (more, _) => clauses.push([&more.to_string(), " other emails go only to the default recipients"].concat()),
    }
    close(&clauses)
}

/// "the email “Role activation alert” (activation)".
fn title(mail: RuleId) -> String {
    ["the email “", mail_row(mail), "” (", &mail_occasion(mail).to_lowercase(), ")"].concat()
}

fn read(sheet: &Sheet, mail: RuleId) -> Mail {
    let settings = [Setting::MailDefaults(mail), Setting::MailRecipients(mail), Setting::MailCritical(mail)];
    if settings.iter().any(|setting| sheet.reading(*setting).is_none()) {
        return Mail::Unspoken;
    }
    let [defaults, recipients, critical] = settings.map(|setting| sheet.value(setting));
    let (Some(Value::Flag(defaults)), Some(Value::Recipients(recipients)), Some(Value::Flag(critical))) =
        (defaults, recipients, critical)
    else {
        return Mail::Unread;
    };
    let others: &[String] = if serves_addresses(mail) { recipients } else { &[] };
    if *defaults && others.is_empty() && !critical {
        return Mail::Usual;
    }
    let mut who: Vec<String> = Vec::new();
    if *defaults {
        who.push(["the default recipients (", mail_default_recipient(mail), ")"].concat());
    }
    who.extend(others.iter().map(|mail| address(mail)));
    if who.is_empty() {
        return Mail::Other("nobody".to_owned());
    }
    let only = if *critical { ", critical emails only" } else { "" };
    Mail::Other([&and(&who), only].concat())
}

/// An address as it is; in quotation marks if it does not look like one.
fn address(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "@.-_+".contains(c);
    if text.contains('@') && text.chars().all(plain) && !text.ends_with('.') { text.to_owned() } else { name(text) }
}

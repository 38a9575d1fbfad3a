//! What is wrong with a file, and what of it was not imported.

use crate::snapshot::import::Left;
use crate::snapshot::import::resolve::Unmatched;
use crate::snapshot::{Fault, LARGEST, Place, What};
use crate::text::policy::change::count;
use crate::text::quoted::{name, one_line};

/// A place in a file; empty for the file as a whole.
pub fn place(place: &Place) -> String {
    match place {
        Place::File => String::new(),
        Place::Line(line) => ["Line ", &line.to_string()].concat(),
        Place::Column(line, column) => ["Line ", &line.to_string(), ", column ", &column.to_string()].concat(),
        Place::Path(path) if path.is_empty() => String::new(),
        Place::Path(path) => one_line(&path.chars().take(200).collect::<String>()),
    }
}

fn placed(at: &Place, words: &str) -> String {
    let at = place(at);
    if at.is_empty() { words.to_owned() } else { [&at, ": ", words].concat() }
}

/// A fault with its place.
pub fn fault(fault: &Fault) -> String {
    let words = match &fault.what {
        What::Empty => "the file is empty.".to_owned(),
        What::TooLarge => ["larger than ", &(LARGEST / 1024 / 1024).to_string(), " MB."].concat(),
        What::NotText => "not text in UTF-8 or UTF-16.".to_owned(),
        What::NotJson(told) => ["not valid JSON: ", &one_line(told), "."].concat(),
        What::NotKnown => "neither a snapshot nor settings that PIM Desk can read.".to_owned(),
        What::OtherKind => "a file of another kind, not a snapshot.".to_owned(),
        What::OtherVersion => "a version that PIM Desk does not read; it reads version 1.".to_owned(),
        What::Missing => "missing.".to_owned(),
        What::WantsText => "must be text.".to_owned(),
        What::WantsList => "must be a list.".to_owned(),
        What::WantsObject => "must be an object.".to_owned(),
        What::WantsFlag => "must be true or false.".to_owned(),
        What::WantsId => "must be an ID (a GUID).".to_owned(),
        What::WantsTime => "must be a date and time such as 2026-01-31T08:00:00Z.".to_owned(),
        What::WantsSubject => "must be groups/{id}/member, groups/{id}/owner or roles/{id}.".to_owned(),
        What::WantsWord(words) => ["must be one of: ", *words, "."].concat(),
        What::Twice => "appears in the file twice.".to_owned(),
        What::NoTemplate(name) => ["there is no template ", &one_line(name), "."].concat(),
        What::TooMany(most) => format!("more than {most} entries, which is the limit."),
        What::More(number) => format!("and {}.", count(*number, "more fault")),
        What::Unclosed => "a quotation mark is never closed.".to_owned(),
        What::Cells => "more or fewer cells than the header row.".to_owned(),
        What::NoName => "no column says whose settings these are (RoleName, RoleID, GroupName or GroupId).".to_owned(),
        What::ColumnTwice(name) => ["the column ", &one_line(name), " appears twice."].concat(),
    };
    placed(&fault.place, &words)
}

/// What was not imported, with its place.
pub fn left(at: &Place, left: &Left) -> String {
    let words = match left {
        Left::Part(_) => "not read as policies of groups or Entra roles; left out.".to_owned(),
        Left::Property(property) => [&one_line(property), " is not known; left out."].concat(),
        Left::Value(property, value) if value.is_empty() => [&one_line(property), " is missing; left out."].concat(),
        Left::Value(property, value) => {
            [&one_line(property), ": the value ", &name(value), " is not understood; left out."].concat()
        }
        Left::Ticketing(property) => {
            [&one_line(property), ": a ticket cannot be required there; that part is left out."].concat()
        }
        Left::NoAccess => "does not say whether members or owners are meant.".to_owned(),
        Left::NoName => "does not say whose policy it is.".to_owned(),
        Left::NoContext => {
            "does not mention an authentication context, so “On activation, require” is left as it is.".to_owned()
        }
        Left::Half(property) => {
            [&one_line(property), ": does not by itself say what activation should require; left out."].concat()
        }
        Left::NoRecipients(property) => {
            [&one_line(property), ": only approvers receive this email; left out."].concat()
        }
    };
    placed(at, &words)
}

/// What was not matched, with its place.
pub fn unmatched(at: &Place, called: &str, why: &Unmatched) -> String {
    let words = match why {
        Unmatched::NotFound => "not found in this tenant.".to_owned(),
        Unmatched::Several => "several have this name; use the ID.".to_owned(),
        Unmatched::NoAccess => "say above whether members or owners are meant.".to_owned(),
        Unmatched::Twice => "appears earlier in the file; only the first entry counts.".to_owned(),
        Unmatched::Nothing => "nothing to set.".to_owned(),
        Unmatched::Approver(approver) => {
            ["approver ", &one_line(approver), " could not be identified; approval is left as it is."].concat()
        }
    };
    placed(at, &[&one_line(called), ": ", &words].concat())
}

//! A pasted list of IDs or names, and the policies it means.

use crate::guid::Guid;
use crate::policy::{Access, Subject};

/// The most entries of one list that are looked up at once.
pub const MOST: usize = 1_000;

/// What one entry of a list means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pasted {
    /// A policy, written as an address: `groups/{id}/member`, `roles/{templateId}`, or a link to its page.
    Policy(Subject),
    /// The ID of a group, and the access written after it.
    Id(Guid, Option<Access>),
    /// A name, and the access written after it in brackets.
    Name(String, Option<Access>),
}

/// Splits a list: one entry for each line; IDs may also be separated by commas, semicolons or spaces. Each entry once,
/// in order. Also returns the entries beyond [`MOST`], as a list that can be split in turn.
pub fn entries(text: &str) -> (Vec<Pasted>, Vec<String>) {
    let mut found: Vec<Pasted> = Vec::new();
    let mut beyond: Vec<String> = Vec::new();
    for line in text.split(['\n', '\r', '\t']).map(str::trim).filter(|line| !line.is_empty()) {
        for (entry, written) in of_line(line) {
            if found.contains(&entry) || beyond.iter().any(|known| known == written) {
                continue;
            }
            if found.len() < MOST {
                found.push(entry);
            } else {
                beyond.push(written.to_owned());
            }
        }
    }
    (found, beyond)
}

/// The entries of a line, each with its original text.
fn of_line(line: &str) -> Vec<(Pasted, &str)> {
    let pieces: Vec<&str> = line.split([',', ';', ' ']).map(str::trim).filter(|piece| !piece.is_empty()).collect();
    let ids: Vec<(Pasted, &str)> = pieces.iter().filter_map(|piece| Some((exact(piece)?, *piece))).collect();
    if !ids.is_empty() && ids.len() == pieces.len() {
        return ids;
    }
    let (name, access) = without_access(line.trim_matches(['"', '\'', ',', ';']).trim());
    match name.parse() {
        Ok(id) => vec![(Pasted::Id(id, access), line)],
        Err(_) if name.is_empty() => Vec::new(),
        Err(_) => vec![(Pasted::Name(name.to_owned(), access), line)],
    }
}

/// An ID, an address, or a link to a policy's page.
fn exact(piece: &str) -> Option<Pasted> {
    let piece = piece.trim_matches(['"', '\'']);
    if let Ok(id) = piece.parse() {
        return Some(Pasted::Id(id, None));
    }
    let path = piece.rsplit_once('#').map_or(piece, |(_, path)| path);
    let path = path.split('?').next().unwrap_or_default().trim_matches('/');
    let parts: Vec<&str> = path.split('/').collect();
    let subject = match parts.as_slice() {
        ["groups", id] => return id.parse().ok().map(|id| Pasted::Id(id, None)),
        ["groups", id, access, ..] => ["groups", id, access].join("/").parse(),
        ["roles", id, ..] => ["roles", id].join("/").parse(),
        _ => return None,
    };
    subject.ok().map(Pasted::Policy)
}

/// "Tier-0 Operators (owners)": the name, and which of the group's policies.
fn without_access(text: &str) -> (&str, Option<Access>) {
    let ends = [
        ("(members)", Access::Member),
        ("(member)", Access::Member),
        ("(owners)", Access::Owner),
        ("(owner)", Access::Owner),
    ];
    for (end, access) in ends {
        let at = text.len().saturating_sub(end.len());
        if text.is_char_boundary(at) && text[at..].eq_ignore_ascii_case(end) {
            return (text[..at].trim(), Some(access));
        }
    }
    (text, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "7e526275-97a8-4dc6-932a-4db521cccf96";
    const OTHER: &str = "e8611ab8-c189-46e8-94e1-60213ab1f814";

    #[test]
    fn ids_names_and_links_are_told_apart_and_each_counts_once() {
        let id: Guid = ID.parse().unwrap();
        let owner = Subject::Group { group: id.clone(), access: Access::Owner };
        let text = format!(
            "{ID}, {{{OTHER}}}\n{}\r\nTier-0 Operators (Owners)\n\n\"Finance, Berlin\"\nhttps://pim.example/x/#/groups/{ID}/owner/activation?review\nroles/{OTHER}\n{ID} (owner)\nÄ (members)",
            ID.to_uppercase()
        );
        let (found, beyond) = entries(&text);
        assert!(beyond.is_empty());
        assert_eq!(
            found,
            [
                Pasted::Id(id.clone(), None),
                Pasted::Id(OTHER.parse().unwrap(), None),
                Pasted::Name("Tier-0 Operators".into(), Some(Access::Owner)),
                Pasted::Name("Finance, Berlin".into(), None),
                Pasted::Policy(owner),
                Pasted::Policy(Subject::Role { template: OTHER.parse().unwrap() }),
                Pasted::Id(id, Some(Access::Owner)),
                Pasted::Name("Ä".into(), Some(Access::Member)),
            ]
        );
    }

    #[test]
    fn a_semicolon_stands_between_ids_and_in_names() {
        let owner = format!("groups/{ID}/owner");
        let list = format!("{OTHER};{owner}; {ID}\nR&D; Berlin (owners);\nFinance;{ID}");
        let (found, _) = entries(&list);
        assert_eq!(
            found,
            [
                Pasted::Id(OTHER.parse().unwrap(), None),
                Pasted::Policy(owner.parse().unwrap()),
                Pasted::Id(ID.parse().unwrap(), None),
                Pasted::Name("R&D; Berlin".into(), Some(Access::Owner)),
                Pasted::Name(format!("Finance;{ID}"), None),
            ]
        );
    }

    #[test]
    fn what_means_nothing_means_nothing_and_long_lists_end() {
        assert_eq!(entries(" \n;;\t \"\" "), (Vec::new(), Vec::new()));
        let long: Vec<String> = (0..MOST + 5).map(|at| format!("name {at}")).collect();
        let (found, beyond) = entries(&long.join("\n"));
        assert_eq!((found.len(), beyond.len()), (MOST, 5));
        // What was beyond the limit is the next list.
        assert_eq!(
            entries(&beyond.join("\n")),
            (long[MOST..].iter().cloned().map(|name| Pasted::Name(name, None)).collect(), Vec::new())
        );
        let ids: Vec<String> = (0..MOST + 5).map(|at| format!("00000000-0000-4000-8000-{at:012}")).collect();
        let (found, beyond) = entries(&ids.join(", "));
        let rest = entries(&beyond.join("\n")).0;
        assert_eq!((found.len() + rest.len(), found.len()), (MOST + 5, MOST));
    }
}

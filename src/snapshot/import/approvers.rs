//! Approvers as EasyPIM writes them: lists of objects, or hash tables of PowerShell in one text.

use serde_json::Value as Json;

use super::Named;
use crate::policy::ApproverKind;

/// Parses them; `None` if the value is neither.
pub fn read(value: &Json) -> Option<Vec<Named>> {
    match value {
        Json::Null => Some(Vec::new()),
        Json::String(text) => of_text(text),
        Json::Array(list) => list.iter().map(of_entry).collect(),
        Json::Object(_) => Some(vec![of_entry(value)?]),
        _ => None,
    }
}

fn of_entry(entry: &Json) -> Option<Named> {
    if let Json::String(text) = entry {
        return named(text, "", "");
    }
    let word = |names: &[&str]| {
        let hit = entry.as_object()?.iter().find(|(name, _)| names.iter().any(|own| own.eq_ignore_ascii_case(name)));
        hit.and_then(|(_, value)| value.as_str())
    };
    let name = word(&["description", "name", "displayName"]).unwrap_or_default();
    named(word(&["id"]).unwrap_or_default(), name, word(&["userType", "type"]).unwrap_or_default())
}

fn named(id: &str, name: &str, kind: &str) -> Option<Named> {
    let kind = match kind.to_lowercase().as_str() {
        "user" | "singleuser" => Some(ApproverKind::User),
        "group" | "groupmembers" => Some(ApproverKind::Group),
        _ => None,
    };
    // A name in the place of an ID is looked up as a name.
    let found = id.parse().ok();
    let name = if found.is_none() && !id.trim().is_empty() { id } else { name }.trim().to_owned();
    (found.is_some() || !name.is_empty()).then_some(Named { id: found, name, kind })
}

/// `@{"id"="…";"description"="…";"userType"="user"},@{…}`; else IDs or names separated by commas or semicolons.
fn of_text(text: &str) -> Option<Vec<Named>> {
    let text = text.trim();
    if !text.contains("@{") {
        let parts = text.split([',', ';']).map(str::trim).filter(|part| !part.is_empty());
        return parts.map(|part| named(part, "", "")).collect();
    }
    let tables = text.split("@{").skip(1);
    tables
        .map(|table| {
            let word = |name: &str| pair(table, name).unwrap_or_default();
            named(word("id"), word("description"), word("userType"))
        })
        .collect()
}

/// The value in `"name"="value"`, with or without the quotation marks around the name.
fn pair<'a>(table: &'a str, name: &str) -> Option<&'a str> {
    let lower = table.to_ascii_lowercase();
    let name = name.to_ascii_lowercase();
    let mut from = 0;
    while let Some(found) = lower.get(from..)?.find(&name) {
        let (start, end) = (from + found, from + found + name.len());
        let before = lower[..start].trim_end_matches('"').trim_end();
        let rest = table[end..].trim_start_matches('"').trim_start();
        if let Some(value) = rest.strip_prefix('=').filter(|_| before.is_empty() || before.ends_with(';')) {
            let value = value.trim_start();
            return value.strip_prefix('"').map_or_else(
                || value.split([';', '}']).next().map(str::trim),
                |quoted| quoted.split("\";").next().map(|one| one.split("\"}").next().unwrap_or(one)),
            );
        }
        from = end;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const ID: &str = "11111111-1111-4111-8111-111111111111";

    #[test]
    fn all_ways_of_writing_approvers_are_read() {
        let dana = |kind| vec![Named { id: ID.parse().ok(), name: "Dana".into(), kind }];
        let table = format!("@{{\"id\"=\"{ID}\";\"description\"=\"Dana\";\"userType\"=\"user\"}},");
        assert_eq!(read(&json!(table)), Some(dana(Some(ApproverKind::User))));
        assert_eq!(read(&json!([{"Id": ID, "Name": "Dana", "Type": "group"}])), Some(dana(Some(ApproverKind::Group))));
        assert_eq!(read(&json!({"id": ID, "description": "Dana"})), Some(dana(None)));
        assert_eq!(read(&json!("")), Some(Vec::new()));
        let names = read(&json!(["Tier-0 approvers", ID])).unwrap();
        assert_eq!(names[0].key(), "tier-0 approvers");
        assert_eq!(names[1].key(), ID);
        assert_eq!(read(&json!([{"description": ""}])), None);
        assert_eq!(read(&json!(7)), None);
        let odd = format!("@{{id=\"{ID}\"; description = \"a;b = id\"}},@{{\"id\"=\"x y\"}}");
        let odd = read(&json!(odd)).unwrap();
        assert_eq!((odd[0].id.is_some(), odd[0].name.as_str(), odd[1].name.as_str()), (true, "a;b = id", "x y"));
    }
}

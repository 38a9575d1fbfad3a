//! `$search`: words of a property begin with the search terms.

use serde_json::Value;

/// The search: any of the groups, in each of them all of the terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Search(Vec<Vec<(String, String)>>);

impl Search {
    /// Parses `"displayName:ops" OR "mail:ops"`; a term without quotes or property is rejected.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut any = vec![Vec::new()];
        let mut rest = text.trim();
        while !rest.is_empty() {
            let (term, after) = quoted(rest.strip_prefix('"')?)?;
            let (property, wanted) = term.split_once(':')?;
            any.last_mut()?.push((property.trim().to_owned(), wanted.to_lowercase()));
            rest = after.trim_start();
            if let Some(after) = rest.strip_prefix("OR ") {
                any.push(Vec::new());
                rest = after.trim_start();
            } else if let Some(after) = rest.strip_prefix("AND ") {
                rest = after.trim_start();
            }
        }
        any.iter().all(|terms| !terms.is_empty()).then_some(Self(any))
    }

    /// Whether an object is found.
    pub(super) fn finds(&self, object: &Value) -> bool {
        self.0.iter().any(|terms| terms.iter().all(|(property, wanted)| found(object, property, wanted)))
    }
}

/// The text up to the closing quote, and the rest. A backslash escapes the quote or backslash after it.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut term = String::new();
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Some((term, &text[at + 1..])),
            '\\' => term.push(characters.next()?.1),
            other => term.push(other),
        }
    }
    None
}

fn found(object: &Value, property: &str, wanted: &str) -> bool {
    let own = object[property].as_str().unwrap_or("");
    let words: Vec<String> = own.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).collect();
    let mut looked_for = wanted.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    if looked_for.peek().is_none() {
        return own.to_lowercase().contains(wanted);
    }
    looked_for.all(|wanted| words.iter().any(|word| word.starts_with(wanted)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn looks_at_the_beginning_of_words() {
        let group = json!({ "displayName": "Tier-0 Operators", "description": "Identity" });
        for (text, finds) in [
            (r#""displayName:\"oper\"""#, true),
            ("\"displayName:oper\"", true),
            ("\"displayName:tier 0\"", true),
            ("\"displayName:perators\"", false),
            ("\"displayName:x\" OR \"description:ident\"", true),
            ("\"displayName:tier\" AND \"description:x\"", false),
        ] {
            assert_eq!(Search::parse(text).map(|search| search.finds(&group)), Some(finds), "{text}");
        }
        for text in ["", r#""displayName:\""#, "displayName:x", "\"x\"", "\"displayName:x\" OR "] {
            assert_eq!(Search::parse(text), None, "{text}");
        }
    }
}

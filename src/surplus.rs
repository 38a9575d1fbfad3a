//! What a stored text contains that this version does not understand: properties that a newer version wrote. It is put
//! back when the text is written again, so that going back to an older version loses nothing.

use std::collections::BTreeMap;

use serde_json::Value as Json;

/// The members that name an item of a list, so that it is found again after the list has changed.
const NAMES: [&str; 4] = ["rule", "setting", "subject", "id"];

/// What was not understood of a text, each at its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surplus(Option<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    /// Nothing of it was understood.
    Whole(Json),
    /// Something in these members of an object.
    Members(BTreeMap<String, Self>),
    /// Something in these items of a list, each with its name.
    Items(Vec<(Json, Self)>),
}

impl Surplus {
    /// What `stored` contains beyond `understood`, which is what this version writes for it.
    pub fn of(stored: &str, understood: &str) -> Self {
        if stored == understood {
            return Self::default();
        }
        let part = || beyond(&serde_json::from_str(stored).ok()?, &serde_json::from_str(understood).ok()?);
        Self(part())
    }

    /// The text with all that, as far as its place still exists. What the text itself says is never replaced.
    pub fn put_back(&self, text: String) -> String {
        let Some(part) = &self.0 else { return text };
        let Ok(mut json) = serde_json::from_str::<Json>(&text) else { return text };
        put(part, &mut json);
        json.to_string()
    }
}

fn beyond(stored: &Json, understood: &Json) -> Option<Part> {
    match (stored, understood) {
        (Json::Object(stored), Json::Object(understood)) => {
            let part = |(name, value): (&String, &Json)| {
                let part = match understood.get(name) {
                    Some(known) => beyond(value, known)?,
                    None => Part::Whole(value.clone()),
                };
                Some((name.clone(), part))
            };
            let members: BTreeMap<String, Part> = stored.iter().filter_map(part).collect();
            (!members.is_empty()).then_some(Part::Members(members))
        }
        (Json::Array(stored), Json::Array(understood)) => {
            let part = |(item, known)| Some((name_of(known).clone(), beyond(item, known)?));
            let items: Vec<(Json, Part)> = stored.iter().zip(understood).filter_map(part).collect();
            (!items.is_empty()).then_some(Part::Items(items))
        }
        _ => None,
    }
}

fn put(part: &Part, json: &mut Json) {
    match (part, json) {
        (Part::Members(members), Json::Object(object)) => {
            for (name, part) in members {
                match (object.get_mut(name), part) {
                    (Some(known), part) => put(part, known),
                    (None, Part::Whole(value)) => drop(object.insert(name.clone(), value.clone())),
                    (None, _) => {}
                }
            }
        }
        (Part::Items(items), Json::Array(list)) => {
            for (name, part) in items {
                if let Some(item) = list.iter_mut().find(|item| name_of(item) == name) {
                    put(part, item);
                }
            }
        }
        _ => {}
    }
}

/// What an item is found by: one of its members, the text that a pair begins with, or else the whole item.
fn name_of(item: &Json) -> &Json {
    let named = match item {
        Json::Object(object) => NAMES.iter().find_map(|name| object.get(*name)),
        Json::Array(list) => list.first().filter(|first| first.is_string()),
        _ => None,
    };
    named.unwrap_or(item)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_understood_comes_back_where_it_was() {
        let stored =
            r#"{"a":1,"new":[2],"rules":[{"rule":"x","new":3},{"rule":"y","b":{"new":4}}],"pairs":[["p",{"new":5}]]}"#;
        let understood = r#"{"a":1,"rules":[{"rule":"x"},{"rule":"y","b":{}}],"pairs":[["p",{}]]}"#;
        let surplus = Surplus::of(stored, understood);
        let same = |left: &str, right: &str| {
            let parse = |text: &str| serde_json::from_str::<Json>(text).unwrap();
            assert_eq!(parse(left), parse(right));
        };
        same(&surplus.put_back(understood.to_owned()), stored);
        let later = r#"{"a":2,"new":[9],"rules":[{"rule":"z"},{"rule":"y","b":{"c":1}}],"pairs":[]}"#;
        let both = r#"{"a":2,"new":[9],"rules":[{"rule":"z"},{"rule":"y","b":{"c":1,"new":4}}],"pairs":[]}"#;
        same(&surplus.put_back(later.to_owned()), both);
    }

    #[test]
    fn a_text_that_is_understood_stays_as_it_is() {
        let text = r#"{"b":1,"a":[{"id":"x"}]}"#;
        assert_eq!(Surplus::of(text, text), Surplus::default());
        assert_eq!(Surplus::of(text, r#"{"a":[{"id":"x"}],"b":2}"#), Surplus::default(), "values are no properties");
        assert_eq!(Surplus::default().put_back(text.to_owned()), text);
        let lost = Surplus::of(r#"{"gone":{"known":1,"new":2}}"#, r#"{"gone":{"known":1}}"#);
        assert_eq!(lost.put_back("{}".to_owned()), "{}", "a part without the rest of it could not be read");
    }
}

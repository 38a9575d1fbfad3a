//! JSON read without forgiveness: the same name twice in an object is found, which readers otherwise pass over in silence.

use std::cell::RefCell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value as Json};

use crate::policy::plain::index;

/// What was read, and the paths of names that came twice.
pub struct Strict {
    /// The value.
    pub value: Json,
    /// Paths of names that came twice.
    pub twice: Vec<String>,
}

/// Reads JSON text.
///
/// # Errors
/// It is not JSON; the error names line and column.
pub fn read(text: &str) -> Result<Strict, serde_json::Error> {
    let twice = RefCell::new(Vec::new());
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = Node { path: String::new(), twice: &twice }.deserialize(&mut reader)?;
    reader.end()?;
    Ok(Strict { value, twice: twice.into_inner() })
}

/// The path of a member.
pub fn member(path: &str, name: &str) -> String {
    let plain = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    let name: String = name.chars().take(80).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    match (plain, path.is_empty()) {
        (true, true) => name,
        (true, false) => [path, ".", &name].concat(),
        (false, _) => [path, "[\"", &name, "\"]"].concat(),
    }
}

struct Node<'a> {
    path: String,
    twice: &'a RefCell<Vec<String>>,
}

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = Json;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, on: bool) -> Result<Json, E> {
        Ok(Json::Bool(on))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Json, E> {
        Ok(number.into())
    }

    fn visit_u64<E>(self, number: u64) -> Result<Json, E> {
        Ok(number.into())
    }

    fn visit_f64<E>(self, number: f64) -> Result<Json, E> {
        Ok(number.into())
    }

    fn visit_str<E>(self, text: &str) -> Result<Json, E> {
        Ok(text.into())
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Json, A::Error> {
        let mut items = Vec::new();
        loop {
            let path = [self.path.as_str(), &index(items.len())].concat();
            match list.next_element_seed(Node { path, twice: self.twice })? {
                Some(item) => items.push(item),
                None => return Ok(Json::Array(items)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let mut members = Map::new();
        while let Some(name) = map.next_key::<String>()? {
            let path = member(&self.path, &name);
            if members.contains_key(&name) {
                self.twice.borrow_mut().push(path.clone());
            }
            let value = map.next_value_seed(Node { path, twice: self.twice })?;
            members.insert(name, value);
        }
        Ok(Json::Object(members))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn reads_what_any_reader_reads_and_finds_doubles() {
        let text = r#"{"a": [1, -2, 2.5, "x", null, true, {"b c": 1, "b c": 2}], "a": {}}"#;
        let strict = read(text).unwrap();
        assert_eq!(strict.twice, ["a[6][\"b c\"]", "a"]);
        let plain = r#"{"a": [1, -2, 2.5, "x", null, true, {"b": {}}]}"#;
        assert_eq!(read(plain).unwrap().value, serde_json::from_str::<Json>(plain).unwrap());
        assert_eq!(read(plain).unwrap().value["a"][3], json!("x"));
        assert!(read("{} x").is_err() && read("").is_err());
        assert!(read(&"[".repeat(100_000)).is_err(), "depth is limited");
    }
}

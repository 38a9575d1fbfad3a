//! Strict JSON parsing for untrusted files: finds a repeated name in an object, which parsers otherwise accept
//! silently, and a file can fill the memory neither with values nor with paths.

use std::cell::{Cell, RefCell};
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value as Json};

use crate::policy::plain::index;

/// Most paths that are listed; the others are only counted.
pub const MOST_TOLD: usize = 50;

/// Most values in a file: a value takes about 30 bytes of memory, however short it is in the file.
pub const MOST_VALUES: usize = 5_000_000;

/// Longest path that is listed, in characters; of a longer one the end.
const LONGEST_PATH: usize = 400;

/// What was parsed, and the paths of repeated names.
pub struct Strict {
    /// The parsed value.
    pub value: Json,
    /// Paths of repeated names, at most [`MOST_TOLD`].
    pub twice: Vec<String>,
    /// How many more there are.
    pub more: usize,
}

/// Parses JSON text.
///
/// # Errors
/// It is not JSON; the error has line and column; or it has more than [`MOST_VALUES`] values.
pub fn read(text: &str) -> Result<Strict, serde_json::Error> {
    read_up_to(text, MOST_VALUES)
}

fn read_up_to(text: &str, most: usize) -> Result<Strict, serde_json::Error> {
    let found = Found { twice: RefCell::default(), more: Cell::new(0), left: Cell::new(most) };
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = Node { path: Path { above: None, step: Step::Start }, found: &found }.deserialize(&mut reader)?;
    reader.end()?;
    Ok(Strict { value, twice: found.twice.into_inner(), more: found.more.get() })
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

/// What is found while reading.
struct Found {
    twice: RefCell<Vec<String>>,
    more: Cell<usize>,
    /// How many more values are allowed.
    left: Cell<usize>,
}

/// Where the parser is. It is turned into text only if something is reported there.
#[derive(Clone, Copy)]
struct Path<'a> {
    above: Option<&'a Self>,
    step: Step<'a>,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    Start,
    Member(&'a str),
    Item(usize),
}

impl Path<'_> {
    fn text(&self) -> String {
        let above = self.above.map(Path::text).unwrap_or_default();
        let path = match self.step {
            Step::Start => above,
            Step::Member(name) => member(&above, name),
            Step::Item(at) => above + &index(at),
        };
        let long = path.chars().count().saturating_sub(LONGEST_PATH);
        if long == 0 { path } else { "…".chars().chain(path.chars().skip(long + 1)).collect() }
    }
}

impl Found {
    fn tell(&self, path: &Path<'_>) {
        let mut twice = self.twice.borrow_mut();
        if twice.len() < MOST_TOLD {
            twice.push(path.text());
        } else {
            self.more.set(self.more.get() + 1);
        }
    }
}

struct Node<'a> {
    path: Path<'a>,
    found: &'a Found,
}

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = Json;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        let Some(left) = self.found.left.get().checked_sub(1) else {
            return Err(D::Error::custom("more values than are read"));
        };
        self.found.left.set(left);
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
            let path = Path { above: Some(&self.path), step: Step::Item(items.len()) };
            match list.next_element_seed(Node { path, found: self.found })? {
                Some(item) => items.push(item),
                None => return Ok(Json::Array(items)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let mut members = Map::new();
        while let Some(name) = map.next_key::<String>()? {
            let path = Path { above: Some(&self.path), step: Step::Member(&name) };
            if members.contains_key(&name) {
                self.found.tell(&path);
            }
            let value = map.next_value_seed(Node { path, found: self.found })?;
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

    #[test]
    fn a_hostile_file_fills_neither_the_memory_nor_the_page() {
        let name = "\u{1f600}".repeat(80);
        let nest = format!("{{\"{name}\":").repeat(100);
        let doubles = "\"\":0,".repeat(150_000);
        let text = [&nest, "{", &doubles, "\"x\":1}", &"}".repeat(100)].concat();
        let strict = read(&text).unwrap();
        assert_eq!((strict.twice.len(), strict.more), (MOST_TOLD, 150_000 - 1 - MOST_TOLD));
        assert!(strict.twice.iter().all(|path| path.chars().count() <= LONGEST_PATH && path.ends_with("[\"\"]")));
        assert!(read_up_to("[1,[2,3],{\"a\":4}]", 7).is_ok());
        let error = read_up_to("[1,[2,3],{\"a\":4}]", 6).err().unwrap();
        assert!(error.is_data(), "{error}");
    }
}

//! Templates as a file: documented in `docs/schemas/templates.schema.json`, versioned, parsed whole or not at all.

use serde_json::{Map, Value as Json, json};

use super::{LONGEST_DESCRIPTION, LONGEST_NAME, Template};
use crate::matrix::Class;
use crate::policy::check::check_kept;
use crate::policy::plain::{Fault, from_plain, from_unfinished, index, to_plain};
use crate::policy::{Issue, Setting, Severity, Value};
use crate::strict::{self, member};

/// The format named in the file.
pub const FORMAT: &str = "pim-desk/templates";

/// The version that is written.
pub const VERSION: u64 = 1;

/// Largest file that is parsed, in bytes.
pub const LARGEST: usize = 1 << 20;

/// Most templates in a file.
pub const MOST: usize = 500;

/// Most problems that are listed.
const MOST_TOLD: usize = 50;

/// Longest key, in characters.
const LONGEST_KEY: usize = 64;

/// A problem in a file, and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where: `templates[2].settings["activation.duration"]`; empty for the file as a whole.
    pub path: String,
    /// What is wrong there.
    pub what: What,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Larger than [`LARGEST`].
    TooLarge,
    /// Not JSON: the parser's message, with line and column.
    NotJson(String),
    /// Something else is expected here, in words of the schema: "an object", "text".
    NotA(&'static str),
    /// A required member is missing.
    Missing,
    /// A member that the format does not have.
    Unknown,
    /// A setting that this version does not know.
    UnknownSetting,
    /// A version that this program cannot read.
    OtherVersion,
    /// Another format.
    OtherFormat,
    /// The same name or key twice.
    Twice,
    /// Longer than this many characters, or more than this many entries.
    TooLong(usize),
    /// No text, or text with control characters.
    NotText,
    /// Not a key: lower-case letters, digits and hyphens.
    NotAKey,
    /// Not a value of this setting.
    Value(Fault),
    /// A value that could not be saved.
    Issue(Issue),
    /// More problems than are listed: this many.
    More(usize),
}

/// Writes templates.
pub fn write(templates: &[Template]) -> String {
    let file = json!({
        "format": FORMAT,
        "version": VERSION,
        "templates": templates.iter().map(one).collect::<Vec<_>>(),
    });
    serde_json::to_string_pretty(&file).unwrap_or_default() + "\n"
}

fn one(template: &Template) -> Json {
    let settings: Map<String, Json> =
        template.values.iter().map(|(setting, value)| (setting.key(), to_plain(value))).collect();
    let mut json = json!({
        "key": template.key,
        "name": template.name,
        "for": template.class.map_or("all", Class::as_str),
        "settings": settings,
    });
    if !template.description.is_empty() {
        json["description"] = json!(template.description);
    }
    json
}

/// Parses a file whose templates are to be used as they are.
///
/// # Errors
/// Everything that is wrong with it; then none of it is used.
pub fn read(text: &str) -> Result<Vec<Template>, Vec<Problem>> {
    read_as(text, false)
}

/// Parses a file whose templates may be unfinished, as [`write`] writes all that a browser stores: values that could
/// not be saved are accepted too.
///
/// # Errors
/// Everything that is wrong with it; then none of it is used.
pub fn read_unfinished(text: &str) -> Result<Vec<Template>, Vec<Problem>> {
    read_as(text, true)
}

fn read_as(text: &str, unfinished: bool) -> Result<Vec<Template>, Vec<Problem>> {
    let alone = |what| Err(vec![Problem { path: String::new(), what }]);
    if text.len() > LARGEST {
        return alone(What::TooLarge);
    }
    let read = match strict::read(text.strip_prefix('\u{feff}').unwrap_or(text)) {
        Ok(read) => read,
        Err(error) => return alone(What::NotJson(error.to_string())),
    };
    let mut reader = Reader { problems: Vec::new(), more: read.more, unfinished };
    for path in read.twice {
        reader.tell(path, What::Twice);
    }
    let templates = reader.file(&read.value);
    if reader.problems.is_empty() {
        return Ok(templates);
    }
    if reader.more > 0 {
        reader.problems.push(Problem { path: String::new(), what: What::More(reader.more) });
    }
    Err(reader.problems)
}

#[derive(Default)]
struct Reader {
    problems: Vec<Problem>,
    /// How many more there are.
    more: usize,
    /// Values that could not be saved are accepted too.
    unfinished: bool,
}

impl Reader {
    fn tell(&mut self, path: String, what: What) {
        if self.problems.len() < MOST_TOLD {
            self.problems.push(Problem { path, what });
        } else {
            self.more += 1;
        }
    }

    fn file(&mut self, json: &Json) -> Vec<Template> {
        let Some(object) = self.object(json, "", &["$schema", "format", "version", "templates"]) else {
            return Vec::new();
        };
        match object.get("format") {
            Some(format) if format == FORMAT => {}
            Some(_) => self.tell("format".into(), What::OtherFormat),
            None => self.tell("format".into(), What::Missing),
        }
        match object.get("version") {
            Some(version) if *version == json!(VERSION) => {}
            Some(_) => self.tell("version".into(), What::OtherVersion),
            None => self.tell("version".into(), What::Missing),
        }
        let list = match object.get("templates") {
            Some(Json::Array(list)) if list.len() <= MOST => list,
            Some(Json::Array(_)) => {
                self.tell("templates".into(), What::TooLong(MOST));
                return Vec::new();
            }
            Some(_) => {
                self.tell("templates".into(), What::NotA("a list"));
                return Vec::new();
            }
            None => {
                self.tell("templates".into(), What::Missing);
                return Vec::new();
            }
        };
        let mut found: Vec<Template> = Vec::new();
        for (at, json) in list.iter().enumerate() {
            let path = ["templates", &index(at)].concat();
            if let Some(template) = self.template(json, &path) {
                if found.iter().any(|known| known.key == template.key) {
                    self.tell(member(&path, "key"), What::Twice);
                }
                found.push(template);
            }
        }
        found
    }

    fn template(&mut self, json: &Json, path: &str) -> Option<Template> {
        let object = self.object(json, path, &["key", "name", "description", "for", "settings"])?;
        let key = self.text(object, path, "key", LONGEST_KEY, true);
        if !key.is_empty() && !is_key(&key) {
            self.tell(member(path, "key"), What::NotAKey);
        }
        let name = self.text(object, path, "name", LONGEST_NAME, true);
        let description = self.text(object, path, "description", LONGEST_DESCRIPTION, false);
        let class = match object.get("for").map(Json::as_str) {
            None | Some(Some("all")) => None,
            Some(word) => {
                let class = word.and_then(|word| Class::ALL.into_iter().find(|class| class.as_str() == word));
                if class.is_none() {
                    self.tell(member(path, "for"), What::NotA("one of “all”, “members”, “owners”, “roles”"));
                }
                class
            }
        };
        let mut template = Template { description, class, ..Template::new(key, name) };
        let path = member(path, "settings");
        match object.get("settings") {
            Some(Json::Object(settings)) => self.settings(settings, &path, &mut template),
            Some(_) => self.tell(path, What::NotA("an object")),
            None => self.tell(path, What::Missing),
        }
        Some(template)
    }

    fn settings(&mut self, settings: &Map<String, Json>, path: &str, template: &mut Template) {
        for (name, plain) in settings {
            let path = member(path, name);
            let Some(setting) = Setting::from_key(name) else {
                self.tell(path, What::UnknownSetting);
                continue;
            };
            let unfinished = || from_unfinished(setting, plain).filter(|_| self.unfinished);
            match from_plain(setting, plain).or_else(|wrong| unfinished().ok_or(wrong)) {
                Ok(value) => template.set(setting, value),
                Err(wrong) => {
                    for wrong in wrong {
                        self.tell([path.as_str(), &wrong.at].concat(), What::Value(wrong.what));
                    }
                }
            }
        }
        if self.unfinished {
            return;
        }
        let values: &[(Setting, Value)] = &template.values;
        for issue in check_kept(values, template.class == Some(Class::Roles), None) {
            if issue.severity == Severity::Error {
                self.tell(member(path, &issue.setting.key()), What::Issue(issue));
            }
        }
    }

    /// An object that has only these members.
    fn object<'a>(&mut self, json: &'a Json, path: &str, known: &[&str]) -> Option<&'a Map<String, Json>> {
        let Some(object) = json.as_object() else {
            self.tell(path.to_owned(), What::NotA("an object"));
            return None;
        };
        for name in object.keys().filter(|name| !known.contains(&name.as_str())) {
            self.tell(member(path, name), What::Unknown);
        }
        Some(object)
    }

    fn text(&mut self, object: &Map<String, Json>, path: &str, name: &str, longest: usize, must: bool) -> String {
        let path = member(path, name);
        let text = match object.get(name) {
            None if must => {
                self.tell(path, What::Missing);
                return String::new();
            }
            None => return String::new(),
            Some(text) => text.as_str().unwrap_or_default(),
        };
        let is_text = object.get(name).is_some_and(Json::is_string);
        let bad = |c: char| c.is_control() && c != '\n';
        if !is_text || (must && text.trim().is_empty()) || text.contains(bad) {
            self.tell(path, What::NotText);
            return String::new();
        }
        if text.chars().count() > longest {
            self.tell(path, What::TooLong(longest));
            return String::new();
        }
        text.to_owned()
    }
}

fn is_key(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

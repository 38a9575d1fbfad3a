//! Exchanges with Graph against the `OpenAPI` documents of `graph/schema`. Tests of another crate can include this file
//! with `#[path]`; it needs only `jsonschema` and `serde_json`.

use std::path::PathBuf;

use serde_json::{Value, json};

/// The documents of both versions.
pub struct Schemas {
    v1: Documents,
    beta: Documents,
}

/// One version: strict for what is sent, lenient for what is received.
struct Documents {
    strict: Value,
    lenient: Value,
}

impl Schemas {
    /// Loads the documents from the folder in `GRAPH_SCHEMA`, or `../shared/graph/schema` next to the repository. If
    /// they are not there, prints a line and returns `None`.
    pub fn load() -> Option<Self> {
        let beside = || {
            let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
                .ancestors()
                .find(|at| at.join("Cargo.lock").exists())?
                .to_owned();
            Some(root.parent()?.join("shared/graph/schema"))
        };
        let folder = std::env::var_os("GRAPH_SCHEMA").map(PathBuf::from).or_else(beside)?;
        let read = |name: &str| -> Option<Value> {
            serde_json::from_str(&std::fs::read_to_string(folder.join(name)).ok()?).ok()
        };
        let version = |name: &str| {
            Some(Documents {
                strict: read(&format!("openapi-{name}-strict.json"))?,
                lenient: read(&format!("openapi-{name}.json"))?,
            })
        };
        let found = version("v1.0").zip(version("beta")).map(|(v1, beta)| Self { v1, beta });
        if found.is_none() {
            println!("skipped: no OpenAPI documents in {} (set GRAPH_SCHEMA)", folder.display());
        }
        found
    }

    /// What is wrong with one exchange: the body sent (strictly), the answer's body (leniently), the parts of a batch.
    /// `url` is absolute; other addresses than Graph's have no problems. Bodies are empty if there are none.
    pub fn problems(&self, method: &str, url: &str, sent: &str, status: u16, received: &str) -> Vec<String> {
        let path = url.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let (documents, path) = match path.split_once('/') {
            Some(("v1.0", path)) => (&self.v1, path),
            Some(("beta", path)) => (&self.beta, path),
            _ => return Vec::new(),
        };
        if method == "OPTIONS" {
            return Vec::new();
        }
        let what = format!("{method} {path}");
        let Some(template) = template(&documents.strict, method, path) else {
            let known =
                if (200..300).contains(&status) { vec![format!("{what}: not in the documents")] } else { vec![] };
            return known;
        };
        let operation = ["paths".to_owned(), template, method.to_ascii_lowercase()];
        let mut found: Vec<String> = unknown_names(&documents.strict, &operation, query)
            .map(|name| format!("{what}: selects {name}, which is not in the documents"))
            .collect();
        if !sent.is_empty() {
            let at = [&operation[..], &["requestBody".into()]].concat();
            found.extend(check(&documents.strict, &at, sent, &format!("{what} sent")));
        }
        let class = [status.to_string(), format!("{}XX", status / 100)];
        let listed = class.iter().find(|class| {
            at(&documents.lenient, &[&operation[..], &["responses".into(), (*class).clone()]].concat()).is_some()
        });
        match listed {
            None => found.push(format!("{what}: status {status} is not in the documents")),
            Some(class) => {
                let at = [&operation[..], &["responses".into(), class.clone()]].concat();
                found.extend(check(&documents.lenient, &at, received, &format!("{what} answered {status}")));
            }
        }
        if path == "$batch" && status == 200 {
            found.extend(self.parts(url, sent, received));
        }
        found
    }

    fn parts(&self, url: &str, sent: &str, received: &str) -> Vec<String> {
        let (sent, received): (Value, Value) =
            (serde_json::from_str(sent).unwrap_or_default(), serde_json::from_str(received).unwrap_or_default());
        let root = url.strip_suffix("/$batch").unwrap_or(url);
        let body = |part: &Value| part.get("body").map(Value::to_string).unwrap_or_default();
        let mut found = Vec::new();
        for part in sent["requests"].as_array().into_iter().flatten() {
            let Some(answer) = received["responses"].as_array().into_iter().flatten().find(|a| a["id"] == part["id"])
            else {
                found.push(format!("batch part {} has no answer", part["id"]));
                continue;
            };
            let status = answer["status"].as_u64().and_then(|status| status.try_into().ok()).unwrap_or_default();
            let path = part["url"].as_str().unwrap_or("").trim_start_matches('/');
            let method = part["method"].as_str().unwrap_or("");
            found.extend(self.problems(method, &format!("{root}/{path}"), &body(part), status, &body(answer)));
        }
        found
    }
}

/// The value at a list of keys.
fn at<'v>(document: &'v Value, keys: &[String]) -> Option<&'v Value> {
    keys.iter().try_fold(document, |value, key| value.get(key))
}

/// The names in `$select` that the operation's answer does not have, if the documents define it: for a directory object
/// they do not say whether it is a person or a group.
fn unknown_names<'q>(document: &Value, operation: &[String], query: &'q str) -> impl Iterator<Item = &'q str> {
    let wanted = query.split('&').find_map(|part| part.strip_prefix("$select=")).unwrap_or("");
    let place = ["responses", "200", "content", "application/json", "schema"].map(str::to_owned);
    let schema = at(document, &[operation, &place].concat()).unwrap_or(&Value::Null);
    let answered = properties(document, schema, 0);
    let items = answered.iter().find(|(name, _)| *name == "value").map(|(_, list)| &list["items"]);
    let known = items.map_or(answered.clone(), |items| properties(document, items, 0));
    let is_told = known.iter().any(|(name, _)| *name == "displayName");
    let names: Vec<String> = known.into_iter().map(|(name, _)| name.to_ascii_lowercase()).collect();
    let is_unknown = move |name: &&str| is_told && *name != "id" && !names.contains(&name.to_ascii_lowercase());
    wanted.split(',').map(str::trim).filter(|name| !name.is_empty()).filter(is_unknown)
}

/// The properties of a schema, including those that it refers to and inherits.
fn properties<'v>(document: &'v Value, schema: &'v Value, depth: u8) -> Vec<(&'v str, &'v Value)> {
    if depth > 8 {
        return Vec::new();
    }
    let own = schema["properties"].as_object().into_iter().flatten().map(|(name, value)| (name.as_str(), value));
    let referred = schema["$ref"].as_str().and_then(|place| document.pointer(place.trim_start_matches('#')));
    let inherited = schema["allOf"].as_array().into_iter().flatten();
    own.chain(referred.into_iter().chain(inherited).flat_map(|other| properties(document, other, depth + 1))).collect()
}

/// The documented path that fits best: the one with the fewest placeholders.
fn template(document: &Value, method: &str, path: &str) -> Option<String> {
    let own: Vec<&str> = path.split('/').collect();
    let fits = |template: &str| {
        let parts: Vec<&str> = template.trim_start_matches('/').split('/').collect();
        parts.len() == own.len() && parts.iter().zip(&own).all(|(part, own)| part_fits(part, own))
    };
    let paths = document["paths"].as_object()?;
    let known = paths
        .iter()
        .filter(|(template, operations)| operations.get(method.to_ascii_lowercase()).is_some() && fits(template));
    known.map(|(template, _)| template).min_by_key(|template| template.matches('{').count()).cloned()
}

fn part_fits(template: &str, own: &str) -> bool {
    match (template.split_once('{'), template.rsplit_once('}')) {
        (Some((before, _)), Some((_, after))) => {
            own.len() > before.len() + after.len() && own.starts_with(before) && own.ends_with(after)
        }
        _ => template == own,
    }
}

/// Validates a body against the JSON schema at this place in the document.
fn check(document: &Value, place: &[String], body: &str, what: &str) -> Vec<String> {
    let content = at(document, place).and_then(|place| place.get("content"));
    let Some(schema) = content.and_then(|content| content.pointer("/application~1json/schema")) else {
        return if body.is_empty() { vec![] } else { vec![format!("{what}: a body where none is documented")] };
    };
    let Ok(body) = serde_json::from_str::<Value>(body) else { return vec![format!("{what}: the body is not JSON")] };
    let mut schema = schema.clone();
    schema["components"] = json!({ "schemas": document["components"]["schemas"] });
    let validator = match jsonschema::draft202012::new(&schema) {
        Ok(validator) => validator,
        Err(error) => return vec![format!("{what}: the schema is not usable: {error}")],
    };
    validator.iter_errors(&body).map(|error| format!("{what}: {} at {}", error, error.instance_path())).collect()
}

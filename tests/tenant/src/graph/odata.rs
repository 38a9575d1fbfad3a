//! `$select` and `$expand`.

use serde_json::{Map, Value};

/// One item of `$expand`, with its own options.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Expand {
    /// The navigation property.
    pub(super) name: String,
    select: Option<String>,
    inner: Option<String>,
}

impl Expand {
    /// Parses `policy($expand=rules($select=id);$select=id),principal`.
    pub(super) fn parse(text: Option<&str>) -> Vec<Self> {
        split(text.unwrap_or(""), ',').into_iter().map(Self::item).collect()
    }

    fn item(text: &str) -> Self {
        let (name, options) = match text.split_once('(') {
            Some((name, rest)) => (name, rest.strip_suffix(')').unwrap_or(rest)),
            None => (text, ""),
        };
        let mut item = Self { name: name.trim().to_ascii_lowercase(), select: None, inner: None };
        for option in split(options, ';') {
            let (name, value) = option.split_once('=').unwrap_or((option, ""));
            match name.trim().trim_start_matches('$').to_ascii_lowercase().as_str() {
                "select" => item.select = Some(value.to_owned()),
                "expand" => item.inner = Some(value.to_owned()),
                _ => {}
            }
        }
        item
    }

    /// The expands inside this one.
    pub(super) fn inner(&self) -> Vec<Self> {
        Self::parse(self.inner.as_deref())
    }

    /// Applies this item's `$select` to an object.
    pub(super) fn project(&self, value: Value) -> Value {
        select(value, self.select.as_deref(), &self.inner())
    }
}

/// Finds an item by name; `*` matches all.
pub(super) fn find<'a>(items: &'a [Expand], name: &str) -> Option<&'a Expand> {
    items.iter().find(|item| item.name == name || item.name == "*")
}

/// Splits at a separator outside parentheses; empty parts are left out.
fn split(text: &str, separator: char) -> Vec<&str> {
    let (mut parts, mut depth, mut from) = (Vec::new(), 0_u32, 0);
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if c == separator && depth == 0 => {
                parts.push(text.get(from..at).unwrap_or(""));
                from = at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(text.get(from..).unwrap_or(""));
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// A name in `$select` that none of these objects, which are all of one type, has.
pub(super) fn unknown<'q>(objects: &[Value], wanted: Option<&'q str>) -> Option<&'q str> {
    let has = |name: &str| {
        let own =
            |object: &Value| object.as_object().is_some_and(|own| own.keys().any(|key| key.eq_ignore_ascii_case(name)));
        name == "*" || objects.iter().any(own)
    };
    wanted?.split(',').map(str::trim).find(|name| !objects.is_empty() && !has(name))
}

/// Keeps the selected properties; annotations and expanded properties always stay.
pub(super) fn select(value: Value, wanted: Option<&str>, expanded: &[Expand]) -> Value {
    let (Some(wanted), Value::Object(object)) = (wanted, &value) else { return value };
    let names: Vec<&str> = wanted.split(',').map(str::trim).collect();
    if names.contains(&"*") {
        return value;
    }
    let keep = |name: &str| {
        name.starts_with('@')
            || names.iter().any(|wanted| wanted.eq_ignore_ascii_case(name))
            || find(expanded, &name.to_ascii_lowercase()).is_some()
    };
    let kept: Map<String, Value> =
        object.iter().filter(|(name, _)| keep(name)).map(|(name, value)| (name.clone(), value.clone())).collect();
    Value::Object(kept)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn reads_nested_expands() {
        let items = Expand::parse(Some("policy($expand=rules($select=id);$select=id,scopeId), principal"));
        assert_eq!(items.iter().map(|item| item.name.as_str()).collect::<Vec<_>>(), ["policy", "principal"]);
        let rules = items[0].inner();
        assert_eq!(rules[0].name, "rules");
        assert_eq!(
            rules[0].project(json!({ "id": 1, "x": 2, "@odata.type": "t" })),
            json!({ "id": 1, "@odata.type": "t" })
        );
        let policy = json!({ "id": 1, "displayName": "Group", "rules": [] });
        assert_eq!(items[0].project(policy), json!({ "id": 1, "rules": [] }));
        assert_eq!(Expand::parse(Some("a((b")).len(), 1);
    }
}

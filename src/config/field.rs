//! Reads single values of `config.json`.

use serde_json::{Map, Value};

use super::{ConfigError, Tenant};

/// The longest part of a value that is shown, in characters.
const SHOWN: usize = 80;

/// A string that must be present.
pub fn required<'a>(fields: &'a Map<String, Value>, key: &'static str) -> Result<&'a str, ConfigError> {
    optional(fields, key)?.ok_or(ConfigError::MissingKey(key))
}

/// An optional string; `null` and blank count as absent.
pub fn optional<'a>(fields: &'a Map<String, Value>, key: &'static str) -> Result<Option<&'a str>, ConfigError> {
    match fields.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.trim()).filter(|text| !text.is_empty())),
        Some(_) => Err(ConfigError::WrongType(key)),
    }
}

/// An optional `true` or `false`; absent and `null` mean `false`.
pub fn switch(fields: &Map<String, Value>, key: &'static str) -> Result<bool, ConfigError> {
    match fields.get(key) {
        None | Some(Value::Null) => Ok(false),
        Some(Value::Bool(on)) => Ok(*on),
        Some(_) => Err(ConfigError::NotASwitch(key)),
    }
}

/// The text, shortened for display.
pub fn short(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(SHOWN).collect()
}

/// `common` and `consumers` are refused: PIM needs a work account.
pub fn tenant(text: &str) -> Result<Tenant, ConfigError> {
    if let Ok(id) = text.parse() {
        return Ok(Tenant::Id(id));
    }
    let lower = text.to_ascii_lowercase();
    if lower == "organizations" {
        return Ok(Tenant::Organizations);
    }
    let label_ok = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let well_formed = lower.len() <= 253 && lower.contains('.') && lower.split('.').all(label_ok);
    if well_formed { Ok(Tenant::Domain(lower)) } else { Err(ConfigError::BadTenant) }
}

/// A redirect address on the page's origin (Entra: at most 256 characters, exact match, no fragment).
pub fn redirect(text: &str, origin: &str) -> Result<String, ConfigError> {
    let path = text.strip_prefix(origin).ok_or(ConfigError::ForeignRedirect)?;
    if !path.is_empty() && !path.starts_with('/') {
        return Err(ConfigError::ForeignRedirect);
    }
    if text.len() > 256 || !path.bytes().all(|byte| byte.is_ascii_graphic() && !b"#?\\".contains(&byte)) {
        return Err(ConfigError::BadRedirect);
    }
    Ok(if path.is_empty() { format!("{text}/") } else { text.to_owned() })
}

/// An https address, for a link.
pub fn support(text: &str) -> Result<String, ConfigError> {
    let rest = text.strip_prefix("https://").ok_or(ConfigError::BadSupportUrl)?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let plain = text.len() <= 2048 && text.bytes().all(|byte| byte.is_ascii_graphic());
    if plain && !host.is_empty() && !host.contains(['@', '\\']) {
        Ok(text.to_owned())
    } else {
        Err(ConfigError::BadSupportUrl)
    }
}

//! Text that cannot break out of its place in a script. Every function accepts any text.

use serde_json::Value as Json;

/// JSON in lines of plain ASCII, in which no string contains a character with a meaning to a shell, a template or a
/// string of the forms it is put into: those are written as `\uXXXX`, which JSON reads as the same. So it can be put
/// unchanged into a PowerShell here-string, a raw string of Python, a heredoc of Terraform and a file of HTTP calls.
pub fn inert_json(value: &Json) -> String {
    let pretty = serde_json::to_string_pretty(value).unwrap_or_default();
    let mut text = String::with_capacity(pretty.len());
    let (mut inside, mut escaped) = (false, false);
    for c in pretty.chars() {
        let risky = !c.is_ascii() || c == '\u{7f}' || matches!(c, '\'' | '`' | '$' | '%' | '{' | '}' | '<' | '>');
        if inside && !escaped && risky {
            push_utf16(&mut text, c);
        } else {
            text.push(c);
        }
        match (inside, escaped, c) {
            (true, true, _) => escaped = false,
            (true, false, '\\') => escaped = true,
            (_, false, '"') => inside = !inside,
            _ => {}
        }
    }
    text
}

fn push_utf16(text: &mut String, c: char) {
    for unit in c.encode_utf16(&mut [0; 2]) {
        let part = format!("\\u{unit:04x}");
        text.push_str(&part);
    }
}

/// A single-quoted string of PowerShell. PowerShell treats typographic quotes like plain ones, so all are doubled.
pub fn powershell(text: &str) -> String {
    let mut quoted = String::from("'");
    for c in text.chars() {
        if matches!(c, '\'' | '‘' | '’' | '‚' | '‛') {
            quoted.push(c);
        }
        quoted.push(c);
    }
    quoted.push('\'');
    quoted
}

/// `\UXXXXXXXX`, as Python and Terraform read it.
fn code_point(c: char) -> String {
    format!("\\U{:08x}", u32::from(c))
}

/// A double-quoted string of Python, in ASCII.
pub fn python(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            ' '..='~' => quoted.push(c),
            _ => quoted.push_str(&code_point(c)),
        }
    }
    quoted.push('"');
    quoted
}

/// A quoted string of Terraform's language, in ASCII, without interpolation.
pub fn hcl(text: &str) -> String {
    let mut quoted = String::from("\"");
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '$' | '%' if rest.peek() == Some(&'{') => quoted.extend([c, c]),
            ' '..='~' => quoted.push(c),
            _ => quoted.push_str(&code_point(c)),
        }
    }
    quoted.push('"');
    quoted
}

/// A label of Terraform: lower-case letters, digits and underscores, starting with a letter.
pub fn label(text: &str) -> String {
    let mut label = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            label.push(c);
        } else if !label.is_empty() && !label.ends_with('_') {
            label.push('_');
        }
    }
    let label: String = label.trim_end_matches('_').chars().take(48).collect();
    if label.starts_with(|c: char| c.is_ascii_lowercase()) { label } else { format!("policy_{label}") }
}

/// Text for a single-line comment. Variables of HTTP clients (`{{…}}`) are broken up.
pub fn comment(text: &str) -> String {
    let mut line = String::new();
    for c in crate::text::quoted::one_line(text).chars() {
        if c == '{' && line.ends_with('{') {
            line.push(' ');
        }
        line.push(c);
    }
    line
}

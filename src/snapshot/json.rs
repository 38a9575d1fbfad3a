//! JSON as tools write it, which may include comments.

use serde_json::Value as Json;

use super::fault::{Fault, Faults, Place, What};
use crate::strict;

/// Whether a text is meant as JSON: an object or a list, perhaps after a comment.
pub(super) fn looks_like(text: &str) -> bool {
    let start = text.trim_start();
    start.starts_with(['{', '[']) || start.starts_with("//") || start.starts_with("/*")
}

/// Parses it. Comments are blanked out, so that lines and columns are still those of the file. A repeated name in an
/// object is a fault: nobody can say which was meant.
pub(super) fn parse(text: &str) -> Result<Json, Vec<Fault>> {
    let told = |error: serde_json::Error| {
        if error.is_data() {
            return vec![Fault::file(What::TooMany(strict::MOST_VALUES))];
        }
        let told = error.to_string();
        let told = told.split(" at line ").next().unwrap_or_default().to_owned();
        vec![Fault { place: Place::Column(error.line(), error.column()), what: What::NotJson(told) }]
    };
    let read = match strict::read(text) {
        Err(error) if !error.is_data() => strict::read(&without_comments(text)),
        read => read,
    };
    let read = read.map_err(told)?;
    let mut faults = Faults::default();
    read.twice.into_iter().for_each(|path| faults.push(Fault::at(path, What::Twice)));
    faults.skipped(read.more);
    faults.none().map(|()| read.value)
}

fn without_comments(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    let mut inside = false;
    while let Some(c) = rest.next() {
        match (inside, c, rest.peek()) {
            (true, '\\', Some(_)) => {
                plain.push(c);
                plain.extend(rest.next());
            }
            (_, '"', _) => {
                inside = !inside;
                plain.push(c);
            }
            (false, '/', Some('/')) => {
                plain.push(' ');
                while let Some(c) = rest.next_if(|c| *c != '\n') {
                    blank(&mut plain, c);
                }
            }
            (false, '/', Some('*')) => {
                plain.push(' ');
                let mut star = false;
                rest.next();
                plain.push(' ');
                for c in rest.by_ref() {
                    blank(&mut plain, c);
                    if star && c == '/' {
                        break;
                    }
                    star = c == '*';
                }
            }
            _ => plain.push(c),
        }
    }
    plain
}

/// The parser counts columns in bytes.
fn blank(plain: &mut String, c: char) {
    if c == '\n' {
        plain.push(c);
    } else {
        plain.extend(std::iter::repeat_n(' ', c.len_utf8()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_looked_over_and_errors_keep_their_place() {
        let text = "{ // ä \"x\"\n \"a\": \"// no /* comment \\\" \", /* ä\n */ \"b\": 1 }";
        let read = parse(text).unwrap();
        assert_eq!(read["a"], "// no /* comment \" ");
        assert_eq!(read["b"], 1);
        let faults = parse("{ /* x */\n  \"a\": }").unwrap_err();
        assert_eq!(faults[0].place, Place::Column(2, 8));
        let is_not_json = |text: &str| matches!(parse(text).unwrap_err()[0].what, What::NotJson(_));
        assert!(is_not_json("{ /* never closed"));
        assert!(is_not_json(&"[".repeat(100_000)));
        assert_eq!(parse("{\"a\": 1, /* */ \"a\": 2}"), Err(vec![Fault::at("a", What::Twice)]));
    }
}

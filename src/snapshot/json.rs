//! JSON as tools write it: with comments, too.

use serde_json::Value as Json;

use super::fault::{Fault, Place, What};

/// Whether a text means to be JSON: an object or a list, perhaps after a comment.
pub(super) fn looks_like(text: &str) -> bool {
    let start = text.trim_start();
    start.starts_with(['{', '[']) || start.starts_with("//") || start.starts_with("/*")
}

/// Reads it. Comments are looked over, their place stays, so that lines and columns are those of the file.
pub(super) fn parse(text: &str) -> Result<Json, Fault> {
    serde_json::from_str(text).or_else(|_| {
        serde_json::from_str(&without_comments(text)).map_err(|error| {
            let told = error.to_string();
            let told = told.split(" at line ").next().unwrap_or_default().to_owned();
            Fault { place: Place::Column(error.line(), error.column()), what: What::NotJson(told) }
        })
    })
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

/// Columns are counted in bytes by the reader.
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
        let fault = parse("{ /* x */\n  \"a\": }").unwrap_err();
        assert_eq!(fault.place, Place::Column(2, 8));
        assert!(matches!(parse("{ /* never closed"), Err(Fault { what: What::NotJson(_), .. })));
        let deep = "[".repeat(100_000);
        assert!(matches!(parse(&deep), Err(Fault { what: What::NotJson(_), .. })));
    }
}

//! Comma-separated values for spreadsheets: RFC 4180 quoting, and a guard against cells that a spreadsheet would run as
//! a formula. Every list that is saved as CSV goes through here.

/// Characters that start a formula in some spreadsheet; the last four are the full-width forms.
const RUNS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Written at the start of a file, so that Excel reads it as UTF-8.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// A table as a file: a header and rows, each ending with CR LF.
pub fn table(head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut text = String::from(BYTE_ORDER_MARK);
    line(&mut text, head.iter().copied());
    for row in rows {
        line(&mut text, row.iter().map(String::as_str));
    }
    text
}

/// A table below some facts about it: a line for each fact, then an empty one.
pub fn table_about(facts: &[(&str, String)], head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut text = String::from(BYTE_ORDER_MARK);
    for (name, fact) in facts {
        line(&mut text, [*name, fact.as_str()].into_iter());
    }
    text.push_str("\r\n");
    text.push_str(table(head, rows).trim_start_matches(BYTE_ORDER_MARK));
    text
}

fn line<'a>(text: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (at, content) in cells.enumerate() {
        if at > 0 {
            text.push(',');
        }
        text.push_str(&cell(content));
    }
    text.push_str("\r\n");
}

/// A cell as it was before [`cell`] guarded it.
pub fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| is_guarded(rest)).unwrap_or(cell)
}

/// Whether a text gets a guard: text that could run, and text that looks like such a text with its guard, which would
/// otherwise lose its own apostrophe when it is read.
fn is_guarded(content: &str) -> bool {
    content.trim_start_matches('\'').trim_start_matches(is_hidden).starts_with(RUNS)
}

fn is_hidden(c: char) -> bool {
    let blank = c.is_whitespace() || c.is_control();
    (blank && !RUNS.contains(&c))
        || matches!(c, BYTE_ORDER_MARK | '\u{200b}'..='\u{200f}')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}')
}

/// One cell. What could run as a formula gets an apostrophe before it, which spreadsheets show or hide but never run.
/// Leading blanks and invisible characters are ignored in this check.
pub fn cell(content: &str) -> String {
    let guard = if is_guarded(content) { "'" } else { "" };
    if content.contains([',', '"', '\r', '\n', ';', '\t']) || !guard.is_empty() {
        ["\"", guard, &content.replace('"', "\"\""), "\""].concat()
    } else {
        content.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn formulas_do_not_run() {
        for evil in [
            "=HYPERLINK(\"x\")",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "＝1",
            " =1",
            "\u{feff}=1",
            "\n=1",
            "\u{202e}=1",
            "\u{2066}@x",
        ] {
            assert!(cell(evil).starts_with("\"'"), "{evil:?}");
        }
        for own in ["'+", "''=1", "'\t", "'a", "' +"] {
            let read = cells(&cell(own));
            assert_eq!((read.len(), unguarded(&read[0])), (1, own));
        }
        assert_eq!(cell("Tier-0 Operators"), "Tier-0 Operators");
        assert_eq!(cell("a,\"b\"\n"), "\"a,\"\"b\"\"\n\"");
        assert_eq!(table(&["a", "b"], [vec!["1".to_owned(), "2;3".to_owned()]]), "\u{feff}a,b\r\n1,\"2;3\"\r\n");
    }

    /// Parses one line as in RFC 4180.
    fn cells(text: &str) -> Vec<String> {
        let (mut cells, mut now, mut quoted) = (Vec::new(), String::new(), false);
        let mut rest = text.chars().peekable();
        while let Some(c) = rest.next() {
            match (c, quoted) {
                ('"', true) if rest.peek() == Some(&'"') => now.push(rest.next().unwrap()),
                ('"', _) => quoted = !quoted,
                (',', false) => cells.push(std::mem::take(&mut now)),
                (c, _) => now.push(c),
            }
        }
        cells.push(now);
        cells
    }

    proptest! {
        #[test]
        fn every_text_comes_back_in_its_cell(left in "\\PC{0,20}|[=+@,;\"\r\n\t -]{0,8}", right in "\\PC{0,20}") {
            let read = cells(&format!("{},{}", cell(&left), cell(&right)));
            prop_assert_eq!(read.len(), 2);
            let guarded = format!("'{left}");
            prop_assert!(read[0] == left || read[0] == guarded);
            prop_assert!(!read[0].starts_with(RUNS));
            prop_assert_eq!(unguarded(&read[0]), left.as_str());
        }
    }
}

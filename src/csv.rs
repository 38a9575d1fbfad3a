//! Tables as comma-separated text (RFC 4180), safe to open in a spreadsheet whatever the cells hold.

/// Characters that make a spreadsheet read a cell as a formula, full-width forms included (OWASP, "CSV injection").
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// A table. Begins with a byte order mark, so that spreadsheets read it as UTF-8; lines end with CR LF.
pub fn table<const N: usize>(head: [&str; N], rows: impl IntoIterator<Item = [String; N]>) -> String {
    let mut text = String::from('\u{feff}');
    line(&mut text, head.into_iter());
    for row in rows {
        line(&mut text, row.iter().map(String::as_str));
    }
    text
}

fn line<'a>(text: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            text.push(',');
        }
        text.push('"');
        if is_formula(cell) {
            text.push('\'');
        }
        for character in cell.chars().filter(|character| *character != '\0') {
            if character == '"' {
                text.push('"');
            }
            text.push(character);
        }
        text.push('"');
    }
    text.push_str("\r\n");
}

/// Whether a spreadsheet might calculate the cell: it begins with a formula's character, a tab or a line break, also
/// behind spaces and characters that are not seen.
fn is_formula(cell: &str) -> bool {
    let unseen = |character: &char| {
        character.is_whitespace()
            || character.is_control()
            || matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    let first = cell.chars().find(|character| !unseen(character));
    cell.starts_with(['\t', '\r', '\n']) || first.is_some_and(|first| FORMULA.contains(&first))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Reads one table back: RFC 4180 with every cell in quotes.
    fn read(text: &str) -> Vec<Vec<String>> {
        let mut rows = vec![Vec::new()];
        let mut characters = text.strip_prefix('\u{feff}').unwrap().chars().peekable();
        while let Some(character) = characters.next() {
            match character {
                '"' => {
                    let mut cell = String::new();
                    loop {
                        match characters.next().unwrap() {
                            '"' if characters.peek() == Some(&'"') => cell.push(characters.next().unwrap()),
                            '"' => break,
                            other => cell.push(other),
                        }
                    }
                    rows.last_mut().unwrap().push(cell);
                }
                ',' => {}
                '\r' => {
                    assert_eq!(characters.next(), Some('\n'));
                    rows.push(Vec::new());
                }
                other => panic!("{other:?} outside of quotes"),
            }
        }
        assert_eq!(rows.pop(), Some(Vec::new()));
        rows
    }

    #[test]
    fn no_cell_is_a_formula() {
        for cell in [
            "=1+1",
            "+1",
            "-1",
            "@x",
            "\tx",
            "\r=1",
            "\n",
            " =1",
            "＝1",
            "＋1",
            "－1",
            "＠x",
            "\u{202e}=1",
            "\u{feff}@x",
        ] {
            let found = read(&table(["a"], [[cell.to_owned()]]));
            assert!(found[1][0].starts_with('\''), "{cell:?} became {found:?}");
        }
        for plain in ["", "a=b", "Dana", "2026-11-22", "CHG-7"] {
            assert_eq!(read(&table(["a"], [[plain.to_owned()]]))[1][0], plain);
        }
    }

    proptest! {
        #[test]
        fn every_text_comes_back(first in any::<String>(), second in any::<String>()) {
            let found = read(&table(["a", "b"], [[first.clone(), second.clone()]]));
            prop_assert_eq!(found.len(), 2);
            for (cell, text) in found[1].iter().zip([first, second]) {
                let text = text.replace('\0', "");
                let guarded = format!("'{text}");
                prop_assert!(*cell == text || (*cell == guarded && is_formula(&text)), "{:?} {:?}", cell, text);
                prop_assert!(!is_formula(cell));
            }
        }
    }
}

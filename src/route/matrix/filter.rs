//! The filter of a column in a parameter of the address: parts separated by `|`. A part that begins with `*` is not
//! text of the cell: `*` for something other than the reference, `*weaker`, `*stricter`, `*unread`, `*has=words`,
//! `*from=4h`, `*to=2d`. A `\` before `|`, `\` or a first `*` makes it a plain character.

use crate::matrix::column_filter::{ColumnFilter, Compared, Range};

/// Something other than the reference.
const DEVIATING: &str = "*";

/// Parses the filter; what cannot be parsed is ignored.
pub(super) fn read(text: &str) -> ColumnFilter {
    let mut filter = ColumnFilter::default();
    for (is_word, part) in parts(text) {
        match part.strip_prefix('*').filter(|_| !is_word) {
            None if part.is_empty() => {}
            None => filter.values.push(part),
            Some("") => filter.compared = Some(Compared::Deviating),
            Some("unread") => filter.unread = true,
            Some(other) => match other.split_once('=') {
                Some(("has", text)) => text.clone_into(&mut filter.text),
                Some(("from", number)) => filter.range.from = length(number),
                Some(("to", number)) => filter.range.to = length(number),
                _ => filter.compared = Compared::from_name(other).or(filter.compared),
            },
        }
    }
    filter
}

/// The parts, and whether the first character of each was escaped.
fn parts(text: &str) -> Vec<(bool, String)> {
    let mut all = vec![(false, String::new())];
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        let (letter, is_word) = match letter {
            '|' => {
                all.push((false, String::new()));
                continue;
            }
            '\\' => (letters.next().unwrap_or('\\'), true),
            other => (other, false),
        };
        if let Some((first, part)) = all.last_mut() {
            *first |= is_word && part.is_empty();
            part.push(letter);
        }
    }
    all
}

/// Writes it.
pub(super) fn write(filter: &ColumnFilter) -> String {
    let mut parts: Vec<String> = filter.values.iter().map(|value| word(value)).collect();
    match filter.compared {
        None => {}
        Some(Compared::Deviating) => parts.push(DEVIATING.to_owned()),
        Some(other) => parts.push(["*", other.as_str()].concat()),
    }
    if !filter.text.trim().is_empty() {
        parts.push(["*has=", &escaped(&filter.text)].concat());
    }
    for (name, number) in [("*from=", filter.range.from), ("*to=", filter.range.to)] {
        parts.extend(number.map(|number| [name, &written(number)].concat()));
    }
    if filter.unread {
        parts.push("*unread".to_owned());
    }
    parts.join("|")
}

fn word(value: &str) -> String {
    let escaped = escaped(value);
    if escaped.starts_with('*') { ["\\", &escaped].concat() } else { escaped }
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('|', "\\|")
}

/// A number, or a length with its unit, in seconds.
fn length(text: &str) -> Option<i64> {
    let unit = match text.chars().last()? {
        'd' => 86_400,
        'h' => 3_600,
        'm' => 60,
        _ => 1,
    };
    let digits = if unit == 1 { text } else { &text[..text.len() - 1] };
    digits.parse::<i64>().ok()?.checked_mul(unit)
}

fn written(number: i64) -> String {
    let units = [(86_400, "d"), (3_600, "h"), (60, "m")];
    let whole = units.into_iter().find(|(size, _)| number != 0 && number % size == 0);
    whole.map_or_else(|| number.to_string(), |(size, name)| [&(number / size).to_string(), name].concat())
}

/// Parses a range of counts: `2..5`, `2..`, `..5`.
pub(super) fn read_range(text: &str) -> Range {
    let Some((from, to)) = text.split_once("..") else { return Range::ANY };
    Range { from: from.parse().ok(), to: to.parse().ok() }
}

/// Writes it; empty for any number.
pub(super) fn write_range(range: Range) -> String {
    let number = |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
    if range.is_any() { String::new() } else { [&number(range.from), "..", &number(range.to)].concat() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn addresses_of_earlier_versions_are_read() {
        let deviating = |compared| ColumnFilter { compared: Some(compared), ..ColumnFilter::default() };
        assert_eq!(read("*"), deviating(Compared::Deviating));
        assert_eq!(read("*weaker"), deviating(Compared::Weaker));
        for words in ["yes", "4 h", "default + 2, critical only", "1 person, 1 group"] {
            assert_eq!(
                read(words),
                ColumnFilter { values: vec![words.to_owned()], ..ColumnFilter::default() },
                "{words}"
            );
        }
        assert_eq!(read(""), ColumnFilter::default());
        assert_eq!(read("*no-such-thing|*from=x|*to="), ColumnFilter::default());
    }

    #[test]
    fn it_is_short() {
        let range = Range { from: Some(4 * 3_600), to: Some(2 * 86_400) };
        let filter =
            ColumnFilter { values: vec!["yes".into(), "*".into()], range, unread: true, ..ColumnFilter::default() };
        assert_eq!(write(&filter), r"yes|\*|*from=4h|*to=2d|*unread");
        assert_eq!(write_range(Range { from: Some(1), to: None }), "1..");
        assert_eq!(read_range("..5"), Range { from: None, to: Some(5) });
        assert_eq!(read_range("x"), Range::ANY);
    }

    proptest! {
        #[test]
        fn whatever_is_asked_is_found_again(
            values in proptest::collection::vec("[*|\\\\a-z =]{1,6}", 0..4),
            compared in proptest::option::of(0..3_usize),
            text in "[*|\\\\a-z ]{0,6}",
            from in proptest::option::of(0..400_000_i64),
            to in proptest::option::of(0..400_000_i64),
            unread: bool,
        ) {
            let text = if text.trim().is_empty() { String::new() } else { text };
            let compared = compared.map(|at| Compared::ALL[at]);
            let filter = ColumnFilter { values, compared, text, range: Range { from, to }, unread };
            prop_assert_eq!(read(&write(&filter)), filter);
            let range = Range { from, to };
            prop_assert_eq!(read_range(&write_range(range)), range);
        }
    }
}

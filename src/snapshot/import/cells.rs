//! Tables as spreadsheets and PowerShell write them: cells with or without quotation marks, which may contain line
//! breaks.

use super::super::MOST_POLICIES;
use super::super::fault::{Fault, Place, What};

/// A row with the number of its first line.
pub(super) type Row = (usize, Vec<String>);

/// Most cells of a row: a table of settings has some fifty columns.
const MOST_CELLS: usize = 500;

/// Parses a table. Cells are separated by commas, semicolons or tabs: whichever the header has most of.
pub(super) fn read(text: &str) -> Result<Vec<Row>, Fault> {
    // Windows PowerShell begins with the type of the rows, spreadsheets sometimes with the separator.
    let skipped = text.lines().take_while(|line| line.starts_with("#TYPE") || line.starts_with("sep=")).count();
    let start: usize = text.split_inclusive('\n').take(skipped).map(str::len).sum();
    let text = &text[start..];
    let head = text.lines().next().unwrap_or_default();
    let often = |mark: &char| head.matches(*mark).count();
    let mark = [',', ';', '\t'].into_iter().rev().max_by_key(often).unwrap_or(',');
    let mut rows: Vec<Row> = Vec::new();
    let (mut line, mut began) = (skipped + 1, skipped + 1);
    let (mut cells, mut cell, mut quoted, mut opened) = (Vec::new(), String::new(), false, 0);
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        if c == '\n' {
            line += 1;
        }
        if cells.len() > MOST_CELLS || rows.len() > MOST_POLICIES {
            let most = if cells.len() > MOST_CELLS { MOST_CELLS } else { MOST_POLICIES };
            return Err(Fault { place: Place::Line(line), what: What::TooMany(most) });
        }
        match c {
            '"' if quoted && rest.peek() == Some(&'"') => cell.extend(rest.next()),
            '"' if quoted => quoted = false,
            '"' if cell.is_empty() => (quoted, opened) = (true, line),
            c if quoted => cell.push(c),
            c if c == mark => cells.push(std::mem::take(&mut cell)),
            '\r' if rest.peek() == Some(&'\n') => {}
            '\n' => {
                cells.push(std::mem::take(&mut cell));
                rows.push((began, std::mem::take(&mut cells)));
                began = line;
            }
            c => cell.push(c),
        }
    }
    if quoted {
        return Err(Fault { place: Place::Line(opened), what: What::Unclosed });
    }
    if !cells.is_empty() || !cell.is_empty() {
        cells.push(cell);
        rows.push((began, cells));
    }
    rows.retain(|(_, cells)| cells.iter().any(|cell| !cell.trim().is_empty()));
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_are_those_of_the_file() {
        let read = read("#TYPE x\r\na;b\r\n\"1\r\n2\";\"x \"\"y\"\"\"\r\n\r\n3;4").unwrap();
        let told: Vec<(usize, Vec<&str>)> =
            read.iter().map(|(line, cells)| (*line, cells.iter().map(String::as_str).collect())).collect();
        assert_eq!(told, [(2, vec!["a", "b"]), (3, vec!["1\r\n2", "x \"y\""]), (6, vec!["3", "4"])]);
        assert_eq!(super::read("a,b\n1,\"2\n3").unwrap_err(), Fault { place: Place::Line(2), what: What::Unclosed });
    }

    proptest! {
        #[test]
        fn what_this_program_writes_is_read_again(cells in proptest::collection::vec("[a-z][\\PC\n\"]{0,12}", 2..5)) {
            let heads: Vec<String> = (0..cells.len()).map(|at| format!("h{at}")).collect();
            let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
            let table = crate::csv::table(&heads, [cells.clone()]);
            let read = read(table.trim_start_matches('\u{feff}')).unwrap();
            prop_assert_eq!(&read[1].1, &cells);
        }
    }
}

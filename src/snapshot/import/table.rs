//! EasyPIM's tables: one policy per row, as `Export-PIMEntraRolePolicy` writes them, and the same for groups.

use serde_json::Value as Json;

use super::super::fault::{Fault, Faults, Place, What, clip};
use super::config::whose;
use super::values::Filler;
use super::{Import, cells};
use crate::csv::unguarded;

/// Parses it. Rows that do not fit the header are faults: their cells may be shifted.
pub fn read(text: &str) -> Result<Import, Vec<Fault>> {
    let rows = cells::read(text).map_err(|fault| vec![fault])?;
    let Some(((head_line, head), rows)) = rows.split_first() else { return Err(vec![Fault::file(What::Empty)]) };
    let head: Vec<String> = head.iter().map(|name| name.trim().trim_start_matches('\u{feff}').to_owned()).collect();
    let at = |name: &str| head.iter().position(|own| own.eq_ignore_ascii_case(name));
    let line = |line: usize, what: What| Fault { place: Place::Line(line), what };
    let mut faults = Faults::default();
    for (place, name) in head.iter().enumerate() {
        if !name.is_empty() && at(name) != Some(place) {
            faults.push(line(*head_line, What::ColumnTwice(clip(name))));
        }
    }
    let names = ["RoleName", "RoleID", "GroupName", "GroupId", "PolicyID"];
    if head.len() < 2 || !names.iter().any(|name| at(name).is_some()) {
        faults.push(line(*head_line, if head.len() < 2 { What::NotKnown } else { What::NoName }));
    }
    for (own, _) in rows.iter().filter(|(_, cells)| cells.len() != head.len()) {
        faults.push(line(*own, What::Cells));
    }
    faults.none()?;
    let mut import = Import::default();
    for (line, cells) in rows {
        let place = Place::Line(*line);
        let word = |name: &str| at(name).and_then(|at| cells.get(at)).map(|cell| unguarded(cell.trim()).to_owned());
        match whose(&word) {
            Err(why) => import.left.push(place, why),
            Ok(whose) => {
                let mut filler = Filler::new(place);
                for (name, cell) in head.iter().zip(cells).filter(|(name, _)| !name.is_empty()) {
                    filler.take(name, &Json::String(unguarded(cell.trim()).to_owned()));
                }
                let (entry, left) = filler.entry(whose);
                import.entries.push(entry);
                import.left.append(left);
            }
        }
    }
    Ok(import)
}

//! The report: every policy checked against every line.

use super::finding::Finding;
use super::fix::{Inputs, Need, fix};
use super::judge::judge;
use super::scope::Held;
use super::view::View;
use super::{Baseline, Line};
use crate::guid::Guid;
use crate::matrix::Row;
use crate::policy::{Setting, Value};
use crate::rollout::{Item, Target};

/// The positions of the rows sorted by name, members before owners: the table is in the order of reading.
pub fn by_name(rows: &[Row]) -> Vec<usize> {
    let mut places: Vec<(String, usize)> =
        rows.iter().enumerate().map(|(place, row)| (row.name().to_lowercase(), place)).collect();
    crate::order::sort_by(&mut places, |left, right| {
        left.0.cmp(&right.0).then_with(|| rows[left.1].class().cmp(&rows[right.1].class()))
    });
    places.into_iter().map(|(_, place)| place).collect()
}

/// Checks all policies against all lines: line by line, the rows by name.
pub fn findings(baseline: &Baseline, rows: &[Row], held: &dyn Fn(&Guid) -> Held) -> Vec<Finding> {
    let places = by_name(rows);
    let of_line = |line: &Line| {
        let line = *line;
        let one = move |row: usize| Finding { line, row, verdict: judge(&line, &rows[row], held) };
        places.clone().into_iter().map(one)
    };
    baseline.lines.iter().flat_map(of_line).collect()
}

/// The findings that a view shows; those that are not applicable only if asked for.
pub fn shown<'a, F: AsRef<Finding>>(findings: &'a [F], rows: &[Row], view: &View) -> Vec<&'a F> {
    let words: Vec<String> = view.text.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let id = view.text.trim().parse::<Guid>().ok();
    let passes = |finding: &&'a F| {
        let finding = (*finding).as_ref();
        let Some(row) = rows.get(finding.row) else { return false };
        let outcome = finding.verdict.outcome();
        let found = match &id {
            Some(id) => row.id() == id,
            None => {
                words.is_empty() || {
                    let name = [&row.name().to_lowercase(), " ", &finding.line.id.to_lowercase()].concat();
                    words.iter().all(|word| name.contains(word.as_str()))
                }
            }
        };
        view.show.admits(outcome) && view.class.is_none_or(|class| class == row.class()) && found
    };
    findings.iter().filter(passes).collect()
}

/// The fixes of findings as items for a change of many policies, one for each policy, in table order; and what other
/// findings still need from the person. A list is changed only if it still is what the check saw.
pub fn items(chosen: &[&Finding], rows: &[Row], inputs: &Inputs) -> (Vec<Item>, Vec<Need>) {
    let (mut wanted, mut needs) = (Vec::<(usize, Vec<(Setting, Value)>)>::new(), Vec::new());
    for finding in chosen {
        let Some(row) = rows.get(finding.row) else { continue };
        match fix(finding, row, inputs) {
            Err(need) => needs.push(need),
            Ok(values) if values.is_empty() => {}
            Ok(values) => match wanted.iter_mut().find(|(at, _)| *at == finding.row) {
                Some((_, known)) => {
                    for (setting, value) in values {
                        known.retain(|(other, _)| *other != setting);
                        known.push((setting, value));
                    }
                }
                None => wanted.push((finding.row, values)),
            },
        }
    }
    crate::order::sort_by(&mut wanted, |left, right| left.0.cmp(&right.0));
    let item = |(at, wanted): (usize, Vec<(Setting, Value)>)| {
        let row = rows.get(at)?;
        let target = Target { subject: row.subject.clone(), name: row.name().to_owned() };
        let only_from = wanted.iter().filter_map(|(setting, value)| list_held(row, *setting, value)).collect();
        Some(Item { target, wanted, only_from })
    };
    (wanted.into_iter().filter_map(item).collect(), needs)
}

/// The list that the new one was based on: what someone has added since must not be removed.
fn list_held(row: &Row, setting: Setting, wanted: &Value) -> Option<(Setting, Value)> {
    let nobody = match wanted {
        Value::Recipients(_) => Value::Recipients(Vec::new()),
        Value::Approvers(_) => Value::Approvers(Vec::new()),
        _ => return None,
    };
    let held = row.sheet().and_then(|sheet| sheet.value(setting)).cloned();
    Some((setting, held.unwrap_or(nobody)))
}

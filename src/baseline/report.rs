//! The report: every policy against every line.

use super::fix::{Inputs, Need, fix};
use super::judge::{Outcome, Verdict, judge};
use super::scope::Held;
use super::view::View;
use super::{Baseline, Line};
use crate::guid::Guid;
use crate::matrix::Row;
use crate::policy::{Setting, Value};
use crate::rollout::{Item, Target};

/// One policy against one line.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The line.
    pub line: Line,
    /// The row, by its place in the table.
    pub row: usize,
    /// How it stands.
    pub verdict: Verdict,
}

impl AsRef<Self> for Finding {
    fn as_ref(&self) -> &Self {
        self
    }
}

/// How many findings came out how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Met.
    pub met: usize,
    /// Not met.
    pub not_met: usize,
    /// Not known.
    pub not_known: usize,
    /// Not applicable.
    pub not_applicable: usize,
}

impl Totals {
    /// Counts findings.
    pub fn of(findings: impl IntoIterator<Item: AsRef<Finding>>) -> Self {
        let mut totals = Self::default();
        for finding in findings {
            match finding.as_ref().verdict.outcome() {
                Outcome::Met => totals.met += 1,
                Outcome::NotMet => totals.not_met += 1,
                Outcome::NotKnown => totals.not_known += 1,
                Outcome::NotApplicable => totals.not_applicable += 1,
            }
        }
        totals
    }

    /// Whether no line is about any policy.
    pub const fn is_about_nobody(&self) -> bool {
        self.met + self.not_met + self.not_known == 0
    }

    /// How many came out like this.
    pub const fn count(&self, outcome: Outcome) -> usize {
        match outcome {
            Outcome::Met => self.met,
            Outcome::NotMet => self.not_met,
            Outcome::NotKnown => self.not_known,
            Outcome::NotApplicable => self.not_applicable,
        }
    }
}

/// The places of the rows by name, members before owners: the table holds them as they were read.
pub fn by_name(rows: &[Row]) -> Vec<usize> {
    let mut places: Vec<(String, usize)> =
        rows.iter().enumerate().map(|(place, row)| (row.name().to_lowercase(), place)).collect();
    crate::order::sort_by(&mut places, |left, right| {
        left.0.cmp(&right.0).then_with(|| rows[left.1].class().cmp(&rows[right.1].class()))
    });
    places.into_iter().map(|(_, place)| place).collect()
}

/// All policies against all lines, line by line, rows by name.
pub fn findings(baseline: &Baseline, rows: &[Row], held: &dyn Fn(&Guid) -> Held) -> Vec<Finding> {
    let places = by_name(rows);
    let of_line = |line: &Line| {
        let line = *line;
        let one = move |row: usize| Finding { line, row, verdict: judge(&line, &rows[row], held) };
        places.clone().into_iter().map(one)
    };
    baseline.lines.iter().flat_map(of_line).collect()
}

/// The findings that a view shows; those that are not applicable only where they are asked for.
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

/// The fixes of findings as items of a rollout, a policy once, in the order of the table. Beside them how many findings
/// still need something of the person. A list of people or addresses is changed only from what it was when it was judged.
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

/// The list that a new one was made from: what somebody added to it since must not be taken away.
fn list_held(row: &Row, setting: Setting, wanted: &Value) -> Option<(Setting, Value)> {
    let nobody = match wanted {
        Value::Recipients(_) => Value::Recipients(Vec::new()),
        Value::Approvers(_) => Value::Approvers(Vec::new()),
        _ => return None,
    };
    let held = row.sheet().and_then(|sheet| sheet.value(setting)).cloned();
    Some((setting, held.unwrap_or(nobody)))
}

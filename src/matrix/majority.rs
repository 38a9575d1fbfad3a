//! The majority of a class: what most of its policies say, setting by setting.

use super::row::{Class, Row};
use crate::policy::compare::applies;
use crate::policy::{Setting, Sheet, Value};

/// The most frequent value of each setting among the rows of a class, leaving out settings without one. A value without
/// effect does not count, and a setting is left out if the majority's switch turns it off. `None` if all are left out,
/// and while fewer than three rows are read: two policies have no majority.
pub fn majority(rows: &[Row], class: Class) -> Option<Sheet> {
    let sheets: Vec<&Sheet> = rows.iter().filter(|row| row.class() == class).filter_map(Row::sheet).collect();
    if sheets.len() < FEWEST {
        return None;
    }
    let switch = |switch: Setting| leading(switch, &sheets)?.as_flag();
    let in_effect = Setting::all().filter(|setting| setting.applies(switch));
    let led: Vec<_> = in_effect.filter_map(|setting| Some((setting, leading(setting, &sheets)?))).collect();
    (!led.is_empty()).then(|| Sheet::kept(led))
}

/// The fewest policies that can have a majority.
const FEWEST: usize = 3;

fn leading(setting: Setting, sheets: &[&Sheet]) -> Option<Value> {
    let mut counts: Vec<(&Value, usize)> = Vec::new();
    let in_effect = sheets.iter().filter(|sheet| applies(setting, sheet));
    for value in in_effect.filter_map(|sheet| sheet.value(setting)) {
        match counts.iter_mut().find(|(known, _)| *known == value || known.means(value)) {
            Some((_, count)) => *count += 1,
            None => counts.push((value, 1)),
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max()?;
    let mut leaders = counts.iter().filter(|(_, count)| *count == most);
    let (leader, _) = leaders.next()?;
    // A tie has no leading value, nor has a setting on which every policy differs.
    (leaders.next().is_none() && most > 1).then(|| (*leader).clone())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::matrix::row::Standing;
    use crate::policy::{Access, Subject};

    fn row(access: Access, hours: &str) -> Row {
        let group = "7e526275-97a8-4dc6-932a-4db521cccf96".parse().unwrap();
        let sheet = Sheet::kept([(Setting::ActivationDuration, Value::Duration(hours.into()))]);
        Row { standing: Standing::Read(Arc::new(sheet)), ..Row::waiting(Subject::Group { group, access }, None) }
    }

    fn hours(rows: &[Row]) -> Option<String> {
        let found = majority(rows, Class::Members)?;
        found.value(Setting::ActivationDuration)?.as_duration().map(str::to_owned)
    }

    #[test]
    fn the_most_frequent_value_of_the_class_leads() {
        let member = |hours: &str| row(Access::Member, hours);
        let leading = |list: &[&str]| hours(&list.iter().map(|hours| member(hours)).collect::<Vec<_>>());
        assert_eq!(leading(&["PT8H", "PT1H", "PT480M"]).as_deref(), Some("PT8H"));
        assert_eq!(leading(&["PT8H", "PT8H", "PT1H", "PT1H"]), None, "a tie");
        assert_eq!(leading(&["PT8H", "PT4H", "PT1H"]), None, "everyone differs");
        assert_eq!(leading(&["PT8H", "PT8H"]), None, "too few");
        let mixed =
            [member("PT8H"), member("PT8H"), member("PT1H"), row(Access::Owner, "PT1H"), row(Access::Owner, "PT1H")];
        assert_eq!(hours(&mixed).as_deref(), Some("PT8H"), "owners do not count among members");
    }

    #[test]
    fn values_without_effect_do_not_count() {
        let with = |permanent: bool, period: &str| {
            let period = (Setting::EligibleExpiry, Value::Duration(period.into()));
            let sheet = Sheet::kept([(Setting::EligiblePermanent, Value::Flag(permanent)), period]);
            Row { standing: Standing::Read(Arc::new(sheet)), ..row(Access::Member, "PT8H") }
        };
        let leading = |rows: &[Row]| {
            let found = majority(rows, Class::Members).unwrap();
            let period = found.value(Setting::EligibleExpiry).and_then(Value::as_duration).map(str::to_owned);
            (found.flag(Setting::EligiblePermanent), period)
        };
        let (unused, used) = (with(true, "P365D"), with(false, "P90D"));
        let tie = [unused.clone(), unused.clone(), used.clone(), used.clone()];
        assert_eq!(leading(&tie), (None, Some("P90D".into())));
        let limited = [unused.clone(), unused.clone(), used.clone(), used.clone(), with(false, "P30D")];
        assert_eq!(leading(&limited), (Some(false), Some("P90D".into())));
        let permanent = [unused.clone(), unused.clone(), unused, used.clone(), used];
        assert_eq!(leading(&permanent), (Some(true), None), "the majority has no period");
    }
}

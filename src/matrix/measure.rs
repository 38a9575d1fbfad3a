//! The numbers in a column, and their unit.

use super::column::Column;
use crate::policy::change::length;
use crate::policy::compare::applies;
use crate::policy::{Setting, Sheet, Value};

/// The unit of a column's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Hours; stored in seconds.
    Hours,
    /// Days; stored in seconds.
    Days,
    /// People, groups, addresses.
    Pieces,
}

impl Unit {
    /// The size of one unit as a stored number.
    pub const fn size(self) -> i64 {
        match self {
            Self::Hours => 3_600,
            Self::Days => 86_400,
            Self::Pieces => 1,
        }
    }

    /// Parses what a person types: "4", "0.5", "0,5". Negative numbers are refused.
    pub fn read(self, typed: &str) -> Option<i64> {
        let typed = typed.trim().replace(',', ".");
        let (whole, part) = typed.split_once('.').unwrap_or((&typed, ""));
        let digits = |text: &str| text.len() <= 9 && text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(whole) || !digits(part) || whole.is_empty() && part.is_empty() {
            return None;
        }
        let number = |text: &str| if text.is_empty() { Some(0) } else { text.parse::<i64>().ok() };
        let below = 10_i64.checked_pow(u32::try_from(part.len()).ok()?)?;
        Some(number(whole)?.checked_mul(self.size())? + number(part)?.checked_mul(self.size())? / below)
    }

    /// A number as a person would type it, with at most two decimal places.
    pub fn written(self, number: i64) -> String {
        let (whole, rest) = (number / self.size(), number % self.size());
        let hundredths = rest * 100 / self.size();
        match (hundredths / 10, hundredths % 10) {
            (0, 0) => whole.to_string(),
            (tenths, 0) => [&whole.to_string(), ".", &tenths.to_string()].concat(),
            (tenths, rest) => [&whole.to_string(), ".", &tenths.to_string(), &rest.to_string()].concat(),
        }
    }
}

/// The unit of a column's numbers, if it has numbers.
pub const fn unit(column: Column) -> Option<Unit> {
    match column {
        Column::Setting(Setting::ActivationDuration) => Some(Unit::Hours),
        Column::Setting(Setting::EligibleExpiry | Setting::ActiveExpiry) => Some(Unit::Days),
        Column::Setting(Setting::Approvers) | Column::Mail(_) => Some(Unit::Pieces),
        Column::Setting(_) => None,
    }
}

/// A cell's number: seconds, approvers, additional addresses of a mail. A value without effect has none: a period is no
/// limit where assignments may be permanent, nobody approves where approval is not required, and some emails go to no
/// additional address.
pub fn measure(column: Column, sheet: &Sheet) -> Option<i64> {
    let setting = match column {
        Column::Setting(setting) => setting,
        Column::Mail(mail) => Setting::MailRecipients(mail),
    };
    let count = |number: usize| i64::try_from(number).ok();
    if !applies(setting, sheet) {
        return None;
    }
    match sheet.value(setting)? {
        value @ Value::Duration(_) => length(value),
        Value::Approvers(list) => count(list.len()),
        Value::Recipients(list) => count(list.len()),
        Value::Flag(_) | Value::Requirement(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{Approver, ApproverKind};

    #[test]
    fn numbers_are_read_as_people_type_them() {
        assert_eq!(Unit::Hours.read("4"), Some(14_400));
        assert_eq!(Unit::Hours.read(" 0,5 "), Some(1_800));
        assert_eq!(Unit::Hours.read("1."), Some(3_600));
        assert_eq!(Unit::Days.read("30"), Some(30 * 86_400));
        for text in ["", ".", "-1", "4x", "1.2.3", "99999999999"] {
            assert_eq!(Unit::Pieces.read(text), None, "{text}");
        }
        for text in ["4", "0.5", "8.25", "0"] {
            assert_eq!(Unit::Hours.written(Unit::Hours.read(text).unwrap()), text);
        }
    }

    #[test]
    fn only_a_value_with_an_effect_is_measured_and_years_have_their_days() {
        let of = |permanent: bool, period: &str| {
            let column = Column::Setting(Setting::EligibleExpiry);
            let period = (Setting::EligibleExpiry, Value::Duration(period.into()));
            measure(column, &Sheet::kept([(Setting::EligiblePermanent, Value::Flag(permanent)), period]))
        };
        assert_eq!(of(false, "P90D"), Some(90 * 86_400));
        assert_eq!(of(true, "P90D"), None, "nothing ends after 90 days");
        assert_eq!(of(false, "P1Y"), Some(365 * 86_400));
        assert_eq!(of(false, "P3M"), Some(90 * 86_400));
        let approvers = |required: bool| {
            let one = Approver { kind: ApproverKind::User, id: "a".into() };
            let list = (Setting::Approvers, Value::Approvers(vec![one]));
            let sheet = Sheet::kept([(Setting::ApprovalRequired, Value::Flag(required)), list]);
            measure(Column::Setting(Setting::Approvers), &sheet)
        };
        assert_eq!((approvers(true), approvers(false)), (Some(1), None));
    }
}

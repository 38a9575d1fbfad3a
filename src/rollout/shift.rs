//! What is different in a source since a person chose from it.

use super::choice::Offers;
use crate::policy::{Setting, Value};

/// A setting that its source offers with another value now, or no longer, or only now.
#[derive(Clone, Debug, PartialEq)]
pub struct Shift {
    /// The setting.
    pub setting: Setting,
    /// What the person saw; `None` if it was not offered.
    pub before: Option<Value>,
    /// What is offered now, if anything.
    pub now: Option<Value>,
    /// It is one of those to copy.
    pub picked: bool,
}

/// What a source can give, with the values.
pub fn offered(offers: Offers) -> Vec<(Setting, Value)> {
    offers.into_iter().filter_map(|(setting, value)| Some((setting, value.ok()?))).collect()
}

/// What is different between what the person saw and what is offered now: of the picked settings everything, of the
/// others only what is new.
pub fn shifts(seen: &[(Setting, Value)], now: &[(Setting, Value)], picked: &[Setting]) -> Vec<Shift> {
    let of = |list: &[(Setting, Value)], setting: Setting| {
        list.iter().find(|(own, _)| *own == setting).map(|(_, value)| value.clone())
    };
    let shift = |setting: Setting| {
        let (before, now, picked) = (of(seen, setting), of(now, setting), picked.contains(&setting));
        let differs = match (&before, &now) {
            (Some(before), Some(now)) => picked && !before.means(now),
            (Some(_), None) => picked,
            (None, Some(_)) => true,
            (None, None) => false,
        };
        differs.then_some(Shift { setting, before, now, picked })
    };
    Setting::all().filter_map(shift).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_picked_is_told_with_its_new_value_and_what_is_new_too() {
        let hours = |text: &str| Value::Duration(text.into());
        let seen = [
            (Setting::ActivationDuration, hours("PT8H")),
            (Setting::ActivationTicket, Value::Flag(true)),
            (Setting::ActiveExpiry, hours("P17D")),
            (Setting::EligibleExpiry, hours("P1D")),
        ];
        let now = [
            (Setting::ActivationDuration, hours("PT1H")),
            (Setting::ActiveExpiry, hours("P18D")),
            (Setting::EligibleExpiry, hours("PT24H")),
            (Setting::ActiveMfa, Value::Flag(true)),
        ];
        let picked = [Setting::ActivationDuration, Setting::ActivationTicket, Setting::EligibleExpiry];
        let shift = |setting, before: Option<Value>, now: Option<Value>, picked| Shift { setting, before, now, picked };
        let found = shifts(&seen, &now, &picked);
        assert_eq!(
            found,
            [
                shift(Setting::ActivationDuration, Some(hours("PT8H")), Some(hours("PT1H")), true),
                shift(Setting::ActivationTicket, Some(Value::Flag(true)), None, true),
                shift(Setting::ActiveMfa, None, Some(Value::Flag(true)), false),
            ]
        );
        assert_eq!(shifts(&seen, &seen, &picked), [], "nothing has changed");
        assert_eq!(shifts(&seen, &now, &[]).len(), 1, "what is not copied may have any value");
    }
}

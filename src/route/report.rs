//! How the report is shown, in an address: `?baseline=…&verdict=…&class=…&q=…&by=policy`.

use super::{parameter, query};
use crate::baseline::{By, Outcome, Show, View};
use crate::matrix::Class;

/// Parses it; what cannot be parsed is ignored.
pub(super) fn read(text: &str) -> View {
    let by_policy = parameter(text, "by").is_some_and(|word| word.eq_ignore_ascii_case("policy"));
    View {
        baseline: parameter(text, "baseline").unwrap_or_default(),
        show: parameter(text, "verdict").and_then(|name| Outcome::from_name(&name)).map(Show::Only).unwrap_or_default(),
        class: parameter(text, "class").and_then(|name| Class::from_name(&name)),
        text: parameter(text, "q").unwrap_or_default(),
        by: if by_policy { By::Policy } else { By::Line },
    }
}

/// Writes it, with its `?`; leaves out defaults.
pub(super) fn write(view: &View) -> String {
    query(&[
        ("baseline", view.baseline.as_str()),
        ("verdict", if let Show::Only(outcome) = view.show { outcome.as_str() } else { "" }),
        ("class", view.class.map_or("", Class::as_str)),
        ("q", &view.text),
        ("by", if view.by == By::Policy { "policy" } else { "" }),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_is_found_again() {
        let view = View {
            baseline: "deployment-plan".into(),
            show: Show::Only(Outcome::NotMet),
            class: Some(Class::Roles),
            text: "tier 0 & co".into(),
            by: By::Policy,
        };
        assert_eq!(read(write(&view).trim_start_matches('?')), view);
        assert_eq!((write(&View::NEW), read("verdict=x&class=y&by=z")), (String::new(), View::NEW));
    }
}

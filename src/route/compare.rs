//! What is compared, in an address: `#/compare?left=groups/{id}/member&right=roles/{templateId}&show=all`.

use super::parameter;
use crate::policy::Subject;

/// The two sides and how much of them is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Comparing {
    /// At the left; `None` while none is picked.
    pub left: Option<Subject>,
    /// At the right.
    pub right: Option<Subject>,
    /// All settings, not only those that differ.
    pub all: bool,
}

impl Comparing {
    /// Two policies, showing what differs.
    pub const fn of(left: Option<Subject>, right: Option<Subject>) -> Self {
        Self { left, right, all: false }
    }

    /// The same with the sides changed over.
    #[must_use]
    pub fn swapped(&self) -> Self {
        Self { left: self.right.clone(), right: self.left.clone(), all: self.all }
    }
}

/// Reads it; a side that names nothing is not picked.
pub(super) fn read(query: &str) -> Comparing {
    let side = |name: &str| parameter(query, name)?.trim().to_lowercase().parse().ok();
    let all = parameter(query, "show").is_some_and(|shown| shown.eq_ignore_ascii_case("all"));
    Comparing { left: side("left"), right: side("right"), all }
}

/// Writes it, with its `?`. The path of a subject holds nothing that an address would have to escape.
pub(super) fn write(comparing: &Comparing) -> String {
    let side = |name: &str, side: &Option<Subject>| side.as_ref().map(|subject| format!("{name}={subject}"));
    let parts: Vec<String> = [side("left", &comparing.left), side("right", &comparing.right)]
        .into_iter()
        .flatten()
        .chain(comparing.all.then(|| "show=all".to_owned()))
        .collect();
    if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) }
}

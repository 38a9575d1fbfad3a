//! Entra roles, and which of them a list shows.

use std::str::FromStr;

use crate::guid::Guid;

/// An Entra role.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Role {
    /// The definition's ID.
    pub id: Guid,
    /// The template's ID, the same in every tenant; for a custom role its own ID.
    pub template_id: Guid,
    /// Display name; empty if the directory has none.
    pub name: String,
    /// Description; empty when there is none.
    pub description: String,
    /// Created by Microsoft, not by this tenant.
    pub built_in: bool,
    /// Whether Microsoft marks it as privileged; `None` if that could not be read (beta only).
    pub privileged: Option<bool>,
}

impl Role {
    /// Whether it is the role with this ID, or its name contains all words of the text, in any case.
    pub fn matches(&self, text: &str) -> bool {
        if let Ok(id) = text.parse::<Guid>() {
            return self.template_id == id || self.id == id;
        }
        let name = self.name.to_lowercase();
        text.to_lowercase().split_whitespace().all(|word| name.contains(word))
    }
}

/// Which roles a list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum RoleFilter {
    /// Every role.
    #[default]
    All,
    /// Those that Microsoft marks as privileged.
    Privileged,
    /// Roles created by Microsoft.
    BuiltIn,
    /// Roles created by this tenant.
    Custom,
}

impl RoleFilter {
    /// All filters, in display order.
    pub const ALL: [Self; 4] = [Self::All, Self::Privileged, Self::BuiltIn, Self::Custom];

    /// The filter's name in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Privileged => "privileged",
            Self::BuiltIn => "built-in",
            Self::Custom => "custom",
        }
    }

    /// Whether it includes a role. A role whose mark could not be read counts as not privileged.
    pub fn admits(self, role: &Role) -> bool {
        match self {
            Self::All => true,
            Self::Privileged => role.privileged == Some(true),
            Self::BuiltIn => role.built_in,
            Self::Custom => !role.built_in,
        }
    }
}

impl FromStr for RoleFilter {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|filter| filter.as_str().eq_ignore_ascii_case(text)).ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_found_by_words_of_the_name_and_by_id() {
        let id = "62e90394-69f5-4237-9190-012177145e10";
        let role = |built_in, privileged| Role {
            id: id.parse().unwrap(),
            template_id: id.parse().unwrap(),
            name: "Global Administrator".into(),
            description: String::new(),
            built_in,
            privileged,
        };
        let global = role(true, Some(true));
        for (text, found) in [("", true), ("ADMIN glob", true), ("reader", false), (id, true)] {
            assert_eq!(global.matches(text), found, "{text}");
        }
        let admitted = |role: &Role| RoleFilter::ALL.map(|filter| filter.admits(role));
        assert_eq!(admitted(&global), [true, true, true, false]);
        assert_eq!(admitted(&role(false, None)), [true, false, false, true]);
        for filter in RoleFilter::ALL {
            assert_eq!(filter.as_str().parse(), Ok(filter));
        }
    }
}

//! What is wanted beyond the default sign-in: permissions that only some people need, requested by them or by their
//! installation.

use crate::auth::scope::Scope;
use crate::config::Config;

/// A part of the product that needs permissions of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Extra {
    /// Requests for Entra roles in the inbox.
    RoleRequests,
    /// The PIM policies of Entra roles.
    RolePolicies,
    /// The checks of a change that need more data than the policy itself.
    Checks,
}

impl Extra {
    /// Every extra.
    pub const ALL: [Self; 3] = [Self::RoleRequests, Self::RolePolicies, Self::Checks];

    /// The word it is stored as.
    pub const fn name(self) -> &'static str {
        match self {
            Self::RoleRequests => "role-requests",
            Self::RolePolicies => "role-policies",
            Self::Checks => "checks",
        }
    }

    /// The permissions it needs to read. Permissions that only write are asked for when first needed; requests for
    /// roles have no permission that only reads (graph.md G28).
    pub const fn scopes(self) -> &'static [Scope] {
        match self {
            Self::RoleRequests => &[Scope::RoleScheduleWrite, Scope::RoleRead],
            Self::RolePolicies => &[Scope::RoleRead, Scope::RolePolicyRead],
            Self::Checks => &[Scope::EligibilityRead, Scope::AccessPolicyRead],
        }
    }

    /// Whether the installation wants it for everybody, which leaves the person no choice.
    pub const fn is_of_installation(self, config: &Config) -> bool {
        config.entra_roles && matches!(self, Self::RoleRequests | Self::RolePolicies)
    }

    /// Whether these permissions allow it.
    pub fn is_granted(self, granted: impl Fn(Scope) -> bool) -> bool {
        self.scopes().iter().all(|scope| granted(*scope))
    }

    /// Whether this extra, and no other, needs this permission.
    pub fn alone_needs(self, scope: Scope) -> bool {
        Self::ALL.into_iter().all(|extra| (extra == self) == extra.scopes().contains(&scope))
    }

    /// The extras that a sign-in with these permissions asked for.
    pub fn asked_in(scopes: &[Scope]) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|extra| extra.is_granted(|scope| scopes.contains(&scope)))
    }
}

/// The extras that are wanted. A preference: stored in the browser as text, nothing secret.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extras(Vec<Extra>);

impl Extras {
    /// What the installation asks for, and what the person chose in this browser. Unknown words are skipped.
    pub fn of(config: &Config, stored: Option<&str>) -> Self {
        let chosen = Self::from_text(stored.unwrap_or_default());
        Self(Extra::ALL.into_iter().filter(|extra| extra.is_of_installation(config) || chosen.has(*extra)).collect())
    }

    /// The extras that a sign-in with these permissions asks for.
    pub fn asked_in(scopes: &[Scope]) -> Self {
        Self(Extra::asked_in(scopes).collect())
    }

    /// Reads what was stored.
    pub fn from_text(text: &str) -> Self {
        Self(Extra::ALL.into_iter().filter(|extra| text.split(',').any(|word| word.trim() == extra.name())).collect())
    }

    /// The text to store.
    pub fn to_text(&self) -> String {
        self.0.iter().map(|extra| extra.name()).collect::<Vec<_>>().join(",")
    }

    /// Whether this is wanted.
    pub fn has(&self, extra: Extra) -> bool {
        self.0.contains(&extra)
    }

    /// A copy with this extra added or removed.
    #[must_use]
    pub fn with(&self, extra: Extra, wanted: bool) -> Self {
        Self(Extra::ALL.into_iter().filter(|one| if *one == extra { wanted } else { self.has(*one) }).collect())
    }

    /// A copy without the extras in `others`.
    #[must_use]
    pub fn without(&self, others: &Self) -> Self {
        Self(self.0.iter().copied().filter(|extra| !others.has(*extra)).collect())
    }

    /// The extras of both.
    #[must_use]
    pub fn and(&self, others: &Self) -> Self {
        Self(Extra::ALL.into_iter().filter(|extra| self.has(*extra) || others.has(*extra)).collect())
    }

    /// Every permission a sign-in with these extras asks for.
    pub fn scopes(&self) -> Vec<Scope> {
        let mut scopes = Scope::SIGN_IN.to_vec();
        for scope in self.0.iter().flat_map(|extra| extra.scopes()) {
            if !scopes.contains(scope) {
                scopes.push(*scope);
            }
        }
        scopes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_kept_as_text() {
        for wanted in
            [Extras::default(), Extras::default().with(Extra::RolePolicies, true), Extras(Extra::ALL.to_vec())]
        {
            assert_eq!(Extras::from_text(&wanted.to_text()), wanted);
        }
        assert_eq!(Extras::from_text("role-requests, new-thing,,"), Extras(vec![Extra::RoleRequests]));
        let without = Extras(vec![Extra::RolePolicies, Extra::Checks]);
        assert_eq!(Extras(Extra::ALL.to_vec()).with(Extra::RoleRequests, false), without);
        let requests = Extras(vec![Extra::RoleRequests]);
        assert_eq!(Extras(Extra::ALL.to_vec()).without(&requests), without);
        assert_eq!(requests.and(&without), Extras(Extra::ALL.to_vec()));
    }

    #[test]
    fn each_extra_has_a_permission_of_its_own() {
        for extra in Extra::ALL {
            assert!(extra.scopes().iter().any(|scope| extra.alone_needs(*scope)), "{extra:?}");
        }
        assert!(!Extra::RoleRequests.alone_needs(Scope::RoleRead) && !Extra::Checks.alone_needs(Scope::RolePolicyRead));
    }

    #[test]
    fn the_default_asks_for_reading_only() {
        assert_eq!(Extras::default().scopes(), Scope::SIGN_IN);
        assert!(Scope::SIGN_IN.iter().all(|scope| !scope.name().contains("Write")));
        let all = Extras(Extra::ALL.to_vec()).scopes();
        assert_eq!(all.len(), Scope::SIGN_IN.len() + 5, "each once");
        assert_eq!(Extra::asked_in(&all).collect::<Vec<_>>(), Extra::ALL);
        assert_eq!(Extra::asked_in(&Scope::SIGN_IN).count(), 0);
    }
}

//! Role definitions: Microsoft's built-in roles, and three of the company's own.

use crate::directory::{RoleDefinition, Unit};
use crate::ids::guid;

/// Template ID, `*` if marked as privileged, name, short purpose; one role per line. IDs, names and marks are those of
/// Microsoft's page "Microsoft Entra built-in roles" of January 2026.
const BUILT_IN: &str = include_str!("roles.txt");

/// Name, enabled, description, allowed actions.
const CUSTOM: [(&str, bool, &str, &[&str]); 3] = [
    (
        "Contoso Application Support",
        true,
        "Renew certificates and read sign-ins of business applications",
        &[
            "microsoft.directory/applications/credentials/update",
            "microsoft.directory/servicePrincipals/standard/read",
            "microsoft.directory/signInReports/allProperties/read",
        ],
    ),
    (
        "Contoso Joiner Desk",
        true,
        "Create accounts for people who join",
        &["microsoft.directory/users/create", "microsoft.directory/users/usageLocation/update"],
    ),
    (
        "Contoso Device Clean-up (old)",
        false,
        "Not in use any more",
        &["microsoft.directory/devices/disable", "microsoft.directory/devices/delete"],
    ),
];

/// All role definitions.
pub(super) fn roles() -> Vec<RoleDefinition> {
    BUILT_IN.lines().filter_map(built_in).chain(CUSTOM.iter().map(custom)).collect()
}

fn built_in(line: &str) -> Option<RoleDefinition> {
    let mut parts = line.split('|');
    Some(RoleDefinition {
        id: parts.next()?.into(),
        privileged: parts.next()? == "*",
        name: parts.next()?.into(),
        description: parts.next()?.into(),
        built_in: true,
        enabled: true,
        actions: &[],
    })
}

fn custom(role: &(&'static str, bool, &'static str, &'static [&'static str])) -> RoleDefinition {
    let (name, enabled, description, actions) = *role;
    RoleDefinition {
        id: guid("role-definition", name),
        name: name.into(),
        description: description.into(),
        built_in: false,
        enabled,
        privileged: false,
        actions,
    }
}

/// Two administrative units.
pub(super) fn units() -> Vec<Unit> {
    let unit = |name: &str, description: &str| Unit {
        id: guid("unit", name),
        name: name.into(),
        description: description.into(),
    };
    vec![unit("Lisbon office", "People and devices in Lisbon"), unit("Field service", "Technicians on the road")]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::Role;
    use crate::ids::is_guid;

    #[test]
    fn the_list_is_whole() {
        let roles = roles();
        assert_eq!(roles.len(), BUILT_IN.lines().count() + CUSTOM.len());
        let ids: std::collections::HashSet<&str> = roles.iter().map(|role| role.id.as_str()).collect();
        assert!(ids.len() == roles.len() && roles.len() > 120 && ids.into_iter().all(is_guid));
        assert!(roles.iter().all(|role| !role.name.is_empty() && !role.description.is_empty()));
        for role in Role::ALL {
            assert!(roles.iter().any(|own| own.id == role.template() && own.name == role.name()), "{role:?}");
        }
        assert!(roles.iter().any(|role| role.name == "Global Administrator" && role.privileged));
        assert!(roles.iter().any(|role| role.name == "Reports Reader" && !role.privileged));
    }
}

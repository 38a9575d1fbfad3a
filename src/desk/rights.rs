//! Whether the signed-in person can probably change a policy. Only a hint: a role assigned for an administrative unit
//! counts too and cannot be seen here, so Microsoft always has the last word.

use serde_json::Value as Json;

use crate::directory::Holder;
use crate::graph::Error;
use crate::guid::Guid;

/// What is likely.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WriteRight {
    /// An active role or ownership that allows it was found.
    Likely,
    /// Roles and owners could be read, and none of them allows it.
    Unlikely,
    /// It could not be read.
    Unknown,
}

/// Global Administrator: any group and any role (graph.md G20).
const ANYTHING: &str = "62e90394-69f5-4237-9190-012177145e10";

/// Privileged Role Administrator: roles, and role-assignable groups; no other group.
const PRIVILEGED: [&str; 1] = ["e8611ab8-c189-46e8-94e1-60213ab1f814"];

/// Groups, Identity Governance, User Administrator and Directory Writers: groups that are not role-assignable
/// (graph.md G20).
const OTHER_GROUPS: [&str; 4] = [
    "fdd7a751-b60b-444a-984c-02652fe8fa1c",
    "45d8d3c5-c802-45c6-b32a-1d70b5e1e86e",
    "fe930be7-5e62-47db-91af-98c3a49a38b1",
    "9360feb5-f418-4baa-8175-e2a00bac4301",
];

/// Judges from the person's active directory roles and the group's owners, as Graph returned them. `owners` is `None`
/// for roles, which have none.
pub fn judge(
    me: &Guid,
    holder: &Holder,
    roles: &Result<Json, Error>,
    owners: Option<&Result<Json, Error>>,
) -> WriteRight {
    let entries =
        |answer: &Result<Json, Error>| answer.as_ref().ok().and_then(|body| body["value"].as_array().cloned());
    let owners = owners.map_or(Some(Vec::new()), entries);
    let is_owner = owners.as_ref().is_some_and(|list| {
        list.iter().any(|owner| owner["id"].as_str().is_some_and(|id| id.eq_ignore_ascii_case(me.as_str())))
    });
    if is_owner {
        return WriteRight::Likely;
    }
    let Some(roles) = entries(roles) else { return WriteRight::Unknown };
    let allowed: &[&str] = match holder {
        Holder::Group(group) if !group.role_assignable => &OTHER_GROUPS,
        Holder::Group(_) | Holder::Role(_) => &PRIVILEGED,
    };
    let allows = |template: &str| template == ANYTHING || allowed.contains(&template);
    if roles.iter().filter_map(|role| role["roleTemplateId"].as_str()).any(allows) {
        WriteRight::Likely
    } else if owners.is_some() {
        WriteRight::Unlikely
    } else {
        WriteRight::Unknown
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::{Group, Role};
    use serde_json::json;

    #[test]
    fn roles_and_ownership_decide() {
        let me: Guid = "11111111-1111-4111-8111-111111111111".parse().unwrap();
        let group = |role_assignable| {
            Holder::Group(Group {
                id: me.clone(),
                name: String::new(),
                description: String::new(),
                role_assignable,
                dynamic: false,
                synced: false,
            })
        };
        let roles = |template: &str| Ok(json!({"value": [{"id": "x"}, {"roleTemplateId": template}]}));
        let owners = |id: &str| Ok(json!({"value": [{"id": id}]}));
        let refused = || Err(Error::Refused(Box::default()));
        let groups_admin = OTHER_GROUPS[0];
        for (role_assignable, roles, owners, expected) in [
            (true, roles(ANYTHING), owners("x"), WriteRight::Likely),
            (false, roles(ANYTHING), owners("x"), WriteRight::Likely),
            (true, roles(PRIVILEGED[0]), owners("x"), WriteRight::Likely),
            (false, roles(PRIVILEGED[0]), owners("x"), WriteRight::Unlikely),
            (false, roles(groups_admin), owners("x"), WriteRight::Likely),
            (true, roles(groups_admin), owners("x"), WriteRight::Unlikely),
            (true, roles("x"), owners("11111111-1111-4111-8111-111111111111"), WriteRight::Likely),
            (true, refused(), owners("x"), WriteRight::Unknown),
            (true, roles("x"), refused(), WriteRight::Unknown),
        ] {
            assert_eq!(judge(&me, &group(role_assignable), &roles, Some(&owners)), expected);
        }
        let role = Holder::Role(Role {
            id: me.clone(),
            template_id: me.clone(),
            name: String::new(),
            description: String::new(),
            built_in: true,
            privileged: None,
        });
        for (roles, expected) in [
            (roles(ANYTHING), WriteRight::Likely),
            (roles(PRIVILEGED[0]), WriteRight::Likely),
            (roles(groups_admin), WriteRight::Unlikely),
            (refused(), WriteRight::Unknown),
        ] {
            assert_eq!(judge(&me, &role, &roles, None), expected);
        }
    }
}

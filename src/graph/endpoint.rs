//! Every Graph call the product makes: one function per call (v1.0 unless a function says beta). The facts behind them
//! are in `docs/graph.md`; comments refer to them by number.

pub mod approvals;
pub mod evidence;
mod policies;
mod preflight;
mod roles;

use serde_json::json;

pub use policies::{all_role_policies, assignment, patch_rule, policies, policy, policy_write};
pub use preflight::{access_policies, active, eligible, members, people_and_groups};
pub use roles::{role, role_privileged, roles, roles_privileged};

use super::odata::{literal, search};
use super::request::Request;
use crate::auth::scope::Scope;
use crate::guid::Guid;

const GROUPS: &[Scope] = &[Scope::GroupMemberReadAll];
const PEOPLE: &[Scope] = &[Scope::UserReadBasicAll];
const NAMES: &[Scope] = &[Scope::UserReadBasicAll, Scope::GroupMemberReadAll];

const GROUP_FIELDS: &str = "id,displayName,description,groupTypes,isAssignableToRole,onPremisesSyncEnabled";
const USER_FIELDS: &str = "id,displayName,userPrincipalName,mail,userType,accountEnabled";
const PIM: &str = "/identityGovernance/privilegedAccess/group";

/// Groups that PIM can manage: security groups and Microsoft 365 groups.
const OF_PIM: &str = "(securityEnabled%20eq%20true%20or%20groupTypes/any(c:c%20eq%20'Unified'))";
/// Groups that are offered as approvers.
const SECURITY: &str = "securityEnabled%20eq%20true";

/// Most IDs allowed in one `getByIds`.
pub const NAMES_PER_CALL: usize = 1000;

/// Groups asked for per page.
pub const GROUPS_PER_PAGE: usize = 50;

/// One group.
pub fn group(id: &Guid) -> Request {
    Request::get(format!("/groups/{id}?$select={GROUP_FIELDS}"), GROUPS)
}

/// The first page of all groups that PIM can manage, by name.
pub fn groups() -> Request {
    let path = format!(
        "/groups?$filter={OF_PIM}&$orderby=displayName&$count=true&$top={GROUPS_PER_PAGE}&$select={GROUP_FIELDS}"
    );
    Request::get(path, GROUPS).eventually()
}

/// The first page of groups that PIM can manage and whose name contains the words.
pub fn search_groups(text: &str, top: usize) -> Request {
    searched(text, top, OF_PIM)
}

/// The first page of groups that are offered as approvers and whose name contains the words.
pub fn search_approving_groups(text: &str, top: usize) -> Request {
    searched(text, top, SECURITY)
}

fn searched(text: &str, top: usize, which: &str) -> Request {
    let path = format!(
        "/groups?$search={}&$filter={which}&$orderby=displayName&$count=true&$top={top}&$select={GROUP_FIELDS}",
        search("displayName", text)
    );
    Request::get(path, GROUPS).eventually()
}

/// The groups with exactly this name, in any case, that PIM can manage. Short pages: all that matters is whether there
/// is none, one or several.
pub fn groups_named(name: &str) -> Request {
    named(name, OF_PIM)
}

/// The groups with exactly this name, in any case, that are offered as approvers.
pub fn approving_groups_named(name: &str) -> Request {
    named(name, SECURITY)
}

fn named(name: &str, which: &str) -> Request {
    let name = literal(name);
    let path = format!("/groups?$filter={which}%20and%20displayName%20eq%20{name}&$top=5&$select={GROUP_FIELDS}");
    Request::get(path, GROUPS)
}

/// The names by which a person can be found. A guest signs in with a name that differs from their email address.
pub const PERSON_NAMES: [&str; 3] = ["displayName", "userPrincipalName", "mail"];

/// The people with exactly this name, sign-in name or email address, in any case.
pub fn people_named(name: &str) -> Request {
    let name = literal(name);
    let any = PERSON_NAMES.map(|property| format!("{property}%20eq%20{name}")).join("%20or%20");
    Request::get(format!("/users?$filter={any}&$top=5&$select={USER_FIELDS}"), PEOPLE)
}

/// IDs of the groups that are in PIM (beta only).
pub fn groups_in_pim() -> Request {
    Request::get(format!("{PIM}/resources?$select=id"), &[Scope::PrivilegedAccessRead]).beta()
}

/// Whether one group is in PIM: 200 or 404 (beta).
pub fn group_in_pim(id: &Guid) -> Request {
    Request::get(format!("{PIM}/resources/{id}"), &[Scope::PrivilegedAccessRead]).beta()
}

/// The signed-in person's active directory roles, including those through groups.
pub fn my_roles() -> Request {
    let path = "/me/transitiveMemberOf/microsoft.graph.directoryRole?$count=true&$select=id,displayName,roleTemplateId";
    Request::get(path.to_owned(), &[Scope::UserRead]).eventually()
}

/// A group's owners, and whether they can sign in, which must be selected explicitly.
pub fn owners(id: &Guid) -> Request {
    Request::get(format!("/groups/{id}/owners?$select=id,accountEnabled"), GROUPS)
}

/// People whose name, sign-in name or email address contains the words.
pub fn search_people(text: &str, top: usize) -> Request {
    let any = PERSON_NAMES.map(|property| search(property, text)).join("%20OR%20");
    let path = format!("/users?$search={any}&$orderby=displayName&$count=true&$top={top}&$select={USER_FIELDS}");
    Request::get(path, PEOPLE).eventually()
}

/// Names of up to [`NAMES_PER_CALL`] people and groups.
pub fn names(ids: &[Guid]) -> Request {
    let ids: Vec<&str> = ids.iter().map(Guid::as_str).collect();
    Request::post("/directoryObjects/getByIds".to_owned(), json!({"ids": ids, "types": ["user", "group"]}), NAMES)
}

/// The tenant's authentication contexts.
pub fn authentication_contexts() -> Request {
    let path = "/identity/conditionalAccess/authenticationContextClassReferences";
    Request::get(path.to_owned(), &[Scope::AuthenticationContextRead])
}

/// The tenant's name.
pub fn organization() -> Request {
    Request::get("/organization?$select=id,displayName".to_owned(), &[Scope::UserRead])
}

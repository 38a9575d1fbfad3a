//! Directory objects as Graph writes them.

use serde_json::{Value, json};

use super::call::Call;
use super::people;
use crate::directory::{Group, Person, Role, Unit};
use crate::time::{DAY_MS, timestamp};

/// A group with the properties that Graph returns by default.
pub(super) fn group(group: &Group) -> Value {
    let mut types = Vec::new();
    if group.unified {
        types.push("Unified");
    }
    if group.membership_rule.is_some() {
        types.push("DynamicMembership");
    }
    let nickname: String = group.name.chars().filter(char::is_ascii_alphanumeric).collect();
    json!({
        "id": group.id,
        "deletedDateTime": null,
        "createdDateTime": timestamp(group.created_ms),
        "description": group.description,
        "displayName": group.name,
        "groupTypes": types,
        "isAssignableToRole": group.role_assignable.then_some(true),
        "mail": group.unified.then(|| format!("{nickname}@contoso.com")),
        "mailEnabled": group.unified,
        "mailNickname": nickname,
        "membershipRule": group.membership_rule,
        "membershipRuleProcessingState": group.membership_rule.as_ref().map(|_| "On"),
        "onPremisesLastSyncDateTime": group.synced.then(|| timestamp(group.created_ms + DAY_MS)),
        "onPremisesSyncEnabled": group.synced.then_some(true),
        "securityEnabled": !group.unified,
        "visibility": group.unified.then_some("Private"),
    })
}

/// A person with the properties that Graph returns by default. Title, department, account state and type need more than
/// `User.ReadBasic.All` and are null without it.
pub(super) fn person(person: &Person, full: bool) -> Value {
    let (given, family) = person.name.split_once(' ').unwrap_or((person.name.as_str(), ""));
    json!({
        "id": person.id,
        "businessPhones": [],
        "displayName": person.name,
        "givenName": given,
        "surname": family,
        "jobTitle": full.then_some(&person.job),
        "department": full.then_some(&person.department),
        "mail": person.mail,
        "mobilePhone": null,
        "officeLocation": null,
        "preferredLanguage": null,
        "userPrincipalName": person.upn,
        "accountEnabled": full.then_some(person.enabled),
        "userType": full.then_some(if person.guest { "Guest" } else { "Member" }),
    })
}

/// A person as part of another object: with all properties if the caller may read them.
pub(super) fn seen_person(own: &Person, call: &Call<'_>) -> Value {
    typed(person(own, call.has_scope(&people::FULL)), "user")
}

/// The properties of a person without `$select`.
pub(super) const PERSON_DEFAULT: &str = "id,businessPhones,displayName,givenName,surname,jobTitle,mail,mobilePhone,officeLocation,preferredLanguage,userPrincipalName";

/// A directory role.
pub(super) fn role(role: Role) -> Value {
    json!({
        "@odata.type": "#microsoft.graph.directoryRole",
        "id": crate::ids::guid("role", role.name()),
        "displayName": role.name(),
        "description": null,
        "roleTemplateId": role.template(),
    })
}

/// An administrative unit.
pub(super) fn unit(unit: &Unit) -> Value {
    json!({
        "@odata.type": "#microsoft.graph.administrativeUnit",
        "id": unit.id,
        "displayName": unit.name,
        "description": unit.description,
    })
}

/// The same object with its type, as in collections of directory objects.
pub(super) fn typed(mut object: Value, kind: &str) -> Value {
    object["@odata.type"] = format!("#microsoft.graph.{kind}").into();
    object
}

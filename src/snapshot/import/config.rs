//! EasyPIM's JSON: the orchestrator's configuration, or what `Get-PIMGroupPolicy` and `Get-PIMEntraRolePolicy` return.

use serde_json::{Map, Value as Json};

use super::super::MOST_POLICIES;
use super::super::fault::{Fault, Faults, Place, What, clip};
use super::values::Filler;
use super::{Import, Left, Whose};
use crate::guid::Guid;
use crate::policy::Access;

type Fields = Map<String, Json>;

/// The part that contains the templates.
const TEMPLATES: &str = "PolicyTemplates";

/// Parts that contain policies by the name of their group or role, under `Policies`.
const NESTED: [&str; 3] = ["GroupRoles", "Groups", "EntraRoles"];

/// Parts that are lists of policies, each naming its group or role.
const FLAT: [&str; 2] = ["GroupPolicies", "EntraRolePolicies"];

/// Parts of a configuration that are about something else.
const NOT_HERE: [&str; 9] = [
    "AzureRoles",
    "AzureRolesActive",
    "AzureRolePolicies",
    "EntraIDRoles",
    "EntraIDRolesActive",
    "GroupRolesActive",
    "Assignments",
    "ProtectedUsers",
    "ProtectedRoles",
];

/// Parses it. A missing template is a fault: its contents are unknown.
pub fn read(value: &Json) -> Result<Import, Vec<Fault>> {
    let mut reading = Reading::default();
    match value {
        Json::Array(list) => {
            for (at, entry) in list.iter().enumerate() {
                reading.flat(&["[", &at.to_string(), "]"].concat(), entry);
            }
        }
        Json::Object(file) => {
            let mut parts = [TEMPLATES].iter().chain(&NESTED).chain(&FLAT).chain(&NOT_HERE);
            if parts.any(|part| file.contains_key(*part)) {
                reading.config(file);
            } else {
                reading.flat("", value);
            }
        }
        _ => return Err(vec![Fault::file(What::NotKnown)]),
    }
    reading.faults.none().map(|()| reading.import)
}

#[derive(Default)]
struct Reading {
    import: Import,
    templates: Fields,
    faults: Faults,
}

impl Reading {
    fn config(&mut self, file: &Fields) {
        self.templates = self.fields(TEMPLATES, file.get(TEMPLATES)).cloned().unwrap_or_default();
        for part in ["GroupRoles", "Groups"] {
            let path = [part, ".Policies"].concat();
            let policies = file.get(part).and_then(|part| part.get("Policies"));
            let Some(groups) = self.fields(&path, policies) else { continue };
            for (group, roles) in groups {
                let own = [&path, ".", &clip(group)].concat();
                let Some(roles) = self.fields(&own, Some(roles)) else { continue };
                for (word, policy) in roles {
                    let path = [&own, ".", &clip(word)].concat();
                    match word.parse::<Access>() {
                        Ok(access) => {
                            let whose = group.parse().map_or_else(
                                |_| Whose::GroupName(group.clone(), Some(access)),
                                |id| Whose::GroupId(id, Some(access)),
                            );
                            self.policy(&path, policy, whose);
                        }
                        Err(()) => self.import.left.push(Place::Path(path), Left::NoAccess),
                    }
                }
            }
        }
        let policies = file.get("EntraRoles").and_then(|part| part.get("Policies"));
        if let Some(roles) = self.fields("EntraRoles.Policies", policies) {
            for (role, policy) in roles {
                let whose = role.parse().map_or_else(|_| Whose::RoleName(role.clone()), Whose::RoleId);
                self.policy(&["EntraRoles.Policies.", &clip(role)].concat(), policy, whose);
            }
        }
        for part in FLAT {
            match file.get(part) {
                None | Some(Json::Null) => {}
                Some(Json::Array(list)) => {
                    for (at, entry) in list.iter().enumerate() {
                        self.flat(&[part, "[", &at.to_string(), "]"].concat(), entry);
                    }
                }
                // What PowerShell makes of a list with one entry.
                Some(one @ Json::Object(_)) => self.flat(part, one),
                Some(_) => self.faults.push(Fault::at(part, What::WantsList)),
            }
        }
        self.other_parts(file);
    }

    /// The remaining parts of a configuration are listed, whether known to be about something else or unknown.
    fn other_parts(&mut self, file: &Fields) {
        for (name, part) in file.iter().filter(|(_, part)| !part.is_null()) {
            match part.get("Policies").and(part.as_object()) {
                Some(fields) if NESTED.contains(&name.as_str()) => {
                    for other in fields.keys().filter(|other| *other != "Policies") {
                        self.leave_part([&clip(name), ".", &clip(other)].concat());
                    }
                }
                _ if name == TEMPLATES || FLAT.contains(&name.as_str()) => {}
                _ => self.leave_part(clip(name)),
            }
        }
    }

    fn leave_part(&mut self, path: String) {
        self.import.left.push(Place::Path(path.clone()), Left::Part(path));
    }

    fn fields<'a>(&mut self, path: &str, value: Option<&'a Json>) -> Option<&'a Fields> {
        match value {
            None | Some(Json::Null) => None,
            Some(Json::Object(fields)) => Some(fields),
            Some(_) => {
                self.faults.push(Fault::at(path, What::WantsObject));
                None
            }
        }
    }

    /// An object that itself names its group or role.
    fn flat(&mut self, path: &str, entry: &Json) {
        let Json::Object(fields) = entry else {
            let what = if path.is_empty() { Fault::file(What::NotKnown) } else { Fault::at(path, What::WantsObject) };
            self.faults.push(what);
            return;
        };
        let inner = fields.get("Policy").filter(|inner| inner.is_object()).unwrap_or(entry);
        match whose(&|name| text(fields, name)) {
            Ok(whose) => self.policy(path, inner, whose),
            // An object with nothing of a policy is not a file of this kind at all.
            Err(Left::NoName) if path.is_empty() && text(fields, "ActivationDuration").is_none() => {
                self.faults.push(Fault::file(What::NotKnown));
            }
            Err(why) => self.import.left.push(Place::Path(path.to_owned()), why),
        }
    }

    fn policy(&mut self, path: &str, policy: &Json, whose: Whose) {
        let Some(fields) = self.fields(path, Some(policy)) else { return };
        if self.import.entries.len() >= MOST_POLICIES {
            self.faults.push(Fault::at(path, What::TooMany(MOST_POLICIES)));
            return;
        }
        let mut filler = Filler::new(Place::Path(path.to_owned()));
        let name = text(fields, "Template").or_else(|| text(fields, "PolicyTemplate"));
        if let Some(name) = name.filter(|name| !name.is_empty()) {
            match self.templates.get(&name) {
                Some(Json::Object(template)) => filler.take_all(template),
                _ => self.faults.push(Fault::at(path, What::NoTemplate(clip(&name)))),
            }
        }
        filler.take_all(fields);
        filler.periods_mean_an_end();
        let (entry, left) = filler.entry(whose);
        self.import.entries.push(entry);
        self.import.left.append(left);
    }
}

fn text(fields: &Fields, name: &str) -> Option<String> {
    let hit = fields.iter().find(|(own, _)| own.eq_ignore_ascii_case(name))?;
    hit.1.as_str().map(|text| text.trim().to_owned())
}

/// The subject of an entry, from its properties with certain names.
pub(super) fn whose(word: &dyn Fn(&str) -> Option<String>) -> Result<Whose, Left> {
    let word = |name: &str| word(name).filter(|text| !text.is_empty());
    // The ID of a group's policy contains the group's.
    let of_policy = word("PolicyID").and_then(|id| id.strip_prefix("Group_")?.get(..36)?.parse::<Guid>().ok());
    let id = word("GroupId").and_then(|id| id.parse().ok()).or(of_policy);
    let name = word("GroupName").or_else(|| word("GroupId"));
    if id.is_some() || name.is_some() {
        let words = ["Type", "AccessId", "Access", "RoleName", "Role"];
        // The output of `Get-PIMGroupPolicy` does not say: the person is asked.
        let access = words.iter().find_map(|name| word(name)?.parse::<Access>().ok());
        return Ok(match (id, name) {
            (Some(id), _) => Whose::GroupId(id, access),
            (None, name) => Whose::GroupName(name.unwrap_or_default(), access),
        });
    }
    let role = word("RoleID").and_then(|id| id.parse().ok()).map(Whose::RoleId);
    role.or_else(|| word("RoleName").map(Whose::RoleName)).ok_or(Left::NoName)
}

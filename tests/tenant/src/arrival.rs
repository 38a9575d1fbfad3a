//! A request that someone makes while the tenant runs.

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::directory::Access;
use crate::pim::{AccessRequest, Approver, Target};
use crate::tenant::Tenant;
use crate::time::HOUR_MS;

const MINUTE_MS: i64 = HOUR_MS / 60;

/// A new request: for a group when `group` is given, for a directory role when `role` is.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Arrival {
    /// `group` or `role`; may be left out.
    #[serde(default)]
    pub kind: Option<String>,
    /// Short name, user principal name or object ID of the requester.
    pub principal: String,
    /// The group's object ID or display name.
    #[serde(default)]
    pub group: Option<String>,
    /// Which access to the group.
    #[serde(default)]
    pub access: Access,
    /// The role definition's ID or display name.
    #[serde(default)]
    pub role: Option<String>,
    /// The object ID or name of the administrative unit; left out for the whole directory.
    #[serde(default)]
    pub unit: Option<String>,
    /// The requester's justification.
    #[serde(default)]
    pub justification: Option<String>,
    /// Ticket number and system.
    #[serde(default)]
    pub ticket: Option<(String, String)>,
    /// An `Edm.Duration`.
    #[serde(default = "two_hours")]
    pub duration: String,
    /// The requested action, in camel case.
    #[serde(default = "self_activate")]
    pub action: String,
    /// People (short name, user principal name, ID) and groups (ID, name) who may decide; for a role, an empty list
    /// means the built-in administrators.
    #[serde(default = "dana")]
    pub approvers: Vec<String>,
    /// How long ago it was made, in minutes.
    #[serde(default)]
    pub minutes_ago: i64,
    /// In how many minutes the access is to begin; left out for at once.
    #[serde(default)]
    pub starts_in_minutes: Option<i64>,
    /// Properties that replace those in answers.
    #[serde(default)]
    pub patch: Map<String, Value>,
}

fn two_hours() -> String {
    "PT2H".into()
}

fn self_activate() -> String {
    "selfActivate".into()
}

fn dana() -> Vec<String> {
    vec!["dana".into()]
}

impl Arrival {
    /// The request as the tenant stores it, with its own ID.
    ///
    /// # Errors
    /// A sentence about what the tenant does not know.
    pub(crate) fn request(&self, tenant: &Tenant, now: i64) -> Result<AccessRequest, String> {
        let unknown = |what: &str, name: &str| format!("{what} '{name}' is not in the tenant");
        let principal = tenant.person(&self.principal).ok_or_else(|| unknown("person", &self.principal))?;
        let approvers = self.approvers.iter().map(|name| {
            let person = tenant.person(name).map(|person| Approver::User(person.id.clone()));
            let group = || tenant.group(name).map(|group| Approver::Group(group.id.clone()));
            person.or_else(group).ok_or_else(|| unknown("approver", name))
        });
        let name = format!("arrival-{}", tenant.request_ids().len());
        let created = now - self.minutes_ago * MINUTE_MS;
        Ok(AccessRequest {
            action: self.action.clone(),
            justification: self.justification.clone(),
            ticket: self.ticket.clone(),
            start_ms: self.starts_in_minutes.map(|minutes| now + minutes * MINUTE_MS),
            duration: self.duration.clone(),
            approvers: approvers.collect::<Result<_, _>>()?,
            patch: self.patch.clone(),
            ..AccessRequest::new(&name, self.target(tenant)?, principal.id.clone(), created)
        })
    }

    fn target(&self, tenant: &Tenant) -> Result<Target, String> {
        let named = self.kind.as_deref();
        match (&self.group, &self.role) {
            (Some(group), None) if named.is_none_or(|kind| kind == "group") => {
                let group = tenant.group(group).ok_or_else(|| format!("group '{group}' is not in the tenant"))?;
                Ok(Target::Group { group: group.id.clone(), access: self.access })
            }
            (None, Some(role)) if named.is_none_or(|kind| kind == "role") => {
                let role = tenant.role(role).ok_or_else(|| format!("role '{role}' is not in the tenant"))?;
                let units = &tenant.directory.units;
                let unit = self.unit.as_ref().map(|name| {
                    let unit = units.iter().find(|unit| unit.id == *name || unit.name == *name);
                    unit.map(|unit| unit.id.clone()).ok_or_else(|| format!("unit '{name}' is not in the tenant"))
                });
                Ok(Target::Role { role: role.id.clone(), unit: unit.transpose()? })
            }
            _ => Err("a request is for either a group or a role".into()),
        }
    }
}

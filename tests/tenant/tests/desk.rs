//! A caller with a token, for tests in process.

use pim_desk_tenant::{Outcome, Request, Seed, Tenant};
use serde_json::Value;

/// `$filter` on one group, percent-encoded; `{}` is the place of its ID.
pub const GROUP_FILTER: &str = "scopeId%20eq%20'{}'%20and%20scopeType%20eq%20'Group'";

/// All scopes the product requests.
pub const SCOPES: [&str; 19] = [
    "User.Read",
    "User.ReadBasic.All",
    "GroupMember.Read.All",
    "PrivilegedAccess.Read.AzureADGroup",
    "RoleManagementPolicy.Read.AzureADGroup",
    "RoleManagementPolicy.ReadWrite.AzureADGroup",
    "PrivilegedAssignmentSchedule.Read.AzureADGroup",
    "PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup",
    "AuthenticationContext.Read.All",
    "RoleManagement.Read.Directory",
    "RoleManagementPolicy.Read.Directory",
    "RoleManagementPolicy.ReadWrite.Directory",
    "RoleAssignmentSchedule.Read.Directory",
    "RoleAssignmentSchedule.ReadWrite.Directory",
    "RoleEligibilitySchedule.Read.Directory",
    "PrivilegedEligibilitySchedule.Read.AzureADGroup",
    "RoleManagement.Read.All",
    "Policy.Read.All",
    "Policy.Read.ConditionalAccess",
];

/// A caller of Graph.
pub struct Desk {
    pub tenant: Tenant,
    pub now: i64,
    who: String,
    scopes: Vec<String>,
    token: String,
}

/// An answer with its body parsed.
pub struct Answer {
    pub status: u16,
    pub json: Value,
}

impl Desk {
    pub fn new(who: &str) -> Self {
        Self::with_scopes(who, &SCOPES)
    }

    pub fn with_scopes(who: &str, scopes: &[&str]) -> Self {
        Self::of(&Seed::default(), who, scopes)
    }

    pub fn of(seed: &Seed, who: &str, scopes: &[&str]) -> Self {
        let scopes: Vec<String> = scopes.iter().map(|&scope| scope.to_owned()).collect();
        let (tenant, now) = (Tenant::new(seed), seed.now_ms);
        let mut desk = Self { tenant, now, who: who.to_owned(), scopes, token: String::new() };
        desk.renew();
        desk
    }

    /// Gets a new token.
    pub fn renew(&mut self) {
        let scopes: Vec<&str> = self.scopes.iter().map(String::as_str).collect();
        self.token = self.tenant.issue_token(&self.who, &scopes, self.now);
    }

    pub fn group(&self, name: &str) -> String {
        self.tenant.group(name).unwrap().id.clone()
    }

    pub fn try_send(&mut self, request: Request) -> Outcome {
        let request = request.with_token(&self.token).with_header("ConsistencyLevel", "eventual");
        self.tenant.handle(&request, self.now)
    }

    pub fn send(&mut self, request: Request) -> Answer {
        let response = self.try_send(request).answer().expect("an answer");
        let json = serde_json::from_str(&response.body).unwrap_or(Value::Null);
        Answer { status: response.status, json }
    }

    pub fn get(&mut self, path: &str) -> Answer {
        self.send(Request::new("GET", &format!("https://graph.microsoft.com{path}")))
    }

    pub fn patch(&mut self, path: &str, body: &Value) -> Answer {
        self.send(Request::new("PATCH", &format!("https://graph.microsoft.com{path}")).with_json(body))
    }

    pub fn post(&mut self, path: &str, body: &Value) -> Answer {
        self.send(Request::new("POST", &format!("https://graph.microsoft.com{path}")).with_json(body))
    }
}

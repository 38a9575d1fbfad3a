//! An emulated Microsoft Entra tenant: the sign-in service and the part of Microsoft Graph that PIM needs, for groups
//! and for directory roles.
//!
//! [`Tenant::handle`] is a pure function of the state, the request and the time it is given. It opens no connection,
//! reads no clock and draws no randomness except from its own seed, so a test that sends the same requests gets the
//! same answers. The `server` feature puts a small HTTP server around it for people and browsers.

mod arrival;
mod directory;
mod encoding;
mod fault;
mod graph;
mod http;
mod ids;
mod pim;
mod seed;
#[cfg(feature = "server")]
pub mod server;
mod sign_in;
mod tenant;
mod time;
mod url;

pub use arrival::Arrival;
pub use directory::{Access, Group, Person, Role, RoleDefinition};
pub use fault::{Effect, Fault};
pub use http::{Outcome, Request, Response};
pub use seed::Seed;
pub use tenant::{Exchange, Summary, Tenant};

/// The tenant's ID.
pub const TENANT_ID: &str = "5a1e0000-0000-4000-8000-000000000001";
/// The client ID of the registered single-page application.
pub const CLIENT_ID: &str = "5a1e0000-0000-4000-8000-0000000000d1";
/// The tenant's display name.
pub const TENANT_NAME: &str = "Contoso";

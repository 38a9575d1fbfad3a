//! Words about Entra roles.

use crate::directory::Role;

/// Badge.
pub const PRIVILEGED: &str = "privileged";
/// Badge.
pub const BUILT_IN: &str = "built-in";
/// Badge.
pub const CUSTOM: &str = "custom";

/// A role's name, or what stands for one that has none.
pub fn name(role: &Role) -> String {
    if role.name.trim().is_empty() { super::group::no_name(role.template_id.as_str()) } else { role.name.clone() }
}

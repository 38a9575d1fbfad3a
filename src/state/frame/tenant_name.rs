//! The tenant's name, for every page that shows it.

use leptos::prelude::*;

/// The tenant's name, as a context.
#[derive(Clone, Copy)]
pub struct TenantName(pub Signal<String>);

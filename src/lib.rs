//! PIM Desk: Microsoft Entra Privileged Identity Management for groups and Entra roles, from a static web page.
//!
//! The core (everything but `browser`, `state` and `view`) is independent of the browser and is tested natively; the
//! compiler enforces that, because the browser crates exist only for `wasm32`.

pub mod approval;
pub mod auth;
pub mod baseline;
pub mod cloud;
pub mod config;
pub mod csv;
pub mod dead_end;
pub mod desk;
pub mod directory;
pub mod export;
pub mod graph;
pub mod guid;
pub mod instant;
pub mod matrix;
mod order;
pub mod percent;
pub mod policy;
pub mod problem;
pub mod receipt;
pub mod rollout;
pub mod route;
pub mod shortcut;
pub mod snapshot;
mod strict;
pub mod surplus;
pub mod template;
pub mod text;
pub mod typed_duration;
pub mod windowing;
pub mod world;

#[cfg(target_arch = "wasm32")]
pub mod browser;
#[cfg(target_arch = "wasm32")]
pub mod state;
#[cfg(target_arch = "wasm32")]
pub mod view;

//! PIM Desk: Microsoft Entra Privileged Identity Management for groups, from a static web page.
//!
//! The core (everything but `browser`, `state` and `view`) knows no browser and is tested natively; the compiler keeps
//! that border, because the browser crates exist only for `wasm32`.

pub mod auth;
pub mod cloud;
pub mod config;
pub mod guid;
pub mod world;

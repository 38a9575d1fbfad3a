//! What the frame around every page shows and follows: the route, keys, notices, tabs, time.

pub mod clip;
pub mod heading;
pub mod keyboard;
pub mod nav;
pub mod notice;
pub mod online;
pub mod tabs;
pub mod tenant_name;
pub mod time;
pub mod unkept;

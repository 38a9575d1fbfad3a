//! What tests share: a browser in front of the emulated tenant, people, policies, and clocks.

pub mod approver;
pub mod browser;
pub mod latency;
pub mod nobody;
pub mod rolling;
pub mod rules;
pub mod saving;
pub mod snapshots;
pub mod turns;
pub mod yielding;

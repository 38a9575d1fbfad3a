//! Groups, roles and people: what was searched for and typed, and the names that were read.

pub mod finder;
pub mod names;
pub mod roles;
pub mod shelf;
pub mod typing;

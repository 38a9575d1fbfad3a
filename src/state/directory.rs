//! Groups, roles and people: searches and typed text, and the names that were read.

pub mod finder;
pub mod names;
pub mod roles;
pub mod shelf;
pub mod typing;

//! The tenant from outside, in process.

mod desk;
mod directory;
mod faults;
mod main_job;
mod policies;
mod sign_in;

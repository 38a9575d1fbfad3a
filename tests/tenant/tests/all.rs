//! The tenant from outside, in process.

#[cfg(test)]
mod conformance;
#[cfg(test)]
mod desk;
#[cfg(test)]
mod directory;
#[cfg(test)]
mod evidence;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod main_job;
#[cfg(test)]
mod policies;
#[cfg(test)]
mod role_policies;
#[cfg(test)]
mod role_requests;
#[cfg(test)]
mod schema;
#[cfg(test)]
mod sign_in;

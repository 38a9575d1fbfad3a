//! Which policies of a plan, and of what became of one, are looked at, in an address: `?show=…`.

use super::{parameter, query};
use crate::rollout::aspect::Aspect;
use crate::rollout::outcome::Which;

fn read<T: Copy + Default, const N: usize>(text: &str, all: [T; N], name: fn(T) -> &'static str) -> T {
    let word = parameter(text, "show").unwrap_or_default();
    all.into_iter().find(|one| name(*one).eq_ignore_ascii_case(&word)).unwrap_or_default()
}

/// Reads which policies of a plan; what cannot be read does not count.
pub(super) fn read_plan(text: &str) -> Aspect {
    read(text, Aspect::ALL, Aspect::as_str)
}

/// The same of a receipt.
pub(super) fn read_receipt(text: &str) -> Which {
    read(text, Which::ALL, Which::as_str)
}

/// Writes the name of either, with its `?`; nothing for all.
pub(super) fn write(name: &str) -> String {
    query(&[("show", name)])
}

//! Which policies of a plan, or of its outcome, are shown, in an address: `?show=…`.

use super::{parameter, query};
use crate::rollout::aspect::Aspect;
use crate::rollout::outcome::Which;

fn read<T: Copy + Default, const N: usize>(text: &str, all: [T; N], name: fn(T) -> &'static str) -> T {
    let word = parameter(text, "show").unwrap_or_default();
    all.into_iter().find(|one| name(*one).eq_ignore_ascii_case(&word)).unwrap_or_default()
}

/// Parses which policies of a plan; what cannot be parsed is ignored.
pub(super) fn read_plan(text: &str) -> Aspect {
    read(text, Aspect::ALL, Aspect::as_str)
}

/// Parses which policies of a receipt; what cannot be parsed is ignored.
pub(super) fn read_receipt(text: &str) -> Which {
    read(text, Which::ALL, Which::as_str)
}

/// Writes the name of either, with its `?`; empty for all.
pub(super) fn write(name: &str) -> String {
    query(&[("show", name)])
}

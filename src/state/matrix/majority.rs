//! What most policies of the table say, while it fills and once it is full.

use leptos::prelude::*;

use crate::desk::survey::progress::{ReadingProgress, ReadingStage};
use crate::matrix::{Class, HolderKind, Row, Standard, majority};

/// What most policies of each class say; nothing for a class without a majority, or read for the first time: the marks
/// would change while someone reads them. While some are read again, it stays as it was, `before`.
pub fn of_most(
    rows: RwSignal<Vec<Row>>,
    groups: RwSignal<ReadingProgress>,
    roles: RwSignal<ReadingProgress>,
    before: Option<&Standard>,
) -> Standard {
    let mut found = Standard::default();
    for class in Class::ALL {
        let progress = match HolderKind::of(class) {
            HolderKind::Groups => groups,
            HolderKind::Roles => roles,
        };
        let (fills, runs) = progress.with(|progress| (progress.fills(), progress.stage == ReadingStage::Running));
        let kept = before.and_then(|before| before.class(class)).filter(|_| runs);
        found = match kept {
            _ if fills => found,
            Some(kept) => found.for_class(class, kept.clone()),
            None => match rows.with(|rows| majority(rows, class)) {
                Some(most) => found.for_class(class, most),
                None => found,
            },
        };
    }
    found
}

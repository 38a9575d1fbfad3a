//! Where the rows of a long table are, of which only those in view are in the document: plain arithmetic in pixels.

mod flight;

use std::ops::Range;

pub use self::flight::Flight;

/// Rows kept above and below those in view, so that fast scrolling finds them there.
const SPARE: usize = 6;

/// Most rows in the document.
pub const MOST: usize = 60;

/// A box that shows some of many rows of equal height.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    /// How many rows there are.
    pub rows: usize,
    /// The height of a row.
    pub row_px: u32,
    /// The height of the box without the table's header.
    pub box_px: u32,
    /// How far it is scrolled.
    pub top_px: u32,
}

/// A keyboard step in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// One row up.
    Up,
    /// One row down.
    Down,
    /// One box height up.
    PageUp,
    /// One box height down.
    PageDown,
    /// To the first row.
    First,
    /// To the last row.
    Last,
}

impl Window {
    fn in_sight(self) -> usize {
        usize::try_from(self.box_px / self.row_px.max(1)).unwrap_or_default()
    }

    /// How many rows the document contains: as many as fit, with some to spare; never more than [`MOST`].
    pub fn slots(self) -> usize {
        (self.in_sight() + 2 + 2 * SPARE).min(MOST).min(self.rows)
    }

    /// The first row that the document contains.
    pub fn first(self) -> usize {
        let at = usize::try_from(self.top_px / self.row_px.max(1)).unwrap_or_default();
        at.saturating_sub(SPARE).min(self.rows - self.slots())
    }

    /// The first row that is entirely in view.
    pub fn first_in_sight(self) -> usize {
        let at = usize::try_from(self.top_px.div_ceil(self.row_px.max(1))).unwrap_or_default();
        at.min(self.rows.saturating_sub(1))
    }

    /// How far to scroll so that a row is in view, moving as little as possible.
    pub fn revealing(self, row: usize) -> u32 {
        let from = u32::try_from(row).unwrap_or_default().saturating_mul(self.row_px);
        let to = from + self.row_px;
        if from < self.top_px {
            from
        } else if to > self.top_px + self.box_px {
            to.saturating_sub(self.box_px)
        } else {
            self.top_px
        }
    }

    /// The row that a step leads to.
    pub fn step(self, from: usize, step: Step) -> usize {
        let last = self.rows.saturating_sub(1);
        let page = self.in_sight().saturating_sub(1).max(1);
        match step {
            Step::Up => from.saturating_sub(1),
            Step::Down => (from + 1).min(last),
            Step::PageUp => from.saturating_sub(page),
            Step::PageDown => (from + page).min(last),
            Step::First => 0,
            Step::Last => last,
        }
    }
}

/// The columns of these widths that are at least partly between two positions; all in pixels from the start of the
/// first.
pub fn columns_between(widths: impl Iterator<Item = u32>, (from, to): (u32, u32)) -> Range<usize> {
    let (mut at, mut first, mut after) = (0, None, 0);
    for (place, width) in widths.enumerate() {
        if at + width > from && at < to {
            first.get_or_insert(place);
            after = place + 1;
        }
        at += width;
    }
    first.unwrap_or(after)..after
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TABLE: Window = Window { rows: 2000, row_px: 36, box_px: 720, top_px: 3600 };

    #[test]
    fn the_document_holds_what_is_in_sight_and_some_to_spare() {
        assert_eq!((TABLE.slots(), TABLE.first(), TABLE.first_in_sight()), (34, 94, 100));
        assert_eq!(Window { rows: 5, top_px: 0, ..TABLE }.slots(), 5);
        assert_eq!(Window { rows: 0, ..TABLE }.slots(), 0);
        assert_eq!(Window { box_px: 100_000, ..TABLE }.slots(), MOST);
    }

    #[test]
    fn steps_stay_in_the_table_and_bring_the_row_into_sight() {
        assert_eq!(TABLE.step(100, Step::Down), 101);
        assert_eq!(TABLE.step(100, Step::PageDown), 119);
        assert_eq!(TABLE.step(5, Step::PageUp), 0);
        assert_eq!(TABLE.step(1999, Step::Down), 1999);
        assert_eq!(TABLE.step(0, Step::Last), 1999);
        assert_eq!(TABLE.revealing(110), 3600, "already in sight");
        assert_eq!(TABLE.revealing(99), 3564);
        assert_eq!(TABLE.revealing(120), 3636);
    }

    #[test]
    fn columns_in_sight_are_those_of_which_a_part_can_be_seen() {
        let of = |from, to| columns_between([100, 50, 80].into_iter(), (from, to));
        assert_eq!(of(0, 1000), 0..3);
        assert_eq!(of(99, 101), 0..2);
        assert_eq!(of(100, 150), 1..2);
        assert_eq!(of(230, 900), 0..0, "right of all of them");
        assert_eq!(of(0, 0), 0..0);
    }

    proptest! {
        #[test]
        fn every_row_in_sight_is_in_the_document(rows in 1_usize..3000, box_px in 0_u32..1500, top in 0_u32..120_000) {
            let whole = u32::try_from(rows).unwrap() * 36;
            let window = Window { rows, row_px: 36, box_px, top_px: top.min(whole.saturating_sub(box_px)) };
            let (first, after) = (window.first(), window.first() + window.slots());
            prop_assert!(after <= rows);
            let seen = (window.top_px / 36) as usize..((window.top_px + box_px).div_ceil(36) as usize).min(rows);
            prop_assert!(first <= seen.start && seen.end <= after, "{first}..{after} holds {seen:?}");
        }
    }
}

//! How far the reading of the table is, and how old its contents are.

use crate::desk::survey::rows::{Counts, RowNews};

/// The time left is shown after this long, ms; before that it would keep changing.
const SURE_AFTER_MS: i64 = 5_000;

/// What the reading is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReadingStage {
    /// It has not begun.
    #[default]
    NotBegun,
    /// Calls are being made.
    Running,
    /// It has ended: everything was asked for.
    Complete,
    /// The person stopped it.
    Stopped,
}

/// How far the list of groups or roles is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum ListEnd {
    /// More may be found.
    #[default]
    Open,
    /// It broke off: nothing more will be found, though there may be more.
    BrokeOff,
    /// All of them were found.
    Whole,
}

/// The progress of a reading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReadingProgress {
    /// What it is doing.
    pub stage: ReadingStage,
    /// How many groups and roles were found.
    pub found: usize,
    /// How many of them were read, with or without success.
    pub read: usize,
    /// How many were read before this reading.
    pub read_before: usize,
    /// How many could not be read.
    pub failed: usize,
    /// How far their list is.
    pub list: ListEnd,
    /// Microsoft is throttling.
    pub slowed: bool,
    /// Only a part is being read again: what is shown about all of them stays as it was meanwhile.
    pub again: bool,
    /// When the reading began, ms since 1970; used to estimate the time left.
    pub began_unix_ms: i64,
    /// When the first reading that read any rows began, ms since 1970, once it has ended: no row is older.
    pub read_unix_ms: Option<i64>,
    /// When the reading began whose rows are the oldest, if it reads any, ms since 1970.
    oldest_unix_ms: i64,
}

impl ReadingProgress {
    /// A reading begins: the first one, the rest of it, or one of a part `again`, perhaps beside another one.
    pub const fn begin(&mut self, again: bool, beside_another: bool, now_unix_ms: i64) {
        // A retry while a first reading runs counts as part of that one.
        self.again = again && !(beside_another && self.fills());
        self.stage = ReadingStage::Running;
        self.began_unix_ms = now_unix_ms;
        if self.read_unix_ms.is_none() && !beside_another {
            self.oldest_unix_ms = now_unix_ms;
        }
        self.read_before = self.read;
        self.slowed &= beside_another;
    }

    /// The last reading that ran has ended.
    pub fn end(&mut self, counts: Counts) {
        self.count(counts);
        self.read_before = self.read;
        self.stage = if self.is_listed() && counts.left == 0 { ReadingStage::Complete } else { ReadingStage::Stopped };
        // The table is as old as its oldest rows, even if the rest is read later.
        let has_rows = counts.read > counts.failed;
        self.read_unix_ms = self.read_unix_ms.or(has_rows.then_some(self.oldest_unix_ms));
    }

    /// Takes in what is reported of the list.
    pub fn hear(&mut self, told: &[RowNews]) {
        if told.iter().any(|told| told.broke_off) {
            self.list = ListEnd::BrokeOff;
        } else if !self.is_listed() && told.iter().any(|told| told.listed) {
            self.list = ListEnd::Whole;
        }
        self.slowed |= told.iter().any(|told| told.slowed);
    }

    /// Takes in the counts.
    pub const fn count(&mut self, counts: Counts) {
        (self.found, self.read, self.failed) = (counts.found, counts.read, counts.failed);
    }

    /// How long this reading will still take, ms, once it can be estimated.
    pub fn left_ms(&self, now_unix_ms: i64) -> Option<i64> {
        let gone = now_unix_ms - self.began_unix_ms;
        let number = |number: usize| i64::try_from(number).ok().filter(|number| *number > 0);
        let done = number(self.read.saturating_sub(self.read_before))?;
        let rest = number(self.found.saturating_sub(self.read))?;
        (gone >= SURE_AFTER_MS && self.is_listed()).then(|| gone.saturating_mul(rest) / done)
    }

    /// Whether something is being read again.
    pub const fn rereads(&self) -> bool {
        matches!(self.stage, ReadingStage::Running) && self.again
    }

    /// Whether something is being read for the first time.
    pub const fn fills(&self) -> bool {
        matches!(self.stage, ReadingStage::Running) && !self.again
    }

    /// Whether nothing more will be found.
    pub fn is_listed(&self) -> bool {
        self.list != ListEnd::Open
    }

    /// Whether it began and did not find all.
    pub fn is_cut_off(&self) -> bool {
        self.stage != ReadingStage::NotBegun && self.list != ListEnd::Whole
    }

    /// Combines two readings: the result is as old as the older one.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        if other.stage == ReadingStage::NotBegun {
            return self;
        }
        let running = [self.stage, other.stage].contains(&ReadingStage::Running);
        let stage = match (running, self.stage) {
            (true, _) => ReadingStage::Running,
            (false, ReadingStage::Complete) => other.stage,
            (false, stage) => stage,
        };
        Self {
            stage,
            found: self.found + other.found,
            read: self.read + other.read,
            read_before: self.read_before + other.read_before,
            failed: self.failed + other.failed,
            list: self.list.min(other.list),
            slowed: self.slowed || other.slowed,
            again: self.again && other.again,
            began_unix_ms: self.began_unix_ms.max(other.began_unix_ms),
            read_unix_ms: [self.read_unix_ms, other.read_unix_ms].into_iter().flatten().min(),
            oldest_unix_ms: self.oldest_unix_ms.min(other.oldest_unix_ms),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOME_LEFT: Counts = Counts { found: 4, read: 2, failed: 0, left: 2 };
    const ALL: Counts = Counts { found: 4, read: 4, failed: 0, left: 0 };

    #[test]
    fn a_table_is_as_old_as_its_oldest_rows() {
        let mut groups = ReadingProgress::default();
        groups.begin(false, false, 8);
        groups.hear(&[RowNews { listed: true, ..RowNews::default() }]);
        groups.end(SOME_LEFT);
        assert_eq!((groups.stage, groups.read_unix_ms), (ReadingStage::Stopped, Some(8)));
        // The rest is read three hours later; after that a part of it again.
        groups.begin(false, false, 11);
        groups.end(ALL);
        groups.begin(true, false, 13);
        groups.end(ALL);
        assert_eq!((groups.stage, groups.read_unix_ms), (ReadingStage::Complete, Some(8)));
        let mut roles = ReadingProgress::default();
        assert_eq!(groups.and(roles), groups);
        roles.begin(false, false, 15);
        roles.end(ALL);
        assert_eq!((groups.and(roles).read_unix_ms, roles.and(groups).read_unix_ms), (Some(8), Some(8)));
    }

    #[test]
    fn a_retry_beside_the_first_reading_does_not_make_its_rows_younger() {
        let mut groups = ReadingProgress::default();
        groups.begin(false, false, 8);
        groups.begin(true, true, 10);
        assert_eq!(groups.read_unix_ms, None, "not before it has ended");
        groups.end(ALL);
        assert_eq!(groups.read_unix_ms, Some(8));
    }

    #[test]
    fn a_reading_without_a_row_dates_nothing() {
        let mut groups = ReadingProgress::default();
        groups.begin(false, false, 8);
        groups.end(Counts { found: 4, read: 1, failed: 1, left: 3 });
        assert_eq!(groups.read_unix_ms, None);
        groups.begin(false, false, 11);
        groups.end(ALL);
        assert_eq!(groups.read_unix_ms, Some(11));
    }

    #[test]
    fn the_time_left_follows_from_what_this_reading_read() {
        let of = |found, read| Counts { found, read, ..Counts::default() };
        let told = |listed, slowed| RowNews { listed, slowed, ..RowNews::default() };
        let mut groups = ReadingProgress::default();
        groups.begin(false, false, 0);
        groups.hear(&[told(true, true)]);
        groups.count(of(400, 100));
        assert_eq!((groups.left_ms(4_000), groups.left_ms(10_000)), (None, Some(30_000)));
        groups.end(of(400, 400));
        // Forty of them again: what was read before says nothing about this speed.
        groups.count(of(400, 360));
        groups.begin(true, false, 100_000);
        assert_eq!((groups.slowed, groups.left_ms(110_000)), (false, None));
        groups.count(of(400, 370));
        assert_eq!(groups.left_ms(110_000), Some(30_000));
        groups.hear(&[told(false, true)]);
        groups.begin(true, true, 120_000);
        assert!(groups.slowed, "the other reading goes on slowly");
        // Groups that were read say nothing about roles.
        groups.end(of(400, 400));
        let mut roles = ReadingProgress::default();
        roles.begin(false, false, 200_000);
        roles.hear(&[told(true, false)]);
        roles.count(of(100, 50));
        assert_eq!(groups.and(roles).left_ms(210_000), Some(10_000));
    }

    #[test]
    fn a_list_that_broke_off_is_not_whole() {
        let mut groups = ReadingProgress::default();
        assert!(!groups.is_cut_off(), "not asked for");
        groups.begin(false, false, 8);
        assert!(groups.is_cut_off(), "more may come");
        groups.hear(&[RowNews { listed: true, ..RowNews::default() }]);
        assert!(!groups.is_cut_off());
        groups.hear(&[RowNews { listed: true, broke_off: true, ..RowNews::default() }]);
        groups.end(ALL);
        assert!(groups.is_cut_off() && groups.stage == ReadingStage::Complete);
    }
}

//! How far the reading of the table is, and how old what it holds.

use super::table::{Counts, Told};

/// What the reading is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stage {
    /// It has not begun.
    #[default]
    NotBegun,
    /// Calls are under way.
    Running,
    /// Everything was asked for.
    Complete,
    /// The person stopped it.
    Stopped,
}

/// How far the list of groups or roles is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum List {
    /// More may be found.
    #[default]
    Open,
    /// It broke off: nothing more will be found, but there may be more.
    BrokeOff,
    /// All are found.
    Whole,
}

/// How far the reading is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// What it is doing.
    pub stage: Stage,
    /// Groups and roles that were found.
    pub found: usize,
    /// Those that are read, whatever came of it.
    pub read: usize,
    /// Those of them that could not be read.
    pub failed: usize,
    /// How far the list of them is.
    pub list: List,
    /// Microsoft asked to slow down.
    pub slowed: bool,
    /// Only a part is read, once more: what is told of all of them stands as it was meanwhile.
    pub again: bool,
    /// When the reading began, ms since 1970; for the time that is left.
    pub began_unix_ms: i64,
    /// When the first reading ended, ms since 1970: no row is older.
    pub ended_unix_ms: Option<i64>,
}

impl Progress {
    /// A reading begins: the first one, the rest of it, or of a part `again`, perhaps beside one that runs.
    pub const fn begin(&mut self, again: bool, beside_another: bool, now_unix_ms: i64) {
        // Beside a first reading that still runs, another try does not end it.
        self.again = again && !(beside_another && self.fills());
        self.stage = Stage::Running;
        self.began_unix_ms = now_unix_ms;
    }

    /// The last reading that ran has ended.
    pub fn end(&mut self, counts: Counts, now_unix_ms: i64) {
        self.count(counts);
        self.stage = if self.is_listed() && counts.left == 0 { Stage::Complete } else { Stage::Stopped };
        // The table is as old as its oldest rows, also where the rest is read later.
        let has_rows = counts.read > counts.failed;
        self.ended_unix_ms = self.ended_unix_ms.or(has_rows.then_some(now_unix_ms));
    }

    /// Takes in what is told of the list.
    pub fn hear(&mut self, told: &[Told]) {
        if told.iter().any(|told| told.broke_off) {
            self.list = List::BrokeOff;
        } else if !self.is_listed() && told.iter().any(|told| told.listed) {
            self.list = List::Whole;
        }
        self.slowed |= told.iter().any(|told| told.slowed);
    }

    /// Takes in how many there are.
    pub const fn count(&mut self, counts: Counts) {
        (self.found, self.read, self.failed) = (counts.found, counts.read, counts.failed);
    }

    /// Whether something is being read once more.
    pub const fn rereads(&self) -> bool {
        matches!(self.stage, Stage::Running) && self.again
    }

    /// Whether something is being read for the first time.
    pub const fn fills(&self) -> bool {
        matches!(self.stage, Stage::Running) && !self.again
    }

    /// Whether nothing more will be found.
    pub fn is_listed(&self) -> bool {
        self.list != List::Open
    }

    /// Whether it began and not all are found.
    pub fn is_cut_off(&self) -> bool {
        self.stage != Stage::NotBegun && self.list != List::Whole
    }

    /// Two readings as one: as old as the older one.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        if other.stage == Stage::NotBegun {
            return self;
        }
        let running = [self.stage, other.stage].contains(&Stage::Running);
        let stage = match (running, self.stage) {
            (true, _) => Stage::Running,
            (false, Stage::Complete) => other.stage,
            (false, stage) => stage,
        };
        Self {
            stage,
            found: self.found + other.found,
            read: self.read + other.read,
            failed: self.failed + other.failed,
            list: self.list.min(other.list),
            slowed: self.slowed || other.slowed,
            again: self.again && other.again,
            began_unix_ms: self.began_unix_ms.max(other.began_unix_ms),
            ended_unix_ms: [self.ended_unix_ms, other.ended_unix_ms].into_iter().flatten().min(),
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
        let mut groups = Progress::default();
        groups.begin(false, false, 8);
        groups.hear(&[Told { listed: true, ..Told::default() }]);
        groups.end(SOME_LEFT, 9);
        assert_eq!((groups.stage, groups.ended_unix_ms), (Stage::Stopped, Some(9)));
        // The rest is read three hours later; a part of it once more after that.
        groups.begin(false, false, 11);
        groups.end(ALL, 12);
        groups.begin(true, false, 13);
        groups.end(ALL, 14);
        assert_eq!((groups.stage, groups.ended_unix_ms), (Stage::Complete, Some(9)));
        let mut roles = Progress::default();
        assert_eq!(groups.and(roles), groups);
        roles.begin(false, false, 15);
        roles.end(ALL, 16);
        assert_eq!((groups.and(roles).ended_unix_ms, roles.and(groups).ended_unix_ms), (Some(9), Some(9)));
    }

    #[test]
    fn a_reading_without_a_row_dates_nothing() {
        let mut groups = Progress::default();
        groups.begin(false, false, 8);
        groups.end(Counts { found: 4, read: 1, failed: 1, left: 3 }, 9);
        assert_eq!(groups.ended_unix_ms, None);
        groups.begin(false, false, 11);
        groups.end(ALL, 12);
        assert_eq!(groups.ended_unix_ms, Some(12));
    }

    #[test]
    fn a_list_that_broke_off_is_not_whole() {
        let mut groups = Progress::default();
        assert!(!groups.is_cut_off(), "not asked for");
        groups.begin(false, false, 8);
        assert!(groups.is_cut_off(), "more may come");
        groups.hear(&[Told { listed: true, ..Told::default() }]);
        assert!(!groups.is_cut_off());
        groups.hear(&[Told { listed: true, broke_off: true, ..Told::default() }]);
        groups.end(ALL, 9);
        assert!(groups.is_cut_off() && groups.stage == Stage::Complete);
    }
}

//! How long and how many receipts are kept, and what goes when there is no room for all.

use std::collections::BTreeSet;

use super::{Receipt, RuleEnd, RuleRecord};
use crate::guid::Guid;
use crate::order::sort_by;
use crate::policy::{Change, RuleId, Setting};

/// Most receipts kept for one person in one tenant: a change of many policies leaves one for each.
pub const MOST: usize = 1_000;

/// How long one is kept, ms: 180 days.
pub const LIFE_MS: i64 = 180 * 24 * 60 * 60 * 1000;

/// Most characters for all of them; a browser allows about five million for everything stored by an origin.
pub const ROOM: usize = 2_000_000;

/// About how many characters a browser allows for everything stored by an origin, with some left over for the rest of
/// the page.
pub const ORIGIN: usize = 5_000_000;

/// Whether the outcome of a stored receipt or record may be unknown, without parsing it.
pub fn may_be_open(text: &str) -> bool {
    // Inside a JSON text its quotes would be escaped: this can only be the name of a field.
    !text.contains("\"endedUnixMs\":") || text.contains("\"endedUnixMs\":null")
}

/// The IDs of stored items that are not among the `known` and cannot be read, perhaps because a newer version wrote
/// them: they are left alone.
pub fn unreadable(stored: &[(String, String)], known: &BTreeSet<&str>, reads: fn(&str) -> bool) -> Vec<Guid> {
    let unread = stored.iter().filter(|(id, text)| !known.contains(id.as_str()) && !reads(text));
    unread.filter_map(|(id, _)| id.parse().ok()).collect()
}

/// Puts the newest first.
pub fn newest_first(receipts: &mut Vec<Receipt>) {
    sort_by(receipts, |left, right| {
        right.started_unix_ms.cmp(&left.started_unix_ms).then_with(|| right.id.as_str().cmp(left.id.as_str()))
    });
}

/// What is known of a stored item without parsing it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSize {
    /// Its ID.
    pub id: Guid,
    /// When it began, ms since 1970.
    pub started_unix_ms: i64,
    /// Its stored length, in characters.
    pub size: usize,
    /// Its length without the optional parts.
    pub small: usize,
    /// It is needed: its outcome is not known yet, or it belongs to the running or the latest change of many policies.
    pub held: bool,
    /// Its present form is stored. One that only the page has takes no room, and is nowhere else.
    pub stored: bool,
}

/// What must be shortened or deleted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Going {
    /// To be shortened.
    pub shorter: Vec<Guid>,
    /// To be deleted.
    pub dropped: Vec<Guid>,
}

/// What must go, of all that is stored, in any order: what is too old, and the oldest beyond number and room. Before
/// anything is deleted for lack of room, the oldest are shortened. What is needed stays, however much it is.
pub fn going(kept: &[StoredSize], now_unix_ms: i64) -> Going {
    let mut kept: Vec<StoredSize> = kept.iter().filter(|one| one.stored).cloned().collect();
    sort_by(&mut kept, |left, right| right.started_unix_ms.cmp(&left.started_unix_ms));
    let mut going = Going::default();
    let mut stay: Vec<&StoredSize> = Vec::new();
    for one in &kept {
        let old = now_unix_ms - one.started_unix_ms > LIFE_MS;
        if (old || stay.len() >= MOST) && !one.held { going.dropped.push(one.id.clone()) } else { stay.push(one) }
    }
    let mut room: usize = stay.iter().map(|one| one.size).sum();
    for one in stay.iter().rev().filter(|one| one.small < one.size) {
        if room <= ROOM {
            return going;
        }
        room -= one.size - one.small;
        going.shorter.push(one.id.clone());
    }
    for one in stay.iter().rev().filter(|one| !one.held) {
        if room <= ROOM {
            break;
        }
        room -= one.small;
        going.shorter.retain(|id| *id != one.id);
        going.dropped.push(one.id.clone());
    }
    going
}

/// How a stored item makes room for another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// It becomes shorter.
    Shorter,
    /// It is deleted.
    Gone,
}

/// What makes room next, and how many characters: the oldest that can be shortened, else the oldest that is not needed.
pub fn next_way(kept: &[StoredSize]) -> Option<(&Guid, Way, usize)> {
    let oldest = |is: fn(&&StoredSize) -> bool| {
        kept.iter().filter(|one| one.stored).filter(is).min_by_key(|one| one.started_unix_ms)
    };
    let shorter = oldest(|one| one.small < one.size).map(|one| (&one.id, Way::Shorter, one.size - one.small));
    shorter.or_else(|| oldest(|one| !one.held).map(|one| (&one.id, Way::Gone, one.size)))
}

/// Stores something of this length; returns whether that worked. As long as the browser refuses it, `give_way` makes
/// room and returns how many characters, or `None` if it cannot. If twice the length does not help, room is not what is
/// missing.
pub fn store_with_room(
    length: usize,
    store: &mut dyn FnMut() -> bool,
    give_way: &mut dyn FnMut() -> Option<usize>,
) -> bool {
    let mut freed = 0;
    while !store() {
        if freed >= 2 * length {
            return false;
        }
        let Some(more) = give_way() else { return false };
        freed += more;
    }
    true
}

/// About how many characters the shortened receipt of these changes takes.
pub fn room_for(changes: &[Change]) -> usize {
    let length = |change: &Change| {
        let value = |value| serde_json::to_string(value).map_or(0, |text| text.len());
        value(&change.before) + value(&change.after)
    };
    let rules: BTreeSet<RuleId> = changes.iter().flat_map(|change| rules_of(change.setting)).collect();
    let values: usize = changes.iter().map(length).sum();
    OF_RECEIPT + rules.len() * OF_RULE + changes.len() * OF_CHANGE + values
}

/// How many of these receipts fit, and how many there are, if not all fit.
pub fn fitting(room: usize, receipts: &mut dyn Iterator<Item = &[Change]>) -> Option<(usize, usize)> {
    let (mut taken, mut fit, mut all) = (0, 0, 0);
    for changes in receipts {
        all += 1;
        taken += room_for(changes);
        fit += usize::from(taken <= room);
    }
    (fit < all).then_some((fit, all))
}

/// Characters of a receipt besides its rules and changes: IDs, names, times; and its storage key.
const OF_RECEIPT: usize = 700;

/// Characters of a rule: its IDs, its outcome.
const OF_RULE: usize = 280;

/// Characters of a change besides its values.
const OF_CHANGE: usize = 60;

fn rules_of(setting: Setting) -> impl Iterator<Item = RuleId> {
    let (first, second) = setting.rules();
    [Some(first), second].into_iter().flatten()
}

impl Receipt {
    /// Without the previous rules that can be derived from its changes. Those of a setting stored in two rules stay
    /// unless both were read back: without them nobody can say what the save left.
    #[must_use]
    pub fn short(&self) -> Self {
        let mut short = self.clone();
        let halves = self.changes.iter().filter(|changed| changed.setting.rules().1.is_some());
        let open = halves.filter(|changed| !self.is_all_verified(changed.setting));
        let needed: BTreeSet<RuleId> = open.flat_map(|changed| rules_of(changed.setting)).collect();
        short.before.retain(|raw| {
            let id = raw["id"].as_str().and_then(RuleId::parse);
            id.is_some_and(|id| needed.contains(&id))
        });
        short
    }

    /// The form that is stored if the browser refuses the current one: never longer than the one from before the first
    /// write, so that there is room for it. In it, what was sent is uncertain until the policy is read again.
    #[must_use]
    pub fn in_doubt(&self) -> Self {
        let rule = |rule: &RuleRecord| RuleRecord {
            end: match rule.end {
                RuleEnd::Queued | RuleEnd::NotAttempted => RuleEnd::Queued,
                RuleEnd::Failed => RuleEnd::Failed,
                _ => RuleEnd::Lost,
            },
            at_unix_ms: None,
            request_id: None,
            client_request_id: None,
            refused: None,
            ..rule.clone()
        };
        Self { ended_unix_ms: None, interrupted: false, rules: self.rules.iter().map(rule).collect(), ..self.clone() }
    }

    /// Whether every rule of a setting that the save sent was read back.
    pub fn is_all_verified(&self, setting: Setting) -> bool {
        let mut rules = self.rules.iter().filter(|rule| rule.settings.contains(&setting)).peekable();
        rules.peek().is_some() && rules.all(|rule| rule.end.is_there())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: usize) -> Guid {
        format!("00000000-0000-4000-8000-{number:012}").parse().unwrap()
    }

    fn kept(number: usize, started_unix_ms: i64, size: usize) -> StoredSize {
        StoredSize { id: id(number), started_unix_ms, size, small: size, held: false, stored: true }
    }

    fn held(number: usize, started_unix_ms: i64, size: usize) -> StoredSize {
        StoredSize { held: true, ..kept(number, started_unix_ms, size) }
    }

    fn dropped(all: &[StoredSize], now: i64) -> Vec<Guid> {
        going(all, now).dropped
    }

    #[test]
    fn the_oldest_go_and_what_is_held_stays() {
        let now = 10 * LIFE_MS;
        let fresh: Vec<_> = (0..MOST + 3).map(|at| kept(at, now - i64::try_from(at).unwrap(), 100)).collect();
        assert_eq!(dropped(&fresh, now), [id(MOST), id(MOST + 1), id(MOST + 2)]);
        let old = [kept(1, now - LIFE_MS - 1, 1), held(2, now - LIFE_MS - 1, 1), kept(3, now, 1)];
        assert_eq!(dropped(&old, now), [id(1)]);
        let large = [kept(1, now, ROOM - 1), kept(2, now - 1, 2)];
        assert_eq!(dropped(&large, now), [id(2)]);
    }

    #[test]
    fn a_large_change_of_many_policies_loses_none_of_its_receipts() {
        let now = 10 * LIFE_MS;
        let mut all: Vec<_> = (0..2 * MOST).map(|at| held(at, now - i64::try_from(at).unwrap(), 5_000)).collect();
        all.push(kept(9_999, now - 1_000_000, 10));
        assert_eq!(dropped(&all, now), [id(9_999)]);
    }

    #[test]
    fn too_little_room_is_told_in_numbers() {
        let none: &[Change] = &[];
        let each = room_for(none);
        assert_eq!(fitting(3 * each, &mut [none; 3].into_iter()), None);
        assert_eq!(fitting(3 * each - 1, &mut [none; 5].into_iter()), Some((2, 5)));
        assert_eq!(fitting(0, &mut [none; 2].into_iter()), Some((0, 2)));
    }

    #[test]
    fn before_one_is_forgotten_the_oldest_become_shorter() {
        let now = 10 * LIFE_MS;
        let all: Vec<_> = (0..4)
            .map(|at| StoredSize { small: ROOM / 8, ..kept(at, now - i64::try_from(at).unwrap(), ROOM / 3) })
            .collect();
        assert_eq!(going(&all, now), Going { shorter: vec![id(3), id(2)], dropped: Vec::new() });
        let tight: Vec<_> = all.iter().map(|one| StoredSize { small: ROOM / 3, ..one.clone() }).collect();
        assert_eq!(going(&tight, now), Going { shorter: Vec::new(), dropped: vec![id(3)] });
        assert_eq!(going(&all[..3], now), Going::default());
    }

    /// A browser's storage: what is in it, the most that it takes, and whether it refuses everything.
    struct Shelf {
        kept: Vec<StoredSize>,
        most: usize,
        refuses: bool,
    }

    impl Shelf {
        fn used(&self) -> usize {
            self.kept.iter().filter(|one| one.stored).map(|one| one.size).sum()
        }

        fn give_way(&mut self) -> Option<usize> {
            let (id, way, freed) = next_way(&self.kept).map(|(id, way, freed)| (id.clone(), way, freed))?;
            if self.refuses {
                return None;
            }
            match way {
                Way::Shorter => self.kept.iter_mut().filter(|one| one.id == id).for_each(|one| one.size = one.small),
                Way::Gone => self.kept.retain(|one| one.id != id),
            }
            Some(freed)
        }

        /// Stores something new; returns whether that worked and which are left.
        fn store(mut self, length: usize) -> (bool, Vec<Guid>) {
            let shelf = std::cell::RefCell::new(&mut self);
            let mut fits = || {
                let shelf = shelf.borrow();
                !shelf.refuses && shelf.used() + length <= shelf.most
            };
            let stored = store_with_room(length, &mut fits, &mut || shelf.borrow_mut().give_way());
            (stored, self.kept.into_iter().map(|one| one.id).collect())
        }
    }

    fn ten() -> Vec<StoredSize> {
        (0..10).map(|at| kept(at, i64::try_from(at).unwrap(), 100)).collect()
    }

    #[test]
    fn a_full_browser_loses_the_oldest_and_no_more_than_needed() {
        let mut all = ten();
        all[0].held = true;
        all[4].small = 10;
        assert_eq!(Shelf { kept: all.clone(), most: 1_000, refuses: false }.store(90).1.len(), 10);
        let (stored, left) = Shelf { kept: all, most: 1_000, refuses: false }.store(250);
        assert!(stored);
        assert_eq!(left, [0, 3, 4, 5, 6, 7, 8, 9].map(id));
    }

    #[test]
    fn a_browser_that_refuses_everything_loses_nothing() {
        let (stored, left) = Shelf { kept: ten(), most: 1_000, refuses: true }.store(100);
        assert!(!stored && left.len() == 10);
        let (stored, left) = Shelf { kept: ten(), most: 0, refuses: false }.store(100);
        assert!(!stored && left.len() == 8, "it takes nothing more, whatever is deleted: {left:?}");
    }

    #[test]
    fn what_only_the_page_has_neither_makes_room_nor_goes() {
        let all: Vec<_> = ten().into_iter().map(|one| StoredSize { stored: false, ..one }).collect();
        assert_eq!(
            Shelf { kept: all.clone(), most: 50, refuses: false }.store(100),
            (false, (0..10).map(id).collect())
        );
        let large: Vec<_> = all.into_iter().map(|one| StoredSize { size: ROOM, small: 1, ..one }).collect();
        assert_eq!(going(&large, 10 * LIFE_MS), Going::default());
    }
}

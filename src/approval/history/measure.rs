//! How long decisions take, by group or role.

use super::PastRequest;
use crate::approval::{Ending, Target};
use crate::order::sort_by;

/// The figures for one group or role.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// The group or role.
    pub target: Target,
    /// How many were approved.
    pub approved: usize,
    /// How many were denied.
    pub denied: usize,
    /// How many expired without a decision.
    pub lapsed: usize,
    /// The median time to a decision, ms; for an even number, the mean of the middle two.
    pub median_ms: Option<i64>,
}

/// The figures for each group or role, most requested first. Requests without a known target are left out.
pub fn measures(entries: &[PastRequest]) -> Vec<Measure> {
    let mut groups: Vec<Vec<&PastRequest>> = Vec::new();
    for entry in entries.iter().filter(|entry| entry.request.target.id().is_some()) {
        let same = |group: &&mut Vec<&PastRequest>| {
            group.first().is_some_and(|first| first.request.target.is_same(&entry.request.target))
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.push(entry),
            None => groups.push(vec![entry]),
        }
    }
    sort_by(&mut groups, |left, right| right.len().cmp(&left.len()));
    groups.iter().filter_map(|group| measure(group)).collect()
}

fn measure(entries: &[&PastRequest]) -> Option<Measure> {
    let count = |ending: Ending| entries.iter().filter(|entry| entry.ending == ending).count();
    // The latest request has the most current name of the target.
    let latest = entries.iter().max_by_key(|entry| entry.request.created_unix_ms)?;
    Some(Measure {
        target: latest.request.target.clone(),
        approved: count(Ending::Approved),
        denied: count(Ending::Denied),
        lapsed: count(Ending::Lapsed),
        median_ms: median(entries.iter().filter_map(|entry| entry.waited_ms()).collect()),
    })
}

fn median(mut times: Vec<i64>) -> Option<i64> {
    sort_by(&mut times, Ord::cmp);
    let middle = times.len() / 2;
    let upper = *times.get(middle)?;
    if times.len() % 2 == 1 {
        return Some(upper);
    }
    Some(times.get(middle.checked_sub(1)?)?.midpoint(upper))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_median_is_the_middle_one() {
        assert_eq!(median(vec![]), None);
        assert_eq!(median(vec![7]), Some(7));
        assert_eq!(median(vec![9, 1]), Some(5));
        assert_eq!(median(vec![9, 1, 2]), Some(2));
        assert_eq!(median(vec![i64::MAX, i64::MAX]), Some(i64::MAX));
    }

    proptest! {
        #[test]
        fn half_lies_on_each_side(times in prop::collection::vec(0i64..1_000, 1..40)) {
            let found = median(times.clone()).unwrap();
            prop_assert!(times.iter().filter(|time| **time < found).count() * 2 <= times.len());
            prop_assert!(times.iter().filter(|time| **time > found).count() * 2 <= times.len());
        }
    }
}

//! How long receipts are kept, and how many.

use super::Receipt;
use crate::guid::Guid;
use crate::order::sort_by;

/// Most receipts that are kept for one person in one tenant: a change of many policies leaves one for each.
pub const MOST: usize = 1_000;

/// How long one is kept, ms: 180 days.
pub const LIFE_MS: i64 = 180 * 24 * 60 * 60 * 1000;

/// Most characters that all of them may take; a browser gives about five million to all that is stored on an origin.
pub const ROOM: usize = 2_000_000;

/// Puts the newest first.
pub fn newest_first(receipts: &mut Vec<Receipt>) {
    sort_by(receipts, |left, right| {
        right.started_unix_ms.cmp(&left.started_unix_ms).then_with(|| right.id.as_str().cmp(left.id.as_str()))
    });
}

/// Which receipts must go: those that are too old, and the oldest beyond number and room. `sizes` are the lengths of
/// what is stored, with id and start, in any order. One that is still open is kept until its outcome was read.
pub fn to_drop(sizes: &[(Guid, i64, usize, bool)], now_unix_ms: i64) -> Vec<Guid> {
    let mut sizes = sizes.to_vec();
    sort_by(&mut sizes, |left, right| right.1.cmp(&left.1));
    let (mut number, mut room) = (0, 0);
    let mut dropped = Vec::new();
    for (id, started, size, open) in sizes {
        number += 1;
        room += size;
        let old = now_unix_ms - started > LIFE_MS;
        if (old || number > MOST || room > ROOM) && !open {
            dropped.push(id);
        }
    }
    dropped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: usize) -> Guid {
        format!("00000000-0000-4000-8000-{number:012}").parse().unwrap()
    }

    #[test]
    fn the_oldest_go_and_open_ones_stay() {
        let now = 10 * LIFE_MS;
        let fresh: Vec<_> = (0..MOST + 3).map(|at| (id(at), now - i64::try_from(at).unwrap(), 100, false)).collect();
        assert_eq!(to_drop(&fresh, now), [id(MOST), id(MOST + 1), id(MOST + 2)]);
        let old = [(id(1), now - LIFE_MS - 1, 1, false), (id(2), now - LIFE_MS - 1, 1, true), (id(3), now, 1, false)];
        assert_eq!(to_drop(&old, now), [id(1)]);
        let large = [(id(1), now, ROOM - 1, false), (id(2), now - 1, 2, false)];
        assert_eq!(to_drop(&large, now), [id(2)]);
    }
}

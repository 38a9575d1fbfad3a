//! The list of changes: its filter and its order.

use super::{Receipt, Standing};
use crate::guid::Guid;
use crate::order::sort_by;

/// How far back the list goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Since {
    /// Everything that is kept.
    #[default]
    Ever,
    /// The last 24 hours.
    Day,
    /// The last 7 days.
    Week,
    /// The last 30 days.
    Month,
}

impl Since {
    /// All of them, in display order.
    pub const ALL: [Self; 4] = [Self::Ever, Self::Day, Self::Week, Self::Month];

    /// Its name in addresses; empty for [`Since::Ever`].
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ever => "",
            Self::Day => "1d",
            Self::Week => "7d",
            Self::Month => "30d",
        }
    }

    /// Finds one by its name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|since| since.as_str() == name)
    }

    const fn days(self) -> Option<i64> {
        match self {
            Self::Ever => None,
            Self::Day => Some(1),
            Self::Week => Some(7),
            Self::Month => Some(30),
        }
    }
}

/// The filter of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Filter {
    /// Words in the subject's name, in the name of who saved, in an ID, or in the title of the change of many policies;
    /// empty for all.
    pub text: String,
    /// How far back.
    pub since: Since,
    /// Only saves with this outcome.
    pub standing: Option<Standing>,
}

impl Filter {
    /// One that shows everything.
    pub const NONE: Self = Self { text: String::new(), since: Since::Ever, standing: None };

    /// Whether it shows everything.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a receipt is shown. `title`: that of the change of many policies it belongs to; empty if none.
    pub fn shows(&self, receipt: &Receipt, title: &str, now_unix_ms: i64) -> bool {
        let subject = receipt.subject.to_string();
        let rollout = receipt.rollout.as_ref().map_or("", Guid::as_str);
        let words = [receipt.subject_name.as_str(), &receipt.by.name, receipt.id.as_str(), &subject, title, rollout];
        self.standing.is_none_or(|wanted| receipt.standing() == wanted)
            && self.fits(&words.join("\n"), receipt.started_unix_ms, now_unix_ms)
    }

    /// Whether something with these words and this time is shown, whatever its outcome.
    pub fn fits(&self, words: &str, started_unix_ms: i64, now_unix_ms: i64) -> bool {
        let recent = |days: i64| now_unix_ms - started_unix_ms <= days * 86_400_000;
        let words = words.to_lowercase();
        self.since.days().is_none_or(recent)
            && self.text.to_lowercase().split_whitespace().all(|word| words.contains(word))
    }
}

/// A line of the list, by what it shows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Line {
    /// A single save.
    Alone(Guid),
    /// A change of many policies.
    Rollout(Guid),
    /// One of its saves, below it.
    Part(Guid),
}

/// The lines, the newest first. The saves of one change of many policies are together; one that sent nothing is a line
/// of its own. `rollouts` are those to list, each with when it began, ms since 1970.
pub fn lines(receipts: &[&Receipt], rollouts: &[(&Guid, i64)]) -> Vec<Line> {
    let is_listed = |id: &Guid| rollouts.iter().any(|(listed, _)| *listed == id);
    let alone = receipts.iter().filter(|one| !one.rollout.as_ref().is_some_and(is_listed));
    let mut blocks: Vec<(i64, Vec<Line>)> =
        alone.map(|one| (one.started_unix_ms, vec![Line::Alone(one.id.clone())])).collect();
    for (id, started_unix_ms) in rollouts {
        let parts = receipts.iter().filter(|one| one.rollout.as_ref() == Some(*id));
        let mut block = vec![Line::Rollout((*id).clone())];
        block.extend(parts.map(|one| Line::Part(one.id.clone())));
        blocks.push((*started_unix_ms, block));
    }
    sort_by(&mut blocks, |left, right| right.0.cmp(&left.0));
    blocks.into_iter().flat_map(|(_, block)| block).collect()
}

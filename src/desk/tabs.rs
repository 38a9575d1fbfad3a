//! What other tabs and windows of this browser are doing with policies, from the messages they send each other.

use serde::{Deserialize, Serialize};

use crate::auth::account::Identity;
use crate::policy::Subject;

/// A tab that has sent nothing for this long is gone, ms. Browsers let hidden tabs run timers once a minute.
const SILENT_MS: i64 = 90_000;

/// How often a tab repeats what it is doing, ms.
pub const EVERY_MS: u32 = 5_000;

/// What a tab does with a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Doing {
    /// Nothing any more.
    Nothing,
    /// It has unsaved changes.
    Edits,
    /// It is saving.
    Saves,
    /// It has just opened and asks the others to report.
    Asks,
}

/// A tab's message. IDs only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Word {
    /// Which tab, a random name.
    pub tab: String,
    /// Who is signed in there.
    pub who: Identity,
    /// Whose policy.
    pub subject: Subject,
    /// What it does with it.
    pub doing: Doing,
}

/// What is known of the other tabs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Others {
    heard: Vec<(Word, i64)>,
}

impl Others {
    /// Takes in a message. Returns whether that tab was saving the policy and has stopped.
    pub fn hear(&mut self, word: Word, now_ms: i64) -> bool {
        let own = |known: &Word| known.tab == word.tab && known.subject == word.subject;
        let was_saving = self.heard.iter().any(|(known, _)| own(known) && known.doing == Doing::Saves);
        self.heard.retain(|(known, _)| !own(known));
        let ended = was_saving && word.doing != Doing::Saves;
        if matches!(word.doing, Doing::Edits | Doing::Saves) {
            self.heard.push((word, now_ms));
        }
        ended
    }

    /// Removes the tabs that are gone without notice. Returns their last messages.
    pub fn drop_silent(&mut self, now_ms: i64) -> Vec<Word> {
        let (stay, gone) = std::mem::take(&mut self.heard).into_iter().partition(|(_, at)| now_ms - at <= SILENT_MS);
        self.heard = stay;
        let gone: Vec<(Word, i64)> = gone;
        gone.into_iter().map(|(word, _)| word).collect()
    }

    /// Whether some tab is gone without notice.
    pub fn has_silent(&self, now_ms: i64) -> bool {
        self.heard.iter().any(|(_, at)| now_ms - at > SILENT_MS)
    }

    /// Whether another tab is saving a policy of this tenant.
    pub fn is_saving(&self, tenant: &crate::guid::Guid) -> bool {
        self.heard.iter().any(|(word, _)| word.doing == Doing::Saves && word.who.tid == *tenant)
    }

    /// The most significant thing another tab is doing with this policy. A save counts for the whole page: two saves to
    /// one group must not overlap (graph.md G17).
    pub fn doing(&self, tenant: &crate::guid::Guid, subject: &Subject, now_ms: i64) -> Doing {
        let near = |word: &Word| {
            word.who.tid == *tenant
                && (word.subject == *subject || (word.doing == Doing::Saves && word.subject.shares_page_with(subject)))
        };
        let present = self.heard.iter().filter(|(word, at)| now_ms - at <= SILENT_MS && near(word));
        present.map(|(word, _)| word.doing).max().unwrap_or(Doing::Nothing)
    }
}

/// The name of the lock that a save takes: one for each page, whoever is signed in.
pub fn lock_name(tenant: &crate::guid::Guid, subject: &Subject) -> String {
    let page = subject.of_page().first().map(ToString::to_string).unwrap_or_default();
    format!("pim-desk.save.{tenant}.{page}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guid::Guid;
    use crate::policy::Access;

    fn id(digit: char) -> Guid {
        "x2345678-0000-4000-8000-000000000000".replace('x', &digit.to_string()).parse().unwrap()
    }

    fn word(tab: &str, access: Access, doing: Doing) -> Word {
        let who = Identity { oid: id('1'), tid: id('2') };
        Word { tab: tab.into(), who, subject: Subject::Group { group: id('3'), access }, doing }
    }

    #[test]
    fn others_are_heard_until_they_stop_or_fall_silent() {
        let mut others = Others::default();
        let subject = |access| Subject::Group { group: id('3'), access };
        let doing = |others: &Others, access, now| others.doing(&id('2'), &subject(access), now);
        others.hear(word("a", Access::Member, Doing::Edits), 0);
        assert_eq!(doing(&others, Access::Member, 1), Doing::Edits);
        assert_eq!(doing(&others, Access::Owner, 1), Doing::Nothing);
        assert_eq!(others.doing(&id('4'), &subject(Access::Member), 1), Doing::Nothing, "another tenant");
        others.hear(word("b", Access::Member, Doing::Saves), 1);
        assert_eq!(doing(&others, Access::Owner, 1), Doing::Saves, "one save for a group at a time");
        others.hear(word("b", Access::Member, Doing::Nothing), 2);
        assert_eq!(doing(&others, Access::Member, 2), Doing::Edits);
        assert_eq!(doing(&others, Access::Member, SILENT_MS + 1), Doing::Nothing);
        assert!(others.has_silent(SILENT_MS + 1) && !others.has_silent(SILENT_MS));
        assert_eq!(lock_name(&id('2'), &subject(Access::Member)), lock_name(&id('2'), &subject(Access::Owner)));
    }

    #[test]
    fn the_end_of_a_save_is_heard_once_also_of_a_tab_that_is_gone() {
        let mut others = Others::default();
        assert!(!others.hear(word("a", Access::Member, Doing::Edits), 0));
        assert!(!others.hear(word("a", Access::Member, Doing::Saves), 1));
        assert!(others.is_saving(&id('2')) && !others.is_saving(&id('4')));
        assert!(!others.hear(word("a", Access::Member, Doing::Saves), 2), "said again while it goes on");
        assert!(!others.hear(word("b", Access::Member, Doing::Nothing), 3), "another tab");
        assert!(!others.hear(word("a", Access::Owner, Doing::Nothing), 3), "another policy");
        assert!(others.hear(word("a", Access::Member, Doing::Edits), 4));
        assert!(!others.hear(word("a", Access::Member, Doing::Nothing), 5));
        assert!(!others.is_saving(&id('2')));
        others.hear(word("c", Access::Owner, Doing::Saves), 6);
        assert_eq!(others.drop_silent(6 + SILENT_MS), []);
        assert_eq!(others.drop_silent(7 + SILENT_MS), [word("c", Access::Owner, Doing::Saves)]);
        assert!(!others.is_saving(&id('2')));
    }
}

//! What the rows are compared to.

use std::fmt;
use std::str::FromStr;

use super::row::Class;
use crate::policy::{Sheet, Subject};

/// The reference the person chose to compare the rows to. Its text form is used in addresses.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Reference {
    /// What most policies of the same class say.
    #[default]
    Majority,
    /// No reference: the values alone.
    Nothing,
    /// The policies of a group, or of a role.
    Policy(Subject),
    /// A template, by its key.
    Template(String),
    /// A baseline, by its key.
    Baseline(String),
    /// The open snapshot.
    Snapshot,
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Majority => f.write_str("majority"),
            Self::Nothing => f.write_str("nothing"),
            Self::Policy(subject) => write!(f, "{subject}"),
            Self::Template(key) => write!(f, "template:{key}"),
            Self::Baseline(key) => write!(f, "baseline:{key}"),
            Self::Snapshot => f.write_str("snapshot"),
        }
    }
}

impl FromStr for Reference {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text.split_once(':') {
            Some(("template", key)) if !key.is_empty() => Ok(Self::Template(key.to_owned())),
            Some(("baseline", key)) if !key.is_empty() => Ok(Self::Baseline(key.to_owned())),
            Some(_) => Err(()),
            None => match text {
                "majority" => Ok(Self::Majority),
                "nothing" => Ok(Self::Nothing),
                "snapshot" => Ok(Self::Snapshot),
                subject => subject.parse().map(Self::Policy).map_err(|_| ()),
            },
        }
    }
}

/// A reference with its values: for a class of rows, and for single subjects if it has more specific ones.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Standard {
    by_class: Vec<(Class, Sheet)>,
    by_subject: Vec<(Subject, Sheet)>,
    doubts: Vec<Subject>,
}

impl Standard {
    /// Sets the values for all rows of a class.
    #[must_use]
    pub fn for_class(mut self, class: Class, sheet: Sheet) -> Self {
        self.by_class.push((class, sheet));
        self
    }

    /// The same values for every row.
    pub fn for_all(sheet: &Sheet) -> Self {
        Class::ALL.into_iter().fold(Self::default(), |standard, class| standard.for_class(class, sheet.clone()))
    }

    /// The values for the rows of a class, if all of them have the same.
    pub fn class(&self, class: Class) -> Option<&Sheet> {
        self.by_class.iter().find(|(known, _)| *known == class).map(|(_, sheet)| sheet)
    }

    /// One sheet for each subject; a subject must not occur twice.
    pub fn for_subjects(mut sheets: Vec<(Subject, Sheet)>) -> Self {
        crate::order::sort_by(&mut sheets, |left, right| left.0.cmp(&right.0));
        Self { by_subject: sheets, ..Self::default() }
    }

    /// Sets of which subjects it is not known whether it says (more) about them.
    #[must_use]
    pub fn in_doubt(mut self, mut subjects: Vec<Subject>) -> Self {
        crate::order::sort_by(&mut subjects, Subject::cmp);
        self.doubts = subjects;
        self
    }

    /// The subjects of which it is not known whether it says (more) about them.
    pub fn doubts(&self) -> &[Subject] {
        &self.doubts
    }

    /// Whether a subject is one of them.
    pub fn is_in_doubt(&self, subject: &Subject) -> bool {
        self.doubts.binary_search(subject).is_ok()
    }

    /// What a row is compared to; `None` if the reference does not cover such rows.
    pub fn of(&self, subject: &Subject) -> Option<&Sheet> {
        let own = self.by_subject.binary_search_by(|(known, _)| known.cmp(subject)).ok();
        own.and_then(|at| self.by_subject.get(at)).map(|(_, sheet)| sheet).or_else(|| self.class(Class::of(subject)))
    }

    /// Whether it has no values at all.
    pub fn is_empty(&self) -> bool {
        self.by_class.is_empty() && self.by_subject.is_empty()
    }
}

/// What rows of a class are compared with, of what is on the reference's page: that of the same class; if there is
/// none, the first.
pub fn counterpart<T>(page: &[(Class, T)], class: Class) -> Option<&T> {
    page.iter().find(|(known, _)| *known == class).or_else(|| page.first()).map(|(_, found)| found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reference_is_found_again() {
        let role: Subject = "roles/62e90394-69f5-4237-9190-012177145e10".parse().unwrap();
        for reference in [
            Reference::Majority,
            Reference::Nothing,
            Reference::Policy(role),
            Reference::Template("tier-0: strict".into()),
            Reference::Baseline("scuba".into()),
            Reference::Snapshot,
        ] {
            assert_eq!(reference.to_string().parse(), Ok(reference));
        }
        for text in ["", "template:", "x:y", "groups/x"] {
            assert_eq!(text.parse::<Reference>(), Err(()), "{text}");
        }
    }
}

//! The file `templates.json` that a team hosts beside `config.json`, which announces it (`templates`).

use super::Template;
use super::file::{self, Problem};
use crate::world::{HttpFailure, HttpResponse};

/// The file's name.
pub const NAME: &str = "templates.json";

/// The result of reading it.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Hosted {
    /// It was not requested yet.
    #[default]
    NotAsked,
    /// It is being read.
    Reading,
    /// The team hosts none: `config.json` does not announce it.
    None,
    /// `config.json` announces it, but it does not exist.
    Missing,
    /// Its templates.
    Some(Vec<Template>),
    /// It is invalid; none of it is used.
    Wrong(Vec<Problem>),
    /// No answer, or an unusable one; with the status, if there was one.
    Unread(Option<u16>),
}

impl Hosted {
    /// Interprets the answer to the request for the file.
    pub fn from_answer(answer: Result<HttpResponse, HttpFailure>) -> Self {
        match answer {
            Ok(found) if found.status == 404 => Self::Missing,
            // Some hosts answer every unknown address with the page itself.
            Ok(found) if found.status == 200 && found.body.trim_start().starts_with('<') => Self::Missing,
            Ok(found) if found.status == 200 => match file::read(&found.body) {
                Ok(templates) => Self::Some(templates),
                Err(problems) => Self::Wrong(problems),
            },
            Ok(found) => Self::Unread(Some(found.status)),
            Err(_) => Self::Unread(None),
        }
    }

    /// The templates it contains; empty if there are none.
    pub fn templates(&self) -> &[Template] {
        if let Self::Some(templates) = self { templates } else { &[] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_file_and_a_wrong_one_are_told() {
        let answer = |status, body: &str| Ok(HttpResponse { status, headers: Vec::new(), body: body.into() });
        assert_eq!(Hosted::from_answer(answer(404, "")), Hosted::Missing);
        assert_eq!(Hosted::from_answer(answer(200, "<!doctype html>")), Hosted::Missing);
        assert_eq!(Hosted::from_answer(answer(500, "")), Hosted::Unread(Some(500)));
        assert_eq!(Hosted::from_answer(Err(HttpFailure::Lost)), Hosted::Unread(None));
        assert!(matches!(Hosted::from_answer(answer(200, "{}")), Hosted::Wrong(problems) if problems.len() == 3));
        let templates = [Template::new("a".into(), "A".into())];
        assert_eq!(Hosted::from_answer(answer(200, &file::write(&templates))).templates(), templates);
    }
}

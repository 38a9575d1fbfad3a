//! What a person is shown when something went wrong.

/// A problem: what happened, what it means, what to do, and what support asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What happened, in a few words.
    pub title: String,
    /// What it means.
    pub detail: String,
    /// What to do about it.
    pub next_step: String,
    /// What support asks for: label and value.
    pub facts: Vec<(&'static str, String)>,
    /// Whether trying again may help.
    pub retry: bool,
    /// Whether signing in (again) helps.
    pub sign_in: bool,
}

impl Problem {
    /// A problem without facts for support.
    pub fn plain(title: &str, detail: &str, next_step: &str) -> Self {
        Self {
            title: title.to_owned(),
            detail: detail.to_owned(),
            next_step: next_step.to_owned(),
            facts: Vec::new(),
            retry: false,
            sign_in: false,
        }
    }

    /// All of it as text to paste into an email to support.
    pub fn report(&self) -> String {
        let mut text = format!("{}\n{}\n{}\n", self.title, self.detail, self.next_step);
        for (label, value) in &self.facts {
            text.push_str(label);
            text.push_str(": ");
            text.push_str(value);
            text.push('\n');
        }
        text
    }
}

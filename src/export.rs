//! A policy, or the changes to it, as text for other tools: Graph calls, scripts, Terraform, a file.
//!
//! Bodies are exactly what the page would send, in the order in which it would send them. No text contains a token or a
//! policy's ID, which changes: each text looks it up (graph.md G1). Names and values from the tenant cannot break out
//! of their places in a text, whatever they contain ([`quote`]).

mod calls;
mod file;
mod http;
pub mod many;
mod powershell;
mod python;
pub mod quote;
mod terraform;

use crate::cloud::Cloud;
use crate::guid::Guid;
use crate::policy::plan::plan;
use crate::policy::rule::RuleKind;
use crate::policy::{Draft, Policy, Requirement, Rule, RuleId, Setting, Sheet, Subject, Value};
use crate::text::policy::export as words;

pub use calls::Call;

/// The kinds of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// HTTP calls, in the format of editors' REST clients.
    Http,
    /// A script for Microsoft Graph PowerShell.
    PowerShell,
    /// A script for Python with `requests`.
    Python,
    /// Terraform configuration.
    Terraform,
    /// The policy as Graph returns it, without IDs that change.
    Json,
}

impl Form {
    /// The forms in which changes can be sent.
    pub const SENDING: [Self; 4] = [Self::Http, Self::PowerShell, Self::Python, Self::Terraform];

    /// All forms, for a whole policy.
    pub const ALL: [Self; 5] = [Self::Json, Self::Http, Self::PowerShell, Self::Python, Self::Terraform];

    /// A stable name, for controls.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::PowerShell => "powershell",
            Self::Python => "python",
            Self::Terraform => "terraform",
            Self::Json => "json",
        }
    }

    /// Its name for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Http => words::HTTP,
            Self::PowerShell => words::POWERSHELL,
            Self::Python => words::PYTHON,
            Self::Terraform => words::TERRAFORM,
            Self::Json => words::JSON,
        }
    }

    /// Finds a form by its key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.key() == key)
    }
}

/// What is turned into text.
#[derive(Clone, Debug)]
pub struct Export {
    /// The policy's subject.
    pub subject: Subject,
    /// The name of the group or role; empty when unknown.
    pub holder: String,
    /// The cloud whose Graph is addressed. The demo is written like the worldwide cloud.
    pub cloud: Cloud,
    /// The tenant it belongs to. PowerShell signs in to it and Python checks the token; the other texts only name it.
    pub tenant: Guid,
    /// The writes, in order.
    pub calls: Vec<Call>,
    /// The policy's values afterwards.
    pub after: Sheet,
    /// What activation required before; `None` if the text may be applied to any policy.
    before: Option<Requirement>,
    /// The settings that the text is about.
    pub settings: Vec<Setting>,
    /// The rules afterwards, as returned by Graph.
    pub rules: Vec<serde_json::Value>,
    /// When the policy was read, RFC 3339, if a file is to contain its origin.
    taken_at: Option<String>,
    /// Appended to the holder's name where names must differ; normally empty.
    tag: String,
}

impl Export {
    /// The changes of a draft, planned on the policy as it was read.
    pub fn changes(policy: &Policy, draft: &Draft, holder: &str, cloud: Cloud, tenant: &Guid) -> Self {
        let wanted: Vec<(Setting, Value)> = draft.edits().map(|(setting, edit)| (setting, edit.mine.clone())).collect();
        let calls: Vec<Call> =
            plan(policy, &wanted).into_iter().map(|write| Call { rule: write.rule, body: write.body }).collect();
        Self {
            subject: policy.subject.clone(),
            holder: holder.to_owned(),
            cloud,
            tenant: tenant.clone(),
            after: Sheet::drafted(policy, draft),
            before: match policy.read(Setting::ActivationRequirement).value {
                Some(Value::Requirement(before)) => Some(before),
                _ => None,
            },
            settings: wanted.into_iter().map(|(setting, _)| setting).collect(),
            rules: calls.iter().map(|call| call.body.clone()).collect(),
            calls,
            taken_at: None,
            tag: String::new(),
        }
    }

    /// The whole policy as it was read. Unknown rules are included in the file, but never sent.
    pub fn whole(policy: &Policy, holder: &str, cloud: Cloud, tenant: &Guid) -> Self {
        let known = RuleId::ALL.into_iter().filter_map(|id| Some((id, policy.rule(id)?.raw())));
        let mut calls: Vec<Call> = known.map(|(rule, body)| Call { rule, body: body.clone() }).collect();
        // Whatever the target policy has now: an unwanted context goes first, a wanted one last (graph.md G8).
        crate::order::sort_by(&mut calls, |left, right| turn(left).cmp(&turn(right)));
        Self {
            subject: policy.subject.clone(),
            holder: holder.to_owned(),
            cloud,
            tenant: tenant.clone(),
            after: Sheet::of(policy),
            before: None,
            settings: Setting::all().collect(),
            rules: policy.rules.iter().map(Rule::raw).cloned().collect(),
            calls,
            taken_at: None,
            tag: String::new(),
        }
    }

    /// The same with its origin, so that its file can be opened as a snapshot of this policy: a file without it could
    /// not be compared with anything.
    #[must_use]
    pub fn taken(self, at: String) -> Self {
        Self { taken_at: Some(at), ..self }
    }

    /// The text.
    pub fn text(&self, form: Form) -> String {
        match form {
            Form::Http => http::text(self),
            Form::PowerShell => powershell::text(self),
            Form::Python => python::text(self),
            Form::Terraform => terraform::text(self),
            Form::Json => file::text(self),
        }
    }

    /// The headline of the texts.
    fn title(&self) -> String {
        words::title(&self.subject, &self.holder)
    }

    /// The line that says whose policy it is.
    fn place(&self) -> String {
        words::tenant(self.tenant.as_str())
    }

    /// The holder's name as a label, with room left for the tag and the ending.
    fn short(&self) -> String {
        let short: String = quote::label(&self.holder).chars().take(40).collect();
        short.trim_end_matches('_').to_owned()
    }

    /// The name of the resource in Terraform. The ending, which distinguishes members and owners of a group, is never
    /// cut off.
    fn label(&self, ending: &str) -> String {
        let mut label = self.short();
        if !self.tag.is_empty() {
            label.truncate(24);
        }
        let parts = [label.trim_end_matches('_'), &self.tag, ending];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("_")
    }

    /// The line that says what is sent.
    fn order(&self) -> String {
        words::order(self.calls.len())
    }

    /// The origin of Graph.
    fn graph(&self) -> String {
        let cloud = if self.cloud == Cloud::Demo { Cloud::Global } else { self.cloud };
        cloud.endpoints("").graph
    }
}

fn turn(call: &Call) -> u8 {
    match (call.rule.kind(), call.body["isEnabled"].as_bool()) {
        (RuleKind::AuthenticationContext, Some(true)) => 2,
        (RuleKind::AuthenticationContext, _) => 0,
        _ => 1,
    }
}

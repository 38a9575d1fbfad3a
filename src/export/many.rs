//! Several policies in one text: one header, then policy by policy. Each policy is looked up, as in a text for one.

use std::collections::{BTreeMap, BTreeSet};

use super::quote::{comment, inert_json};
use super::{Export, Form, powershell as shell, terraform};
use crate::guid::Guid;
use crate::text::policy::export as words;

/// The forms in which several policies can be written.
pub const FORMS: [Form; 3] = [Form::Http, Form::PowerShell, Form::Terraform];

/// The text, below some facts about it (name and value); in other forms than [`FORMS`] the texts of the policies one
/// after another.
pub fn text(exports: &[Export], form: Form, facts: &[(&str, String)]) -> String {
    let text = match form {
        Form::Http => http(exports),
        Form::PowerShell => shell(exports),
        Form::Terraform => terraforms(exports),
        Form::Json | Form::Python => {
            return exports.iter().map(|export| export.text(form)).collect::<Vec<_>>().join("\n");
        }
    };
    let told = |(name, fact): &(&str, String)| ["# ", &comment(&[*name, ": ", fact].concat()), "\n"].concat();
    let head: String = facts.iter().map(told).collect();
    if head.is_empty() { text } else { [&head, "\n", &text].concat() }
}

/// The permissions of all of them, each once.
fn scopes(exports: &[Export]) -> Vec<String> {
    let mut scopes: Vec<String> = Vec::new();
    for scope in exports.iter().flat_map(|export| export.scope().split(' ').map(str::to_owned).collect::<Vec<_>>()) {
        if !scopes.contains(&scope) {
            scopes.push(scope);
        }
    }
    scopes
}

fn http(exports: &[Export]) -> String {
    let mut text = String::new();
    let place = exports.first().map(|export| [&export.place(), ". ", words::TENANT_OF_TOKEN].concat());
    let head = [
        words::many(exports.len()),
        place.unwrap_or_default(),
        words::http_token(&scopes(exports).join(" ")),
        words::LOOKED_UP.to_owned(),
    ];
    let again = exports.iter().any(|export| export.subject.access().is_some()).then(|| words::FIND_AGAIN.to_owned());
    for line in head.into_iter().chain(again) {
        text.push_str(&["# ", &comment(&line), "\n"].concat());
    }
    for (at, export) in exports.iter().enumerate() {
        let name = ["policy", &(at + 1).to_string()].concat();
        for line in [export.title(), export.order()] {
            text.push_str(&["\n# ", &comment(&line)].concat());
        }
        let lookups = export.lookups();
        let first = lookups.first().map(String::as_str).unwrap_or_default();
        text.push_str(&["\n\n### ", words::FIND, "\n# @name ", &name, "\nGET ", first, "\n"].concat());
        text.push_str("Authorization: Bearer {{token}}\n");
        for other in lookups.iter().skip(1) {
            text.push_str(&["\n# ", words::OR_ELSE, " ", other, "\n"].concat());
        }
        for (step, call) in export.calls.iter().enumerate() {
            let id = ["{{", &name, ".response.body.$.value[0].policyId}}"].concat();
            let address = export.rule_address(call.rule, &id);
            let body = inert_json(&call.body);
            text.push_str(&["\n### ", &export.step(step), "\nPATCH ", &address].concat());
            text.push_str("\nAuthorization: Bearer {{token}}\nContent-Type: application/json\n\n");
            text.push_str(&[&body, "\n"].concat());
        }
    }
    text
}

fn shell(exports: &[Export]) -> String {
    let Some(first) = exports.first() else { return String::new() };
    let mut text = shell::head(first, &[words::many(exports.len()), first.place()], &scopes(exports));
    for export in exports {
        text.push_str(&["\n# ", &comment(&export.title()), "\n# ", &export.order(), "\n"].concat());
        text.push_str(&shell::policy(export));
    }
    text.push_str(&shell::read_back());
    text
}

/// Names of resources must differ: if those of two holders would not, the ID is appended.
fn terraforms(exports: &[Export]) -> String {
    let mut holders: BTreeMap<String, BTreeSet<&Guid>> = BTreeMap::new();
    for export in exports {
        holders.entry(export.short()).or_default().insert(export.subject.id());
    }
    let texts = exports.iter().map(|export| {
        if holders.get(&export.short()).is_some_and(|alike| alike.len() > 1) {
            terraform::text(&Export { tag: export.subject.id().as_str().replace('-', ""), ..export.clone() })
        } else {
            export.text(Form::Terraform)
        }
    });
    texts.collect::<Vec<_>>().join("\n")
}

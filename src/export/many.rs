//! Several policies in one text: one head, then policy by policy. Each policy is looked up, as in a text for one.

use std::collections::{BTreeMap, BTreeSet};

use super::quote::{comment, inert_json, powershell};
use super::{Export, Form, terraform};
use crate::guid::Guid;
use crate::text::export as words;

/// The forms in which several policies can be written.
pub const FORMS: [Form; 3] = [Form::Http, Form::PowerShell, Form::Terraform];

/// The text below what is to be known of it, name and value; in other forms than [`FORMS`] the texts of the policies, one
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
    for line in [words::many(exports.len()), words::http_token(&scopes(exports).join(" ")), words::LOOKED_UP.to_owned()]
    {
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

/// Finds a policy, and sends a rule to it.
const FUNCTIONS: &str = "\
function Find-Policy([string[]] $Lookups) {
    foreach ($lookup in $Lookups) {
        $found = @((Invoke-MgGraphRequest -Method GET -Uri $lookup -OutputType PSObject).value)
        if ($found.Count -gt 1) { throw SEVERAL }
        if ($found.Count -eq 1) { return $found[0].policyId }
    }
    throw NONE
}

function Set-Rule([string] $Uri, [string] $Body) {
    Invoke-MgGraphRequest -Method PATCH -Uri $Uri -Body $Body -ContentType 'application/json' | Out-Null
    Write-Host \"Accepted: $Uri\"
}
";

fn shell(exports: &[Export]) -> String {
    let Some(first) = exports.first() else { return String::new() };
    let scopes: Vec<String> = scopes(exports).iter().map(|scope| powershell(scope)).collect();
    let functions =
        FUNCTIONS.replace("SEVERAL", &powershell(words::MANY_SEVERAL)).replace("NONE", &powershell(words::MANY_NONE));
    let mut text = [
        "# ",
        &comment(&words::many(exports.len())),
        "\n# ",
        words::LOOKED_UP,
        "\n#Requires -Modules Microsoft.Graph.Authentication\n$ErrorActionPreference = 'Stop'\nConnect-MgGraph -Environment ",
        super::powershell::environment(first.cloud),
        " -Scopes ",
        &scopes.join(", "),
        " -NoWelcome\n\n",
        &functions,
    ]
    .concat();
    for export in exports {
        let lookups: Vec<String> = export.lookups().iter().map(|one| ["    ", &powershell(one)].concat()).collect();
        text.push_str(&["\n# ", &comment(&export.title()), "\n# ", &export.order(), "\n"].concat());
        text.push_str(&["$policyId = Find-Policy @(\n", &lookups.join(",\n"), "\n)\n"].concat());
        for (at, call) in export.calls.iter().enumerate() {
            let address = powershell(&export.rule_address(call.rule, "{0}"));
            let head = ["\n# ", &export.step(at), "\nSet-Rule (", &address].concat();
            text.push_str(&[&head, " -f [uri]::EscapeDataString($policyId)) @'\n", &inert_json(&call.body)].concat());
            text.push_str("\n'@\n");
        }
    }
    text.push_str(&["\n# ", words::READ_BACK, "\n"].concat());
    text
}

/// Names of resources must differ: where those of two holders would not, the id follows.
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

//! A script for Microsoft Graph PowerShell. It sends the bodies as text (`Invoke-MgGraphRequest`), because the cmdlet
//! for rules converts them through its own model, which may not know every property.

use super::Export;
use super::quote::{comment, inert_json, powershell};
use crate::cloud::Cloud;
use crate::text::policy::export;

/// Finds a policy and sends a rule to it, also to the new ID that a first write gives a group's policy.
const FUNCTIONS: &str = "\
function Find-Policy([string[]] $Lookups) {
    foreach ($lookup in $Lookups) {
        $found = @((Invoke-MgGraphRequest -Method GET -Uri $lookup -OutputType PSObject).value)
        if ($found.Count -gt 1) { throw SEVERAL }
        if ($found.Count -eq 1) { return $found[0].policyId }
    }
    throw NONE
}

# FOUND_AGAIN
function Set-Rule([string] $Address, [string] $Body) {
    $send = {
        $uri = $Address -f [uri]::EscapeDataString($policyId)
        Invoke-MgGraphRequest -Method PATCH -Uri $uri -Body $Body -ContentType 'application/json' | Out-Null
        Write-Host \"Accepted: $uri\"
    }
    try {
        & $send
    } catch {
        if ($_.Exception.Response.StatusCode -ne 404) { throw }
        $script:policyId = Find-Policy $policyLookups
        & $send
    }
}
";

pub(super) fn text(export: &Export) -> String {
    let scopes = [export.scope()];
    let parts = [head(export, &[export.title(), export.place(), export.order()], &scopes), policy(export), read_back()];
    parts.concat()
}

/// The beginning of a script, which signs in to the tenant of an export: an administrator may be a guest there.
pub(super) fn head(export: &Export, about: &[String], scopes: &[String]) -> String {
    let about: String = about.iter().map(|line| ["# ", &comment(line), "\n"].concat()).collect();
    let scopes: Vec<String> = scopes.iter().map(|scope| powershell(scope)).collect();
    let functions = FUNCTIONS
        .replace("SEVERAL", &powershell(export::SEVERAL))
        .replace("NONE", &powershell(export::NONE))
        .replace("FOUND_AGAIN", export::FOUND_AGAIN);
    let more = [
        "#Requires -Modules Microsoft.Graph.Authentication\n$ErrorActionPreference = 'Stop'\nConnect-MgGraph -Environment ",
        environment(export.cloud),
        " -TenantId ",
        &powershell(export.tenant.as_str()),
        " -Scopes ",
        &scopes.join(", "),
        " -NoWelcome\n\n",
        &functions,
        "\n# ",
        export::LOOKED_UP,
    ];
    [about, more.concat(), "\n".to_owned()].concat()
}

/// Finds the policy and sends its rules.
pub(super) fn policy(export: &Export) -> String {
    let lookups: Vec<String> = export.lookups().iter().map(|one| ["    ", &powershell(one)].concat()).collect();
    let mut text =
        ["$policyLookups = @(\n", &lookups.join(",\n"), "\n)\n$policyId = Find-Policy $policyLookups\n"].concat();
    for (at, call) in export.calls.iter().enumerate() {
        // The shell inserts the ID; the rest of the address stays in single quotes.
        let address = powershell(&export.rule_address(call.rule, "{0}"));
        let head = ["\n# ", &export.step(at), "\nSet-Rule ", &address, " @'\n"].concat();
        text.push_str(&[&head, inert_json(&call.body).as_str(), "\n'@\n"].concat());
    }
    text
}

/// The end of a script.
pub(super) fn read_back() -> String {
    ["\n# ", export::READ_BACK, "\n"].concat()
}

/// The name of a cloud in Graph PowerShell.
const fn environment(cloud: Cloud) -> &'static str {
    match cloud {
        Cloud::Global | Cloud::Demo => "Global",
        Cloud::UsGovL4 => "USGov",
        Cloud::UsGovL5 => "USGovDoD",
        Cloud::China => "China",
    }
}

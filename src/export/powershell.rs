//! A script for Microsoft Graph PowerShell. It sends the bodies as text (`Invoke-MgGraphRequest`), because the cmdlet
//! for rules puts them through its own model, which may not know every property.

use super::Export;
use super::quote::{comment, inert_json, powershell};
use crate::cloud::Cloud;
use crate::text::export;

pub(super) fn text(export: &Export) -> String {
    let environment = environment(export.cloud);
    let lookups: Vec<String> = export.lookups().iter().map(|one| format!("    {}", powershell(one))).collect();
    let mut text = format!(
        "# {title}\n\
         # {order}\n\
         #Requires -Modules Microsoft.Graph.Authentication\n\
         $ErrorActionPreference = 'Stop'\n\
         Connect-MgGraph -Environment {environment} -Scopes {scope} -NoWelcome\n\
         \n\
         # {looked_up}\n\
         $policyId = $null\n\
         foreach ($lookup in @(\n{lookups}\n)) {{\n\
         \x20   $found = @((Invoke-MgGraphRequest -Method GET -Uri $lookup -OutputType PSObject).value)\n\
         \x20   if ($found.Count -gt 1) {{ throw {several} }}\n\
         \x20   if ($found.Count -eq 1) {{ $policyId = $found[0].policyId; break }}\n\
         }}\n\
         if (-not $policyId) {{ throw {none} }}\n\
         \n\
         function Set-Rule([string] $Uri, [string] $Body) {{\n\
         \x20   Invoke-MgGraphRequest -Method PATCH -Uri $Uri -Body $Body -ContentType 'application/json' | Out-Null\n\
         \x20   Write-Host \"Accepted: $Uri\"\n\
         }}\n",
        title = comment(&export.title()),
        order = export.order(),
        scope = powershell(&export.scope()),
        looked_up = export::LOOKED_UP,
        lookups = lookups.join(",\n"),
        several = powershell(export::SEVERAL),
        none = powershell(export::NONE),
    );
    for (at, call) in export.calls.iter().enumerate() {
        // The id is put in by the shell; all else of the address stays in single quotes.
        let address = powershell(&export.rule_address(call.rule, "{0}"));
        let part = format!(
            "\n# {}\nSet-Rule ({address} -f [uri]::EscapeDataString($policyId)) @'\n{}\n'@\n",
            export.step(at),
            inert_json(&call.body),
        );
        text.push_str(&part);
    }
    let part = format!("\n# {}\n", export::READ_BACK);
    text.push_str(&part);
    text
}

/// What Graph PowerShell calls a cloud.
pub(super) const fn environment(cloud: Cloud) -> &'static str {
    match cloud {
        Cloud::Global | Cloud::Demo => "Global",
        Cloud::UsGovL4 => "USGov",
        Cloud::UsGovL5 => "USGovDoD",
        Cloud::China => "China",
    }
}

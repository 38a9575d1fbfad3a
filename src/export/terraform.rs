//! Terraform: for groups the resource of the `azuread` provider, setting by setting (except for the requirements on
//! eligible assignment, for which it has no arguments); for roles, which that provider does not support, each rule
//! through the `msgraph` provider.

mod group;

use super::Export;
use super::quote::{comment, hcl, inert_json, label};
use crate::text::policy::export;

pub(super) fn text(export: &Export) -> String {
    match export.subject.access() {
        Some(access) => group::text(export, access),
        None => role(export),
    }
}

fn role(export: &Export) -> String {
    let label = export.label("");
    let (path, parameters) = export.lookup_parts();
    let parameters: Vec<String> =
        parameters.iter().map(|(name, value)| format!("    {} = [{}]", hcl(name), hcl(value))).collect();
    let mut text = format!(
        "# {}\n# {}. {}\n# {}\n# {}\n# {}\n\
         data \"msgraph_resource\" \"{label}\" {{\n\
         \x20 url = {}\n\
         \x20 query_parameters = {{\n{}\n  }}\n\
         \x20 response_export_values = {{\n    policy_id = \"value[0].policyId\"\n  }}\n\
         }}\n",
        comment(&export.title()),
        export.place(),
        export::TENANT_OF_PROVIDER,
        export.order(),
        export::NO_AZUREAD_ROLE,
        export::LOOKED_UP,
        hcl(path.trim_start_matches('/')),
        parameters.join("\n"),
    );
    let mut before: Option<String> = None;
    for (at, call) in export.calls.iter().enumerate() {
        let own = format!("{label}_{}", self::label(call.rule.as_str()));
        let id = format!("${{data.msgraph_resource.{label}.output.policy_id}}");
        let address = export.rule_path(call.rule, &id);
        let after = before.map(|before| format!("\n  depends_on = [msgraph_update_resource.{before}]\n"));
        let part = format!(
            "\n# {}\n\
             resource \"msgraph_update_resource\" \"{own}\" {{\n\
             \x20 url = \"{}\"\n\
             \x20 body = jsondecode(<<JSON\n{}\nJSON\n  )\n{}}}\n",
            export.step(at),
            address.trim_start_matches('/'),
            inert_json(&call.body),
            after.unwrap_or_default(),
        );
        text.push_str(&part);
        before = Some(own);
    }
    text
}

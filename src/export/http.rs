//! HTTP calls in the format of `.http` files, for the "REST Client" extension of Visual Studio Code, which fills in the
//! variables.

use super::Export;
use super::quote::{comment, inert_json};
use crate::text::policy::export;

pub(super) fn text(export: &Export) -> String {
    let mut text = String::new();
    let head = [
        export.title(),
        [&export.place(), ". ", export::TENANT_OF_TOKEN].concat(),
        export.order(),
        export::http_token(&export.scope()),
        export::LOOKED_UP.to_owned(),
    ];
    let again = export.subject.access().is_some().then(|| export::FIND_AGAIN.to_owned());
    for line in head.into_iter().chain(again) {
        let part = format!("# {}\n", comment(&line));
        text.push_str(&part);
    }
    let lookups = export.lookups();
    let part = format!("\n### {}\n# @name policy\nGET {}\n", export::FIND, lookups.first().map_or("", |one| one));
    text.push_str(&part);
    text.push_str("Authorization: Bearer {{token}}\n");
    for other in lookups.iter().skip(1) {
        let part = format!("\n# {} {other}\n", export::OR_ELSE);
        text.push_str(&part);
    }
    for (at, call) in export.calls.iter().enumerate() {
        let address = export.rule_address(call.rule, "{{policy.response.body.$.value[0].policyId}}");
        let part = format!(
            "\n### {}\nPATCH {address}\nAuthorization: Bearer {{{{token}}}}\nContent-Type: application/json\n\n{}\n",
            export.step(at),
            inert_json(&call.body),
        );
        text.push_str(&part);
    }
    text
}

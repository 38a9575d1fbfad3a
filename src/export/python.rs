//! A script for Python with the package `requests`.

use super::Export;
use super::quote::{comment, inert_json, python};
use crate::text::policy::export;

pub(super) fn text(export: &Export) -> String {
    let lookups: Vec<String> = export.lookups().iter().map(|one| format!("    {},", python(one))).collect();
    let mut text = format!(
        "# {title}\n\
         # {place}\n\
         # {order}\n\
         # {token}\n\
         import base64\n\
         import json\n\
         import os\n\
         import sys\n\
         from urllib.parse import quote\n\
         \n\
         import requests\n\
         \n\
         token = os.environ[\"GRAPH_TOKEN\"]\n\
         graph = requests.Session()\n\
         graph.headers[\"Authorization\"] = \"Bearer \" + token\n\
         \n\
         \n\
         def tenant_of(token):\n\
         \x20   try:\n\
         \x20       payload = token.split(\".\")[1]\n\
         \x20       return json.loads(base64.urlsafe_b64decode(payload + \"==\"))[\"tid\"].lower()\n\
         \x20   except (AttributeError, IndexError, KeyError, TypeError, ValueError):\n\
         \x20       return None\n\
         \n\
         \n\
         # {token_checked}\n\
         if tenant_of(token) != {tenant}:\n\
         \x20   sys.exit({other_tenant})\n\
         \n\
         # {looked_up}\n\
         lookups = [\n{lookups}\n]\n\
         \n\
         \n\
         def find_policy():\n\
         \x20   for lookup in lookups:\n\
         \x20       answer = graph.get(lookup, timeout=30)\n\
         \x20       answer.raise_for_status()\n\
         \x20       found = answer.json()[\"value\"]\n\
         \x20       if len(found) > 1:\n\
         \x20           sys.exit({several})\n\
         \x20       if found:\n\
         \x20           return found[0][\"policyId\"]\n\
         \x20   sys.exit({none})\n\
         \n\
         \n\
         policy_id = find_policy()\n\
         \n\
         \n\
         def send(address, body):\n\
         \x20   return graph.patch(address.replace(\"{{id}}\", quote(policy_id, safe=\"\")), json=json.loads(body), timeout=60)\n\
         \n\
         \n\
         # {found_again}\n\
         def set_rule(address, body):\n\
         \x20   global policy_id\n\
         \x20   answer = send(address, body)\n\
         \x20   if answer.status_code == 404:\n\
         \x20       policy_id = find_policy()\n\
         \x20       answer = send(address, body)\n\
         \x20   if not answer.ok:\n\
         \x20       sys.exit(f\"{{answer.status_code}} {{answer.text}}\")\n\
         \x20   print(\"Accepted:\", answer.url)\n\
         \n\
         \n",
        title = comment(&export.title()),
        place = export.place(),
        order = export.order(),
        token = export::python_token(&export.scope()),
        token_checked = export::TOKEN_CHECKED,
        tenant = python(export.tenant.as_str()),
        other_tenant = python(export::OTHER_TENANT),
        looked_up = export::LOOKED_UP,
        found_again = export::FOUND_AGAIN,
        lookups = lookups.join("\n"),
        several = python(export::SEVERAL),
        none = python(export::NONE),
    );
    for (at, call) in export.calls.iter().enumerate() {
        let address = python(&export.rule_address(call.rule, "{id}"));
        let part = format!("# {}\nset_rule({address}, r'''\n{}\n''')\n", export.step(at), inert_json(&call.body));
        text.push_str(&part);
    }
    let part = format!("\n# {}\n", export::READ_BACK);
    text.push_str(&part);
    text
}

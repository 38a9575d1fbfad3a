//! The calls of a text, sent as it says, to a group that the first of them brings into PIM and whose policy's ID
//! changes because of that.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use super::tenant;
use crate::sample::browser::Browser;
use crate::sample::saving::{draft, read, subject};
use futures_executor::block_on;
use pim_desk::cloud::Cloud;
use pim_desk::export::{Export, Form, many};
use pim_desk::graph::{Error, Request, endpoint};
use pim_desk::policy::{RuleId, Setting, Subject, Value};
use pim_desk::text::policy::export as words;
use pim_desk_tenant::Seed;
use serde_json::Value as Json;

const GROUP: &str = "Break-glass custodians";

fn export(browser: &Browser) -> Export {
    let wanted = [
        (Setting::ActivationDuration, Value::Duration("PT2H30M".into())),
        (Setting::ActiveExpiry, Value::Duration("P15D".into())),
        (Setting::MailRecipients(RuleId::ActivationRequestor), Value::Recipients(vec!["soc@contoso.com".into()])),
    ];
    let policy = read(&browser.client("ana"), &subject(browser, GROUP));
    Export::changes(&policy, &draft(&policy, &wanted), GROUP, Cloud::Global, &tenant())
}

/// The calls of a file of HTTP calls: method, path, body.
fn calls(text: &str) -> Vec<(String, String, Json)> {
    let parts = text.split("\n### ").skip(1);
    parts
        .map(|part| {
            let line = part.lines().find(|line| line.starts_with("GET ") || line.starts_with("PATCH ")).unwrap();
            let (method, address) = line.split_once(' ').unwrap();
            let path = address.strip_prefix("https://graph.microsoft.com/v1.0").unwrap();
            let body = part.split_once("\n\n").map_or(Json::Null, |(_, body)| serde_json::from_str(body).unwrap());
            (method.to_owned(), path.to_owned(), body)
        })
        .collect()
}

/// Sends the calls as the text says. Returns how often one had to be sent again.
fn sent(browser: &Browser, subject: &Subject, text: &str) -> usize {
    let client = browser.client("ana");
    let scopes = endpoint::policy_write(subject);
    let all = calls(text);
    let find = Request::get(all[0].1.clone(), scopes);
    let found = || block_on(client.send(&find)).unwrap()["value"][0]["policyId"].as_str().unwrap().to_owned();
    let mut id = found();
    let mut again = 0;
    for (method, path, body) in &all[1..] {
        assert_eq!(method, "PATCH");
        let (head, rest) = path.split_once("{{").unwrap();
        let tail = rest.split_once("}}").unwrap().1;
        let send = |id: &str| block_on(client.send(&Request::patch([head, id, tail].concat(), body.clone(), scopes)));
        match send(&id) {
            Ok(_) => {}
            Err(Error::Refused(refusal)) if refusal.status == 404 => {
                again += 1;
                id = found();
                send(&id).unwrap();
            }
            Err(other) => panic!("{other}"),
        }
    }
    again
}

#[test]
fn a_policy_whose_id_changes_with_the_first_write_is_found_again() {
    let browser = Browser::new(&Seed::default());
    let export = export(&browser);
    assert!(export.calls.len() >= 3);
    let text = export.text(Form::Http);
    assert!(text.contains("# The first write to a group that is not in PIM yet changes the policy's ID."), "{text}");
    assert_eq!(sent(&browser, &export.subject, &text), 1);
    browser.pass(60_000);
    let after = read(&browser.client("ana"), &export.subject);
    assert_eq!(after.read(Setting::ActiveExpiry).value, Some(Value::Duration("P15D".into())));
    assert_eq!(after.read(Setting::ActivationDuration).value, Some(Value::Duration("PT2H30M".into())));
}

#[test]
fn scripts_look_a_policy_up_once_more_where_its_id_is_none_any_more() {
    let export = export(&Browser::new(&Seed::default()));
    let shell =
        ["if ($_.Exception.Response.StatusCode -ne 404) { throw }", "$script:policyId = Find-Policy $policyLookups"];
    for text in [export.text(Form::PowerShell), many::text(&[export.clone(), export.clone()], Form::PowerShell, &[])] {
        assert!(shell.iter().all(|line| text.contains(line)), "{text}");
        assert!(!text.contains("Nothing was changed."), "{text}");
    }
    let python = export.text(Form::Python);
    let lines =
        "    if answer.status_code == 404:\n        policy_id = find_policy()\n        answer = send(address, body)\n";
    assert!(python.contains(lines) && !python.contains("Nothing was changed."), "{python}");
    let many = many::text(&[export], Form::Http, &[]);
    assert!(many.contains("send \"Find the policy\" again, then that call."), "{many}");
}

#[test]
fn each_form_is_tied_to_the_tenant_or_says_that_it_is_not() {
    let export = export(&Browser::new(&Seed::default()));
    let named = ["Tenant ", tenant().as_str()].concat();
    for form in Form::SENDING {
        assert!(export.text(form).contains(&named), "{form:?}");
    }
    let python = export.text(Form::Python);
    let checked = ["if tenant_of(token) != \"", tenant().as_str(), "\":\n    sys.exit("].concat();
    let (checked, sent) = (python.find(&checked).unwrap(), python.find("= find_policy()").unwrap());
    assert!(checked < sent, "the first call comes after the check");
    assert!(export.text(Form::PowerShell).contains(&["-TenantId '", tenant().as_str(), "'"].concat()));
    let http = [export.text(Form::Http), many::text(std::slice::from_ref(&export), Form::Http, &[])];
    assert!(http.iter().all(|text| text.contains(&[&named, ". ", words::TENANT_OF_TOKEN].concat())), "{http:?}");
    assert!(export.text(Form::Terraform).contains(&[&named, ". ", words::TENANT_OF_PROVIDER].concat()));
}

//! Terraform: that a file of several policies can be applied at all, and that it says what its provider would not do.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "sample/rules.rs"]
mod rules;

use pim_desk::cloud::Cloud;
use pim_desk::export::many::text;
use pim_desk::export::{Export, Form};
use pim_desk::policy::Policy;

const ONE: &str = "11111111-1111-4111-8111-111111111111";
const TWO: &str = "22222222-2222-4222-8222-222222222222";

fn whole(id: &str, access: &str, name: &str) -> Export {
    let subject = format!("groups/{id}/{access}").parse().unwrap();
    Export::whole(&Policy { subject, ..rules::policy() }, name, Cloud::Global)
}

/// The labels of the resources in a text.
fn labels(text: &str) -> Vec<String> {
    let heads =
        text.lines().filter_map(|line| line.strip_prefix("resource \"azuread_group_role_management_policy\" \""));
    heads.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

fn labels_of(exports: &[Export]) -> Vec<String> {
    labels(&text(exports, Form::Terraform))
}

#[test]
fn members_and_owners_of_a_long_name_have_labels_of_their_own() {
    let name = "Tier 0 operators of the identity platform in Frankfurt and Singapore";
    let cut = "tier_0_operators_of_the_identity_platfor";
    let both = [whole(ONE, "member", name), whole(ONE, "owner", name)];
    assert_eq!(labels_of(&both), [format!("{cut}_member"), format!("{cut}_owner")]);
    assert_eq!(labels(&both[0].text(Form::Terraform)), [format!("{cut}_member")]);
}

#[test]
fn long_names_that_begin_alike_are_told_apart_by_their_ids() {
    let name = |end: &str| ["Tier 0 operators of the identity platform in ", end].concat();
    let all = [
        whole(ONE, "member", &name("Frankfurt")),
        whole(ONE, "owner", &name("Frankfurt")),
        whole(TWO, "member", &name("Singapore")),
        whole(TWO, "owner", &name("Singapore")),
        whole("33333333-3333-4333-8333-333333333333", "member", "Tier 0 operators"),
    ];
    let short = "tier_0_operators_of_the";
    let tagged = |id: &str, access: &str| format!("{short}_{}_{access}", id.replace('-', ""));
    let mut expected: Vec<String> = Vec::new();
    for id in [ONE, TWO] {
        expected.extend(["member", "owner"].map(|access| tagged(id, access)));
    }
    expected.push("tier_0_operators_member".to_owned());
    assert_eq!(labels_of(&all), expected);
}

//! Addresses, and lists pasted from elsewhere.

use pim_desk::policy::check::{is_address, pasted_entries};
use pim_desk::text::policy::setting::approvers_by_address;

#[test]
fn addresses() {
    for good in ["soc@contoso.com", "jörg@müller.example", "a.b+c@x.y.z"] {
        assert!(is_address(good), "{good}");
    }
    for bad in ["", "@", "a@b", "a@@b.c", "a b@c.d", "a@b..c", "A <a@b.c>", "a@b.c;d@e.f"] {
        assert!(!is_address(bad), "{bad}");
    }
}

/// A comma may belong to a name: half of one must not pass for someone else's.
#[test]
fn a_pasted_list_is_split_at_commas_only_between_addresses_and_ids() {
    const ID: &str = "7e526275-97a8-4dc6-932a-4db521cccf96";
    let listed = [ID, "a@x.org"].join(", ");
    for (text, entries) in [
        ("Ruiz, Dana <dana@x.org>; Berg, Ana <ana@x.org>", &["dana@x.org", "ana@x.org"][..]),
        ("Support, IT <it@x.org>", &["it@x.org"]),
        ("Ruiz, Dana <dana@x.org>, Berg, Ana <ana@x.org>, b@x.org", &["dana@x.org", "ana@x.org", "b@x.org"]),
        ("Dana Ruiz <dana@x.org>, ana@x.org <ana@x.org>", &["dana@x.org", "ana@x.org"]),
        ("Ruiz, Dana\r\nBerg, Ana", &["Ruiz, Dana", "Berg, Ana"]),
        ("a@x.org, b@x.org,c@x.org, ;\n", &["a@x.org", "b@x.org", "c@x.org"]),
        (&listed, &[ID, "a@x.org"]),
        ("Support, a@x.org", &["Support, a@x.org"]),
        ("b@x.org, Support, a@x.org, Berg, Ana <ana@x.org>", &["b@x.org", "Support, a@x.org, Berg, Ana <ana@x.org>"]),
        ("Tier-0 Approvers, Ana Berg <ana@x.org>", &["ana@x.org"]),
        ("Berg, Ana, Dr. <ana@x.org>", &["ana@x.org"]),
        ("a@x.org; b@x.org, Support, Berg, Ana <ana@x.org>", &["a@x.org", "b@x.org", "ana@x.org"]),
        ("Operators <Tier 0>", &["Operators <Tier 0>"]),
        (" <a@x.org> ", &["a@x.org"]),
        (" , ;", &[]),
    ] {
        let found: Vec<_> = pasted_entries(text).map(|pasted| pasted.entry).collect();
        assert_eq!(found, entries, "{text}");
    }
}

/// What is before the comma may be a group of its own, which would get lost.
#[test]
fn of_a_name_with_a_comma_it_is_told_that_only_the_address_counts() {
    for (text, told) in [
        ("Tier-0 Approvers, Ana Berg <ana@x.org>", &["Tier-0 Approvers, Ana Berg <ana@x.org>"][..]),
        ("b@x.org, Berg, Ana < ana@x.org >", &["Berg, Ana <ana@x.org>"]),
        ("b@x.org, Support, Berg, Ana <ana@x.org>", &["Support, Berg, Ana <ana@x.org>"]),
        ("Ana Berg <ana@x.org>; Ruiz, Dana", &[]),
    ] {
        assert_eq!(pasted_entries(text).filter_map(|pasted| pasted.doubtful()).collect::<Vec<_>>(), told, "{text}");
    }
    assert_eq!(approvers_by_address(&[]), "");
    let told = ["Berg, Ana <ana@x.org>".to_owned()];
    assert_eq!(
        approvers_by_address(&told),
        "Only the address was looked up, not the name before it: Berg, Ana <ana@x.org>."
    );
}

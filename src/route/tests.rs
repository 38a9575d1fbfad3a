//! Every address can be written and parsed again, and no text breaks the parser.

use super::*;
use crate::approval::{Kind, Sort};
use proptest::prelude::*;

const ID: &str = "7e526275-97a8-4dc6-932a-4db521cccf96";
const ANY_ID: &str = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

#[test]
fn harmless_variants_are_read() {
    let member = Route::group(ID.parse().unwrap());
    for text in [
        format!("#/groups/{ID}"),
        format!("#/groups/{}/MEMBER", ID.to_uppercase()),
        format!("#/groups/%7B{ID}%7D/member/Activation/"),
        format!("/groups/ {ID} /member/activation"),
    ] {
        assert_eq!(Route::parse(&text), member, "{text}");
    }
    let role = Route::policy(Subject::Role { template: ID.parse().unwrap() });
    for text in [format!("#/roles/{ID}"), format!("#/roles/%7B{}%7D/Activation/", ID.to_uppercase())] {
        assert_eq!(Route::parse(&text), role, "{text}");
    }
    let request = Route::Approval { request: ID.into() };
    for text in [format!("#/approvals/{ID}/"), format!("#/approvals/%7b{}%7D", ID.to_uppercase())] {
        assert_eq!(Route::parse(&text), request, "{text}");
    }
    let capitals =
        format!("#/compare?left=GROUPS/{id}/OWNER&right=Changes/{id}/BEFORE&show=ALL", id = ID.to_uppercase());
    let small = format!("#/compare?left=groups/{ID}/owner&right=changes/{ID}/before&show=all");
    assert_eq!(Route::parse(&capitals).to_string(), small);
    assert_eq!(Route::parse("#"), Route::HOME);
    assert_eq!(Route::parse("#/groups?q=tier%200"), Route::Groups { query: "tier 0".into() });
    for text in ["#/approvals", "#/approvals/", "#/approvals?", "#/approvals?kind=all&access=x&by=&sort=&q="] {
        assert_eq!(Route::parse(text), Route::APPROVALS, "{text}");
    }
    let filter = format!("#/approvals?SORT=x&q=a+b%26c&kind=ROLE&by=%7B{}%7D&sort=Newest", ID.to_uppercase());
    assert_eq!(Route::parse(&filter).to_string(), format!("#/approvals?q=a%20b%26c&kind=role&by={ID}&sort=newest"));
}

#[test]
fn the_rest_is_unknown_and_never_a_call() {
    for text in [
        "#//groups",
        "#/groups/",
        "#/groups/not-a-guid",
        "#/groups/%E0%A4%A",
        "#/groups/%00",
        "#/admin",
        "#/approvals/%00",
        "#/approvals/x",
        "#/approvals/..",
        "#/approvals/%2e%2e%2Fusers",
        "#/groups/7e526275-97a8-4dc6-932a-4db521cccf96/member/unknown-tab",
        "#/groups/a/b/c/d/e",
        "#/roles/x",
        "#/roles/7e526275-97a8-4dc6-932a-4db521cccf96/member",
        "#/roles/7e526275-97a8-4dc6-932a-4db521cccf96/activation/x",
        "#groups",
        "#/groups/%257e526275-97a8-4dc6-932a-4db521cccf96",
    ] {
        let read = Route::parse(text);
        assert!(matches!(read, Route::Unknown(_)) || text == "#/groups/", "{text} {read:?}");
    }
}

#[test]
fn an_unknown_address_stays_in_the_address_bar_as_it_is() {
    for length in [100, 300, 10_000] {
        let text = format!("#/of-a-newer-version?{}", "é=%20&".repeat(length));
        let read = Route::parse(&text);
        assert!(matches!(read, Route::Unknown(_)));
        assert_eq!(read.to_string(), text);
    }
}

fn any_filter() -> impl Strategy<Value = Filter> {
    let id = || proptest::option::of(ANY_ID.prop_map(|id| id.parse().unwrap()));
    let kind = proptest::option::of(proptest::sample::select(Kind::ALL.to_vec()));
    let sort = proptest::sample::select(Sort::ALL.to_vec());
    ("\\PC{0,40}", kind, id(), id(), sort).prop_map(|(text, kind, target, requester, sort)| Filter {
        text,
        kind,
        target,
        requester,
        sort,
    })
}

fn any_query() -> impl Strategy<Value = Query> {
    let kind = proptest::option::of(proptest::sample::select(Kind::ALL.to_vec()));
    let ending = proptest::option::of(proptest::sample::select(history::ENDINGS.map(|(_, ending)| ending).to_vec()));
    let who = proptest::sample::select(history::WHO.map(|(_, who)| who).to_vec());
    let order = proptest::sample::select(history::ORDERS.map(|(_, order)| order).to_vec());
    ("\\PC{0,40}", kind, ending, who, order).prop_map(|(text, kind, ending, who, order)| Query {
        text,
        kind,
        ending,
        who,
        order,
    })
}

fn any_route() -> impl Strategy<Value = Route> {
    let subject = (ANY_ID, 0..3).prop_map(|(id, kind)| {
        let id: Guid = id.parse().unwrap();
        match kind {
            0 => Subject::Role { template: id },
            1 => Subject::Group { group: id, access: Access::Member },
            _ => Subject::Group { group: id, access: Access::Owner },
        }
    });
    let tab = prop_oneof![Just(Tab::Activation), Just(Tab::Assignment), Just(Tab::Notification)];
    let source = prop_oneof![
        subject.clone().prop_map(Source::Policy),
        ANY_ID.prop_map(|id| Source::Before(id.parse().unwrap())),
        ANY_ID.prop_map(|id| Source::After(id.parse().unwrap())),
    ];
    prop_oneof![
        "\\PC{0,40}".prop_map(|query| Route::Groups { query }),
        ("\\PC{0,40}", proptest::sample::select(RoleFilter::ALL.to_vec()))
            .prop_map(|(query, show)| Route::Roles { query, show }),
        (proptest::option::of(source.clone()), proptest::option::of(source), any::<bool>())
            .prop_map(|(left, right, all)| Route::Compare(Comparing { left, right, all })),
        (subject, tab, any::<bool>()).prop_map(|(subject, tab, review)| Route::Policy { subject, tab, review }),
        any_filter().prop_map(Route::Approvals),
        any_query().prop_map(Route::ApprovalHistory),
        ANY_ID.prop_map(|request| Route::Approval { request }),
        ("\\PC{0,20}", 0_usize..4, prop::option::of(0_usize..5)).prop_map(|(text, since, standing)| {
            Route::Changes(Sought {
                text,
                since: crate::receipt::listing::Since::ALL[since],
                standing: standing.map(|at| crate::receipt::Standing::ALL[at]),
            })
        }),
        ANY_ID.prop_map(|id| Route::Change { id: id.parse().unwrap() }),
        (ANY_ID, prop::sample::select(Which::ALL.to_vec()))
            .prop_map(|(id, show)| Route::RolloutReceipt { id: id.parse().unwrap(), show }),
        prop::sample::select(Aspect::ALL.to_vec()).prop_map(Route::Rollout),
        "\\PC{1,40}".prop_map(|key| Route::Template { key }),
        prop_oneof![
            Just(Route::Help),
            Just(Route::Templates),
            Just(Route::DEAD_ENDS),
            Just(Route::SNAPSHOTS),
            drifting().prop_map(Route::Snapshots),
            Just(Route::REPORT),
            Just(Route::MATRIX),
        ],
    ]
}

proptest! {
    #[test]
    fn every_route_is_found_again(route in any_route()) {
        prop_assert_eq!(Route::parse(&route.to_string()), route);
    }

    #[test]
    fn every_text_is_read(text in "\\PC{0,80}") {
        let _ = Route::parse(&text).to_string();
    }

    #[test]
    fn every_path_is_read(text in "#/(groups|roles|compare|approvals|help)?[/%?&=+a-fA-F0-9{} -]{0,60}") {
        let canonical = Route::parse(&text).to_string();
        if !matches!(Route::parse(&text), Route::Unknown(_)) {
            prop_assert_eq!(Route::parse(&canonical), Route::parse(&text));
        }
    }
}

fn drifting() -> impl Strategy<Value = crate::snapshot::view::View> {
    use crate::matrix::Class;
    use crate::snapshot::Severity;
    use crate::snapshot::view::{Order, View};
    let severity = proptest::option::of(proptest::sample::select(Severity::ALL.to_vec()));
    let class = proptest::option::of(proptest::sample::select(Class::ALL.to_vec()));
    let order = proptest::sample::select(Order::ALL.to_vec());
    (severity, class, "\\PC{0,20}", order).prop_map(|(severity, class, text, order)| View {
        severity,
        class,
        text,
        order,
    })
}

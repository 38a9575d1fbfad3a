//! The table of policies: which rows are listed, in which order, and the file saved from them.
//!
//! `UPDATE_GOLDEN=1 cargo test --test native matrix` rewrites the file.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::sync::Arc;

use pim_desk::directory::{AuthenticationContext, Group, Holder};
use pim_desk::matrix::column_filter::{Compared, Range};
use pim_desk::matrix::deviation::{Deviation, deviation, deviations};
use pim_desk::matrix::listing::Words;
use pim_desk::matrix::measure::measure;
use pim_desk::matrix::{
    Class, Column, ColumnFilter, Row, Sort, SortBy, Standard, Standing, State, View, listing, majority,
};
use pim_desk::policy::{
    Access, Approver, ApproverKind, Policy, Requirement, Rule, RuleId, Setting, Sheet, Subject, Value,
};
use pim_desk::text::matrix::cell::{Nameless, full_line, short};
use pim_desk::text::matrix::table::{MatrixHead, as_csv, deviating};
use pim_desk::text::paper::Gaps;
use pim_desk::text::policy::value::Names;
use pim_desk::text::{dead_ends, report};
use proptest::prelude::*;

const HOURS: Column = Column::Setting(Setting::ActivationDuration);
const APPROVERS: Column = Column::Setting(Setting::Approvers);

struct People(BTreeMap<String, String>);

impl People {
    fn known() -> Self {
        Self([("a", "Ana Berg"), ("d", "Dana Ruiz")].map(|(id, name)| (id.to_owned(), name.to_owned())).into())
    }
}

impl Names for People {
    fn approver(&self, approver: &Approver) -> Option<String> {
        self.0.get(&approver.id).cloned()
    }

    fn contexts(&self) -> Option<&[AuthenticationContext]> {
        None
    }
}

impl Words for People {
    fn short(&self, column: Column, sheet: &Sheet) -> String {
        short(column, sheet, self)
    }

    fn nameless(&self, column: Column, sheet: &Sheet) -> String {
        short(column, sheet, &Nameless)
    }

    fn full(&self, column: Column, sheet: &Sheet) -> String {
        full_line(column, sheet, self)
    }
}

fn people(ids: &[&str]) -> Value {
    Value::Approvers(ids.iter().map(|id| Approver { kind: ApproverKind::User, id: (*id).to_owned() }).collect())
}

fn sheet(hours: u32, ids: &[&str]) -> Sheet {
    Sheet::kept([
        (Setting::ActivationDuration, Value::Duration(format!("PT{hours}H"))),
        (Setting::ApprovalRequired, Value::Flag(!ids.is_empty())),
        (Setting::Approvers, people(ids)),
        (Setting::ActivationRequirement, Value::Requirement(Requirement::Context("c1".into()))),
        (Setting::EligibleExpiry, Value::Duration("P180D".into())),
        (Setting::MailDefaults(RuleId::ActivationAlert), Value::Flag(true)),
        (Setting::MailRecipients(RuleId::ActivationAlert), Value::Recipients(vec!["soc@contoso.com".into()])),
        (Setting::MailCritical(RuleId::ActivationAlert), Value::Flag(false)),
    ])
}

fn row(number: usize, name: &str, standing: Standing) -> Row {
    let group = Group {
        id: format!("00000000-0000-4000-8000-{number:012}").parse().unwrap(),
        name: name.to_owned(),
        description: String::new(),
        role_assignable: false,
        dynamic: false,
        synced: false,
    };
    let subject = Subject::Group { group: group.id.clone(), access: Access::Member };
    Row { standing, ..Row::waiting(subject, Some(Arc::new(Holder::Group(group)))) }
}

fn read(sheet: Sheet) -> Standing {
    Standing::Read(Arc::new(sheet))
}

/// Read rows with some hours and approvers, and unread rows, mixed.
fn any_rows() -> impl Strategy<Value = Vec<Row>> {
    let ids = prop_oneof![Just(vec![]), Just(vec!["a"]), Just(vec!["d"]), Just(vec!["a", "d"]), Just(vec!["x"])];
    let standing = prop_oneof![
        6 => (1..6_u32, ids).prop_map(|(hours, ids)| read(sheet(hours, &ids))),
        1 => Just(Standing::Failed),
        1 => Just(Standing::NotRead),
        1 => Just(Standing::Waiting),
        1 => Just(Standing::NoPolicy),
    ];
    let one = ("[a-cA-C]{1,3}", standing);
    proptest::collection::vec(one, 0..24)
        .prop_map(|all| all.into_iter().enumerate().map(|(at, (name, standing))| row(at, &name, standing)).collect())
}

fn any_filter() -> impl Strategy<Value = ColumnFilter> {
    let values = proptest::collection::vec(prop_oneof![Just("2 h"), Just("3 h"), Just("no such value")], 0..3);
    let hour = || proptest::option::of((1..6_i64).prop_map(|hours| hours * 3_600));
    let compared = proptest::option::of(0..3_usize).prop_map(|at| at.map(|at| Compared::ALL[at]));
    let text = prop_oneof![3 => Just(""), 1 => Just("2"), 1 => Just("h 4")];
    (values, compared, text, hour(), hour(), any::<bool>()).prop_map(|(values, compared, text, from, to, unread)| {
        ColumnFilter {
            values: values.into_iter().map(str::to_owned).collect(),
            compared,
            text: text.to_owned(),
            range: Range { from, to },
            unread,
        }
    })
}

fn any_view() -> impl Strategy<Value = View> {
    let count = || proptest::option::of(0..3_i64);
    let states = proptest::collection::vec((0..6_usize).prop_map(|at| State::ALL[at]), 0..3);
    (any_filter(), any::<bool>(), count(), count(), states).prop_map(|(filter, deviating, from, to, states)| {
        let view = View { deviating, deviations: Range { from, to }, states, ..View::NEW };
        view.with_filter(HOURS, filter)
    })
}

/// The reference: five hours and Dana.
fn standard() -> Standard {
    Standard::for_all(&sheet(5, &["d"]))
}

/// What a person would say about one row, checking the view one filter at a time.
fn belongs(row: &Row, view: &View) -> bool {
    if !view.states.is_empty() && !view.states.contains(&row.state()) {
        return false;
    }
    let filter = view.filter_of(HOURS).cloned().unwrap_or_default();
    let Standing::Read(sheet) = &row.standing else {
        let counted = view.deviating || view.deviations != Range::ANY;
        return !counted && (view.column_filters.is_empty() || filter.unread);
    };
    let against = standard();
    let against = against.of(&row.subject).unwrap();
    let number = i64::try_from(deviations(sheet, against).certain).unwrap();
    if view.deviating && number == 0 {
        return false;
    }
    if view.deviations.from.is_some_and(|from| number < from) || view.deviations.to.is_some_and(|to| number > to) {
        return false;
    }
    if view.column_filters.is_empty() {
        return true;
    }
    let seconds = measure(HOURS, sheet).unwrap();
    let shown = format!("{} h", seconds / 3_600);
    let only_unread = filter == ColumnFilter { unread: true, ..ColumnFilter::default() };
    !only_unread
        && (filter.values.is_empty() || filter.values.contains(&shown))
        && filter.compared.is_none_or(|compared| match compared {
            Compared::Deviating => seconds != 5 * 3_600,
            Compared::Weaker => seconds > 5 * 3_600,
            Compared::Stricter => seconds < 5 * 3_600,
        })
        && filter.range.from.is_none_or(|from| seconds >= from)
        && filter.range.to.is_none_or(|to| seconds <= to)
        && filter.text.split(' ').all(|word| shown.contains(word))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn exactly_the_rows_are_listed_that_belong(rows in any_rows(), view in any_view()) {
        let mut listed = listing(&rows, &standard(), &view, &People::known());
        listed.sort_unstable();
        let expected: Vec<usize> = (0..rows.len()).filter(|at| belongs(&rows[*at], &view)).collect();
        prop_assert_eq!(listed, expected);
    }

    #[test]
    fn a_filter_leaves_the_order_of_the_others_alone(rows in any_rows(), view in any_view(), descending: bool) {
        for by in [SortBy::Name, SortBy::Deviations, SortBy::Column(HOURS), SortBy::Column(APPROVERS)] {
            let view = View { sort: Sort { by, descending }, ..view.clone() };
            let all = listing(&rows, &standard(), &view.unfiltered(), &People::known());
            let expected: Vec<usize> = all.into_iter().filter(|at| belongs(&rows[*at], &view)).collect();
            prop_assert_eq!(listing(&rows, &standard(), &view, &People::known()), expected);
        }
    }

    #[test]
    fn rows_stand_in_order_and_those_without_a_value_last(rows in any_rows(), descending: bool) {
        let against = standard();
        let key = |by: SortBy, row: &Row| {
            let sheet = row.sheet()?;
            match by {
                SortBy::Deviations => {
                    let number = deviations(sheet, against.of(&row.subject).unwrap());
                    Some(-i64::try_from(number.certain).unwrap())
                }
                // Values stand in order even without effect.
                SortBy::Column(APPROVERS) => match sheet.value(Setting::Approvers) {
                    Some(Value::Approvers(list)) => i64::try_from(list.len()).ok(),
                    _ => None,
                },
                SortBy::Column(column) => measure(column, sheet),
                SortBy::Name => None,
            }
        };
        for by in [SortBy::Deviations, SortBy::Column(HOURS), SortBy::Column(APPROVERS)] {
            let view = View { sort: Sort { by, descending }, ..View::NEW };
            let listed = listing(&rows, &against, &view, &People::known());
            prop_assert_eq!(listed.len(), rows.len());
            for pair in listed.windows(2) {
                let (left, right) = (&rows[pair[0]], &rows[pair[1]]);
                let by_name = (left.name().to_lowercase(), left.id()) <= (right.name().to_lowercase(), right.id());
                let holds = match (key(by, left), key(by, right)) {
                    (Some(left), Some(right)) if left == right => by_name,
                    (Some(left), Some(right)) => (left < right) != descending,
                    (Some(_), None) => true,
                    (None, Some(_)) => false,
                    (None, None) => by_name,
                };
                prop_assert!(holds, "{:?} {}", by, descending);
            }
        }
        let names = |descending| {
            let view = View { sort: Sort { by: SortBy::Name, descending }, ..View::NEW };
            listing(&rows, &against, &view, &People::known())
        };
        let mut turned = names(true);
        turned.reverse();
        prop_assert_eq!(names(false), turned);
    }
}

#[test]
fn approvers_are_told_apart_by_name_and_an_earlier_address_still_finds_them() {
    let rows =
        [row(0, "A", read(sheet(1, &["a"]))), row(1, "B", read(sheet(1, &["d"]))), row(2, "C", read(sheet(1, &[])))];
    let of = |values: &[&str], text: &str| {
        let values = values.iter().map(|value| (*value).to_owned()).collect();
        let filter = ColumnFilter { values, text: text.to_owned(), ..ColumnFilter::default() };
        listing(&rows, &Standard::default(), &View::NEW.with_filter(APPROVERS, filter), &People::known())
    };
    assert_eq!(of(&["Dana Ruiz"], ""), [1]);
    assert_eq!(of(&["Dana Ruiz", "nobody"], ""), [1, 2]);
    assert_eq!(of(&["1 person"], ""), [0, 1], "as it stood in addresses before cells had names");
    assert_eq!(of(&[], "berg ANA"), [0], "words of the full value, in any order and case");
}

#[test]
fn the_file_says_what_it_is_of() {
    let subject = "roles/62e90394-69f5-4237-9190-012177145e10".parse().unwrap();
    let rows = [
        row(1, "Tier-0 Operators", read(sheet(8, &["a"]))),
        row(2, "=HYPERLINK(\"x\")", read(sheet(4, &["d", "x"]))),
        row(3, "Network; \"quoted\"", Standing::Failed),
        Row { standing: read(sheet(5, &["d"])), ..Row::waiting(subject, None) },
    ];
    let columns = [HOURS, APPROVERS, Column::Mail(RuleId::ActivationAlert)];
    let about = MatrixHead {
        reference: "Tier-0, strict (members)".into(),
        read_at: "2026-03-01T08:00:00Z".into(),
        tenant: "Contoso (5a1e0000-0000-4000-8000-000000000001)".into(),
        by: "Ana Brandão".into(),
        at: "2026-03-01T08:05:00Z".into(),
        only: "“tier”; Members and Owners; Only deviations".into(),
        rows: "4 of 280 policies".into(),
        gaps: Gaps { unread: 1, cut_off: true, in_doubt: 2, ..Gaps::default() },
    };
    let found = as_csv(&about, rows.iter(), &columns, &standard(), &People::known());
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/matrix/table.csv");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(path, &found).unwrap();
    }
    assert_eq!(found, std::fs::read_to_string(path).unwrap());
    assert_eq!(about.line().split(". ").count(), 10);
    assert!(about.line().contains("Rows: 4 of 280 policies. Not read: 1 policy. List incomplete: There may be more"));
}

#[test]
fn files_count_what_was_not_read_apart_from_what_nothing_can_be_said_about() {
    let standings = [read(sheet(8, &[])), Standing::Waiting, Standing::Failed, Standing::NoPolicy, Standing::Several];
    let rows: Vec<Row> = standings.into_iter().enumerate().map(|(at, standing)| row(at, "x", standing)).collect();
    assert_eq!(Gaps::of(rows.iter()), Gaps { unread: 2, unclear: 2, ..Gaps::default() });
}

/// A policy with one mail rule, whose level is the third that Microsoft knows, which is neither all nor critical.
fn with_unread_level(defaults: bool) -> Sheet {
    let rule = Rule::new(serde_json::json!({
        "@odata.type": "#microsoft.graph.unifiedRoleManagementPolicyNotificationRule",
        "id": RuleId::ActivationAlert.as_str(),
        "isDefaultRecipientsEnabled": defaults,
        "notificationRecipients": ["soc@contoso.com"],
        "notificationLevel": "None",
    }));
    let subject = "roles/62e90394-69f5-4237-9190-012177145e10".parse().unwrap();
    Sheet::of(&Policy { id: String::new(), subject, rules: vec![rule], modified_at: None, modified_by: None })
}

#[test]
fn what_cannot_be_compared_is_neither_hidden_nor_counted_as_the_same() {
    let mail = RuleId::ActivationAlert;
    let against = Standard::for_all(&Sheet::kept([
        (Setting::MailDefaults(mail), Value::Flag(true)),
        (Setting::MailRecipients(mail), Value::Recipients(vec!["soc@contoso.com".into()])),
        (Setting::MailCritical(mail), Value::Flag(false)),
    ]));
    let all = Sheet::kept([(Setting::MailDefaults(mail), Value::Flag(true))]);
    let rows = [
        row(0, "Same", read(all)),
        row(1, "Unread", read(with_unread_level(true))),
        row(2, "Weaker", read(with_unread_level(false))),
    ];
    let cell = |at: usize| deviating(&rows[at], &against, &Column::all());
    assert_eq!([cell(0), cell(1), cell(2)], ["0", "0, 1 not known", "1"]);
    assert_eq!(deviating(&rows[2], &against, &[HOURS]), "1 (1 hidden)");
    let of = |view: &View| listing(&rows, &against, view, &People::known());
    assert_eq!(of(&View { deviating: true, ..View::NEW }), [1, 2], "only deviations");
    let between = |from, to| of(&View { deviations: Range { from, to }, ..View::NEW });
    assert_eq!(between(Some(1), None), [1, 2], "it may be one");
    assert_eq!(between(None, Some(0)), [0, 1], "it may be none");
    assert_eq!(between(Some(2), None), [0_usize; 0]);
    let compared = |compared| {
        let filter = ColumnFilter { compared: Some(compared), ..ColumnFilter::default() };
        of(&View::NEW.with_filter(Column::Mail(mail), filter))
    };
    assert_eq!(compared(Compared::Deviating), [1, 2], "as in the listing of only deviations");
    assert_eq!(compared(Compared::Weaker), [2]);
    assert_eq!(of(&View { sort: Sort { by: SortBy::Deviations, descending: false }, ..View::NEW }), [2, 1, 0]);
    let csv = as_csv(&MatrixHead::default(), rows.iter(), &Column::all(), &against, &People::known());
    let line = |name: &str| csv.lines().find(|line| line.starts_with(name)).unwrap().to_owned();
    assert!(line("Unread").contains(",members,\"0, 1 not known\","), "{csv}");
    assert!(line("Unread").ends_with(",Activation: alert: cannot be compared"), "{csv}");
    assert!(line("Same").ends_with(','), "{csv}");
}

/// Microsoft sends requests to approvers only, whatever addresses are stored with them.
#[test]
fn addresses_that_get_no_email_are_neither_compared_nor_counted() {
    let of = |mail: RuleId| {
        let sheet = |to: &[&str]| {
            let list = to.iter().map(|one| (*one).to_owned()).collect();
            Sheet::kept([
                (Setting::MailDefaults(mail), Value::Flag(true)),
                (Setting::MailRecipients(mail), Value::Recipients(list)),
                (Setting::MailCritical(mail), Value::Flag(false)),
            ])
        };
        let (column, more, none) = (Column::Mail(mail), sheet(&["soc@contoso.com"]), sheet(&[]));
        let rows = [row(0, "a", read(more.clone())), row(1, "b", read(none.clone()))];
        let sort = Sort { by: SortBy::Column(column), descending: false };
        let order = listing(&rows, &Standard::default(), &View { sort, ..View::NEW }, &People::known());
        (deviation(column, &none, &more), measure(column, &more), order)
    };
    assert_eq!(of(RuleId::ActivationAlert), (Deviation::Weaker, Some(1), vec![1, 0]));
    assert_eq!(of(RuleId::ActivationApprover), (Deviation::Idle, None, vec![0, 1]));
}

#[test]
fn a_majority_is_that_of_its_class_alone() {
    let rows: Vec<Row> =
        [8, 8, 1].iter().enumerate().map(|(at, hours)| row(at, "x", read(sheet(*hours, &["d"])))).collect();
    let found = majority(&rows, Class::Members).unwrap();
    assert_eq!(deviation(HOURS, &sheet(8, &["d"]), &found), Deviation::Same);
    assert_eq!(deviation(HOURS, &sheet(1, &["d"]), &found), Deviation::Stricter);
    assert_eq!(majority(&rows, Class::Owners), None);
    assert_eq!(majority(&rows[..2], Class::Members), None, "two policies have none");
}

#[test]
fn of_selected_rows_those_that_are_not_in_the_table_are_told_apart() {
    use pim_desk::text::matrix::{selected, selected_gone};
    assert_eq!(selected(1, 0, 0), "1 row selected");
    assert_eq!(selected(40, 3, 0), "40 rows selected, 3 of them not shown");
    assert_eq!(selected(0, 0, 40), "0 rows selected, 40 more not read yet");
    assert_eq!(report::selected(5, 2), "5 findings selected, 2 of them not shown");
    assert_eq!(
        [dead_ends::selected(5, 2), dead_ends::selected(5, 0)],
        ["5 selected, 2 of them not shown", "5 selected"]
    );
    assert_eq!(selected_gone(1), "1 selected row is no longer in the table and was deselected");
    assert_eq!(selected_gone(2), "2 selected rows are no longer in the table and were deselected");
}

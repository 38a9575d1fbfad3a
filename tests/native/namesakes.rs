//! Names of approvers in files: namesakes, and names with a comma, are told apart.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use crate::sample::rules;
use crate::sample::snapshots::{about, snapshot};
use pim_desk::directory::AuthenticationContext;
use pim_desk::matrix::{Column, Row, Standard, Standing};
use pim_desk::policy::compare::compare;
use pim_desk::policy::{Approver, ApproverKind, RuleId, Setting, Sheet, Value};
use pim_desk::snapshot::drift;
use pim_desk::snapshot::drift::Now;
use pim_desk::text::matrix::table::{self, MatrixHead};
use pim_desk::text::policy;
use pim_desk::text::policy::value::{Names, value};
use pim_desk::text::snapshots::{as_csv, as_table, as_text};
use serde_json::json;

const TWO: &str = "22222222-2222-4222-8222-222222222222";
const DANA: &str = "33333333-3333-4333-8333-333333333333";

/// Two people with one name.
struct Namesakes;

impl Names for Namesakes {
    fn approver(&self, _: &Approver) -> Option<String> {
        Some("Meier, Anna".into())
    }

    fn contexts(&self) -> Option<&[AuthenticationContext]> {
        None
    }
}

#[test]
fn approvers_with_one_name_are_told_apart_in_files() {
    let approvers = [DANA, TWO].map(|id| Approver { kind: ApproverKind::User, id: id.into() }).to_vec();
    let list = Value::Approvers(approvers);
    let before = rules::policy();
    let after = rules::with_rule(RuleId::ActivationApproval.as_str(), |rule| {
        let one = |id| json!({"@odata.type": "#microsoft.graph.singleUser", "userId": id});
        rule["setting"]["approvalStages"][0]["primaryApprovers"] = json!([one(DANA), one(TWO)]);
    });
    assert_eq!(after.read(Setting::Approvers).value.as_ref(), Some(&list));
    let about = about();
    let told = format!("Meier, Anna ({DANA}); Meier, Anna ({TWO})");
    assert!(as_table(&snapshot(after.clone()), &Namesakes).contains(&told));
    let mut now = Now::default();
    now.read(after.subject.id().clone(), vec![after.clone()]);
    let kept = snapshot(before.clone());
    let found = drift(&kept, &now);
    let told_by = [as_text, as_csv].map(|write| write(&kept, &found, &found.drifted, &Namesakes, &about));
    let row =
        Row { standing: Standing::Read(Arc::new(Sheet::of(&after))), ..Row::waiting(after.subject.clone(), None) };
    let column = Column::Setting(Setting::Approvers);
    let head = MatrixHead::default();
    let matrix = table::as_csv(&head, [&row].into_iter(), &[column], &Standard::default(), &Namesakes);
    let compared = compare(&Sheet::of(&before), &Sheet::of(&after));
    let sides = ["Before".to_owned(), "After".to_owned()];
    let comparison = policy::compare::as_csv(&compared, &sides, false, &Namesakes);
    for text in told_by.iter().chain([&matrix, &comparison]) {
        assert!(text.contains(&told), "{text}");
    }
    // On screen a name is enough.
    let shown = value(&list, &Namesakes);
    assert_eq!(shown, "Meier, Anna, Meier, Anna");
}

//! The matrix compared with a baseline of which nobody can say whether its lines apply to a policy.

use super::{GROUP, group, guid, strict_but};
use pim_desk::baseline::judge::standard;
use pim_desk::baseline::{Held, find};
use pim_desk::guid::Guid;
use pim_desk::matrix::column_filter::Range;
use pim_desk::matrix::{Column, Row, Standing, View, listing};
use pim_desk::policy::{Access, Requirement, Setting, Sheet, Value};
use pim_desk::text::matrix::cell::{Nameless, full_line, short};
use pim_desk::text::matrix::table::{MatrixHead, as_csv, deviating};
use pim_desk::text::matrix::{IN_DOUBT, in_doubt};
use pim_desk::text::paper::Gaps;

struct Words;

impl listing::Words for Words {
    fn short(&self, column: Column, sheet: &Sheet) -> String {
        short(column, sheet, &Nameless)
    }

    fn nameless(&self, column: Column, sheet: &Sheet) -> String {
        short(column, sheet, &Nameless)
    }

    fn full(&self, column: Column, sheet: &Sheet) -> String {
        full_line(column, sheet, &Nameless)
    }
}

fn rows() -> [Row; 4] {
    let without_mfa = || strict_but(&[(Setting::ActivationRequirement, Value::Requirement(Requirement::None))]);
    [
        group(Access::Member, true, without_mfa()),
        group(Access::Owner, true, without_mfa()),
        Row {
            subject: format!("groups/{}/member", GROUP.replace("7e5", "8e5")).parse().unwrap(),
            ..group(Access::Member, false, without_mfa())
        },
        Row {
            subject: format!("groups/{}/member", GROUP.replace("7e5", "9e5")).parse().unwrap(),
            standing: Standing::Failed,
            ..group(Access::Member, true, without_mfa())
        },
    ]
}

#[test]
fn a_policy_that_lines_may_apply_to_is_neither_hidden_nor_said_to_deviate_nowhere() {
    let (rows, scuba) = (rows(), find("scuba").unwrap());
    for held in [Held::Waiting, Held::NotGranted, Held::Failed, Held::NotRead] {
        let against = standard(&scuba, &rows, &|_: &Guid| held.clone());
        assert_eq!(against.doubts(), [rows[0].subject.clone()], "owners do not have the roles; what failed says so");
        let cells: Vec<String> = rows.iter().map(|row| deviating(row, &against, &Column::all())).collect();
        assert_eq!([&cells[0], &cells[1], &cells[2]], ["not known", "", ""], "{held:?}");
        let of = |view: &View| pim_desk::matrix::listing(&rows, &against, view, &Words);
        assert_eq!(of(&View { deviating: true, ..View::NEW }), [0], "only deviations");
        assert_eq!(of(&View { deviations: Range { from: Some(5), to: None }, ..View::NEW }), [0]);
        assert_eq!(of(&View { deviations: Range { from: None, to: Some(0) }, ..View::NEW }), [0]);
        let csv = as_csv(&MatrixHead::default(), rows.iter(), &[], &against, &Nameless);
        assert!(csv.contains(&format!(",members,not known,{IN_DOUBT}\r\n")), "{csv}");
    }
    let global = |_: &Guid| Held::Known(vec![guid(pim_desk::baseline::scope::GLOBAL_ADMINISTRATOR)]);
    let against = standard(&scuba, &rows, &global);
    assert!(against.doubts().is_empty());
    assert!(against.of(&rows[0].subject).is_some());
}

#[test]
fn deviations_from_the_lines_that_do_apply_are_counted_as_some_of_them() {
    let mut rows = rows();
    let all = |held: Held| standard(&find("scuba").unwrap(), &rows, &|_: &Guid| held.clone());
    let known = all(Held::Known(vec![guid(pim_desk::baseline::scope::GLOBAL_ADMINISTRATOR)]));
    let against = known.in_doubt(vec![rows[0].subject.clone()]);
    rows[0].standing = group(Access::Member, true, strict_but(&[])).standing;
    assert_eq!(deviating(&rows[0], &against, &Column::all()), "0 or more");
    let gaps = Gaps { in_doubt: 1, ..Gaps::default() }.facts();
    assert_eq!(gaps, [("Not known whether lines of the baseline apply", "1 policy".to_owned())]);
    assert_eq!(in_doubt(3), "For 3 policies, it is not known whether lines of the baseline apply");
}

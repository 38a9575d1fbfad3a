//! Reading some of the policies once more: after a failure, after Cancel, after a save.

use std::cell::RefCell;

use crate::sample::browser::Browser;
use crate::sample::latency::slow_client;
use pim_desk::desk::survey::rows::{Counts, MatrixRows};
use pim_desk::desk::survey::{Board, End, News, Scope, go_on};
use pim_desk::graph::patience::Patience;
use pim_desk::guid::Guid;
use pim_desk::matrix::{HolderKind, Row, Standing};
use pim_desk_tenant::{Effect, Fault, Seed};

/// A table that is filled several times, as the page's is.
#[derive(Default)]
struct Page {
    table: MatrixRows,
    rows: Vec<Row>,
}

impl Page {
    /// Reads what is on a board; returns how it ended and how many calls it took.
    fn read(&mut self, browser: &Browser, board: &mut Board, faults: Vec<Fault>, stop_after: usize) -> (End, usize) {
        let (world, client) = slow_client(browser, "ana", 80);
        browser.play(faults);
        let (kind, patience) = (board.kind(), Patience::default());
        let (page, read) = (RefCell::new(&mut *self), RefCell::new(0));
        let tell = |news: News| {
            *read.borrow_mut() += usize::from(matches!(news, News::Policies(..)));
            let Self { table, rows } = &mut **page.borrow_mut();
            table.take_in(rows, kind, news);
            if *read.borrow() >= stop_after {
                patience.stop();
            }
        };
        let end = world.run(go_on(&client, board, &patience, &tell));
        self.table.end(&mut self.rows, kind);
        (end, browser.sent().len())
    }

    fn read_all(browser: &Browser, scope: &Scope, faults: Vec<Fault>) -> Self {
        let mut page = Self::default();
        page.read(browser, &mut Board::new(scope), faults, usize::MAX);
        page
    }

    fn again(&mut self, browser: &Browser, ids: &[Guid], faults: Vec<Fault>) -> usize {
        self.table.wait_again(&mut self.rows, HolderKind::Groups, ids);
        let scope = Scope::Again(ids.to_vec(), self.table.unnamed(ids));
        self.read(browser, &mut Board::new(&scope), faults, usize::MAX).1
    }
}

fn tenant(groups: usize) -> Browser {
    Browser::new(&Seed { groups: groups + 28, groups_in_pim: groups, ..Seed::default() })
}

fn refused(id: &str) -> Vec<Fault> {
    let effect = Effect::Refuse { status: 403, retry_after: None };
    vec![Fault { method: None, path: format!("scopeId eq '{id}'"), skip: 0, times: None, effect }]
}

fn full(rows: &[Row]) -> bool {
    rows.iter().all(|row| row.sheet().is_some() && row.holder.is_some())
}

#[test]
fn the_counts_stay_true_through_one_try_after_another() {
    let browser = tenant(60);
    let bad = browser.tenant().groups()[40].id.clone();
    let ids = [bad.as_str().parse().unwrap()];
    let mut page = Page::read_all(&browser, &Scope::GroupsInPim, refused(bad.as_str()));
    let failed = Counts { found: 60, read: 60, failed: 1, left: 0 };
    assert_eq!(MatrixRows::counts(&page.rows, HolderKind::Groups), failed);
    page.again(&browser, &ids, refused(bad.as_str()));
    assert_eq!(MatrixRows::counts(&page.rows, HolderKind::Groups), failed, "refused once more");
    page.table.wait_again(&mut page.rows, HolderKind::Groups, &ids);
    assert_eq!(
        MatrixRows::counts(&page.rows, HolderKind::Groups),
        Counts { found: 60, read: 59, failed: 0, left: 0 },
        "on its way"
    );
    assert_eq!(page.again(&browser, &ids, Vec::new()), 1, "its name is known: one call");
    assert_eq!(MatrixRows::counts(&page.rows, HolderKind::Groups), Counts { found: 60, read: 60, failed: 0, left: 0 });
    assert!(full(&page.rows));
}

#[test]
fn what_was_written_to_takes_a_call_for_twenty_groups() {
    let browser = tenant(60);
    let mut page = Page::read_all(&browser, &Scope::GroupsInPim, Vec::new());
    let ids: Vec<Guid> = page.rows.iter().step_by(2).take(41).map(|row| row.id().clone()).collect();
    assert_eq!(page.again(&browser, &ids, Vec::new()), 3);
    assert!(full(&page.rows) && page.rows.len() == 120);
}

#[test]
fn a_group_that_came_into_pim_comes_into_the_table_with_its_name() {
    let browser = tenant(40);
    let mut page = Page::read_all(&browser, &Scope::GroupsInPim, Vec::new());
    let known: Vec<Guid> = page.rows.iter().map(|row| row.id().clone()).collect();
    let all: Vec<Guid> = browser.tenant().groups().iter().map(|group| group.id.as_str().parse().unwrap()).collect();
    let new = all.into_iter().find(|id| !known.contains(id)).unwrap();
    assert_eq!(page.again(&browser, &[new], Vec::new()), 2, "the policies and the name");
    assert_eq!(page.rows.len(), 82);
    assert!(full(&page.rows));
}

#[test]
fn roles_are_read_again_alone_whatever_their_scope_type_is_called() {
    let browser = tenant(40);
    let mut page = Page::read_all(&browser, &Scope::Roles, Vec::new());
    let ids: Vec<Guid> = page.rows.iter().take(3).map(|row| row.id().clone()).collect();
    for (faults, most) in [
        (Vec::new(), 1),
        // A tenant that knows roles only by the second scope type.
        (
            vec![Fault {
                method: None,
                path: "scopeType eq 'DirectoryRole'".into(),
                skip: 0,
                times: None,
                effect: Effect::Refuse { status: 400, retry_after: None },
            }],
            2,
        ),
    ] {
        page.table.wait_again(&mut page.rows, HolderKind::Roles, &ids);
        assert_eq!(MatrixRows::counts(&page.rows, HolderKind::Roles).read, page.rows.len() - 3);
        let mut board = Board::new(&Scope::RolesAgain(ids.clone()));
        let (end, calls) = page.read(&browser, &mut board, faults, usize::MAX);
        assert_eq!((end, calls), (End::Complete, most));
        assert!(full(&page.rows));
    }
}

#[test]
fn what_was_stopped_goes_on_where_it_was_left_with_the_list_too() {
    for (scope, least) in [(Scope::GroupsInPim, 1), (Scope::Roles, 1)] {
        let browser = tenant(900);
        let whole = Page::read_all(&browser, &scope, Vec::new());
        let mut page = Page::default();
        let mut board = Board::new(&scope);
        let (end, _) = page.read(&browser, &mut board, Vec::new(), least);
        let before = MatrixRows::counts(&page.rows, scope.kind());
        assert_eq!(end, End::Stopped);
        assert!(page.rows.len() < whole.rows.len(), "{scope:?}: the list was stopped too");
        let left = MatrixRows::left(&page.rows, scope.kind());
        board.add(&left);
        page.table.wait_again(&mut page.rows, scope.kind(), &left);
        let (end, _) = page.read(&browser, &mut board, Vec::new(), usize::MAX);
        assert_eq!(end, End::Complete);
        assert!(full(&page.rows) && page.rows.len() == whole.rows.len(), "{scope:?} from {before:?}");
    }
}

#[test]
fn cancel_during_a_wait_that_microsoft_asked_for_fails_nothing() {
    let browser = tenant(200);
    let (world, client) = slow_client(&browser, "ana", 80);
    let effect = Effect::Refuse { status: 429, retry_after: Some("20".into()) };
    browser.play(vec![Fault {
        method: None,
        path: "roleManagementPolicyAssignments".into(),
        skip: 0,
        times: Some(1),
        effect,
    }]);
    let (mut board, patience) = (Board::new(&Scope::GroupsInPim), Patience::default());
    let page = RefCell::new(Page::default());
    let tell = |news: News| {
        if matches!(news, News::Slowed(_)) {
            patience.stop();
        }
        let Page { table, rows } = &mut *page.borrow_mut();
        table.take_in(rows, HolderKind::Groups, news);
    };
    let end = world.run(go_on(&client, &mut board, &patience, &tell));
    let mut page = page.into_inner();
    page.table.end(&mut page.rows, HolderKind::Groups);
    assert_eq!(end, End::Stopped);
    assert!(page.rows.iter().all(|row| row.standing != Standing::Failed));
    let left = MatrixRows::left(&page.rows, HolderKind::Groups);
    assert!(!left.is_empty());
    board.add(&left);
    page.table.wait_again(&mut page.rows, HolderKind::Groups, &left);
    page.read(&browser, &mut board, Vec::new(), usize::MAX);
    assert!(full(&page.rows) && page.rows.len() == 400);
}

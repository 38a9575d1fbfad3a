//! The app around a page for a signed-in person: navigation, account, notices, the bar of unsaved changes.

pub(in crate::view) mod account;
pub(in crate::view) mod background;
pub(in crate::view) mod keys;
pub(in crate::view) mod unkept;

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use self::account::{Account, WayOutDialog, WaysOut};
use self::background::{CutShort, begin_inbox, learn_times};
use self::keys::KeyDialog;
use self::unkept::UnkeptNotice;
use super::lazy::{Page, lazy_page};
use super::page;
use crate::browser::{BrowserWorld, unload};
use crate::desk::directory;
use crate::graph::Client;
use crate::graph::client::Waiting;
use crate::guid::Guid;
use crate::policy::Subject;
use crate::route::Route;
use crate::state::approval::inbox_count::InboxCount;
use crate::state::desk::{BrowserSession, Desk};
use crate::state::frame::keyboard::Keyboard;
use crate::state::frame::nav::Nav;
use crate::state::frame::online::Online;
use crate::state::frame::tabs::Tabs;
use crate::state::frame::tenant_name::TenantName;
use crate::state::frame::unkept::Unkept;
use crate::state::lasting;
use crate::state::matrix::browsing::Browsing;
use crate::state::session::SessionState;
use crate::state::session::leaving::wind_up;
use crate::text;
use crate::view::part::{Button, ButtonKind, Dialog, Frame, Glyph, NavItem, Notice, Tone};
use crate::world::Clock;

/// Everything below the session gate.
#[component]
pub fn Shell(
    /// The session.
    session: Rc<BrowserSession>,
) -> impl IntoView {
    let waiting = RwSignal::new(None::<Waiting>);
    let on_wait = Rc::new(move |now: Option<Waiting>| {
        waiting.try_set(now);
    });
    let graph_origin = session.config().endpoints.graph.clone();
    let client = Rc::new(Client::new(BrowserWorld, session.clone(), graph_origin, on_wait));
    let desk = Desk::new(client, session, waiting);
    let nav = Nav::start();
    provide_context(desk);
    provide_context(nav);
    provide_context(WaysOut::new(desk, nav));
    provide_context(Keyboard::start(nav));
    let browsing = Browsing::new(nav);
    provide_context(browsing);
    provide_context(Tabs::start(desk));
    provide_context(Unkept::default());
    let waiting_requests = InboxCount::default();
    provide_context(waiting_requests);
    SessionState::current().winds_up_by(wind_up(nav));
    // All other state is created by the part of the program that uses it.
    lasting::begin();
    begin_inbox();
    learn_times();

    // Until the tenant's name is read, which comes after what the page is about, the person's domain is shown instead.
    let domain = desk.account().username.split_once('@').map(|(_, domain)| domain.to_owned());
    let tenant = RwSignal::new(domain.unwrap_or_else(|| desk.account().tid.to_string()));
    spawn_local(async move {
        BrowserWorld.sleep(NAME_AFTER_MS).await;
        if let Some(name) = directory::tenant_name(&desk.client()).await {
            tenant.try_set(name);
        }
    });
    provide_context(TenantName(tenant.into()));

    let online = Online::start();
    provide_context(online);
    Effect::new(move |_| unload::guard(nav.would_lose()));

    let place = Memo::new(move |_| place(&nav.route.get()));
    let item = |glyph, label, route: Route, at: RailPlace, count: Signal<Option<u32>>| NavItem {
        glyph,
        label,
        href: match at {
            RailPlace::Matrix => Signal::derive(move || browsing.href(nav)),
            _ => Signal::stored(route.to_string()),
        },
        current: Signal::derive(move || place.get() == at),
        count,
    };
    let places = vec![
        item(Glyph::Groups, text::page::GROUPS, Route::HOME, RailPlace::Groups, Signal::stored(None)),
        item(Glyph::Roles, text::page::ROLES_SHORT, Route::ROLES, RailPlace::Roles, Signal::stored(None)),
        item(Glyph::Approvals, text::page::APPROVALS, Route::APPROVALS, RailPlace::Approvals, waiting_requests.shown()),
        item(Glyph::Matrix, text::page::MATRIX, Route::MATRIX, RailPlace::Matrix, Signal::stored(None)),
        item(Glyph::Changes, text::page::CHANGES, Route::CHANGES, RailPlace::Changes, Signal::stored(None)),
        item(Glyph::Help, text::page::HELP, Route::Help, RailPlace::Help, Signal::stored(None)),
    ];
    let notices = move || {
        view! {
            {move || SessionState::current().trouble.get().map(|words| view! {
                <Notice tone=Tone::Danger title=text::page::SIGN_IN_TROUBLE>{words}</Notice>
            })}
            <CutShort />
            <UnkeptNotice />
            <Show when=move || !online.get()>
                <Notice tone=Tone::Warn title=text::page::OFFLINE>
                    {text::page::OFFLINE_HELP}
                </Notice>
            </Show>
            <Show when=move || waiting.get().is_some()>
                <Notice
                    tone=Tone::Info
                    title=Signal::derive(move || {
                        let throttled = waiting.get().is_some_and(|waiting| waiting.throttled);
                        (if throttled { text::page::SLOWED_DOWN } else { text::page::NO_ANSWER_YET }).to_owned()
                    })
                    actions=move || view! {
                        <Button on_press=move |()| desk.client().hurry()>{text::policy::review::RETRY_NOW}</Button>
                    }
                >
                    {move || waiting.get().map(|waiting| {
                        text::page::continues_at(&crate::browser::locale::time_to_the_second(waiting.until_unix_ms))
                    })}
                </Notice>
            </Show>
        }
    };
    let product = desk.session().config().title.clone().unwrap_or_else(|| text::page::PRODUCT.to_owned());
    view! {
        <Frame
            product
            home=Route::HOME.to_string()
            nav=places
            account=move || view! { <Account desk tenant /> }
            notices
        >
            <CurrentPage />
        </Frame>
        <LeaveDialog nav />
        <WayOutDialog />
        <KeyDialog />
    }
}

/// The page's own calls go first; the tenant's name is requested this long after, ms.
const NAME_AFTER_MS: u32 = 300;

/// The places of the rail.
#[derive(Clone, Copy, PartialEq, Eq)]
enum RailPlace {
    Groups,
    Roles,
    Approvals,
    Matrix,
    Changes,
    Help,
    Elsewhere,
}

const fn place(route: &Route) -> RailPlace {
    match route {
        Route::Groups { .. } | Route::Policy { subject: Subject::Group { .. }, .. } => RailPlace::Groups,
        Route::Roles { .. } | Route::Policy { subject: Subject::Role { .. }, .. } => RailPlace::Roles,
        Route::Approvals(_) | Route::Approval { .. } | Route::ApprovalHistory(_) => RailPlace::Approvals,
        Route::Matrix(_)
        | Route::DeadEnds(_)
        | Route::Report(_)
        | Route::Templates
        | Route::Template { .. }
        | Route::Snapshots(_)
        | Route::Rollout(_) => RailPlace::Matrix,
        Route::Changes(_) | Route::Change { .. } | Route::RolloutReceipt { .. } => RailPlace::Changes,
        Route::Help => RailPlace::Help,
        Route::Compare(_) | Route::Unknown(_) => RailPlace::Elsewhere,
    }
}

/// Which page is open; a page is rebuilt only when this changes, not for another tab or filter of it.
#[derive(Clone, PartialEq, Eq)]
enum OpenPage {
    Groups,
    Roles,
    /// A page of policies, by the first subject on it.
    Policies(Subject),
    Compare,
    Matrix,
    Rollout,
    RolloutReceipt(Guid),
    Templates,
    Template(String),
    Report,
    DeadEnds,
    Snapshots,
    Approvals,
    Changes,
    Change(Guid),
    History,
    Help,
    Unknown(String),
}

fn open_page(route: Route) -> OpenPage {
    match route {
        Route::Groups { .. } => OpenPage::Groups,
        Route::Roles { .. } => OpenPage::Roles,
        Route::Policy { subject, .. } => OpenPage::Policies(subject.of_page().into_iter().next().unwrap_or(subject)),
        Route::Compare(_) => OpenPage::Compare,
        Route::Matrix(_) => OpenPage::Matrix,
        Route::Rollout(_) => OpenPage::Rollout,
        Route::RolloutReceipt { id, .. } => OpenPage::RolloutReceipt(id),
        Route::Snapshots(_) => OpenPage::Snapshots,
        Route::DeadEnds(_) => OpenPage::DeadEnds,
        Route::Templates => OpenPage::Templates,
        Route::Template { key } => OpenPage::Template(key),
        Route::Report(_) => OpenPage::Report,
        Route::Approvals(_) | Route::Approval { .. } => OpenPage::Approvals,
        Route::Changes(_) => OpenPage::Changes,
        Route::Change { id } => OpenPage::Change(id),
        Route::ApprovalHistory(_) => OpenPage::History,
        Route::Help => OpenPage::Help,
        Route::Unknown(address) => OpenPage::Unknown(address),
    }
}

/// The page to show. Pages of one part are in one file.
fn page_of(open_page: OpenPage) -> Page {
    match open_page {
        OpenPage::Groups => lazy_page!(groups, groups_page() => view! { <page::groups::GroupsPage /> }),
        OpenPage::Roles => lazy_page!(policies, roles_page() => view! { <page::roles::RolesPage /> }),
        OpenPage::Policies(subject) => {
            lazy_page!(policies, policy_page(subject: Subject) => view! { <page::policy::PolicyPage subject /> })
        }
        OpenPage::Compare => lazy_page!(policies, compare_page() => view! { <page::compare::ComparePage /> }),
        OpenPage::Matrix => lazy_page!(many, matrix_page() => view! { <page::matrix::MatrixPage /> }),
        OpenPage::Rollout => lazy_page!(many, rollout_page() => view! { <page::rollout::RolloutPage /> }),
        OpenPage::RolloutReceipt(id) => lazy_page!(many, rollout_receipt_page(id: Guid) => view! {
            <page::rollout_receipt::RolloutReceiptPage id />
        }),
        OpenPage::Templates => lazy_page!(many, templates_page() => view! { <page::templates::TemplatesPage /> }),
        OpenPage::Template(key) => {
            lazy_page!(many, template_page(key: String) => view! { <page::template::TemplatePage key /> })
        }
        OpenPage::Report => lazy_page!(many, report_page() => view! { <page::report::ReportPage /> }),
        OpenPage::DeadEnds => lazy_page!(many, dead_ends_page() => view! { <page::dead_ends::DeadEndsPage /> }),
        OpenPage::Snapshots => lazy_page!(many, snapshots_page() => view! { <page::snapshots::SnapshotsPage /> }),
        OpenPage::Approvals => lazy_page!(approvals, approvals_page() => view! { <page::approvals::ApprovalsPage /> }),
        OpenPage::Changes => lazy_page!(others, changes_page() => view! { <page::changes::ChangesPage /> }),
        OpenPage::Change(id) => lazy_page!(others, change_page(id: Guid) => view! { <page::change::ChangePage id /> }),
        OpenPage::History => lazy_page!(approvals, history_page() => view! { <page::history::HistoryPage /> }),
        OpenPage::Help => lazy_page!(others, help_page() => view! { <page::help::HelpPage /> }),
        OpenPage::Unknown(address) => {
            lazy_page!(others, unknown_page(address: String) => view! { <page::unknown::UnknownPage address /> })
        }
    }
}

/// Fetches what the page at the address needs, so that it shows as soon as the person is signed in, and its calls to
/// Graph come before those of the frame around it.
pub async fn fetch_ahead() {
    page_of(open_page(Route::parse(&crate::browser::page::hash()))).fetch_ahead().await;
}

#[component]
fn CurrentPage() -> impl IntoView {
    let nav = Nav::current();
    let open_page = Memo::new(move |_| open_page(nav.route.get()));
    move || page_of(open_page.get()).show()
}

/// Asked before unsaved changes are left.
#[component]
fn LeaveDialog(
    /// The page's navigation.
    nav: Nav,
) -> impl IntoView {
    let open = Signal::derive(move || nav.held.with(Option::is_some));
    let stay = move || nav.held.set(None);
    let footer = move || {
        view! {
            <Button kind=ButtonKind::Danger on_press=move |()| nav.leave(true)>{text::page::LEAVE_DISCARD}</Button>
            <Button on_press=move |()| nav.leave(false)>{text::page::LEAVE_KEEP}</Button>
            <Button kind=ButtonKind::Primary first_focus=true on_press=move |()| stay()>
                {text::policy::review::KEEP_EDITING}
            </Button>
        }
    };
    view! {
        <Dialog
            open
            title=Signal::derive(move || text::page::leave_title(nav.unsaved()))
            on_close=Callback::new(move |()| stay())
            focus=crate::view::part::DialogFocus::Marked
            footer
        >
            <p>
                {move || if nav.looks_up() { text::page::LEAVE_LOSES_NAMES } else { text::page::LEAVE_HELP }}
            </p>
        </Dialog>
    }
}

//! Two policies side by side: `#/compare`.

mod side;
mod table;

use leptos::prelude::*;

use self::side::SideHead;
use self::table::CompareTable;
use crate::policy::compare::{Comparison, Side, compare};
use crate::route::{Comparing, Route, Source};
use crate::state::desk::Desk;
use crate::state::directory::names::Names;
use crate::state::frame::clip::CopyText;
use crate::state::frame::heading::name_page;
use crate::state::frame::nav::Nav;
use crate::state::policy::compare::{Seen, Sides};
use crate::state::receipts::Receipts;
use crate::text;
use crate::view::copy_link::CopyLink;
use crate::view::part::{
    Button, EmptyState, LinkTabs, Notice, PageHeader, Skeleton, SkeletonShape, TabLink, TabsLook, Tone,
};
use crate::view::printing::PrintedAbout;

/// What the page shows, controlled by the address.
#[derive(Clone, Copy)]
pub struct Compared {
    /// The address.
    pub asked: Memo<Comparing>,
    /// What was read.
    pub sides: Sides,
    /// Both policies compared; `None` while one is missing.
    comparison: Memo<Option<Comparison>>,
}

impl Compared {
    fn new() -> Self {
        let route = Nav::current().route;
        let asked = Memo::new(move |_| match route.get() {
            Route::Compare(asked) => asked,
            _ => Comparing::default(),
        });
        let sides = Sides::new(Desk::current(), Names::current(), Receipts::current());
        Effect::new(move |_| {
            let asked = asked.get();
            [asked.left, asked.right].iter().flatten().for_each(|source| sides.want(source));
        });
        let sheet = move |source: Option<Source>| sides.seen(&source?)?.sheet.ok();
        let comparison = Memo::new(move |_| {
            let Comparing { left, right, .. } = asked.get();
            Some(compare(&sheet(left)?, &sheet(right)?))
        });
        Self { asked, sides, comparison }
    }

    /// What a side shows; views follow it.
    pub fn source(self, side: Side) -> Option<Source> {
        self.asked.with(|asked| if side == Side::Left { asked.left.clone() } else { asked.right.clone() })
    }

    /// What was read of a side.
    pub fn seen(self, side: Side) -> Option<Seen> {
        self.sides.seen(&self.source(side)?)
    }

    /// Picks a source for a side.
    pub fn pick(self, side: Side, source: Option<Source>) {
        let mut asked = self.asked.get_untracked();
        match side {
            Side::Left => asked.left = source,
            Side::Right => asked.right = source,
        }
        Nav::current().go(&Route::Compare(asked));
    }

    fn names(self) -> [String; 2] {
        [Side::Left, Side::Right].map(|side| self.seen(side).map(|seen| seen.name).unwrap_or_default())
    }
}

/// The page.
#[component]
pub fn ComparePage() -> impl IntoView {
    let compared = Compared::new();
    let title = name_page(text::policy::compare::TITLE);
    let swap = move |()| Nav::current().go(&Route::Compare(compared.asked.get_untracked().swapped()));
    let actions = move || {
        view! {
            <Button on_press=swap>{text::policy::compare::SWAP}</Button>
            <CopyLink />
        }
    };
    view! {
        <PageHeader title actions />
        <PrintedAbout only=String::new() />
        <div class="compare-sides">
            <SideHead compared side=Side::Left />
            <SideHead compared side=Side::Right />
        </div>
        <Outcome compared />
    }
    .into_any()
}

/// The table, or why there is none.
#[component]
fn Outcome(
    /// What is compared.
    compared: Compared,
) -> impl IntoView {
    let both = Memo::new(move |_| {
        let (left, right) = (compared.source(Side::Left)?, compared.source(Side::Right)?);
        Some(left == right)
    });
    let failed = move || {
        [Side::Left, Side::Right].iter().any(|side| compared.seen(*side).is_some_and(|seen| seen.sheet.is_err()))
    };
    let state = Memo::new(move |_| match (both.get(), compared.comparison.with(Option::is_some)) {
        (None, _) => State::Picking,
        (Some(_), false) if failed() => State::Failed,
        (Some(_), false) => State::Reading,
        (Some(same), true) => State::Compared { same },
    });
    move || match state.get() {
        State::Picking => view! { <EmptyState text=text::policy::compare::PICK_BOTH /> }.into_any(),
        State::Failed => ().into_any(),
        State::Reading => view! { <Skeleton shape=SkeletonShape::Table rows=8 /> }.into_any(),
        State::Compared { same } => view! {
            {same.then(|| view! { <Notice tone=Tone::Info title=text::policy::compare::SAME_POLICY /> })}
            <Result compared />
        }
        .into_any(),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Picking,
    Failed,
    Reading,
    Compared { same: bool },
}

/// The count, the switch, the copies and the table.
#[component]
fn Result(
    /// What is compared.
    compared: Compared,
) -> impl IntoView {
    let all = Memo::new(move |_| compared.asked.with(|asked| asked.all));
    let comparison = Memo::new(move |_| compared.comparison.get().unwrap_or_default());
    let link = move |wanted: bool, label: &str| {
        let href = move || Route::Compare(Comparing { all: wanted, ..compared.asked.get() }).to_string();
        TabLink::new(label, Signal::derive(href), Signal::derive(move || all.get() == wanted))
    };
    let copy = move |csv: bool| {
        let known = untrack(|| Names::current().known());
        let sides = untrack(|| compared.names());
        let write = if csv { text::policy::compare::as_csv } else { text::policy::compare::as_text };
        let text = comparison.with_untracked(|found| write(found, &sides, all.get_untracked(), &known));
        CopyText::current().copy(&text, text::policy::compare::COPIED);
    };
    view! {
        <div class="compare-head">
            <LinkTabs
                label=text::policy::compare::SHOW
                tabs=vec![link(false, text::policy::compare::DIFFERENCES), link(true, text::policy::compare::ALL)]
                look=TabsLook::Switch
            />
            <p role="status">{move || comparison.with(text::policy::compare::sum)}</p>
            <div class="actions">
                <Button on_press=move |()| copy(false)>{text::policy::compare::COPY_TEXT}</Button>
                <Button on_press=move |()| copy(true)>{text::policy::compare::COPY_CSV}</Button>
            </div>
        </div>
        <CompareTable comparison all names=Signal::derive(move || compared.names()) />
    }
    .into_any()
}

//! Templates: `#/templates`.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::file as given;
use crate::route::Route;
use crate::state::frame::heading::name_page;
use crate::state::frame::nav::Nav;
use crate::state::frame::notice::Notices;
use crate::state::templates::TemplatesState;
use crate::template::file::{self, LARGEST, Problem, What};
use crate::template::{Hosted, Origin, Template, address};
use crate::text;
use crate::view::file::{Kind, offer};
use crate::view::many_tabs::ManyTabs;
use crate::view::part::{
    Badge, Button, ButtonKind, DataTable, EmptyState, FileButton, Notice, PageHeader, TableCell, TableRow, Tone,
    UserText,
};
use crate::view::printing::PrintedAbout;

/// The page.
#[component]
pub fn TemplatesPage() -> impl IntoView {
    let templates = TemplatesState::current();
    let title = name_page(text::templates::TITLE);
    templates.want_hosted();
    // Why the last file could not be read; empty if it could.
    let wrong = RwSignal::new(Vec::<Problem>::new());
    let unreadable = RwSignal::new(false);
    let make = move |()| {
        let key = templates.create(Template::new(String::new(), text::templates::UNTITLED.to_owned()));
        Nav::current().go(&Route::Template { key });
    };
    let import = move |event: leptos::ev::Event| {
        wrong.set(Vec::new());
        unreadable.set(false);
        let Some(one) = given::chosen(&event).into_iter().next() else { return };
        let notices = Notices::current();
        spawn_local(async move {
            match read(&one).await {
                Some(Ok(found)) => notices.tell(text::templates::taken(templates.take_in(found))),
                Some(Err(problems)) => {
                    wrong.try_set(problems);
                }
                None => {
                    unreadable.try_set(true);
                }
            }
        });
    };
    let some = Memo::new(move |_| templates.own.with(|own| !own.is_empty()));
    let export_all = move |()| {
        offer(text::templates::FILE, Kind::Json, &templates.own.with_untracked(|own| file::write(own)));
    };
    let actions = move || {
        view! {
            <FileButton label=text::templates::IMPORT accept=".json,application/json" on_change=import />
            <Show when=move || some.get()>
                <Button on_press=export_all>{text::templates::EXPORT_ALL}</Button>
            </Show>
            <Button kind=ButtonKind::Primary on_press=make>{text::templates::NEW}</Button>
        }
    };
    let removed = move || {
        let name = templates.removed.get()?.name;
        Some(view! {
            <Notice
                tone=Tone::Info
                title=text::templates::deleted(&name)
                actions=move || view! { <Button on_press=move |()| templates.put_back()>{text::templates::UNDO}</Button> }
                on_dismiss=Callback::new(move |()| templates.removed.set(None))
            />
        })
    };
    view! {
        <PageHeader title actions>
            <p class="help">{text::templates::INTRO}</p>
        </PageHeader>
        <ManyTabs />
        <PrintedAbout only=String::new() />
        <div class="page-notices">
            {removed}
            <NotKept templates />
            {move || {
                let number = templates.unreadable.get();
                (number > 0).then(|| view! { <Notice tone=Tone::Warn title=text::templates::unreadable(number) /> })
            }}
            <Show when=move || unreadable.get()>
                <Notice tone=Tone::Danger urgent=true title=text::templates::UNREADABLE_FILE />
            </Show>
            {move || {
                let problems = wrong.get();
                (!problems.is_empty()).then(|| problem_list(text::templates::WRONG_IMPORT, &problems, true))
            }}
            {move || team_state(templates)}
        </div>
        {move || list(templates)}
    }
    .into_any()
}

/// Reads a selected file; `None` if the browser cannot.
async fn read(one: &given::Given) -> Option<Result<Vec<Template>, Vec<Problem>>> {
    // Too large to be read into memory.
    #[expect(clippy::cast_precision_loss, reason = "a megabyte is exact")]
    if one.bytes() > LARGEST as f64 {
        return Some(Err(vec![Problem { path: String::new(), what: What::TooLarge }]));
    }
    let text = String::from_utf8(one.read().await?).ok()?;
    Some(file::read_unfinished(&text))
}

/// Shown while the browser refuses to store something.
#[component]
pub fn NotKept(
    /// The templates.
    templates: TemplatesState,
) -> impl IntoView {
    view! {
        <Show when=move || templates.not_kept.with(|list| !list.is_empty())>
            <Notice tone=Tone::Danger urgent=true title=text::templates::NOT_KEPT>
                {text::templates::NOT_KEPT_HELP}
            </Notice>
        </Show>
    }
    .into_any()
}

/// The state of the team's file, if there is something to say.
pub fn team_state(templates: TemplatesState) -> AnyView {
    let again = move || view! { <Button on_press=move |()| templates.read_hosted()>{text::templates::AGAIN}</Button> };
    match templates.hosted.get() {
        Hosted::Reading => view! { <p class="help" role="status">{text::templates::READING}</p> }.into_any(),
        Hosted::Wrong(problems) => problem_list(text::templates::WRONG, &problems, false),
        Hosted::Missing => view! {
            <Notice tone=Tone::Warn title=text::templates::MISSING actions=again />
        }
        .into_any(),
        Hosted::Unread(status) => view! {
            <Notice tone=Tone::Warn title=text::templates::UNREAD actions=again>
                {text::templates::unread(status)}
            </Notice>
        }
        .into_any(),
        Hosted::NotAsked | Hosted::None | Hosted::Some(_) => ().into_any(),
    }
}

/// What is wrong with a file, each problem with its place.
fn problem_list(title: &'static str, problems: &[Problem], urgent: bool) -> AnyView {
    let line = |problem: &Problem| {
        let (place, words) = (text::templates::place(problem).to_owned(), text::templates::problem(problem));
        view! {
            <li>
                <code class="user-text">{place}</code>
                " "
                <span class="user-text">{words}</span>
            </li>
        }
    };
    let lines = problems.iter().map(line).collect_view();
    view! {
        <Notice tone=Tone::Danger urgent title>
            <ul class="template-problems">{lines}</ul>
        </Notice>
    }
    .into_any()
}

/// All templates, the team's after this browser's.
fn list(templates: TemplatesState) -> AnyView {
    let not_kept = templates.not_kept.get();
    let mut rows: Vec<AnyView> = Vec::new();
    templates.own.with(|own| {
        rows.extend(own.iter().map(|one| row(one, Origin::Own, not_kept.contains(&one.key))));
    });
    templates.hosted.with(|hosted| rows.extend(hosted.templates().iter().map(|one| row(one, Origin::Team, false))));
    if rows.is_empty() {
        return view! { <EmptyState text=text::templates::EMPTY /> }.into_any();
    }
    view! {
        <DataTable caption=text::templates::TABLE columns=text::templates::COLUMNS.to_vec()>
            {rows}
        </DataTable>
    }
    .into_any()
}

fn row(template: &Template, origin: Origin, not_kept: bool) -> AnyView {
    let href = Route::Template { key: address(origin, &template.key) }.to_string();
    let [name, description] = [template.name.clone(), template.description.clone()];
    let (class, number) = (text::templates::class(template.class), text::templates::settings(template.values.len()));
    let needs_work = !template.unusable().is_empty();
    let from = if origin == Origin::Own { text::templates::OWN } else { text::templates::TEAM };
    view! {
        <TableRow>
            <TableCell label=text::templates::COLUMNS[0] heads_row=true>
                <a href=href>
                    <UserText text=name />
                </a>
                {(!description.is_empty()).then(|| view! { <p class="help"><UserText text=description /></p> })}
            </TableCell>
            <TableCell label=text::templates::COLUMNS[1]>{class}</TableCell>
            <TableCell label=text::templates::COLUMNS[2]>
                {number}
                " "
                {needs_work.then(|| view! { <Badge text=text::templates::NEEDS_WORK tone=Tone::Warn /> })}
                {not_kept.then(|| view! { <Badge text=text::templates::NOT_KEPT_MARK tone=Tone::Danger /> })}
            </TableCell>
            <TableCell label=text::templates::COLUMNS[3]>{from}</TableCell>
        </TableRow>
    }
    .into_any()
}

//! Settings written by another tool: what they mean in this tenant, and how to import them.

use leptos::prelude::*;

use super::trouble;
use crate::desk::imports::MOST_NAMES;
use crate::policy::Access;
use crate::snapshot::import::resolve::Resolved;
use crate::state::snapshots::{OpenFile, SnapshotState};
use crate::text;
use crate::view::part::{
    Button, ButtonKind, DataTable, EmptyState, Notice, RadioGroup, RadioOption, TableCell, TableRow, Tone, UserText,
};

/// The open import.
#[component]
pub fn ImportPart(
    /// The page's snapshots.
    state: SnapshotState,
    /// The file's name.
    name: String,
) -> impl IntoView {
    let matched = move || {
        if let Some((done, of)) = state.import.looking_up.get() {
            return course(state, done, of);
        }
        state.import.resolved.with(|resolved| match resolved {
            None => ask(state),
            Some(Err(error)) => trouble(error.clone(), Some(Callback::new(move |()| state.look_up()))),
            Some(Ok(resolved)) => found(state, resolved),
        })
    };
    let open = state.file.with_untracked(|file| match file {
        OpenFile::Import(_, import) => import.without_access(),
        _ => 0,
    });
    let access = (open > 0).then(|| view! { <Meant state open /> });
    let left = move || {
        state.file.with(|file| match file {
            OpenFile::Import(_, import) => {
                let lines = import.left.told.iter().map(|(place, left)| text::snapshots::left(place, left)).collect();
                list(text::snapshots::NOT_TAKEN, lines, import.left.more)
            }
            _ => None,
        })
    };
    view! {
        <section class="snapshot-open" aria-labelledby="snapshot-import">
            <h2 id="snapshot-import">{text::snapshots::IMPORT}</h2>
            <p><UserText text=name /></p>
            <div class="actions">
                <Button on_press=move |()| state.close()>{text::snapshots::CLOSE}</Button>
            </div>
            {access}
            {matched}
            {left}
        </section>
    }
    .into_any()
}

/// Asks whether members or owners are meant if the file does not say.
#[component]
fn Meant(
    /// The page's snapshots.
    state: SnapshotState,
    /// For how many policies the file does not say.
    open: usize,
) -> impl IntoView {
    let option = |access: Access| RadioOption {
        value: access.as_str().to_owned(),
        label: text::policy::setting::access(access).to_owned(),
        help: String::new(),
    };
    view! {
        <RadioGroup
            legend=text::snapshots::meant(open)
            options=vec![option(Access::Member), option(Access::Owner)]
            value=Signal::derive(move || state.import.access.get().map(|access| access.as_str().to_owned()).unwrap_or_default())
            on_change=move |word: String| state.mean(word.parse().ok())
            inline=true
        />
    }
    .into_any()
}

/// Before anything is requested from Microsoft: what would be looked up, or why not.
fn ask(state: SnapshotState) -> AnyView {
    let (policies, names) = state.file.with_untracked(|file| match file {
        OpenFile::Import(_, import) => {
            let (groups, approvers) = import.names();
            (import.entries.len(), groups.len() + approvers.len())
        }
        _ => (0, 0),
    });
    if policies == 0 {
        return view! { <EmptyState text=text::snapshots::NOTHING_UNDERSTOOD /> }.into_any();
    }
    if names > MOST_NAMES {
        return view! { <Notice tone=Tone::Warn title=text::snapshots::too_many_names(names, MOST_NAMES) /> }
            .into_any();
    }
    view! {
        <p>{text::snapshots::speaks_of(policies, names)}</p>
        <div class="actions">
            <Button kind=ButtonKind::Primary on_press=move |()| state.look_up()>{text::snapshots::LOOK_UP}</Button>
        </div>
    }
    .into_any()
}

fn course(state: SnapshotState, done: usize, of: usize) -> AnyView {
    view! {
        <div class="progress">
            <p class="progress-words" role="status">{text::snapshots::LOOKING_UP}</p>
            <span class="progress-left">{(of > 0).then(|| text::rollout::plan::read(done, of))}</span>
            <Button on_press=move |()| state.import.stop()>{text::snapshots::CANCEL}</Button>
            <progress
                max=of.max(1).to_string()
                value=done.to_string()
                aria-label=text::snapshots::LOOKING_UP
            ></progress>
        </div>
    }
    .into_any()
}

fn list(title: &'static str, lines: Vec<String>, more: usize) -> Option<AnyView> {
    let more = (more > 0).then(|| text::snapshots::and_more(more));
    let items: Vec<AnyView> =
        lines.into_iter().chain(more).map(|line| view! { <li class="user-text">{line}</li> }.into_any()).collect();
    (!items.is_empty()).then(|| {
        view! {
            <h3>{title}</h3>
            <ul class="snapshot-faults">{items}</ul>
        }
        .into_any()
    })
}

/// Most policies of a file that are listed before the plan, which lists all of them.
const LISTED: usize = 200;

fn found(state: SnapshotState, resolved: &Resolved) -> AnyView {
    let left = resolved.left.iter().map(|(place, called, why)| text::snapshots::unmatched(place, called, why));
    let left = list(text::snapshots::NOT_MATCHED, left.collect(), resolved.more_left);
    if resolved.items.is_empty() {
        return view! {
            <EmptyState text=text::snapshots::NOTHING_MATCHED />
            {left}
        }
        .into_any();
    }
    let rows: Vec<AnyView> = resolved
        .items
        .iter()
        .take(LISTED)
        .map(|item| {
            let name = text::subject::policy_of(&item.target.subject, &item.target.name);
            let settings: Vec<String> =
                item.wanted.iter().map(|(setting, _)| text::policy::setting::full_label(*setting)).collect();
            view! {
                <TableRow>
                    <TableCell heads_row=true><UserText text=name /></TableCell>
                    <TableCell label=text::snapshots::IMPORT_COLUMNS[1]>
                        {text::snapshots::import_settings(settings.len())}": "{settings.join("; ")}
                    </TableCell>
                </TableRow>
            }
            .into_any()
        })
        .collect();
    let number = resolved.items.len();
    view! {
        <DataTable caption=text::snapshots::IMPORT columns=text::snapshots::IMPORT_COLUMNS.to_vec()>{rows}</DataTable>
        {(number > LISTED).then(|| view! { <p>{text::snapshots::and_more(number - LISTED)}</p> })}
        <div class="actions">
            <Button kind=ButtonKind::Primary on_press=move |()| state.bring_in()>
                {text::snapshots::bring_in(number)}
            </Button>
        </div>
        {left}
    }
    .into_any()
}

//! The roles that match: the tenant's own first, then Microsoft's.

use leptos::prelude::*;

use crate::directory::{Role, RoleFilter};
use crate::guid::Guid;
use crate::policy::Subject;
use crate::route::Route;
use crate::state::directory::roles::RoleList;
use crate::state::frame::nav::Nav;
use crate::state::frame::notice::Notices;
use crate::text;
use crate::text::problem::Doing;
use crate::view::badges::privileged_badge;
use crate::view::part::{Button, ButtonLink, EmptyState, Glyph, Skeleton, SkeletonShape, UserText};
use crate::view::problem::AccessTrouble;

/// The state of the list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stand {
    Reading,
    Failed,
    Nothing,
    Rows,
}

/// The lists, or what is shown instead.
#[component]
pub fn RoleLists(
    /// What was typed.
    typed: Memo<String>,
    /// Which kind is shown.
    show: Memo<RoleFilter>,
    /// What matches.
    found: Memo<Vec<Role>>,
) -> impl IntoView {
    let roles = RoleList::current();
    let stand = Memo::new(move |_| {
        roles.answer.with(|answer| match answer {
            None => Stand::Reading,
            Some(Err(_)) => Stand::Failed,
            Some(Ok(_)) if found.with(Vec::is_empty) => Stand::Nothing,
            Some(Ok(_)) => Stand::Rows,
        })
    });
    let notices = Notices::current();
    Effect::new(move |_| {
        let searches = typed.with(|typed| !typed.trim().is_empty()) || show.get() != RoleFilter::All;
        if searches && matches!(stand.get(), Stand::Nothing | Stand::Rows) {
            notices.announce(match found.with(Vec::len) {
                0 => text::role::no_match(typed.get().trim(), show.get(), is_marked()),
                some => text::role::hits(some),
            });
        }
    });
    let unmarked = move || {
        let unmarked = roles.answer.with(|answer| matches!(answer, Some(Ok(list)) if !list.marked));
        unmarked.then(|| view! { <p class="help">{text::role::NO_MARKS}</p> })
    };
    let custom = Memo::new(move |_| part(found, false));
    let built_in = Memo::new(move |_| part(found, true));
    move || match stand.get() {
        Stand::Rows => view! {
            {unmarked}
            <Part head="roles-custom" title=text::role::CUSTOM_ROLES roles=custom />
            <Part head="roles-built-in" title=text::role::BUILT_IN_ROLES roles=built_in />
        }
        .into_any(),
        Stand::Reading => view! { <Skeleton shape=SkeletonShape::Table rows=8 /> }.into_any(),
        Stand::Nothing => view! {
            {unmarked}
            <Nothing typed show />
        }
        .into_any(),
        Stand::Failed => {
            let error =
                roles.answer.with_untracked(|answer| answer.as_ref().and_then(|list| list.as_ref().err().cloned()));
            let again = Callback::new(move |()| roles.again());
            error
                .map(|error| {
                    view! { <AccessTrouble error doing=Doing::FindingRoles on_retry=again /> }
                })
                .into_any()
        }
    }
}

fn part(found: Memo<Vec<Role>>, built_in: bool) -> Vec<Role> {
    found.with(|found| found.iter().filter(|role| role.built_in == built_in).cloned().collect())
}

/// One list under its heading; omitted while it is empty.
#[component]
fn Part(
    /// ID of the heading.
    head: &'static str,
    /// The heading.
    title: &'static str,
    /// The roles.
    roles: Memo<Vec<Role>>,
) -> impl IntoView {
    view! {
        <Show when=move || roles.with(|roles| !roles.is_empty())>
            <section class="group-list" aria-labelledby=head>
                <div class="list-head">
                    <h2 id=head>{title}</h2>
                    <span class="list-note">{move || roles.with(Vec::len)}</span>
                </div>
                <ul>
                    <For each=move || roles.get() key=Role::clone let(role)>
                        <RoleRow role />
                    </For>
                </ul>
            </section>
        </Show>
    }
    .into_any()
}

/// A link to the role's page, with badges.
#[component]
fn RoleRow(
    /// The role.
    role: Role,
) -> impl IntoView {
    let name = text::role::name(&role);
    let described = (!role.description.trim().is_empty()).then(|| role.description.clone());
    // Both lines may be truncated on screen.
    let whole = described.as_ref().map_or_else(|| name.clone(), |text| [&name, "\n", text].concat());
    let href = Route::policy(Subject::Role { template: role.template_id.clone() }).to_string();
    view! {
        <li class="group-row">
            <div class="group-names">
                <a class="group-name" href=href title=whole>
                    <UserText text=name />
                </a>
                {described.map(|text| view! { <p class="group-note"><UserText text /></p> })}
            </div>
            <span class="badges">{privileged_badge(&role)}</span>
        </li>
    }
    .into_any()
}

/// Nothing matches.
#[component]
fn Nothing(
    /// What was typed.
    typed: Memo<String>,
    /// Which kind is shown.
    show: Memo<RoleFilter>,
) -> impl IntoView {
    move || {
        let (text, show) = (typed.with(|typed| typed.trim().to_owned()), show.get());
        match text.parse::<Guid>() {
            // There may be a match of another kind.
            Ok(template) if show == RoleFilter::All => {
                let href = Route::policy(Subject::Role { template }).to_string();
                view! {
                    <EmptyState text=text::role::NO_SUCH_ID glyph=Glyph::Search>
                        <ButtonLink href>{text::group::OPEN_ANYWAY}</ButtonLink>
                    </EmptyState>
                }
                .into_any()
            }
            _ => {
                // The text stays if the kind may be what hides it.
                let wider = match show {
                    RoleFilter::All => Route::ROLES,
                    _ => Route::Roles { query: text.clone(), show: RoleFilter::All },
                };
                view! {
                    <EmptyState text=text::role::no_match(&text, show, is_marked()) glyph=Glyph::Search>
                        <Button on_press=move |()| Nav::current().refine(wider.clone())>{text::role::SHOW_ALL}</Button>
                    </EmptyState>
                }
                .into_any()
            }
        }
    }
}

/// Whether it is known which roles are privileged; views follow it.
fn is_marked() -> bool {
    RoleList::current().answer.with(|answer| matches!(answer, Some(Ok(list)) if list.marked))
}

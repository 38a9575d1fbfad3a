//! What helps to decide: marks in the row, a panel in the open request. A part that cannot be read is a plain line.

use leptos::prelude::*;

use crate::approval::evidence::{Grants, HeldRole, Mark, Part, Unreadable};
use crate::approval::{Evidence, Kind, Request};
use crate::browser::locale;
use crate::state::approval::inbox::InboxState;
use crate::text;
use crate::view::part::{Badge, Skeleton, SkeletonShape, Tone, UserText};

/// The most marks in a row; the open request shows all.
const IN_A_ROW: usize = 3;

/// What stands out, in a word or two each.
#[component]
pub fn RowMarks(
    /// The request.
    request: StoredValue<Request>,
) -> impl IntoView {
    let evidence = InboxState::current().evidence;
    let marks = Memo::new(move |_| {
        request.with_value(|request| evidence.get(&request.id).map(|known| known.marks(request)).unwrap_or_default())
    });
    let badge = |mark: Mark| view! { <Badge text=text::approval::evidence::mark(&mark) tone=tone(&mark) /> };
    let told = move || {
        let told = marks.get().into_iter().filter(|mark| *mark != Mark::FirstTime).take(IN_A_ROW);
        told.map(badge).collect_view()
    };
    view! { <span class="marks-line">{told}</span> }
}

const fn tone(mark: &Mark) -> Tone {
    match mark {
        Mark::Disabled => Tone::Danger,
        Mark::Longer { .. } | Mark::DeniedBefore { .. } | Mark::Privileged => Tone::Warn,
        Mark::HoldsRoles | Mark::Guest => Tone::Info,
        Mark::FirstTime => Tone::Neutral,
    }
}

/// What stands out, in sentences; nothing until it is known.
#[component]
pub fn Marks(
    /// The request.
    request: StoredValue<Request>,
) -> impl IntoView {
    let evidence = InboxState::current().evidence;
    let marks = Memo::new(move |_| {
        request.with_value(|request| evidence.get(&request.id).map(|known| known.marks(request)).unwrap_or_default())
    });
    move || {
        marks.with(|marks| {
            let told = |mark: &Mark| {
                let words = text::approval::evidence::mark_told(mark, locale::date_time);
                view! { <li class=["mark ", tone(mark).class()].concat()>{words}</li> }
            };
            let told = marks.iter().map(told).collect_view();
            (!marks.is_empty()).then(|| view! { <ul class="marks">{told}</ul> })
        })
    }
}

/// Everything known beyond the request itself.
#[component]
pub fn EvidencePanel(
    /// The request.
    request: Request,
) -> impl IntoView {
    let evidence = InboxState::current().evidence;
    evidence.gather(vec![request.clone()]);
    let request = StoredValue::new(request);
    let known = Memo::new(move |_| request.with_value(|request| evidence.get(&request.id)));
    view! {
        <section class="evidence" aria-labelledby="evidence-title">
            <h2 id="evidence-title">{text::approval::evidence::TITLE}</h2>
            {move || match known.get() {
                Some(known) => request.with_value(|request| panel(&known, request)),
                None => {
                    view! {
                        <p class="unseen">{text::approval::evidence::READING}</p>
                        <Skeleton shape=SkeletonShape::Settings rows=3 />
                    }
                    .into_any()
                }
            }}
        </section>
    }
    .into_any()
}

fn panel(known: &Evidence, request: &Request) -> AnyView {
    let demands = known.demands.as_ref().map_err(|why| *why);
    let is_role = request.kind() == Kind::Role;
    let policy = match demands {
        Ok(demands) => {
            let say_why = demands.approver_justification == Some(true);
            view! {
                <p>{text::approval::evidence::demands(demands)}</p>
                {say_why.then(|| view! { <p class="help">{text::approval::evidence::SAY_WHY}</p> })}
            }
            .into_any()
        }
        Err(why) => quiet(why),
    };
    let approvers = demands.ok().and_then(|demands| text::approval::evidence::approvers(demands, is_role));
    let person = match &known.requester {
        Ok(person) => view! { <UserText text=text::approval::evidence::place(person) /> }.into_any(),
        Err(why) => quiet(*why),
    };
    let past = match &known.past {
        Ok(past) => view! { <p>{text::approval::evidence::past(past)}</p> }.into_any(),
        Err(why) => quiet(*why),
    };
    view! {
        <dl class="request-facts">
            {fact(text::approval::evidence::GRANTS, grants(&known.grants))}
            {fact(text::approval::evidence::POLICY, policy)}
            {approvers.map(|names| fact(text::approval::evidence::APPROVERS, view! {
                <UserText text=names />
            }.into_any()))}
            {fact(text::approval::evidence::PERSON, person)}
            {fact(text::approval::evidence::PAST, past)}
        </dl>
    }
    .into_any()
}

fn fact(name: &'static str, value: AnyView) -> AnyView {
    view! { <div><dt>{name}</dt><dd>{value}</dd></div> }.into_any()
}

fn quiet(why: Unreadable) -> AnyView {
    view! { <p class="help">{text::approval::evidence::unreadable(why)}</p> }.into_any()
}

fn grants(grants: &Result<Grants, Unreadable>) -> AnyView {
    match grants {
        Err(why) => quiet(*why),
        Ok(Grants::Role { description, built_in, privileged }) => {
            let kind = if *built_in { text::role::BUILT_IN } else { text::role::CUSTOM };
            let privileged = *privileged == Some(true);
            view! {
                <span class="badges">
                    {privileged.then(|| view! { <Badge text=text::role::PRIVILEGED tone=Tone::Warn /> })}
                    <Badge text=kind />
                </span>
                <p><UserText text=description.clone() /></p>
            }
            .into_any()
        }
        Ok(grants @ Grants::Group { description, role_assignable, roles, eligible }) => {
            let held = if *role_assignable {
                if grants.holds_no_roles() {
                    view! { <p class="help">{text::approval::evidence::HOLDS_NONE}</p> }.into_any()
                } else {
                    let both = (
                        held(text::approval::evidence::HOLDS, roles),
                        held(text::approval::evidence::MAY_ACTIVATE, eligible),
                    );
                    view! { {both.0} {both.1} }.into_any()
                }
            } else {
                view! { <p class="help">{text::approval::evidence::NO_ROLES}</p> }.into_any()
            };
            let told = !description.trim().is_empty();
            view! { {told.then(|| view! { <p><UserText text=description.clone() /></p> })} {held} }.into_any()
        }
    }
}

/// Roles under a heading; nothing if there are none.
fn held(head: &'static str, roles: &Part<Vec<HeldRole>>) -> AnyView {
    match roles {
        Ok(roles) if roles.is_empty() => ().into_any(),
        Ok(roles) => {
            let list =
                roles.iter().map(|held| view! { <li><UserText text=text::approval::evidence::held(held) /></li> });
            view! { <p>{head}</p> <ul class="held">{list.collect_view()}</ul> }.into_any()
        }
        Err(why) => view! { <p>{head}</p> {quiet(*why)} }.into_any(),
    }
}

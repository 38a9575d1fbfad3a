//! Finding a policy: of a group's members or owners, or of an Entra role.

mod picked;

pub use picked::Picked;

use leptos::prelude::*;

use crate::auth::extras::Extra;
use crate::desk::groups::{self, GroupPage};
use crate::directory::{Group, Role, RoleFilter};
use crate::policy::{Access, Subject};
use crate::state::desk::Desk;
use crate::state::directory::roles::RoleList;
use crate::state::directory::typing::Typing;
use crate::state::extras::ExtrasState;
use crate::text;
use crate::text::problem::{Doing, problem};
use crate::view::part::{Picker, PickerItem, PickerResults, Tone};

/// Most roles among the results; for groups the directory returns a page.
const ROLES: usize = 12;

/// A subject and its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The policy's subject.
    pub subject: Subject,
    /// "Tier-0 Operators (members)".
    pub name: String,
}

/// A search over groups and, if the person has turned them on, Entra roles.
#[component]
pub fn SubjectPicker(
    /// Accessible name.
    label: &'static str,
    /// A subject that is not offered.
    without: Option<Subject>,
    /// One was picked.
    #[prop(into)]
    on_pick: Callback<Named>,
) -> impl IntoView {
    let (desk, roles, typing) = (Desk::current(), RoleList::current(), Typing::new());
    let with_roles = untrack(|| ExtrasState::current().has(Extra::RolePolicies));
    if with_roles && roles.answer.with_untracked(Option::is_none) {
        roles.read();
    }
    let without = StoredValue::new(without);
    let search = move |query: String| {
        typing.typed(&query, move |query| async move {
            let found = groups::find(&desk.client(), &query).await;
            let roles = untrack(|| roles.found(&query, RoleFilter::All));
            results(found, &roles, without.get_value().as_ref())
        });
    };
    let pick = move |item: PickerItem| {
        if let Ok(subject) = item.key.parse() {
            on_pick.run(Named { subject, name: item.title });
        }
    };
    let placeholder = if with_roles { text::subject::PICK_EXAMPLE } else { text::subject::PICK_GROUP_EXAMPLE };
    view! {
        <Picker
            label
            placeholder
            results=typing.results
            on_query=search
            on_pick=pick
            on_paste=search
        />
    }
    .into_any()
}

/// What matches: roles, which are few, then groups. If groups cannot be read, the roles are still shown.
fn results(groups: Result<GroupPage, crate::graph::Error>, roles: &[Role], without: Option<&Subject>) -> PickerResults {
    let mut items: Vec<PickerItem> = roles.iter().take(ROLES).map(of_role).collect();
    let mut more = roles.len() > ROLES;
    match groups {
        Ok(page) => {
            more |= page.next.is_some();
            items.extend(page.groups.iter().flat_map(of_group));
        }
        Err(error) if items.is_empty() => return PickerResults::Failed(problem(&error, Doing::FindingGroups).title),
        Err(_) => {}
    }
    let left_out = without.map(Subject::to_string);
    items.retain(|item| Some(&item.key) != left_out.as_ref());
    PickerResults::Found(items, more)
}

fn of_role(role: &Role) -> PickerItem {
    let mut badges = vec![(Tone::Neutral, text::role::ONE.to_owned())];
    if role.privileged == Some(true) {
        badges.push((Tone::Warn, text::role::PRIVILEGED.to_owned()));
    }
    PickerItem {
        key: Subject::Role { template: role.template_id.clone() }.to_string(),
        title: text::role::name(role),
        subtitle: role.description.clone(),
        badges,
    }
}

fn of_group(group: &Group) -> [PickerItem; 2] {
    Access::ALL.map(|access| {
        let subject = Subject::Group { group: group.id.clone(), access };
        PickerItem {
            title: text::subject::policy_of(&subject, &text::group::name(group)),
            key: subject.to_string(),
            subtitle: group.description.clone(),
            badges: vec![(Tone::Neutral, text::policy::setting::APPROVER_GROUP.to_owned())],
        }
    })
}

//! The names used for a request, whether or not Graph sent them along.

use crate::approval::{Request, Target};
use crate::directory::DirectoryObject;
use crate::state::directory::names::Names;
use crate::text;
use crate::text::approval::RequestNames;

/// The names; views that call it follow names being looked up.
pub fn names_of(request: &Request) -> RequestNames {
    let names = Names::current();
    let (person, username) = match &request.principal {
        Some(person) => (named(&person.name, person.id.as_str()), person.username.clone()),
        None => match request.principal_id.as_ref().and_then(|id| names.get(id)) {
            Some(DirectoryObject::Person(person)) => (named(&person.name, person.id.as_str()), person.username),
            Some(DirectoryObject::Group(group)) => (named(&group.name, group.id.as_str()), String::new()),
            None => (text::approval::unknown_person(request.principal_id.as_ref()), String::new()),
        },
    };
    let target = target_name(&request.target);
    RequestNames { person, username, target }
}

/// The name of a group or role; views that call it follow names being looked up.
pub fn target_name(target: &Target) -> String {
    match (target.name(), target.id()) {
        (Some(name), _) => name.to_owned(),
        (None, Some(id)) => match Names::current().get(id) {
            Some(entry) => named(entry.name(), entry.id().as_str()),
            None => text::approval::unknown_target(target),
        },
        (None, None) => text::approval::unknown_target(target),
    }
}

fn named(name: &str, id: &str) -> String {
    if name.trim().is_empty() { text::group::no_name(id) } else { name.to_owned() }
}

/// Looks up the people and groups that Graph did not send along, in one call.
pub fn look_up_missing<'a>(requests: impl IntoIterator<Item = &'a Request>) {
    let missing = requests.into_iter().flat_map(|request| {
        let person = request.principal_id.clone().filter(|_| request.principal.is_none());
        let target = request.target.id().filter(|_| request.target.name().is_none()).cloned();
        [person, target].into_iter().flatten()
    });
    Names::current().look_up(missing);
}

//! One call of a survey.

use serde_json::Value as Json;

use crate::desk::directory;
use crate::desk::roles;
use crate::directory::{DirectoryObject, Holder};
use crate::graph::client::call_of;
use crate::graph::error::Refusal;
use crate::graph::patience::Patience;
use crate::graph::{Client, Error, Request, Tokens, Version, answer, decode, endpoint};
use crate::guid::Guid;
use crate::matrix::HolderKind;
use crate::policy::{Policy, Subject};
use crate::world::World;

/// What the call does.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Job {
    /// Reads a page of the list of groups in PIM.
    GroupPage(Request),
    /// Reads the names of groups.
    GroupNames(Vec<Guid>),
    /// Reads the policies of up to 20 groups, or as many roles.
    GroupPolicies(Vec<Guid>),
    /// Reads the names of all roles.
    RoleNames,
    /// Reads the names of these roles.
    SomeRoleNames(Vec<Guid>),
    /// Reads a page of the policies of roles.
    RolePage(Request),
    /// Waits as Microsoft asked.
    Rest(Box<Refusal>, u32),
}

/// A group or role, and its policies.
pub(super) type Answered = (Guid, Result<Vec<Policy>, Error>);

/// The next page, if there is one; an error if it may not be followed.
pub(super) type Next = Result<Option<Request>, Error>;

/// The result of a job.
pub(super) enum Done {
    /// A page of IDs, and the next page.
    Page(Result<(Vec<Guid>, Next), Error>),
    /// Details of groups or roles, and why some are missing.
    Names(Vec<Holder>, Option<Error>),
    /// The policies of each group or role of the job, in the same order.
    Policies(Result<Vec<Answered>, Error>),
    /// A page of the policies of roles, and the next page.
    RolePolicies(Result<(Vec<Policy>, Next), Error>),
    /// The wait is over; `false` if it would be longer than is accepted without asking.
    Rested(bool),
}

/// Runs one job. Nothing is repeated here: the board decides what is read again, and when.
pub(super) async fn run<W: World, T: Tokens>(
    client: &Client<W, T>,
    kind: HolderKind,
    job: Job,
    patience: &Patience,
) -> (Job, Done) {
    let done = match &job {
        Job::GroupPage(request) => Done::Page(group_page(client, request).await),
        Job::GroupNames(ids) => {
            let holder =
                |entry| if let DirectoryObject::Group(group) = entry { Some(Holder::Group(group)) } else { None };
            match directory::names(client, ids).await {
                Ok(found) => Done::Names(found.into_values().filter_map(holder).collect(), None),
                Err(error) => Done::Names(Vec::new(), Some(error)),
            }
        }
        Job::GroupPolicies(ids) => Done::Policies(policies(client, kind, ids).await),
        Job::RoleNames => match roles::list(client).await {
            Ok(found) => Done::Names(found.roles.into_iter().map(Holder::Role).collect(), None),
            Err(error) => Done::Names(Vec::new(), Some(error)),
        },
        Job::SomeRoleNames(ids) => {
            let (found, failed) = roles::some(client, ids, patience).await;
            Done::Names(found.into_iter().map(Holder::Role).collect(), failed)
        }
        Job::RolePage(request) => Done::RolePolicies(role_page(client, request).await),
        Job::Rest(refusal, attempt) => {
            // If the person ends a wait, that is no reason to give up the rest.
            Done::Rested(client.wait_as_told(refusal, *attempt, patience).await || patience.is_stopped())
        }
    };
    (job, done)
}

/// A page of the list is read through a batch: each page has its own address, for which a browser would send a
/// preflight, while the batch's address needs only one.
async fn group_page<W: World, T: Tokens>(client: &Client<W, T>, request: &Request) -> Result<(Vec<Guid>, Next), Error> {
    let mut answers = client.batch_once(std::slice::from_ref(request), Version::Beta).await?;
    let body = answers.pop().unwrap_or(Ok(Json::Null))?;
    let entries = answer::list(&body, &call_of(request))?;
    let ids = entries.iter().filter_map(|entry| entry["id"].as_str()?.parse().ok()).collect();
    Ok((ids, client.next(request, &body)))
}

async fn policies<W: World, T: Tokens>(
    client: &Client<W, T>,
    kind: HolderKind,
    ids: &[Guid],
) -> Result<Vec<Answered>, Error> {
    let subjects: Vec<Subject> = ids.iter().map(|id| kind.subject(id.clone())).collect();
    let mut found = by_type(client, &subjects, 0).await?;
    let types = subjects.first().map_or(0, |subject| subject.scope_types().len());
    for at in 1..types {
        // If the usual scope type yields nothing, the next one is tried.
        let (places, left): (Vec<usize>, Vec<Subject>) =
            (0..).zip(&subjects).filter(|(at, _)| found.get(*at).is_some_and(yields_nothing)).map(own).unzip();
        if left.is_empty() {
            break;
        }
        for (place, answer) in places.into_iter().zip(by_type(client, &left, at).await?) {
            if !yields_nothing(&answer) {
                found[place] = answer;
            }
        }
    }
    Ok(found)
}

fn own((at, subject): (usize, &Subject)) -> (usize, Subject) {
    (at, subject.clone())
}

fn yields_nothing((_, read): &Answered) -> bool {
    match read {
        Ok(found) => found.is_empty(),
        Err(error) => error.status() == Some(400),
    }
}

/// Reads policies by one of the scope types that their subjects may have.
async fn by_type<W: World, T: Tokens>(
    client: &Client<W, T>,
    subjects: &[Subject],
    at: usize,
) -> Result<Vec<Answered>, Error> {
    let scope_type = |subject: &Subject| subject.scope_types().get(at).copied().unwrap_or_default();
    let calls: Vec<Request> = subjects.iter().map(|subject| endpoint::policies(subject, scope_type(subject))).collect();
    let answers = client.batch_once(&calls, Version::V1).await?;
    let read = |((subject, call), answer): ((&Subject, &Request), Result<Json, Error>)| {
        let listed = answer.and_then(|body| answer::take_list(body, &call_of(call)));
        (subject.id().clone(), listed.map(|entries| decode::policies(subject, entries)))
    };
    Ok(subjects.iter().zip(&calls).zip(answers).map(read).collect())
}

async fn role_page<W: World, T: Tokens>(
    client: &Client<W, T>,
    request: &Request,
) -> Result<(Vec<Policy>, Next), Error> {
    let body = client.send(&request.clone().once()).await?;
    let told = |error| client.with_last_ids(request, error);
    let next = client.next(request, &body).map_err(told);
    Ok((decode::role_policies(answer::take_list(body, &call_of(request)).map_err(told)?), next))
}

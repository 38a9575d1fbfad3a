//! One call of a survey.

use serde_json::Value as Json;

use super::{Scope, subject_of};
use crate::desk::directory;
use crate::desk::roles;
use crate::directory::{Entry, Holder};
use crate::graph::error::Refusal;
use crate::graph::patience::Patience;
use crate::graph::{Client, Error, Request, Tokens, Version, answer, decode, endpoint};
use crate::guid::Guid;
use crate::policy::{Policy, Subject};
use crate::world::World;

const ASSIGNMENTS: &str = "GET /v1.0/policies/roleManagementPolicyAssignments";

/// What is to be done.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Job {
    /// A page of the list of groups in PIM.
    GroupPage(Request),
    /// What groups are.
    GroupNames(Vec<Guid>),
    /// The policies of up to 20 groups.
    GroupPolicies(Vec<Guid>),
    /// What roles are: all of them.
    RoleNames,
    /// A page of the policies of roles.
    RolePage(Request),
    /// Waits as Microsoft asked.
    Rest(Box<Refusal>, u32),
}

/// A group and its policies.
pub(super) type Answered = (Guid, Result<Vec<Policy>, Error>);

/// What came of it.
pub(super) enum Done {
    /// A page of ids, and the next page.
    Page(Result<(Vec<Guid>, Option<Request>), Error>),
    /// What groups or roles are.
    Names(Result<Vec<Holder>, Error>),
    /// The policies of each group of the job, in its order.
    Policies(Result<Vec<Answered>, Error>),
    /// A page of policies of roles, and the next page.
    RolePolicies(Result<(Vec<Policy>, Option<Request>), Error>),
    /// The wait is over; `false` where it would be too long to take without asking.
    Rested(bool),
}

/// Does one job. Nothing is repeated here: the board decides what is asked again, and when.
pub(super) async fn run<W: World, T: Tokens>(
    client: &Client<W, T>,
    scope: &Scope,
    job: Job,
    patience: &Patience,
) -> (Job, Done) {
    let done = match &job {
        Job::GroupPage(request) => Done::Page(group_page(client, request).await),
        Job::GroupNames(ids) => {
            let holder = |entry| if let Entry::Group(group) = entry { Some(Holder::Group(group)) } else { None };
            let found = directory::names(client, ids).await;
            Done::Names(found.map(|found| found.into_values().filter_map(holder).collect()))
        }
        Job::GroupPolicies(ids) => Done::Policies(policies(client, scope, ids).await),
        Job::RoleNames => {
            let found = roles::list(client).await;
            Done::Names(found.map(|found| found.roles.into_iter().map(Holder::Role).collect()))
        }
        Job::RolePage(request) => Done::RolePolicies(role_page(client, request).await),
        Job::Rest(refusal, attempt) => Done::Rested(client.wait_as_told(refusal, *attempt, patience).await),
    };
    (job, done)
}

/// A page of the list goes through a batch: each page has an address of its own, for which a browser would ask leave
/// first, while the batch's address is asked for once.
async fn group_page<W: World, T: Tokens>(
    client: &Client<W, T>,
    request: &Request,
) -> Result<(Vec<Guid>, Option<Request>), Error> {
    let mut answers = client.batch_once(std::slice::from_ref(request), Version::Beta).await?;
    let body = answers.pop().unwrap_or(Ok(Json::Null))?;
    let entries = answer::list(&body, "GET /beta/identityGovernance/privilegedAccess/group/resources")?;
    let ids = entries.iter().filter_map(|entry| entry["id"].as_str()?.parse().ok()).collect();
    Ok((ids, client.next(request, &body)))
}

async fn policies<W: World, T: Tokens>(
    client: &Client<W, T>,
    scope: &Scope,
    ids: &[Guid],
) -> Result<Vec<Answered>, Error> {
    let subjects: Vec<Subject> = ids.iter().map(|id| subject_of(scope, id.clone())).collect();
    let first_type = |subject: &Subject| subject.scope_types().first().copied().unwrap_or_default();
    let calls: Vec<Request> = subjects.iter().map(|subject| endpoint::policies(subject, first_type(subject))).collect();
    let answers = client.batch_once(&calls, Version::V1).await?;
    let read = |(subject, answer): (Subject, Result<Json, Error>)| {
        let policies = answer.and_then(|body| Ok(decode::policies(&subject, answer::take_list(body, ASSIGNMENTS)?)));
        (subject.id().clone(), policies)
    };
    Ok(subjects.into_iter().zip(answers).map(read).collect())
}

async fn role_page<W: World, T: Tokens>(
    client: &Client<W, T>,
    request: &Request,
) -> Result<(Vec<Policy>, Option<Request>), Error> {
    let body = client.send(&request.clone().once()).await?;
    let next = client.next(request, &body);
    Ok((decode::role_policies(answer::take_list(body, ASSIGNMENTS)?), next))
}

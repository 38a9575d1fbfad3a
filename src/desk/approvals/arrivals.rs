//! Which requests in a read of the inbox are new.

use super::Inbox;
use crate::guid::Guid;

/// How many requests that this person can decide came since the previous read. A side that was read for the first time
/// brings nothing new: it was merely not seen before.
pub fn arrivals(before: &Inbox, now: &Inbox, me: &Guid) -> usize {
    let known = |id: &str| before.requests.iter().any(|old| old.id == id);
    let was_read = |request: &&crate::approval::Request| before.side(request.kind()).read_unix_ms.is_some();
    now.requests.iter().filter(was_read).filter(|request| request.waits_for(me) && !known(&request.id)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::approval::{DirectoryScope, Length, Request, Target, Ticket};
    use crate::desk::approvals::Side;

    const ME: &str = "00000000-0000-4000-8000-000000000001";
    const OTHER: &str = "00000000-0000-4000-8000-000000000002";

    fn request(id: &str, from: &str, role: bool) -> Request {
        let target = if role {
            Target::Role { id: None, role: None, scope: DirectoryScope::Tenant, place: None }
        } else {
            Target::Group { id: None, group: None, access: Err(String::new()) }
        };
        Request {
            id: id.to_owned(),
            status: "PendingApproval".to_owned(),
            action: "selfActivate".to_owned(),
            principal_id: from.parse().ok(),
            principal: None,
            target,
            justification: String::new(),
            ticket: Ticket::default(),
            start_unix_ms: None,
            length: Length::Unknown,
            created_unix_ms: None,
            completed_unix_ms: None,
            has_approval: true,
        }
    }

    fn inbox(requests: Vec<Request>, roles_read: bool) -> Inbox {
        let side =
            |read: bool| Side { missing: None, unreadable: 0, lacks_renewals: false, read_unix_ms: read.then_some(1) };
        Inbox { requests, groups: side(true), roles: side(roles_read), read_unix_ms: 1, throttled_until_unix_ms: None }
    }

    #[test]
    fn only_what_waits_for_this_person_and_was_not_there_before_counts() {
        let me = ME.parse().unwrap();
        let before = inbox(vec![request("a", OTHER, false)], true);
        let mut settled = request("d", OTHER, false);
        settled.status = "Provisioned".to_owned();
        let now = vec![request("a", OTHER, false), request("b", OTHER, true), request("c", ME, false), settled];
        assert_eq!(arrivals(&before, &inbox(now.clone(), true), &me), 1);
        let unseen = inbox(vec![request("a", OTHER, false)], false);
        assert_eq!(arrivals(&unseen, &inbox(now, true), &me), 0, "the roles were only not seen before");
        assert_eq!(arrivals(&before, &inbox(Vec::new(), true), &me), 0);
    }
}

//! Words of the help page.

use crate::approval::clock_ahead_ms;
use crate::auth::extras::Extra;
use crate::auth::scope::Scope;
use crate::cloud::Cloud;
use crate::graph::journal::Entry;
use crate::instant;

/// Heading of a section.
pub const WHAT: &str = "What PIM Desk does";
/// What the product is.
pub const WHAT_TEXT: &str = "It shows and changes the policies of Privileged Identity Management (PIM) for groups and \
     for Entra roles, and decides the activation requests that wait for you.";
/// What the product does and does not do, one sentence each.
pub const FACTS: [&str; 5] = [
    "It runs only in your browser. Apart from its own files on this site, it talks only to Microsoft's sign-in \
     service and Microsoft Graph.",
    "It acts as you: what you may not do in Microsoft Entra, you cannot do here.",
    "Tokens stay in the memory of this tab. What you have not sent stays in this tab; pinned and recent groups \
     (IDs), templates, preferences, and what you saved (names and values, under Changes) stay in this browser.",
    "It never decides a request or saves a change twice. If Microsoft's answer is lost, it reads again and tells you \
     what it found.",
    "It does not assign people to groups or roles, and it does not activate your own assignments.",
];

/// Heading of a section.
pub const WHO: &str = "Who can change what";
/// Column header.
pub const WHO_TASK: &str = "Task";
/// Column header.
pub const WHO_PEOPLE: &str = "Who can";
/// Who can change the policy of a role-assignable group.
pub const WHO_ROLE_ASSIGNABLE: &str = "Privileged Role or Global Administrator, or an active owner of the group";
/// Who can change the policy of any other group.
pub const WHO_OTHER_GROUP: &str =
    "Groups, User, Identity Governance or Global Administrator, Directory Writer, or an active owner of the group";
/// Who can change the policy of an Entra role.
pub const WHO_ROLE: &str = "Privileged Role or Global Administrator";
/// Who can read the policy of an Entra role.
pub const WHO_READS_ROLE: &str =
    "Global Reader, Security Reader, Security Operator, or Security, Privileged Role or Global Administrator";
/// Who can do what: the task and the people. Source: Microsoft's pages on PIM for groups and on directory roles.
pub const RIGHTS: [(&str, &str); 6] = [
    ("Change the policy of a role-assignable group", WHO_ROLE_ASSIGNABLE),
    ("Change the policy of any other group", WHO_OTHER_GROUP),
    ("Read a group's policy", "Anyone who can change it, or a member of the group (active or eligible)"),
    ("Change the policy of an Entra role", WHO_ROLE),
    ("Read the policy of an Entra role", WHO_READS_ROLE),
    (
        "Decide a request",
        "An approver that the policy names; for an Entra role whose policy names none, an active Privileged Role or \
         Global Administrator. Nobody can decide their own request",
    ),
];
/// What to do when a role was just activated.
pub const RIGHTS_NOTE: &str = "A role that you activate while signed in takes effect when you next sign in.";

/// Heading of a section.
pub const PERMISSIONS: &str = "Permissions";
/// What permissions are.
pub const PERMISSIONS_TEXT: &str = "Delegated permissions of Microsoft Graph. Those that write are asked for when \
     you first save or decide; those for Entra roles when you ask for roles, or at sign-in if this site is set up \
     for them; those for extra checks when you ask for the checks. One exception: \
     RoleAssignmentSchedule.ReadWrite.Directory is needed even to list requests for Entra roles, and can also write, \
     because Microsoft offers no permission that only reads them.";
/// Column header.
pub const PERMISSION: &str = "Permission";
/// Column header.
pub const PURPOSE: &str = "What it is for";
/// Column header.
pub const STATE: &str = "State";
/// The permission was granted.
pub const GRANTED: &str = "granted";
/// The permission was not asked for, or not granted.
pub const NOT_GRANTED: &str = "not granted yet";

/// Heading of a section.
pub const KEYBOARD: &str = "Keyboard";
/// Column header.
pub const KEYS: &str = "Keys";
/// Column header.
pub const KEYS_DO: &str = "What they do";
/// Keys and what they do.
pub const SHORTCUTS: [(&str, &str); 5] = [
    ("Tab, Shift+Tab", "Go to the next or previous control; the first one on every page skips to the content"),
    ("Enter in the search for groups", "Opens the group when only one matches"),
    ("Esc", "Clears a search, or closes a dialog"),
    ("Delete, Backspace on a name", "Removes an approver or a recipient from a list"),
    (
        "Arrow keys in the matrix",
        "Go from cell to cell; Enter opens, the space bar selects, Ctrl+Home and Ctrl+End go to the first and last \
         cell",
    ),
];

/// Heading of a section.
pub const SESSION: &str = "This session";
/// Name of a fact.
pub const VERSION: &str = "Version";
/// Name of a fact.
pub const ACCOUNT: &str = "Signed in as";
/// Name of a fact.
pub const ACCOUNT_ID: &str = "Object ID";
/// Name of a fact.
pub const TENANT: &str = "Tenant";
/// Name of a fact.
pub const TENANT_ID: &str = "Tenant ID";
/// Name of a fact.
pub const CLOUD: &str = "Cloud";
/// Name of a fact.
pub const CLIENT_ID: &str = "App registration";
/// The computer's clock is wrong.
pub const CLOCK_HELP: &str =
    "Times on these pages may be wrong, and sign-in may fail. Set the clock to automatic, then reload this page.";

/// Heading of a section.
pub const LOG: &str = "Session log";
/// What the log is.
pub const LOG_TEXT: &str = "The last calls to Microsoft Graph from this tab, latest first. It contains no names, no \
     content and no tokens; Microsoft support can find a call by its IDs.";
/// Nothing was called.
pub const LOG_EMPTY: &str = "No calls yet.";
/// Copies the log.
pub const COPY_LOG: &str = "Copy log";
/// Announced after copying.
pub const LOG_COPIED: &str = "Log copied";
/// Updates the log.
pub const REFRESH_LOG: &str = "Refresh";
/// Shows all calls that are kept.
pub const SHOW_ALL: &str = "Show all calls";
/// Column headers of the log on the page.
pub const LOG_COLUMNS: [&str; 5] = ["Call", "Time", "Status", "Took", "Request ID, client request ID"];
/// Shown instead of the status of a call without an answer.
pub const NO_ANSWER: &str = "no answer";

/// What the browser asks for at each sign-in because the person wants it.
pub const fn wish(extra: Extra) -> &'static str {
    match extra {
        Extra::RoleRequests => {
            "At each sign-in, this browser asks for the permissions to list, approve and deny requests for Entra roles."
        }
        Extra::RolePolicies => {
            "At each sign-in, this browser asks for the permissions to read Entra roles and their policies."
        }
        Extra::Checks => {
            "At each sign-in, this browser asks for the permissions that the extra checks in reviews and under Dead \
             ends need."
        }
    }
}

/// Stops asking for it.
pub const fn stop_asking(extra: Extra) -> &'static str {
    match extra {
        Extra::RoleRequests => "Stop asking for role requests",
        Extra::RolePolicies => "Stop asking for role policies",
        Extra::Checks => "Stop asking for extra checks",
    }
}

/// What a permission is for.
pub const fn purpose(scope: Scope) -> &'static str {
    match scope {
        Scope::UserRead => "Know who you are and which directory roles you hold, to tell what you can change.",
        Scope::UserReadBasicAll => "Find people to name as approvers, and show names instead of IDs.",
        Scope::GroupMemberReadAll => "Find groups, and read their names, kinds and owners.",
        Scope::PrivilegedAccessRead => "List which groups are in PIM.",
        Scope::PolicyRead => "Read the PIM policies of groups.",
        Scope::AssignmentScheduleRead => "Read the requests that wait for your decision.",
        Scope::AuthenticationContextRead => "Offer your tenant's authentication contexts by name.",
        Scope::PolicyWrite => "Save changes to PIM policies.",
        Scope::AssignmentScheduleWrite => "Approve and deny requests.",
        Scope::RoleRead => "Read Entra roles, which of them a group holds, and their policies.",
        Scope::RoleScheduleWrite => {
            "List, approve and deny requests for Entra roles. Microsoft has no permission that only lists them."
        }
        Scope::RolePolicyRead => "Read the PIM policies of Entra roles.",
        Scope::EligibilityRead => "Check a change against who is eligible. Asked for only when you want these checks.",
        Scope::AccessPolicyRead => {
            "Check that an authentication context is enforced. Asked for only when you want these checks."
        }
        Scope::RolePolicyWrite => "Save changes to PIM policies of Entra roles.",
    }
}

/// A cloud's name.
pub const fn cloud(cloud: Cloud) -> &'static str {
    match cloud {
        Cloud::Global => "Microsoft worldwide",
        Cloud::UsGovL4 => "Microsoft US Government L4",
        Cloud::UsGovL5 => "Microsoft US Government L5 (DoD)",
        Cloud::China => "Microsoft in China (21Vianet)",
        Cloud::Demo => "Demo tenant",
    }
}

/// Whether the computer's clock is wrong, judged by the age of a token that just arrived; by how much is unknown.
/// `None` if it may be right, or nearly.
pub const fn clock(token_age_ms: i64) -> Option<&'static str> {
    match clock_ahead_ms(token_age_ms) {
        ..0 => Some("This computer's clock is behind"),
        0 => None,
        1.. => Some("This computer's clock is ahead"),
    }
}

/// A call's status.
pub fn status(status: u16) -> String {
    if status == 0 { NO_ANSWER.to_owned() } else { status.to_string() }
}

/// How long a call took.
pub fn took(ms: i64) -> String {
    format!("{ms} ms")
}

/// The version, and the commit it was built from, if it is known: "1a2b3c4 of 2026-01-31".
pub fn version(build: Option<&str>) -> String {
    let number = env!("CARGO_PKG_VERSION");
    build.map_or_else(|| number.to_owned(), |build| [number, ", commit ", build].concat())
}

/// The log as text: a line with the version, a header line, and tab-separated lines.
pub fn log<'a>(version: &str, entries: impl IntoIterator<Item = &'a Entry>) -> String {
    let mut text = format!("PIM Desk {version}\ntime\tcall\tstatus\tms\trequest-id\tclient-request-id\n");
    for entry in entries {
        let fields = [
            instant::to_rfc3339(entry.at_unix_ms),
            entry.call.clone(),
            entry.status.to_string(),
            entry.took_ms.to_string(),
            entry.request_id.clone().unwrap_or_default(),
            entry.client_request_id.clone(),
        ];
        text.push_str(&fields.map(|field| field.replace(char::is_control, " ")).join("\t"));
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_keeps_to_its_columns() {
        let entry = Entry {
            at_unix_ms: 0,
            call: "GET /v1.0/groups".into(),
            status: 200,
            took_ms: 12,
            request_id: Some("a\tb\nc".into()),
            client_request_id: "d".into(),
        };
        let text = log(&version(Some("1a2b3c4 of 2026-01-31")), [&entry]);
        assert!(text.lines().next().unwrap().ends_with(", commit 1a2b3c4 of 2026-01-31"), "{text}");
        assert!(!version(None).contains("commit"));
        assert_eq!(text.lines().nth(2), Some("1970-01-01T00:00:00Z\tGET /v1.0/groups\t200\t12\ta b c\td"));
        assert_eq!(text.lines().count(), 3);
    }

    #[test]
    fn only_a_clock_that_is_far_off_is_told() {
        for right in [-119_000, 0, 120_000, 300_000, 301_000, 419_000] {
            assert_eq!(clock(right), None, "{right}");
        }
        assert_eq!(clock(421_000), Some("This computer's clock is ahead"));
        for behind in [-121_000, i64::MIN] {
            assert_eq!(clock(behind), Some("This computer's clock is behind"));
        }
    }
}

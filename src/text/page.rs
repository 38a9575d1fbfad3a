//! Words of the pages: titles, buttons, notices, empty states.

/// The product's name.
pub const PRODUCT: &str = "PIM Desk";
/// A place in the rail.
pub const GROUPS: &str = "Groups";
/// A place in the rail.
pub const ROLES: &str = "Entra roles";
/// The same, shortened for the narrow rail.
pub const ROLES_SHORT: &str = "Roles";
/// A place in the rail.
pub const APPROVALS: &str = "Approvals";
/// A place in the rail.
pub const CHANGES: &str = "Changes";
/// A place in the rail: the pages about many policies.
pub const MATRIX: &str = "Matrix";
/// Label of the pages about many policies.
pub const MANY: &str = "Many policies";
/// A place in the rail.
pub const HELP: &str = "Help";
/// Closes a dialog.
pub const CLOSE: &str = "Close";
/// Why a button about a policy cannot be pressed yet.
pub const STILL_READ: &str = "The policy is still being read.";
/// Why it cannot be pressed where there is none.
pub const NO_POLICY_SHOWN: &str = "No policy is shown.";
/// Why a button that edits the policy cannot be pressed.
pub const SHOWN_TO_READ: &str = "This policy is shown for reading only.";
/// Reads again after a failure.
pub const TRY_AGAIN: &str = "Try again";
/// The browser refused to copy.
pub const COPY_FAILED: &str = "The browser did not allow copying";
/// Announced after copying.
pub const DETAILS_COPIED: &str = "Details copied";
/// Copies the address of the view.
pub const COPY_LINK: &str = "Copy link";
/// Announced after copying.
pub const LINK_COPIED: &str = "Link copied";
/// Announced after copying an address.
pub const ADDRESS_COPIED: &str = "Address copied";
/// Copies the redirect address.
pub const COPY_REDIRECT: &str = "Copy redirect URI";

/// Title of the sign-in page.
pub const SIGN_IN_TITLE: &str = "Sign in";
/// What the product does.
pub const SIGN_IN_TEXT: &str =
    "See and change the PIM policies of your groups and Entra roles, and decide requests waiting for you.";
/// What sign-in asks for.
pub const SIGN_IN_SCOPES: &str = "Signing in asks for permission to read and, if you list role requests, one that can \
     also write. Other permissions to write are asked for when you first save or decide. Your tokens stay in this tab's \
     memory and go only to Microsoft.";
/// Shown while the page redeems an answer or leaves.
pub const SIGNING_IN: &str = "Signing in…";
/// The sign-in page could not be opened.
pub const SIGN_IN_TROUBLE: &str = "Signing in again did not work";
/// Leaves for the sign-in page.
pub const SIGN_IN: &str = "Sign in with Microsoft";
/// Signs the same person in again.
pub const SIGN_IN_AGAIN: &str = "Sign in to continue";
/// Opens the page of the team that runs this installation.
pub const SUPPORT: &str = "Get help";
/// Opens the consent page.
pub const ADMIN_CONSENT: &str = "Open the consent page";
/// Copies the address of the consent page.
pub const COPY_FOR_ADMIN: &str = "Copy link for an administrator";
/// Signs in as someone else.
pub const SWITCH_ACCOUNT: &str = "Switch account";
/// Signs out of Microsoft as well.
pub const SIGN_OUT_EVERYWHERE: &str = "Sign out of Microsoft";

/// Title of the question before the session is left while something is being saved.
pub const SAVING_TITLE: &str = "A change is being saved";
/// What leaving means while something is being saved.
pub const SAVING_HELP: &str =
    "What is being sent is finished and checked first; the rest is not sent. You will find the result under Changes.";
/// Title of the same question while a decision is being sent.
pub const DECIDING_TITLE: &str = "A decision is on its way";
/// What leaving means while a decision is being sent.
pub const DECIDING_HELP: &str =
    "It is finished and checked first; the rest is not sent. You will find the result under Approvals, History.";
/// Finishes, then leaves.
pub const FINISH_AND_LEAVE: &str = "Finish and leave";
/// Stays on the page.
pub const STAY: &str = "Stay";
/// Shown while finishing.
pub const FINISHING: &str = "Finishing what is being sent before leaving…";

/// The person signed out in another tab, and this one keeps their unsent text.
pub const LEFT_ELSEWHERE: &str = "Signed out in another tab";
/// The session of the person with unsent text ended, or someone else came back from the sign-in page.
pub const LEFT: &str = "Unsent input is kept in this tab";
/// Opens the person's own roles in PIM.
pub const OWN_ROLES: &str = "My roles in PIM";
/// Signs the same person in again.
pub const SIGN_IN_AS_BEFORE: &str = "Sign in again";

/// Title of the question before a sign-out that would lose what was typed.
pub const LOSING_TITLE: &str = "Discard unsent input?";

/// The server has another version than the one that runs.
pub const NEWER: &str = "A newer version of PIM Desk is available.";

/// The browser is offline.
pub const OFFLINE: &str = "You are offline";
/// What being offline means.
pub const OFFLINE_HELP: &str = "What is on screen stays; nothing can be read or saved until the connection is back.";
/// Why something cannot be sent: offline.
pub const NOT_WHILE_OFFLINE: &str = "You are offline. You can do this once the connection is back.";
/// A call waits because of throttling.
pub const SLOWED_DOWN: &str = "Microsoft is limiting requests";

/// A call waits after a transient failure.
pub const NO_ANSWER_YET: &str = "No usable answer from Microsoft Graph yet";

/// Name of the switch between members and owners.
pub const ROLE: &str = "Role";
/// Name of the tabs.
pub const SETTINGS: &str = "Settings";
/// Badge.
pub const IN_PIM: &str = "in PIM";
/// Badge.
pub const NOT_IN_PIM: &str = "not in PIM";
/// Badge.
pub const ROLE_ASSIGNABLE: &str = "role-assignable";
/// Badge.
pub const DYNAMIC: &str = "dynamic";
/// Badge.
pub const SYNCED: &str = "synced";
/// The group is dynamic.
pub const DYNAMIC_NOTICE: &str = "PIM cannot manage this group: a rule decides its members";
/// The group is synchronized.
pub const SYNCED_NOTICE: &str = "PIM cannot manage this group: it is synchronized from on-premises";
/// What that means.
pub const NOT_FOR_PIM: &str = "Its policy is shown, but cannot be changed.";
/// The group is not in PIM.
pub const NOT_IN_PIM_NOTICE: &str = "This group is not in PIM yet";
/// What that means.
pub const NOT_IN_PIM_HELP: &str =
    "These are the settings it would start with. Saving a change brings the group into PIM for good.";
/// No right to change the policy was found.
pub const READ_ONLY_NOTICE: &str = "You can probably only read this policy";
/// Edits anyway.
pub const EDIT_ANYWAY: &str = "Edit anyway";
/// A stored draft was restored.
pub const RESTORED: &str = "Your unsaved changes are back";
/// The tab could not store what is typed.
pub const TYPED_NOT_KEPT: &str = "This tab does not keep what you type";
/// What that means.
pub const TYPED_NOT_KEPT_HELP: &str = "This tab's storage is full or turned off. Finish before you reload, close or \
     sign in again: otherwise what you typed is lost, or an older version of it comes back.";
/// Forgets all edits.
pub const DISCARD: &str = "Discard";
/// Another tab has unsaved changes to the same policy.
pub const EDITED_IN_OTHER_TAB: &str = "Another tab of this browser has unsaved changes to this policy";
/// What that means.
pub const EDITED_IN_OTHER_TAB_HELP: &str = "The tab that saves second is compared with what the first one saved, so \
     nothing is lost. It is easier to finish in one tab.";
/// Another tab is saving to the same group or role.
pub const SAVED_IN_OTHER_TAB: &str = "Another tab of this browser is saving to this group or role now";
/// What that means.
pub const SAVED_IN_OTHER_TAB_HELP: &str = "You can save here as soon as that save has ended.";
/// Name of the bar of unsaved changes.
pub const UNSAVED: &str = "Unsaved changes";
/// Opens the review.
pub const REVIEW_CHANGES: &str = "Review changes";
/// What leaving with unsaved changes means.
pub const LEAVE_HELP: &str = "Kept changes stay in this tab and are offered when you open the policy again.";
/// The same while pasted names are looked up.
pub const LEAVE_LOSES_NAMES: &str = "Kept changes stay in this tab and are offered when you open the policy again. Names still being looked up are not kept.";
/// Leaves and discards them.
pub const LEAVE_DISCARD: &str = "Discard and leave";
/// Leaves and keeps them.
pub const LEAVE_KEEP: &str = "Leave, keep changes";

/// Title if the program's part for a page could not be loaded.
pub const PART_MISSING: &str = "This page could not be loaded";
/// Why, and what to do.
pub const PART_MISSING_TEXT: &str =
    "Its file could not be loaded, or belongs to another version of PIM Desk. Check your connection, then reload.";

/// Title of the page for addresses without a page.
pub const UNKNOWN_TITLE: &str = "There is no page at this address";
/// What to do at such an address.
pub const UNKNOWN_TEXT: &str = "The link may be incomplete or mistyped. Nothing was read or changed.";
/// Opens the groups.
pub const TO_GROUPS: &str = "Go to groups";
/// Opens the approvals.
pub const TO_APPROVALS: &str = "Go to approvals";

/// When a waiting call continues.
pub fn continues_at(time: &str) -> String {
    format!("PIM Desk tries again at {time}.")
}

/// Name of the ID of a policy.
pub const POLICY_ID: &str = "Policy ID";
/// Name of a policy's last change.
pub const LAST_CHANGE: &str = "Last change";

/// How many settings are changed, next to a switch.
pub fn changed_note(changed: usize) -> String {
    format!("{changed} changed")
}

/// Who last changed the policy. If Graph says when, the time follows and ends the sentence.
pub fn last_changed(by: Option<&str>, has_time: bool) -> String {
    match (by, has_time) {
        (Some(by), true) => format!("Last changed by {by}, "),
        (Some(by), false) => format!("Last changed by {by}."),
        (None, true) => "Last changed ".to_owned(),
        (None, false) => "Microsoft does not say who last changed this policy.".to_owned(),
    }
}

/// The question before leaving unsaved changes.
pub fn leave_title(changes: usize) -> String {
    format!("Leave {}?", super::policy::change::count(changes, "unsaved change"))
}

/// What a sign-out would delete of what this tab keeps.
pub fn losing(policies: usize, justifications: usize, chosen: bool) -> String {
    ["Leaving discards ", &unsent(policies, justifications, chosen), "."].concat()
}

/// What a tab keeps for the person who was signed in there, and what happens to it.
pub fn left(username: Option<&str>, policies: usize, justifications: usize, chosen: bool) -> String {
    let whose = username.unwrap_or("the account that was signed in");
    let what = unsent(policies, justifications, chosen);
    [
        "This tab keeps unsent input: ",
        &what,
        ". Sign in again as ",
        whose,
        " to get it back. No other account can see it.",
    ]
    .concat()
}

fn unsent(policies: usize, justifications: usize, chosen: bool) -> String {
    let mut lost = Vec::new();
    if policies > 0 {
        lost.push(["unsaved changes to ", &super::rollout::policies(policies)].concat());
    }
    if justifications > 0 {
        let noun = if justifications == 1 { "the justification of " } else { "the justifications of " };
        lost.push([noun, &super::policy::change::count(justifications, "request")].concat());
    }
    if chosen {
        lost.push("an unsent change of many policies".to_owned());
    }
    lost.join(", ")
}

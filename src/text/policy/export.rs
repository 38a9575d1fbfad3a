//! Words in and around the texts for other tools.

use crate::policy::Subject;
use crate::text::quoted::one_line;

/// Opens the dialog with the policy in other forms.
pub const OPEN: &str = "Copy or print policy…";
/// Title of that dialog.
pub const TITLE: &str = "This policy for other tools";
/// Shows the calls that saving would send.
pub const GRAPH_CALLS: &str = "Graph calls";
/// Name of the choice of forms.
pub const FORM: &str = "Form";
/// Prints one policy.
pub const PRINT: &str = "Print";
/// Prints all policies of the page.
pub const PRINT_ALL: &str = "Print members and owners";
/// Announced after copying.
pub const COPIED: &str = "Copied";
/// Shown above the text of changes.
pub const CHANGES_HELP: &str = "What saving would send now. PIM Desk itself also checks the policy before it saves, and reads it back \
     afterwards.";
/// Shown above the text of a whole policy.
pub const WHOLE_HELP: &str = "The policy as Microsoft stores it, without unsaved changes.";
/// A rule that belongs to no setting is in the file only.
pub const UNKNOWN_LEFT_OUT: &str = "Rules that this page does not know are in the JSON only; they are never sent.";

/// In the texts: the first call.
pub const FIND: &str = "Find the policy";
/// In the texts: where else to look for it.
pub const OR_ELSE: &str = "If that finds nothing:";
/// In the texts: why the ID is not written down.
pub const LOOKED_UP: &str = "A policy's ID changes over time, so it is looked up here instead of written down.";
/// In the texts: why an ID that was looked up may no longer be valid.
pub const FOUND_AGAIN: &str =
    "The first write to a group that is not in PIM yet changes the policy's ID, so it is looked up again then.";
/// In HTTP calls: the same, for the person who sends them.
pub const FIND_AGAIN: &str = "The first write to a group that is not in PIM yet changes the policy's ID. If a call \
     returns 404, send \"Find the policy\" again, then that call.";
/// In the texts: more than one policy was found.
pub const SEVERAL: &str = "More than one policy was found. Nothing was changed from here on.";
/// In Python: why the token is read.
pub const TOKEN_CHECKED: &str = "Only a token of this tenant may change its policy.";
/// In Python: the token is of another tenant, or says none.
pub const OTHER_TENANT: &str = "GRAPH_TOKEN is not a token of this tenant. Nothing was sent.";
/// In HTTP calls, after the tenant.
pub const TENANT_OF_TOKEN: &str = "Nothing here checks that the token is of this tenant.";
/// In Terraform, after the tenant.
pub const TENANT_OF_PROVIDER: &str = "Nothing here checks that the provider signs in to this tenant.";
/// In the texts: no policy was found.
pub const NONE: &str = "No policy was found. Nothing was changed from here on.";
/// In the texts: what an accepted write does not prove.
pub const READ_BACK: &str = "Accepted does not mean stored: read the policy again to check.";
/// In the texts: there is no resource for the policies of roles.
pub const NO_AZUREAD_ROLE: &str =
    "The azuread provider has no resource for the policies of Entra roles, so this goes through the msgraph provider.";
/// In the texts: the provider compares with what Terraform knows, which is nothing before the first apply.
pub const TERRAFORM_ADOPTS: &str = "The first apply takes over the policy and may not send values that are false or \
     empty here. Run plan again, and apply what is left.";
/// In the texts: the provider can only keep a policy as a whole.
pub const TERRAFORM_UNNAMED: &str = "Settings not named here should stay as they are; check that in the plan.";
/// In the texts: the provider's two requirements exclude each other.
pub const TERRAFORM_BOTH: &str =
    "The policy requires MFA and an authentication context; the provider accepts only one, so MFA is left out.";
/// In the texts: leaving the argument out does not turn the context off.
pub const TERRAFORM_CONTEXT_STAYS: &str = "The provider cannot turn an authentication context off. If the policy requires \
    one, turn it off first, in PIM Desk or the admin center.";
/// In the texts: the provider accepts no argument for MFA together with one for a context.
pub const TERRAFORM_MFA_STAYS: &str = "With an authentication context, the provider may leave MFA on. If the policy \
     requires MFA, turn it off first, in PIM Desk or the admin center.";
/// In the texts: the provider has no requirements for eligible assignment.
pub const TERRAFORM_NO_ELIGIBLE_DEMANDS: &str =
    "The provider has no arguments for MFA and justification on eligible assignment; they stay as they are.";
/// In the texts: only certain kinds of approver can be written.
pub const TERRAFORM_APPROVER: &str = "An approver of another type cannot be written here.";
/// In the texts: no approver can be written, and the provider rejects approval without one.
pub const TERRAFORM_NO_APPROVER: &str = "The provider accepts approval only with a person or a group as approver, so approval is left out and stays as \
     it is.";
/// In the texts: the provider supports one stage only.
pub const TERRAFORM_STAGES: &str = "The policy has several approval stages; the provider accepts one. Only the first \
     is written here, and applying it replaces all of them.";
/// In the texts: nothing to send.
pub const NOTHING: &str = "Nothing would be sent: the policy already has these values.";

/// A form's name.
pub const HTTP: &str = "HTTP calls";
/// A form's name.
pub const POWERSHELL: &str = "PowerShell";
/// A form's name.
pub const PYTHON: &str = "Python";
/// A form's name.
pub const TERRAFORM: &str = "Terraform";
/// A form's name.
pub const JSON: &str = "JSON";

/// The headline of each text: "PIM policy of Tier-0 Operators (members)."
pub fn title(subject: &Subject, holder: &str) -> String {
    format!("PIM policy of {}.", crate::text::subject::called(subject, &one_line(holder)))
}

/// The tenant whose policy it is: "Tenant 9f3c…".
pub fn tenant(id: &str) -> String {
    ["Tenant ", id].concat()
}

/// The headline of a text of several policies.
pub fn many(policies: usize) -> String {
    if policies == 1 { "1 PIM policy.".to_owned() } else { format!("{policies} PIM policies.") }
}

/// How many rules the text sends, and that their order matters.
pub fn order(rules: usize) -> String {
    match rules {
        0 => NOTHING.to_owned(),
        1 => "1 complete rule is sent.".to_owned(),
        more => format!("{more} complete rules are sent, in this order. The order matters."),
    }
}

/// The button that copies a text: "Copy PowerShell".
pub fn copy(form: &str) -> String {
    ["Copy ", form].concat()
}

/// Where the HTTP calls get the token from.
pub fn http_token(scope: &str) -> String {
    format!("Set the variable token of your HTTP client to an access token with {scope}.")
}

/// Where the script gets the token from.
pub fn python_token(scope: &str) -> String {
    format!("Set GRAPH_TOKEN in the environment to an access token with {scope}.")
}

/// A value that the provider does not accept.
pub fn terraform_refuses(argument: &str, value: &str) -> String {
    format!("{argument}: the provider does not accept {}, so it is left out.", one_line(value))
}

/// A value that could not be read.
pub fn terraform_unread(argument: &str) -> String {
    format!("{argument} could not be read.")
}

/// When the printed policy was read.
pub fn read_at(at: &str) -> String {
    ["Read from Microsoft Graph ", at, "."].concat()
}

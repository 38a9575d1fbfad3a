//! One rule of a policy: the raw JSON and the 17 IDs PIM defines.

use serde_json::Value as Json;

const TYPE_PREFIX: &str = "#microsoft.graph.unifiedRoleManagementPolicy";

macro_rules! rule_ids {
    ($($variant:ident = $text:literal, $kind:ident, $doc:literal;)*) => {
        /// The 17 predefined rules (graph.md G19).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum RuleId { $(#[doc = $doc] $variant,)* }

        impl RuleId {
            /// All of them, in the order of Microsoft's mapping guide.
            pub const ALL: [Self; 17] = [$(Self::$variant,)*];

            /// The ID as Graph spells it.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// The type that belongs to the ID.
            pub const fn kind(self) -> RuleKind {
                match self { $(Self::$variant => RuleKind::$kind,)* }
            }
        }
    };
}

rule_ids! {
    ActivationExpiration = "Expiration_EndUser_Assignment", Expiration, "How long an activation lasts at most.";
    ActivationEnablement = "Enablement_EndUser_Assignment", Enablement, "MFA, justification, ticket on activation.";
    ActivationContext = "AuthenticationContext_EndUser_Assignment", AuthenticationContext, "Authentication context on activation.";
    ActivationApproval = "Approval_EndUser_Assignment", Approval, "Approval of an activation.";
    EligibleExpiration = "Expiration_Admin_Eligibility", Expiration, "How long an eligible assignment lasts at most.";
    ActiveExpiration = "Expiration_Admin_Assignment", Expiration, "How long an active assignment lasts at most.";
    ActiveEnablement = "Enablement_Admin_Assignment", Enablement, "MFA and justification on active assignment.";
    EligibleEnablement = "Enablement_Admin_Eligibility", Enablement, "Demands on eligible assignment; the portal shows no control for it.";
    EligibleAlert = "Notification_Admin_Admin_Eligibility", Notification, "Mail: alert when someone is made eligible.";
    EligibleAssignee = "Notification_Requestor_Admin_Eligibility", Notification, "Mail: to the person made eligible.";
    EligibleApprover = "Notification_Approver_Admin_Eligibility", Notification, "Mail: to approvers of renewals and extensions of eligibility.";
    ActiveAlert = "Notification_Admin_Admin_Assignment", Notification, "Mail: alert when someone is made active.";
    ActiveAssignee = "Notification_Requestor_Admin_Assignment", Notification, "Mail: to the person made active.";
    ActiveApprover = "Notification_Approver_Admin_Assignment", Notification, "Mail: to approvers of renewals and extensions of active assignments.";
    ActivationAlert = "Notification_Admin_EndUser_Assignment", Notification, "Mail: alert when someone activates.";
    ActivationRequestor = "Notification_Requestor_EndUser_Assignment", Notification, "Mail: to the person who activates.";
    ActivationApprover = "Notification_Approver_EndUser_Assignment", Notification, "Mail: to the approvers of an activation.";
}

impl RuleId {
    /// Finds the rule with this ID, in any case (graph.md G15).
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|id| id.names(text))
    }

    /// Whether a text is this ID, in any case.
    pub fn names(self, text: &str) -> bool {
        self.as_str().len() == text.len() && self.as_str().eq_ignore_ascii_case(text)
    }
}

/// The rule types the product understands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleKind {
    /// `…ExpirationRule`
    Expiration,
    /// `…EnablementRule`
    Enablement,
    /// `…AuthenticationContextRule`
    AuthenticationContext,
    /// `…ApprovalRule`
    Approval,
    /// `…NotificationRule`
    Notification,
}

impl RuleKind {
    const fn type_suffix(self) -> &'static str {
        match self {
            Self::Expiration => "ExpirationRule",
            Self::Enablement => "EnablementRule",
            Self::AuthenticationContext => "AuthenticationContextRule",
            Self::Approval => "ApprovalRule",
            Self::Notification => "NotificationRule",
        }
    }
}

/// A rule exactly as Graph sent it. Everything in it survives an edit, known or not.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    raw: Json,
    /// Which of the 17 it is; determined once, because every setting asks for its rule.
    known: Option<RuleId>,
    is_of_its_type: bool,
}

impl Rule {
    /// Wraps a rule's JSON.
    pub fn new(raw: Json) -> Self {
        let known = raw["id"].as_str().and_then(RuleId::parse);
        let suffix = raw["@odata.type"].as_str().and_then(|name| name.strip_prefix(TYPE_PREFIX));
        let is_of_its_type = known.is_some_and(|id| suffix == Some(id.kind().type_suffix()));
        Self { raw, known, is_of_its_type }
    }

    /// The JSON as sent.
    pub const fn raw(&self) -> &Json {
        &self.raw
    }

    /// The rule's ID as sent; empty if there is none.
    pub fn id(&self) -> &str {
        self.raw["id"].as_str().unwrap_or_default()
    }

    /// Which of the 17 it is, by its ID.
    pub const fn known_id(&self) -> Option<RuleId> {
        self.known
    }

    /// Whether `@odata.type` is the one that belongs to its ID (graph.md G5).
    pub const fn has_its_type(&self) -> bool {
        self.is_of_its_type
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_found_in_any_case_and_are_distinct() {
        for id in RuleId::ALL {
            assert_eq!(RuleId::parse(&id.as_str().to_uppercase()), Some(id));
        }
        assert_eq!(RuleId::parse("CustomExtension_PreApproval_EndUser_Assignment"), None);
    }
}

# Snapshot of: 2026-11-27T10:00:00Z
# Taken by: Ana Remove-Item *

# PIM policy of Tier-0 '@; Operators (members).
# Tenant 9f3c1a52-6d0e-4b7f-8a41-2c5e7d90b136. Nothing here checks that the provider signs in to this tenant.
# The first apply takes over the policy and may not send values that are false or empty here. Run plan again, and apply what is left.
# Settings not named here should stay as they are; check that in the plan.
resource "azuread_group_role_management_policy" "tier_0_operators_11111111111141118111111111111111_member" {
  group_id = "11111111-1111-4111-8111-111111111111"
  role_id  = "member"

  activation_rules {
    maximum_duration = "PT8H"
    # The provider cannot turn an authentication context off. If the policy requires one, turn it off first, in PIM Desk or the admin center.
    require_multifactor_authentication = false
    require_justification              = true
    require_ticket_info                = false
    require_approval                   = false
  }

  eligible_assignment_rules {
    # expiration_required could not be read.
    # expire_after could not be read.
  }

  active_assignment_rules {
    # expiration_required could not be read.
    # expire_after could not be read.
    # require_multifactor_authentication could not be read.
    # require_justification could not be read.
  }

  # The provider has no arguments for MFA and justification on eligible assignment; they stay as they are.

  notification_rules {
    eligible_assignments {
      # admin_notifications could not be read.
      # assignee_notifications could not be read.
      # approver_notifications could not be read.
    }
    active_assignments {
      # admin_notifications could not be read.
      # assignee_notifications could not be read.
      # approver_notifications could not be read.
    }
    eligible_activations {
      # admin_notifications could not be read.
      # assignee_notifications could not be read.
      # approver_notifications could not be read.
    }
  }
}

# PIM policy of Tier-0 Operators (members).
# Tenant 9f3c1a52-6d0e-4b7f-8a41-2c5e7d90b136. Nothing here checks that the provider signs in to this tenant.
# The first apply takes over the policy and may not send values that are false or empty here. Run plan again, and apply what is left.
# Settings not named here should stay as they are; check that in the plan.
resource "azuread_group_role_management_policy" "tier_0_operators_22222222222242228222222222222222_member" {
  group_id = "22222222-2222-4222-8222-222222222222"
  role_id  = "member"

  activation_rules {
    maximum_duration = "PT8H"
    # The provider cannot turn an authentication context off. If the policy requires one, turn it off first, in PIM Desk or the admin center.
    require_multifactor_authentication = false
    require_justification              = true
    require_ticket_info                = false
    require_approval                   = false
  }

  eligible_assignment_rules {
    # expiration_required could not be read.
    # expire_after could not be read.
  }

  active_assignment_rules {
    # expiration_required could not be read.
    # expire_after could not be read.
    # require_multifactor_authentication could not be read.
    # require_justification could not be read.
  }

  # The provider has no arguments for MFA and justification on eligible assignment; they stay as they are.

  notification_rules {
    eligible_assignments {
      # admin_notifications could not be read.
      # assignee_notifications could not be read.
      # approver_notifications could not be read.
    }
    active_assignments {
      # admin_notifications could not be read.
      # assignee_notifications could not be read.
      # approver_notifications could not be read.
    }
    eligible_activations {
      # admin_notifications could not be read.
      # assignee_notifications could not be read.
      # approver_notifications could not be read.
    }
  }
}

# PIM policy of Global Administrator.
# Tenant 9f3c1a52-6d0e-4b7f-8a41-2c5e7d90b136. Nothing here checks that the provider signs in to this tenant.
# 4 complete rules are sent, in this order. The order matters.
# The azuread provider has no resource for the policies of Entra roles, so this goes through the msgraph provider.
# A policy's ID changes over time, so it is looked up here instead of written down.
data "msgraph_resource" "global_administrator" {
  url = "policies/roleManagementPolicyAssignments"
  query_parameters = {
    "$filter" = ["scopeId eq '/' and scopeType eq 'DirectoryRole' and roleDefinitionId eq '62e90394-69f5-4237-9190-012177145e10'"]
  }
  response_export_values = {
    policy_id = "value[0].policyId"
  }
}

# 1 of 4: Activation: authentication context
resource "msgraph_update_resource" "global_administrator_authenticationcontext_enduser_assignment" {
  url = "policies/roleManagementPolicies/${data.msgraph_resource.global_administrator.output.policy_id}/rules/AuthenticationContext_EndUser_Assignment"
  body = jsondecode(<<JSON
{
  "@odata.type": "#microsoft.graph.unifiedRoleManagementPolicyAuthenticationContextRule",
  "claimValue": "",
  "id": "AuthenticationContext_EndUser_Assignment",
  "isEnabled": false,
  "target": {
    "caller": "EndUser",
    "enforcedSettings": [],
    "inheritableSettings": [],
    "level": "Assignment",
    "operations": [
      "All"
    ]
  }
}
JSON
  )
}

# 2 of 4: Activation: duration
resource "msgraph_update_resource" "global_administrator_expiration_enduser_assignment" {
  url = "policies/roleManagementPolicies/${data.msgraph_resource.global_administrator.output.policy_id}/rules/Expiration_EndUser_Assignment"
  body = jsondecode(<<JSON
{
  "@odata.type": "#microsoft.graph.unifiedRoleManagementPolicyExpirationRule",
  "id": "Expiration_EndUser_Assignment",
  "isExpirationRequired": true,
  "maximumDuration": "PT8H",
  "target": {
    "caller": "EndUser",
    "enforcedSettings": [],
    "inheritableSettings": [],
    "level": "Assignment",
    "operations": [
      "All"
    ]
  }
}
JSON
  )

  depends_on = [msgraph_update_resource.global_administrator_authenticationcontext_enduser_assignment]
}

# 3 of 4: Activation: MFA, justification, ticket
resource "msgraph_update_resource" "global_administrator_enablement_enduser_assignment" {
  url = "policies/roleManagementPolicies/${data.msgraph_resource.global_administrator.output.policy_id}/rules/Enablement_EndUser_Assignment"
  body = jsondecode(<<JSON
{
  "@odata.type": "#microsoft.graph.unifiedRoleManagementPolicyEnablementRule",
  "enabledRules": [
    "Justification"
  ],
  "id": "Enablement_EndUser_Assignment",
  "target": {
    "caller": "EndUser",
    "enforcedSettings": [],
    "inheritableSettings": [],
    "level": "Assignment",
    "operations": [
      "All"
    ]
  }
}
JSON
  )

  depends_on = [msgraph_update_resource.global_administrator_expiration_enduser_assignment]
}

# 4 of 4: Activation: approval
resource "msgraph_update_resource" "global_administrator_approval_enduser_assignment" {
  url = "policies/roleManagementPolicies/${data.msgraph_resource.global_administrator.output.policy_id}/rules/Approval_EndUser_Assignment"
  body = jsondecode(<<JSON
{
  "@odata.type": "#microsoft.graph.unifiedRoleManagementPolicyApprovalRule",
  "id": "Approval_EndUser_Assignment",
  "setting": {
    "approvalMode": "SingleStage",
    "approvalStages": [
      {
        "approvalStageTimeOutInDays": 1,
        "escalationApprovers": [],
        "escalationTimeInMinutes": 0,
        "isApproverJustificationRequired": true,
        "isEscalationEnabled": false,
        "primaryApprovers": []
      }
    ],
    "isApprovalRequired": false,
    "isApprovalRequiredForExtension": false,
    "isRequestorJustificationRequired": true
  },
  "target": {
    "caller": "EndUser",
    "enforcedSettings": [],
    "inheritableSettings": [],
    "level": "Assignment",
    "operations": [
      "All"
    ]
  }
}
JSON
  )

  depends_on = [msgraph_update_resource.global_administrator_enablement_enduser_assignment]
}

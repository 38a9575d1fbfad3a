# PIM policy of Tier-0 “Operators” '@; rm -rf /.
# Tenant 9f3c1a52-6d0e-4b7f-8a41-2c5e7d90b136. Nothing here checks that the provider signs in to this tenant.
# 4 complete rules are sent, in this order. The order matters.
# The azuread provider has no resource for the policies of Entra roles, so this goes through the msgraph provider.
# A policy's ID changes over time, so it is looked up here instead of written down.
data "msgraph_resource" "tier_0_operators_rm_rf" {
  url = "policies/roleManagementPolicyAssignments"
  query_parameters = {
    "$filter" = ["scopeId eq '/' and scopeType eq 'DirectoryRole' and roleDefinitionId eq '62e90394-69f5-4237-9190-012177145e10'"]
  }
  response_export_values = {
    policy_id = "value[0].policyId"
  }
}

# 1 of 4: Activation: approval
resource "msgraph_update_resource" "tier_0_operators_rm_rf_approval_enduser_assignment" {
  url = "policies/roleManagementPolicies/${data.msgraph_resource.tier_0_operators_rm_rf.output.policy_id}/rules/Approval_EndUser_Assignment"
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
        "primaryApprovers": [
          {
            "@odata.type": "#microsoft.graph.singleUser",
            "userId": "11111111-1111-4111-8111-111111111111"
          }
        ]
      }
    ],
    "isApprovalRequired": true,
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
}

# 2 of 4: Activation: duration
resource "msgraph_update_resource" "tier_0_operators_rm_rf_expiration_enduser_assignment" {
  url = "policies/roleManagementPolicies/${data.msgraph_resource.tier_0_operators_rm_rf.output.policy_id}/rules/Expiration_EndUser_Assignment"
  body = jsondecode(<<JSON
{
  "@odata.type": "#microsoft.graph.unifiedRoleManagementPolicyExpirationRule",
  "id": "Expiration_EndUser_Assignment",
  "isExpirationRequired": true,
  "maximumDuration": "PT2H",
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

  depends_on = [msgraph_update_resource.tier_0_operators_rm_rf_approval_enduser_assignment]
}

# 3 of 4: Activation: Role activation alert
resource "msgraph_update_resource" "tier_0_operators_rm_rf_notification_admin_enduser_assignment" {
  url = "policies/roleManagementPolicies/${data.msgraph_resource.tier_0_operators_rm_rf.output.policy_id}/rules/Notification_Admin_EndUser_Assignment"
  body = jsondecode(<<JSON
{
  "@odata.type": "#microsoft.graph.unifiedRoleManagementPolicyNotificationRule",
  "id": "Notification_Admin_EndUser_Assignment",
  "isDefaultRecipientsEnabled": true,
  "notificationLevel": "All",
  "notificationRecipients": [
    "o\u0027neil+\u0024(id)\u007b\u007btoken\u007d\u007d\u0024\u007bx\u007d@contoso.com"
  ],
  "notificationType": "Email",
  "recipientType": "Admin",
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

  depends_on = [msgraph_update_resource.tier_0_operators_rm_rf_expiration_enduser_assignment]
}

# 4 of 4: Activation: authentication context
resource "msgraph_update_resource" "tier_0_operators_rm_rf_authenticationcontext_enduser_assignment" {
  url = "policies/roleManagementPolicies/${data.msgraph_resource.tier_0_operators_rm_rf.output.policy_id}/rules/AuthenticationContext_EndUser_Assignment"
  body = jsondecode(<<JSON
{
  "@odata.type": "#microsoft.graph.unifiedRoleManagementPolicyAuthenticationContextRule",
  "claimValue": "c1",
  "id": "AuthenticationContext_EndUser_Assignment",
  "isEnabled": true,
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

  depends_on = [msgraph_update_resource.tier_0_operators_rm_rf_notification_admin_enduser_assignment]
}

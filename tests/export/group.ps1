# PIM policy of Tier-0 “Operators” '@; rm -rf / (members).
# 4 rules are sent, whole, in this order; it matters.
#Requires -Modules Microsoft.Graph.Authentication
$ErrorActionPreference = 'Stop'
Connect-MgGraph -Environment Global -Scopes 'RoleManagementPolicy.ReadWrite.AzureADGroup' -NoWelcome

# A policy's id changes over time, so it is looked up here and not written down.
$policyId = $null
foreach ($lookup in @(
    'https://graph.microsoft.com/v1.0/policies/roleManagementPolicyAssignments?$filter=scopeId%20eq%20''7e526275-97a8-4dc6-932a-4db521cccf96''%20and%20scopeType%20eq%20''Group''%20and%20roleDefinitionId%20eq%20''member'''
)) {
    $found = @((Invoke-MgGraphRequest -Method GET -Uri $lookup -OutputType PSObject).value)
    if ($found.Count -gt 1) { throw 'More than one policy was found. Nothing was changed.' }
    if ($found.Count -eq 1) { $policyId = $found[0].policyId; break }
}
if (-not $policyId) { throw 'No policy was found. Nothing was changed.' }

function Set-Rule([string] $Uri, [string] $Body) {
    Invoke-MgGraphRequest -Method PATCH -Uri $Uri -Body $Body -ContentType 'application/json' | Out-Null
    Write-Host "Accepted: $Uri"
}

# 1 of 4: Activation: approval
Set-Rule ('https://graph.microsoft.com/v1.0/policies/roleManagementPolicies/{0}/rules/Approval_EndUser_Assignment' -f [uri]::EscapeDataString($policyId)) @'
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
'@

# 2 of 4: Activation: duration
Set-Rule ('https://graph.microsoft.com/v1.0/policies/roleManagementPolicies/{0}/rules/Expiration_EndUser_Assignment' -f [uri]::EscapeDataString($policyId)) @'
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
'@

# 3 of 4: Activation: Role activation alert
Set-Rule ('https://graph.microsoft.com/v1.0/policies/roleManagementPolicies/{0}/rules/Notification_Admin_EndUser_Assignment' -f [uri]::EscapeDataString($policyId)) @'
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
'@

# 4 of 4: Activation: authentication context
Set-Rule ('https://graph.microsoft.com/v1.0/policies/roleManagementPolicies/{0}/rules/AuthenticationContext_EndUser_Assignment' -f [uri]::EscapeDataString($policyId)) @'
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
'@

# Accepted is not yet stored: read the policy again to see what it holds.

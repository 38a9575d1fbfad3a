# PIM policy of Tier-0 “Operators” '@; rm -rf /.
# Tenant 9f3c1a52-6d0e-4b7f-8a41-2c5e7d90b136
# 4 complete rules are sent, in this order. The order matters.
#Requires -Modules Microsoft.Graph.Authentication
$ErrorActionPreference = 'Stop'
Connect-MgGraph -Environment Global -TenantId '9f3c1a52-6d0e-4b7f-8a41-2c5e7d90b136' -Scopes 'RoleManagementPolicy.ReadWrite.Directory' -NoWelcome

function Find-Policy([string[]] $Lookups) {
    foreach ($lookup in $Lookups) {
        $found = @((Invoke-MgGraphRequest -Method GET -Uri $lookup -OutputType PSObject).value)
        if ($found.Count -gt 1) { throw 'More than one policy was found. Nothing was changed from here on.' }
        if ($found.Count -eq 1) { return $found[0].policyId }
    }
    throw 'No policy was found. Nothing was changed from here on.'
}

# The first write to a group that is not in PIM yet changes the policy's ID, so it is looked up again then.
function Set-Rule([string] $Address, [string] $Body) {
    $send = {
        $uri = $Address -f [uri]::EscapeDataString($policyId)
        Invoke-MgGraphRequest -Method PATCH -Uri $uri -Body $Body -ContentType 'application/json' | Out-Null
        Write-Host "Accepted: $uri"
    }
    try {
        & $send
    } catch {
        if ($_.Exception.Response.StatusCode -ne 404) { throw }
        $script:policyId = Find-Policy $policyLookups
        & $send
    }
}

# A policy's ID changes over time, so it is looked up here instead of written down.
$policyLookups = @(
    'https://graph.microsoft.com/v1.0/policies/roleManagementPolicyAssignments?$filter=scopeId%20eq%20''%2F''%20and%20scopeType%20eq%20''DirectoryRole''%20and%20roleDefinitionId%20eq%20''62e90394-69f5-4237-9190-012177145e10''',
    'https://graph.microsoft.com/v1.0/policies/roleManagementPolicyAssignments?$filter=scopeId%20eq%20''%2F''%20and%20scopeType%20eq%20''Directory''%20and%20roleDefinitionId%20eq%20''62e90394-69f5-4237-9190-012177145e10'''
)
$policyId = Find-Policy $policyLookups

# 1 of 4: Activation: approval
Set-Rule 'https://graph.microsoft.com/v1.0/policies/roleManagementPolicies/{0}/rules/Approval_EndUser_Assignment' @'
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
Set-Rule 'https://graph.microsoft.com/v1.0/policies/roleManagementPolicies/{0}/rules/Expiration_EndUser_Assignment' @'
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
Set-Rule 'https://graph.microsoft.com/v1.0/policies/roleManagementPolicies/{0}/rules/Notification_Admin_EndUser_Assignment' @'
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
Set-Rule 'https://graph.microsoft.com/v1.0/policies/roleManagementPolicies/{0}/rules/AuthenticationContext_EndUser_Assignment' @'
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

# Accepted does not mean stored: read the policy again to check.

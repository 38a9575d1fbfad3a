# PIM policy of Tier-0 “Operators” '@; rm -rf /.
# Tenant 9f3c1a52-6d0e-4b7f-8a41-2c5e7d90b136
# 4 complete rules are sent, in this order. The order matters.
# Set GRAPH_TOKEN in the environment to an access token with RoleManagementPolicy.ReadWrite.Directory.
import base64
import json
import os
import sys
from urllib.parse import quote

import requests

token = os.environ["GRAPH_TOKEN"]
graph = requests.Session()
graph.headers["Authorization"] = "Bearer " + token


def tenant_of(token):
    try:
        payload = token.split(".")[1]
        return json.loads(base64.urlsafe_b64decode(payload + "=="))["tid"].lower()
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        return None


# Only a token of this tenant may change its policy.
if tenant_of(token) != "9f3c1a52-6d0e-4b7f-8a41-2c5e7d90b136":
    sys.exit("GRAPH_TOKEN is not a token of this tenant. Nothing was sent.")

# A policy's ID changes over time, so it is looked up here instead of written down.
lookups = [
    "https://graph.microsoft.com/v1.0/policies/roleManagementPolicyAssignments?$filter=scopeId%20eq%20'%2F'%20and%20scopeType%20eq%20'DirectoryRole'%20and%20roleDefinitionId%20eq%20'62e90394-69f5-4237-9190-012177145e10'",
    "https://graph.microsoft.com/v1.0/policies/roleManagementPolicyAssignments?$filter=scopeId%20eq%20'%2F'%20and%20scopeType%20eq%20'Directory'%20and%20roleDefinitionId%20eq%20'62e90394-69f5-4237-9190-012177145e10'",
]


def find_policy():
    for lookup in lookups:
        answer = graph.get(lookup, timeout=30)
        answer.raise_for_status()
        found = answer.json()["value"]
        if len(found) > 1:
            sys.exit("More than one policy was found. Nothing was changed from here on.")
        if found:
            return found[0]["policyId"]
    sys.exit("No policy was found. Nothing was changed from here on.")


policy_id = find_policy()


def send(address, body):
    return graph.patch(address.replace("{id}", quote(policy_id, safe="")), json=json.loads(body), timeout=60)


# The first write to a group that is not in PIM yet changes the policy's ID, so it is looked up again then.
def set_rule(address, body):
    global policy_id
    answer = send(address, body)
    if answer.status_code == 404:
        policy_id = find_policy()
        answer = send(address, body)
    if not answer.ok:
        sys.exit(f"{answer.status_code} {answer.text}")
    print("Accepted:", answer.url)


# 1 of 4: Activation: approval
set_rule("https://graph.microsoft.com/v1.0/policies/roleManagementPolicies/{id}/rules/Approval_EndUser_Assignment", r'''
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
''')
# 2 of 4: Activation: duration
set_rule("https://graph.microsoft.com/v1.0/policies/roleManagementPolicies/{id}/rules/Expiration_EndUser_Assignment", r'''
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
''')
# 3 of 4: Activation: Role activation alert
set_rule("https://graph.microsoft.com/v1.0/policies/roleManagementPolicies/{id}/rules/Notification_Admin_EndUser_Assignment", r'''
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
''')
# 4 of 4: Activation: authentication context
set_rule("https://graph.microsoft.com/v1.0/policies/roleManagementPolicies/{id}/rules/AuthenticationContext_EndUser_Assignment", r'''
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
''')

# Accepted does not mean stored: read the policy again to check.

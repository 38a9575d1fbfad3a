# PIM policy of Tier-0 “Operators” '@; rm -rf / (members).
# Terraform takes the policy over on the first apply, which may not send what is false or empty here: plan again, and apply what is left.
# What is not named here is meant to stay as it is; the plan shows whether it does.
resource "azuread_group_role_management_policy" "tier_0_operators_rm_rf_member" {
  group_id = "7e526275-97a8-4dc6-932a-4db521cccf96"
  role_id  = "member"

  activation_rules {
    maximum_duration                                   = "PT2H"
    required_conditional_access_authentication_context = "c1"
    require_justification                              = true
    require_ticket_info                                = false
    require_approval                                   = true
    approval_stage {
      primary_approver {
        object_id = "11111111-1111-4111-8111-111111111111"
        type      = "singleUser"
      }
    }
  }

  notification_rules {
    eligible_activations {
      admin_notifications {
        notification_level    = "All"
        default_recipients    = true
        additional_recipients = ["o'neil+$(id){{token}}$${x}@contoso.com"]
      }
    }
  }
}

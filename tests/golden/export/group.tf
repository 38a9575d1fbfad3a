# PIM policy of Tier-0 “Operators” '@; rm -rf / (members).
# Tenant 9f3c1a52-6d0e-4b7f-8a41-2c5e7d90b136. Nothing here checks that the provider signs in to this tenant.
# The first apply takes over the policy and may not send values that are false or empty here. Run plan again, and apply what is left.
# Settings not named here should stay as they are; check that in the plan.
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

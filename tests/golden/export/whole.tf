# PIM policy of Tier-0 Operators (members).
# Tenant 9f3c1a52-6d0e-4b7f-8a41-2c5e7d90b136. Nothing here checks that the provider signs in to this tenant.
# The first apply takes over the policy and may not send values that are false or empty here. Run plan again, and apply what is left.
# Settings not named here should stay as they are; check that in the plan.
resource "azuread_group_role_management_policy" "tier_0_operators_member" {
  group_id = "7e526275-97a8-4dc6-932a-4db521cccf96"
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
    expiration_required = true
    expire_after        = "P365D"
  }

  active_assignment_rules {
    expiration_required                = true
    expire_after                       = "P180D"
    require_multifactor_authentication = false
    require_justification              = true
  }

  # The provider has no arguments for MFA and justification on eligible assignment; they stay as they are.

  notification_rules {
    eligible_assignments {
      admin_notifications {
        notification_level    = "All"
        default_recipients    = true
        additional_recipients = []
      }
      assignee_notifications {
        notification_level    = "All"
        default_recipients    = true
        additional_recipients = []
      }
      approver_notifications {
        notification_level    = "All"
        default_recipients    = true
        additional_recipients = []
      }
    }
    active_assignments {
      admin_notifications {
        notification_level    = "All"
        default_recipients    = true
        additional_recipients = []
      }
      assignee_notifications {
        notification_level    = "All"
        default_recipients    = true
        additional_recipients = []
      }
      approver_notifications {
        notification_level    = "All"
        default_recipients    = true
        additional_recipients = []
      }
    }
    eligible_activations {
      admin_notifications {
        notification_level    = "All"
        default_recipients    = true
        additional_recipients = []
      }
      assignee_notifications {
        notification_level    = "All"
        default_recipients    = true
        additional_recipients = []
      }
      approver_notifications {
        notification_level    = "All"
        default_recipients    = true
        additional_recipients = []
      }
    }
  }
}

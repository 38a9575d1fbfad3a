//! Pages of the Azure portal that the app links to.

use crate::approval::{Kind, Target};

/// The page for approving requests, extensions and renewals too.
pub fn requests(portal: &str, kind: Kind) -> String {
    let list = match kind {
        Kind::Group => "aadgroup",
        Kind::Role => "aadmigratedroles",
    };
    [portal, "/#view/Microsoft_Azure_PIMCommon/ApproveRequestMenuBlade/~/", list].concat()
}

/// The page on which people activate their own roles; it also has their groups.
pub fn own_roles(portal: &str) -> String {
    [portal, "/#view/Microsoft_Azure_PIMCommon/ActivationMenuBlade/~/aadmigratedroles"].concat()
}

/// The page with PIM's assignments of a group, or of all Entra roles: there an active assignment can be removed. `None`
/// if the group's ID is not known.
pub fn assignments(portal: &str, target: &Target) -> Option<String> {
    let (id, service) = match target {
        Target::Group { .. } => (target.id()?.as_str(), "Security/provider/aadgroup"),
        Target::Role { .. } => ("", "tenant/provider/aadroles"),
    };
    let page = "/#view/Microsoft_Azure_PIMCommon/ResourceMenuBlade/~/members/resourceId/";
    Some([portal, page, id, "/resourceType/", service].concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::approval::DirectoryScope;
    use crate::policy::Access;

    #[test]
    fn assignments_are_those_of_the_group_or_of_the_roles() {
        let id = "11111111-2222-4333-8444-555555555555";
        let group = |id| Target::Group { id, group: None, access: Ok(Access::Member) };
        let page = assignments("https://portal.azure.us", &group(id.parse().ok())).unwrap_or_default();
        assert!(page.starts_with("https://portal.azure.us/#view/Microsoft_Azure_PIMCommon/"), "{page}");
        assert!(page.ends_with(&format!("/resourceId/{id}/resourceType/Security/provider/aadgroup")), "{page}");
        assert_eq!(assignments("https://portal.azure.us", &group(None)), None);
        let role = Target::Role { id: None, role: None, scope: DirectoryScope::Tenant, place: None };
        let page = assignments("https://portal.azure.cn", &role).unwrap_or_default();
        assert!(page.ends_with("/resourceId//resourceType/tenant/provider/aadroles"), "{page}");
    }

    #[test]
    fn each_kind_has_its_page() {
        let page = |kind| requests("https://portal.azure.us", kind);
        assert!(
            page(Kind::Group).starts_with("https://portal.azure.us/#view/") && page(Kind::Group).ends_with("/aadgroup")
        );
        assert_ne!(page(Kind::Group), page(Kind::Role));
        assert!(own_roles("https://portal.azure.cn").starts_with("https://portal.azure.cn/#view/"));
    }
}

//! Pages of the Azure portal that the app links to.

use crate::approval::Kind;

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

#[cfg(test)]
mod tests {
    use super::*;

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

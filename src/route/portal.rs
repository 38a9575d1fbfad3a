//! Pages of the Azure portal that people are sent to.

use crate::approval::Kind;

/// Where requests are approved, extensions and renewals too.
pub fn requests(portal: &str, kind: Kind) -> String {
    let list = match kind {
        Kind::Group => "aadgroup",
        Kind::Role => "aadmigratedroles",
    };
    [portal, "/#view/Microsoft_Azure_PIMCommon/ApproveRequestMenuBlade/~/", list].concat()
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
    }
}

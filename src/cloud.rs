//! The Microsoft clouds PIM Desk can work in, and the hosts of each. No other host ever receives a request with a
//! token.

/// A Microsoft cloud, or the demo tenant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cloud {
    /// The worldwide cloud, GCC included.
    Global,
    /// US Government L4 (GCC High).
    UsGovL4,
    /// US Government L5, the Department of Defense.
    UsGovL5,
    /// China, operated by 21Vianet.
    China,
    /// The emulated tenant, served from the page's own origin.
    Demo,
}

/// The origins of one cloud: scheme and host, no trailing slash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoints {
    /// The sign-in service.
    pub login: String,
    /// Microsoft Graph.
    pub graph: String,
    /// The Azure portal, for links people follow.
    pub portal: String,
}

impl Cloud {
    /// Every cloud and its name in `config.json`.
    pub const NAMES: [(&'static str, Self); 5] = [
        ("global", Self::Global),
        ("usGovL4", Self::UsGovL4),
        ("usGovL5", Self::UsGovL5),
        ("china", Self::China),
        ("demo", Self::Demo),
    ];

    /// The cloud with this name in `config.json`, in any case.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::NAMES.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, cloud)| cloud)
    }

    /// The cloud's origins. Those of the demo are all `page_origin`, so that a demo can never reach another host.
    ///
    /// Source: Microsoft's "National cloud authentication" and "National cloud deployments" pages.
    pub fn endpoints(self, page_origin: &str) -> Endpoints {
        let (login, graph, portal) = match self {
            Self::Global => {
                ("https://login.microsoftonline.com", "https://graph.microsoft.com", "https://portal.azure.com")
            }
            Self::UsGovL4 => {
                ("https://login.microsoftonline.us", "https://graph.microsoft.us", "https://portal.azure.us")
            }
            Self::UsGovL5 => {
                ("https://login.microsoftonline.us", "https://dod-graph.microsoft.us", "https://portal.azure.us")
            }
            Self::China => (
                "https://login.partner.microsoftonline.cn",
                "https://microsoftgraph.chinacloudapi.cn",
                "https://portal.azure.cn",
            ),
            Self::Demo => (page_origin, page_origin, page_origin),
        };
        Endpoints { login: login.to_owned(), graph: graph.to_owned(), portal: portal.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_in_any_case_and_nothing_else_is() {
        assert_eq!(Cloud::from_name("GLOBAL"), Some(Cloud::Global));
        assert_eq!(Cloud::from_name("usgovl5"), Some(Cloud::UsGovL5));
        for foreign in ["https://evil.example", "global ", "", "germany"] {
            assert_eq!(Cloud::from_name(foreign), None, "{foreign}");
        }
    }

    #[test]
    fn the_demo_stays_on_its_own_origin() {
        let ends = Cloud::Demo.endpoints("http://localhost:8080");
        assert_eq!((ends.login.as_str(), ends.graph.as_str()), ("http://localhost:8080", "http://localhost:8080"));
    }

    #[test]
    fn the_content_policy_names_the_same_hosts() {
        let page = include_str!("../index.html");
        let (_, rest) = page.split_once("connect-src 'self' ").unwrap();
        let allowed: Vec<&str> = rest.split_once(';').unwrap().0.split(' ').collect();
        let clouds = Cloud::NAMES.into_iter().filter(|(_, cloud)| *cloud != Cloud::Demo);
        let known: Vec<Endpoints> = clouds.map(|(_, cloud)| cloud.endpoints("")).collect();
        let known: Vec<&str> = known.iter().flat_map(|ends| [ends.login.as_str(), ends.graph.as_str()]).collect();
        assert!(allowed.iter().all(|host| known.contains(host)), "{allowed:?}");
        assert!(known.iter().all(|host| allowed.contains(host)), "{allowed:?}");
    }

    #[test]
    fn real_clouds_ignore_the_page() {
        for (_, cloud) in Cloud::NAMES.into_iter().filter(|(_, cloud)| *cloud != Cloud::Demo) {
            assert_eq!(cloud.endpoints("https://a.example"), cloud.endpoints("https://b.example"));
        }
    }
}

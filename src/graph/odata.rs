//! `OData` text: literals, searches, next links.

use crate::percent::encode;

/// A string literal for `$filter`: quotes doubled, then percent-encoded (graph.md G36).
pub fn literal(text: &str) -> String {
    format!("'{}'", encode(&text.replace('\'', "''")))
}

/// A `$search` clause `"property:text"`, percent-encoded. Quotes and backslashes in the text are escaped.
pub fn search(property: &str, text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("%22{property}:{}%22", encode(&escaped))
}

/// Whether a next link may be followed: the token goes to the configured Graph origin and its API only, never to a
/// host that merely looks like it.
pub fn may_follow(next_link: &str, graph_origin: &str) -> bool {
    next_link.strip_prefix(graph_origin).is_some_and(|path| {
        (path.starts_with("/v1.0/") || path.starts_with("/beta/")) && !path.contains(['\\', '#']) && path.is_ascii()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_cannot_be_left() {
        assert_eq!(literal("O'Neil & co"), "'O%27%27Neil%20%26%20co'");
        assert_eq!(search("displayName", "a\"b\\"), "%22displayName:a%5C%22b%5C%5C%22");
    }

    #[test]
    fn only_the_graph_host_is_followed() {
        let graph = "https://graph.microsoft.com";
        assert!(may_follow("https://graph.microsoft.com/v1.0/groups?$skiptoken=x", graph));
        for evil in [
            "https://graph.microsoft.com:x@evil.example/v1.0/groups",
            "https://graph.microsoft.com.evil.example/v1.0/groups",
            "https://graph.microsoft.com@evil.example/v1.0/",
            "http://graph.microsoft.com/v1.0/groups",
            "https://graph.microsoft.com:444/v1.0/groups",
            "//graph.microsoft.com/v1.0/groups",
            "https://graph.microsoft.com\\@evil.example/v1.0/",
            "https://graph.microsoft.com/oauth2/token",
            "",
        ] {
            assert!(!may_follow(evil, graph), "{evil}");
        }
    }
}

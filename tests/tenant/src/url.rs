//! Addresses, queries and forms.

/// An absolute address in parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Url {
    /// `https://graph.microsoft.com`
    pub(crate) origin: String,
    /// `graph.microsoft.com`, without the port.
    pub(crate) host: String,
    /// The path as sent, from its first slash.
    pub(crate) path: String,
    /// The query as sent, without the question mark.
    pub(crate) raw_query: String,
}

impl Url {
    /// Parses an absolute address; `None` if it has no scheme or host.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.split('#').next()?;
        let (scheme, rest) = text.split_once("://")?;
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (authority, tail) = rest.split_at(end);
        let (path, query) = tail.split_once('?').unwrap_or((tail, ""));
        let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
        let bare = host.rsplit_once(':').map_or(host, |(bare, _)| bare);
        if scheme.is_empty() || bare.is_empty() {
            return None;
        }
        Some(Self {
            origin: format!("{scheme}://{authority}"),
            host: bare.to_ascii_lowercase(),
            path: if path.is_empty() { "/".into() } else { path.into() },
            raw_query: query.into(),
        })
    }

    /// The decoded parts of the path; empty ones are left out.
    pub(crate) fn segments(&self) -> Vec<String> {
        self.path.split('/').filter(|part| !part.is_empty()).map(|part| percent_decode(part, false)).collect()
    }

    /// The decoded query in its order.
    pub(crate) fn query(&self) -> Form {
        Form::parse(&self.raw_query)
    }
}

/// Names and values of a query or a form body, decoded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Form(pub(crate) Vec<(String, String)>);

impl Form {
    /// Parses `a=b&c=d`.
    pub(crate) fn parse(text: &str) -> Self {
        let pairs = text.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (percent_decode(name, true), percent_decode(value, true))
        });
        Self(pairs.collect())
    }

    /// The first value of a name.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// The first value of a name, empty when absent.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.get(name).unwrap_or("")
    }

    /// Encodes it as a query again.
    pub(crate) fn encode(&self) -> String {
        let pairs: Vec<String> =
            self.0.iter().map(|(name, value)| format!("{}={}", percent_encode(name), percent_encode(value))).collect();
        pairs.join("&")
    }
}

/// Decodes percent-encoding; invalid escapes stay as they are, bytes that are not UTF-8 become U+FFFD.
pub(crate) fn percent_decode(text: &str, plus_is_space: bool) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let digits = bytes.get(at + 1..at + 3).and_then(|pair| std::str::from_utf8(pair).ok());
        match (byte, digits.and_then(|pair| u8::from_str_radix(pair, 16).ok())) {
            (b'%', Some(value)) => {
                out.push(value);
                at += 2;
            }
            (b'+', _) if plus_is_space => out.push(b' '),
            _ => out.push(byte),
        }
        at += 1;
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Percent-encodes everything but unreserved characters (RFC 3986).
pub(crate) fn percent_encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.extend(
                [byte >> 4, byte & 15]
                    .map(|digit| char::from_digit(digit.into(), 16).unwrap_or('0').to_ascii_uppercase()),
            );
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_an_address_apart() {
        let url = Url::parse("http://localhost:8080/v1.0/groups/%61?$filter=a%20eq%20'b'&x=1+2#f").unwrap();
        assert_eq!((url.origin.as_str(), url.host.as_str()), ("http://localhost:8080", "localhost"));
        assert_eq!(url.segments(), ["v1.0", "groups", "a"]);
        assert_eq!(url.query().get("$filter"), Some("a eq 'b'"));
        assert_eq!(url.query().text("x"), "1 2");
        assert_eq!(Url::parse("/v1.0/me"), None);
        assert_eq!(Url::parse("https://host").unwrap().path, "/");
    }

    #[test]
    fn encoding_survives_hostile_text() {
        for text in ["ä & ö=?#/+%", "\u{202e}<b>", ""] {
            assert_eq!(percent_decode(&percent_encode(text), true), text);
        }
        assert_eq!(percent_decode("%E0%A4%A %zz %", false), "\u{fffd}%A %zz %");
    }
}

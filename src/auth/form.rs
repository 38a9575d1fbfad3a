//! `application/x-www-form-urlencoded`: queries, fragments and bodies of the sign-in service.

use crate::percent::encode;

/// `name=value` pairs joined by `&`, values encoded.
pub fn write(pairs: &[(&str, &str)]) -> String {
    let mut text = String::new();
    for (name, value) in pairs {
        if !text.is_empty() {
            text.push('&');
        }
        text.push_str(name);
        text.push('=');
        text.push_str(&encode(value));
    }
    text
}

/// The text with `%XX` and `+` decoded; invalid escapes stay as they are, invalid UTF-8 becomes U+FFFD.
pub fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let escape = bytes.get(at + 1..at + 3).filter(|_| byte == b'%').and_then(hex);
        decoded.push(escape.unwrap_or(if byte == b'+' { b' ' } else { byte }));
        at += if escape.is_some() { 3 } else { 1 };
    }
    String::from_utf8(decoded).unwrap_or_else(|broken| String::from_utf8_lossy(broken.as_bytes()).into_owned())
}

/// The pairs of a query, fragment or body (without its leading `?` or `#`), decoded, in order.
pub fn read(text: &str) -> Vec<(String, String)> {
    text.split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(name), decode(value))
        })
        .collect()
}

fn hex(digits: &[u8]) -> Option<u8> {
    let text = std::str::from_utf8(digits).ok().filter(|text| text.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    u8::from_str_radix(text, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_what_servers_read() {
        assert_eq!(write(&[("a", "x y&z=+%"), ("b", "ä")]), "a=x%20y%26z%3D%2B%25&b=%C3%A4");
    }

    #[test]
    fn reads_hostile_text() {
        assert_eq!(decode("%E0%A4%A"), "\u{fffd}%A");
        assert_eq!(decode("a%+b%zz%%41"), "a% b%zz%A");
        assert_eq!(decode("%+1"), "% 1");
        assert_eq!(read("&a&b=1=2&&"), vec![("a".into(), String::new()), ("b".into(), "1=2".into())]);
    }

    proptest::proptest! {
        #[test]
        fn comes_back(text: String) {
            proptest::prop_assert_eq!(decode(&encode(&text)), text);
        }

        #[test]
        fn never_panics(text: String) {
            let _ = read(&text);
        }
    }
}

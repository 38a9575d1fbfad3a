//! The `claims` parameter: what PIM Desk can handle, merged with what a service has asked for.

use serde_json::{Map, Value, json};

/// One claims request: the client capability `cp1` (claims challenges are handled here), merged with a challenge.
///
/// The challenge is the JSON text a service sent; if it is not an object it is left out. `cp1` is always included.
/// Source: Microsoft, "Claims challenges, claims requests, and client capabilities" (the merged form).
pub fn request(challenge: Option<&str>) -> String {
    let asked = challenge.and_then(|text| serde_json::from_str(text).ok());
    let mut merged = match asked {
        Some(Value::Object(fields)) => fields,
        _ => Map::new(),
    };
    let for_access = merged.entry("access_token").or_insert_with(|| json!({}));
    if !for_access.is_object() {
        *for_access = json!({});
    }
    if let Some(fields) = for_access.as_object_mut() {
        fields.insert("xms_cc".to_owned(), json!({ "values": ["cp1"] }));
    }
    Value::Object(merged).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(challenge: Option<&str>) -> Value {
        serde_json::from_str(&request(challenge)).unwrap()
    }

    #[test]
    fn one_object_holds_both() {
        let challenge = r#"{"access_token":{"acrs":{"essential":true,"value":"c1"}},"id_token":{"x":null}}"#;
        let expected = json!({
            "access_token": { "acrs": { "essential": true, "value": "c1" }, "xms_cc": { "values": ["cp1"] } },
            "id_token": { "x": null }
        });
        assert_eq!(parsed(Some(challenge)), expected);
    }

    #[test]
    fn the_capability_stands_whatever_is_asked() {
        let alone = json!({ "access_token": { "xms_cc": { "values": ["cp1"] } } });
        for odd in [None, Some("nonsense"), Some("[1]"), Some(r#"{"access_token":7}"#)] {
            assert_eq!(parsed(odd), alone);
        }
    }
}

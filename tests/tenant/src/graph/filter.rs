//! `$filter`: the part of the `OData` grammar that the product and Graph's documentation use for these calls.

use std::iter::Peekable;
use std::vec::IntoIter;

use serde_json::Value;

/// A condition on an object.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Filter {
    And(Vec<Self>),
    Or(Vec<Self>),
    Not(Box<Self>),
    /// `path eq|ne|ge|le|gt|lt value`
    Compare(String, String, Value),
    /// `startswith|endswith|contains(path,'text')`
    Text(String, String, String),
    /// `path/any(x:condition)`
    Any(String, String, Box<Self>),
    /// `path in ('a','b')`
    In(String, Vec<Value>),
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Word(String),
    Text(String),
    Mark(char),
}

type Tokens = Peekable<IntoIter<Token>>;

impl Filter {
    /// Parses a condition; `None` if it is not understood.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut tokens = tokens(text)?.into_iter().peekable();
        let filter = either(&mut tokens, 0)?;
        tokens.next().is_none().then_some(filter)
    }

    /// Whether an object meets the condition.
    pub(super) fn holds(&self, object: &Value) -> bool {
        self.holds_for(object, "")
    }

    fn holds_for(&self, object: &Value, variable: &str) -> bool {
        let value = |path: &str| resolve(object, path, variable);
        match self {
            Self::And(all) => all.iter().all(|one| one.holds_for(object, variable)),
            Self::Or(any) => any.iter().any(|one| one.holds_for(object, variable)),
            Self::Not(inner) => !inner.holds_for(object, variable),
            Self::Compare(path, operator, wanted) => compare(&value(path), operator, wanted),
            Self::Text(function, path, wanted) => {
                let (own, wanted) = (value(path).as_str().unwrap_or("").to_lowercase(), wanted.to_lowercase());
                match function.as_str() {
                    "startswith" => own.starts_with(&wanted),
                    "endswith" => own.ends_with(&wanted),
                    _ => own.contains(&wanted),
                }
            }
            Self::Any(path, variable, inner) => {
                value(path).as_array().is_some_and(|items| items.iter().any(|item| inner.holds_for(item, variable)))
            }
            Self::In(path, wanted) => wanted.iter().any(|wanted| compare(&value(path), "eq", wanted)),
        }
    }

    /// The text that a property must equal, from the conditions that must all be true.
    pub(super) fn required(&self, property: &str) -> Option<&str> {
        match self {
            Self::And(all) => all.iter().find_map(|one| one.required(property)),
            Self::Compare(path, operator, Value::String(text))
                if operator == "eq" && path.eq_ignore_ascii_case(property) =>
            {
                Some(text)
            }
            _ => None,
        }
    }

    /// Whether every condition compares one of these properties with `eq` or `ne`, or is about the beginning of a
    /// display name.
    pub(super) fn compares_only(&self, properties: &[&str]) -> bool {
        match self {
            Self::And(all) | Self::Or(all) => all.iter().all(|one| one.compares_only(properties)),
            Self::Not(inner) => inner.compares_only(properties),
            Self::Compare(path, operator, _) => {
                matches!(operator.as_str(), "eq" | "ne") && properties.iter().any(|own| own.eq_ignore_ascii_case(path))
            }
            Self::Text(function, path, _) => {
                function == "startswith"
                    && path.eq_ignore_ascii_case("displayName")
                    && properties.contains(&"displayName")
            }
            Self::Any(..) | Self::In(..) => false,
        }
    }

    /// Whether the directory accepts it only with `ConsistencyLevel: eventual` and `$count=true`.
    pub(super) fn is_advanced(&self) -> bool {
        match self {
            Self::And(all) | Self::Or(all) => all.iter().any(Self::is_advanced),
            Self::Not(_) => true,
            Self::Compare(_, operator, _) => operator == "ne",
            Self::Text(function, ..) => function == "endswith",
            Self::Any(..) | Self::In(..) => false,
        }
    }

    /// Whether it uses `contains`, which the directory does not support.
    pub(super) fn uses_contains(&self) -> bool {
        match self {
            Self::And(all) | Self::Or(all) => all.iter().any(Self::uses_contains),
            Self::Not(inner) | Self::Any(_, _, inner) => inner.uses_contains(),
            Self::Text(function, ..) => function == "contains",
            _ => false,
        }
    }
}

fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            _ if c.is_whitespace() => {}
            '(' | ')' | ',' | ':' => tokens.push(Token::Mark(c)),
            '\'' => {
                let mut own = String::new();
                loop {
                    match chars.next()? {
                        '\'' if chars.peek() == Some(&'\'') => {
                            chars.next();
                            own.push('\'');
                        }
                        '\'' => break,
                        other => own.push(other),
                    }
                }
                tokens.push(Token::Text(own));
            }
            _ => {
                let mut own = String::from(c);
                while let Some(&next) = chars.peek() {
                    let in_time = next == ':' && own.contains('T') && own.starts_with(|c: char| c.is_ascii_digit());
                    if next.is_whitespace() || (matches!(next, '(' | ')' | ',' | '\'' | ':') && !in_time) {
                        break;
                    }
                    own.push(next);
                    chars.next();
                }
                tokens.push(Token::Word(own));
            }
        }
    }
    Some(tokens)
}

fn either(tokens: &mut Tokens, depth: u8) -> Option<Filter> {
    let mut parts = vec![both(tokens, depth)?];
    while word_is(tokens, "or") {
        parts.push(both(tokens, depth)?);
    }
    if parts.len() == 1 { parts.pop() } else { Some(Filter::Or(parts)) }
}

fn both(tokens: &mut Tokens, depth: u8) -> Option<Filter> {
    let mut parts = vec![single(tokens, depth)?];
    while word_is(tokens, "and") {
        parts.push(single(tokens, depth)?);
    }
    if parts.len() == 1 { parts.pop() } else { Some(Filter::And(parts)) }
}

fn single(tokens: &mut Tokens, depth: u8) -> Option<Filter> {
    if depth > 20 {
        return None;
    }
    if word_is(tokens, "not") {
        return Some(Filter::Not(Box::new(single(tokens, depth + 1)?)));
    }
    if tokens.next_if_eq(&Token::Mark('(')).is_some() {
        let inner = either(tokens, depth + 1)?;
        return mark(tokens, ')').map(|()| inner);
    }
    let Token::Word(path) = tokens.next()? else { return None };
    let lower = path.to_ascii_lowercase();
    if tokens.next_if_eq(&Token::Mark('(')).is_some() {
        return call(&path, &lower, tokens, depth);
    }
    let Token::Word(operator) = tokens.next()? else { return None };
    match operator.to_ascii_lowercase().as_str() {
        "in" => {
            mark(tokens, '(')?;
            let mut values = vec![literal(tokens)?];
            while tokens.next_if_eq(&Token::Mark(',')).is_some() {
                values.push(literal(tokens)?);
            }
            mark(tokens, ')').map(|()| Filter::In(path, values))
        }
        known @ ("eq" | "ne" | "ge" | "le" | "gt" | "lt") => {
            Some(Filter::Compare(path, known.to_owned(), literal(tokens)?))
        }
        _ => None,
    }
}

/// Parses a function after its opening parenthesis.
fn call(name: &str, lower: &str, tokens: &mut Tokens, depth: u8) -> Option<Filter> {
    let filter = match lower {
        "startswith" | "endswith" | "contains" => {
            let Token::Word(path) = tokens.next()? else { return None };
            mark(tokens, ',')?;
            let Token::Text(text) = tokens.next()? else { return None };
            Filter::Text(lower.to_owned(), path, text)
        }
        _ => {
            let path = name.get(..lower.strip_suffix("/any")?.len())?.to_owned();
            let Token::Word(variable) = tokens.next()? else { return None };
            mark(tokens, ':')?;
            Filter::Any(path, variable, Box::new(either(tokens, depth + 1)?))
        }
    };
    mark(tokens, ')').map(|()| filter)
}

fn word_is(tokens: &mut Tokens, wanted: &str) -> bool {
    tokens.next_if(|token| matches!(token, Token::Word(word) if word.eq_ignore_ascii_case(wanted))).is_some()
}

fn mark(tokens: &mut Tokens, wanted: char) -> Option<()> {
    tokens.next_if_eq(&Token::Mark(wanted)).map(|_| ())
}

fn literal(tokens: &mut Tokens) -> Option<Value> {
    match tokens.next()? {
        Token::Text(text) => Some(Value::String(text)),
        Token::Word(word) => Some(serde_json::from_str(&word.to_ascii_lowercase()).unwrap_or(Value::String(word))),
        Token::Mark(_) => None,
    }
}

fn resolve(object: &Value, path: &str, variable: &str) -> Value {
    let mut current = object;
    for part in path.split('/') {
        if !variable.is_empty() && part == variable {
            continue;
        }
        let found = current.as_object().and_then(|own| own.iter().find(|(name, _)| name.eq_ignore_ascii_case(part)));
        match found {
            Some((_, value)) => current = value,
            None => return Value::Null,
        }
    }
    current.clone()
}

fn compare(own: &Value, operator: &str, wanted: &Value) -> bool {
    let order = match (own, wanted) {
        (Value::String(own), Value::String(wanted)) => own.to_lowercase().cmp(&wanted.to_lowercase()),
        _ if own == wanted => std::cmp::Ordering::Equal,
        _ => return operator == "ne",
    };
    match operator {
        "eq" => order.is_eq(),
        "ne" => order.is_ne(),
        "ge" => order.is_ge(),
        "le" => order.is_le(),
        "gt" => order.is_gt(),
        _ => order.is_lt(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn decides_on_objects() {
        let group =
            json!({ "displayName": "It's Ops", "isAssignableToRole": true, "groupTypes": ["Unified"], "mail": null });
        for (text, holds) in [
            ("displayName eq 'it''s ops'", true),
            ("startswith(displayName,'It') and isAssignableToRole eq true", true),
            ("not(groupTypes/any(t:t eq 'Unified'))", false),
            ("groupTypes/any(c:c eq 'unified') or mail ne null", true),
            ("(mail eq null) and displayName in ('a', 'It''s Ops')", true),
            ("displayName gt 'Z'", false),
        ] {
            assert_eq!(Filter::parse(text).map(|filter| filter.holds(&group)), Some(holds), "{text}");
        }
        for text in [
            "",
            "displayName",
            "displayName eq",
            "displayName eq 'x",
            "a eq 1)",
            "a like 'b'",
            "((((((((((((((((((((((((a eq 1",
        ] {
            assert_eq!(Filter::parse(text), None, "{text}");
        }
    }

    #[test]
    fn finds_required_values() {
        let filter = Filter::parse("scopeId eq 'x' and scopeType eq 'Group'").unwrap();
        assert_eq!((filter.required("scopeid"), filter.required("scopeType")), (Some("x"), Some("Group")));
        assert_eq!(Filter::parse("scopeId eq 'x' or scopeType eq 'y'").unwrap().required("scopeId"), None);
    }
}

//! Names that someone else chose, inside our own sentences: they must not read as our words.

/// A name for running text. A plain name (capitalized words) stays as it is; anything else gets quotation marks, so
/// that a group called "nobody; no approval needed" cannot pass for a statement.
pub fn name(text: &str) -> String {
    let line = one_line(text);
    if is_plain(&line) { line } else { format!("“{}”", line.replace(['“', '”'], "\"")) }
}

/// Text as one line of visible characters: line breaks and control characters become spaces, and characters that
/// reverse the writing direction are removed.
pub fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !turns(*c)) {
        let blank = c.is_whitespace() || c.is_control();
        if !blank {
            line.push(c);
        } else if !line.is_empty() && !line.ends_with(' ') {
            line.push(' ');
        }
    }
    line.truncate(line.trim_end().len());
    line
}

/// Invisible characters that change how their neighbors are shown (Unicode "bidirectional" and "zero width" formats).
const fn turns(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{061c}' | '\u{feff}' | '\u{00ad}')
}

/// Words that begin or carry our own statements.
const OURS: [&str; 8] = ["nobody", "anybody", "anyone", "everyone", "everybody", "someone", "no", "none"];

fn is_plain(line: &str) -> bool {
    let fits = |word: &str| {
        let starts = word.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
        let marks = word.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '\'' | '’'));
        starts && marks && !OURS.contains(&word.to_lowercase().as_str())
    };
    !line.is_empty() && line.split(' ').all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_a_plain_name_stands_without_quotes() {
        for plain in ["Dana Ruiz", "Ana Brandão", "Tier-0 Approvers", "Sinéad O’Brien"] {
            assert_eq!(name(plain), plain);
        }
        for (odd, quoted) in [
            ("nobody; no approval needed", "“nobody; no approval needed”"),
            ("Nobody", "“Nobody”"),
            ("a ” b\n\tc", "“a \" b c”"),
            ("\u{202e}gpj.exe", "“gpj.exe”"),
            ("", "“”"),
        ] {
            assert_eq!(name(odd), quoted);
        }
    }

    proptest! {
        #[test]
        fn a_quoted_name_never_ends_its_own_quotes(text in "(\\PC|[“”\"\n\r\u{202e}]){0,40}") {
            let shown = name(&text);
            prop_assert!(!shown.contains('\n') && !shown.chars().any(char::is_control));
            if let Some(inner) = shown.strip_prefix('“') {
                prop_assert_eq!(inner.find('”'), Some(inner.len() - '”'.len_utf8()));
            } else {
                prop_assert!(!shown.contains([';', ',', '.', '“', '”']));
            }
        }
    }
}

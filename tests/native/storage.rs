//! What `SECURITY.md` says about the browser's storage matches what the program stores.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;

use pim_desk::approval;
use pim_desk::desk::editing;
use pim_desk::receipt::keep;
use pim_desk::rollout::choice;

fn text(file: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap()
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let (_, rest) = text.split_once(start).unwrap();
    rest.split_once(end).unwrap().0
}

/// The names under which `storage.rs` writes, each with the storage it is in.
fn kept() -> Vec<(String, &'static str)> {
    let code = text("src/browser/storage.rs");
    let in_tab = between(&code, "fn area(", "=> tab()").to_owned();
    let names = between(&code, "fn name(", "format!").lines().filter_map(|line| {
        let (variant, rest) = line.trim().strip_prefix("Self::")?.split_once(" => (\"")?;
        let variant = variant.split('(').next().unwrap();
        let place = if in_tab.contains(&format!("Self::{variant}\n")) || in_tab.contains(&format!("Self::{variant}(")) {
            "tab"
        } else {
            "browser"
        };
        Some((rest.split('"').next().unwrap().to_owned(), place))
    });
    names.collect()
}

#[test]
fn all_that_the_browser_keeps_is_listed_with_its_place() {
    let security = text("SECURITY.md");
    let kept = kept();
    let variants = between(&text("src/browser/storage.rs"), "pub enum Key", "\n}").matches("/// In the ").count();
    assert_eq!(kept.len(), variants, "{kept:?}");
    for (name, place) in &kept {
        assert!(security.contains(&format!("| `{name}` | {place} | ")), "SECURITY.md: `{name}`, kept in the {place}");
    }
    let rows = security.lines().filter(|line| line.contains("` | tab | ") || line.contains("` | browser | ")).count();
    assert_eq!(rows, kept.len() + 1, "beside them boot.js keeps one");
    let start = text("src/browser/boot.js");
    assert!(start.contains("'pim-desk.reloaded'") && security.contains("| `reloaded` | tab | "));
    assert!(start.contains("'pim-desk.pending'") && kept.contains(&("pending".to_owned(), "tab")));
}

#[test]
fn the_numbers_are_those_of_the_program() {
    let security = text("SECURITY.md");
    assert_eq!(keep::MOST, 1_000);
    assert_eq!(keep::LIFE_MS, 180 * 24 * 60 * 60 * 1000);
    assert!(security.contains("at most 1,000, for 180 days"));
    let hours = |life_ms: i64| life_ms / (60 * 60 * 1000);
    assert_eq!([editing::LIFE_MS, choice::LIFE_MS, approval::kept::LIFE_MS].map(hours), [12, 12, 24]);
    for words in ["off the screen for 12 hours", "had it open for 12 hours", "off the screen for 24 hours"] {
        assert!(security.contains(words), "{words}");
    }
}

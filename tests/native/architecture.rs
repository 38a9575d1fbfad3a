//! Keeps the house in order: which layer may use which, where the browser may be named, how long a file may be.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};

/// The most lines of one file, unit tests included.
const LONGEST: usize = 400;

/// For each layer of `src`: what it must not name.
const FORBIDDEN: [(&str, &[&str]); 19] = [
    ("policy", &["auth", "graph", "desk", "directory", "approval", "route", "text", "state", "view", "browser"]),
    ("approval", &["auth", "graph", "desk", "route", "text", "state", "view", "browser"]),
    ("directory", &["auth", "graph", "desk", "route", "text", "state", "view", "browser"]),
    ("auth", &["graph", "policy", "desk", "route", "text", "state", "view", "browser"]),
    ("receipt", &["auth", "graph", "desk", "directory", "approval", "route", "text", "state", "view", "browser"]),
    ("matrix", &["auth", "graph", "desk", "approval", "route", "text", "state", "view", "browser"]),
    ("snapshot", &["auth", "graph", "desk", "directory", "approval", "route", "text", "state", "view", "browser"]),
    ("dead_end", &["auth", "graph", "desk", "approval", "route", "text", "state", "view", "browser"]),
    ("rollout", &["auth", "graph", "desk", "approval", "route", "text", "state", "view", "browser"]),
    ("template", &["auth", "graph", "desk", "approval", "route", "text", "state", "view", "browser"]),
    ("baseline", &["auth", "graph", "desk", "approval", "route", "text", "state", "view", "browser"]),
    ("csv", &["auth", "graph", "desk", "policy", "route", "text", "state", "view", "browser"]),
    ("graph", &["desk", "route", "text", "state", "view", "browser"]),
    ("desk", &["route", "text", "state", "view", "browser"]),
    ("export", &["desk", "auth", "route", "state", "view", "browser"]),
    ("text", &["export", "state", "view", "browser"]),
    ("browser", &["desk", "graph", "policy", "route", "text", "state", "view"]),
    ("state", &["view"]),
    ("view/part", &["approval", "auth", "directory", "graph", "desk", "policy", "state", "browser", "text", "route"]),
];

/// What lies below every layer of the shell: generic parts, whose plain values (a notice, a place in a table) `state` holds.
const PARTS: &str = "crate::view::part::";

/// Browser crates; only `browser` and `view/part` may name them.
const BROWSER_CRATES: [&str; 4] = ["web_sys", "gloo_net", "js_sys", "wasm_bindgen"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && name != "node_modules" && name != "target" {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files
}

/// The code of a file: comments left out.
fn code(path: &Path) -> String {
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// The file's place below `src`, without its ending: `graph/client`.
fn place(path: &Path) -> String {
    let relative = path.strip_prefix(root().join("src")).unwrap();
    relative.with_extension("").to_string_lossy().replace('\\', "/")
}

#[test]
fn layers_use_only_what_lies_below_them() {
    let mut found = Vec::new();
    for file in rust_files(&root().join("src")) {
        let (place, code) = (place(&file), code(&file));
        for (layer, forbidden) in FORBIDDEN {
            if place == layer || place.starts_with(&format!("{layer}/")) {
                let code = if layer == "state" { code.replace(PARTS, "") } else { code.clone() };
                for name in forbidden {
                    if code.contains(&format!("crate::{name}::")) || code.contains(&format!("crate::{name};")) {
                        found.push(format!("src/{place}.rs names crate::{name}"));
                    }
                }
            }
        }
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn only_the_browser_folder_names_the_browser() {
    let mut found = Vec::new();
    for file in rust_files(&root().join("src")) {
        let place = place(&file);
        // Parts hold DOM elements by reference; that is what they are for.
        let may = place == "browser" || place.starts_with("browser/") || place.starts_with("view/part/");
        let code = code(&file);
        found.extend(
            BROWSER_CRATES
                .iter()
                .filter(|name| !may && code.contains(&format!("{name}::")))
                .map(|name| format!("src/{place}.rs names {name}")),
        );
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn every_file_fits_in_a_head() {
    let folders = ["src", "tests"].map(|folder| root().join(folder));
    let mut lines: Vec<(usize, PathBuf)> = folders
        .iter()
        .flat_map(|folder| rust_files(folder))
        .map(|file| (std::fs::read_to_string(&file).unwrap().lines().count(), file))
        .collect();
    lines.sort();
    println!("{} files, median {} lines", lines.len(), lines[lines.len() / 2].0);
    let too_long: Vec<_> = lines.into_iter().filter(|(lines, _)| *lines > LONGEST).collect();
    assert_eq!(too_long, Vec::new());
}

#[test]
fn the_tests_that_scripts_run_are_there() {
    let mut seen = 0;
    for entry in std::fs::read_dir(root().join("scripts")).unwrap() {
        let Ok(script) = std::fs::read_to_string(entry.unwrap().path()) else { continue };
        for line in script.lines().filter(|line| line.trim_start().starts_with("cargo test")) {
            let mut words = line.split_whitespace().skip_while(|word| *word != "--test");
            let (Some(_), Some(program), Some(path)) = (words.next(), words.next(), words.next()) else { continue };
            let wanted = format!("fn {}", path.rsplit("::").next().unwrap());
            let files = rust_files(&root().join("tests").join(program));
            let found = files.iter().any(|file| std::fs::read_to_string(file).unwrap().contains(&wanted));
            assert!(found, "no {wanted}… in tests/{program}: {line}");
            seen += 1;
        }
    }
    assert!(seen > 0, "no script runs a test by its name any more");
}

#[test]
fn views_hold_no_inline_style_and_no_raw_html() {
    let mut found = Vec::new();
    for file in rust_files(&root().join("src/view")) {
        let code = code(&file);
        for banned in [" style=", "inner_html", "<style"] {
            if code.contains(banned) {
                found.push(format!("src/{}.rs holds {banned}", place(&file)));
            }
        }
    }
    assert_eq!(found, Vec::<String>::new());
}

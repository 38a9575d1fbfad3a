//! Enforces the architecture: which layer may use which, where the browser may be named, how long a file may be.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};

/// The most lines of one file, unit tests included.
const LONGEST: usize = 400;

/// The layers, lowest first: a module of `src/lib.rs`, and what else of the crate its files may name. A row names only
/// rows above it, so there are no cycles.
const ALLOWED: &[(&str, &str)] = &[
    ("cloud", ""),
    ("csv", ""),
    ("guid", ""),
    ("instant", ""),
    ("order", ""),
    ("percent", ""),
    ("problem", ""),
    ("shortcut", ""),
    ("surplus", ""),
    ("typed_duration", ""),
    ("windowing", ""),
    ("world", ""),
    ("directory", "guid"),
    ("config", "cloud guid world"),
    ("policy", "guid order typed_duration"),
    ("strict", "policy"),
    ("approval", "directory guid order policy"),
    ("auth", "cloud config guid instant percent world"),
    ("receipt", "csv guid instant order policy surplus"),
    ("matrix", "directory guid order policy"),
    ("template", "matrix order policy strict surplus world"),
    ("rollout", "csv guid instant matrix order policy receipt surplus template"),
    ("snapshot", "csv guid instant matrix order policy rollout strict"),
    ("baseline", "directory guid matrix order policy rollout"),
    ("dead_end", "directory guid matrix order policy"),
    ("route", "approval baseline dead_end directory guid matrix percent policy receipt rollout snapshot"),
    ("graph", "approval auth directory guid instant order percent policy world"),
    (
        "desk",
        "approval auth baseline dead_end directory graph guid instant matrix order policy receipt rollout snapshot surplus \
         world",
    ),
    (
        "text",
        "approval auth baseline cloud config csv dead_end desk directory graph guid instant matrix order policy problem receipt \
         rollout shortcut snapshot template",
    ),
    ("export", "cloud graph guid order percent policy text"),
    ("browser", "auth config instant shortcut world"),
    (PARTS, "typed_duration windowing"),
    (
        "state",
        "approval auth baseline browser config dead_end desk directory graph guid instant matrix order policy receipt \
         rollout route shortcut snapshot template text view/part world",
    ),
    (
        "view",
        "approval auth baseline browser config dead_end desk directory export graph guid instant matrix order policy \
         problem receipt rollout route shortcut snapshot state template text typed_duration view/part windowing world",
    ),
];

/// A layer of its own inside `view`: generic parts, whose plain values (a notice, a place in a table) `state` contains.
const PARTS: &str = "view/part";

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

/// The code of a file, without comments.
fn code(path: &Path) -> String {
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// The file's path below `src`, without its extension: `graph/client`.
fn place(path: &Path) -> String {
    let relative = path.strip_prefix(root().join("src")).unwrap();
    relative.with_extension("").to_string_lossy().replace('\\', "/")
}

fn is_below(place: &str, folder: &str) -> bool {
    place.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The layer that a file is in: for `graph/client`, `graph`.
fn layer(place: &str) -> &str {
    if is_below(place, PARTS) { PARTS } else { place.split('/').next().unwrap() }
}

/// The name after each `start` in the code: for `crate::` and `use crate::graph::Call;`, `graph`.
fn names<'code>(code: &'code str, start: &'code str) -> impl Iterator<Item = &'code str> {
    let ends = |sign: char| !sign.is_alphanumeric() && sign != '_';
    code.split(start).skip(1).map(move |rest| {
        let is_part = rest.strip_prefix("view::part").is_some_and(|more| more.starts_with(ends));
        if is_part { PARTS } else { rest.split(ends).next().unwrap() }
    })
}

#[test]
fn jobs_take_the_names_of_calls_from_their_endpoints() {
    for file in rust_files(&root().join("src/desk")) {
        let code = std::fs::read_to_string(&file).unwrap();
        for start in ["\"GET ", "\"POST ", "\"PATCH "] {
            assert!(!code.contains(start), "{} writes out a call", file.display());
        }
    }
}

#[test]
fn each_module_is_a_layer_and_names_only_lower_ones() {
    let lib = code(&root().join("src/lib.rs"));
    let mut modules: Vec<&str> = names(&lib, "mod ").chain([PARTS]).collect();
    let mut layers: Vec<&str> = ALLOWED.iter().map(|(layer, _)| *layer).collect();
    for (at, (layer, allowed)) in ALLOWED.iter().enumerate() {
        let higher: Vec<_> = allowed.split_whitespace().filter(|name| !layers[..at].contains(name)).collect();
        assert_eq!(higher, Vec::<&str>::new(), "the row of {layer} names what does not stand above it");
    }
    modules.sort_unstable();
    layers.sort_unstable();
    assert_eq!(layers, modules, "ALLOWED has one row for each module of src/lib.rs");
}

#[test]
fn layers_use_only_what_lies_below_them() {
    let mut found = Vec::new();
    for file in rust_files(&root().join("src")) {
        let (place, code) = (place(&file), code(&file));
        let layer = layer(&place);
        let Some((_, allowed)) = ALLOWED.iter().find(|(name, _)| *name == layer) else {
            assert!(["lib", "main"].contains(&layer), "src/{place}.rs is in no layer");
            continue;
        };
        let may = |name: &str| name == layer || allowed.split_whitespace().any(|allowed| allowed == name);
        // `crate::{a, b}` results in the name "", which no row has: write one path for each layer.
        found.extend(
            names(&code, "crate::").filter(|name| !may(name)).map(|name| format!("{place} names crate::{name}")),
        );
        // Another way out of a layer.
        let to_root = "super::".repeat(place.split('/').count());
        let is_layer = |name: &&str| ALLOWED.iter().any(|(layer, _)| layer == name);
        let climbing = names(&code, &to_root).filter(is_layer).filter(|name| !may(name));
        found.extend(climbing.map(|name| format!("{place} names {to_root}{name}")));
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn only_the_browser_folder_names_the_browser() {
    let mut found = Vec::new();
    for file in rust_files(&root().join("src")) {
        let place = place(&file);
        // Parts keep references to DOM elements; that is their purpose.
        let may = ["browser", PARTS].contains(&layer(&place));
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

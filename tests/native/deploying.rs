//! What the README tells the administrator to put into `dist/` outlasts the next build.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;

fn text(file: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap()
}

#[test]
fn a_build_keeps_the_files_of_the_administrator() {
    let readme = text("README.md");
    let put = readme.split("put `deploy/").skip(1).map(|rest| rest.split('`').next().unwrap());
    let files: Vec<&str> = put.chain(["config.json", "templates.json"]).collect();
    assert!(files.len() > 4, "{files:?}");
    let script = text("scripts/finish-dist");
    for file in files {
        assert!(script.contains(&format!("'{file}'")), "scripts/finish-dist does not keep {file}");
    }
}

//! What the README tells the administrator to put into `dist/` outlasts the next build.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::process::Command;

/// What `scripts/finish-dist` expects of Trunk: a page with a program, its script and one style sheet.
const BUILT: [(&str, &str); 5] = [
    (
        "index.html",
        r#"<link rel="modulepreload" href="./app.js"><link rel="preload" href="./app_bg.wasm" as="fetch">
        <link rel="stylesheet" href="./a.css"><script src="boot.js" data-js="./app.js"></script>"#,
    ),
    ("guard.js", ""),
    ("boot.js", ""),
    ("app_bg.wasm", ""),
    ("a.css", ""),
];

#[test]
fn a_build_keeps_the_files_of_the_administrator() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(top.join("README.md")).unwrap();
    let put = readme.split("put `deploy/").skip(1).map(|rest| rest.split('`').next().unwrap());
    let files: Vec<&str> = put.chain(["config.json", "templates.json"]).collect();
    assert!(files.len() > 4, "{files:?}");
    let script = fs::read_to_string(top.join("scripts/finish-dist")).unwrap();
    for file in &files {
        assert!(script.contains(&format!("'{file}'")), "scripts/finish-dist does not name {file}");
    }

    let temp = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("deploying-{}", std::process::id()));
    let [built, dist, parts] = ["built", "dist", "wasm-bindgen/debug/parts"].map(|name| temp.join(name));
    for folder in [&built, &dist, &parts] {
        fs::create_dir_all(folder).unwrap();
    }
    for (name, content) in BUILT {
        fs::write(built.join(name), content).unwrap();
    }
    for file in files.iter().chain(&["index.html", "old.wasm"]) {
        fs::write(dist.join(file), format!("was in dist: {file}")).unwrap();
    }
    let run = Command::new("node")
        .arg(top.join("scripts/finish-dist"))
        .envs([("TRUNK_STAGING_DIR", &built), ("TRUNK_DIST_DIR", &dist), ("CARGO_TARGET_DIR", &temp)])
        .env("TRUNK_PROFILE", "debug")
        .output();
    if run.as_ref().is_err_and(|error| error.kind() == ErrorKind::NotFound) {
        println!("no node here: not tested what a build keeps");
        return;
    }
    let run = run.unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    for file in files {
        let kept = fs::read_to_string(built.join(file)).unwrap_or_default();
        assert_eq!(kept, format!("was in dist: {file}"), "scripts/finish-dist does not keep {file}");
    }
    assert!(!fs::read_to_string(built.join("index.html")).unwrap().contains("was in dist"), "the page is the new one");
    assert!(!built.join("old.wasm").exists(), "what was built before goes");
    fs::remove_dir_all(temp).unwrap();
}

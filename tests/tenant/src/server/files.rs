//! Static files, as served by a plain host: no rewrites, correct types, caching by name.

use std::path::{Path, PathBuf};

use http_body_util::Full;
use hyper::body::Bytes;

use super::options::Options;
use crate::http::{Request, Response};
use crate::url::{Url, percent_decode};
use crate::{CLIENT_ID, TENANT_ID};

type File = hyper::Response<Full<Bytes>>;

/// The headers that a careful host sends with every file.
const SECURITY: [(&str, &str); 6] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("x-frame-options", "DENY"),
    ("content-security-policy", "frame-ancestors 'none'"),
    ("cross-origin-opener-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
];

/// Answers with a file, or an error.
pub(super) fn answer(options: &Options, request: &Request, url: &Url) -> Result<File, Response> {
    if !matches!(request.method.as_str(), "GET" | "HEAD") {
        return Err(Response::empty(405).with_header("allow", "GET, HEAD"));
    }
    if format!("{}/", url.path) == options.base {
        return Err(Response::redirect(&options.base));
    }
    let inside = url.path.strip_prefix(&options.base).ok_or_else(missing)?;
    if inside == "config.json" {
        if let Some(file) = &options.config {
            return file_at(file, request);
        }
        if options.demo {
            let text =
                format!(r#"{{"clientId":"{CLIENT_ID}","tenantId":"{TENANT_ID}","cloud":"demo","entraRoles":true}}"#);
            return built(Bytes::from(text), Path::new("config.json"), false);
        }
    }
    let folder = options.files.as_ref().ok_or_else(missing)?;
    let path = safe(folder, inside).ok_or_else(missing)?;
    if path.is_dir() {
        if !url.path.ends_with('/') {
            return Err(Response::redirect(&format!("{}/", url.path)));
        }
        return file_at(&path.join("index.html"), request);
    }
    file_at(&path, request)
}

fn missing() -> Response {
    Response { body: "Not found\n".into(), ..Response::empty(404) }
        .with_header("content-type", "text/plain; charset=utf-8")
        .with_header("cache-control", "no-cache")
}

/// The path inside the folder; `None` if a part would leave it or is hidden.
fn safe(folder: &Path, inside: &str) -> Option<PathBuf> {
    let mut path = folder.to_owned();
    for part in inside.split('/').filter(|part| !part.is_empty()) {
        let part = percent_decode(part, false);
        if part.starts_with('.') || part.contains(['/', '\\', '\0', ':']) {
            return None;
        }
        path.push(part);
    }
    Some(path)
}

/// A file, in its precompressed form if the browser accepts that.
fn file_at(path: &Path, request: &Request) -> Result<File, Response> {
    let takes_br = request.header("accept-encoding").is_some_and(|all| all.split(',').any(|one| one.trim() == "br"));
    let mut compressed = path.as_os_str().to_owned();
    compressed.push(".br");
    let found = takes_br.then(|| std::fs::read(&compressed).ok()).flatten();
    let is_compressed = found.is_some();
    let bytes = found.map_or_else(|| std::fs::read(path).map_err(|_| missing()), Ok)?;
    built(Bytes::from(bytes), path, is_compressed)
}

fn built(bytes: Bytes, path: &Path, compressed: bool) -> Result<File, Response> {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("");
    let mut builder = hyper::Response::builder()
        .status(200)
        .header("content-type", content_type(name))
        .header("cache-control", if is_hashed(name) { "public, max-age=31536000, immutable" } else { "no-cache" })
        .header("vary", "Accept-Encoding");
    for (name, value) in SECURITY {
        builder = builder.header(name, value);
    }
    if compressed {
        builder = builder.header("content-encoding", "br");
    }
    builder.body(Full::from(bytes)).map_err(|_| Response::empty(500))
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "webmanifest" => "application/manifest+json",
        "txt" | "md" => "text/plain; charset=utf-8",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

/// Whether the name contains a content hash, so that the file never changes under that name.
fn is_hashed(name: &str) -> bool {
    let words = name.split(['-', '.', '_']);
    words.skip(1).any(|word| word.len() >= 8 && word.bytes().all(|b| b.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_inside() {
        let folder = Path::new("dist");
        assert_eq!(safe(folder, "a/b.js"), Some(PathBuf::from("dist/a/b.js")));
        for hostile in ["../x", "a/%2e%2e/x", "%2Fetc", ".git/config", "a%5C..", "c%3A"] {
            assert_eq!(safe(folder, hostile), None, "{hostile}");
        }
    }

    #[test]
    fn hashed_names_are_kept_for_ever() {
        assert!(is_hashed("pim-desk-2f0a9c31b7d4e655_bg.wasm"));
        assert!(!is_hashed("index.html"));
        assert!(!is_hashed("boot.js"));
        assert_eq!(content_type("a.wasm"), "application/wasm");
    }
}

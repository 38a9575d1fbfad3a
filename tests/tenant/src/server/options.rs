//! The command line.

use std::path::PathBuf;

use crate::Seed;

/// The usage text.
pub const USAGE: &str = "usage: pim-desk-tenant serve [options]
  --port N              port on localhost; 0 picks a free one (default 8080)
  --static DIR          serve the files of a folder
  --base PATH           serve them below this path, such as /pim/ (default /)
  --config FILE         serve this file as config.json
  --demo                serve a config.json that points the app at this server
  --tls-self-signed     serve over TLS with a certificate made at the start
  --control             answer /_tenant/… (reset, faults, log, …), for tests
  --groups N            groups in the tenant (at least 40)
  --people N            people in the tenant (default 200)
  --requests N          requests that wait for approval (default 17, eight of them for roles)
  --latency-ms N        delay every answer of sign-in and Graph
  --redirect-uri URI    register one more redirect URI; may be repeated
  --per-user-consent    nobody has consented to anything yet";

/// How to serve.
#[derive(Clone, Debug)]
pub struct Options {
    /// The port; 0 picks a free one.
    pub port: u16,
    /// The folder of static files.
    pub files: Option<PathBuf>,
    /// The path under which they are served; begins and ends with a slash.
    pub base: String,
    /// A file to serve as `config.json`.
    pub config: Option<PathBuf>,
    /// Serve a `config.json` for this server.
    pub demo: bool,
    /// Serve over TLS.
    pub tls: bool,
    /// Answer control requests.
    pub control: bool,
    /// How the tenant starts.
    pub seed: Seed,
}

impl Options {
    /// Parses the arguments after the program's name.
    ///
    /// # Errors
    /// A sentence about the first argument that is not understood.
    pub fn parse(arguments: impl IntoIterator<Item = String>) -> Result<Self, String> {
        let mut arguments = arguments.into_iter();
        if arguments.next().as_deref() != Some("serve") {
            return Err("the only command is 'serve'".into());
        }
        let mut options = Self {
            port: 8080,
            files: None,
            base: "/".into(),
            config: None,
            demo: false,
            tls: false,
            control: false,
            seed: Seed::default(),
        };
        while let Some(name) = arguments.next() {
            let mut value = || arguments.next().ok_or_else(|| format!("{name} needs a value"));
            match name.as_str() {
                "--port" => options.port = number(&name, &value()?)?,
                "--static" => options.files = Some(value()?.into()),
                "--base" => options.base = based(&value()?),
                "--config" => options.config = Some(value()?.into()),
                "--demo" => options.demo = true,
                "--tls-self-signed" => options.tls = true,
                "--control" => options.control = true,
                "--groups" => options.seed.groups = number(&name, &value()?)?,
                "--people" => options.seed.people = number(&name, &value()?)?,
                "--requests" => options.seed.requests = number(&name, &value()?)?,
                "--latency-ms" => options.seed.latency_ms = number(&name, &value()?)?,
                "--redirect-uri" => options.seed.redirect_uris.push(value()?),
                "--per-user-consent" => options.seed.consented.clear(),
                _ => return Err(format!("{name} is not an option")),
            }
        }
        Ok(options)
    }
}

fn number<N: std::str::FromStr>(name: &str, text: &str) -> Result<N, String> {
    text.parse().map_err(|_| format!("{name} needs a number, not '{text}'"))
}

/// The path with a slash at both ends.
fn based(text: &str) -> String {
    match text.trim_matches('/') {
        "" => "/".into(),
        inner => format!("/{inner}/"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Options, String> {
        Options::parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn reads_the_command_line() {
        let options = parse("serve --port 0 --static dist --base pim --demo --groups 1000 --per-user-consent").unwrap();
        assert_eq!((options.port, options.base.as_str(), options.seed.groups), (0, "/pim/", 1000));
        assert!(options.demo && options.seed.consented.is_empty() && !options.tls);
        for line in ["", "run", "serve --port", "serve --port x", "serve --colour"] {
            assert!(parse(line).is_err(), "{line}");
        }
    }
}

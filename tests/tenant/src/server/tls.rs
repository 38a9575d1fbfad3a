//! A certificate made at startup, for this machine and for the hosts that browser tests map to it.

use std::error::Error;
use std::sync::Arc;

use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

const NAMES: [&str; 5] =
    ["localhost", "127.0.0.1", "login.microsoftonline.com", "graph.microsoft.com", "pim.example.test"];

/// Accepts TLS connections, HTTP/2 preferred.
pub(super) fn acceptor() -> Result<TlsAcceptor, Box<dyn Error + Send + Sync>> {
    let made = rcgen::generate_simple_self_signed(NAMES.map(str::to_owned))?;
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der())?;
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}

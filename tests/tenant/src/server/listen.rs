//! Connections.

use std::error::Error;
use std::io::Write as _;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};

use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;

use super::options::Options;
use super::{App, respond, tls};

/// Serves until the process ends. Prints to standard output where, and who can sign in.
///
/// # Errors
/// The port is in use or no certificate can be made.
pub async fn serve(options: Options) -> Result<(), Box<dyn Error + Send + Sync>> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await?;
    let tls = if options.tls { Some(tls::acceptor()?) } else { None };
    let scheme = if options.tls { "https" } else { "http" };
    let app = App::new(&options);
    announce(&format!("{scheme}://localhost:{}{}", listener.local_addr()?.port(), options.base), &app);
    let (app, options) = (Arc::new(Mutex::new(app)), Arc::new(options));
    loop {
        let (stream, _) = listener.accept().await?;
        let (app, options, tls) = (Arc::clone(&app), Arc::clone(&options), tls.clone());
        tokio::spawn(async move {
            stream.set_nodelay(true).ok();
            match tls {
                None => connection(stream, app, options).await,
                Some(tls) => {
                    if let Ok(stream) = tls.accept(stream).await {
                        connection(stream, app, options).await;
                    }
                }
            }
        });
    }
}

/// Answers the requests of one connection. Errors end the connection, as intended for a dropped answer.
async fn connection<S>(stream: S, app: Arc<Mutex<App>>, options: Arc<Options>)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let service = service_fn(move |request| respond::respond(request, Arc::clone(&app), Arc::clone(&options)));
    Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(stream), service).await.ok();
}

fn announce(address: &str, app: &App) {
    let mut out = std::io::stdout().lock();
    let mut lines = vec![format!("listening on {address}")];
    for person in app.tenant.people().iter().filter(|person| !person.sign_in.is_empty()) {
        let roles: Vec<&str> = person.roles.iter().map(|role| role.name()).collect();
        let what = if roles.is_empty() { person.job.clone() } else { roles.join(", ") };
        lines.push(format!("  {:<18} {} ({what})", person.upn, person.name));
    }
    writeln!(out, "{}", lines.join("\n")).and_then(|()| out.flush()).ok();
}

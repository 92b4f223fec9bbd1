//! `clinical-notes healthcheck`: asks the service of this machine, as the settings say where it is.

use super::say::say;
use crate::args::{Healthcheck, Question};
use crate::exit::Exit;
use crate::settings::{Environment, Given, Settings, Surroundings};
use reqwest::Client;
use reqwest::header::HOST;
use std::net::IpAddr;
use std::time::Duration;

/// Runs the command.
#[must_use]
pub fn run(args: &Healthcheck) -> Exit {
    let settings = match Settings::read(&Environment, &Given::default(), &Surroundings::default()) {
        Ok(settings) => settings,
        Err(mistakes) => {
            mistakes.iter().for_each(say);
            return Exit::Usage;
        }
    };
    let what = match args.what {
        Question::Live => "live",
        Question::Ready => "ready",
        Question::Startup => "startup",
    };
    let scheme = if settings.tls.is_some() { "https" } else { "http" };
    let address = format!("{scheme}://{}:{}/api/v1/health/{what}", place(&settings.host), settings.port);
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else {
        say("cannot start");
        return Exit::Unreadable;
    };
    match runtime.block_on(status(&address, Duration::from_secs(args.timeout.clamp(1, 60)))) {
        Some(200) => Exit::Done,
        Some(status) => {
            say(format_args!("not well (status {status})"));
            Exit::Findings
        }
        None => {
            say("no answer");
            Exit::Unreadable
        }
    }
}

/// Where a service that listens on `host` is found from this machine, as an address writes it.
fn place(host: &str) -> String {
    match host.parse::<IpAddr>() {
        // It listens everywhere, and so also there.
        Ok(address) if address.is_unspecified() => "127.0.0.1".to_owned(),
        Ok(IpAddr::V6(address)) => format!("[{address}]"),
        _ => host.to_owned(),
    }
}

/// The status of the answer, if there is one in time. The certificate is not looked at: it names the service to the
/// world and not this machine to itself, and nothing but a status is read.
async fn status(address: &str, within: Duration) -> Option<u16> {
    // A second call changes nothing.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = Client::builder().timeout(within).no_proxy().tls_danger_accept_invalid_certs(true).build().ok()?;
    // By this name a service always knows itself, whatever it is called by others.
    Some(client.get(address).header(HOST, "localhost").send().await.ok()?.status().as_u16())
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn a_service_is_asked_where_it_listens() {
        for (host, found) in [
            ("127.0.0.1", "127.0.0.1"),
            ("0.0.0.0", "127.0.0.1"),
            ("::", "127.0.0.1"),
            ("::1", "[::1]"),
            ("10.20.0.5", "10.20.0.5"),
            ("localhost", "localhost"),
        ] {
            assert_eq!(place(host), found);
        }
    }
}

//! `clinical-notes serve`

mod protections;

use super::say::say;
use crate::args::Serve;
use crate::audit::SecurityKind;
use crate::exit::Exit;
use crate::health::Pace;
use crate::http::app::{App, StartError};
use crate::http::router::router;
use crate::http::serve::{self, Doors};
use crate::logging;
use crate::settings::{Deployment, Environment, Given, Settings, Surroundings};
use crate::tls;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpSocket;

/// How long a service for patients goes on taking requests after it was asked to end: readiness says so by then, and
/// whoever spreads the load stops sending.
const DRAIN: Duration = Duration::from_secs(5);

/// How often the settings are looked at for secrets that were renewed.
const SECRETS_EVERY: Duration = Duration::from_secs(5);

/// Connections that may wait to be taken.
const BACKLOG: u32 = 1024;

/// How long a collector of traces may take for what waits at the end.
const FLUSH: Duration = Duration::from_secs(2);

/// Runs the command.
#[must_use]
pub fn run(args: &Serve) -> Exit {
    let given = Given::from(args);
    let settings = match Settings::read(&Environment, &given, &Surroundings::here()) {
        Ok(settings) => settings,
        Err(mistakes) => {
            mistakes.iter().for_each(say);
            return Exit::Usage;
        }
    };
    if let Err(error) = logging::start(settings.log_level, settings.log_dir.as_deref()) {
        say(format_args!("CLINICAL_LOG_DIR names a folder that cannot be written ({})", error.kind()));
        return Exit::Usage;
    }
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            say(format_args!("cannot start ({})", error.kind()));
            return Exit::Unreadable;
        }
    };
    let exit = runtime.block_on(listen(settings, given));
    // Work that was told to stop ends by itself; nobody waits for it any more.
    runtime.shutdown_timeout(Duration::from_secs(1));
    exit
}

async fn listen(settings: Settings, given: Given) -> Exit {
    // From here on: who is asked to end while it starts has a log to end, too.
    let asked_to_end = serve::asked_to_end();
    let (host, port) = (settings.host.clone(), settings.port);
    let taken = |error: io::Error| {
        // The host is a setting like any other: what is wrong with it is said without its value.
        let why = error.kind();
        say(format_args!("cannot listen on CLINICAL_HOST, port {port} ({why}); choose another with --port"));
        Exit::Usage
    };
    let door = match door(&host, port).await {
        Ok(door) => door,
        Err(error) => return taken(error),
    };
    let scheme = if settings.tls.is_some() { "https" } else { "http" };
    let at = door.local_addr().map_or_else(|_| host.clone(), |address| address.to_string());
    let (app, started) = match App::start(settings) {
        Ok(started) => started,
        Err(error) => {
            say(&error);
            return if matches!(error, StartError::Audit(_)) { Exit::Unreadable } else { Exit::Usage };
        }
    };
    logging::forward(app.telemetry.clone());
    let Ok(_keeper) = app.health.keep_measuring(Pace::default()) else {
        app.end(FLUSH).await;
        say("cannot start (no thread)");
        return Exit::Unreadable;
    };
    tokio::join!(app.access.warm(), app.limits.connect());
    if let Some(tls) = &app.tls {
        tls.watch(tls::LOOK_EVERY);
    }
    tokio::spawn(renew_secrets(Arc::clone(&app), given));
    tokio::spawn(protections::watch(Arc::clone(&app)));
    let listener = match door.listen(BACKLOG) {
        Ok(listener) => listener,
        Err(error) => {
            // Somebody else was quicker between the two calls.
            app.end(FLUSH).await;
            return taken(error);
        }
    };
    say(format_args!("{scheme}://{at} (Ctrl-C ends it)"));
    if let Some(key) = started.audit_key {
        say(format_args!("the audit log is signed by {key}"));
    }
    let doors = Doors {
        trusted: app.trusted_proxies(),
        tls: app.tls.clone(),
        grace: app.max_time() + Duration::from_secs(1),
        drain_delay: if app.deployment() == Deployment::Production { DRAIN } else { Duration::ZERO },
        ..Doors::default()
    };
    let ending = Arc::clone(&app);
    let stop = async move {
        asked_to_end.await;
        ending.health.drain();
    };
    serve::serve(listener, router(Arc::clone(&app)), doors, stop).await;
    app.end(FLUSH).await;
    say("ended");
    Exit::Done
}

/// Takes the address, so that one that is in use stops the start before a log is begun. Nobody can connect yet: the
/// port opens when everything that can fail has not.
async fn door(host: &str, port: u16) -> io::Result<TcpSocket> {
    let mut failed = io::ErrorKind::AddrNotAvailable.into();
    for address in tokio::net::lookup_host((host, port)).await? {
        let taken = (|| {
            let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
            // Connections of the process before may still be ending. Elsewhere the word means something else.
            #[cfg(unix)]
            socket.set_reuseaddr(true)?;
            socket.bind(address).map(|()| socket)
        })();
        match taken {
            Ok(socket) => return Ok(socket),
            Err(error) => failed = error,
        }
    }
    Err(failed)
}

/// Secrets that stand in files are renewed there while the service runs. What is wrong with a new one leaves the old
/// one in use.
async fn renew_secrets(app: Arc<App>, given: Given) {
    let mut ticks = tokio::time::interval(SECRETS_EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut last = None;
    loop {
        ticks.tick().await;
        let given = given.clone();
        let read = move || Settings::read(&Environment, &given, &Surroundings::here()).map(|new| new.access.secrets);
        let Ok(Ok(secrets)) = tokio::task::spawn_blocking(read).await else {
            if last.as_ref() != Some(&None) && last.is_some() {
                refuse_secrets(&app);
            }
            last = Some(None);
            continue;
        };
        if last.as_ref().is_some_and(|last| last.as_ref() != Some(&secrets)) {
            match app.access.replace_secrets(&secrets) {
                Ok(()) => tracing::info!("secrets-renewed"),
                Err(_) => refuse_secrets(&app),
            }
        }
        last = Some(Some(secrets));
    }
}

fn refuse_secrets(app: &App) {
    tracing::warn!("secrets-refused");
    protections::tell(app, SecurityKind::RefusedSetting("OAUTH2_JWT_SECRET"));
}

//! `clinical-notes serve`

use super::say::say;
use crate::access::Access;
use crate::args::Serve;
use crate::exit::Exit;
use crate::health::Pace;
use crate::http::app::{App, StartError};
use crate::http::router::router;
use crate::http::serve::{self, Doors};
use crate::logging;
use crate::settings::{Deployment, Environment, Given, Settings, Surroundings};
use crate::tls;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;

/// How long a service for patients goes on taking requests after it was asked to end: readiness says so by then, and
/// whoever spreads the load stops sending.
const DRAIN: Duration = Duration::from_secs(5);

/// How often the settings are looked at for secrets that were renewed.
const SECRETS_EVERY: Duration = Duration::from_secs(5);

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
    let bound = TcpListener::bind((settings.host.as_str(), settings.port)).await;
    let listener = match bound {
        Ok(listener) => listener,
        Err(error) => {
            let (host, port) = (&settings.host, settings.port);
            say(format_args!("cannot listen on {host} port {port} ({}); choose another with --port", error.kind()));
            return Exit::Usage;
        }
    };
    let scheme = if settings.tls.is_some() { "https" } else { "http" };
    let at = listener.local_addr().map_or_else(|_| settings.host.clone(), |address| address.to_string());
    let (app, started) = match App::start(settings) {
        Ok(started) => started,
        Err(error) => {
            say(&error);
            return if matches!(error, StartError::Audit(_)) { Exit::Unreadable } else { Exit::Usage };
        }
    };
    logging::forward(app.telemetry.clone());
    let Ok(_keeper) = app.health.keep_measuring(Pace::default()) else {
        say("cannot start (no thread)");
        return Exit::Unreadable;
    };
    tokio::join!(app.access.warm(), app.limits.connect());
    if let Some(tls) = &app.tls {
        tls.watch(tls::LOOK_EVERY);
    }
    tokio::spawn(renew_secrets(app.access.clone(), given));
    let asked_to_end = serve::asked_to_end();
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

/// Secrets that stand in files are renewed there while the service runs. What is wrong with a new one leaves the old
/// one in use.
async fn renew_secrets(access: Access, given: Given) {
    let mut ticks = tokio::time::interval(SECRETS_EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut last = None;
    loop {
        ticks.tick().await;
        let given = given.clone();
        let read = move || Settings::read(&Environment, &given, &Surroundings::here()).map(|new| new.access.secrets);
        let Ok(Ok(secrets)) = tokio::task::spawn_blocking(read).await else {
            if last.as_ref() != Some(&None) && last.is_some() {
                tracing::warn!("secrets-refused");
            }
            last = Some(None);
            continue;
        };
        if last.as_ref().is_some_and(|last| last.as_ref() != Some(&secrets)) {
            match access.replace_secrets(&secrets) {
                Ok(()) => tracing::info!("secrets-renewed"),
                Err(_) => tracing::warn!("secrets-refused"),
            }
        }
        last = Some(Some(secrets));
    }
}

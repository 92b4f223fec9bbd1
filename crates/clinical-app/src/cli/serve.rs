//! `clinical-notes serve`

use super::say::say;
use crate::args::Serve;
use crate::exit::Exit;
use crate::http::{router, serve};
use crate::logging;
use crate::settings::{Environment, Given, Settings};
use clinical_pipeline::Lexicon;
use std::time::Duration;
use tokio::net::TcpListener;

/// Runs the command.
#[must_use]
pub fn run(args: &Serve) -> Exit {
    let given = Given {
        host: args.host.clone(),
        port: args.port.clone(),
        max_request_mb: args.max_request_mb.clone(),
        max_seconds: args.max_seconds.clone(),
    };
    let settings = match Settings::read(&Environment, &given) {
        Ok(settings) => settings,
        Err(mistakes) => {
            mistakes.iter().for_each(say);
            return Exit::Usage;
        }
    };
    // Loaded before the port opens: the first reply is as quick as the next, and a fault shows now.
    if let Err(fault) = Lexicon::english() {
        say(format_args!("the lexicon is faulty: {fault}"));
        return Exit::Unreadable;
    }
    logging::start();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            say(format_args!("cannot start ({})", error.kind()));
            return Exit::Unreadable;
        }
    };
    let grace = settings.max_time + Duration::from_secs(1);
    let exit = runtime.block_on(listen(settings, grace));
    // Work that was told to stop ends by itself; nobody waits for it any more.
    runtime.shutdown_timeout(Duration::from_secs(1));
    exit
}

async fn listen(settings: Settings, grace: Duration) -> Exit {
    let bound = TcpListener::bind((settings.host.as_str(), settings.port)).await;
    let listener = match bound {
        Ok(listener) => listener,
        Err(error) => {
            let (host, port) = (&settings.host, settings.port);
            say(format_args!("cannot listen on {host} port {port} ({}); choose another with --port", error.kind()));
            return Exit::Usage;
        }
    };
    let at = listener.local_addr().map_or_else(|_| settings.host.clone(), |address| address.to_string());
    say(format_args!("http://{at} (Ctrl-C ends it)"));
    serve::serve(listener, router::router(settings), grace, serve::asked_to_end()).await;
    say("ended");
    Exit::Done
}

//! What access and audit cost: the same request at servers with and without them, in turns, one at a time; and the two
//! alone, called directly.

use crate::client::{self, Client};
use crate::machine::{self, median};
use crate::server::{Guard, Server};
use crate::{Failure, Plan, document, tokens};
use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, HeaderValue};
use clinical_app::access::{Access, Config};
use clinical_app::audit::{self, Audit, Operation, Outcome, Program};
use clinical_app::clock;
use clinical_pipeline::Phi;
use std::time::Instant;

/// Requests to each server, by the length of the document.
const SHORT: usize = 4000;
const LONG: usize = 400;

/// Prints what each kind of server takes longer than one with neither.
pub(crate) fn of_requests(plan: &Plan, bundle: &[u8]) -> Result<(), Failure> {
    println!("\n# cost of access and audit, in the same requests, one at a time");
    let keys = tokens::key_server()?;
    let guard = |secret, keys: Option<&String>, audit| Guard { secret, keys: keys.cloned(), audit };
    let kinds = [
        ("neither", guard(false, None, false)),
        ("neither, another process", guard(false, None, false)),
        ("HS256", guard(true, None, false)),
        ("audit", guard(false, None, true)),
        ("HS256 and audit", guard(true, None, true)),
        ("RS256 and audit", guard(false, Some(&keys), true)),
    ];
    let mut servers = Vec::new();
    for (_, guard) in &kinds {
        servers.push(Server::start(&plan.program, guard, &[])?);
    }
    for (about, body, number) in [("short", document::sample("almost-nothing")?, SHORT), ("100 kB", bundle, LONG)] {
        let mut clients = Vec::new();
        for server in &servers {
            clients.push((Client::open(server.address)?, client::summarize(server.token.as_deref(), body)));
        }
        let mut times = vec![Vec::new(); servers.len()];
        for round in 0..number + number / 8 {
            for turn in 0..servers.len() {
                let which = (round + turn) % servers.len();
                let (client, request) = &mut clients[which];
                let start = Instant::now();
                let reply = client.send(request)?;
                let time = start.elapsed().as_secs_f64() * 1e6;
                if reply.status != 200 {
                    return Err(format!("status {} of {}", reply.status, kinds[which].0).into());
                }
                // The first ones are slower everywhere.
                if round >= number / 8 {
                    times[which].push(time);
                }
            }
        }
        // The time of the processor, of each server alone.
        let mut cpu = vec![0.0; servers.len()];
        for _ in 0..plan.rounds {
            for (which, server) in servers.iter().enumerate() {
                let (client, request) = &mut clients[which];
                let before = machine::used(server.id())?;
                for _ in 0..number {
                    client.send(request)?;
                }
                cpu[which] += (machine::used(server.id())? - before) * 1e6 / (number * plan.rounds) as f64;
            }
        }
        println!("{about} document, {} bytes, {number} requests each", body.len());
        let first = (times[0].clone(), median(times[0].clone()), cpu[0]);
        for (which, (name, _)) in kinds.iter().enumerate() {
            let pairs = times[which].iter().zip(&first.0).map(|(time, first)| time - first).collect();
            let (time, cpu) = (median(times[which].clone()), cpu[which]);
            println!(
                "{name:<26} median {time:>7.1} µs ({:>+6.1}; median of pairs {:>+6.1}); CPU {cpu:>7.1} µs ({:>+6.1})",
                time - first.1,
                median(pairs),
                cpu - first.2
            );
        }
    }
    Ok(())
}

/// Prints what the calls take.
pub(crate) fn in_the_process() -> Result<(), Failure> {
    println!("\n# cost of access and audit, called directly");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let headers = |token: &str| -> Result<HeaderMap, Failure> {
        Ok(HeaderMap::from_iter([(AUTHORIZATION, HeaderValue::from_str(&format!("Bearer {token}"))?)]))
    };
    let secret = Config { secrets: vec![Phi::new(tokens::SECRET.as_bytes().to_vec())], ..Config::default() };
    let keys = Config {
        jwks_url: Some(tokens::key_server()?),
        issuer: Some(tokens::ISSUER.to_owned()),
        audience: Some(tokens::AUDIENCE.to_owned()),
        ..Config::default()
    };
    type Mint = fn(&str) -> Result<String, Failure>;
    let kinds: [(&str, Config, Mint); 2] =
        [("HS256", secret, tokens::by_secret_for), ("RS256", keys, tokens::by_key_for)];
    for (name, config, mint) in kinds {
        let access = Access::new(&config).map_err(|_| "the settings of access")?;
        runtime.block_on(access.warm());
        let mut new = Vec::new();
        for n in 0..200 {
            new.push(headers(&mint(&format!("subject-{n}"))?)?);
        }
        let ask = |headers: &HeaderMap| runtime.block_on(access.authenticate(headers, clock::unix_seconds()));
        let mut first = Vec::new();
        for headers in &new {
            let start = Instant::now();
            ask(headers).map_err(|_| "a good token was refused")?;
            first.push(start.elapsed().as_secs_f64() * 1e6);
        }
        let rounds = 100;
        let start = Instant::now();
        for headers in new.iter().cycle().take(rounds * new.len()) {
            ask(headers).map_err(|_| "a good token was refused")?;
        }
        let again = start.elapsed().as_secs_f64() * 1e6 / (rounds * new.len()) as f64;
        println!(
            "Access::authenticate, {name}: {again:.2} µs; a token that was not seen before {:.1} µs",
            median(first)
        );
    }
    record()
}

fn record() -> Result<(), Failure> {
    let folder = std::env::temp_dir().join(format!("clinical-load-audit-{}", std::process::id()));
    let program = Program { name: "clinical-notes", version: "0".to_owned(), site: "test.example".to_owned() };
    let config = audit::Config { file: Some(folder.clone()), rotate_bytes: 100 << 20, ..audit::Config::default() };
    let (audit, _) = Audit::start(&config, &program, clock::unix_micros())?;
    let mut times = Vec::new();
    for _ in 0..20_000 {
        let start = Instant::now();
        audit.record(&audit::Access {
            recorded: clock::unix_micros(),
            request_id: "4be0643f1d98573b97cdca98a65347dd",
            subject: Some("subject-17"),
            roles: &["clinician"],
            peer: Some([192, 0, 2, 7].into()),
            method: "POST",
            route: "/api/v1/summarize",
            operation: Operation::Summarize,
            outcome: Outcome::Granted,
            status: 200,
            document: Some(audit::Document { kind: "fhir-bundle", bytes: 100_000, entries: 120 }),
            model: None,
            micros: 12_345,
        })?;
        times.push(start.elapsed().as_secs_f64() * 1e6);
    }
    audit.stop(clock::unix_micros());
    std::fs::remove_dir_all(&folder)?;
    let worst = times.iter().copied().fold(0.0, f64::max);
    println!("Audit::record, to a file: median {:.2} µs, worst of 20000 {worst:.0} µs", median(times));
    Ok(())
}

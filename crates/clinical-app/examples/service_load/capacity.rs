//! Requests a second of `/api/v1/summarize` beside documents a second of the bare pipeline.

use crate::client;
use crate::machine::{self, median, undisturbed};
use crate::server::{Guard, Server};
use crate::{Failure, Plan, bare, load};
use std::process::Command;
use std::time::Duration;

/// How many connections are tried; the number that does most is used.
const CONNECTIONS: [usize; 5] = [2, 3, 4, 6, 8];

/// What was measured of one of the three.
#[derive(Default)]
struct Row {
    rates: Vec<f64>,
    /// Milliseconds of processor for one document: of the server, and of the clients.
    server: Vec<f64>,
    clients: Vec<f64>,
    others: Vec<f64>,
}

/// Prints the comparison, and gives what the service does at most, in requests a second, access and audit included.
pub(crate) fn run(plan: &Plan, bundle: &[u8]) -> Result<f64, Failure> {
    println!("\n# capacity: POST /api/v1/summarize, JSON to JSON");
    let plain = Server::start(&plan.program, &Guard::default(), &[])?;
    let full = Server::start(&plan.program, &Guard::full(), &[])?;
    let request = |server: &Server| client::summarize(server.token.as_deref(), bundle);
    let (plain_request, full_request) = (request(&plain), request(&full));
    load::closed(&plain, &[&plain_request], 4, Duration::from_secs(1))?;
    load::closed(&full, &[&full_request], 4, Duration::from_secs(1))?;
    let mut best = (0.0, 0);
    for connections in CONNECTIONS {
        let (rate, _) = served(&full, &full_request, connections, Duration::from_secs(2))?;
        println!("{connections} connections: {:.0} a second", rate.0);
        if rate.0 > best.0 {
            best = (rate.0, connections);
        }
    }
    let connections = best.1;
    let mut rows: [Row; 3] = Default::default();
    for round in 0..plan.rounds {
        for turn in 0..3 {
            let which = (round + turn) % 3;
            let (rate, used, failed) = match which {
                0 => undisturbed(|| bare::run(bundle, plan.slice)).map(|(rate, used)| (rate, used, 0))?,
                1 => served(&plain, &plain_request, connections, plan.slice).map(|((r, f), used)| (r, used, f))?,
                _ => served(&full, &full_request, connections, plan.slice).map(|((r, f), used)| (r, used, f))?,
            };
            if failed > 0 {
                println!("{failed} requests were not served");
            }
            let each = |seconds: f64| seconds * 1e3 / (rate * used.wall);
            rows[which].rates.push(rate);
            rows[which].server.push(each(if which == 0 { used.here } else { used.server }));
            rows[which].clients.push(each(if which == 0 { 0.0 } else { used.here }));
            rows[which].others.push(used.others * 100.0);
        }
    }
    let rows = rows.map(|row| [row.rates, row.server, row.clients, row.others].map(median));
    println!("{:<34} {:>9} {:>10} {:>11} {:>7}", "", "a second", "ms of CPU", "of clients", "others");
    for (name, row) in ["bare pipeline, a thread for a core", "service", "service, access and audit"].iter().zip(&rows)
    {
        println!("{name:<34} {:>9.0} {:>10.3} {:>11.3} {:>6.1}%", row[0], row[1], row[2], row[3]);
    }
    for (name, row) in [("service", &rows[1]), ("service, access and audit", &rows[2])] {
        let (beside, alone) = (100.0 * row[0] / rows[0][0], 100.0 * rows[0][1] / row[1]);
        println!(
            "{name}: {beside:.0} % of the bare pipeline with the clients on the same cores; {alone:.0} % by its own CPU"
        );
    }
    wrk(plan, &full, connections, bundle)?;
    println!("plain: {}", plain.end()?);
    println!("with access and audit: {}", full.end()?);
    Ok(rows[2][0])
}

/// Served in a second, and how many were not.
fn served(
    server: &Server,
    request: &[u8],
    connections: usize,
    time: Duration,
) -> Result<((f64, usize), machine::Used), Failure> {
    undisturbed(|| {
        let (seen, used) = load::closed(server, &[request], connections, time)?;
        let served = load::served(&seen);
        Ok(((served as f64 / used.wall, seen.len() - served), used))
    })
}

/// The same by `wrk`, where it is installed: that the clients above are not what is measured.
fn wrk(plan: &Plan, server: &Server, connections: usize, bundle: &[u8]) -> Result<(), Failure> {
    let folder = std::env::temp_dir().join(format!("clinical-wrk-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let (body, script) = (folder.join("body.json"), folder.join("post.lua"));
    std::fs::write(&body, bundle)?;
    let token = server.token.as_deref().unwrap_or_default();
    let lua = format!(
        "wrk.method = 'POST'\nwrk.headers['Content-Type'] = 'application/json'\n\
         wrk.headers['Authorization'] = 'Bearer {token}'\nwrk.body = io.open('{}', 'rb'):read('*a')\n",
        body.display()
    );
    std::fs::write(&script, lua)?;
    let mut rates = Vec::new();
    for _ in 0..plan.rounds {
        let mut command = Command::new("wrk");
        command.args(["-t1", &format!("-c{connections}"), &format!("-d{}s", plan.slice.as_secs()), "-s"]).arg(&script);
        let Ok(out) = command.arg(format!("http://{}/api/v1/summarize", server.address)).output() else {
            println!("wrk: not run, it is not installed");
            break;
        };
        let said = String::from_utf8_lossy(&out.stdout).into_owned();
        if said.contains("Non-2xx") {
            println!("wrk: not all were served");
        }
        let rate = said.lines().find_map(|line| line.trim().strip_prefix("Requests/sec:")?.trim().parse::<f64>().ok());
        rates.extend(rate);
    }
    if !rates.is_empty() {
        println!("wrk, access and audit: {:.0} a second", median(rates));
    }
    std::fs::remove_dir_all(&folder)?;
    Ok(())
}

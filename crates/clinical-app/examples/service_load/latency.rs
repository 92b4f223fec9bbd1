//! How long requests take at parts and multiples of what the service can do, access and audit included.

use crate::machine::quantile;
use crate::server::{Guard, Server};
use crate::{Failure, Plan, client, load};
use std::time::Duration;

/// Connections: more than ever wait, so that the clients never hold a request back.
const CONNECTIONS: usize = 192;

/// Prints half of saturation for `latency`, and what is beyond for `overload`.
pub(crate) fn run(plan: &Plan, bundle: &[u8], saturation: Option<f64>) -> Result<(), Failure> {
    println!("\n# latency: requests that come whether or not others are served, access and audit included");
    let server = Server::start(&plan.program, &Guard::full(), &[])?;
    let request = client::summarize(server.token.as_deref(), bundle);
    let saturation = match saturation {
        Some(rate) => rate,
        None => {
            let (seen, used) = load::closed(&server, &[&request], 4, plan.slice)?;
            load::served(&seen) as f64 / used.wall
        }
    };
    println!("saturation is {saturation:.0} a second; times in ms from when a request was due");
    println!(
        "{:<20} {:>7} {:>8} {:>7} {:>7} {:>7} {:>7} {:>7} {:>7} {:>9} {:>7} {:>7}",
        "times saturation",
        "a sec.",
        "served/s",
        "shed/s",
        "broken",
        "p50",
        "p95",
        "p99",
        "max",
        "shed p99",
        "late99",
        "others"
    );
    let time = Duration::from_secs(plan.slice.as_secs() * plan.rounds as u64 / 2 + 1);
    let mut half = [f64::NAN; 2];
    let steps: &[(f64, bool)] = if plan.has("overload") {
        &[(0.5, false), (0.5, true), (0.8, true), (1.0, true), (2.0, true), (3.0, true), (0.5, false)]
    } else {
        &[(0.5, false), (0.5, true)]
    };
    for (times, lot) in steps {
        let ((seen, rate), used) = crate::machine::undisturbed(|| {
            let rate = saturation * times;
            let (seen, used) = load::open(&server, &[&request], CONNECTIONS, rate, time, *lot)?;
            // The first second shows how the service comes to know of it, the others how it goes on.
            let seen: Vec<_> = seen.into_iter().filter(|one| one.due.as_secs() >= 1).collect();
            Ok(((seen, rate), used))
        })?;
        let (served, shed) = (load::times(&seen, |s| s == 200), load::times(&seen, |s| s == 503));
        let broken = seen.len() - served.len() - shed.len();
        let mut late: Vec<Duration> = seen.iter().map(|one| one.late).collect();
        late.sort_unstable();
        let seconds = used.wall - 1.0;
        let name = format!("{times:.1}, {}", if *lot { "by lot" } else { "evenly" });
        let q = |part| quantile(&served, part);
        println!(
            "{name:<20} {rate:>7.0} {:>8.0} {:>7.0} {broken:>7} {:>7.2} {:>7.2} {:>7.2} {:>7.1} {:>9.2} {:>7.2} {:>6.1}%",
            served.len() as f64 / seconds,
            shed.len() as f64 / seconds,
            q(0.5),
            q(0.95),
            q(0.99),
            q(1.0),
            quantile(&shed, 0.99),
            quantile(&late, 0.99),
            used.others * 100.0
        );
        if (*times - 0.5).abs() < f64::EPSILON {
            println!("{:<20} p99 is {:.2} times the median", "", q(0.99) / q(0.5));
            half = [q(0.5), q(0.99)];
        } else if *times > 2.5 {
            println!(
                "{:<20} the median of those served is {:.2} times that at half, their p99 {:.2} times",
                "",
                q(0.5) / half[0],
                q(0.99) / half[1]
            );
        }
        // Calm again before the next.
        std::thread::sleep(Duration::from_millis(1500));
    }
    println!("{}", server.end()?);
    Ok(())
}

//! More than the service can do: who is sent away is told so, counted and written down.

use crate::client::Ask;
use crate::folder::Folder;
use crate::lines::accesses;
use crate::service::{Service, verify};
use crate::tokens::{AUDIENCE, SECRET, token};
use std::collections::BTreeMap;

#[test]
fn who_is_sent_away_is_told_when_to_come_again_counted_and_written_down() {
    let folder = Folder::new("overload");
    let service = Service::start(&[
        ("OAUTH2_JWT_SECRET", SECRET),
        ("OAUTH2_AUDIENCE", AUDIENCE),
        ("CLINICAL_LOG_DIR", &folder.text("")),
        ("CLINICAL_RATE_LIMIT_PER_MINUTE", "1000000"),
        ("CLINICAL_MAX_PROCESSING_TIME_SECONDS", "60"),
    ]);
    let note = "Mrs. Odalys Fernbrook was seen by Dr. Tobin Ashgrove on 03/09/2024. ".repeat(20_000);
    let ask = Ask::new("POST", "/api/v1/deidentify?format=document").bearer(&token("crowd", "phi:deidentify"));
    let ask = ask.body("text/plain", note);
    // There is a place for each core; one alone first, and how long the work takes is known.
    let at_once = 16 * std::thread::available_parallelism().unwrap().get();
    assert_eq!(service.ask(&ask).status, 200);
    let replies: Vec<_> = std::thread::scope(|scope| {
        let asking: Vec<_> = (0..at_once).map(|_| scope.spawn(|| service.ask(&ask))).collect();
        asking.into_iter().map(|asking| asking.join().unwrap()).collect()
    });
    let mut statuses: BTreeMap<u16, usize> = BTreeMap::new();
    for reply in &replies {
        *statuses.entry(reply.status).or_default() += 1;
        assert_eq!(reply.status == 503, reply.header("retry-after").is_some());
    }
    let [served, shed] = [200, 503].map(|status| statuses.get(&status).copied().unwrap_or(0));
    assert_eq!(served + shed, at_once, "{statuses:?}");
    assert!(served > 0 && shed > 0, "{statuses:?}");
    assert_eq!(service.metric("clinical_shed_total"), Some(shed as f64));
    assert_eq!(service.metric("clinical_desk_waiting"), Some(0.0));
    service.end();
    verify(&folder);
    let lines = accesses(&folder);
    assert_eq!(lines.iter().filter(|line| line.outcome == "overloaded").count(), shed);
    assert_eq!(lines.len(), at_once + 1);
}

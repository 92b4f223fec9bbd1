//! One limit of several services, and whom a request is counted as.

use crate::client::Ask;
use crate::folder::{Folder, until};
use crate::lines::{accesses, told};
use crate::redis::Redis;
use crate::service::{Service, verify};
use crate::tokens::{AUDIENCE, SECRET, token};

const LIMIT: u32 = 30;

/// Asks one after the other until all refuse. Gives how often they allowed it; none may fail in any other way.
fn allowed(services: &[&Service], ask: &Ask) -> u32 {
    let mut lines: Vec<_> = services.iter().map(|service| service.line()).collect();
    let mut allowed = 0;
    loop {
        let statuses: Vec<u16> = lines.iter_mut().map(|line| line.ask(ask).unwrap().status).collect();
        assert!(statuses.iter().all(|status| matches!(status, 200 | 429)), "{statuses:?}");
        allowed += u32::try_from(statuses.iter().filter(|status| **status == 200).count()).unwrap();
        if statuses.iter().all(|status| *status == 429) {
            return allowed;
        }
    }
}

/// What one limit allows: all of it, and what comes back while it is used up. Two limits allow twice as much.
fn is_one_limit(allowed: u32) -> bool {
    (LIMIT..LIMIT + LIMIT / 2).contains(&allowed)
}

#[test]
fn two_services_share_one_limit_through_redis_and_do_without_it() {
    let Some(mut redis) = Redis::start("redis") else { return };
    let (url, limit) = (redis.url(), LIMIT.to_string());
    let logs = [Folder::new("redis-one"), Folder::new("redis-other")];
    let start = |logs: &Folder| {
        Service::start(&[
            ("CLINICAL_LOG_DIR", &logs.text("")),
            ("OAUTH2_JWT_SECRET", SECRET),
            ("OAUTH2_AUDIENCE", AUDIENCE),
            ("REDIS_URL", &url),
            ("CLINICAL_RATE_LIMIT_PER_MINUTE", &limit),
        ])
    };
    let services = [start(&logs[0]), start(&logs[1])];
    let both = [&services[0], &services[1]];
    let ask = |subject: &str| Ask::note(&token(subject, "phi:deidentify"));
    let are = |status: &str| both.iter().all(|service| service.dependency("redis")["status"] == status);
    let times = |word: &str| both.map(|service| service.said_times(word));
    // A Redis that is late once is away for a moment; what was counted then says nothing.
    let shared = |what: &str| {
        for attempt in 0.. {
            until("Redis counts", || are("up"));
            let before = times("shared-limit-lost");
            let allowed = allowed(&both, &ask(&format!("{what}-{attempt}")));
            if times("shared-limit-lost") == before {
                return allowed;
            }
        }
        unreachable!()
    };
    assert!(is_one_limit(shared("before")));
    assert!(services[0].metric("clinical_throttled_total{store=\"redis\"}") >= Some(1.0));

    until("Redis counts", || are("up"));
    let before = times("shared-limit-lost");
    redis.dies();
    let alone = allowed(&both, &ask("without"));
    assert!(alone >= 2 * LIMIT, "each allows the whole limit by itself: {alone}");
    assert!(are("degraded"));
    assert_eq!(times("shared-limit-lost"), before.map(|times| times + 1), "once, however many asked");
    for service in both {
        assert_eq!(service.metric("clinical_redis_shared"), Some(0.0));
        assert_eq!(service.get("/api/v1/health/ready").status, 200);
    }
    let last = |what: &str| {
        let change = (what.to_owned(), "redis".to_owned());
        logs.iter().all(|logs| told(logs).last() == Some(&change))
    };
    until("the officer of security is told", || last("degraded"));

    redis.comes_back();
    assert!(is_one_limit(shared("afterwards")));
    until("the officer of security is told that it is back", || last("restored"));
    assert_eq!(times("shared-limit-lost"), times("shared-limit-back"));
    for (service, logs) in services.into_iter().zip(&logs) {
        service.end();
        verify(logs);
    }
}

#[test]
fn a_forwarded_address_counts_only_from_a_trusted_proxy() {
    let limit = LIMIT.to_string();
    let from = |client: &str| {
        let ask = Ask::new("POST", "/api/v1/deidentify").body("text/plain", "BP 138/84");
        ask.header("X-Forwarded-For", client)
    };
    for (name, trusted, is_believed) in [("trusted", "127.0.0.0/8", true), ("strange", "10.0.0.0/8", false)] {
        let logs = Folder::new(&format!("proxies-{name}"));
        let service = Service::start(&[
            ("CLINICAL_LOG_DIR", &logs.text("")),
            ("CLINICAL_RATE_LIMIT_PER_MINUTE", &limit),
            ("CLINICAL_TRUSTED_PROXIES", trusted),
        ]);
        // The left end of the list is what the client says of itself.
        assert!(is_one_limit(allowed(&[&service], &from("203.0.113.9, 198.51.100.1"))), "{name}");
        let other = allowed(&[&service], &from("203.0.113.9, 198.51.100.2"));
        assert_eq!(is_one_limit(other), is_believed, "{name}: {other}");
        service.end();
        let peers: std::collections::BTreeSet<String> = accesses(&logs).into_iter().map(|access| access.peer).collect();
        let expected = if is_believed { vec!["198.51.100.1", "198.51.100.2"] } else { vec!["127.0.0.1"] };
        assert_eq!(peers.iter().map(String::as_str).collect::<Vec<_>>(), expected, "{name}");
    }
}

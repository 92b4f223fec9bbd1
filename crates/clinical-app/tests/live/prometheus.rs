//! A real Prometheus with the files of the repository reads the running program.

use crate::client::{Ask, Line};
use crate::folder::{Folder, is_there, wait};
use crate::service::{Process, Service, free_port, outcome};
use serde_json::Value;
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const PROMETHEUS: &str = "/usr/bin/prometheus";
const PROMTOOL: &str = "/usr/bin/promtool";

fn files() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docker/monitoring")
}

#[test]
fn promtool_accepts_the_rules() {
    if !is_there(PROMTOOL) {
        return;
    }
    let mut command = Command::new(PROMTOOL);
    command.args(["check", "rules", "rules.yml", "alerts.yml"]).current_dir(files());
    let (code, said) = outcome(command);
    assert_eq!(code, Some(0), "{said}");
}

#[test]
fn a_real_prometheus_scrapes_the_program_and_its_rules_find_what_they_ask_for() {
    if !is_there(PROMETHEUS) {
        return;
    }
    let folder = Folder::new("prometheus");
    let service = Service::start(&[("CLINICAL_LOG_DIR", &folder.text("logs"))]);
    for _ in 0..5 {
        let ask = Ask::new("POST", "/api/v1/deidentify").body("text/plain", "BP 138/84");
        assert_eq!(service.ask(&ask).status, 200);
    }
    // The file as it is, with this service in the place of the one in the compose file, and asked every second.
    let config = fs::read_to_string(files().join("prometheus.yml")).unwrap();
    let port = free_port();
    let config = config
        .replace("clinical-api:8000", &service.address.to_string())
        .replace("127.0.0.1:9090", &format!("127.0.0.1:{port}"))
        .replace("_interval: 15s", "_interval: 1s")
        .replace("scrape_timeout: 5s", "scrape_timeout: 1s");
    let config = folder.write("prometheus.yml", &config);
    for rules in ["rules.yml", "alerts.yml"] {
        let text = fs::read_to_string(files().join(rules)).unwrap();
        folder.write(rules, &text.replace("interval: 15s", "interval: 1s"));
    }
    let mut command = Command::new(PROMETHEUS);
    command.arg(format!("--config.file={config}")).arg(format!("--storage.tsdb.path={}", folder.text("data")));
    command.arg(format!("--web.listen-address=127.0.0.1:{port}")).stdout(Stdio::null()).stderr(Stdio::null());
    let process = Process(command.spawn().unwrap());
    let ask = |path: &str| -> Option<Value> {
        let mut line = Line::open(SocketAddr::from(([127, 0, 0, 1], port))).ok()?;
        let reply = line.ask(&Ask::get(path)).ok()?;
        serde_json::from_slice(&reply.body).ok()
    };
    // The first value of the answer, as text.
    let value = |query: &str| -> Option<String> {
        let found = ask(&format!("/api/v1/query?query={query}"))?;
        found["data"]["result"][0]["value"][1].as_str().map(str::to_owned)
    };
    wait("the target is up", || (value("up%7Bjob=%22clinical-api%22%7D")? == "1").then_some(()));
    let requests = "clinical_http_requests_total%7Broute=%22/api/v1/deidentify%22,status=%22200%22%7D";
    assert_eq!(wait("the requests are there", || value(requests)), "5");
    assert_eq!(value("clinical_audit_well").as_deref(), Some("1"));
    assert_eq!(value("clinical_phi_protection_enabled").as_deref(), Some("1"));
    // Every rule was worked out without a fault, and none fires.
    let rules = wait("the rules are worked out", || {
        let groups = ask("/api/v1/rules")?["data"]["groups"].as_array()?.clone();
        let rules: Vec<Value> = groups.iter().flat_map(|group| group["rules"].as_array().unwrap().clone()).collect();
        (!rules.is_empty() && rules.iter().all(|rule| rule["health"] != "unknown")).then_some(rules)
    });
    for rule in &rules {
        assert_eq!(rule["health"], "ok", "{rule}");
        assert_ne!(rule["state"], "firing", "{rule}");
    }
    drop(process);
    service.end();
}

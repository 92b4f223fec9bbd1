//! After a request nothing of it is left in the memory of the process. Alone in its file: all memory is searched.
#![cfg(target_os = "linux")]
#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test that reads its own memory")]

mod common;

use clinical_app::memory::{self, Wiping};
use common::{Service, visit};
use std::fs::{self, File};
use std::os::unix::fs::FileExt as _;

#[global_allocator]
static MEMORY: Wiping = memory::wiping();

/// A patient's words, written so that this list of them is not found.
const HIDDEN: [u8; 20] = [103, 77, 88, 66, 93, 81, 20, 123, 69, 65, 81, 90, 80, 91, 25, 124, 85, 70, 64, 64];

fn words() -> String {
    HIDDEN.iter().map(|byte| char::from(byte ^ 0x34)).collect()
}

/// How often the words stand in memory that is not a file's.
fn copies() -> usize {
    let memory = File::open("/proc/self/mem").unwrap();
    let mut found = 0;
    for line in fs::read_to_string("/proc/self/maps").unwrap().lines() {
        let mut parts = line.split_whitespace();
        let (range, rights) = (parts.next().unwrap(), parts.next().unwrap());
        let name = parts.nth(3).unwrap_or_default();
        if !rights.starts_with("rw") || name.starts_with('/') || name.starts_with("[v") {
            continue;
        }
        let (start, end) = range.split_once('-').unwrap();
        let (start, end) = (u64::from_str_radix(start, 16).unwrap(), u64::from_str_radix(end, 16).unwrap());
        let mut bytes = vec![0; usize::try_from(end - start).unwrap()];
        // A mapping may be gone by now: the list of them was made before.
        let Ok(read) = memory.read_at(&mut bytes, start) else { continue };
        let is_here = |at: &[u8]| at.iter().zip(HIDDEN).all(|(byte, hidden)| *byte == hidden ^ 0x34);
        found += bytes[..read].windows(HIDDEN.len()).filter(|at| is_here(at)).count();
    }
    found
}

#[test]
fn after_a_request_nothing_of_it_is_left_in_memory() {
    let kept = words();
    assert!(copies() > 0, "what is still held is found");
    drop(kept);
    assert_eq!(copies(), 0, "what was dropped is not");
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let service = runtime.block_on(async { Service::default() });
    for format in ["json", "html", "text", "markdown"] {
        let mut bundle: serde_json::Value = serde_json::from_str(visit()).unwrap();
        for entry in bundle["entry"].as_array_mut().unwrap() {
            let resource = &mut entry["resource"];
            if resource["resourceType"] == "Patient" {
                resource["name"] = serde_json::json!([{ "text": format!("{} \u{e9}", words()) }]);
            } else {
                resource["note"] = serde_json::json!([{ "text": format!("\n{}", words()) }]);
            }
        }
        let reply = runtime.block_on(service.post(&format!("/api/v1/summarize?format={format}"), &bundle.to_string()));
        assert!(reply.text().contains(&words()), "{}", reply.status);
        drop((bundle, reply));
        let left = copies();
        assert_eq!(left, 0, "after {format}");
    }
    for path in ["/api/v1/deidentify", "/api/v1/deidentify?format=document&policy=mask"] {
        let patient = serde_json::json!({ "resourceType": "Patient", "name": [{ "text": words() }] });
        let note = format!("Patient: {}\nMs. {} is well.", words(), words());
        for body in [patient.to_string(), serde_json::json!({ "text": note }).to_string()] {
            let reply = runtime.block_on(service.post(path, &body));
            assert_eq!(reply.status, 200);
            drop((body, reply));
        }
        drop((patient, note));
        let left = copies();
        assert_eq!(left, 0, "after {path}");
    }
}

//! De-identification: what is told beside a copy holds nothing, and the copy holds no identifier that can be found.

use super::canaries::Canaries;
use super::commands::{Run, clean_but_for, names, run};
use super::documents::{Document, people};
use super::folders::World;
use super::server::{Request, Server};
use super::written::{self, clean};
use clinical_app::args::{CopyFormat, PolicyName};
use serde_json::{Value, json};
use std::fs;

const SECRET: &str = "a secret for the canary test";

/// Every document in every format, with whatever identifiers; they may be where nothing tells what they are.
pub(crate) fn every_document(world: &World, canaries: &Canaries, documents: &[Document], files: &[String]) {
    for format in names::<CopyFormat>() {
        for (document, file) in documents.iter().zip(files) {
            let done = run(world, &["deidentify", file, "--format", &format], b"");
            let what = format!("deidentify {format}, {}", document.name);
            clean_but_for(canaries, &format!("standard error of {what}"), &done.err, &[file]);
            if format != "document" {
                report(canaries, &what, &done.out);
            }
        }
    }
    let out = world.path("out").join("copies");
    fs::create_dir_all(out.parent().unwrap()).unwrap();
    let missing = format!("{}.json", canaries.word());
    let given = [files.iter().map(String::as_str).collect(), vec![missing.as_str()]].concat();
    let options = ["--output", out.to_str().unwrap(), "--report", "-"];
    let done = run(world, &[&["deidentify"][..], &given, &options].concat(), b"");
    clean_but_for(canaries, "standard error of many copies", &done.err, &given);
    report(canaries, "many copies", &done.out);
    assert_eq!(done.code, 2, "{}", done.err);
    for list in ["--allow", "--deny"] {
        let done = run(world, &["deidentify", &files[0], list, &missing], b"");
        clean_but_for(canaries, "a missing list", &done.err, &[&files[0], &missing]);
        assert_eq!((done.code, done.out.as_str()), (2, ""));
    }
    lines(world, canaries, documents);
}

/// Lines for machines: all but the copy and the name of the file.
fn report(canaries: &Canaries, what: &str, out: &str) {
    for line in out.lines() {
        let mut value: Value = serde_json::from_str(line).unwrap();
        for exempt in ["document", "file", "text"] {
            value.as_object_mut().unwrap().remove(exempt);
        }
        clean(canaries, what, &value.to_string());
    }
}

fn lines(world: &World, canaries: &Canaries, documents: &[Document]) {
    let word = || canaries.word();
    let mut input = Vec::new();
    for document in documents {
        let text = String::from_utf8_lossy(&document.bytes);
        let line = json!({ "id": 1, "text": text, "subject": word(), canaries.word(): word() });
        input.extend_from_slice(format!("{line}\n").as_bytes());
        // As it stands it is a bad line, or many.
        input.extend_from_slice(&document.bytes);
        input.push(b'\n');
    }
    for bad in [json!({ "id": 2, "text": [word()] }), json!({ "id": 3, canaries.word(): word() }), json!(word())] {
        input.extend_from_slice(format!("{bad}\n").as_bytes());
    }
    let done = run(world, &["deidentify", "--jsonl"], &input);
    assert_eq!(done.code, 2);
    assert!(done.err.lines().all(|line| line.starts_with("clinical-notes: internal fault at ")), "{}", done.err);
    report(canaries, "lines with ids", &done.out);
}

/// Whole and clean: the copy, and all that is told beside it.
pub(crate) fn every_policy(canaries: &Canaries) {
    let world = World::new("removal");
    let secret = world.path("cwd").join("secret.txt");
    fs::write(&secret, SECRET).unwrap();
    let secret = secret.to_str().unwrap();
    let server = Server::start(&world, &[], &[("CLINICAL_DEIDENTIFY_SECRET", SECRET)]);
    for policy in names::<PolicyName>() {
        // What a limited data set keeps is not planted there.
        for document in people(canaries, policy != "keep-dates") {
            let what = format!("the copy, {policy}, {}", document.name);
            for format in names::<CopyFormat>() {
                let options = ["deidentify", "-", "--policy", &policy, "--secret-file", secret, "--format", &format];
                whole(canaries, &what, &run(&world, &options, &document.bytes));
            }
            let line = json!({ "id": 1, "text": String::from_utf8_lossy(&document.bytes) }).to_string();
            if document.ending == "txt" {
                let options = ["deidentify", "--jsonl", "--policy", &policy, "--secret-file", secret];
                whole(canaries, &what, &run(&world, &options, line.as_bytes()));
            }
            for format in ["json", "document"] {
                let target = &format!("/api/v1/deidentify?policy={policy}&format={format}");
                let (method, accept, body) = ("POST", "", &document.bytes[..]);
                let more = [("X-Deidentify-Subject", canaries.word())];
                let reply =
                    server.ask(&Request { method, target, accept, media: document.media, more: &more, body }.bytes());
                assert_eq!(reply.status, 200, "{what}: {}", reply.body);
                clean(canaries, &format!("headers of {what}"), &reply.head);
                clean(canaries, &what, &reply.body);
                assert!(reply.head.to_lowercase().contains("x-removed-counts: name="), "{}", reply.head);
            }
        }
    }
    let (out, err) = server.end();
    assert_eq!(out, "");
    written::log(canaries, &err);
}

fn whole(canaries: &Canaries, what: &str, done: &Run) {
    assert_eq!(done.code, 0, "{what}: {}", done.err);
    clean(canaries, what, &done.out);
    clean(canaries, &format!("standard error of {what}"), &done.err);
    assert!(done.out.len() > 100, "{what}: {}", done.out);
}

//! Every command of the program, with good and bad input and names of files that tell.
//!
//! A person at the terminal is told the name of the file that could not be read, as that person gave it: standard error
//! and the member `file` of a line for machines may hold it. Nothing else of what was given or read may come out.

use super::audits;
use super::canaries::Canaries;
use super::documents::{self, Document};
use super::folders::World;
use super::removal;
use super::requests;
use super::written::clean;
use clap::{CommandFactory as _, ValueEnum};
use clinical_app::args::{Cli, Format, InspectFormat, Report, ValidateFormat};
use serde_json::{Value, json};
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

/// Longer than any command takes.
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

pub(crate) fn run(world: &World, arguments: &[&str], input: &[u8]) -> Run {
    run_with(world, arguments, &[], input)
}

/// The same with these variables.
pub(crate) fn run_with(world: &World, arguments: &[&str], variables: &[(&str, &str)], input: &[u8]) -> Run {
    let mut child = world
        .program()
        .envs(variables.iter().copied())
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut to, input) = (child.stdin.take().unwrap(), input.to_vec());
    // A program that answers while it reads must be listened to while it is written to; one that ends on its arguments
    // does not read.
    let writer = std::thread::spawn(move || {
        let _ = to.write_all(&input);
    });
    let id = child.id().to_string();
    let (done, is_done) = mpsc::channel::<()>();
    // A service that starts where it should not have started is ended.
    let watch = std::thread::spawn(move || {
        if is_done.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
            Command::new("kill").args(["-KILL", &id]).status().unwrap();
        }
    });
    let output = child.wait_with_output().unwrap();
    drop(done);
    watch.join().unwrap();
    writer.join().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let code = output.status.code();
    let code = code.unwrap_or_else(|| panic!("{arguments:?} did not end: {}", text(&output.stderr)));
    Run { code, out: text(&output.stdout), err: text(&output.stderr) }
}

/// Standard error, in which the names of the files that were given may stand.
pub(crate) fn clean_but_for(canaries: &Canaries, what: &str, text: &str, names: &[&str]) {
    let mut names = names.to_vec();
    // A name that holds another goes first.
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    let without = names.iter().fold(text.to_owned(), |text, name| text.replace(name, "FILE"));
    clean(canaries, what, &without);
}

pub(crate) fn names<T: ValueEnum>() -> Vec<String> {
    T::value_variants().iter().map(|v| v.to_possible_value().unwrap().get_name().to_owned()).collect()
}

pub(crate) fn every_command(canaries: &Canaries) {
    let world = World::new("commands");
    let documents = documents::all(canaries);
    let folder = world.path("cwd").join(canaries.word());
    fs::create_dir_all(&folder).unwrap();
    let files: Vec<String> = documents
        .iter()
        .map(|document| {
            let path = folder.join(format!("{}.{}", canaries.word(), document.ending));
            fs::write(&path, &document.bytes).unwrap();
            path.to_str().unwrap().to_owned()
        })
        .collect();
    let before = world.everything();
    for command in Cli::command().get_subcommands() {
        match command.get_name() {
            // What it answers is the other half of this test; here is how it does not start.
            "serve" => {}
            "summarize" => summarize(&world, canaries, &documents, &files, folder.to_str().unwrap()),
            "deidentify" => removal::every_document(&world, canaries, &documents, &files),
            "inspect" => inspect(&world, canaries, &documents, &files, folder.to_str().unwrap()),
            "validate" => validate(&world, canaries, &documents, &files, folder.to_str().unwrap()),
            "verify" => verify(&world, canaries, &documents, &files),
            "audit" => {
                for below in command.get_subcommands() {
                    assert_eq!(below.get_name(), "verify", "a command that the canary test does not know");
                }
                audits::verify(canaries);
            }
            "eval" => {
                for below in command.get_subcommands() {
                    assert_eq!(below.get_name(), "narrator", "a command that the canary test does not know");
                }
                eval(&world, canaries, &files, folder.to_str().unwrap());
            }
            // What they read are settings: see `settings`. Without any they say what is the same everywhere.
            "config" | "openapi" | "healthcheck" | "token" => {
                let done = run(&world, &[command.get_name()], b"");
                clean(canaries, command.get_name(), &format!("{}{}", done.out, done.err));
            }
            other => panic!("the canary test does not know the command {other}: add it here"),
        }
        world.must_be_as(&before, &world.path("out"));
    }
    wrong_use(&world, canaries, &files[0]);
    world.must_be_as(&before, &world.path("out"));
}

fn summarize(world: &World, canaries: &Canaries, documents: &[Document], files: &[String], folder: &str) {
    let missing = format!("{folder}/{}.json", canaries.word());
    for format in names::<Format>() {
        for (document, file) in documents.iter().zip(files) {
            let done = run(world, &["summarize", file, "--format", &format], b"");
            let what = format!("summarize {format}, {}", document.name);
            clean_but_for(canaries, &format!("standard error of {what}"), &done.err, &[file]);
            page(canaries, &what, &format, &done, document);
        }
        for document in documents.iter().step_by(7) {
            let done = run(world, &["summarize", "-", "--format", &format], &document.bytes);
            let what = format!("summarize {format} from standard input, {}", document.name);
            clean(canaries, &format!("standard error of {what}"), &done.err);
            page(canaries, &what, &format, &done, document);
        }
        // All at once, into a folder; the pages have the names of their records.
        let out = world.path("out").join(&format);
        fs::create_dir_all(out.parent().unwrap()).unwrap();
        let given = [files.iter().map(String::as_str).collect(), vec![folder, missing.as_str()]].concat();
        let options = ["--format", format.as_str(), "--output", out.to_str().unwrap()];
        let done = run(world, &[&["summarize", folder, &missing], &options[..]].concat(), b"");
        clean_but_for(canaries, &format!("standard error of a folder, {format}"), &done.err, &given);
        clean(canaries, &format!("standard output of a folder, {format}"), &done.out);
        assert_eq!(done.code, 2, "{}", done.err);
    }
}

/// Figures hold no word of a note. No server answers here.
fn eval(world: &World, canaries: &Canaries, files: &[String], folder: &str) {
    let given = [files.iter().map(String::as_str).collect(), vec![folder]].concat();
    let model = canaries.word();
    let settings = [
        ("CLINICAL_ENABLE_AI_PROCESSING", "true"),
        ("CLINICAL_AI_BASE_URL", "http://127.0.0.1:9/v1"),
        ("CLINICAL_AI_MODEL", model.as_str()),
    ];
    for format in [&[][..], &["--json"]] {
        let arguments = [&["eval", "narrator", "--notes", folder][..], format].concat();
        let done = run_with(world, &arguments, &settings, b"");
        clean_but_for(canaries, "standard error of an evaluation", &done.err, &given);
        clean(canaries, "the figures of an evaluation", &done.out.replace(&model, "MODEL"));
        let done = run(world, &arguments, b"");
        clean(canaries, "an evaluation without a model", &format!("{}{}", done.out, done.err));
        assert_eq!(done.code, 64, "{}", done.err);
    }
    let missing = format!("{folder}/{}", canaries.word());
    let done = run(world, &["eval", "narrator", "--notes", &missing], b"");
    clean(canaries, "an evaluation without notes", &format!("{}{}", done.out, done.err));
    assert_eq!(done.code, 0);
}

/// What was found in a note is its own words; of a line for machines only they and the name of the file are exempt.
fn inspect(world: &World, canaries: &Canaries, documents: &[Document], files: &[String], folder: &str) {
    let missing = format!("{folder}/{}.txt", canaries.word());
    let told = |what: &str, out: &str| {
        for line in out.lines() {
            let mut value: Value = serde_json::from_str(line).unwrap();
            for exempt in ["file", "mentions"] {
                value.as_object_mut().unwrap().remove(exempt);
            }
            clean(canaries, what, &value.to_string());
        }
    };
    for format in names::<InspectFormat>() {
        for (document, file) in documents.iter().zip(files) {
            let done = run(world, &["inspect", file, "--format", &format], b"");
            let what = format!("inspect {format}, {}", document.name);
            clean_but_for(canaries, &format!("standard error of {what}"), &done.err, &[file]);
            if format != "text" {
                told(&what, &done.out);
            }
        }
        let given = [files.iter().map(String::as_str).collect(), vec![folder, missing.as_str()]].concat();
        let done = run(world, &["inspect", folder, &missing, "--format", &format], b"");
        clean_but_for(canaries, &format!("standard error of a folder, {format}"), &done.err, &given);
        assert_eq!(done.code, 2, "{}", done.err);
    }
    let mut input = Vec::new();
    for document in documents {
        let text = String::from_utf8_lossy(&document.bytes);
        let line = json!({ "id": 1, "text": text, "targets": ["asthma", canaries.word()], canaries.word(): 1 });
        input.extend_from_slice(format!("{line}\n").as_bytes());
        // As it stands it is a bad line, or many.
        input.extend_from_slice(&document.bytes);
        input.push(b'\n');
    }
    input.extend_from_slice(format!("{}\n", json!({ "id": 2, "text": "x", "targets": canaries.word() })).as_bytes());
    let done = run(world, &["inspect", "--jsonl"], &input);
    assert_eq!(done.code, 2);
    assert!(done.err.lines().all(|line| line.starts_with("clinical-notes: internal fault at ")), "{}", done.err);
    told("lines of what notes hold", &done.out);
}

/// What is wrong with a document is told without a word of it, in every format; the name of the file alone is exempt.
fn validate(world: &World, canaries: &Canaries, documents: &[Document], files: &[String], folder: &str) {
    let missing = format!("{folder}/{}.json", canaries.word());
    for format in names::<ValidateFormat>() {
        for (document, file) in documents.iter().zip(files) {
            let done = run(world, &["validate", file, "--format", &format], b"");
            let what = format!("validate {format}, {}", document.name);
            clean_but_for(canaries, &format!("standard error of {what}"), &done.err, &[file]);
            clean_but_for(canaries, &what, &done.out, &[file]);
        }
        for document in documents.iter().step_by(5) {
            let done = run(world, &["validate", "--mode", "lenient", "--format", &format], &document.bytes);
            let what = format!("validate {format} from standard input, {}", document.name);
            clean(canaries, &what, &format!("{}{}", done.out, done.err));
        }
        let given = [files.iter().map(String::as_str).collect(), vec![folder, missing.as_str()]].concat();
        let done = run(world, &["validate", folder, &missing, "--format", &format], b"");
        clean_but_for(canaries, &format!("standard error of a folder, {format}"), &done.err, &given);
        clean_but_for(canaries, &format!("what is wrong in a folder, {format}"), &done.out, &given);
        assert_eq!(done.code, 2, "{}", done.err);
    }
}

/// Standard output holds a page or nothing; of a line for machines only the page and the name of the file are exempt.
fn page(canaries: &Canaries, what: &str, format: &str, done: &Run, document: &Document) {
    if document.name == "a panic" && done.err.contains("internal fault at ") {
        assert_eq!(done.code, 2);
    }
    if done.code == 2 && format != "ndjson" {
        // Of several documents in one file, those that can be read give their pages.
        assert!(done.out.is_empty() || document.name == "lines of bundles", "{what}: {}", done.out);
        return;
    }
    if !matches!(format, "json" | "ndjson") {
        return;
    }
    for line in done.out.lines() {
        let Ok(mut value) = serde_json::from_str::<Value>(line) else { continue };
        clean(canaries, &format!("warnings, {what}"), &value["summary"]["warnings"].to_string());
        for exempt in ["summary", "file"] {
            value.as_object_mut().unwrap().remove(exempt);
        }
        clean(canaries, what, &value.to_string());
    }
}

fn verify(world: &World, canaries: &Canaries, documents: &[Document], files: &[String]) {
    let good = run(world, &["summarize", &files[0], "--format", "json"], b"");
    assert_eq!(good.code, 0, "{}", good.err);
    let summary: Value = serde_json::from_str(&good.out).unwrap();
    let mut changed = summary.clone();
    changed["summary"] = requests::changed(&summary["summary"], canaries);
    let mut summaries = vec![good.out.clone().into_bytes(), changed.to_string().into_bytes()];
    summaries.push(format!("{{\"generated_at\":\"{}\"}}", canaries.word()).into_bytes());
    summaries.push(format!("{{\"{}\"", canaries.word()).into_bytes());
    summaries.extend(documents.iter().step_by(6).map(|document| document.bytes.clone()));
    let missing = format!("{}.json", canaries.word());
    for format in names::<Report>() {
        let mut codes = Vec::new();
        for summary in &summaries {
            let done = run(world, &["verify", &files[0], "-", "--format", &format], summary);
            codes.push(done.code);
            report(canaries, &format, &done, &files[0]);
        }
        assert!([0, 1, 2].iter().all(|code| codes.contains(code)), "{codes:?}");
        for file in files.iter().chain([&missing]) {
            let done = run(world, &["verify", file, "-", "--format", &format], good.out.as_bytes());
            report(canaries, &format, &done, file);
        }
        let done = run(world, &["verify", &files[0], &missing, "--format", &format], b"");
        clean_but_for(canaries, "verify without a summary", &done.err, &[&missing]);
    }
}

fn report(canaries: &Canaries, format: &str, done: &Run, file: &str) {
    clean_but_for(canaries, "standard error of verify", &done.err, &[file]);
    let mut out = done.out.clone();
    if let Ok(mut value) = serde_json::from_str::<Value>(&out) {
        assert_eq!(value.as_object_mut().unwrap().remove("file").is_some(), format == "ndjson");
        out = value.to_string();
    }
    clean(canaries, &format!("what verify found, {format}"), &out);
}

/// What was typed in the wrong place is not said again.
fn wrong_use(world: &World, canaries: &Canaries, file: &str) {
    let word = canaries.word();
    let long = format!("--{word}");
    let equals = format!("--{word}={word}");
    for arguments in [
        &[word.as_str()][..],
        &[&long],
        &["summarize"],
        &["summarize", file, &long],
        &["summarize", file, &equals],
        &["summarize", file, "--format", &word],
        &["summarize", file, "--now", &word],
        &["summarize", file, "--large-print", "--large-print"],
        &["summarize", "-", "-"],
        &["verify", file],
        &["verify", file, file, &word],
        &["verify", "-", "-"],
        &["deidentify", file, &long],
        &["deidentify", file, "--policy", &word],
        &["deidentify", file, "--format", &word],
        &["deidentify", file, "--now", &word],
        &["deidentify", file, "--policy", "surrogate", "--subject", &word],
        &["deidentify", file, "--secret-file", &word],
        &["deidentify", file, file],
        &["deidentify", "--jsonl", "--report", &word],
        &["validate", file, &long],
        &["validate", file, "--format", &word],
        &["validate", file, "--mode", &word],
        &["validate", "-", "-"],
        &["inspect", file, &long],
        &["inspect", file, "--format", &word],
        &["inspect", "-", "-"],
        &["inspect", "--jsonl", "--format", &word],
        &["serve", &word],
        &["serve", "--port", &word],
        &["serve", "--max-seconds", &word, "--max-request-mb", &word],
        &["help", &word],
        &["config", &word],
        &["config", "--format", &word],
        &["config", "--env", &word],
        &["config", "--markdown", &equals],
        &["openapi", &word],
        &["healthcheck", &word],
        &["healthcheck", "--what", &word],
        &["healthcheck", "--timeout", &word],
        &["token", &word],
        &["token", "--scope", &word],
        &["token", "--role", "admin", "--minutes", &word],
        &["audit"],
        &["audit", &word],
        &["audit", "verify"],
        &["audit", "verify", file, &long],
        &["audit", "verify", file, "--format", &word],
        &["audit", "verify", file, "--public-key", &word],
    ] {
        let done = run(world, arguments, b"");
        assert_eq!(done.code, 64, "{arguments:?}: {}", done.err);
        clean(canaries, &format!("standard error of {arguments:?}"), &done.err);
        clean(canaries, &format!("standard output of {arguments:?}"), &done.out);
    }
    // An output that is one of the inputs, or cannot be written: the name that was given, and no other.
    for output in [file, &format!("{file}/{word}")] {
        let done = run(world, &["summarize", file, "--output", output], b"");
        clean_but_for(canaries, "standard error of a wrong output", &done.err, &[output, file]);
        assert!(done.code == 64 || done.code == 2);
    }
    assert!(Path::new(file).exists());
}

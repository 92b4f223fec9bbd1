//! Settings: in the environment, in files, on the command line; wrong ones, unknown ones, secrets in the wrong place,
//! and ones that are exchanged while the service runs.
//!
//! `clinical-notes config` shows settings that are no secrets, because it was asked to. Everything else names a setting
//! and never its value.

use super::canaries::Canaries;
use super::commands::{Run, run_with};
use super::folders::World;
use super::listener::Listener;
use super::server::Server;
use super::written::{self, clean};
use clinical_app::log_file;
use clinical_app::settings::{self, Setting};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// Every name of a setting.
fn names(setting: &Setting) -> Vec<&'static str> {
    [Some(setting.name), setting.also].into_iter().flatten().collect()
}

/// Neither output holds a value, but for the values of settings that are no secrets where `config` shows them.
fn look(canaries: &Canaries, what: &str, done: &Run) {
    clean(canaries, &format!("standard error of {what}"), &done.err);
    let shown = |line: &str| {
        let (name, _) = line.split_once('=').unwrap_or((line, ""));
        settings::settings().any(|setting| setting.name == name && !setting.is_secret()) && done.code == 0
    };
    let rest: Vec<&str> = done.out.lines().filter(|line| !shown(line)).collect();
    clean(canaries, &format!("standard output of {what}"), &rest.join("\n"));
}

/// A value for a setting of every kind, so that some are good and most are not.
fn values(canaries: &Canaries) -> Vec<String> {
    let w = || canaries.word();
    vec![
        w(),
        format!("{} {}\t{}", w(), canaries.ssn(), canaries.date()),
        format!("{}+{}+{}", w(), w(), w()),
        format!("{},{}", canaries.address(), canaries.address()),
        format!("https://{}.example/{}?{}={}", w(), w(), w(), w()),
        format!("https://{}:{}@{}.example/", w(), w(), w()),
        format!("redis://{}:{}@{}.example/0", w(), w(), w()),
        format!("{}={},{}=%{}", w(), w(), w(), w()),
        format!("/{}/{}", w(), w()),
        w().repeat(500),
    ]
}

pub(crate) fn every_setting(canaries: &Canaries) {
    let world = World::new("settings");
    let file = |content: &str| {
        let path = world.path("cwd").join(canaries.word());
        fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let values = values(canaries);
    let files: Vec<String> = values.iter().map(|value| file(value)).collect();
    let nowhere = format!("/{}/{}", canaries.word(), canaries.word());
    for setting in settings::settings() {
        for name in names(setting) {
            let in_file = format!("{name}_FILE");
            let mut tries: Vec<Vec<(&str, &str)>> = values.iter().map(|value| vec![(name, value.as_str())]).collect();
            tries.extend(files.iter().map(|path| vec![(in_file.as_str(), path.as_str())]));
            tries.push(vec![(&in_file, &nowhere)]);
            tries.push(vec![(name, &values[0]), (&in_file, &files[0])]);
            tries.extend(setting.also.map(|also| vec![(setting.name, values[0].as_str()), (also, values[1].as_str())]));
            for variables in &tries {
                let done = run_with(&world, &["config"], variables, b"");
                assert!([0, 64].contains(&done.code), "{name}: {}", done.err);
                look(canaries, &format!("config with {name}"), &done);
                if setting.is_secret() {
                    let done = run_with(&world, &["config", "--format", "json"], variables, b"");
                    clean(canaries, &format!("config in JSON with {name}"), &format!("{}{}", done.out, done.err));
                }
            }
        }
    }
    every_command_with_everything_wrong(&world, canaries, &values, &files);
    unknown(&world, canaries);
    does_not_start(&world, canaries);
    healthcheck_and_token(&world, canaries, &values);
}

/// All settings wrong at once, for every command that reads them.
fn every_command_with_everything_wrong(world: &World, canaries: &Canaries, values: &[String], files: &[String]) {
    for (value, path) in values.iter().zip(files) {
        let wrong: Vec<(&str, &str)> = settings::settings().map(|setting| (setting.name, value.as_str())).collect();
        let paths: Vec<(String, &str)> =
            settings::settings().map(|setting| (format!("{}_FILE", setting.name), path.as_str())).collect();
        let in_files: Vec<(&str, &str)> = paths.iter().map(|(name, path)| (name.as_str(), *path)).collect();
        for variables in [wrong, in_files] {
            for arguments in [
                &["serve"][..],
                &["config"],
                &["config", "--format", "json"],
                &["config", "--markdown"],
                &["config", "--env", "production"],
                &["healthcheck"],
                &["token", "--scope", "admin"],
                &["openapi"],
                &["deidentify", "--policy", "surrogate", "-"],
            ] {
                let done = run_with(world, arguments, &variables, b"");
                clean(canaries, &format!("standard error of {arguments:?}"), &done.err);
                clean(canaries, &format!("standard output of {arguments:?}"), &done.out);
            }
        }
    }
}

/// Names that begin as ours do. One in capitals is repeated, because it has to be found; nothing else is.
fn unknown(world: &World, canaries: &Canaries) {
    let known = format!("CLINICAL_{}", canaries.variable());
    for name in [
        known.clone(),
        format!("CLINICAL_{}", canaries.name()),
        format!("CLINICAL_{} {}", canaries.variable(), canaries.variable()),
        format!("CLINICAL_{}", canaries.variable().repeat(8)),
        format!("CLINICAL_PORT_{}", canaries.name()),
    ] {
        for arguments in [&["config"][..], &["serve"], &["healthcheck"]] {
            let done = run_with(world, arguments, &[(&name, &canaries.word())], b"");
            assert_eq!((done.code, done.out.as_str()), (64, ""), "{name}");
            clean(canaries, "standard error of an unknown setting", &done.err.replace(&known, "NAME"));
        }
    }
}

/// Settings that are good by themselves, and with which the service cannot start.
fn does_not_start(world: &World, canaries: &Canaries) {
    let w = || canaries.word();
    let is_a_file = world.path("cwd").join(w());
    fs::write(&is_a_file, format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", w())).unwrap();
    let (file, nowhere) = (is_a_file.to_str().unwrap(), format!("/{}/{}", w(), w()));
    // What is no audit log stands where it should be, and is too long for a line that was cut off.
    let taken = world.path("cwd").join(w());
    fs::create_dir_all(taken.join("audit")).unwrap();
    fs::write(taken.join("audit/audit-20250301T090000Z-000000000001.ndjson"), w().repeat(700_000)).unwrap();
    // A network card that is not there: no name server is asked.
    let host = format!("fe80::1%{}", w());
    let (site, headers) = (format!("{}.example:6514", w()), format!("{}={}", w(), w()));
    for variables in [
        &[("CLINICAL_HOST", host.as_str())][..],
        &[("CLINICAL_HOST", "198.51.100.77")],
        &[("CLINICAL_LOG_DIR", file)],
        &[("CLINICAL_LOG_DIR", taken.to_str().unwrap())],
        &[("TLS_CERT", file), ("TLS_KEY", file)],
        &[("TLS_CERT", &nowhere), ("TLS_KEY", &nowhere)],
        &[("CLINICAL_AUDIT_SINKS", "syslog"), ("CLINICAL_AUDIT_SYSLOG", &site), ("CLINICAL_AUDIT_SYSLOG_CA", file)],
        &[("CLINICAL_AUDIT_SINKS", "syslog"), ("CLINICAL_AUDIT_SYSLOG", &site), ("CLINICAL_AUDIT_SYSLOG_CA", &nowhere)],
        &[("REDIS_URL", "redis://198.51.100.1:x/y/z")],
        &[("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1/?x"), ("OTEL_EXPORTER_OTLP_HEADERS", &headers)],
    ] {
        let done = run_with(world, &["serve", "--port", "0"], variables, b"");
        assert!([2, 64].contains(&done.code), "{variables:?}: {} {}", done.code, done.err);
        let what = format!("a start with {}", variables[0].0);
        clean(canaries, &format!("standard error of {what}"), &done.err);
        assert_eq!(done.out, "", "{what}");
    }
    for options in [["--host", &host], ["--port", &host], ["--max-seconds", &host], ["--max-request-mb", &host]] {
        for command in ["serve", "config"] {
            let done = run_with(world, &[&[command], &options[..]].concat(), &[], b"");
            assert_eq!(done.code, if command == "config" && options[0] == "--host" { 0 } else { 64 }, "{options:?}");
            look(canaries, &format!("{command} {}", options[0]), &done);
        }
    }
}

/// What another server answers is not repeated, and neither is a secret in a token.
fn healthcheck_and_token(world: &World, canaries: &Canaries, values: &[String]) {
    let w = || canaries.word();
    for server in [
        Listener::replying(&format!("418 {}", w()), &format!("{}: {}\r\n", w(), w()), &w()),
        Listener::replying("302 Found", &format!("Location: http://{}.example/{}\r\n", w(), w()), ""),
        Listener::saying(w()),
        Listener::saying(""),
    ] {
        let secret = w().repeat(3);
        let variables = [("CLINICAL_PORT", server.port()), ("OAUTH2_JWT_SECRET", secret)];
        let variables = variables.each_ref().map(|(name, value)| (*name, value.as_str()));
        for what in ["live", "ready", "startup"] {
            let done = run_with(world, &["healthcheck", "--what", what, "--timeout", "5"], &variables, b"");
            assert!([1, 2].contains(&done.code), "{}", done.err);
            clean(canaries, "what healthcheck says", &format!("{}{}", done.out, done.err));
        }
    }
    let secret = format!("{}+{}+{}", w(), w(), w());
    let subject = w();
    let asked = ["token", "--role", "clinician", "--subject", &subject];
    let done = run_with(world, &asked, &[("OAUTH2_JWT_SECRET", &secret)], b"");
    assert_eq!((done.code, done.err.as_str()), (0, ""));
    // The claims name the subject, because it was asked for; header and signature hold nothing.
    let parts: Vec<&str> = done.out.trim_end().split('.').collect();
    assert_eq!(parts.len(), 3);
    assert!(canaries.found_in(parts[1]).is_some());
    clean(canaries, "the other parts of a token", &format!("{} {}", parts[0], parts[2]));
    let long = w().repeat(30);
    let lines = format!("{}\n{}", w(), w());
    for (arguments, secret) in [
        (["--scope", &long, "--subject", &subject], &secret),
        (["--role", &subject, "--subject", &subject], &secret),
        (["--role", "admin", "--subject", &long], &secret),
        (["--role", "admin", "--subject", &lines], &secret),
        (["--role", "admin", "--minutes", &subject], &secret),
        (["--role", "admin", "--subject", &subject], &values[0]),
    ] {
        let done = run_with(world, &[&["token"][..], &arguments].concat(), &[("OAUTH2_JWT_SECRET", secret)], b"");
        assert_eq!((done.code, done.out.as_str()), (64, ""), "{arguments:?}");
        clean(canaries, "what is said about a token", &done.err);
    }
}

/// A secret and a certificate that are exchanged for something else while the service runs.
pub(crate) fn exchanged(canaries: &Canaries) {
    let world = World::new("exchanged");
    let pair = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let path = |content: &str| {
        let path = world.path("cwd").join(canaries.word());
        fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (cert, key) = (path(&pair.cert.pem()), path(&pair.signing_key.serialize_pem()));
    let secret = path(&canaries.word().repeat(3));
    let logs = world.path("logs");
    let variables = [
        ("TLS_CERT", cert.as_str()),
        ("TLS_KEY", &key),
        ("OAUTH2_JWT_SECRET_FILE", &secret),
        ("CLINICAL_LOG_DIR", logs.to_str().unwrap()),
    ];
    let server = Server::start(&world, &[], &variables);
    let log = logs.join(log_file::NAME);
    until_it_says(&log, "", || {
        fs::write(&cert, format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", canaries.word()))
            .unwrap();
    });
    until_it_says(&log, " certificate-refused", || fs::write(&secret, canaries.word()).unwrap());
    until_it_says(&log, " secrets-refused", || fs::write(&secret, canaries.word().repeat(4)).unwrap());
    until_it_says(&log, " secrets-renewed", || ());
    let (out, err) = server.end();
    assert_eq!(out, "");
    written::log(canaries, &err);
    written::log(canaries, &fs::read_to_string(log).unwrap());
}

/// Waits for an event, and then does what comes next.
fn until_it_says(log: &Path, event: &str, next: impl FnOnce()) {
    for _ in 0..600 {
        if fs::read_to_string(log).unwrap_or_default().contains(event) {
            return next();
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("it never said{event}");
}

/// A value that is no Unicode, and a name that is none.
#[cfg(unix)]
pub(crate) fn no_unicode(canaries: &Canaries) {
    use std::ffi::OsString;
    use std::os::unix::ffi::OsStringExt as _;
    let world = World::new("unicode");
    let bytes = |begin: &str| OsString::from_vec([begin.as_bytes(), canaries.word().as_bytes(), b"\xff\xfe"].concat());
    for name in [OsString::from("OAUTH2_JWT_SECRET"), OsString::from("CLINICAL_APP_NAME"), bytes("CLINICAL_")] {
        let mut command: Command = world.program();
        let output = command.env(&name, bytes("")).arg("config").output().unwrap();
        assert_eq!(output.status.code(), Some(64), "{name:?}");
        for text in [output.stdout, output.stderr] {
            clean(canaries, "what is said of a setting that is no Unicode", &String::from_utf8_lossy(&text));
        }
    }
}

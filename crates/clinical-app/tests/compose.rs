//! The compose files and what they mount, held to the program: its settings, its secrets, its files.
//!
//! What an engine makes of them is tested by `.ci/docker/compose`.
#![expect(clippy::disallowed_methods, reason = "a test that reads the project's own files")]
#![expect(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

use clinical_app::settings::{self, Deployment, Given, Mistake, Settings, Surroundings};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

const BASE: &str = "docker-compose.yml";
const DEVELOPMENT: &str = "docker-compose.dev.yml";
const PRODUCTION: &str = "docker-compose.prod.yml";
const REPLICAS: &str = "docker-compose-ha.yml";
const KEY: &str = "kS0v1mJ7Qm2b8Yy3nD4wTgZr5uXhPq6cLfEaVoIiRjGtHsUkMlNzBxCyWdFpKQe9";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap()
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The environment of a service, as the file has it.
fn environment(file: &str, service: &str) -> BTreeMap<String, String> {
    let text = read(file);
    let lines = text.lines().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
    let inside = lines.skip_while(|line| *line != format!("  {service}:")).skip(1).take_while(|line| indent(line) > 2);
    let rows = inside.skip_while(|line| *line != "    environment:").skip(1).take_while(|line| indent(line) > 4);
    let pairs = rows.map(|line| line.trim().split_once(": ").unwrap());
    let found: BTreeMap<_, _> = pairs.map(|(k, v)| (k.to_owned(), v.trim_matches('"').to_owned())).collect();
    assert!(!found.is_empty(), "{file}: {service} has no environment");
    found
}

/// The environment that both replicas of the high-availability file share.
fn replicas() -> BTreeMap<String, String> {
    let text = read(REPLICAS);
    let inside = text.lines().skip_while(|line| *line != "x-settings: &settings").skip(1);
    let rows = inside.take_while(|line| line.starts_with("  ")).filter(|line| !line.trim_start().starts_with('#'));
    let pairs = rows.map(|line| line.trim().split_once(": ").unwrap());
    pairs.map(|(k, v)| (k.to_owned(), v.trim_matches('"').to_owned())).collect()
}

/// The variables that a value is made of.
fn variables(value: &str) -> Vec<&str> {
    let end = |c: char| !c.is_ascii_alphanumeric() && c != '_';
    value.split("${").skip(1).map(|rest| rest.split(end).next().unwrap()).collect()
}

/// What compose makes of a value: `${NAME:-…}`, `${NAME-…}` and `${NAME:?…}`.
fn filled(value: &str, set: &HashMap<String, String>) -> Result<String, String> {
    let Some((before, rest)) = value.split_once("${") else { return Ok(value.to_owned()) };
    let (inside, after) = rest.split_once('}').unwrap();
    let at = inside.find([':', '-']).unwrap();
    let (name, operator) = inside.split_at(at);
    let given = set.get(name);
    let is_empty = given.is_none_or(String::is_empty);
    let text = if let Some(default) = operator.strip_prefix(":-") {
        if is_empty { default } else { given.unwrap() }
    } else if let Some(default) = operator.strip_prefix('-') {
        given.map_or(default, String::as_str)
    } else {
        assert!(operator.starts_with(":?"), "{value}");
        if is_empty {
            return Err(name.to_owned());
        }
        given.unwrap()
    };
    Ok(format!("{before}{text}{}", filled(after, set)?))
}

/// What the service is given where these files are one over the other and `.env` says this.
fn given(files: &[&str], set: &HashMap<String, String>) -> Result<HashMap<String, String>, String> {
    let mut all = BTreeMap::new();
    for file in files {
        all.extend(environment(file, "clinical-api"));
    }
    all.into_iter().map(|(name, value)| Ok((name, filled(&value, set)?))).collect()
}

fn settings_of(files: &[&str], set: &HashMap<String, String>) -> Result<Settings, Vec<Mistake>> {
    Settings::read(&given(files, set).unwrap(), &Given::default(), &Surroundings { uid: Some(1001) })
}

fn template(deployment: Deployment) -> HashMap<String, String> {
    let text = settings::template(deployment);
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| line.split_once('=').unwrap()).map(|(k, v)| (k.to_owned(), v.to_owned())).collect()
}

fn with(set: &HashMap<String, String>, pairs: &[(&str, &str)]) -> HashMap<String, String> {
    let mut set = set.clone();
    set.extend(pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())));
    set
}

#[test]
fn every_setting_can_be_given_and_nothing_else() {
    let mut names = BTreeSet::new();
    for setting in settings::settings() {
        names.insert(setting.name.to_owned());
        if setting.is_secret() {
            names.insert(format!("{}_FILE", setting.name));
        }
    }
    for file in [BASE, DEVELOPMENT] {
        let rows: BTreeSet<String> = environment(file, "clinical-api").into_keys().collect();
        assert_eq!(rows, names, "{file}");
    }
    for name in environment(PRODUCTION, "clinical-api").into_keys() {
        assert!(names.contains(&name), "{PRODUCTION}: {name}");
    }
}

/// TLS ends at the load balancer; host, port and its address as the trusted proxy are the file's own.
#[test]
fn replicas_take_the_same_settings() {
    let mut names: BTreeSet<String> = environment(BASE, "clinical-api").into_keys().collect();
    assert!(names.remove("TLS_CERT") && names.remove("TLS_KEY"));
    let rows = replicas();
    assert_eq!(rows.keys().cloned().collect::<BTreeSet<_>>(), names);
    for (name, value) in rows {
        let expected = match name.as_str() {
            "CLINICAL_HOST" | "CLINICAL_PORT" => vec![],
            "CLINICAL_TRUSTED_PROXIES" => vec!["HA_ADDRESSES"],
            name => vec![name],
        };
        assert_eq!(variables(&value), expected, "{name}");
    }
}

#[test]
fn a_setting_comes_from_the_variable_of_its_name() {
    for file in [BASE, DEVELOPMENT, PRODUCTION] {
        for (name, value) in environment(file, "clinical-api") {
            let fixed = name == "CLINICAL_ENVIRONMENT" && file != BASE;
            let expected = if fixed { vec![] } else { vec![name.as_str()] };
            assert_eq!(variables(&value), expected, "{file}: {name}");
        }
    }
}

#[test]
fn development_needs_no_preparation() {
    for files in [&[DEVELOPMENT][..], &[BASE, DEVELOPMENT]] {
        for set in [HashMap::new(), template(Deployment::Development)] {
            let settings = settings_of(files, &set).unwrap();
            assert_eq!((settings.environment, settings.host.as_str()), (Deployment::Development, "0.0.0.0"));
            assert!(settings.debug && settings.audit.is_some());
            assert!(settings.is_allowed_host("localhost:8000") && settings.is_allowed_host("clinical-api:8000"));
        }
    }
}

#[test]
fn production_asks_for_what_only_its_user_knows() {
    for set in [HashMap::new(), template(Deployment::Production)] {
        let mistakes = settings_of(&[BASE], &set).unwrap_err();
        let names: Vec<&str> = mistakes.iter().map(|mistake| mistake.name.as_str()).collect();
        assert_eq!(names, ["OAUTH2_JWT_SECRET"]);
        assert_eq!(given(&[BASE, PRODUCTION], &set).unwrap_err(), "CLINICAL_ALLOWED_HOSTS");
    }
    // Without the files of the secrets, which stand where the container is; .ci/docker/compose reads them there.
    let files = ["OAUTH2_JWT_SECRET_FILE", "CLINICAL_DEIDENTIFY_SECRET_FILE", "CLINICAL_AUDIT_SIGNING_KEY_FILE"];
    let without = files.map(|name| (name, ""));
    let set = with(&template(Deployment::Production), &without);
    let set = with(&set, &[("CLINICAL_ALLOWED_HOSTS", "notes.example.org"), ("OAUTH2_JWT_SECRET", KEY)]);
    let settings = settings_of(&[BASE, PRODUCTION], &set).unwrap();
    assert_eq!((settings.environment, settings.debug), (Deployment::Production, false));
    assert!(settings.is_allowed_host("notes.example.org") && settings.is_allowed_host("clinical-api:8000"));
    // A file of a secret and a value for it are one too many.
    let both = with(&set, &[("OAUTH2_JWT_SECRET_FILE", "/run/secrets/oauth2_jwt_secret")]);
    let mistakes = settings_of(&[BASE, PRODUCTION], &both).unwrap_err();
    assert_eq!(mistakes.first().unwrap().name, "OAUTH2_JWT_SECRET");
}

/// A secret that is read in a container is mounted there, comes from the folder of secrets, and is made by the script.
#[test]
fn every_secret_is_a_file_that_the_setup_makes() {
    let setup = read("docker/setup.sh");
    let mut seen = 0;
    for file in [BASE, PRODUCTION] {
        let text = read(file);
        let of_service = environment(file, "clinical-api");
        let mounted = of_service.values().filter_map(|value| value.split("/run/secrets/").nth(1));
        let mut names: BTreeSet<&str> = mounted.map(|name| name.trim_end_matches('}')).collect();
        let listed = text.lines().skip_while(|line| *line != "secrets:").skip(1);
        names.extend(listed.filter(|line| indent(line) == 2).map(|line| line.trim().trim_end_matches(':')));
        for name in names {
            seen += 1;
            assert!(text.contains(&format!("  {name}:\n    file: ./docker/secrets/{name}\n")), "{file}: {name}");
            let uses = [format!("      - {name}\n"), format!("secrets: [{name}]")];
            assert!(uses.iter().any(|used| text.contains(used)), "{file}: {name} is not mounted");
            assert!(setup.contains(&format!("keep docker/secrets/{name} ")), "docker/setup.sh makes no {name}");
            assert!(read("docker/secrets/README.md").contains(&format!("`{name}`")), "{name}");
        }
    }
    assert!(seen >= 4);
    let grafana = read("docker/monitoring/grafana/grafana.ini");
    assert!(grafana.contains("$__file{/run/secrets/grafana_admin_password}"));
}

/// What is mounted from the repository is there, and what is a folder of this machine is made by the script.
#[test]
fn every_mounted_path_is_there_or_is_made() {
    let setup = read("docker/setup.sh");
    let mut seen = 0;
    for file in [BASE, PRODUCTION] {
        for source in read(file).lines().filter_map(|line| line.trim().strip_prefix("source: ./")) {
            seen += 1;
            if let Some(folder) = source.strip_prefix("docker/volumes/") {
                let words: Vec<&str> = setup.split([' ', ';', '\n', '/']).collect();
                assert!(words.contains(&folder.rsplit('/').next().unwrap()), "docker/setup.sh makes no {source}");
            } else {
                let source = filled(source, &HashMap::new()).unwrap();
                assert!(root().join(&source).exists(), "{file}: {source}");
            }
        }
    }
    assert!(seen >= 10);
}

/// A section of a file for Fluent Bit: its name, and its keys with their values.
fn sections(file: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut found: Vec<(String, Vec<(String, String)>)> = Vec::new();
    for line in read(file).lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix('[') {
            found.push((name.strip_suffix(']').unwrap().to_owned(), Vec::new()));
        } else if let Some(included) = line.strip_prefix("@INCLUDE ") {
            assert_eq!(included, "output.conf", "{file}");
        } else {
            let (key, value) = line.split_once(' ').unwrap();
            found.last_mut().unwrap().1.push((key.to_owned(), value.trim().to_owned()));
        }
    }
    found
}

/// The options that Fluent Bit 3.2 has, as far as they are used: it does not start with one that it does not know.
const SERVICE: &[&str] = &[
    "flush",
    "grace",
    "daemon",
    "log_level",
    "http_server",
    "storage.path",
    "storage.sync",
    "storage.checksum",
    "storage.backlog.mem_limit",
    "scheduler.base",
    "scheduler.cap",
];
const TAIL: &[&str] = &[
    "name",
    "tag",
    "path",
    "path_key",
    "db",
    "db.locking",
    "read_from_head",
    "refresh_interval",
    "rotate_wait",
    "buffer_max_size",
    "skip_long_lines",
    "storage.type",
];
const OUTPUTS: &[(&str, &[&str])] = &[
    ("stdout", &["name", "match", "format"]),
    ("forward", &["name", "match", "host", "port", "require_ack_response", "tls", "tls.verify", "retry_limit"]),
    (
        "http",
        &[
            "name",
            "match",
            "host",
            "port",
            "uri",
            "format",
            "json_date_key",
            "json_date_format",
            "header_tag",
            "log_response_payload",
            "tls",
            "tls.verify",
            "retry_limit",
        ],
    ),
];

fn value<'s>(of: &'s [(String, String)], key: &str) -> &'s str {
    of.iter().find(|(k, _)| k == key).map_or("", |(_, v)| v)
}

/// A modest check: the form of the file and the names of its options. Fluent Bit itself is not asked.
#[test]
fn fluent_bit_ships_all_three_logs_and_knows_its_place_in_each() {
    let all = sections("docker/logging/fluent-bit.conf");
    let mut paths = BTreeMap::new();
    let mut places = BTreeSet::new();
    for (name, pairs) in &all {
        let known = if name == "SERVICE" { SERVICE } else { TAIL };
        let mut keys = BTreeSet::new();
        for (key, _) in pairs {
            assert!(known.contains(&key.as_str()), "[{name}] {key}");
            assert!(keys.insert(key), "[{name}] {key} stands twice");
        }
        if name == "SERVICE" {
            assert!(value(pairs, "storage.path").starts_with("/fluent-bit/state/"));
            continue;
        }
        assert_eq!((name.as_str(), value(pairs, "name")), ("INPUT", "tail"));
        paths.insert(value(pairs, "tag"), value(pairs, "path"));
        assert!(value(pairs, "db").starts_with("/fluent-bit/state/") && places.insert(value(pairs, "db")));
        assert_eq!((value(pairs, "read_from_head"), value(pairs, "storage.type")), ("true", "filesystem"));
    }
    let expected = BTreeMap::from([
        ("clinical.application", "/app/logs*/application.log"),
        ("clinical.audit", "/app/logs*/audit/*.ndjson"),
        ("clinical.security", "/app/logs*/security/*.ndjson"),
    ]);
    assert_eq!(paths, expected);
    let given = environment(PRODUCTION, "fluent-bit");
    for (plugin, known) in OUTPUTS {
        let all = sections(&format!("docker/logging/outputs/{plugin}.conf"));
        let [(name, pairs)] = all.as_slice() else { panic!("{plugin}: one section") };
        assert_eq!((name.as_str(), value(pairs, "name"), value(pairs, "match")), ("OUTPUT", *plugin, "clinical.*"));
        for (key, text) in pairs {
            assert!(known.contains(&key.as_str()), "{plugin}: {key}");
            for variable in variables(text) {
                assert!(given.contains_key(variable), "{plugin}: {variable} is not given");
            }
        }
        if *plugin != "stdout" {
            assert_eq!((value(pairs, "tls"), value(pairs, "tls.verify")), ("on", "on"), "{plugin}");
        }
    }
}

//! A service with everything switched on that writes anything, and a look at all that it wrote.

use super::bearers::{AUDIENCE, Bearer, Issuer};
use super::canaries::Canaries;
use super::folders::World;
use super::listener::Listener;
use super::server::{Request, Server};
use super::written::{self, Known, Met, clean};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

/// Where the tests ask from.
pub(crate) const HERE: &str = "127.0.0.1";

pub(crate) struct Watched<'c> {
    pub(crate) canaries: &'c Canaries,
    pub(crate) server: Server,
    pub(crate) issuer: Issuer<'c>,
    known: Known,
    world: World,
    before: BTreeMap<PathBuf, Vec<u8>>,
    logs: String,
    collector: Listener,
    /// What the collector shall be sent as a header.
    key: String,
}

/// What it wrote.
pub(crate) struct Ended {
    pub(crate) err: String,
    /// Who and what was met in the audit log.
    pub(crate) met: Met,
}

impl<'c> Watched<'c> {
    /// Starts it with secrets and names planted in its settings, and with these settings more or instead.
    pub(crate) fn start(canaries: &'c Canaries, name: &str, more: &[(&str, &str)]) -> Self {
        let issuer = Issuer::new(canaries);
        let key_server = Listener::replying("200 OK", "Content-Type: application/json\r\n", &issuer.keys.to_string());
        Self::with(canaries, name, issuer, &key_server, Listener::replying("200 OK", "", ""), more)
    }

    /// The same with a key server that says something else, and a collector.
    pub(crate) fn with(
        canaries: &'c Canaries,
        name: &str,
        issuer: Issuer<'c>,
        key_server: &Listener,
        collector: Listener,
        more: &[(&str, &str)],
    ) -> Self {
        let w = || canaries.word();
        let world = World::new(name);
        let secret = world.path("cwd").join(w());
        fs::write(&secret, format!("{}\n", issuer.secret)).unwrap();
        let before = world.everything();
        let (logs, key, site) = (w(), w(), w());
        let folder = world.path(&logs);
        let (keys, key_header) = (key_server.url(&format!("/{}?{}={}", w(), w(), w())), format!("x-key={key}"));
        let (origin, host) = (format!("https://{}.example", w()), format!("{}.example", w()));
        let (seed, deidentify) = (STANDARD.encode(format!("{}{}1234", w(), w())), format!("{}{}", w(), w()));
        let mut variables = vec![
            ("CLINICAL_APP_NAME", site.clone()),
            ("CLINICAL_DEBUG", "true".to_owned()),
            ("CLINICAL_ENABLE_REQUEST_LOGGING", "true".to_owned()),
            ("CLINICAL_LOG_DIR", folder.to_str().unwrap().to_owned()),
            ("CLINICAL_AUDIT_SINKS", "file,stdout".to_owned()),
            ("CLINICAL_AUDIT_SIGNING_KEY", seed),
            ("CLINICAL_DEIDENTIFY_SECRET", deidentify),
            ("CLINICAL_MODEL_CACHE_DIR", format!("/{}", w())),
            ("CLINICAL_TRUSTED_PROXIES", HERE.to_owned()),
            ("CLINICAL_ALLOWED_ORIGINS", origin),
            ("CLINICAL_ALLOWED_HOSTS", host),
            ("OAUTH2_JWT_SECRET_FILE", secret.to_str().unwrap().to_owned()),
            ("OAUTH2_JWKS_URL", keys),
            ("OAUTH2_ISSUER", issuer.name.clone()),
            ("OAUTH2_AUDIENCE", AUDIENCE.to_owned()),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url("")),
            ("OTEL_EXPORTER_OTLP_HEADERS", key_header),
        ];
        variables.extend(more.iter().map(|(name, value)| (*name, (*value).to_owned())));
        let variables: Vec<(&str, &str)> = variables.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let server = Server::start(&world, &[], &variables);
        let known = Known { site, addresses: [HERE.to_owned()].into(), ..Known::default() };
        Self { canaries, server, issuer, known, world, before, logs, collector, key }
    }

    /// From now on the audit log may have these, and this address.
    pub(crate) fn knows(&mut self, bearers: &[Bearer], address: &str) {
        self.known.subjects.extend(bearers.iter().map(|bearer| bearer.written.clone()).filter(|who| !who.is_empty()));
        self.known.addresses.insert(address.to_owned());
    }

    /// Looks at what anybody is told who looks after the service, ends it, and looks at all that it wrote.
    pub(crate) fn end(self) -> Ended {
        let canaries = self.canaries;
        for (target, accept) in [
            ("/metrics", ""),
            ("/metrics", "application/openmetrics-text; version=1.0.0"),
            ("/health", ""),
            ("/api/v1/health/dependencies", ""),
            ("/api/v1/health/ready", ""),
        ] {
            let request = Request { method: "GET", target, accept, media: "", more: &[], body: b"" };
            let reply = self.server.ask(&request.bytes());
            assert_eq!(reply.status, 200, "{target}: {}", reply.body);
            assert!(!reply.body.is_empty());
            clean(canaries, target, &format!("{}\n{}", reply.head, reply.body));
        }
        let (out, err) = self.server.end();
        written::log(canaries, &err);
        let on_stdout = self.known.audit(canaries, "standard output", &out);
        let met = self.known.folder(canaries, &self.world, &self.logs);
        assert_eq!(on_stdout.subjects, met.subjects);
        written::telemetry(canaries, &self.collector.heard(), &self.key);
        self.world.must_be_as(&self.before, &self.world.path(&self.logs));
        Ended { err, met }
    }
}

//! TLS as an operator sets it up, and the question that a container asks.

use crate::client::{Ask, Line, Reply};
use crate::folder::{Folder, until};
use crate::service::{Service, free_port, outcome, program};
use clinical_app::clock;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;

/// Writes a certificate and its key, and gives the certificate.
fn renew(folder: &Folder) -> String {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    folder.write("tls.key", &made.signing_key.serialize_pem());
    folder.write("tls.crt", &made.cert.pem());
    made.cert.pem()
}

/// What is at an address, for a client that trusts one certificate.
fn get(address: SocketAddr, trusted: &str, target: &str) -> std::io::Result<Reply> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(trusted.as_bytes()).unwrap()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let config = Arc::new(config.with_root_certificates(roots).with_no_client_auth());
    let connection = ClientConnection::new(config, ServerName::try_from("localhost").unwrap()).unwrap();
    let mut line = Line::over(StreamOwned::new(connection, TcpStream::connect(address)?));
    line.ask(&Ask::get(target))
}

fn healthcheck(port: u16, more: &[(&str, &str)], what: &str) -> (Option<i32>, String) {
    let port = port.to_string();
    let mut command = program(&[more, &[("CLINICAL_PORT", &port)]].concat());
    command.args(["healthcheck", "--what", what]);
    outcome(command)
}

#[test]
fn https_works_and_the_healthcheck_speaks_what_the_service_speaks() {
    let folder = Folder::new("tls");
    let cert = renew(&folder);
    let (tls_cert, tls_key) = (folder.text("tls.crt"), folder.text("tls.key"));
    let pair = [("CLINICAL_TLS_CERT", tls_cert.as_str()), ("CLINICAL_TLS_KEY", tls_key.as_str())];
    let service = Service::start(&pair);
    let ready = |cert: &str| get(service.address, cert, "/api/v1/health/ready").ok().map(|reply| reply.status);
    until("it is ready over TLS", || ready(&cert) == Some(200));
    let port = service.address.port();
    for what in ["live", "ready", "startup"] {
        assert_eq!(healthcheck(port, &pair, what).0, Some(0), "{what}");
    }
    let (code, said) = healthcheck(port, &[], "ready");
    assert_eq!(code, Some(2), "plain HTTP is not what it speaks: {said}");
    // The alert on a certificate that ends has something to look at.
    let metrics = get(service.address, &cert, "/metrics").unwrap().text();
    let series = "clinical_tls_certificate_expiry_timestamp_seconds ";
    let end = metrics.lines().find_map(|line| line.strip_prefix(series)).expect("when the certificate ends");
    assert!(end.parse::<f64>().unwrap() > clock::unix_seconds() as f64);
    // A certificate that is renewed is served without a restart.
    let new = renew(&folder);
    until("the new certificate is served", || ready(&new) == Some(200));
    assert!(get(service.address, &cert, "/api/v1/health/ready").is_err(), "the old one is not served any more");
    assert_eq!(healthcheck(port, &pair, "ready").0, Some(0));
    let said = service.end();
    assert_eq!(said.matches("certificate-renewed").count(), 1, "{said}");
}

#[test]
fn the_healthcheck_tells_well_from_unwell_from_absent() {
    let service = Service::start(&[]);
    let port = service.address.port();
    for what in ["live", "ready", "startup"] {
        let (code, said) = healthcheck(port, &[], what);
        assert_eq!((code, said.as_str()), (Some(0), ""), "{what}");
    }
    service.end();
    let (code, said) = healthcheck(free_port(), &[], "ready");
    assert_eq!(code, Some(2), "{said}");
    // A service that listens on one address alone is asked there.
    let elsewhere = [("CLINICAL_HOST", "127.0.0.2")];
    let service = Service::start(&elsewhere);
    assert_eq!(healthcheck(service.address.port(), &elsewhere, "ready").0, Some(0));
    service.end();
    // That 1 is the answer while it is not ready is seen where the audit breaks, in `sinks`.
}

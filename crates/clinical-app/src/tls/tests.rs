//! Pairs of files, good and broken. Connections are in `tests/tls.rs`.

#![expect(clippy::disallowed_methods, reason = "writes the files that are looked at")]

use super::*;
use std::path::Path;

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("clinical-tls-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn config(&self) -> Config {
        Config { cert: self.0.join("tls.crt"), key: self.0.join("tls.key") }
    }

    fn write(&self, cert: &str, key: &str) {
        std::fs::write(self.0.join("tls.crt"), cert).unwrap();
        std::fs::write(self.0.join("tls.key"), key).unwrap();
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn pair() -> (String, String) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    (made.cert.pem(), made.signing_key.serialize_pem())
}

fn fault(folder: &Folder) -> Option<Fault> {
    Tls::open(&folder.config()).err()
}

#[test]
fn what_is_wrong_is_named_and_no_file_is() {
    let folder = Folder::new("CANARY");
    let ((cert, key), (_, other)) = (pair(), pair());
    assert_eq!(fault(&folder), Some(Fault::CertificateUnread));
    folder.write(&cert, &key);
    assert_eq!(fault(&folder), None);
    for (cert, key, expected) in [
        ("", key.as_str(), Fault::NoCertificate),
        ("CANARY", &key, Fault::NoCertificate),
        (&key, &key, Fault::NoCertificate),
        ("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", &key, Fault::NoCertificate),
        (&cert, "", Fault::NoKey),
        (&cert, &cert, Fault::NoKey),
        (&cert, "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n", Fault::NoKey),
        (&cert, &other, Fault::Mismatch),
        (&" ".repeat(2 << 20), &key, Fault::CertificateUnread),
    ] {
        folder.write(cert, key);
        let found = fault(&folder);
        assert_eq!(found, Some(expected));
        let said = format!("{expected} {expected:?}");
        assert!(said.contains("TLS_") && !said.contains("CANARY"), "{said}");
    }
    folder.write(&cert, &key);
    std::fs::remove_file(folder.config().key).unwrap();
    assert_eq!(fault(&folder), Some(Fault::KeyUnread));
}

#[test]
fn a_new_pair_is_taken_and_a_broken_one_is_not() {
    let folder = Folder::new("renewed");
    let ((cert, key), (new_cert, new_key)) = (pair(), pair());
    folder.write(&cert, &key);
    let tls = Tls::open(&folder.config()).unwrap();
    let served = || tls.current.0.read().unwrap().cert[0].as_ref().to_vec();
    let first = served();
    assert_eq!(tls.look(), Look::Same);
    // Between the two writes of whoever renews it.
    folder.write(&new_cert, &key);
    assert_eq!(tls.look(), Look::Refused(Fault::Mismatch));
    assert!(!tls.is_refusing(), "it may be mended at the next look");
    assert_eq!(served(), first);
    folder.write(&new_cert, &new_key);
    assert_eq!(tls.look(), Look::Renewed);
    assert_ne!(served(), first);
    assert_eq!(tls.look(), Look::Same);
    let second = served();
    folder.write("gone", &new_key);
    for _ in 0..2 {
        assert_eq!(tls.look(), Look::Refused(Fault::NoCertificate));
    }
    assert!(tls.is_refusing());
    assert_eq!(served(), second);
    folder.write(&new_cert, &new_key);
    assert_eq!(tls.look(), Look::Same);
    assert!(!tls.is_refusing());
}

#[test]
#[cfg(unix)]
fn a_link_that_moves_is_a_new_pair() {
    // As Kubernetes and the Key Vault driver do it: tls.crt -> ..data/tls.crt, ..data -> a folder with a date.
    let folder = Folder::new("link");
    let data = folder.0.join("..data");
    let put = |name: &str, (cert, key): (String, String)| {
        let dated = folder.0.join(name);
        std::fs::create_dir_all(&dated).unwrap();
        std::fs::write(dated.join("tls.crt"), cert).unwrap();
        std::fs::write(dated.join("tls.key"), key).unwrap();
        let new = folder.0.join("..new");
        std::os::unix::fs::symlink(Path::new(name), &new).unwrap();
        std::fs::rename(new, &data).unwrap();
    };
    put("..one", pair());
    let config = Config { cert: data.join("tls.crt"), key: data.join("tls.key") };
    let tls = Tls::open(&config).unwrap();
    assert_eq!(tls.look(), Look::Same);
    put("..two", pair());
    assert_eq!(tls.look(), Look::Renewed);
}

#[test]
fn when_the_certificate_ends_is_read_from_it() {
    let folder = Folder::new("ends");
    let mut wanted = rcgen::CertificateParams::new(["localhost".to_owned()]).unwrap();
    wanted.not_after = rcgen::date_time_ymd(2031, 5, 17);
    let key = rcgen::KeyPair::generate().unwrap();
    folder.write(&wanted.self_signed(&key).unwrap().pem(), &key.serialize_pem());
    // 2031-05-17T00:00:00Z
    assert_eq!(Tls::open(&folder.config()).unwrap().ends(), Some(1_936_742_400));
}

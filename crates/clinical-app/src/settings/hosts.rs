//! The names by which the service may be called.

use super::{Settings, parse};

/// This machine, as a `Host` header writes it. A page elsewhere can point a name of its own at this machine (DNS
/// rebinding) but cannot call itself one of these, and health checks on the machine need them.
pub(super) const HERE: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

impl Settings {
    /// Whether a `Host` header, with or without its port, names this service.
    #[must_use]
    pub fn is_allowed_host(&self, named: &str) -> bool {
        let host = match named.rsplit_once(':') {
            Some((host, port)) if !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()) => host,
            _ => named,
        };
        // A star in a header is no name.
        let Some(host) = parse::allowed_host(host).filter(|host| !host.contains('*')) else { return false };
        self.allowed_hosts.iter().any(|allowed| match allowed.strip_prefix("*.") {
            Some(below) => host.strip_suffix(below).is_some_and(|rest| rest.ends_with('.')),
            None => allowed == "*" || *allowed == host,
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::settings::Settings;

    #[test]
    fn only_our_own_names_are_ours() {
        let allowed_hosts = ["localhost", "127.0.0.1", "[::1]", "clinic.example", "*.ward.example"];
        let settings = Settings { allowed_hosts: allowed_hosts.map(str::to_owned).to_vec(), ..Settings::default() };
        for ours in [
            "localhost",
            "LocalHost:8000",
            "127.0.0.1:1",
            "[::1]:8000",
            "[::1]",
            "clinic.example:80",
            "a.ward.example",
            "a.b.Ward.example:1",
        ] {
            assert!(settings.is_allowed_host(ours), "{ours}");
        }
        for foreign in [
            "",
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example:80",
            "localhost:x",
            "::2",
            "*",
            "*.ward.example",
            "ward.example",
            "xward.example",
            ".ward.example",
            "a@ward.example",
            "clinic.example/x",
        ] {
            assert!(!settings.is_allowed_host(foreign), "{foreign}");
        }
        let any = Settings { allowed_hosts: vec!["*".to_owned()], ..Settings::default() };
        assert!(any.is_allowed_host("evil.example") && !any.is_allowed_host(""));
    }
}

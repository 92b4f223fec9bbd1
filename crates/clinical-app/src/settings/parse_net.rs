//! From text to hosts, nets and addresses.

use axum::http::Uri;
use ipnet::IpNet;
use std::net::{IpAddr, Ipv6Addr};

/// The port of syslog over TLS (RFC 5425, 4.1).
const SYSLOG: u16 = 6514;

/// Longest address of the web that is taken.
const LONGEST: usize = 2000;

/// An address, as far as start-up asks about it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Url {
    /// It is asked over TLS.
    pub(super) is_https: bool,
    /// It is on this machine.
    pub(super) is_loopback: bool,
}

/// An address of the web. One with a user name in it would stand in logs of others with its password.
pub(super) fn url(text: &str) -> Option<Url> {
    let (uri, scheme) = absolute(text)?;
    let authority = uri.authority()?;
    let is_https = scheme == "https";
    let fits = (is_https || scheme == "http") && !authority.as_str().contains('@');
    fits.then(|| Url { is_https, is_loopback: is_loopback(authority.host()) })
}

/// Whether something can be put behind an address as a path.
pub(super) fn is_base(text: &str) -> bool {
    !text.contains('?')
}

/// Whether an address is of this machine, of a private net (RFC 1918, RFC 4193), or a name that only a container, a
/// cluster or a house knows: one without dots, or below `.svc`, `.svc.cluster.local`, `.internal` (ICANN, 2024) or
/// `.home.arpa`.
pub(super) fn is_nearby(text: &str) -> bool {
    let Some(authority) = absolute(text).and_then(|(uri, _)| uri.authority().cloned()) else { return false };
    let host = authority.host();
    let bare = host.trim_start_matches('[').trim_end_matches(']').to_ascii_lowercase();
    match bare.parse::<IpAddr>() {
        Ok(IpAddr::V4(address)) => address.is_loopback() || address.is_private(),
        Ok(IpAddr::V6(address)) => address.is_loopback() || address.is_unique_local(),
        Err(_) => {
            let name = bare.trim_end_matches('.');
            let below = [".svc", ".svc.cluster.local", ".internal", ".home.arpa"];
            is_loopback(host) || !name.contains('.') || below.iter().any(|end| name.ends_with(end))
        }
    }
}

pub(super) fn is_redis(text: &str) -> bool {
    absolute(text).is_some_and(|(_, scheme)| scheme == "redis" || scheme == "rediss")
}

fn absolute(text: &str) -> Option<(Uri, String)> {
    // A fragment is not sent to anybody; the reader of addresses drops it without a word.
    if text.len() > LONGEST || text.contains('#') {
        return None;
    }
    let uri: Uri = text.parse().ok()?;
    let scheme = uri.scheme_str()?.to_ascii_lowercase();
    let has_host = uri.authority().is_some_and(|authority| !authority.host().is_empty());
    has_host.then_some((uri, scheme))
}

/// A name that means this machine (RFC 6761, 6.3), or an address that does.
pub(super) fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let name = bare.to_ascii_lowercase();
    name == "localhost" || name.ends_with(".localhost") || bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// What can be listened on.
pub(super) fn is_listening_host(text: &str) -> bool {
    // `%` names the interface of a link-local address (RFC 4007, 11.2).
    let address = text.split_once('%').map_or(text, |(address, _)| address);
    let is_zoned = address.len() < text.len() && text.bytes().all(|b| b.is_ascii_graphic());
    text.parse::<IpAddr>().is_ok() || is_name(text) || (is_zoned && address.parse::<Ipv6Addr>().is_ok())
}

/// A name as hosts have them: labels of letters, digits, hyphens and (in containers) underscores.
fn is_name(text: &str) -> bool {
    text.len() <= 253
        && text.split('.').all(|label| {
            (1..=63).contains(&label.len())
                && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
                && !label.starts_with('-')
                && !label.ends_with('-')
        })
}

/// A host that clients may name, in small letters and as a `Host` header writes it.
pub(super) fn allowed_host(text: &str) -> Option<String> {
    if text == "*" {
        return Some(text.to_owned());
    }
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    if let Ok(address) = bare.unwrap_or(text).parse::<Ipv6Addr>() {
        return Some(format!("[{address}]"));
    }
    is_name(text.strip_prefix("*.").unwrap_or(text)).then(|| text.to_ascii_lowercase())
}

/// The origin of a page, as browsers write it: scheme, host and port and nothing after them.
pub(super) fn origin(text: &str) -> Option<String> {
    if text == "*" {
        return Some(text.to_owned());
    }
    url(text)?;
    let (_, rest) = text.split_once("://")?;
    (!rest.contains(['/', '?', '#'])).then(|| text.to_ascii_lowercase())
}

/// An address or a net; bits behind the prefix are taken off.
pub(super) fn net(text: &str) -> Option<IpNet> {
    let address = || text.parse::<IpAddr>().ok().map(IpNet::from);
    text.parse::<IpNet>().ok().or_else(address).map(|net| net.trunc())
}

/// A host and its port; without one it is that of syslog over TLS.
pub(super) fn host_port(text: &str) -> Option<(String, u16)> {
    let bracketed = text.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    let (host, port) = match bracketed {
        Some((host, "")) => (host, None),
        Some((host, rest)) => (host, Some(rest.strip_prefix(':')?)),
        None if text.parse::<Ipv6Addr>().is_ok() => (text, None),
        None => text.rsplit_once(':').map_or((text, None), |(host, port)| (host, Some(port))),
    };
    let port = match port {
        None => SYSLOG,
        Some(digits) => digits.parse().ok().filter(|n| *n > 0 && digits.bytes().all(|b| b.is_ascii_digit()))?,
    };
    is_listening_host(host).then(|| (host.to_owned(), port))
}

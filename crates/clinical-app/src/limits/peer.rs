//! Where a request comes from.

use super::Net;
use axum::http::header::FORWARDED;
use axum::http::{HeaderMap, HeaderName};
use std::fmt;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

/// Where a request comes from, for handlers: what [`peer`] found. It is for limits and the audit, never for the log; `Debug`
/// does not show it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Peer(pub IpAddr);

impl fmt::Debug for Peer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Peer(..)")
    }
}

/// A chain of more proxies than this is no chain. It bounds the work for a header that lists thousands.
const LONGEST: usize = 32;

/// The address that a request comes from. IPv4 written as IPv6 comes back as IPv4.
///
/// Only a trusted proxy is believed: `X-Forwarded-For` and `Forwarded` (RFC 7239) are read from their right end, where
/// the proxy that talks to us wrote, as long as what stands there is trusted itself. The first address that is not is
/// the client. What cannot be read (`unknown`, hidden names, garbage) ends the walk at the last proxy that could.
///
/// Most proxies write one of the two headers and pass the other on as the client wrote it. Nobody can tell which it
/// is, so where both are there and name different clients, neither is believed and the proxy itself counts.
#[must_use]
pub fn peer(remote: IpAddr, headers: &HeaderMap, trusted: &[Net]) -> IpAddr {
    let remote = remote.to_canonical();
    let is_trusted = |address: IpAddr| trusted.iter().any(|net| net.contains(address));
    if !is_trusted(remote) {
        return remote;
    }
    let listed = walk(remote, x_forwarded_for(headers), is_trusted);
    let forwarded = walk(remote, forwarded(headers).into_iter(), is_trusted);
    match (listed, forwarded) {
        (Some(one), Some(other)) if one != other => remote,
        (Some(one), _) | (None, Some(one)) => one,
        (None, None) => remote,
    }
}

/// From the nearest hop to the first that is not trusted; `None` if there is no hop at all.
fn walk(
    remote: IpAddr,
    hops: impl Iterator<Item = Option<IpAddr>>,
    is_trusted: impl Fn(IpAddr) -> bool,
) -> Option<IpAddr> {
    let mut hops = hops.take(LONGEST).peekable();
    hops.peek()?;
    let mut last = remote;
    for hop in hops {
        let Some(address) = hop else { break };
        last = address;
        if !is_trusted(address) {
            break;
        }
    }
    Some(last)
}

/// The hops of all its lines, nearest first; `None` for one that cannot be read.
fn x_forwarded_for(headers: &HeaderMap) -> impl Iterator<Item = Option<IpAddr>> {
    headers
        .get_all(HeaderName::from_static("x-forwarded-for"))
        .iter()
        .rev()
        .flat_map(|line| line.as_bytes().rsplit(|byte| *byte == b','))
        .map(<[u8]>::trim_ascii)
        // A list may have empty places (RFC 9110, 5.6.1.2).
        .filter(|hop| !hop.is_empty())
        .map(|hop| node(std::str::from_utf8(hop).ok()?))
}

/// The same of `Forwarded`. Values in quotation marks can hold commas, so a line is read from its left; what a client
/// leaves open there makes the line unreadable, and the walk ends at the proxy.
fn forwarded(headers: &HeaderMap) -> Vec<Option<IpAddr>> {
    let mut hops = Vec::new();
    for line in headers.get_all(FORWARDED) {
        let Some(elements) = line.to_str().ok().and_then(elements) else {
            hops.push(None);
            continue;
        };
        hops.extend(elements);
    }
    hops.reverse();
    hops
}

/// The `for` of each element (RFC 7239, 4). `None` for a line that is not written by the rules.
fn elements(line: &str) -> Option<Vec<Option<IpAddr>>> {
    let mut hops = Vec::new();
    let (mut hop, mut is_empty) = (None, true);
    let mut rest = line.trim_matches([' ', '\t']);
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix(',') {
            if !is_empty {
                hops.push(hop.take());
            }
            is_empty = true;
            rest = after.trim_start_matches([' ', '\t']);
            continue;
        }
        if let Some(after) = rest.strip_prefix(';') {
            rest = after.trim_start_matches([' ', '\t']);
            continue;
        }
        let (name, after) = rest.split_once('=')?;
        if name.is_empty() || !name.bytes().all(is_token) {
            return None;
        }
        let (value, after) = value(after)?;
        if name.eq_ignore_ascii_case("for") {
            hop = node(value);
        }
        is_empty = false;
        rest = after.trim_start_matches([' ', '\t']);
        if !(rest.is_empty() || rest.starts_with([',', ';'])) {
            return None;
        }
    }
    if !is_empty {
        hops.push(hop);
    }
    Some(hops)
}

/// A value and what follows it. A quoted one with an escape in it is no address; it comes back as it stands.
fn value(text: &str) -> Option<(&str, &str)> {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find([',', ';', ' ', '\t']).unwrap_or(text.len());
        return Some(text.split_at(end)).filter(|(value, _)| !value.contains('"'));
    };
    let mut escaped = false;
    let end = quoted.bytes().position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    })?;
    Some((&quoted[..end], &quoted[end + 1..]))
}

fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

/// An address as proxies write it: alone, with a port, IPv6 in brackets or bare.
fn node(text: &str) -> Option<IpAddr> {
    let address = match text.parse::<IpAddr>() {
        Ok(address) => address,
        Err(_) => match text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            Some(inner) => inner.parse::<Ipv6Addr>().ok()?.into(),
            // With a port. A zone (`%eth0`) means something on one machine only.
            None => text.parse::<SocketAddr>().ok().filter(|_| !text.contains('%'))?.ip(),
        },
    };
    Some(address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn found(remote: &str, lines: &[(&'static str, &str)]) -> String {
        let trusted: Vec<Net> = ["10.0.0.0/8", "2001:db8:ffff::/48"].map(|net| net.parse().unwrap()).to_vec();
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(*name, HeaderValue::from_bytes(value.as_bytes()).unwrap());
        }
        peer(remote.parse().unwrap(), &headers, &trusted).to_string()
    }

    const LIST: &str = "x-forwarded-for";

    #[test]
    fn a_header_from_anybody_else_is_not_believed() {
        assert_eq!(found("192.0.2.9", &[(LIST, "198.51.100.1"), ("forwarded", "for=198.51.100.1")]), "192.0.2.9");
        assert_eq!(found("10.0.0.1", &[]), "10.0.0.1");
        assert_eq!(found("::ffff:192.0.2.9", &[]), "192.0.2.9");
    }

    #[test]
    fn the_rightmost_address_that_is_not_trusted_is_the_client() {
        for (line, client) in [
            ("198.51.100.1", "198.51.100.1"),
            ("203.0.113.5, 198.51.100.1", "198.51.100.1"),
            ("203.0.113.5, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
            ("198.51.100.1:4711, 10.0.0.2:80", "198.51.100.1"),
            ("[2001:db8::1]:443", "2001:db8::1"),
            ("[2001:db8::1]", "2001:db8::1"),
            ("2001:db8::1", "2001:db8::1"),
            ("2001:db8::1,2001:db8:ffff::7", "2001:db8::1"),
            ("::ffff:198.51.100.1, ::ffff:10.0.0.3", "198.51.100.1"),
            ("198.51.100.1, ,", "198.51.100.1"),
            ("10.0.0.9, 10.0.0.8", "10.0.0.9"),
        ] {
            assert_eq!(found("10.0.0.1", &[(LIST, line)]), client, "{line}");
            assert_eq!(found("::ffff:10.0.0.1", &[(LIST, line)]), client, "{line}");
        }
        assert_eq!(found("10.0.0.1", &[(LIST, "203.0.113.5"), (LIST, "198.51.100.1, 10.0.0.2")]), "198.51.100.1");
    }

    #[test]
    fn what_cannot_be_read_ends_the_walk_at_the_last_proxy() {
        for garbage in
            ["unknown", "Ada", "198.51.100.300", "198.51.100.1:port", "[198.51.100.1]", "fe80::1%eth0", "\u{e9}"]
        {
            let line = format!("203.0.113.5, {garbage}, 10.0.0.2");
            assert_eq!(found("10.0.0.1", &[(LIST, &line)]), "10.0.0.2", "{garbage}");
        }
        let endless = "10.0.0.2,".repeat(5000) + "198.51.100.1";
        assert_eq!(found("10.0.0.1", &[(LIST, &endless)]), "198.51.100.1");
        let endless = "198.51.100.1,".to_owned() + &"10.0.0.2,".repeat(5000);
        assert_eq!(found("10.0.0.1", &[(LIST, &endless)]), "10.0.0.2");
    }

    #[test]
    fn forwarded_is_read_as_rfc_7239_writes_it() {
        for (line, client) in [
            ("for=198.51.100.1", "198.51.100.1"),
            ("For=\"[2001:db8:cafe::17]:4711\"", "2001:db8:cafe::17"),
            ("for=198.51.100.1;proto=http;by=203.0.113.43", "198.51.100.1"),
            ("proto=https;by=\"x,for=9.9.9.9\";for=198.51.100.1", "198.51.100.1"),
            ("for=203.0.113.5, for=198.51.100.1 , for=10.0.0.2;proto=https", "198.51.100.1"),
            ("for=\"198.51.100.1:80\"", "198.51.100.1"),
            ("for=unknown, for=10.0.0.2", "10.0.0.2"),
            ("for=_hidden", "10.0.0.1"),
            ("proto=https", "10.0.0.1"),
            ("for=\"198.51.100.1", "10.0.0.1"),
            ("for=9.9.9.9\", for=198.51.100.1", "10.0.0.1"),
            ("for=\"9.9.9.9, for=198.51.100.1", "10.0.0.1"),
            ("for 198.51.100.1", "10.0.0.1"),
            ("=198.51.100.1", "10.0.0.1"),
            ("", "10.0.0.1"),
        ] {
            assert_eq!(found("10.0.0.1", &[("forwarded", line)]), client, "{line}");
        }
    }

    #[test]
    fn headers_that_disagree_are_not_believed() {
        let both = |list: &str, forwarded: &str| found("10.0.0.1", &[(LIST, list), ("forwarded", forwarded)]);
        assert_eq!(both("198.51.100.1", "for=198.51.100.1"), "198.51.100.1");
        // The proxy writes the one header; the other is the client's own.
        assert_eq!(both("198.51.100.1", "for=203.0.113.77"), "10.0.0.1");
        assert_eq!(both("203.0.113.77", "for=198.51.100.1"), "10.0.0.1");
        assert_eq!(both("198.51.100.1", "garbage"), "10.0.0.1");
    }
}

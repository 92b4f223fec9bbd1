//! Networks of addresses.

use ipnet::{IpNet, Ipv4Net};
use std::fmt;
use std::net::{IpAddr, Ipv6Addr};
use std::str::FromStr;

/// A network, as `10.0.0.0/8`, `2001:db8::/32`, or one address alone. IPv4 written as IPv6 (`::ffff:10.0.0.1`,
/// RFC 4291, 2.5.5.2) is IPv4, here and in the addresses that are asked about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Net(IpNet);

/// A text that is no network. It is not repeated.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("not an address or a network as 10.0.0.0/8")]
pub struct NotANet;

impl Net {
    /// Whether the address lies in it.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        self.0.contains(&address.to_canonical())
    }
}

impl FromStr for Net {
    type Err = NotANet;

    fn from_str(text: &str) -> Result<Self, NotANet> {
        let text = text.trim();
        let net = match text.parse::<IpAddr>() {
            Ok(address) => IpNet::from(address.to_canonical()),
            Err(_) => text.parse().map_err(|_| NotANet)?,
        };
        // The last 32 bits of a mapped network are one of IPv4.
        if let IpNet::V6(v6) = net
            && let (Some(address), Some(length)) = (v6.addr().to_ipv4_mapped(), v6.prefix_len().checked_sub(96))
        {
            return Ipv4Net::new(address, length).map(|net| Self(net.trunc().into())).map_err(|_| NotANet);
        }
        Ok(Self(net.trunc()))
    }
}

impl fmt::Display for Net {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What counts as one neighbour: an address of IPv4, or the network of 64 bits of one of IPv6, which is what a
/// customer gets (RFC 6177) and can draw addresses from without end.
#[must_use]
pub fn neighbourhood(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_lies_in_its_network_however_it_is_written() {
        for (net, address, inside) in [
            ("10.0.0.0/8", "10.255.0.1", true),
            ("10.0.0.0/8", "11.0.0.1", false),
            ("10.1.2.3/8", "10.9.9.9", true),
            (" 127.0.0.1 ", "127.0.0.1", true),
            ("127.0.0.1", "127.0.0.2", false),
            ("10.0.0.0/8", "::ffff:10.0.0.1", true),
            ("::ffff:10.0.0.0/104", "10.0.0.1", true),
            ("::ffff:10.0.0.1", "10.0.0.1", true),
            ("2001:db8::/32", "2001:db8:1::1", true),
            ("::/0", "10.0.0.1", false),
            ("0.0.0.0/0", "::ffff:10.0.0.1", true),
        ] {
            assert_eq!(net.parse::<Net>().unwrap().contains(address.parse().unwrap()), inside, "{net} {address}");
        }
        for bad in ["", "*", "10.0.0.0/33", "10.0.0", "proxy.example", "10.0.0.0/-1", "fe80::1%eth0"] {
            assert_eq!(bad.parse::<Net>(), Err(NotANet), "{bad}");
        }
    }
}

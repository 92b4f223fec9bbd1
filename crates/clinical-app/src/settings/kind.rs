//! What the value of a setting can be, and how that is said.

use super::parse;
use std::borrow::Cow;

/// What a value can be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// True or false.
    YesNo,
    /// A whole number, both ends included.
    Whole {
        /// The smallest.
        least: u64,
        /// The largest.
        most: u64,
        /// What is counted; empty for a plain number.
        unit: &'static str,
    },
    /// Seconds with decimals, above zero.
    Seconds {
        /// The largest.
        most: u32,
    },
    /// One of these words, in any case.
    OneOf(&'static [&'static str]),
    /// Several, separated by commas.
    List(Item),
    /// A name or an address to listen on.
    Host,
    /// A name or an address with a port.
    HostPort,
    /// A place in the file system.
    Path,
    /// `http:` or `https:`, without a user name in it.
    Url,
    /// A short text of one line.
    Text,
    /// The value of an HTTP header: visible ASCII and spaces.
    Header,
    /// What is never shown.
    Secret(Secret),
}

/// What the items of a list can be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Item {
    /// A host as clients name it, `*.` before a name for all below it, or `*` for every one.
    Host,
    /// The origin of a web page (RFC 6454, 6.2), or `*` for every one.
    Origin,
    /// An address or a net in CIDR notation (RFC 4632, 3.1).
    Net,
    /// One of these words.
    OneOf(&'static [&'static str]),
}

/// The forms of secrets.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Secret {
    /// Keys that sign, separated by commas: several while one takes the place of another.
    Keys,
    /// Any bytes, this many at least.
    Bytes(usize),
    /// 32 bytes in Base64: the seed of an Ed25519 key (RFC 8032, 5.1.5).
    Seed,
    /// The address of a Redis server; a password may stand in it.
    Redis,
    /// Headers of requests: `name=value`, separated by commas, percent-encoded.
    Headers,
    /// A key that somebody else gave: visible ASCII without blanks.
    Word,
}

impl Kind {
    /// Whether a value is of this kind.
    #[must_use]
    pub fn admits(self, value: &[u8]) -> bool {
        if let Self::Secret(Secret::Bytes(least)) = self {
            return value.len() >= least;
        }
        let Ok(text) = std::str::from_utf8(value) else { return false };
        let line = text.trim();
        match self {
            Self::YesNo => parse::yes_no(line).is_some(),
            Self::Whole { least, most, .. } => parse::whole(line, least, most).is_some(),
            Self::Seconds { most } => parse::seconds(line, most).is_some(),
            Self::OneOf(words) => parse::one_of(line, words).is_some(),
            Self::List(item) => item.admits(line),
            Self::Host => parse::is_listening_host(line),
            Self::HostPort => parse::host_port(line).is_some(),
            Self::Path => parse::is_line(line),
            Self::Url => parse::url(line).is_some(),
            Self::Text => parse::is_line(line) && line.chars().count() <= 200,
            Self::Header => parse::is_header(line),
            Self::Secret(Secret::Keys) => parse::keys(line).is_some(),
            Self::Secret(Secret::Seed) => parse::seed(line).is_some(),
            Self::Secret(Secret::Redis) => parse::is_redis(line),
            Self::Secret(Secret::Headers) => parse::headers(line).is_some(),
            Self::Secret(Secret::Word) => parse::is_word(line),
            Self::Secret(Secret::Bytes(_)) => false,
        }
    }

    /// What a value must be: the end of the sentence "NAME must be …".
    #[must_use]
    pub fn must_be(self) -> Cow<'static, str> {
        match self {
            Self::YesNo => "true or false (also yes, no, on, off, 1, 0)".into(),
            Self::Whole { least, most, unit: "" } => format!("a whole number from {least} to {most}").into(),
            Self::Whole { least, most, unit } => format!("a whole number of {unit} from {least} to {most}").into(),
            Self::Seconds { most } => format!("a number of seconds above 0, {most} at most").into(),
            Self::OneOf([one]) => (*one).into(),
            Self::OneOf(words) => format!("one of {}", words.join(", ")).into(),
            Self::List(item) => item.must_be(),
            Self::Host => "a host name or an address to listen on".into(),
            Self::HostPort => "a host name or an address, with a port after a colon".into(),
            Self::Path => "a path".into(),
            Self::Url => "an address that begins with https:// or http://, without a user name in it".into(),
            Self::Text => "a text of one line, 200 characters at most".into(),
            Self::Header => "the value of a header: one line of ASCII".into(),
            Self::Secret(secret) => secret.must_be(),
        }
    }

    /// A good value as it is shown: a path or a text as it was given, all else in our own spelling. A query can hold a
    /// key, so that of an address is not shown.
    #[must_use]
    pub fn shown(self, text: &str) -> String {
        let line = text.trim();
        match self {
            Self::YesNo => parse::yes_no(line).map(|yes| yes.to_string()),
            Self::OneOf(words) => parse::one_of(line, words).map(str::to_owned),
            Self::List(item) => item.shown(line),
            Self::Url => line.split_once('?').map(|(address, _)| format!("{address}?{MASK}")),
            Self::Secret(_) => Some(MASK.to_owned()),
            _ => None,
        }
        .unwrap_or_else(|| line.to_owned())
    }
}

/// What stands in the place of a secret, whatever its length.
pub(super) const MASK: &str = "********";

impl Item {
    fn admits(self, list: &str) -> bool {
        match self {
            Self::Host => parse::list(list, parse::allowed_host).is_some(),
            Self::Origin => parse::list(list, parse::origin).is_some(),
            Self::Net => parse::list(list, parse::net).is_some(),
            Self::OneOf(words) => parse::list(list, |item| parse::one_of(item, words)).is_some(),
        }
    }

    fn must_be(self) -> Cow<'static, str> {
        match self {
            Self::Host => "host names or addresses without ports, separated by commas".into(),
            Self::Origin => "origins such as https://portal.example.org, separated by commas".into(),
            Self::Net => "addresses or nets such as 10.0.0.0/8, separated by commas".into(),
            Self::OneOf(words) => format!("any of {}, separated by commas", words.join(", ")).into(),
        }
    }

    fn shown(self, list: &str) -> Option<String> {
        match self {
            Self::Host => parse::list(list, parse::allowed_host).map(|items| items.join(",")),
            Self::Origin => parse::list(list, parse::origin).map(|items| items.join(",")),
            Self::Net => parse::list(list, parse::net)
                .map(|items| items.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")),
            Self::OneOf(words) => {
                parse::list(list, |item| parse::one_of(item, words)).map(|items: Vec<&str>| items.join(","))
            }
        }
    }
}

impl Secret {
    fn must_be(self) -> Cow<'static, str> {
        match self {
            Self::Keys => "a secret, or up to four separated by commas".into(),
            Self::Bytes(least) => {
                format!("a secret of {least} bytes or more, or a file that holds nothing else").into()
            }
            Self::Seed => "32 bytes in Base64".into(),
            Self::Redis => "an address that begins with rediss:// or redis://".into(),
            Self::Headers => "headers as name=value, percent-encoded, separated by commas".into(),
            Self::Word => "a key of one line: visible ASCII without blanks".into(),
        }
    }
}

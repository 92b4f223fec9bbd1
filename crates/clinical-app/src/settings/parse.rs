//! From text to values. Nothing here says what it read.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use clinical_pipeline::Phi;

pub(super) use super::parse_net::{allowed_host, host_port, is_listening_host, is_redis, net, origin, url};
pub(super) use super::parse_net::{is_base, is_nearby};

/// More items than this are no list that a person wrote.
const ITEMS: usize = 256;

/// Keys that are valid at a time: the old one, the new one, and as many again for two issuers.
const KEYS: usize = 4;

/// Longest line that is taken.
const LINE: usize = 4096;

/// Base64 with or without padding: both are common for keys.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

pub(super) fn yes_no(text: &str) -> Option<bool> {
    let is = |words: &[&str]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    if is(&["true", "yes", "on", "1"]) {
        return Some(true);
    }
    is(&["false", "no", "off", "0"]).then_some(false)
}

pub(super) fn whole(text: &str, least: u64, most: u64) -> Option<u64> {
    // Rust would also take a sign.
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|n| digits && (least..=most).contains(n))
}

pub(super) fn seconds(text: &str, most: u32) -> Option<f64> {
    text.parse().ok().filter(|n: &f64| *n > 0.0 && *n <= f64::from(most))
}

/// The word as we spell it.
pub(super) fn one_of<'w>(text: &str, words: &[&'w str]) -> Option<&'w str> {
    words.iter().copied().find(|word| text.eq_ignore_ascii_case(word))
}

/// The items of a list, one at least. A comma too many is no item.
pub(super) fn list<T>(text: &str, item: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    let items: Vec<&str> = text.split(',').map(str::trim).filter(|item| !item.is_empty()).collect();
    if items.is_empty() || items.len() > ITEMS {
        return None;
    }
    items.into_iter().map(item).collect()
}

/// One line of text: no control characters, and not what stands for a value that is no Unicode.
pub(super) fn is_line(text: &str) -> bool {
    !text.is_empty() && text.len() <= LINE && !text.chars().any(|c| c.is_control() || c == '\u{fffd}')
}

pub(super) fn is_header(text: &str) -> bool {
    is_line(text) && text.bytes().all(|b| matches!(b, b' '..=b'~'))
}

/// A key that goes into a header as it stands.
pub(super) fn is_word(text: &str) -> bool {
    !text.is_empty() && text.len() <= LINE && text.bytes().all(|b| b.is_ascii_graphic())
}

/// Keys, separated by commas. An empty one would be a key that everybody knows, so here a comma too many counts.
pub(super) fn keys(text: &str) -> Option<Vec<Phi<Vec<u8>>>> {
    let keys: Vec<&str> = text.split(',').map(str::trim).collect();
    let good = keys.len() <= KEYS
        && keys.iter().all(|key| !key.is_empty() && key.chars().all(|c| !c.is_control() && c != '\u{fffd}'));
    good.then(|| keys.into_iter().map(|key| Phi::new(key.as_bytes().to_vec())).collect())
}

pub(super) fn seed(text: &str) -> Option<Phi<Vec<u8>>> {
    BASE64.decode(text).ok().filter(|bytes| bytes.len() == 32).map(Phi::new)
}

/// Headers as the OpenTelemetry specification writes them: `name=value`, separated by commas, percent-encoded (its
/// "OTLP exporter configuration", after W3C Baggage).
pub(super) fn headers(text: &str) -> Option<Vec<(String, String)>> {
    list(text, |item| {
        let (name, value) = item.split_once('=')?;
        let (name, value) = (percent_decoded(name.trim())?, percent_decoded(value.trim())?);
        let is_name =
            !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$&'*+-.^_`|~".contains(&b));
        (is_name && is_header(&value)).then(|| (name.to_ascii_lowercase(), value))
    })
}

fn percent_decoded(text: &str) -> Option<String> {
    let mut decoded = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        if *first != b'%' {
            decoded.push(*first);
            continue;
        }
        let [high, low, after @ ..] = rest else { return None };
        let digit = |b: u8| char::from(b).to_digit(16).and_then(|d| u8::try_from(d).ok());
        decoded.push(digit(*high)? * 16 + digit(*low)?);
        rest = after;
    }
    String::from_utf8(decoded).ok()
}

/// Whether a secret is one that stands in examples, or that somebody typed to get on.
pub(super) fn is_placeholder(secret: &[u8]) -> bool {
    /// In small letters and without the signs between words.
    const KNOWN: &[&str] = &[
        "changeme",
        "changethis",
        "replaceme",
        "replacethis",
        "placeholder",
        "insecure",
        "notforproduction",
        "forproduction",
        "developmentonly",
        "devonly",
        "yoursecret",
        "yourjwtsecret",
        "yoursupersecret",
        "yoursecure",
        "your256bitsecret",
        "your384bitsecret",
        "your512bitsecret",
        "astringsecretatleast",
        "0123456789",
        "1234567890",
        "abcdefghij",
        "avalidstringsecret",
        "supersecret",
        "topsecret",
        "secretkey",
        "mysecret",
        "examplesecret",
        "examplekey",
        "testsecret",
        "defaultsecret",
        "password",
        "letmein",
        // A reference that App Service could not resolve reaches the program as it was written.
        "microsoftkeyvault",
    ];
    let plain: String =
        secret.iter().filter(|b| b.is_ascii_alphanumeric()).map(|b| char::from(b.to_ascii_lowercase())).collect();
    let mut bytes = secret.to_vec();
    bytes.sort_unstable();
    bytes.dedup();
    // Thirty-two bytes drawn by lot have eight different ones or more, also when they are written in hexadecimal.
    bytes.len() < 8 || KNOWN.iter().any(|known| plain.contains(known))
}

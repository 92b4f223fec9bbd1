//! Identifiers that stand nowhere but where they were planted.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::cell::RefCell;
use std::collections::BTreeSet;

/// Every word begins so. No sentence, path, id or digest of ours holds it.
const MARK: &str = "Zqxvjk";

/// So much of it is looked for: a word that was cut off is found, too.
const CUT: usize = 4;

/// Every address begins with one of these, as nobody's address does (RFC 3849, RFC 5737).
const NETS: [&str; 2] = ["2001:db8:5a71:7876:", "198.51.100."];

/// Makes identifiers from a seed and knows all that it made.
pub(crate) struct Canaries {
    state: RefCell<State>,
    /// The mark as it stands inside base64, behind any number of bytes.
    in_base64: [String; 3],
    /// The same in hexadecimal, percent-encoded, and as lists of numbers.
    in_bytes: Vec<String>,
}

struct State {
    seed: u64,
    /// What has no mark: dates, numbers, digests.
    unmarked: BTreeSet<String>,
}

impl Canaries {
    pub(crate) fn new(seed: u64) -> Self {
        let mark = &MARK.as_bytes()[..CUT];
        let joined = |write: fn(&u8) -> String, between: &str| mark.iter().map(write).collect::<Vec<_>>().join(between);
        let hex: String = MARK.bytes().map(|byte| format!("{byte:02x}")).collect();
        let in_bytes = vec![
            hex,
            joined(|byte| format!("%{byte:02x}"), ""),
            joined(u8::to_string, ", "),
            joined(u8::to_string, ","),
        ];
        let state = RefCell::new(State { seed, unmarked: BTreeSet::new() });
        Self { state, in_base64: [0, 1, 2].map(marked), in_bytes }
    }

    fn draw(&self, below: u64) -> u64 {
        let mut state = self.state.borrow_mut();
        state.seed = state.seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state.seed >> 33) % below
    }

    fn keep(&self, made: String) -> String {
        self.state.borrow_mut().unmarked.insert(made.clone());
        made
    }

    /// A name, a place, a number of a plan, a secret: letters and digits.
    pub(crate) fn word(&self) -> String {
        let letters = b"abcdefghijklmnopqrstuvwxyz0123456789";
        let tail: String = (0..8).map(|_| char::from(letters[self.draw(36) as usize])).collect();
        format!("{MARK}{tail}")
    }

    /// A name of a person or a place as they are: letters.
    pub(crate) fn name(&self) -> String {
        let tail: String = (0..8).map(|_| char::from(b'a' + self.draw(26) as u8)).collect();
        format!("{MARK}{tail}")
    }

    /// A name in capitals, as variables have them.
    pub(crate) fn variable(&self) -> String {
        self.name().to_uppercase()
    }

    /// An address of mail.
    pub(crate) fn mail(&self) -> String {
        format!("{}@{}.example", self.word(), self.word())
    }

    /// A date of a century of which nothing of ours speaks.
    pub(crate) fn date(&self) -> String {
        self.keep(format!("18{:02}-{:02}-{:02}", 10 + self.draw(80), 1 + self.draw(12), 1 + self.draw(28)))
    }

    /// A telephone number.
    pub(crate) fn phone(&self) -> String {
        self.keep(format!("({}) 555-01{:02}", 200 + self.draw(700), self.draw(100)))
    }

    /// A social security number of a range that is never given out.
    pub(crate) fn ssn(&self) -> String {
        self.keep(format!("9{:02}-{:02}-{:04}", self.draw(100), 10 + self.draw(80), 1000 + self.draw(9000)))
    }

    /// Remembers a digest of something that was made, as the audit log writes it: nobody else may.
    pub(crate) fn digest(&self, digest: &str) {
        self.keep(digest.to_owned());
    }

    /// Where a client could be.
    pub(crate) fn address(&self) -> String {
        match self.draw(2) {
            0 => {
                let [a, b, c, d] = [0; 4].map(|_: u8| 1 + self.draw(0xfffe));
                format!("{}{a:x}:{b:x}:{c:x}:{d:x}", NETS[0])
            }
            _ => format!("{}{}", NETS[1], 1 + self.draw(254)),
        }
    }

    /// What of these identifiers stands in a text, however it is written: the text itself, in other case, cut off after
    /// its first letters, in base64, in hexadecimal, or as the numbers of its bytes.
    pub(crate) fn found_in(&self, text: &str) -> Option<String> {
        self.strange_in(text, "").or_else(|| self.unmarked_in(text))
    }

    /// The same of words and addresses, but for what stands in `own`: what a client sent may come back to that client.
    pub(crate) fn strange_in(&self, text: &str, own: &str) -> Option<String> {
        let (lower, own) = (text.to_lowercase(), own.to_lowercase());
        let mark = MARK[..CUT].to_lowercase();
        for (begin, signs) in [(NETS[0], ":"), (NETS[1], "."), (mark.as_str(), "")] {
            for (at, _) in lower.match_indices(begin) {
                let run = lower[at..].split(|c: char| !c.is_alphanumeric() && !signs.contains(c)).next().unwrap();
                if !own.contains(run.trim_end_matches(['.', ':'])) {
                    return Some(run.to_owned());
                }
            }
        }
        let encoded = self.in_base64.iter().find(|mark| text.contains(*mark));
        encoded.or_else(|| self.in_bytes.iter().find(|mark| lower.contains(*mark))).cloned()
    }

    fn unmarked_in(&self, text: &str) -> Option<String> {
        let state = self.state.borrow();
        // How each kind begins, how long it is.
        [("18", 10), ("(", 14), ("9", 11), ("sha256:", 39)]
            .into_iter()
            .flat_map(|(begin, length)| text.match_indices(begin).map(move |(at, _)| (at, length)))
            .filter_map(|(at, length)| text.get(at..at + length))
            .find(|part| state.unmarked.contains(*part))
            .map(str::to_owned)
    }
}

/// The mark in base64 behind so many other bytes: the characters that no other byte has a part in.
fn marked(before: usize) -> String {
    let bytes = [&b"\0\0\0"[..before], MARK.as_bytes(), b"\0\0\0"].concat();
    let (from, to) = ((before * 8).div_ceil(6), (before + MARK.len()) * 8 / 6);
    STANDARD.encode(bytes)[from..to].to_owned()
}

#[test]
fn what_was_planted_is_found() {
    let canaries = Canaries::new(1);
    let words = [canaries.word(), canaries.name(), canaries.variable(), canaries.mail(), canaries.address()];
    let numbers = [canaries.date(), canaries.phone(), canaries.ssn()];
    for planted in words.iter().chain(&numbers) {
        assert!(canaries.found_in(&format!("x {planted} x")).is_some(), "{planted}");
    }
    for word in &words[..4] {
        assert!(canaries.found_in(&format!("x{}x", word.to_uppercase())).is_some());
        for before in ["", "{", "{\"", "{\"a\":\""] {
            let token = STANDARD.encode(format!("{before}{}\"}}", word.replace("ZQXVJK", MARK)));
            assert!(canaries.found_in(&token).is_some(), "{token}");
        }
    }
    assert!(canaries.found_in(&words[0][..CUT]).is_some());
    assert!(canaries.found_in(&format!("{:?}", words[0].as_bytes())).is_some());
    assert!(canaries.found_in("5A7178766A6B").is_some() && canaries.found_in("%5Aqxv %5a%71%78%76").is_some());
    assert_eq!(canaries.found_in("2026-01-01T00:00:00Z INFO request status=200 1899-99-99 (200) 555-0000"), None);
}

#[test]
fn a_client_may_be_given_what_it_sent_and_nothing_of_others() {
    let canaries = Canaries::new(2);
    let (own, other) = (canaries.word(), canaries.word());
    assert_eq!(canaries.strange_in(&format!("<b>{}</b> {}", own.to_uppercase(), &own[..9]), &own), None);
    assert_eq!(canaries.strange_in(&format!("{own} {other}."), &own), Some(other.to_lowercase()));
}

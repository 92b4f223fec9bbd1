//! What a record's own people and places give away: every spelling of it that a text may hold.

use clinical_model::MONTHS;
use std::collections::HashSet;

use crate::find::Known;
use crate::kind::Kind;
use crate::policy::tags_in;
use crate::words::{Class, flags_of, key_of};

/// What was gathered from a record before its texts are read.
pub(super) struct People {
    pub(super) known: Known,
    /// Sentences that teach the finder names which are words as well: it then tells them from the words by what stands
    /// around them.
    pub(super) lessons: Vec<String>,
    /// Identifiers that are digits alone, for numbers that stand where a text should.
    pub(super) numbers: HashSet<String>,
    /// Parts of names and places count, too, and the names are kept as they are.
    is_wide: bool,
}

impl People {
    pub(super) fn new(known: &Known) -> Self {
        Self { known: known.clone(), lessons: Vec::new(), numbers: HashSet::new(), is_wide: false }
    }

    /// For who wants to keep identity out of other words, and does not mind a word too many.
    pub(super) fn wide(known: &Known) -> Self {
        Self { is_wide: true, ..Self::new(known) }
    }

    /// An identifier that was found in a text.
    pub(super) fn found(&mut self, kind: Kind, text: &str) {
        match kind {
            Kind::Name => {
                text.split([' ', ',', '-', '\n', '\t', '\u{a0}']).map(plain).for_each(|part| {
                    if is_telling(part) {
                        self.known.record(Kind::Name, part);
                    }
                });
                self.name_text(text);
            }
            Kind::City | Kind::County | Kind::Facility | Kind::Employer => self.place(kind, text),
            Kind::Street => self.street(text),
            Kind::Phone | Kind::Fax => self.phone(kind, text),
            Kind::Email | Kind::Url | Kind::Ip | Kind::Photo => self.exactly(kind, text),
            Kind::Date | Kind::Age => {}
            _ => self.identifier(kind, text),
        }
    }

    /// A person's name by its parts; each part may have several words.
    pub(super) fn name(&mut self, given: &[String], family: &[String]) {
        let given: Vec<&str> = given.iter().filter(|g| !is_removed(g)).flat_map(|g| g.split_whitespace()).collect();
        // "Quill, M.D.": what stands behind the comma is no name.
        let plain = family.iter().filter(|f| !is_removed(f)).map(|f| f.split(',').next().unwrap_or_default());
        let family: Vec<&str> = plain.collect();
        let family = family.join(" ");
        let family = family.trim();
        for part in given.iter().copied().chain([family]).chain(family.split([' ', '-'])) {
            if is_telling(part) {
                self.known.record(Kind::Name, part);
            }
        }
        let whole = [&given[..], &[family]].concat().join(" ");
        let short = given.first().map(|first| format!("{first} {family}"));
        let turned = format!("{family} {}", given.join(" "));
        let turned_short = given.first().map(|first| format!("{family} {first}"));
        for spelling in [Some(whole.clone()), short, Some(turned), turned_short].into_iter().flatten() {
            self.whole_name(spelling.trim());
        }
        self.lesson("Patient name", &whole);
    }

    /// A person's name as one text.
    pub(super) fn name_text(&mut self, text: &str) {
        self.whole_name(text);
        self.lesson("Patient name", text);
    }

    fn whole_name(&mut self, text: &str) {
        if is_removed(text) {
            return;
        }
        if text.split_whitespace().count() > 1 || is_telling(text) {
            self.known.record(Kind::Name, text);
        }
    }

    fn lesson(&mut self, label: &str, text: &str) {
        if text.chars().any(char::is_alphabetic) && !is_removed(text) {
            if self.is_wide {
                self.known.name(text);
            }
            self.lessons.push(format!("{label}: {}\n", text.trim()));
        }
    }

    /// A hospital, practice or other place by its name.
    pub(super) fn place(&mut self, kind: Kind, text: &str) {
        if is_removed(text) {
            return;
        }
        if text.split_whitespace().count() > 1 || is_telling(text) {
            self.known.record(kind, text);
        }
        if self.is_wide && !text.trim().contains(char::is_whitespace) {
            self.known.name(text);
        }
        if self.is_wide
            && let Some((own, _)) = text.trim().rsplit_once(char::is_whitespace)
            && (own.split_whitespace().count() > 1 || is_telling(own))
        {
            // "Larch Valley" is said for "Larch Valley Clinic".
            self.known.record(kind, own);
        }
    }

    /// A line of an address, or all of it.
    pub(super) fn street(&mut self, text: &str) {
        if text.split_whitespace().count() > 1 && !is_removed(text) {
            self.known.record(Kind::Street, text);
            let named = text.trim_start_matches(|c: char| !c.is_alphabetic());
            if self.is_wide && named.split_whitespace().count() > 1 {
                self.known.record(Kind::Street, named);
            }
        }
    }

    /// An e-mail address, web address or anything else that is matched as it is written.
    pub(super) fn exactly(&mut self, kind: Kind, text: &str) {
        if text.chars().count() > 5 && !is_removed(text) && text != super::links::NOWHERE {
            self.known.record(kind, text);
        }
    }

    /// A telephone or fax number: as it is written, and as others would.
    pub(super) fn phone(&mut self, kind: Kind, text: &str) {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        if digits.len() < 7 {
            return;
        }
        self.known.record(kind, text);
        self.number(kind, &digits);
        let local = if digits.len() == 11 && digits.starts_with('1') { &digits[1..] } else { &digits };
        if local.len() == 10 {
            self.number(kind, local);
            self.known.record(kind, &format!("{} {} {}", &local[..3], &local[3..6], &local[6..]));
            self.known.record(kind, &format!("{} {}", &local[3..6], &local[6..]));
        } else if local.len() == 7 {
            self.known.record(kind, &format!("{} {}", &local[..3], &local[3..]));
        }
    }

    /// A number or code of one person or thing.
    pub(super) fn identifier(&mut self, kind: Kind, text: &str) {
        if is_removed(text) {
            return;
        }
        let signs: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
        if signs.chars().count() < 4 || !signs.bytes().any(|b| b.is_ascii_digit()) {
            return;
        }
        // A year is a year, and four digits of a short number stand everywhere.
        if signs.len() == 4 && kind != Kind::Zip {
            return;
        }
        self.known.record(kind, text);
        if signs.bytes().all(|b| b.is_ascii_digit()) {
            self.number(kind, &signs);
            if kind == Kind::Ssn && signs.len() == 9 {
                self.known.record(kind, &format!("{} {} {}", &signs[..3], &signs[3..5], &signs[5..]));
            }
        }
    }

    fn number(&mut self, kind: Kind, digits: &str) {
        self.known.record(kind, digits);
        if digits.len() > 4 {
            self.numbers.insert(digits.to_owned());
        }
    }

    /// A birth date in every form in which it is commonly written. `2001-02-03` or `20010203`.
    pub(super) fn birth_date(&mut self, text: &str) {
        let digits: String = text.chars().take(10).filter(char::is_ascii_digit).collect();
        if digits.len() < 8 {
            return;
        }
        let (y, m, d) = (&digits[..4], &digits[4..6], &digits[6..8]);
        let Some(month) = m.parse::<usize>().ok().and_then(|m| MONTHS.get(m.checked_sub(1)?)) else { return };
        let (short_m, short_d) = (m.trim_start_matches('0'), d.trim_start_matches('0'));
        for form in [
            format!("{y} {m} {d}"),
            format!("{y}{m}{d}"),
            format!("{m}{d}{y}"),
            format!("{m} {d} {y}"),
            format!("{d} {m} {y}"),
            format!("{short_m} {short_d} {y}"),
            format!("{month} {short_d} {y}"),
            format!("{short_d} {month} {y}"),
            format!("{} {short_d} {y}", &month[..3]),
            format!("{short_d} {} {y}", &month[..3]),
        ] {
            self.known.record(Kind::Date, &form);
        }
    }
}

/// Without the sign of possession.
fn plain(word: &str) -> &str {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    word.strip_suffix("'s").or_else(|| word.strip_suffix("\u{2019}s")).unwrap_or(word)
}

/// Did an earlier removal leave it: a tag, a mask, an address that says nothing?
fn is_removed(text: &str) -> bool {
    !text.contains(char::is_alphanumeric) || !tags_in(text).is_empty()
}

/// Is a word telling alone? A name that is a word as well ("Long", "Grace") is told from the word by the finder. One that
/// is a word of medicine alone ("Ada") tells where it is written as a name is (`pen::Accept`).
pub(super) fn is_telling(word: &str) -> bool {
    let word = word.trim();
    if word.chars().filter(|c| c.is_alphanumeric()).count() < 3 {
        return false;
    }
    if word.contains(|c: char| c.is_whitespace() || c.is_ascii_digit()) {
        return true;
    }
    let flags = flags_of(key_of(&word.to_lowercase()));
    let clinical = flags.is_eponym() || flags.is_proper() || flags.is_state() || flags.is_country();
    let classes = Class::Heading.bit()
        | Class::Role.bit()
        | Class::Relative.bit()
        | Class::Function.bit()
        | Class::Month.bit()
        | Class::Title.bit()
        | Class::Unit.bit();
    flags.word() < 2 && !clinical && !flags.is_any(classes)
}

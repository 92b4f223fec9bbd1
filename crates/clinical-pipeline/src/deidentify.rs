//! From a document to the same document without identity.

use crate::read::json::{self as reading, Parsed};
use crate::{Error, Input, Label, told};
use clinical_json::Document;
use clinical_model::{Moment, Phi, Place, Stop};
use clinical_privacy::{Fault, Kind, Known, Policy, Reason, Removal, Rules};

/// How to remove identity. `Debug` prints neither the secret nor the lists.
#[derive(Clone, Copy, Debug)]
pub struct DeidentifyOptions<'s> {
    /// What stands in the place of an identifier (`Policy::named` reads the name of one).
    pub policy: Policy,
    /// Decides surrogates, the days that dates move, and replaced ids. [`Policy::Surrogate`] needs one of at least
    /// [`SECRET_BYTES`] bytes; empty is fine for the others (ids are then numbered within each document).
    pub secret: Phi<&'s [u8]>,
    /// Whose document it is, where the caller knows: the dates of all documents of one subject move by the same days
    /// (`surrogate`). Empty: the patient of the document, or the document itself.
    pub subject: Phi<&'s str>,
    /// Texts that are no identifiers where they stand as a whole.
    pub allow: Phi<&'s [String]>,
    /// Texts that are never to be seen.
    pub deny: Phi<&'s [String]>,
    /// The time that "now" means, for birth dates of people of ninety and more; where it is not given, the newest date in
    /// the document counts.
    pub now: Option<Moment>,
    /// Ends the work early when asked.
    pub stop: Stop<'s>,
}

impl DeidentifyOptions<'_> {
    /// A policy, and nothing else said.
    #[must_use]
    pub const fn of(policy: Policy) -> Self {
        Self {
            policy,
            secret: Phi::new(&[]),
            subject: Phi::new(""),
            allow: Phi::new(&[]),
            deny: Phi::new(&[]),
            now: None,
            stop: Stop::never(),
        }
    }
}

/// The fewest bytes a secret may have.
pub const SECRET_BYTES: usize = 16;

/// One identifier that was removed: where it stood in the input, what it was, why it was taken for one. Never its value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Removed {
    /// Where it stood in the input: a path for FHIR and C-CDA (member names that the input made up are not repeated),
    /// code points for a note.
    pub place: Place,
    /// First byte in the input, and the byte behind the last. For a text inside an attachment those of the attachment.
    pub bytes: (usize, usize),
    /// What it was.
    pub kind: Kind,
    /// Why it was taken for one.
    pub reason: Reason,
}

/// A document without identity.
#[derive(Clone, Debug)]
pub struct Deidentified {
    /// The document, in the format it came in.
    pub bytes: Phi<Vec<u8>>,
    /// `fhir-json`, `fhir-ndjson`, `ccda` or `note`.
    pub format: &'static str,
    /// What was removed, in the order of the document.
    pub removed: Vec<Removed>,
    /// How many of each kind, in the order of the rule; kinds of which nothing was removed are left out.
    pub counts: Vec<(Kind, usize)>,
}

/// Removes identity from a document: FHIR R4 JSON or NDJSON, C-CDA XML, or a note (anything else that is text).
///
/// # Errors
/// There is a document without identity, or an error; never a document that was looked at in part.
pub fn deidentify(input: &Input<'_>, options: &DeidentifyOptions<'_>) -> Result<Deidentified, Error> {
    let bytes: &[u8] = input.bytes.expose();
    let known = known(options)?;
    let rules = rules(options, &known);
    let body = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let is_text = matches!(input.label, Label::Text | Label::Unknown);
    match body.iter().copied().find(|b| !b.is_ascii_whitespace()) {
        None => return Err(Error::Empty),
        Some(first) if matches!(first, b'{' | b'[') || matches!(input.label, Label::Json | Label::NdJson) => {
            match reading::parse(input, options.stop) {
                Ok(parsed) if is_fhir(&parsed) => return json(&parsed, &rules),
                // JSON of another kind is read with the labels in it, as a note is; but it must stay JSON.
                Ok(parsed) => {
                    let outcome = note(text(bytes)?, &rules)?;
                    let is_json = Document::parse(outcome.bytes.expose()).is_ok() || parsed.lines;
                    return if is_json { Ok(outcome) } else { json(&parsed, &rules) };
                }
                // A note may begin with a bracket.
                Err(Error::Intake(_)) if is_text => {}
                Err(e) => return Err(e),
            }
        }
        Some(first) if first == b'<' || input.label == Label::Xml => match xml(text(bytes)?, &rules) {
            // So may one begin with the sign of a tag; what has closing tags is markup, and is not read as words alone.
            Err(Error::Xml { .. }) if is_text && !bytes.windows(2).any(|w| w == b"</") => {}
            outcome => return outcome,
        },
        Some(_) => {}
    }
    note(text(bytes)?, &rules)
}

/// Is it a resource, or are they?
fn is_fhir(parsed: &Parsed<'_>) -> bool {
    let root = parsed.document.root();
    root.get("resourceType").is_some() || root.items().any(|item| item.get("resourceType").is_some())
}

fn text(bytes: &[u8]) -> Result<&str, Error> {
    std::str::from_utf8(bytes).map_err(|e| Error::NotText { at: e.valid_up_to() })
}

fn known(options: &DeidentifyOptions<'_>) -> Result<Known, Error> {
    let secret = options.secret.expose();
    let is_needed = options.policy == Policy::Surrogate || !secret.is_empty();
    if is_needed && secret.len() < SECRET_BYTES {
        return Err(Error::NoSecret);
    }
    let mut known = Known::new();
    options.allow.expose().iter().for_each(|text| known.allow(text));
    options.deny.expose().iter().for_each(|text| known.deny(text));
    Ok(known)
}

fn rules<'r>(options: &DeidentifyOptions<'r>, known: &'r Known) -> Rules<'r> {
    Rules {
        policy: options.policy,
        secret: options.secret,
        subject: options.subject,
        known,
        year: options.now.map(|now| now.year),
        stop: options.stop,
    }
}

fn json(parsed: &Parsed<'_>, rules: &Rules<'_>) -> Result<Deidentified, Error> {
    let (text, mut removals) = clinical_privacy::remove_from_fhir(&parsed.document, rules).map_err(error)?;
    removals.sort_by_key(|r| r.start);
    let starts: Vec<usize> = removals.iter().map(|r| r.start).collect();
    let mut places = told::places(&parsed.document, parsed.lines, &starts).into_iter();
    let place = |_: &Removal| Place::Path(places.next().unwrap_or_default());
    let format = if parsed.lines { "fhir-ndjson" } else { "fhir-json" };
    Ok(deidentified(text, format, &removals, place))
}

fn xml(text: &str, rules: &Rules<'_>) -> Result<Deidentified, Error> {
    let (new, removals) = clinical_privacy::remove_from_ccda(text, rules).map_err(error)?;
    let place = |r: &Removal| r.path.clone().map_or(Place::Span(r.start, r.end), Place::Path);
    Ok(deidentified(new, "ccda", &removals, place))
}

fn note(text: &str, rules: &Rules<'_>) -> Result<Deidentified, Error> {
    let (new, removals) = clinical_privacy::remove_from_text(text, rules).ok_or(Error::Stopped)?;
    let mut points = CodePoints::of(text);
    let place = |r: &Removal| Place::Span(points.at(r.start), points.at(r.end));
    Ok(deidentified(new, "note", &removals, place))
}

fn deidentified(
    text: String,
    format: &'static str,
    removals: &[Removal],
    mut place: impl FnMut(&Removal) -> Place,
) -> Deidentified {
    let removed: Vec<Removed> = removals
        .iter()
        .map(|r| Removed { place: place(r), bytes: (r.start, r.end), kind: r.kind, reason: r.reason })
        .collect();
    let count = |kind: &Kind| removed.iter().filter(|r| r.kind == *kind).count();
    let counts = Kind::ALL.iter().map(|kind| (*kind, count(kind))).filter(|(_, n)| *n > 0).collect();
    Deidentified { bytes: Phi::new(text.into_bytes()), format, removed, counts }
}

fn error(fault: Fault) -> Error {
    match fault {
        Fault::Stopped => Error::Stopped,
        Fault::UnreadableLine { line, column } => Error::Line { line, column },
        Fault::Xml { what, line, column } => Error::Xml { what, line, column },
        _ => Error::UnknownFormat,
    }
}

/// Code points before a byte, for bytes that come in order.
struct CodePoints<'t> {
    text: &'t str,
    byte: usize,
    point: usize,
}

impl<'t> CodePoints<'t> {
    fn of(text: &'t str) -> Self {
        Self { text, byte: 0, point: 0 }
    }

    fn at(&mut self, byte: usize) -> usize {
        if byte < self.byte {
            (self.byte, self.point) = (0, 0);
        }
        self.point += self.text.get(self.byte..byte).map_or(0, |t| t.chars().count());
        self.byte = byte;
        self.point
    }
}

/// One identifier removed from a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RemovedSpan {
    /// First byte in the input, and the byte behind the last.
    pub bytes: (usize, usize),
    /// The same in Unicode code points.
    pub code_points: (usize, usize),
    /// What it was.
    pub kind: Kind,
    /// Why it was taken for one.
    pub reason: Reason,
}

/// Removes identity from a text, whatever it looks like: the fast way for many notes.
///
/// # Errors
/// [`Error::Stopped`], [`Error::NoSecret`].
pub fn deidentify_text(text: &str, options: &DeidentifyOptions<'_>) -> Result<(Phi<String>, Vec<RemovedSpan>), Error> {
    let known = known(options)?;
    let (new, removals) = clinical_privacy::remove_from_text(text, &rules(options, &known)).ok_or(Error::Stopped)?;
    let mut points = CodePoints::of(text);
    let span = |r: &Removal| RemovedSpan {
        bytes: (r.start, r.end),
        code_points: (points.at(r.start), points.at(r.end)),
        kind: r.kind,
        reason: r.reason,
    };
    let removed = removals.iter().map(span).collect();
    Ok((Phi::new(new), removed))
}

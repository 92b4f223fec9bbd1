//! A text made ready to be parsed.

use crate::{Error, line_ends, scan};
use clinical_model::{Shift, Source};
use memchr::memmem;
use roxmltree::Document;
use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

/// How deep elements may stand in each other. C-CDA stays under forty.
const DEPTH: u16 = 200;

/// The namespace of HL7 version 3.
const HL7: &str = "urn:hl7-org:v3";

/// Prefixes that fragments and hurried documents use without declaring them.
const USUAL: [(&str, &str); 3] =
    [("xsi", "http://www.w3.org/2001/XMLSchema-instance"), ("sdtc", "urn:hl7-org:sdtc"), ("voc", "urn:hl7-org:v3/voc")];

/// A text that was looked through and may be parsed. Where the document uses a prefix that it does not declare, a
/// declaration is put into its first tag; paths into it are not changed by that.
pub struct Safe<'a> {
    usual: Declared<'a>,
    /// The same with every other missing prefix declared, made only where the parser misses one.
    mended: OnceCell<Declared<'a>>,
}

/// A text, and where declarations were put into it.
struct Declared<'a> {
    text: Cow<'a, str>,
    added: Range<usize>,
}

/// No word of the document: every byte of input is someone's secret.
impl std::fmt::Debug for Safe<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Safe({} bytes)", self.usual.text.len())
    }
}

impl<'a> Safe<'a> {
    /// Looks through the text once, without parsing it.
    ///
    /// # Errors
    /// An element with more than 256 attributes; more namespaces than a document has use for.
    pub fn of(text: &'a str) -> Result<Self, Error> {
        Self::with(text, |_| false)
    }

    /// The same for who reads the tree and writes nothing of the text again: carriage returns between tags, among nothing
    /// but blanks, are spaces, so that the parser need not copy those blanks. Every byte stands where it stood, and every
    /// text is the same once its blanks are folded.
    ///
    /// # Errors
    /// As [`Safe::of`].
    pub fn to_read(text: &'a str) -> Result<Self, Error> {
        Self::made(line_ends::plain(text), |_| false)
    }

    /// The same for a reader that asks for the namespace of HL7 version 3: a fragment whose root has none is given it
    /// where `is_clinical` says so of the root's name, or where another declaration is missing, too.
    ///
    /// # Errors
    /// As [`Safe::of`].
    pub fn with(text: &'a str, is_clinical: impl Fn(&str) -> bool) -> Result<Self, Error> {
        Self::made(Cow::Borrowed(text), is_clinical)
    }

    fn made(text: Cow<'a, str>, is_clinical: impl Fn(&str) -> bool) -> Result<Self, Error> {
        let declared = scan::check(&text, USUAL.map(|(prefix, _)| prefix))?;
        let mut added = String::new();
        for ((prefix, uri), is_declared) in USUAL.into_iter().zip(declared) {
            if !is_declared && is_used(&text, prefix) {
                declare(&mut added, prefix, uri);
            }
        }
        let usual = match scan::root(&text) {
            Some((at, name)) => {
                let tag = &text[at..at + text[at..].find('>').unwrap_or(0)];
                let is_bare = !name.contains(':') && !tag.contains("xmlns=");
                if is_bare && (!added.is_empty() || is_clinical(name)) {
                    added.insert_str(0, &format!(" xmlns=\"{HL7}\""));
                }
                Declared::with(text, at, &added)
            }
            None => Declared { text, added: 0..0 },
        };
        Ok(Self { usual, mended: OnceCell::new() })
    }

    /// The tree.
    ///
    /// # Errors
    /// A document type, XML that is not well formed, nested deeper than 200, or with more nodes than its size lets
    /// expect.
    pub fn parse(&self) -> Result<Document<'_>, Error> {
        let parsed = parse(&self.usual.text);
        let document = match parsed {
            Err(roxmltree::Error::UnknownNamespace(..)) => {
                if self.mended.get().is_none() {
                    let _ = self.mended.set(self.usual.mended()?);
                }
                parse(self.mended.get().map_or(&*self.usual.text, |m| &m.text))
            }
            parsed => parsed,
        };
        let document = document.map_err(|e| said(&self.usual.text, &e))?;
        depth(&document)?;
        Ok(document)
    }

    /// The stretch of the parsed text that the document does not have: declarations that were added.
    #[must_use]
    pub fn added(&self) -> Range<usize> {
        self.mended.get().unwrap_or(&self.usual).added.clone()
    }

    /// Where the bytes of the parsed text stand in the document, of which `left_out` bytes came before the text.
    #[must_use]
    pub fn shift(&self, left_out: usize) -> Shift {
        let added = self.added();
        Shift::new(short(left_out), short(added.start)..short(added.end))
    }

    /// A byte of the parsed text as one of the text.
    #[must_use]
    pub fn original(&self, byte: usize) -> usize {
        self.shift(0).to_document(Source::new(short(byte), short(byte))).start()
    }
}

impl<'a> Declared<'a> {
    fn with(text: Cow<'a, str>, at: usize, added: &str) -> Self {
        if added.is_empty() {
            return Self { text, added: at..at };
        }
        let text = Cow::Owned(format!("{}{added}{}", &text[..at], &text[at..]));
        Self { text, added: at..at + added.len() }
    }

    /// With every prefix declared that is not. Elements are told by their local names, so that nothing hangs on what
    /// such a prefix was meant to be.
    fn mended(&self) -> Result<Self, Error> {
        let mut more = String::new();
        for prefix in scan::undeclared(&self.text)? {
            let usual = USUAL.iter().find(|(usual, _)| *usual == prefix);
            let own = format!("urn:undeclared:{prefix}");
            declare(&mut more, &prefix, usual.map_or(&own, |(_, uri)| uri));
        }
        let at = match scan::root(&self.text) {
            Some((at, _)) if self.added.is_empty() => at,
            _ => self.added.end,
        };
        let start = if self.added.is_empty() { at } else { self.added.start };
        let mended = Self::with(Cow::Owned(self.text.to_string()), at, &more);
        Ok(Self { text: mended.text, added: start..mended.added.end })
    }
}

/// Texts of four gigabytes are refused by the parser.
fn short(byte: usize) -> u32 {
    u32::try_from(byte).unwrap_or(u32::MAX)
}

fn declare(to: &mut String, prefix: &str, uri: &str) {
    to.push_str(&format!(" xmlns:{prefix}=\"{uri}\""));
}

fn is_used(text: &str, prefix: &str) -> bool {
    memmem::find(text.as_bytes(), format!("{prefix}:").as_bytes()).is_some()
}

fn parse(text: &str) -> Result<Document<'_>, roxmltree::Error> {
    // A document has about twenty bytes for each node; one with fewer than four is made to cost memory.
    let nodes_limit = u32::try_from(text.len() / 4 + 1024).unwrap_or(u32::MAX);
    let options = roxmltree::ParsingOptions { allow_dtd: false, nodes_limit, ..roxmltree::ParsingOptions::default() };
    Document::parse_with_options(text, options)
}

/// The parser's error without the names that it repeats.
fn said(text: &str, error: &roxmltree::Error) -> Error {
    use roxmltree::Error as E;
    let pos = error.pos();
    let what = match error {
        E::DtdDetected => {
            let at = memmem::find(text.as_bytes(), b"<!DOCTYPE").unwrap_or(0);
            return Error::at(text.as_bytes(), at, "it has a document type");
        }
        E::UnknownNamespace(..) => "a prefix has no namespace",
        E::UnknownEntityReference(..) => "it uses an entity that XML does not have",
        E::MalformedEntityReference(..) => "an ampersand stands alone",
        E::NodesLimitReached | E::AttributesLimitReached => "it has too many nodes for its size",
        E::NamespacesLimitReached => "it declares too many namespaces",
        E::DuplicatedAttribute(..) => "an element has two attributes of one name",
        E::NonXmlChar(..) => "it has a character that XML does not allow",
        _ => "it is not well formed",
    };
    Error { what, line: pos.row, column: pos.col }
}

/// Nothing that reads the tree goes deeper than this. Nodes come in the order of their beginnings, and each stands at
/// most one deeper than the one before it: from a node at some depth on, as many as are left to the limit need no look.
fn depth(document: &Document<'_>) -> Result<(), Error> {
    let limit = usize::from(DEPTH);
    let mut nodes = document.descendants();
    let mut next = nodes.next();
    while let Some(node) = next {
        let around = node.ancestors().skip(1).filter(roxmltree::Node::is_element).count();
        if around >= limit && node.is_element() {
            return Err(Error::at(document.input_text().as_bytes(), node.range().start, "it is nested too deeply"));
        }
        next = nodes.nth(limit.saturating_sub(around + 1));
    }
    Ok(())
}

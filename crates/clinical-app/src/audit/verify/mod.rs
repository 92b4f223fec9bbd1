//! Whether a log is whole: every line there, unchanged, in its order, signed where it must be.
//!
//! Files are read as bytes, once for what they say of each other and once for the chain, in bounded memory. What the
//! lines say is not looked at, but for checkpoints.

mod anchors;
mod files;
mod lines;
mod walk;

use super::signer::PublicKey;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// More faults than this are counted and not listed.
const MOST_LISTED: usize = 1000;

/// What was found.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Checked {
    /// Files that were read.
    pub files: usize,
    /// Lines that are whole.
    pub lines: u64,
    /// Checkpoints among them whose signature holds.
    pub checkpoints: u64,
    /// What is wrong, in the order of the lines.
    pub faults: Vec<Fault>,
    /// Faults beyond those that are listed.
    pub more_faults: u64,
    /// What is worth knowing and not wrong.
    pub notes: Vec<Note>,
    /// Who signed, base64, in the order of the first checkpoint of each.
    pub signers: Vec<String>,
}

/// Where something stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    /// The file.
    pub file: Arc<Path>,
    /// The line, from 1.
    pub line: u64,
    /// The number of the line in the log, if it is known.
    pub sequence: Option<u64>,
}

/// One thing that is wrong.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// Where.
    pub at: Place,
    /// What.
    pub what: What,
}

/// What is wrong with a line or at a place.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum What {
    /// The bytes are not a line of ours at all.
    #[error("this is not a line of an audit log, or it was cut")]
    NotALine,
    /// The digest is not that of the line.
    #[error("the line was changed")]
    Changed,
    /// The digest that the line names as that of the line before is another.
    #[error("the line before this one was changed, exchanged or put in, or this line was put in")]
    NotAfter,
    /// Lines are not there.
    #[error("lines are missing before this one: sequence {from} to {to}")]
    Missing {
        /// The first one.
        from: u64,
        /// The last one.
        to: u64,
    },
    /// The line stands too late.
    #[error("the line stands out of its order, after sequence {after}")]
    OutOfOrder {
        /// The highest sequence before it.
        after: u64,
    },
    /// The line stands twice.
    #[error("the line stands here a second time")]
    Twice,
    /// The line is of another log.
    #[error("the line belongs to another log")]
    OtherLog,
    /// A checkpoint has no signature, or one that does not hold.
    #[error("the signature of the checkpoint does not hold")]
    Signature,
    /// A checkpoint is signed by somebody else than it should be.
    #[error("the checkpoint is signed by a key that was not given")]
    Signer,
    /// A recovery speaks of torn bytes before it that are not these.
    #[error("the checkpoint says that {said} bytes of a torn line stand before it, and {there} do")]
    Torn {
        /// What the checkpoint says.
        said: u64,
        /// What is there.
        there: u64,
    },
    /// The log stops without its last checkpoint, and nobody is writing it.
    #[error(
        "the log ends here without a checkpoint of its end: the program was killed and has not run since, or lines \
         were cut off"
    )]
    NoEnd,
    /// The other log saw this one in another state.
    #[error("the log beside this one saw another line with this sequence: lines were taken back and written anew")]
    RolledBack,
    /// The other log saw lines that are not there.
    #[error("the log beside this one saw lines up to sequence {to}, which are missing at the end")]
    CutOff {
        /// The last one that was seen.
        to: u64,
    },
}

impl What {
    /// A stable name for machines.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotALine => "not-a-line",
            Self::Changed => "changed",
            Self::NotAfter => "not-after",
            Self::Missing { .. } => "missing",
            Self::OutOfOrder { .. } => "out-of-order",
            Self::Twice => "twice",
            Self::OtherLog => "other-log",
            Self::Signature => "signature",
            Self::Signer => "signer",
            Self::Torn { .. } => "torn",
            Self::NoEnd => "no-end",
            Self::RolledBack => "rolled-back",
            Self::CutOff { .. } => "cut-off",
        }
    }
}

/// Something worth knowing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Note {
    /// Where.
    pub at: Place,
    /// What.
    pub what: Remark,
}

/// What is worth knowing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Remark {
    /// Writing was cut off here; the program saw it and said so.
    #[error("writing was cut off before this line; {torn_bytes} bytes of a torn line stand there, and the log goes on")]
    Recovered {
        /// Length of what is torn, with what ends it.
        torn_bytes: u64,
    },
    /// The log is being written.
    #[error("the log is being written and has no end yet")]
    Open,
    /// Only files were named.
    #[error("the files that were given begin here; what stands before was not looked at")]
    Begins,
    /// Only files were named.
    #[error("the files that were given end here; what follows was not looked at")]
    Ends,
    /// The key changed, and no key was demanded.
    #[error("from here on another key signs: the program drew a new one, or somebody else wrote this")]
    NewSigner,
}

/// What could not be read.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{}: {why}", file.display())]
pub struct Unreadable {
    /// The file or folder, as it was named.
    pub file: PathBuf,
    /// Why.
    pub why: &'static str,
}

fn unreadable(file: &Path, error: &io::Error) -> Unreadable {
    let why = match error.kind() {
        io::ErrorKind::NotFound => "there is no such file",
        io::ErrorKind::PermissionDenied => "permission to read it was denied",
        _ => "it could not be read",
    };
    Unreadable { file: file.to_owned(), why }
}

/// Checks the logs in folders and files. A folder must hold a log from its beginning to its end; files that are named
/// one by one may be a part. Logs that stand together are also held against what each says of the other. With `keys`
/// every checkpoint must be signed with one of them.
///
/// # Errors
/// A file or folder cannot be read.
pub fn check(named: &[PathBuf], keys: &[PublicKey]) -> Result<Checked, Unreadable> {
    let logs = files::gather(named)?;
    let anchors = if logs.len() > 1 { anchors::collect(&logs)? } else { anchors::Anchors::default() };
    let mut checked = Checked::default();
    for log in &logs {
        walk::walk(log, keys, &anchors, &mut checked)?;
    }
    Ok(checked)
}

impl Checked {
    fn fault(&mut self, at: Place, what: What) {
        if self.faults.len() < MOST_LISTED {
            self.faults.push(Fault { at, what });
        } else {
            self.more_faults += 1;
        }
    }

    fn note(&mut self, at: Place, what: Remark) {
        if self.notes.len() < MOST_LISTED {
            self.notes.push(Note { at, what });
        }
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.faults.is_empty()
    }
}

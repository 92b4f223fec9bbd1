//! One log, line after line.

use super::anchors::Anchors;
use super::files::Given;
use super::lines::{Line, Lines};
use super::{Checked, Place, Remark, Unreadable, What, unreadable};
use crate::audit::event::Why;
use crate::audit::facts::Facts;
use crate::audit::folder;
use crate::audit::seal::{Hex, LogId, NONE_BEFORE, Sealed};
use crate::audit::signer::PublicKey;
use std::path::Path;
use std::sync::Arc;

/// So many lines that are not whole are remembered until it is known whether a recovery speaks of them.
const MOST_WAITING: usize = 1000;

/// Where the chain stands.
#[derive(Clone, Copy)]
struct Head {
    sequence: u64,
    digest: Hex,
}

struct Walk<'w> {
    keys: &'w [PublicKey],
    anchors: &'w Anchors,
    checked: &'w mut Checked,
    is_all: bool,
    log: Option<LogId>,
    /// The last whole line in its order.
    head: Option<Head>,
    /// What a changed line says that it is: the next line may follow that.
    claimed: Option<Head>,
    /// Where the last whole line of this file ends.
    whole: u64,
    /// Lines since then that are not whole.
    waiting: Vec<(Place, What)>,
    last: Option<(Place, Option<Why>)>,
    signer: Option<Vec<u8>>,
}

/// Checks one log.
pub(super) fn walk(
    given: &Given,
    keys: &[PublicKey],
    anchors: &Anchors,
    checked: &mut Checked,
) -> Result<(), Unreadable> {
    let mut walk = Walk {
        keys,
        anchors,
        checked,
        is_all: given.is_all,
        log: None,
        head: None,
        claimed: None,
        whole: 0,
        waiting: Vec::new(),
        last: None,
        signer: None,
    };
    let is_open = given.files.last().and_then(|path| path.parent()).is_some_and(folder::is_being_written);
    for (at, path) in given.files.iter().enumerate() {
        let is_last = at + 1 == given.files.len();
        let mut lines = Lines::open(path).map_err(|error| unreadable(path, &error))?;
        walk.checked.files += 1;
        walk.whole = 0;
        while let Some(line) = lines.next().map_err(|error| unreadable(path, &error))? {
            // The end of a line that is being written now is not there yet.
            if line.is_ended || !(is_last && is_open) {
                walk.line(path, &line);
            }
        }
        walk.settle(0);
    }
    walk.end(is_open);
    Ok(())
}

impl Walk<'_> {
    fn line(&mut self, path: &Arc<Path>, line: &Line<'_>) {
        let place = |sequence| Place { file: Arc::clone(path), line: line.number, sequence };
        let Some(sealed) = Sealed::read(line.bytes).filter(|_| line.is_ended) else {
            self.wait(place(None), What::NotALine);
            return;
        };
        let at = place(Some(sealed.link.sequence));
        if !sealed.is_whole() {
            if self.follows(&sealed, self.claimed.or(self.head)) {
                self.claimed = Some(head(&sealed));
            }
            self.wait(at, What::Changed);
            return;
        }
        self.checked.lines += 1;
        let facts = sealed.signer.and_then(|_| Facts::read(line.bytes));
        let why = facts.as_ref().and_then(|facts| facts.why);
        let is_signed = self.signature(&sealed, &at);
        let torn =
            facts.as_ref().filter(|_| is_signed && why == Some(Why::Recovery)).and_then(|f| f.number("torn-bytes"));
        if let Some(torn_bytes) = torn {
            let there = line.start - self.whole;
            let is_next = self.follows(&sealed, self.head) || self.head.is_none() && sealed.link.sequence == 1;
            if torn_bytes != there {
                self.checked.fault(at.clone(), What::Torn { said: torn_bytes, there });
            } else if is_next {
                self.waiting.clear();
                self.claimed = None;
                self.checked.note(at.clone(), Remark::Recovered { torn_bytes });
            }
        }
        self.chain(&sealed, &at);
        self.whole = line.end;
        self.last = Some((at, why.filter(|_| is_signed)));
    }

    fn wait(&mut self, at: Place, what: What) {
        if self.waiting.len() < MOST_WAITING {
            self.waiting.push((at, what));
        } else {
            self.checked.fault(at, what);
        }
    }

    /// Lines that are not whole, and of which no recovery spoke, are faults. Of `lost` lines that are not there they
    /// are the remains: then these are not said to be missing. Whether that is so.
    fn settle(&mut self, lost: u64) -> bool {
        let found = self.waiting.len() as u64;
        let explains = lost > 0 && lost <= found;
        let first = self.head.map_or(1, |head| head.sequence + 1);
        for (number, (mut at, what)) in (first..).zip(std::mem::take(&mut self.waiting)) {
            if lost == found {
                at.sequence = at.sequence.or(Some(number));
            }
            self.checked.fault(at, what);
        }
        explains
    }

    fn follows(&self, sealed: &Sealed<'_>, head: Option<Head>) -> bool {
        head.is_some_and(|head| sealed.link.sequence == head.sequence + 1 && sealed.link.previous == head.digest)
    }

    /// Whether the line follows the one before, and what is wrong if it does not.
    fn chain(&mut self, sealed: &Sealed<'_>, at: &Place) {
        let link = sealed.link;
        if *self.log.get_or_insert(link.log) != link.log {
            self.settle(0);
            self.checked.fault(at.clone(), What::OtherLog);
            return;
        }
        if !self.anchors.agree(&link.log, link.sequence, sealed.digest) {
            self.checked.fault(at.clone(), What::RolledBack);
        }
        let before = if self.follows(sealed, self.claimed) { self.claimed } else { self.head };
        self.claimed = None;
        let Some(before) = before else {
            self.settle(link.sequence - 1);
            if link.sequence > 1 && !self.is_all {
                self.checked.note(at.clone(), Remark::Begins);
            } else if link.sequence > 1 {
                self.checked.fault(at.clone(), What::Missing { from: 1, to: link.sequence - 1 });
            } else if link.previous != NONE_BEFORE {
                self.checked.fault(at.clone(), What::NotAfter);
            }
            self.head = Some(head(sealed));
            return;
        };
        let expected = before.sequence + 1;
        if link.sequence < expected {
            self.settle(0);
            let twice = link.sequence == before.sequence && sealed.digest == before.digest;
            let what = if twice { What::Twice } else { What::OutOfOrder { after: before.sequence } };
            self.checked.fault(at.clone(), what);
            return;
        }
        let lost = link.sequence - self.head.map_or(expected, |head| head.sequence + 1);
        let explained = self.settle(lost);
        if link.sequence > expected && !explained {
            self.checked.fault(at.clone(), What::Missing { from: expected, to: link.sequence - 1 });
        } else if link.sequence == expected && link.previous != before.digest {
            self.checked.fault(at.clone(), What::NotAfter);
        }
        self.head = Some(head(sealed));
    }

    /// Whether the line is a checkpoint whose signature holds.
    fn signature(&mut self, sealed: &Sealed<'_>, at: &Place) -> bool {
        let Some(signer) = sealed.signer else { return false };
        let key = std::str::from_utf8(signer).ok().and_then(PublicKey::read);
        let holds = |key: &PublicKey| sealed.signature.is_some_and(|signature| key.signed(sealed.digest, signature));
        let Some(key) = key.filter(holds) else {
            self.checked.fault(at.clone(), What::Signature);
            return false;
        };
        if !self.keys.is_empty() && !self.keys.contains(&key) {
            self.checked.fault(at.clone(), What::Signer);
            return false;
        }
        self.checked.checkpoints += 1;
        if self.signer.as_deref() != Some(signer) {
            if self.signer.is_some() && self.keys.is_empty() {
                self.checked.note(at.clone(), Remark::NewSigner);
            }
            self.signer = Some(signer.to_vec());
            let text = String::from_utf8_lossy(signer).into_owned();
            if !self.checked.signers.contains(&text) && self.checked.signers.len() < super::MOST_LISTED {
                self.checked.signers.push(text);
            }
        }
        true
    }

    /// How the log ends.
    fn end(mut self, is_open: bool) {
        let Some((at, why)) = self.last.take() else { return };
        let seen = self.log.and_then(|log| self.anchors.last(&log));
        if let (Some(to), Some(head)) = (seen, self.head)
            && to > head.sequence
            && !is_open
        {
            self.checked.fault(at.clone(), What::CutOff { to });
        }
        match why {
            Some(Why::Stop) => {}
            _ if is_open => self.checked.note(at, Remark::Open),
            Some(Why::Rotation) if !self.is_all => self.checked.note(at, Remark::Ends),
            _ => self.checked.fault(at, What::NoEnd),
        }
    }
}

fn head(sealed: &Sealed<'_>) -> Head {
    // A digest that is not 64 characters long has been refused by the reader.
    let digest = sealed.digest.try_into().unwrap_or(NONE_BEFORE);
    Head { sequence: sealed.link.sequence, digest }
}

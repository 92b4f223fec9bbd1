//! What a sentence says of each of its medicines: the words before it and behind it.

use crate::note::sig::reader::Reader;
use clinical_lexicon::{Said, SigCue as Cue, SigList, sig};
use std::ops::Range;

/// Words of a cue in a sentence.
#[derive(Clone, Debug)]
pub(super) struct Hit {
    /// Its atoms.
    pub(super) atoms: Range<usize>,
    pub(super) cue: &'static Cue,
}

/// The cues of a sentence, in order.
#[derive(Debug, Default)]
pub(super) struct Cues {
    before: Vec<Hit>,
    after: Vec<Hit>,
    /// How many points and semicolons stand before each atom.
    breaks: Vec<u32>,
    /// How many clauses with a subject of their own begin before each atom.
    clauses: Vec<u32>,
    /// The first word of the sentence, behind a label ("Plan:").
    opening: usize,
}

/// What is said of one medicine, and the atoms that say it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Heard {
    pub(super) said: Said,
    pub(super) atoms: Range<usize>,
}

/// Words that turn a cue round.
const NOT: [&str; 10] = ["not", "never", "don't", "doesn't", "didn't", "won't", "don’t", "doesn’t", "didn’t", "won’t"];
/// Cues that a nearer verb does not take back: "if …, we will start".
const CONDITIONS: [&str; 3] = ["if", "unless", "whether"];
/// First words of a sentence that make what follows wait: "After surgery, she will start".
const OPENINGS: [&str; 8] = ["after", "before", "once", "pending", "should", "unless", "until", "when"];
/// Words of an order that does not begin its sentence.
const ORDERING: [&str; 18] = [
    "advised",
    "be",
    "can",
    "going",
    "i",
    "may",
    "prescribe",
    "prescribed",
    "prescription",
    "recommend",
    "recommended",
    "refill",
    "refilled",
    "refills",
    "rx",
    "should",
    "we",
    "will",
];
/// Cues of one small word: a verb before them says more.
const SMALL: [&str; 5] = ["with", "on", "off", "include", "including"];
/// Verbs that count behind a name only as a remark of their own ("Lisinopril: stop").
const BARE: [&str; 6] = ["stop", "hold", "continue", "discontinue", "held", "refilled"];

impl Cues {
    /// Finds the cues of a sentence; `taken` are the atoms of medicines, in order.
    pub(super) fn of(reader: &Reader<'_>, taken: &[Range<usize>]) -> Self {
        let scan = |list: SigList| {
            let mut hits = Vec::new();
            let (mut at, mut skip) = (0, taken.iter().peekable());
            while at < reader.atoms.len() {
                while skip.next_if(|t| t.end <= at).is_some() {}
                if let Some(t) = skip.peek().filter(|t| t.contains(&at)) {
                    at = t.end;
                    continue;
                }
                // "d" begins "d/c".
                let found = reader.of_cues(at, list).or_else(|| {
                    // "d/c", "d/c'd"
                    let is_short = reader.is_word(at, &["d"]) && reader.is_mark(at + 1, '/');
                    let tail = reader.word(at + 2).filter(|w| is_short && w.starts_with('c') && w.len() < 5)?;
                    let key = if tail == "c" { "dc" } else { "dc'd" };
                    let place = list.cues().binary_search_by(|(words, _)| (*words).cmp(key)).ok()?;
                    Some((list.cues().get(place)?.1, 3))
                });
                let row = found.and_then(|(cue, used)| Some((sig().cues.get(cue)?, used)));
                match row {
                    Some((cue, used)) => {
                        hits.push(Hit { atoms: at..at + used, cue });
                        at += used;
                    }
                    None => at += 1,
                }
            }
            hits
        };
        let count = |is: &dyn Fn(usize) -> bool| {
            let mut sums = Vec::with_capacity(reader.atoms.len() + 1);
            sums.push(0);
            let mut sum = 0;
            for at in 0..reader.atoms.len() {
                sum += u32::from(is(at));
                sums.push(sum);
            }
            sums
        };
        let breaks = count(&|at| reader.is_mark(at, '.') || reader.is_mark(at, ';'));
        let clauses = count(&|at| begins_clause(reader, at));
        let label = (0..reader.atoms.len().min(8)).rfind(|i| reader.is_mark(*i, ':'));
        let opening = (label.map_or(0, |i| i + 1)..reader.atoms.len()).find(|i| reader.word(*i).is_some());
        Self {
            before: scan(SigList::Before),
            after: scan(SigList::After),
            breaks,
            clauses,
            opening: opening.unwrap_or(0),
        }
    }

    /// Whether a point or a semicolon stands between two places.
    fn is_broken(&self, from: usize, to: usize) -> bool {
        self.breaks.get(from) < self.breaks.get(to)
    }

    /// Whether a clause begins between two places.
    fn is_parted(&self, from: usize, to: usize) -> bool {
        // The subject stands behind the joint, before the second place.
        self.clauses.get(from) < self.clauses.get(to.saturating_sub(1)) && from < to
    }

    /// Whether the words give an order and tell no story, where the place does not say: they begin the sentence
    /// ("Continue …"), or somebody will, should or may do it. "He continues to take" tells.
    pub(super) fn is_ordering(&self, reader: &Reader<'_>, heard: &Heard) -> bool {
        let from = heard.atoms.start.saturating_sub(4);
        let says = |i: usize| reader.is_word(i, &ORDERING);
        let told = (from..heard.atoms.end).any(|i| reader.is_word(i, &["had", "has", "was", "were", "been"]));
        heard.atoms.start == self.opening || !told && (from..heard.atoms.end).any(says)
    }

    /// The first atom between two places at which a cue begins.
    pub(super) fn next_before(&self, from: usize, to: usize) -> Option<usize> {
        let first = self.before.partition_point(|h| h.atoms.start < from);
        self.before.get(first).map(|h| h.atoms.start).filter(|at| *at < to)
    }

    /// What is said of the medicine at `name`; `limit` is where the next one begins, `last` is where the one before
    /// ends (0 for none), `is_next` whether there is another behind it.
    pub(super) fn heard(
        &self,
        reader: &Reader<'_>,
        name: &Range<usize>,
        last: usize,
        limit: usize,
        is_next: bool,
    ) -> Option<Heard> {
        let ahead = self.ahead(reader, name, last, limit, is_next);
        let behind = self.behind(reader, name.end, limit);
        match (ahead, behind) {
            (Some(a), Some(b)) => {
                let ends = matches!(b.said, Said::Stop | Said::Hold | Said::NotTaking | Said::Allergy);
                let open = matches!(a.said, Said::Taking | Said::Past | Said::Nothing);
                Some(if ends || open { b } else { a })
            }
            (a, b) => a.or(b),
        }
        .filter(|h| h.said != Said::Nothing)
    }

    /// The words before it.
    fn ahead(
        &self,
        reader: &Reader<'_>,
        name: &Range<usize>,
        last: usize,
        limit: usize,
        is_next: bool,
    ) -> Option<Heard> {
        let end = self.before.partition_point(|h| h.atoms.end <= name.start);
        let near = self.before.get(..end)?;
        // Looking back over a bounded number of cues keeps long lists linear.
        let mut candidates = near.iter().rev().take(6);
        let first = candidates.next()?;
        if self.is_broken(first.atoms.end, name.start) {
            return None;
        }
        let mut main = first;
        let mut said = self.turned(reader, main);
        let mut is_other_clause = false;
        for hit in candidates {
            if self.is_broken(hit.atoms.end, name.start) {
                break;
            }
            let condition = reader.is_word(hit.atoms.start, &CONDITIONS) && hit.cue.means == Said::Consider;
            let small = said == Said::Nothing || reader.is_word(main.atoms.start, &SMALL) && main.atoms.len() == 1;
            // A medicine between two verbs takes the first of them; "A with B" has one verb.
            if !small && last > hit.atoms.end && last <= main.atoms.start {
                break;
            }
            if condition {
                said = Said::Consider;
                main = hit;
                break;
            }
            is_other_clause |= self.is_parted(hit.atoms.end, main.atoms.start);
            if is_other_clause {
                continue;
            }
            let plain = said == Said::Taking || reader.is_word(main.atoms.start, &["take", "use"]);
            let governs = hit.atoms.end == main.atoms.start
                && match hit.cue.means {
                    Said::Consider | Said::Decline | Said::Avoid | Said::Hold | Said::Stop | Said::NotTaking => true,
                    Said::Nothing => false,
                    _ => plain,
                };
            let over = matches!(hit.cue.means, Said::Consider | Said::Decline | Said::Avoid | Said::Allergy);
            let positive = matches!(said, Said::Start | Said::Continue | Said::Change | Said::Refill | Said::Taking);
            if governs || over && positive || small {
                said = self.turned(reader, hit);
                main = hit;
            }
        }
        let waits = reader.is_word(self.opening, &OPENINGS) && last <= self.opening;
        if waits && main.cue.order && self.is_parted(self.opening, main.atoms.start + 1) {
            said = Said::Consider;
        }
        if said == Said::Switch {
            said = switch(reader, main, name, last, limit, is_next);
        }
        Some(Heard { said, atoms: main.atoms.clone() })
    }

    /// What a cue means, with a "not" before it.
    fn turned(&self, reader: &Reader<'_>, hit: &Hit) -> Said {
        let negated = hit.atoms.start > 0 && reader.is_word(hit.atoms.start - 1, &NOT);
        match (negated, hit.cue.means, hit.cue.order) {
            (false, means, _) => means,
            (true, Said::Stop | Said::Hold, _) => Said::Continue,
            (true, Said::Start, _) => Said::Decline,
            (true, Said::Taking | Said::Past, _) => Said::NotTaking,
            (true, Said::Continue | Said::Change | Said::Refill | Said::Switch | Said::Given, _) => Said::Decline,
            (true, means, _) => means,
        }
    }

    /// The words behind it.
    fn behind(&self, reader: &Reader<'_>, from: usize, limit: usize) -> Option<Heard> {
        let first = self.after.partition_point(|h| h.atoms.start < from);
        let hit = self.after.get(first).filter(|h| h.atoms.end <= limit)?;
        let at = hit.atoms.start;
        if self.is_broken(from, at) || self.is_parted(from, at) {
            return None;
        }
        // A longer cue for another medicine begins here ("stop smoking").
        let same = self.before.partition_point(|h| h.atoms.start < at);
        if self.before.get(same).is_some_and(|h| h.atoms.start == at && h.atoms.end > hit.atoms.end) {
            return None;
        }
        if hit.atoms.len() == 1 && reader.is_word(at, &BARE) {
            let alone = at == from || [':', '-', '(', ','].iter().any(|m| at > 0 && reader.is_mark(at - 1, *m));
            let next = reader.atom(hit.atoms.end);
            let over = next.is_none_or(|a| a.word().is_none())
                || reader.is_word(
                    hit.atoms.end,
                    &["until", "pending", "due", "because", "prior", "before", "given", "today", "now"],
                );
            if !(alone && over) {
                return None;
            }
        }
        // "10 mg given" and "10 mg given her swelling": a reason is no dose.
        let ends = reader.atom(hit.atoms.end).is_none_or(|a| a.word().is_none());
        if hit.atoms.len() == 1 && reader.is_word(at, &["given"]) && !ends {
            return None;
        }
        let said = if hit.cue.means == Said::Given { self.turned(reader, hit) } else { hit.cue.means };
        Some(Heard { said, atoms: hit.atoms.clone() })
    }
}

/// "from X to Y": the first is stopped, the second begins. "Change X to 20 mg" is another amount of X.
fn switch(reader: &Reader<'_>, hit: &Hit, name: &Range<usize>, last: usize, limit: usize, is_next: bool) -> Said {
    let joins =
        |from: usize, to: usize| (from..to.min(from + 12)).any(|i| reader.is_word(i, &["to", "with", "for", "over"]));
    let is_second = last > hit.atoms.end && last <= name.start && joins(last, name.start);
    if is_second || (last <= hit.atoms.end && joins(hit.atoms.end, name.start)) {
        return Said::Start;
    }
    let dosed = (name.end..limit.min(name.end + 3)).any(|i| reader.single(i).is_some());
    if is_next && !dosed && joins(name.end, limit) || reader.is_word(hit.atoms.end.saturating_sub(1), &["from"]) {
        return Said::Stop;
    }
    Said::Change
}

/// Whether a joint stands here, and behind it the subject of another clause.
pub(super) fn begins_clause(reader: &Reader<'_>, at: usize) -> bool {
    let joint = reader.is_mark(at, ',') || reader.is_word(at, &["and", "but", "so", "however"]);
    joint && reader.is_in_list(at + 1, SigList::Subjects) && !reader.is_word(at + 1, &["the"])
}

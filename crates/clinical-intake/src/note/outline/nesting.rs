//! Which headings open a section, and which stay inside the one they stand in.

use super::headings::{Key, Mark, Meaning, Place};
use super::lines::{Case, View};
use clinical_lexicon::{NoteKind, Standing};

/// What a heading does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Verdict {
    /// It opens a section.
    Opens(NoteKind),
    /// It belongs to a section that another one interrupted.
    TakesUp(NoteKind),
    /// It stays inside.
    Stays,
}

/// How the heading of the section looks that is open.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Look {
    kind: NoteKind,
    mark: Mark,
    is_capitals: bool,
    is_alone: bool,
    has_colon: bool,
}

/// The sections so far, as far as headings depend on them.
pub(super) struct Nesting<'v, 't> {
    view: &'v View<'t>,
    open: Option<Look>,
    /// The heading before the open one.
    before: Option<Look>,
    has_exam: bool,
    has_results: bool,
    has_plan: bool,
}

impl<'v, 't> Nesting<'v, 't> {
    pub(super) fn new(view: &'v View<'t>) -> Self {
        Self { view, open: None, before: None, has_exam: false, has_results: false, has_plan: false }
    }

    /// What this heading does. What opens a section counts from then on.
    pub(super) fn judge(&mut self, place: &Place, line: usize, key: &mut Key) -> Verdict {
        let verdict = self.verdict(place, line, key);
        match verdict {
            Verdict::Opens(kind) => {
                self.before = self.open;
                self.open = Some(Look {
                    kind,
                    mark: place.mark,
                    is_capitals: place.is_capitals,
                    is_alone: place.is_alone,
                    has_colon: place.has_colon,
                });
                self.has_exam |= kind == NoteKind::Exam;
                self.has_results |= matches!(kind, NoteKind::Results | NoteKind::Imaging);
                self.has_plan |= is_planning(kind);
            }
            Verdict::TakesUp(kind) => {
                if let Some(open) = &mut self.open {
                    open.kind = kind;
                }
                self.has_exam |= kind == NoteKind::Exam;
            }
            Verdict::Stays => {}
        }
        verdict
    }

    fn verdict(&self, place: &Place, line: usize, key: &mut Key) -> Verdict {
        let inside = key.inside(self.view.lexicon);
        match place.meaning {
            Meaning::Section(kind, standing) => self.known(place, kind, standing, inside, line),
            Meaning::Unknown if inside.is_empty() => self.unknown(place, line, key),
            Meaning::Unknown => self.inner(place, inside),
        }
    }

    /// The name of a section.
    fn known(&self, place: &Place, kind: NoteKind, standing: Standing, inside: &[NoteKind], line: usize) -> Verdict {
        let opens = Verdict::Opens(kind);
        let Some(open) = self.open else {
            return match standing {
                Standing::Part => Verdict::Stays,
                Standing::Letter if !self.is_letter(place) || kind == NoteKind::Plan => Verdict::Stays,
                // "- Medications" in a list before any heading.
                _ if place.mark == Mark::Bullet && !place.has_colon => Verdict::Stays,
                _ => opens,
            };
        };
        match standing {
            Standing::Letter => {
                let follows = kind != NoteKind::Plan || self.has_plan || open.kind == NoteKind::Assessment;
                return if follows && self.is_letter(place) { opens } else { Verdict::Stays };
            }
            Standing::Part => return if is_history(open.kind) { opens } else { Verdict::Stays },
            Standing::Heading | Standing::Word => {}
        }
        let weaker = self.is_weaker(place, open);
        if inside.iter().any(|of| same_family(*of, open.kind)) && (weaker || !place.is_capitals) {
            return Verdict::Stays;
        }
        if !self.is_counted_with(place, open) {
            return Verdict::Stays;
        }
        if kind == open.kind && weaker {
            return Verdict::Stays;
        }
        if is_planning(open.kind) && is_of_a_plan(kind, open.kind) {
            let strong = place.is_capitals || place.is_alone || matches!(place.mark, Mark::Hash(_) | Mark::Bold);
            if weaker || !strong {
                return Verdict::Stays;
            }
        }
        // The impression of a scan, below the results.
        if kind == NoteKind::Assessment && matches!(open.kind, NoteKind::Results | NoteKind::Imaging) && weaker {
            return Verdict::Stays;
        }
        // A problem called "Allergies" in a list of problems.
        let bare = standing == Standing::Word || kind == NoteKind::Allergies;
        let after_blank = self.view.lines.get(line).is_none_or(|l| l.is_after_blank);
        if bare
            && place.is_first
            && !place.has_colon
            && !place.is_capitals
            && !after_blank
            && place.mark == Mark::None
            && (is_planning(open.kind) || is_history(open.kind))
            && self.view.case == Case::Mixed
        {
            return Verdict::Stays;
        }
        opens
    }

    /// "S:", "O:", "A:", "P:" at the beginning of a line or a sentence, and not "P: 72".
    fn is_letter(&self, place: &Place) -> bool {
        let numbered = self.view.is_number(place.body) && place.heading.end + 3 >= self.view.start(place.body);
        place.has_colon && place.mark == Mark::None && !numbered
    }

    /// Numbers and bullets stand before headings only where the heading before had them too.
    fn is_counted_with(&self, place: &Place, open: Look) -> bool {
        match (place.mark, open.mark) {
            (Mark::Number(n), Mark::Number(before)) => n > before || !is_planning(open.kind),
            (Mark::Bullet, Mark::Bullet) => true,
            (Mark::Number(_) | Mark::Bullet, _) => {
                let list = is_planning(open.kind)
                    || is_history(open.kind)
                    || matches!(
                        open.kind,
                        NoteKind::Instructions
                            | NoteKind::FollowUp
                            | NoteKind::ReturnPrecautions
                            | NoteKind::Exam
                            | NoteKind::ReviewOfSystems
                            | NoteKind::Results
                            | NoteKind::Procedures
                            | NoteKind::Disposition
                    );
                !list && (place.has_colon || place.is_capitals)
            }
            _ => true,
        }
    }

    /// It looks less like a heading than the one that is open.
    fn is_weaker(&self, place: &Place, open: Look) -> bool {
        match (place.mark, open.mark) {
            (Mark::Hash(level), Mark::Hash(of)) => return level > of,
            (Mark::Hash(_), _) => return false,
            (Mark::None | Mark::Number(_) | Mark::Bullet, Mark::Hash(_)) => return true,
            (Mark::None | Mark::Number(_) | Mark::Bullet, Mark::Bold) => return true,
            _ => {}
        }
        let cased = self.view.case == Case::Mixed;
        cased && open.is_capitals && !place.is_capitals
            || open.is_alone && !place.is_alone && !(cased && place.is_capitals)
    }

    /// A heading that belongs inside sections of some kinds.
    fn inner(&self, place: &Place, of: &[NoteKind]) -> Verdict {
        let Some(open) = self.open else { return Verdict::Stays };
        if !(place.has_colon || place.is_alone)
            || of.iter().any(|kind| same_family(*kind, open.kind)) && open.kind != NoteKind::Vitals
        {
            return Verdict::Stays;
        }
        // "General:" behind "Vitals: …" is the examination.
        let exam = of.contains(&NoteKind::Exam) && !of.contains(&NoteKind::Vitals);
        if open.kind == NoteKind::Vitals && exam && place.is_first {
            return Verdict::TakesUp(NoteKind::Exam);
        }
        Verdict::Stays
    }

    /// A heading of which nobody knows what it is: it ends the section before it where it looks like the headings of
    /// sections, for its text would else be read as something that it is not.
    fn unknown(&self, place: &Place, line: usize, key: &mut Key) -> Verdict {
        let other = Verdict::Opens(NoteKind::Other);
        let letters = key.text().bytes().filter(|b| !b.is_ascii_digit() && *b != b' ').count();
        if !place.is_first || key.words() > 7 || letters < 4 || matches!(place.mark, Mark::Bullet | Mark::Number(_)) {
            return Verdict::Stays;
        }
        let after_blank = self.view.lines.get(line).is_none_or(|l| l.is_after_blank);
        let cased = self.view.case == Case::Mixed;
        let capitals = cased && place.is_capitals;
        let marked = matches!(place.mark, Mark::Hash(_) | Mark::Bold);
        if !(place.is_alone && (marked || capitals || place.has_colon && after_blank)
            || capitals && place.has_colon && after_blank)
        {
            return Verdict::Stays;
        }
        let Some(open) = self.open else {
            return if place.is_alone || place.has_colon { other } else { Verdict::Stays };
        };
        if self.is_weaker(place, open) || self.is_in_lexicon(key) {
            return Verdict::Stays;
        }
        let as_open = place.is_alone == open.is_alone && place.has_colon == open.has_colon && place.mark == open.mark;
        let closed = is_planning(open.kind)
            || matches!(
                open.kind,
                NoteKind::Exam
                    | NoteKind::ReviewOfSystems
                    | NoteKind::Vitals
                    | NoteKind::Results
                    | NoteKind::Imaging
                    | NoteKind::Medications
                    | NoteKind::Allergies
                    | NoteKind::Instructions
                    | NoteKind::PastMedical
            );
        if closed && !(as_open && after_blank && (capitals || marked)) { Verdict::Stays } else { other }
    }

    /// A problem, a medicine, a test: what lists within a section are headed by.
    fn is_in_lexicon(&self, key: &Key) -> bool {
        let lexicon = self.view.lexicon;
        lexicon.term_named(key.text()).is_some() || !lexicon.named_in(key.text(), &|| false).is_empty()
    }
}

/// Sections in which the next steps are written.
const fn is_planning(kind: NoteKind) -> bool {
    matches!(
        kind,
        NoteKind::Assessment | NoteKind::Plan | NoteKind::AssessmentAndPlan | NoteKind::Diagnosis | NoteKind::Course
    )
}

const fn is_history(kind: NoteKind) -> bool {
    matches!(
        kind,
        NoteKind::PastMedical
            | NoteKind::PastSurgical
            | NoteKind::Gynecologic
            | NoteKind::Family
            | NoteKind::Social
            | NoteKind::Medications
            | NoteKind::Allergies
            | NoteKind::Immunizations
    )
}

/// What a plan has labels for: "Labs: CBC today" orders, and reports nothing.
fn is_of_a_plan(kind: NoteKind, open: NoteKind) -> bool {
    match kind {
        NoteKind::Medications | NoteKind::Results | NoteKind::Imaging | NoteKind::Procedures | NoteKind::Diagnosis => {
            true
        }
        NoteKind::Instructions => open != NoteKind::Diagnosis,
        NoteKind::Assessment | NoteKind::Plan => matches!(open, NoteKind::AssessmentAndPlan | NoteKind::Course),
        NoteKind::Other => true,
        _ => false,
    }
}

/// Sections whose inner headings are of one kind.
const fn same_family(a: NoteKind, b: NoteKind) -> bool {
    const fn family(kind: NoteKind) -> u8 {
        match kind {
            NoteKind::Exam | NoteKind::ReviewOfSystems | NoteKind::Vitals => 1,
            NoteKind::Assessment
            | NoteKind::Plan
            | NoteKind::AssessmentAndPlan
            | NoteKind::Diagnosis
            | NoteKind::Course => 2,
            other => 10 + other as u8,
        }
    }
    family(a) == family(b)
}

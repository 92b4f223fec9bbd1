//! What became of every entry of the input.

use clinical_lexicon::Message;
use clinical_model::{Entry, EntryId, EntryState, Record, Source, UnreadReason};
use std::borrow::Cow;

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident = $id:literal $message:ident;)*) => {
        /// Why an entry that was read is not on the sheet.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Reason { $($(#[$doc])* $name,)* }

        impl Reason {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// A stable name for machines.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $id,)* }
            }

            /// Its words.
            #[must_use]
            pub const fn message(self) -> Message {
                match self { $(Self::$name => Message::$message,)* }
            }
        }
    };
}

reasons! {
    /// Bills and insurance.
    Administrative = "bills-and-insurance" HeldAdministrative;
    /// A kind of entry that the sheet has no place for.
    OtherKind = "other-kind" HeldOtherKind;
    /// Entered in error.
    Mistake = "entered-in-error" HeldMistake;
    /// Refuted.
    RuledOut = "ruled-out" HeldRuledOut;
    /// Resolved a while ago.
    Over = "over" HeldOver;
    /// The record does not say that it is so.
    Unclear = "unclear" HeldUnclear;
    /// Not done, cancelled, or declined.
    NotDone = "not-done" HeldNotDone;
    /// A plan, a draft, a proposal.
    NotOrdered = "not-ordered" HeldNotOrdered;
    /// A medicine whose course is over.
    MedicineOver = "medicine-finished-or-stopped-earlier" HeldMedicineOver;
    /// On hold.
    OnHold = "on-hold" HeldOnHold;
    /// The patient has died.
    Deceased = "patient-has-died" HeldDeceased;
    /// An earlier order of a medicine that has a newer one.
    EarlierOrder = "earlier-order" HeldEarlierOrder;
    /// A dose given by staff.
    GivenByStaff = "given-by-staff" HeldGivenByStaff;
    /// An earlier entry about the same thing.
    EarlierSame = "earlier-entry-of-the-same" HeldEarlierSame;
    /// A result from before the time the sheet covers.
    OlderResult = "older-result" HeldOlderResult;
    /// A visit, procedure, vaccine or report from before the time the sheet covers.
    Older = "older" HeldOlder;
    /// An appointment whose time has passed.
    PastAppointment = "past-appointment" HeldPastAppointment;
    /// Its results are listed one by one.
    Panel = "listed-one-by-one" HeldPanel;
    /// It holds no value.
    NoValue = "no-value" HeldNoValue;
    /// An answer to a question, a score, a habit.
    Survey = "questions-and-habits" HeldSurvey;
    /// A document that is not read by this program.
    Document = "document-not-read" HeldDocument;
    /// A detail of a note that is for the care team (the examination, the story).
    Detail = "detail-for-the-care-team" HeldDetail;
    /// A matter whose line, read by somebody else at home, could put the patient in danger.
    Private = "private" HeldPrivate;
    /// The record says that it was deleted.
    Removed = "removed-from-the-record" HeldRemoved;
    /// Its subject is not the patient.
    AboutOther = "about-somebody-or-something-else" HeldAboutOther;
    /// A person or place that no line of the sheet names.
    NotNamed = "not-named" HeldNotNamed;
}

/// What became of one entry.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fate {
    /// Something of it stands on the sheet.
    Shown,
    /// It was read and held back.
    HeldBack(Reason),
    /// It could not be read.
    Unreadable(UnreadReason),
}

/// The fate of every entry, in input order.
#[derive(Clone, Debug)]
pub struct Accounting<'a> {
    /// Kind and place of the entry, and what became of it.
    pub rows: Vec<(Cow<'a, str>, Source, Fate)>,
}

impl Accounting<'_> {
    /// Entries of the input, of those shown, held back, unreadable.
    #[must_use]
    pub fn counts(&self) -> (usize, usize, usize, usize) {
        let count = |f: fn(&Fate) -> bool| self.rows.iter().filter(|(_, _, fate)| f(fate)).count();
        (
            self.rows.len(),
            count(|f| matches!(f, Fate::Shown)),
            count(|f| matches!(f, Fate::HeldBack(_))),
            count(|f| matches!(f, Fate::Unreadable(_))),
        )
    }
}

/// The reasons given while selecting. "Shown" is not said here: it is found afterwards from the facts that really
/// stand on the sheet.
#[derive(Debug)]
pub(crate) struct Ledger {
    reasons: Vec<Option<Reason>>,
}

impl Ledger {
    pub(crate) fn new(entries: usize) -> Self {
        Self { reasons: vec![None; entries] }
    }

    /// Says why an entry is held back. The last word counts.
    pub(crate) fn hold(&mut self, entry: EntryId, reason: Reason) {
        if let Some(slot) = self.reasons.get_mut(entry.index()) {
            *slot = Some(reason);
        }
    }

    /// Closes the books: an entry is shown exactly if a fact on the sheet stands inside it. Entries may stand in
    /// entries (a result in its panel); a fact belongs to the innermost that holds it, and to the entry that refers
    /// to it from elsewhere.
    pub(crate) fn close(self, record: &Record<'_>, shown: impl Iterator<Item = Source>) -> Closed {
        let mut order: Vec<u32> = (0..number(record.entries.len())).collect();
        let place = |i: u32| record.entries[i as usize].source;
        order.sort_by_key(|i| (place(*i).start(), std::cmp::Reverse(place(*i).end())));
        // The entry around each, by its rank in `order`; nobody where there is none.
        let mut around: Vec<u32> = Vec::with_capacity(order.len());
        for (rank, i) in order.iter().enumerate() {
            let mut outer = rank.checked_sub(1).map_or(NOBODY, number);
            while outer != NOBODY && place(order[outer as usize]).end() < place(*i).end() {
                outer = around[outer as usize];
            }
            around.push(outer);
        }
        let owners = crate::owners::owners(record);
        let mut is_shown = vec![false; record.entries.len()];
        for source in shown {
            // An entry that was held back on purpose stays so, although another one shows the same words.
            for owner in owners.of(source).map(EntryId::index) {
                if let (Some(None), Some(slot)) = (self.reasons.get(owner), is_shown.get_mut(owner)) {
                    *slot = true;
                }
            }
            let after = order.partition_point(|i| place(*i).start() <= source.start());
            let mut at = after.checked_sub(1).map_or(NOBODY, number);
            while at != NOBODY && place(order[at as usize]).end() < source.end() {
                at = around[at as usize];
            }
            if at != NOBODY {
                is_shown[order[at as usize] as usize] = true;
            }
        }
        Closed { reasons: self.reasons, is_shown }
    }
}

/// No entry.
const NOBODY: u32 = u32::MAX;

/// The number of an entry: places in a document have no more bits, and entries have places of their own.
fn number(entry: usize) -> u32 {
    u32::try_from(entry).unwrap_or(NOBODY)
}

/// Books that are closed: why each entry is held back, and which are shown.
#[derive(Debug)]
pub(crate) struct Closed {
    reasons: Vec<Option<Reason>>,
    is_shown: Vec<bool>,
}

impl Closed {
    /// The fate of each of the record's entries. Who gives them away has them turned into rows where they stand: a long
    /// record has too many of them for two lists.
    pub(crate) fn rows<'a>(self, entries: Vec<Entry<'a>>) -> Accounting<'a> {
        let rows = entries.into_iter().zip(self.reasons).zip(self.is_shown).map(|((entry, reason), shown)| {
            let fate = match entry.state {
                EntryState::Unreadable(reason) => Fate::Unreadable(reason),
                _ if shown => Fate::Shown,
                EntryState::OtherKind if is_administrative(&entry.kind) => Fate::HeldBack(Reason::Administrative),
                // "Not to the patient without leave" (HL7 confidentiality NOPAT) is left unread.
                EntryState::OtherKind if entry.kind == "Restricted Statement" => Fate::HeldBack(Reason::Private),
                EntryState::OtherKind => Fate::HeldBack(Reason::OtherKind),
                EntryState::Superseded => Fate::HeldBack(Reason::EarlierSame),
                EntryState::Deleted => Fate::HeldBack(Reason::Removed),
                EntryState::AboutOther => Fate::HeldBack(Reason::AboutOther),
                EntryState::Parted => Fate::HeldBack(Reason::Panel),
                EntryState::Read => Fate::HeldBack(reason.unwrap_or(Reason::NotNamed)),
            };
            (entry.kind, entry.source, fate)
        });
        Accounting { rows: rows.collect() }
    }
}

/// Resources that are about money.
fn is_administrative(kind: &str) -> bool {
    matches!(
        kind,
        "Account"
            | "ChargeItem"
            | "Claim"
            | "ClaimResponse"
            | "Coverage"
            | "CoverageEligibilityRequest"
            | "CoverageEligibilityResponse"
            | "EnrollmentRequest"
            | "EnrollmentResponse"
            | "ExplanationOfBenefit"
            | "InsurancePlan"
            | "Invoice"
            | "PaymentNotice"
            | "PaymentReconciliation"
            // C-CDA.
            | "Coverage Activity"
            | "Policy Activity"
            | "Authorization Activity"
            | "Planned Coverage"
    )
}

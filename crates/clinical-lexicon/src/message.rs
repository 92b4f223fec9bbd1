//! Every phrase that the code can say, with the slots it fills. The words are in `data/<language>/*.ftl`.
//!
//! A language counts as supported only if it has every one of these with exactly these slots; loading checks it.

macro_rules! messages {
    ($($(#[$doc:meta])* $name:ident = $id:literal $([$($slot:literal),*])?;)*) => {
        /// A phrase by its name.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Message { $($(#[$doc])* $name,)* }

        impl Message {
            /// All of them, in order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// Its name in the Fluent files.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)* }
            }

            /// The slots the code fills, sorted.
            #[must_use]
            pub const fn slots(self) -> &'static [&'static str] {
                match self { $(Self::$name => &[$($($slot),*)?],)* }
            }
        }
    };
}

messages! {
    /// Title of the sheet.
    Title = "title";
    /// Section.
    WhyHeading = "why-heading";
    /// Section.
    FoundHeading = "found-heading";
    /// Section.
    MedicinesHeading = "medicines-heading";
    /// Section.
    AllergiesHeading = "allergies-heading";
    /// Section.
    ResultsHeading = "results-heading";
    /// Section.
    AppointmentsHeading = "appointments-heading";
    /// Section.
    HomeHeading = "home-heading";
    /// Section.
    HelpHeading = "help-heading";
    /// Section.
    AboutHeading = "about-heading";
    /// Said where a section that must be there has nothing.
    NotInRecord = "not-in-record";
    /// A visit without a clear status.
    VisitUnsure = "visit-unsure";
    /// A document that is not final.
    NotFinalYet = "not-final-yet";
    /// Any allergy, marked as not so.
    NoAllergiesKnown = "no-allergies-known" ["words"];
    /// Any medicine, marked as not taken.
    NoMedicinesTaken = "no-medicines-taken" ["words"];
    /// Title of the clinician's extract.
    ExtractTitle = "extract-title";
    /// What it is.
    ExtractIntro = "extract-intro";
    /// How much of the note it is.
    ExtractCounts = "extract-counts" ["chosen", "sentences"];
    /// Nothing to extract.
    ExtractEmpty = "extract-empty";
    /// Section of the extract.
    ExtractMedicines = "extract-medicines";
    /// Section of the extract.
    ExtractFollowUp = "extract-follow-up";
    /// Section of the extract.
    ExtractPlan = "extract-plan";
    /// Section of the extract.
    ExtractAssessment = "extract-assessment";
    /// Section of the extract.
    ExtractResults = "extract-results";
    /// The mark of words that stand in no entry.
    FromText = "from-text";
    /// What was read from a note.
    AboutNote = "about-note";
    /// At the start of a sheet with words by a language model.
    AiOpening = "ai-opening";
    /// A clinician reads each such sheet.
    AiReviewed = "ai-reviewed";
    /// No clinician reads it.
    AiNotReviewed = "ai-not-reviewed";
    /// How to reach a person.
    AiContact = "ai-contact";
    /// The mark before words by a language model.
    PlainMark = "plain-mark";
    /// The record's own words, below those.
    RecordSays = "record-says" ["words"];
    /// In place of [`Self::AboutReviewed`] on such a sheet.
    AboutMarked = "about-marked";
    /// List.
    FollowUpHeading = "follow-up-heading";
    /// List.
    HelpWordsHeading = "help-words-heading";
    /// Section.
    MoreHeading = "more-heading";
    /// Reason.
    HeldDetail = "held-detail";
    /// A medicine that the record calls completed.
    CautionCompleted = "caution-completed";
    /// A medicine that stands in no entry.
    CautionFromText = "caution-from-text";
    /// A medicine whose entry and text differ.
    CautionNarrative = "caution-narrative";
    /// A medicine that a note speaks of.
    CautionOnlyMentioned = "caution-only-mentioned";
    /// What a goal is measured by.
    GoalTarget = "goal-target" ["measure", "value"];
    /// An age.
    AgeYears = "age-years" ["number"];
    /// An age.
    AgeMonths = "age-months" ["number"];
    /// Reason.
    HeldOnHold = "held-on-hold";
    /// A medicine that is not taken.
    CautionNotTaken = "caution-not-taken";
    /// Since what age.
    SinceAge = "since-age" ["age"];
    /// Onset in words.
    BeganWhen = "began-when" ["words"];
    /// When it was recorded.
    NotedOn = "noted-on" ["date"];
    /// Active with an end.
    ProblemDisagrees = "problem-disagrees";
    /// Body site.
    BodySite = "body-site" ["site"];
    /// Severity of a problem.
    HowBad = "how-bad" ["severity"];
    /// Death without a date.
    Died = "died";
    /// A procedure in progress.
    GoingOn = "going-on";
    /// An allergy without a cause.
    AllergyUnnamed = "allergy-unnamed" ["name"];
    /// High criticality.
    AllergyRisk = "allergy-risk";
    /// A forbidden order.
    DoNot = "do-not" ["what"];
    /// A requested window.
    WhenBetween = "when-between" ["end", "start"];
    /// Section in words.
    MedicineWordsHeading = "medicine-words-heading";
    /// Section in words.
    AllergyWordsHeading = "allergy-words-heading";
    /// An order for a medicine that another entry stops or holds.
    CautionAgainst = "caution-against";
    /// A stopped medicine without a reason.
    CautionNoReason = "caution-no-reason";
    /// A short course that must be over.
    CautionCourseOver = "caution-course-over" ["time"];
    /// Reason.
    HeldDeceased = "held-deceased";
    /// Only held-back medicines.
    MedicinesHeld = "medicines-held";
    /// Only held-back allergies.
    AllergiesHeld = "allergies-held";
    /// None known beside an allergy.
    AllergiesDisagree = "allergies-disagree";
    /// An allergy that could not be read.
    AllergyUnreadable = "allergy-unreadable";
    /// A part that was not measured.
    NoResultBecause = "no-result-because" ["reason"];
    /// Level.
    LevelCriticalHigh = "level-critical-high";
    /// Level.
    LevelCriticalLow = "level-critical-low";
    /// A result without a status.
    FinalUnsaid = "final-unsaid";
    /// List of other tests.
    ChecksHeading = "checks-heading";
    /// Said on every sheet.
    AboutAll = "about-all";
    /// Reason.
    HeldPrivate = "held-private";
    /// A date that a whole list shares.
    AllFrom = "all-from" ["date"];
    /// Whose sheet.
    ForWhom = "for-whom" ["name"];
    /// Date of birth.
    BornOn = "born-on" ["date"];
    /// Said where the record gives a death.
    DiedOn = "died-on" ["date"];
    /// The visit by date.
    VisitOn = "visit-on" ["date"];
    /// The stay by dates.
    StayFromTo = "stay-from-to" ["end", "start"];
    /// The visit without a date.
    VisitUndated = "visit-undated";
    /// The kind of visit.
    VisitKind = "visit-kind" ["kind"];
    /// Where it was.
    VisitPlace = "visit-place" ["place"];
    /// With whom.
    VisitWith = "visit-with" ["name"];
    /// Beside the heading of the medicines.
    MedicinesExact = "medicines-exact";
    /// List of what was stopped or forbidden.
    DoNotTakeHeading = "do-not-take-heading";
    /// Before a stopped medicine.
    StopTaking = "stop-taking";
    /// List of what is on hold.
    HoldHeading = "hold-heading";
    /// List of what to take.
    TakeHeading = "take-heading";
    /// List of what to take when needed.
    AsNeededHeading = "as-needed-heading";
    /// List of what the record leaves open.
    AskHeading = "ask-heading";
    /// Above that list.
    AskIntro = "ask-intro";
    /// Column.
    Morning = "morning";
    /// Column.
    Noon = "noon";
    /// Column.
    Evening = "evening";
    /// Column.
    Bedtime = "bedtime";
    /// Column.
    MedicineColumn = "medicine-column";
    /// Cell without a dose.
    NothingThen = "nothing-then";
    /// Below the grid.
    ScheduleNote = "schedule-note";
    /// The prescriber's own text.
    PrescriberWords = "prescriber-words" ["words"];
    /// What it is for, from the record.
    UsedForReason = "used-for-reason" ["reason"];
    /// What it is often used for, from the lexicon.
    OftenUsedFor = "often-used-for" ["uses"];
    /// The same for one part of a mixture.
    PartUsedFor = "part-used-for" ["part", "uses"];
    /// When it was ordered.
    OrderedOn = "ordered-on" ["date"];
    /// Who ordered it.
    OrderedBy = "ordered-by" ["name"];
    /// Why it was stopped or held.
    StatusReason = "status-reason" ["reason"];
    /// A remark of the record.
    Remark = "remark" ["words"];
    /// Two orders for one medicine.
    CautionTwoOrders = "caution-two-orders";
    /// A stop and an order for one medicine.
    CautionConflict = "caution-conflict";
    /// An active order whose time is over.
    CautionEnded = "caution-ended" ["date"];
    /// Structure and text disagree.
    CautionDisagree = "caution-disagree";
    /// No directions.
    CautionNoDirections = "caution-no-directions";
    /// A medicine without a name.
    MedicineUnreadable = "medicine-unreadable";
    /// List of problems.
    ProblemsNow = "problems-now";
    /// List of possible problems.
    ProblemsPossible = "problems-possible";
    /// Above that list.
    ProblemsPossibleIntro = "problems-possible-intro";
    /// List of past problems.
    ProblemsPast = "problems-past";
    /// Since when.
    Since = "since" ["date"];
    /// Until when.
    Until = "until" ["date"];
    /// The everyday name.
    PlainName = "plain-name" ["name"];
    /// List of vital signs.
    VitalsHeading = "vitals-heading";
    /// List of procedures.
    ProceduresHeading = "procedures-heading";
    /// List of vaccines.
    VaccinesHeading = "vaccines-heading";
    /// Findings in the record's words.
    NotesHeading = "notes-heading";
    /// Heading of the record's words.
    NoteFrom = "note-from" ["title"];
    /// A date beside a line.
    OnDate = "on-date" ["date"];
    /// An allergy.
    AllergyTo = "allergy-to" ["name"];
    /// A possible allergy.
    AllergyUnsure = "allergy-unsure" ["name"];
    /// A reaction.
    Reaction = "reaction" ["reaction"];
    /// Severity.
    Seriousness = "seriousness" ["severity"];
    /// No known allergies.
    NoneKnown = "none-known" ["words"];
    /// Not asked.
    NotAsked = "not-asked" ["words"];
    /// Column.
    TestColumn = "test-column";
    /// Column.
    ResultColumn = "result-column";
    /// Column.
    RangeColumn = "range-column";
    /// Column.
    DateColumn = "date-column";
    /// Column.
    EarlierColumn = "earlier-column";
    /// Level.
    LevelHigh = "level-high";
    /// Level.
    LevelLow = "level-low";
    /// Level.
    LevelWithin = "level-within";
    /// Level.
    LevelAbnormal = "level-abnormal";
    /// An unfinished result.
    NotFinal = "not-final" ["status"];
    /// The record's own reading.
    InterpretationSays = "interpretation-says" ["words"];
    /// Alternative text of the picture.
    TrendPicture = "trend-picture";
    /// The same with a band.
    TrendPictureBand = "trend-picture-band";
    /// Undated.
    NoDate = "no-date";
    /// A range.
    RangeBetween = "range-between" ["high", "low"];
    /// A range with an open end.
    RangeFrom = "range-from" ["low"];
    /// A range with an open end.
    RangeTo = "range-to" ["high"];
    /// A range whose end is outside of it.
    RangeAbove = "range-above" ["low"];
    /// A range whose end is outside of it.
    RangeBelow = "range-below" ["high"];
    /// A boolean result.
    ValueYes = "value-yes" ["value"];
    /// A boolean result.
    ValueNo = "value-no" ["value"];
    /// Date of an appointment.
    When = "when" ["date"];
    /// Date and time of an appointment.
    WhenAt = "when-at" ["clock", "date"];
    /// An appointment without a date.
    WhenUnsaid = "when-unsaid";
    /// With whom.
    WithWhom = "with-whom" ["name"];
    /// Where.
    WhereAt = "where-at" ["place"];
    /// Telephone.
    Phone = "phone" ["number"];
    /// What for.
    Purpose = "purpose" ["purpose"];
    /// Preparation.
    Prepare = "prepare" ["words"];
    /// An open appointment.
    NotBooked = "not-booked" ["status"];
    /// An open appointment without a status.
    NotFixed = "not-fixed";
    /// Orders.
    OrderedHeading = "ordered-heading";
    /// Plans.
    PlanHeading = "plan-heading";
    /// Goals.
    GoalsHeading = "goals-heading";
    /// The fixed emergency line.
    HelpEmergency = "help-emergency";
    /// Whom to ask.
    HelpQuestions = "help-questions";
    /// A record with nothing to show.
    NothingToShow = "nothing-to-show";
    /// Disclaimer.
    AboutCopied = "about-copied";
    /// Disclaimer.
    AboutAdvice = "about-advice";
    /// Disclaimer.
    AboutReviewed = "about-reviewed";
    /// The accounting.
    AboutCounts = "about-counts" ["entries", "held", "shown", "unreadable"];
    /// List of what is held back.
    AboutHeld = "about-held";
    /// One row of it.
    AboutHeldRow = "about-held-row" ["count", "kind", "reason"];
    /// List of what is unreadable.
    AboutUnreadable = "about-unreadable";
    /// Readability.
    AboutReading = "about-reading" ["grade"];
    /// Sources.
    AboutWhere = "about-where";
    /// Sources.
    AboutWhereText = "about-where-text";
    /// Reason.
    HeldAdministrative = "held-administrative";
    /// Reason.
    HeldOtherKind = "held-other-kind";
    /// Reason.
    HeldMistake = "held-mistake";
    /// Reason.
    HeldRuledOut = "held-ruled-out";
    /// Reason.
    HeldOver = "held-over";
    /// Reason.
    HeldUnclear = "held-unclear";
    /// Reason.
    HeldNotDone = "held-not-done";
    /// Reason.
    HeldNotOrdered = "held-not-ordered";
    /// Reason.
    HeldMedicineOver = "held-medicine-over";
    /// Reason.
    HeldEarlierOrder = "held-earlier-order";
    /// Reason.
    HeldGivenByStaff = "held-given-by-staff";
    /// Reason.
    HeldEarlierSame = "held-earlier-same";
    /// Reason.
    HeldOlderResult = "held-older-result";
    /// Reason.
    HeldOlder = "held-older";
    /// Reason.
    HeldPastAppointment = "held-past-appointment";
    /// Reason.
    HeldPanel = "held-panel";
    /// Reason.
    HeldNoValue = "held-no-value";
    /// Reason.
    HeldSurvey = "held-survey";
    /// Reason.
    HeldDocument = "held-document";
    /// Reason.
    HeldRemoved = "held-removed";
    /// Reason.
    HeldAboutOther = "held-about-other";
    /// Reason.
    HeldNotNamed = "held-not-named";
    /// Reason.
    UnreadNoResource = "unread-no-resource";
    /// Reason.
    UnreadNoType = "unread-no-type";
    /// Reason.
    UnreadNotAnObject = "unread-not-an-object";
    /// Reason.
    UnreadBrokenLine = "unread-broken-line";
    /// Reason.
    UnreadModifier = "unread-modifier";
    /// Reason.
    UnreadNoMedicine = "unread-no-medicine";
    /// Reason.
    UnreadNoSubject = "unread-no-subject";
    // Directions: parts of a sentence, put together by `clinical-summary`.
    /// In place of an amount.
    DoseIt = "dose-it";
    /// From low to high.
    DoseRange = "dose-range" ["high", "low"];
    /// After a number without a unit.
    DoseEachTime = "dose-each-time";
    /// An amount in a time.
    DosePer = "dose-per" ["amount", "time"];
    /// A way the lexicon does not know.
    DoseWay = "dose-way" ["way"];
    /// Where on the body.
    DoseSite = "dose-site" ["site"];
    /// How long one dose takes.
    DoseOver = "dose-over" ["time"];
    /// How fast.
    DoseRate = "dose-rate" ["rate"];
    /// So many times.
    DoseTimes = "dose-times" ["times"];
    /// So many times a period.
    DoseTimesIn = "dose-times-in" ["each", "times"];
    /// Every period.
    DoseEvery = "dose-every" ["period"];
    /// So many times every period.
    DoseTimesEvery = "dose-times-every" ["period", "times"];
    /// A coded schedule.
    DoseCoded = "dose-coded" ["code", "words"];
    /// For whatever is not taken every day.
    DoseNotDaily = "dose-not-daily" ["often"];
    /// On these days.
    DoseOn = "dose-on" ["days"];
    /// At a clock time.
    DoseAt = "dose-at" ["time"];
    /// At one moment.
    DoseAtMoment = "dose-at-moment" ["date", "time"];
    /// Minutes before or after an event.
    DoseMinutes = "dose-minutes" ["event", "minutes"];
    /// The end of a list.
    DoseAnd = "dose-and" ["first", "last"];
    /// So many times in all.
    DoseCount = "dose-count" ["times"];
    /// Once and never again.
    DoseOnce = "dose-once" ["times"];
    /// How long a step lasts.
    DoseFor = "dose-for" ["time"];
    /// From date to date.
    DoseFromTo = "dose-from-to" ["end", "start"];
    /// From a date.
    DoseFrom = "dose-from" ["start"];
    /// Until a date.
    DoseUntil = "dose-until" ["end"];
    /// Only when needed.
    DoseAsNeeded = "dose-as-needed";
    /// Only when needed for this.
    DoseAsNeededFor = "dose-as-needed-for" ["reason"];
    /// How often it may be used.
    DoseCanUse = "dose-can-use" ["often"];
    /// A maximum in a time.
    DoseMaxPeriod = "dose-max-period" ["amount", "time"];
    /// A maximum at once.
    DoseMaxOnce = "dose-max-once" ["amount"];
    /// A maximum in a life.
    DoseMaxLife = "dose-max-life" ["amount"];
    /// Before the first step.
    DoseFirst = "dose-first";
    /// Before a later step.
    DoseThen = "dose-then";
    /// Before a step taken together with the one before.
    DoseAlso = "dose-also";
    /// No amount in the record.
    DoseAmountUnsaid = "dose-amount-unsaid";
    /// No timing in the record.
    DoseOftenUnsaid = "dose-often-unsaid";
    /// No end of a step in the record.
    DoseLongUnsaid = "dose-long-unsaid";
    /// The first day of the step stands only in the text.
    DoseStartQuoted = "dose-start-quoted";
    /// The time of day stands only in the text.
    DoseTimeQuoted = "dose-time-quoted";
    /// What could be read: the amount.
    DoseReadAmount = "dose-read-amount" ["amount"];
    /// What could be read: the way.
    DoseReadWay = "dose-read-way" ["way"];
    /// What could be read: the timing.
    DoseReadOften = "dose-read-often" ["often"];
    /// Directions that could not be read in full.
    DoseUnread = "dose-unread";
}

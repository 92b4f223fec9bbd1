//! The words themselves, each with examples that it must and must not match. The tests of `cues` run all of them.

use super::{Halt, Lead};
use clinical_model::Assertion::{self, Absent, Family, Historical, Possible};

/// What the first words of a problem's name say of it.
pub(super) const ASSERTIONS: &[Lead<Assertion>] = &[
    Lead {
        means: Absent,
        words: &[
            "no evidence of",
            "no evidence for",
            "no sign of",
            "no signs of",
            "no history of",
            "no hx of",
            "no h/o",
            "no family history",
            "no known",
            "negative for",
            "neg for",
            "ruled out",
            "ruled-out",
            "denies",
            "denied",
            "patient denies",
            "pt denies",
            "without",
            "does not have",
            "has no",
        ],
        unless: &[],
        matches: &[
            "No evidence of heart attack",
            "Ruled out: pulmonary embolism",
            "negative for stroke",
            "Denies chest pain",
            "No history of seizures",
            "NO KNOWN PROBLEMS",
            "Without complication",
            "- No sign of infection",
            "No family history of breast cancer",
        ],
        never: &[
            "Ruled outcome",
            "Negative pressure ventilation",
            "Denial of illness",
            "No light perception",
            "No-reflow phenomenon",
            "Absence of kidney",
            "Not for resuscitation",
            "Withouten",
        ],
    },
    Lead {
        means: Possible,
        words: &[
            "rule out",
            "rule-out",
            "r/o",
            "suspected",
            "suspect",
            "suspicion of",
            "suspicious for",
            "possible",
            "possibly",
            "probable",
            "probably",
            "likely",
            "presumed",
            "presumptive",
            "questionable",
            "query",
            "concern for",
            "concerning for",
            "cannot exclude",
            "cannot rule out",
            "?",
        ],
        unless: &[],
        matches: &[
            "Rule out appendicitis",
            "R/O PE",
            "r/o: sepsis",
            "Suspected COVID-19",
            "possible fracture",
            "?pneumonia",
            "? pneumonia",
            "Concern for sepsis",
            "Probable gout",
            "(possible) gout",
            "Query appendicitis",
        ],
        never: &["Ruled outcome", "Rule outs", "Suspectedly", "Concerned about housing", "Root canal", "Pneumonia"],
    },
    Lead {
        means: Family,
        words: &["family history", "family hx", "family h/o", "fam hx", "fhx", "fh of", "positive family history"],
        unless: &[],
        matches: &[
            "Family history of breast cancer",
            "family history: diabetes",
            "FHx colon cancer",
            "Family history of malignant neoplasm of breast (situation)",
        ],
        never: &["Family disruption", "Familial hypercholesterolemia", "FH heterozygous", "Family historian"],
    },
    Lead {
        means: Historical,
        words: &[
            "history of",
            "hx of",
            "h/o",
            "personal history of",
            "remote history of",
            "previous history of",
            "past history of",
            "past medical history",
            "past",
            "previous",
            "prior",
            "status post",
            "status-post",
            "s/p",
            "no longer has",
        ],
        unless: &["past due", "past term", "past dates", "past pointing", "prior authorization"],
        matches: &[
            "History of appendectomy (situation)",
            "H/O: stroke",
            "s/p hip replacement",
            "Status post appendectomy",
            "Past alcohol abuse",
            "Personal history of malignant neoplasm of breast",
            "Previous caesarean section",
        ],
        never: &[
            "History and physical",
            "Past-pointing",
            "Past due immunization",
            "Paste allergy",
            "Previously healthy",
            "Priority",
            "Status asthmaticus",
            "Hypertension",
        ],
    },
];

/// What the last words of a problem's name say of it.
pub(super) const ENDINGS: &[Lead<Assertion>] = &[
    Lead {
        means: Absent,
        words: &["ruled out", "was excluded", "not found"],
        unless: &["not ruled out", "not been ruled out", "cannot be ruled out"],
        matches: &["Myocardial infarction ruled out", "Pulmonary embolism (ruled out)", "PE, ruled out."],
        never: &["PE not ruled out", "PE cannot be ruled out", "Overruled out"],
    },
    Lead {
        means: Possible,
        words: &["rule out", "r/o", "suspected", "possible", "probable", "not ruled out", "cannot be ruled out", "?"],
        unless: &[],
        matches: &["Appendicitis, rule out", "Pneumonia?", "Sepsis - suspected", "PE not ruled out"],
        never: &["Unsuspected", "Pneumonia"],
    },
    Lead {
        means: Family,
        words: &["family history of", "family history"],
        unless: &[],
        matches: &["Diabetes, family history of", "Colon cancer - family history"],
        never: &["Diabetes"],
    },
    Lead {
        means: Historical,
        words: &["history of", "h/o", "s/p"],
        unless: &["family history of"],
        matches: &["Myocardial infarction, history of"],
        never: &["Diabetes, family history of"],
    },
];

/// A relative, then one of [`HAS`], then a problem: the relative's.
pub(super) const RELATIVES: &[&str] = &[
    "mother",
    "father",
    "parent",
    "parents",
    "brother",
    "sister",
    "sibling",
    "son",
    "daughter",
    "child",
    "grandmother",
    "grandfather",
    "grandparent",
    "aunt",
    "uncle",
    "cousin",
    "husband",
    "wife",
    "partner",
    "family member",
    "maternal grandmother",
    "maternal grandfather",
    "paternal grandmother",
    "paternal grandfather",
];

/// See [`RELATIVES`].
pub(super) const HAS: &[&str] = &["had", "has", "have", "with", "died of", "died from", "diagnosed with"];

/// Words after which "no …" does not hold for the rest: then nobody can tell which part is denied.
pub(super) const CONTRAST: &[&str] = &["but", "however", "except", "although", "positive"];

/// What the first words of an order say of it (safety rule 8). In a name each of them counts; in a remark or in
/// directions only with what [`super::halt_in_text`] asks for.
pub(super) const HALTS: &[Lead<Halt>] = &[
    Lead {
        means: Halt::Hold,
        words: &["hold", "please hold", "on hold", "held"],
        unless: &["hold music"],
        matches: &[
            "Hold metformin",
            "HOLD: warfarin",
            "hold - lisinopril 10 mg",
            "[HOLD] apixaban",
            "On hold: aspirin",
        ],
        never: &["Holder", "Holdfast gel", "Heldium", "Hold-fast gel", "Metformin hold"],
    },
    Lead {
        means: Halt::Stop,
        words: &[
            "stop taking",
            "stop using",
            "stop",
            "please stop",
            "stopped",
            "discontinue",
            "discontinued",
            "d/c",
            "d/c'd",
            "dc'd",
            "no longer taking",
            "no longer take",
            "do not take",
            "don't take",
        ],
        unless: &[],
        matches: &[
            "Stop taking ibuprofen",
            "STOP lisinopril",
            "Discontinue aspirin",
            "D/C warfarin",
            "d/c: warfarin",
            "Do not take naproxen",
            "DISCONTINUED - atenolol",
        ],
        never: &["Stopain cream", "Stop-Itch cream", "Discontinuer", "D/Celtic", "Dc", "Nonstop"],
    },
];

/// Words that may follow a bare "hold" or "stop" in directions and remarks: then it is the medicine that is meant, and
/// not the breath, a spray in the mouth, or the doctor's office.
pub(super) const MEANS_THE_MEDICINE: &[&str] = &[
    "this",
    "it",
    "until",
    "dose",
    "doses",
    "med",
    "meds",
    "medication",
    "medications",
    "medicine",
    "medicines",
    "drug",
    "pending",
    "per",
    "due",
    "because",
    "temporarily",
    "immediately",
    "now",
    "today",
    "altogether",
    "completely",
    "permanently",
    "taking",
    "using",
    "use",
    "order",
    "prescription",
    "therapy",
    "treatment",
    "while",
    "anymore",
];

/// Words by which "hold" is a way to use the medicine.
pub(super) const HANDLING: &[&str] = &[
    "breath",
    "cheek",
    "chin",
    "eye",
    "gum",
    "head",
    "inhaler",
    "lips",
    "minute",
    "minutes",
    "mouth",
    "nostril",
    "seconds",
    "spacer",
    "spray",
    "throat",
    "tongue",
    "upright",
    "vertically",
];

/// Words that may follow what is said to have happened.
pub(super) const AFTER_THE_FACT: &[&str] = &["by", "on", "in", "at", "since"];

/// What a medicine is held for.
pub(super) const HELD_FOR: &[&str] = &[
    "surgery",
    "procedure",
    "operation",
    "now",
    "colonoscopy",
    "endoscopy",
    "biopsy",
    "mri",
    "ct",
    "scan",
    "contrast",
];

/// Words that make a hold or a stop depend on something that has not happened.
pub(super) const CONDITIONS: &[&str] =
    &["if", "when", "whenever", "unless", "once", "should", "case", "after", "before", "prior"];

/// The first words of a remark that takes an earlier hold back.
pub(super) const RESUMES: &[&str] = &["resume", "resumed", "restart", "restarted", "ok to resume", "may resume"];

/// Names that name no medicine. "Prescribed medication" is not among them: it says that an order stands, and an order
/// that stands is shown in the record's words.
pub(super) const NAMELESS: &[&str] = &[
    "drug",
    "medication",
    "medications",
    "medicine",
    "medicines",
    "n/a",
    "no data",
    "no data available",
    "no information",
    "not available",
    "not specified",
    "other",
    "other medication",
    "prescription",
    "unknown",
    "unknown drug",
    "unknown medication",
    "unknown medicine",
    "unspecified",
    "unspecified drug",
    "unspecified medication",
    "unspecified medicine",
];

/// Whole texts that say, in the place of a medicine, that there is none.
pub(super) const NO_MEDICINE: &[&str] = &[
    "no drug therapy",
    "no drug therapy prescribed",
    "no meds",
    "no medication",
    "no medications",
    "no medicines",
    "none",
    "none known",
];

/// The last word of a longer one.
pub(super) const MEDICINES: &[&str] =
    &["drug", "drugs", "medication", "medications", "medicine", "medicines", "meds", "prescription", "prescriptions"];

/// Whole texts that say "no allergies".
pub(super) const NO_ALLERGY: &[&str] =
    &["nil known", "nka", "nkda", "nkfa", "nkma", "no allergies", "no allergy", "none", "none known"];

/// Words by which "no … allergies" says nothing of allergies.
pub(super) const NO_ANSWER: &[&str] =
    &["data", "documentation", "documented", "file", "info", "information", "record", "recorded", "records", "review"];

/// Whole texts that say that nobody asked or nobody knows.
pub(super) const ALLERGY_NOT_ASKED: &[&str] = &[
    "allergies not asked",
    "allergies not assessed",
    "allergies not documented",
    "allergies not on file",
    "allergies not recorded",
    "allergies not reviewed",
    "allergies unknown",
    "allergy status not recorded",
    "allergy status unknown",
    "no allergy information",
    "no allergy information available",
    "no information",
    "no information about allergies",
    "not asked",
    "not assessed",
    "not documented",
    "not on file",
    "not recorded",
    "unable to assess",
    "unable to assess allergies",
    "unable to obtain",
    "unknown",
    "unknown allergies",
    "unknown allergy",
    "unknown allergy status",
];

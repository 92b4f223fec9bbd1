//! Groups of words and endings of names: a word that the table does not hold says by them what it is.

/// What a word is by its ending or as one of a group: rare words say by it what they are.
pub(super) fn classes(word: &str) -> impl Iterator<Item = &'static str> {
    let ending = ENDINGS.iter().filter(move |(end, _)| word_ends(word, end)).map(|(_, class)| *class).next();
    let group = match word {
        "penicillin" | "pcn" | "sulfa" | "codeine" | "latex" | "iodine" | "contrast" | "dye" | "egg" | "eggs"
        | "peanut" | "peanuts" | "nuts" | "shellfish" | "seafood" | "bee" | "pollen" | "mold" | "molds" | "dust"
        | "cats" | "dander" | "amoxicillin" | "bactrim" | "sulfonamides" | "cephalosporins" | "aspirin"
        | "morphine" | "demerol" | "tape" | "adhesive" | "keflex" | "erythromycin" | "tetracycline" => {
            Some("*class allergen")
        }
        "allergy" | "allergies" | "allergic" | "hives" | "anaphylaxis" | "nkda" | "nka" => Some("*class allergy"),
        "surgery" | "surgeries" | "surgical" | "operation" | "operations" | "operative" | "bypass" | "cabg"
        | "repair" | "replacement" | "removed" | "removal" | "ligation" | "section" | "resection" | "excision"
        | "implant" | "graft" | "pacemaker" | "stent" | "fusion" | "reconstruction" | "transplant" | "circumcision" => {
            Some("*class surgery")
        }
        "alcohol" | "etoh" | "beer" | "wine" | "liquor" | "drinks" | "drinker" | "drinking" | "tobacco"
        | "cigarettes" | "cigarette" | "smoker" | "smokes" | "smoking" | "smoke" | "nonsmoker" | "nondrinker"
        | "cocaine" | "marijuana" | "heroin" | "methamphetamine" | "caffeine" | "illicit" => Some("*class habits"),
        "married" | "single" | "divorced" | "widowed" | "lives" | "works" | "retired" | "employed" | "unemployed"
        | "occupation" | "school" | "college" | "teacher" | "job" | "disabled" | "grade" | "boyfriend"
        | "girlfriend" | "husband" | "wife" | "driver" | "engineer" | "secretary" | "housewife" | "student" => {
            Some("*class life")
        }
        "vaccine" | "vaccines" | "vaccination" | "vaccinations" | "immunization" | "immunizations" | "immunized"
        | "vaccinated" | "tetanus" | "flu" | "influenza" | "pneumovax" | "booster" | "boosters" | "shots" | "shot" => {
            Some("*class vaccine")
        }
        "menses" | "menstrual" | "periods" | "pap" | "gravida" | "para" | "lmp" | "menarche" | "menopause"
        | "pregnancies" | "pregnant" | "pregnancy" | "postmenopausal" | "mammogram" | "miscarriage" | "abortion"
        | "abortions" => Some("*class gynecologic"),
        "wbc" | "hemoglobin" | "hematocrit" | "platelets" | "platelet" | "sodium" | "potassium" | "bun"
        | "creatinine" | "glucose" | "cbc" | "bmp" | "cmp" | "urinalysis" | "enzymes" | "troponin" | "electrolytes"
        | "culture" | "cultures" | "ekg" | "ecg" | "labs" | "laboratory" | "lymphocyte" => Some("*class laboratory"),
        "xray" | "xrays" | "ct" | "mri" | "ultrasound" | "radiograph" | "radiographs" | "radiology" | "scan"
        | "film" | "films" | "echocardiogram" | "doppler" | "opacification" | "infiltrate" => Some("*class imaging"),
        "pain" | "nausea" | "vomiting" | "fever" | "chills" | "cough" | "headache" | "headaches" | "dizziness"
        | "diarrhea" | "constipation" | "palpitations" | "dyspnea" | "wheezing" | "dysuria" | "hematuria"
        | "numbness" | "weakness" | "tingling" | "syncope" | "edema" | "swelling" | "rash" | "sweats" | "melena"
        | "orthopnea" => Some("*class symptom"),
        "clear" | "supple" | "nontender" | "soft" | "intact" | "symmetric" | "symmetrical" | "palpable"
        | "auscultation" | "percussion" | "murmur" | "murmurs" | "adenopathy" | "lymphadenopathy" | "normocephalic"
        | "atraumatic" | "perrla" | "eomi" | "jvd" | "masses" | "tenderness" | "distress" | "nourished"
        | "reflexes" | "bruits" => Some("*class examined"),
        "home" | "discharged" | "discharge" | "stable" | "transferred" | "guarded" => Some("*class leaving"),
        "diet" | "calorie" | "tolerated" | "activity" | "instructed" | "recheck" | "schedule" | "order" | "refer" => {
            Some("*class next")
        }
        _ => None,
    };
    ending.into_iter().chain(group)
}

fn word_ends(word: &str, end: &str) -> bool {
    word.len() > end.len() + 2 && word.ends_with(end)
}

/// Endings of Greek, Latin and drug names.
const ENDINGS: [(&str, &str); 44] = [
    ("ectomy", "*ending surgery"),
    ("ectomies", "*ending surgery"),
    ("otomy", "*ending surgery"),
    ("ostomy", "*ending surgery"),
    ("plasty", "*ending surgery"),
    ("rrhaphy", "*ending surgery"),
    ("pexy", "*ending surgery"),
    ("scopy", "*ending procedure"),
    ("graphy", "*ending procedure"),
    ("centesis", "*ending procedure"),
    ("itis", "*ending disease"),
    ("osis", "*ending disease"),
    ("emia", "*ending disease"),
    ("pathy", "*ending disease"),
    ("oma", "*ending disease"),
    ("ension", "*ending disease"),
    ("betes", "*ending disease"),
    ("uria", "*ending symptom"),
    ("algia", "*ending symptom"),
    ("cillin", "*ending medicine"),
    ("mycin", "*ending medicine"),
    ("olol", "*ending medicine"),
    ("pril", "*ending medicine"),
    ("sartan", "*ending medicine"),
    ("statin", "*ending medicine"),
    ("azole", "*ending medicine"),
    ("prazole", "*ending medicine"),
    ("azepam", "*ending medicine"),
    ("zolam", "*ending medicine"),
    ("dipine", "*ending medicine"),
    ("thiazide", "*ending medicine"),
    ("formin", "*ending medicine"),
    ("gliptin", "*ending medicine"),
    ("oxacin", "*ending medicine"),
    ("cycline", "*ending medicine"),
    ("sone", "*ending medicine"),
    ("solone", "*ending medicine"),
    ("profen", "*ending medicine"),
    ("triptan", "*ending medicine"),
    ("codone", "*ending medicine"),
    ("terol", "*ending medicine"),
    ("parin", "*ending medicine"),
    ("xetine", "*ending medicine"),
    ("oplasties", "*ending surgery"),
];

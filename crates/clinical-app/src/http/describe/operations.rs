//! What each route does, takes and gives: the words of `/openapi.json`. One row a route, in the order of the router.

use super::extract::ExtractReply;
use super::shapes as shape;
use super::summary::{CcdaReply, SummaryReply};
use super::{Gives, Operation, Parameter, Takes, schema};
use crate::health::report as health;
use crate::http::ccda::{CcdaHealth, CcdaValidateReply};
use crate::http::examine::ExamineReply;
use crate::http::inference::{InferenceReply, InferenceRequest};
use crate::http::translate::LanguagesReply;
use crate::http::verify::VerifyReply;
use crate::validation::ValidateReply;

const JSON: &str = "application/json";
const FHIR: &str = "application/fhir+json";
const FORM: &str = "multipart/form-data";

const FORMAT: Parameter = Parameter {
    name: "format",
    place: "query",
    meaning: "Goes before Accept; without both it is json.",
    one_of: &["json", "html", "text", "markdown"],
    example: "html",
};

const LARGE_PRINT: Parameter = Parameter {
    name: "large_print",
    place: "query",
    meaning: "Large print, for HTML; without it no.",
    one_of: YES_OR_NO,
    example: "true",
};

const AI: Parameter = Parameter {
    name: "ai",
    place: "query",
    meaning: "With false no language model is asked, where the service has one; without it, it is.",
    one_of: YES_OR_NO,
    example: "false",
};

/// A parameter that is a yes or no.
pub(super) const YES_OR_NO: &[&str] = &["true", "false"];

const LANGUAGE: Parameter = Parameter {
    name: "language",
    place: "query",
    meaning: "One of /api/v1/translate/supported-languages; without it English.",
    one_of: &["en"],
    example: "en",
};

const RECORD: &[Takes] = &[
    Takes {
        media: JSON,
        schema: schema::<shape::SummarizeRequest>,
        example: Some(include_str!("examples/summarize.json")),
    },
    Takes {
        media: FHIR,
        schema: schema::<shape::SummarizeRequest>,
        example: Some(include_str!("examples/bundle.json")),
    },
    Takes { media: "application/x-ndjson", schema: schema::<shape::Lines>, example: None },
    XML,
    TEXT_XML,
    CDA_XML,
    NOTE,
    Takes { media: FORM, schema: schema::<shape::DocumentForm>, example: None },
];

const XML: Takes =
    Takes { media: "application/xml", schema: schema::<shape::Xml>, example: Some(include_str!("examples/ccda.xml")) };

const TEXT_XML: Takes = Takes { media: "text/xml", schema: schema::<shape::Xml>, example: None };

const CDA_XML: Takes = Takes { media: "application/cda+xml", schema: schema::<shape::Xml>, example: None };

const NOTE: Takes =
    Takes { media: "text/plain", schema: schema::<shape::Note>, example: Some(include_str!("examples/note.txt")) };

const CCDA: &[Takes] =
    &[XML, TEXT_XML, CDA_XML, Takes { media: FORM, schema: schema::<shape::CcdaForm>, example: None }];

const TO_EXAMINE: &[Takes] = &[
    Takes { media: JSON, schema: schema::<shape::AnyJson>, example: Some(include_str!("examples/summarize.json")) },
    Takes { media: FHIR, schema: schema::<shape::AnyJson>, example: Some(include_str!("examples/bundle.json")) },
    Takes { media: "application/x-ndjson", schema: schema::<shape::Lines>, example: None },
    XML,
    TEXT_XML,
    CDA_XML,
    NOTE,
    Takes { media: FORM, schema: schema::<shape::DocumentForm>, example: None },
];

const SHEET: &[Gives] = &[
    Gives { media: JSON, schema: schema::<SummaryReply>, meaning: "The summary." },
    Gives { media: "text/html", schema: schema::<shape::Text>, meaning: "The sheet as one page." },
    Gives { media: "text/plain", schema: schema::<shape::Text>, meaning: "The sheet for a terminal." },
    Gives { media: "text/markdown", schema: schema::<shape::Text>, meaning: "The sheet for a portal." },
];

const CCDA_SHEET: &[Gives] = &[
    Gives {
        media: JSON,
        schema: schema::<CcdaReply>,
        meaning: "The summary, and what the document says about itself.",
    },
    Gives { media: "text/html", schema: schema::<shape::Text>, meaning: "The sheet as one page." },
    Gives { media: "text/plain", schema: schema::<shape::Text>, meaning: "The sheet for a terminal." },
    Gives { media: "text/markdown", schema: schema::<shape::Text>, meaning: "The sheet for a portal." },
];

const MODE: Parameter = Parameter {
    name: "validation_mode",
    place: "query",
    meaning: "How strict to be; goes before the body, without both it is strict. `lenient`: structure, and what is dangerous.",
    one_of: &["strict", "lenient"],
    example: "strict",
};

const TO_VALIDATE: &[Takes] = &[
    to_validate(JSON, include_str!("examples/validate.json")),
    to_validate(FHIR, include_str!("examples/bundle.json")),
    LINES_TO_VALIDATE,
];

const BUNDLE_TO_VALIDATE: &[Takes] = &[
    to_validate(JSON, include_str!("examples/bundle.json")),
    to_validate(FHIR, include_str!("examples/bundle.json")),
    LINES_TO_VALIDATE,
];

const ORDER_TO_VALIDATE: &[Takes] = &[
    to_validate(JSON, include_str!("examples/validate.json")),
    to_validate(FHIR, include_str!("examples/order.json")),
    LINES_TO_VALIDATE,
];

const LINES_TO_VALIDATE: Takes = Takes { media: "application/x-ndjson", schema: schema::<shape::Lines>, example: None };

const fn to_validate(media: &'static str, example: &'static str) -> Takes {
    Takes { media, schema: schema::<shape::ValidateRequest>, example: Some(example) }
}

const VALIDATED: &[Gives] = &[
    Gives { media: JSON, schema: schema::<ValidateReply>, meaning: "What was found." },
    Gives { media: FHIR, schema: schema::<shape::OperationOutcome>, meaning: "The same as an OperationOutcome." },
    Gives {
        media: "application/x-ndjson",
        schema: schema::<shape::Lines>,
        meaning: "A line for each resource: {line, ok, is_valid, issues, resource_type}.",
    },
];

/// Refusals of every route that takes a document.
const DOCUMENT: &[u16] = &[400, 401, 403, 408, 413, 415, 422, 429, 500, 503];

/// The same where a representation is chosen.
const DOCUMENT_OR_MEDIA: &[u16] = &[400, 401, 403, 406, 408, 413, 415, 422, 429, 500, 503];

/// What is wrong with a document is the answer, so that 422 is missing.
const VALIDATION: &[u16] = &[400, 401, 403, 406, 408, 413, 415, 429, 500, 503];

const PLAIN: &[u16] = &[400, 429, 500];

/// 503 has the same shape as 200.
const HEALTH: &[u16] = &[400, 500];

/// The rows.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        path: "/",
        method: "GET",
        id: "index",
        tag: "page",
        summary: "The web page, or what this service is",
        description: "HTML for a browser, a description for a program, by Accept.",
        parameters: &[],
        takes: &[],
        gives: &[
            Gives { media: JSON, schema: schema::<shape::ServiceDescription>, meaning: "What this service is." },
            Gives { media: "text/html", schema: schema::<shape::Text>, meaning: "The page." },
        ],
        refuses: &[400, 406, 429, 500],
    },
    Operation {
        path: "/samples",
        method: "GET",
        id: "listSamples",
        tag: "page",
        summary: "Records to try, of people who do not exist",
        description: "Each can be had under its `href` and sent to any route that takes a record.",
        parameters: &[],
        takes: &[],
        gives: &[Gives { media: JSON, schema: schema::<shape::SampleList>, meaning: "The samples." }],
        refuses: PLAIN,
    },
    Operation {
        path: "/samples/{name}",
        method: "GET",
        id: "getSample",
        tag: "page",
        summary: "One record to try",
        description: "A FHIR R4 Bundle, a C-CDA document, or a note; the list says which by its `media`.",
        parameters: &[Parameter {
            name: "name",
            place: "path",
            meaning: "A name of the list.",
            one_of: &[],
            example: "visit",
        }],
        takes: &[],
        gives: &[
            Gives { media: FHIR, schema: schema::<shape::FhirResource>, meaning: "FHIR." },
            Gives { media: "application/xml", schema: schema::<shape::Xml>, meaning: "C-CDA." },
            Gives { media: "text/plain", schema: schema::<shape::Note>, meaning: "A note." },
        ],
        refuses: &[400, 404, 429, 500],
    },
    Operation {
        path: "/api/v1/summarize",
        method: "POST",
        id: "summarize",
        tag: "summary",
        summary: "A record in, a sheet that the patient can read out",
        description: "Takes a FHIR R4 Bundle or resource, bare or in `{bundle, processing_options, \
            patient_preferences}`, or one resource a line; a C-CDA document; a plain note; or a form with one of them as \
            its file. What the content is decides, not what it is called. Every fact of the sheet is copied from the record and is \
            checked again on the finished page; a page that fails is not given out. Nothing is stored. The same \
            request can be sent again without harm.",
        parameters: &[FORMAT, LARGE_PRINT, AI],
        takes: RECORD,
        gives: SHEET,
        refuses: DOCUMENT_OR_MEDIA,
    },
    Operation {
        path: "/api/v1/extract",
        method: "POST",
        id: "extract",
        tag: "summary",
        summary: "The clinician's extract of a note",
        description: "Sentences of the note that carry its assessment, plan, changes of medicine and follow-up, word for \
            word, chosen and ranked by a method that docs/API.md names. FHIR and C-CDA have no sentences: their extract is \
            empty and says so. Unlike the sheet it keeps private matters: it is for the care team.",
        parameters: &[FORMAT],
        takes: RECORD,
        gives: &[
            Gives { media: JSON, schema: schema::<ExtractReply>, meaning: "The sentences." },
            Gives { media: "text/html", schema: schema::<shape::Text>, meaning: "The same for a browser." },
            Gives { media: "text/plain", schema: schema::<shape::Text>, meaning: "The same for a terminal." },
            Gives { media: "text/markdown", schema: schema::<shape::Text>, meaning: "The same for a portal." },
        ],
        refuses: DOCUMENT_OR_MEDIA,
    },
    Operation {
        path: "/api/v1/summarize/validate-only",
        method: "POST",
        id: "examine",
        tag: "summary",
        summary: "Can a sheet be made of this?",
        description: "Reads a record as /api/v1/summarize would and says what it found, without making a sheet; of FHIR in \
            JSON also what is not correct FHIR R4. A record that is broken is answered with 200, too: look at \
            `processable`. C-CDA is not held against its schema.",
        parameters: &[],
        takes: TO_EXAMINE,
        gives: &[Gives { media: JSON, schema: schema::<ExamineReply>, meaning: "What was found." }],
        refuses: DOCUMENT,
    },
    Operation {
        path: "/api/v1/verify",
        method: "POST",
        id: "verify",
        tag: "summary",
        summary: "Does every fact of a summary stand in its record?",
        description: "Follows every pointer of a JSON summary into the record, makes the summary again and compares \
            value by value. Send the record as a JSON string that holds exactly the text that was summarized, be it \
            JSON, XML or a note: reading and writing JSON changes decimals (0.80 becomes 0.8), and that is found. Or send \
            a form with the record as the file `document` and the summary as the file `summary`.",
        parameters: &[],
        takes: &[
            Takes {
                media: JSON,
                schema: schema::<shape::VerifyRequest>,
                example: Some(include_str!("examples/verify.json")),
            },
            Takes { media: FORM, schema: schema::<shape::VerifyForm>, example: None },
        ],
        gives: &[Gives { media: JSON, schema: schema::<VerifyReply>, meaning: "What was found." }],
        refuses: DOCUMENT,
    },
    Operation {
        path: "/api/v1/deidentify",
        method: "POST",
        id: "deidentify",
        tag: "privacy",
        summary: "A document in, the same document without identity out",
        description: "Takes FHIR R4 JSON, C-CDA, a plain note, or a JSON object around one of them. What was removed \
            is told by kind, place and reason, never by its value; the counts stand in X-Removed-Counts, too. Read \
            /docs/DEIDENTIFY.md first: it says what no program can promise.",
        parameters: &[
            Parameter {
                name: "policy",
                place: "query",
                meaning: "What stands in the place of an identifier; without it safe-harbor. `surrogate` needs a secret in the \
                    settings of the server. Goes before the body.",
                one_of: &["safe-harbor", "surrogate", "mask", "keep-dates"],
                example: "safe-harbor",
            },
            Parameter {
                name: "format",
                place: "query",
                meaning: "`json` with a report, or the `document` alone; goes before Accept.",
                one_of: &["json", "document"],
                example: "json",
            },
            Parameter {
                name: "X-Deidentify-Subject",
                place: "header",
                meaning: "Whose document it is: the dates of all documents of one subject move by the same days.",
                one_of: &[],
                example: "subject-17",
            },
        ],
        takes: &[
            Takes {
                media: JSON,
                schema: schema::<shape::DeidentifyRequest>,
                example: Some(include_str!("examples/deidentify.json")),
            },
            Takes { media: "text/plain", schema: schema::<shape::Note>, example: None },
            Takes { media: FHIR, schema: schema::<shape::FhirResource>, example: None },
            Takes { media: "application/x-ndjson", schema: schema::<shape::Lines>, example: None },
            Takes { media: "application/xml", schema: schema::<shape::Xml>, example: None },
        ],
        gives: &[
            Gives { media: JSON, schema: schema::<shape::DeidentifyReply>, meaning: "The copy, and what was removed." },
            Gives { media: "text/plain", schema: schema::<shape::Text>, meaning: "The copy of a note." },
            Gives { media: FHIR, schema: schema::<shape::FhirResource>, meaning: "The copy of FHIR JSON." },
            Gives { media: "application/x-ndjson", schema: schema::<shape::Lines>, meaning: "The copy of FHIR lines." },
            Gives { media: "application/xml", schema: schema::<shape::Xml>, meaning: "The copy of C-CDA." },
        ],
        refuses: DOCUMENT_OR_MEDIA,
    },
    Operation {
        path: "/api/inference",
        method: "POST",
        id: "infer",
        tag: "inference",
        summary: "What a text names",
        description: "Problems, procedures, medicines and tests that the lexicon knows, with their places, and how the text \
            speaks of them: as present, absent, possible, past, only imagined, or a relative's. No diagnosis and no \
            confidence.",
        parameters: &[],
        takes: &[Takes {
            media: JSON,
            schema: schema::<InferenceRequest>,
            example: Some(include_str!("examples/inference.json")),
        }],
        gives: &[Gives { media: JSON, schema: schema::<InferenceReply>, meaning: "What the text names." }],
        refuses: DOCUMENT,
    },
    Operation {
        path: "/api/v1/translate/supported-languages",
        method: "GET",
        id: "languages",
        tag: "summary",
        summary: "The languages that a sheet can be in",
        description: "A language is listed if every phrase of the sheet exists in it.",
        parameters: &[],
        takes: &[],
        gives: &[Gives { media: JSON, schema: schema::<LanguagesReply>, meaning: "The languages." }],
        refuses: PLAIN,
    },
    Operation {
        path: "/api/v1/translate/{kind}",
        method: "POST",
        id: "translate",
        tag: "summary",
        summary: "The sheet in another language",
        description: "Made from the record, never from finished text. `summary` is the only thing to ask for.",
        parameters: &[
            Parameter {
                name: "kind",
                place: "path",
                meaning: "What to make.",
                one_of: &["summary"],
                example: "summary",
            },
            LANGUAGE,
            FORMAT,
            LARGE_PRINT,
            AI,
        ],
        takes: RECORD,
        gives: SHEET,
        refuses: &[400, 401, 403, 404, 406, 408, 413, 415, 422, 429, 500, 503],
    },
    Operation {
        path: "/api/v1/validate",
        method: "POST",
        id: "validate",
        tag: "fhir",
        summary: "Is this correct FHIR R4?",
        description: "Holds a resource or a Bundle in JSON, bare or in `{resource, validation_mode}`, against FHIR R4 (4.0.1), \
            offline: structure, values, required codes, invariants, references, Bundle rules, narrative, extensions. Each \
            issue says what is wrong, by which rule, and where: FHIRPath, line and column. No issue holds a value. A \
            validation that came to its end is answered with 200, whatever it found, also of what is no JSON: look at \
            `is_valid`. One resource a line (`application/x-ndjson`, 10000 lines at most) gives a line each, in order. FHIR in \
            XML is refused with 415.",
        parameters: &[MODE],
        takes: TO_VALIDATE,
        gives: VALIDATED,
        refuses: VALIDATION,
    },
    Operation {
        path: "/api/v1/validate/bundle",
        method: "POST",
        id: "validateBundle",
        tag: "fhir",
        summary: "Is this a correct Bundle?",
        description: "As /api/v1/validate; a resource of another type is an error (`wrong-resource-type`).",
        parameters: &[MODE],
        takes: BUNDLE_TO_VALIDATE,
        gives: VALIDATED,
        refuses: VALIDATION,
    },
    Operation {
        path: "/api/v1/validate/medication-request",
        method: "POST",
        id: "validateMedicationRequest",
        tag: "fhir",
        summary: "Is this a correct MedicationRequest?",
        description: "As /api/v1/validate; a resource of another type is an error (`wrong-resource-type`).",
        parameters: &[MODE],
        takes: ORDER_TO_VALIDATE,
        gives: VALIDATED,
        refuses: VALIDATION,
    },
    Operation {
        path: "/api/v1/ccda/summarize",
        method: "POST",
        id: "summarizeCcda",
        tag: "ccda",
        summary: "A C-CDA document in, a sheet that the patient can read out",
        description: "As /api/v1/summarize, for C-CDA only; the JSON has `document_metadata`, too: the title, type and \
            time of the document, its sections, and what became of its entries. JSON is refused with 415.",
        parameters: &[FORMAT, LARGE_PRINT, AI],
        takes: CCDA,
        gives: CCDA_SHEET,
        refuses: DOCUMENT_OR_MEDIA,
    },
    Operation {
        path: "/api/v1/ccda/summarize/html",
        method: "POST",
        id: "summarizeCcdaHtml",
        tag: "ccda",
        summary: "A C-CDA document in, the sheet as a page out",
        description: "As /api/v1/ccda/summarize with ?format=html.",
        parameters: &[LARGE_PRINT, AI],
        takes: CCDA,
        gives: &[Gives { media: "text/html", schema: schema::<shape::Text>, meaning: "The sheet as one page." }],
        refuses: DOCUMENT,
    },
    Operation {
        path: "/api/v1/ccda/validate",
        method: "POST",
        id: "validateCcda",
        tag: "ccda",
        summary: "What can be used of a C-CDA document?",
        description: "Whether it is well-formed, whether it is C-CDA, what could be read of it, and what was noticed, with \
            places. A document that is broken is answered with 200, too. **This is no schema validation**: neither the \
            schema of CDA nor the rules of its templates are applied.",
        parameters: &[],
        takes: CCDA,
        gives: &[Gives { media: JSON, schema: schema::<CcdaValidateReply>, meaning: "What was found." }],
        refuses: DOCUMENT,
    },
    Operation {
        path: "/api/v1/ccda/health",
        method: "GET",
        id: "ccdaHealth",
        tag: "ccda",
        summary: "What can be done with C-CDA",
        description: "A small document is read for the answer.",
        parameters: &[],
        takes: &[],
        gives: &[Gives { media: JSON, schema: schema::<CcdaHealth>, meaning: "What can be done." }],
        refuses: PLAIN,
    },
    Operation {
        path: "/health",
        method: "GET",
        id: "health",
        tag: "health",
        summary: "How the service is",
        description: "Every value is measured. 503 when the service does not do what it is for.",
        parameters: &[],
        takes: &[],
        gives: &[Gives { media: JSON, schema: schema::<health::Overview>, meaning: "The state." }],
        refuses: HEALTH,
    },
    Operation {
        path: "/api/v1/health",
        method: "GET",
        id: "healthOverview",
        tag: "health",
        summary: "How the service is",
        description: "The same as /health, where other clients look for it. Every value is measured.",
        parameters: &[],
        takes: &[],
        gives: &[Gives { media: JSON, schema: schema::<health::Overview>, meaning: "The state." }],
        refuses: HEALTH,
    },
    Operation {
        path: "/api/v1/health/live",
        method: "GET",
        id: "live",
        tag: "health",
        summary: "Is the process there?",
        description: "Depends on nothing else.",
        parameters: &[],
        takes: &[],
        gives: &[Gives { media: JSON, schema: schema::<health::Live>, meaning: "The state." }],
        refuses: HEALTH,
    },
    Operation {
        path: "/api/v1/health/ready",
        method: "GET",
        id: "ready",
        tag: "health",
        summary: "May requests be sent?",
        description: "503 while not: at the start, before the end, and when the audit, the words, the pipeline or the finder of identifiers is unwell. A language model that is away is no reason: a sheet without it is whole.",
        parameters: &[],
        takes: &[],
        gives: &[Gives { media: JSON, schema: schema::<health::Readiness>, meaning: "The state." }],
        refuses: HEALTH,
    },
    Operation {
        path: "/api/v1/health/startup",
        method: "GET",
        id: "startup",
        tag: "health",
        summary: "Has it started?",
        description: "503 until everything was looked at once.",
        parameters: &[],
        takes: &[],
        gives: &[Gives { media: JSON, schema: schema::<health::Startup>, meaning: "The state." }],
        refuses: HEALTH,
    },
    Operation {
        path: "/api/v1/health/dependencies",
        method: "GET",
        id: "dependencies",
        tag: "health",
        summary: "What the service depends on",
        description: "What each said last; none is asked now.",
        parameters: &[],
        takes: &[],
        gives: &[Gives { media: JSON, schema: schema::<health::DependencyReport>, meaning: "The state." }],
        refuses: HEALTH,
    },
    Operation {
        path: "/openapi.json",
        method: "GET",
        id: "openapi",
        tag: "page",
        summary: "This description",
        description: "OpenAPI 3.1. `clinical-notes openapi` prints the same.",
        parameters: &[],
        takes: &[],
        gives: &[Gives { media: JSON, schema: schema::<shape::AnyObject>, meaning: "OpenAPI 3.1." }],
        refuses: PLAIN,
    },
];

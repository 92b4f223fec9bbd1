//! Which file reads a clinical statement: its template decides; where it has none that is known, its element, its
//! mood and the section it stands in.

use super::context::{Context, Frame};
use super::templates::Route;
use super::types::templates;
use super::{allergy, care, encounter, immunization, medication, observation, plan, problem, procedure, routes};
use clinical_model::{EntryId, EntryState, FindingCode, SectionKind, Severity};
use clinical_xml::Node;

/// The elements that are clinical statements (CDA R2 4.3.6).
pub(crate) const STATEMENTS: [&str; 9] = [
    "act",
    "encounter",
    "observation",
    "observationMedia",
    "organizer",
    "procedure",
    "regionOfInterest",
    "substanceAdministration",
    "supply",
];

/// The clinical statement in an `entry`, `component` or `entryRelationship`.
pub(crate) fn statement_in<'d, 'a>(wrapper: Node<'d, 'a>) -> Option<Node<'d, 'a>> {
    wrapper.children().find(|n| n.is_element() && STATEMENTS.contains(&n.tag_name().name()))
}

/// Gives a clinical statement to the file that reads its kind.
pub(crate) fn read<'d, 'a>(context: &mut Context<'d, 'a>, id: EntryId, node: Node<'d, 'a>, frame: Frame) -> EntryState {
    if context.may_withhold && routes::is_withheld(context, node) {
        context.record.entries[id.index()].kind = "Restricted Statement".into();
        return EntryState::OtherKind;
    }
    let named = super::templates::route(node).or_else(|| by_template(node));
    if named.is_none() && templates(node).next().is_some() {
        context.find(Severity::Information, FindingCode::UnknownTemplate, node);
    }
    match routes::route(node, frame, named) {
        Route::Medication => medication::read(context, id, node, frame),
        Route::Immunization => immunization::read(context, id, node, frame),
        Route::Allergy => allergy::read(context, id, node, frame),
        Route::Problem => problem::read(context, id, node, frame),
        Route::Observation => observation::read(context, id, node, frame),
        Route::Procedure => procedure::read(context, id, node, frame),
        Route::Encounter => encounter::read(context, id, node, frame),
        Route::Plan => plan::read(context, id, node, frame),
        Route::Care | Route::Aside => care::read(context, id, node, frame),
    }
}

/// The file for a statement by templates that have no name of ours: of IHE, of imaging, of quality reporting.
pub(crate) fn by_template(node: Node<'_, '_>) -> Option<Route> {
    templates(node).find_map(reader_of)
}

/// Whether a statement is about relatives by its nature: it says so in each of its parts.
pub(crate) fn is_family(node: Node<'_, '_>, frame: Frame) -> bool {
    let is = |root| {
        matches!(
            root,
            "2.16.840.1.113883.10.20.22.4.45"
                | "2.16.840.1.113883.10.20.22.4.46"
                | "2.16.840.1.113883.10.20.1.22"
                | "2.16.840.1.113883.10.20.1.23"
                | "1.3.6.1.4.1.19376.1.5.3.1.4.13.3"
                | "1.3.6.1.4.1.19376.1.5.3.1.4.15"
        )
    };
    frame.kind == SectionKind::Family || templates(node).any(is)
}

/// The templates of C-CDA R1.1, R2.1 and its companion guides; behind them those of CCD 1.0 and IHE PCC, which C32
/// took over and systems still write.
fn reader_of(root: &str) -> Option<Route> {
    if let Some(number) = root.strip_prefix("2.16.840.1.113883.10.20.22.4.") {
        return consolidated(number);
    }
    if let Some(number) = root.strip_prefix("2.16.840.1.113883.10.20.1.") {
        return ccd(number);
    }
    if let Some(number) = root.strip_prefix("1.3.6.1.4.1.19376.1.5.3.1.4.") {
        return ihe(number);
    }
    Some(match root {
        // Pregnancy, estimated date of delivery (public health case report).
        "2.16.840.1.113883.10.20.15.3.1" | "2.16.840.1.113883.10.20.15.3.8" => Route::Observation,
        // Allergy of a substance or device (quality reporting).
        "2.16.840.1.113883.10.20.24.3.90" => Route::Allergy,
        // Gender identity.
        "2.16.840.1.113883.10.20.34.3.45" => Route::Observation,
        // Text, code and quantity of an imaging report.
        "2.16.840.1.113883.10.20.6.2.12" | "2.16.840.1.113883.10.20.6.2.13" | "2.16.840.1.113883.10.20.6.2.14" => {
            Route::Observation
        }
        // Procedure technique, study act, series act, objects and frames of images.
        "2.16.840.1.113883.10.20.6.2.5"
        | "2.16.840.1.113883.10.20.6.2.6"
        | "2.16.840.1.113883.10.20.6.2.8"
        | "2.16.840.1.113883.10.20.6.2.9"
        | "2.16.840.1.113883.10.20.6.2.10"
        | "2.16.840.1.113883.10.20.6.2.11" => Route::Care,
        _ => return None,
    })
}

/// `2.16.840.1.113883.10.20.22.4.*`.
fn consolidated(number: &str) -> Option<Route> {
    Some(match number {
        // Concern act and problem observation; admission, discharge, pre- and postoperative and visit diagnosis;
        // pressure ulcer and wound.
        "3" | "4" | "33" | "34" | "51" | "65" | "70" | "80" | "114" => Route::Problem,
        // Allergy concern act, allergy observation (intolerance, substance or device allergy).
        "7" | "30" => Route::Allergy,
        // Medication activity, supply order, dispense, discharge and admission medication.
        "16" | "17" | "18" | "35" | "36" => Route::Medication,
        "52" => Route::Immunization,
        // Result, vital sign, social, functional and mental status, scale, smoking and tobacco, pregnancy, sex and
        // gender, occupation, home, culture, nutrition, sensory, self-care, wound measures, outcome, prognosis.
        "1" | "2" | "26" | "27" | "38" | "66" | "67" | "68" | "69" | "72" | "73" | "74" | "75" | "76" | "77" | "78"
        | "79" | "85" | "86" | "109" | "111" | "113" | "124" | "127" | "128" | "133" | "134" | "138" | "144"
        | "200" | "280" | "281" | "293" | "501" | "503" | "504" | "505" | "506" | "513" => Route::Observation,
        // Procedure activity act, observation, procedure.
        "12" | "13" | "14" => Route::Procedure,
        "49" => Route::Encounter,
        // Instruction; planned act, encounter, procedure, medicine, supply, observation, immunization; goal;
        // monitoring, nutrition recommendation, intervention, concern, risk, referral.
        "20" | "39" | "40" | "41" | "42" | "43" | "44" | "120" | "121" | "123" | "130" | "131" | "132" | "136"
        | "140" | "146" => Route::Plan,
        // Family history, advance directive, equipment and device, coverage, comment, note, care team, handoff,
        // preferences, priorities, references, the time range of a section.
        "45" | "46" | "47" | "48" | "50" | "60" | "61" | "63" | "64" | "108" | "115" | "122" | "129" | "135"
        | "141" | "143" | "201" | "202" | "301" | "302" | "303" | "304" | "305" | "308" | "309" | "311" | "314"
        | "315" | "316" | "317" | "318" | "319" | "500" | "500.1" | "500.2" | "500.3" | "502" | "512" | "515" => {
            Route::Care
        }
        // Parts that belong into another statement and stand alone by mistake: read by what they are.
        "5" | "6" | "8" | "9" | "28" | "29" | "31" | "110" | "145" => Route::Observation,
        "19" => Route::Problem,
        "53" | "118" | "147" => Route::Care,
        _ => return None,
    })
}

/// CCD 1.0, `2.16.840.1.113883.10.20.1.*`.
fn ccd(number: &str) -> Option<Route> {
    Some(match number {
        "27" | "28" => Route::Problem,
        "18" => Route::Allergy,
        "24" | "34" => Route::Medication,
        "31" | "32" | "33" | "35" => Route::Observation,
        "29" => Route::Procedure,
        "21" => Route::Encounter,
        "25" | "49" => Route::Plan,
        "17" | "19" | "20" | "22" | "23" | "26" | "40" => Route::Care,
        _ => return None,
    })
}

/// IHE PCC, `1.3.6.1.4.1.19376.1.5.3.1.4.*`.
fn ihe(number: &str) -> Option<Route> {
    Some(match number {
        "5.2" | "5" => Route::Problem,
        "5.3" | "6" => Route::Allergy,
        "7" | "7.1" | "7.2" | "7.3" | "8" | "9" | "10" | "11" => Route::Medication,
        "12" => Route::Immunization,
        "13" | "13.1" | "13.2" | "13.4" | "13.5" => Route::Observation,
        "19" => Route::Procedure,
        "14" => Route::Encounter,
        "3" => Route::Plan,
        "2" | "13.3" | "15" | "17" | "18" | "20" => Route::Care,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_family_of_templates_leads_to_its_reader() {
        for (root, reader) in [
            ("2.16.840.1.113883.10.20.22.4.16", Route::Medication),
            ("2.16.840.1.113883.10.20.22.4.30", Route::Allergy),
            ("2.16.840.1.113883.10.20.22.4.500.1", Route::Care),
            ("2.16.840.1.113883.10.20.1.28", Route::Problem),
            ("1.3.6.1.4.1.19376.1.5.3.1.4.12", Route::Immunization),
        ] {
            assert_eq!(reader_of(root), Some(reader), "{root}");
        }
        assert_eq!(reader_of("2.16.840.1.113883.10.20.22.4.99999"), None);
        assert_eq!(reader_of(""), None);
    }
}

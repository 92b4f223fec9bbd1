//! Which file reads a clinical statement: its template decides, then its class and mood, then the section.

use super::context::{Context, Frame};
use super::templates::Route;
use super::types::{child, children, code_of, down, has_template, period};
use super::types_more::{inner, section_code};
use clinical_model::SectionKind;
use clinical_xml::Node;

/// The file for a statement; `named` is the one that its templates name.
pub(crate) fn route(node: Node<'_, '_>, frame: Frame, named: Option<Route>) -> Route {
    // Nothing that is said of a relative, a fetus or a donor is read as the patient's.
    if is_about_other(node, frame) {
        return Route::Care;
    }
    if frame.kind == SectionKind::Payers {
        return Route::Care;
    }
    let mood = node.attribute("moodCode").unwrap_or("EVN");
    match named {
        Some(Route::Aside) => Route::Care,
        // A result that is ordered is no result, and a problem that is a goal or a risk is no problem.
        Some(Route::Observation) if mood != "EVN" => Route::Plan,
        Some(Route::Problem) if !matches!(mood, "EVN" | "INT") => Route::Plan,
        Some(route) => route,
        None => by_class(node, frame),
    }
}

/// Whether a statement, or one around it, has a subject that is not the patient (`subject/relatedSubject`, CDA R2
/// 4.3.4.1; the fetus of 6.2.3).
pub(crate) fn is_about_other(node: Node<'_, '_>, frame: Frame) -> bool {
    frame.around.other || down(node, &["subject", "relatedSubject"]).is_some()
}

/// Whether the record says that the statement is not to be shown to the patient without leave: a security label
/// (HL7 CBCC 3.445.21) with `NOPAT`, "no disclosure to patient, family or caregivers without attending provider's
/// authorization". A label that ended before the document was written is over.
pub(crate) fn is_withheld<'d, 'a>(context: &mut Context<'d, 'a>, node: Node<'d, 'a>) -> bool {
    let labels: Vec<Node<'d, 'a>> = inner(node).map(|(_, n)| n).filter(|n| is_label(*n)).collect();
    labels.into_iter().any(|label| {
        let ended = child(label, "effectiveTime").and_then(|t| period(context, t)).and_then(|p| p.ended());
        let over = matches!((ended, context.written), (Some(end), Some(now)) if end.latest() < now.order());
        !over && !super::types::is_negated(label)
    })
}

fn is_label(node: Node<'_, '_>) -> bool {
    let is_security = has_template(node, "2.16.840.1.113883.3.445.21") || code_of(node) == Some("SECCONOBS");
    is_security && children(node, "value").any(|v| v.attribute("code") == Some("NOPAT"))
}

fn by_class(node: Node<'_, '_>, frame: Frame) -> Route {
    let mood = node.attribute("moodCode").unwrap_or("EVN");
    let section = section_code(node);
    match (node.tag_name().name(), mood) {
        ("substanceAdministration", _) if frame.kind == SectionKind::Vaccines || is_vaccine(node) => {
            Route::Immunization
        }
        // What is planned is not taken, whichever section it stands in; a prescription has the mood of an intent, too.
        ("substanceAdministration" | "supply", "EVN" | "INT" | "RQO") if section != Some("18776-5") => {
            if is_equipment(node, section) { Route::Care } else { Route::Medication }
        }
        ("encounter", "EVN") => Route::Encounter,
        (_, "EVN") => of_event(node, frame, section),
        _ => Route::Plan,
    }
}

fn of_event(node: Node<'_, '_>, frame: Frame, section: Option<&str>) -> Route {
    match (node.tag_name().name(), frame.kind) {
        ("procedure", _) => Route::Procedure,
        ("organizer" | "observation", SectionKind::Family) | (_, SectionKind::Payers) => Route::Care,
        // Advance directives.
        ("organizer" | "observation", _) if section == Some("42348-3") => Route::Care,
        ("act", SectionKind::Allergies) => Route::Allergy,
        ("observation", SectionKind::Allergies) => Route::Allergy,
        // The steps of one medicine, or a medicine in an act of no template.
        ("act" | "organizer", SectionKind::Medicines) => Route::Medication,
        ("act" | "observation", SectionKind::Problems) => Route::Problem,
        ("act" | "observation", SectionKind::Procedures) => Route::Procedure,
        ("organizer" | "observation", _) => Route::Observation,
        ("act", SectionKind::Instructions | SectionKind::Plan | SectionKind::Goals) => Route::Plan,
        ("act", _) if is_concern(node) => Route::Problem,
        ("substanceAdministration" | "supply", _) if is_equipment(node, section) => Route::Care,
        ("substanceAdministration" | "supply", _) => Route::Medication,
        _ => Route::Care,
    }
}

/// CVX is a code system of vaccines and nothing else.
fn is_vaccine(node: Node<'_, '_>) -> bool {
    let code = down(node, &["consumable", "manufacturedProduct", "manufacturedMaterial", "code"]);
    let is_cvx = |n: Node<'_, '_>| {
        matches!(n.attribute("codeSystem"), Some("2.16.840.1.113883.12.292" | "2.16.840.1.113883.6.59"))
    };
    code.is_some_and(|c| is_cvx(c) || children(c, "translation").any(is_cvx))
}

/// A supply of the medical equipment section, or of a device and not of a medicine.
fn is_equipment(node: Node<'_, '_>, section: Option<&str>) -> bool {
    let has_device = || children(node, "participant").any(|p| down(p, &["participantRole", "playingDevice"]).is_some());
    node.tag_name().name() == "supply"
        && (section == Some("46264-8") || (child(node, "product").is_none() && has_device()))
}

/// The concern act of R1.1 and R2.1 has the code `CONC`.
fn is_concern(node: Node<'_, '_>) -> bool {
    code_of(node) == Some("CONC")
}

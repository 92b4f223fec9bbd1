//! DiagnosticReport.

use super::context::Context;
use super::elements::{concept, concepts, elements_of, fact, period};
use clinical_json::Node;
use clinical_model::{Assertion, Concept, EntryId, EntryState, Period, Report, UnreadReason};

pub(crate) fn read<'d, 'a>(context: &mut Context<'d, 'a>, entry: EntryId, node: Node<'d, 'a>) -> EntryState {
    let mut out = Report {
        entry,
        assertion: Assertion::Possible,
        status: None,
        code: Concept::default(),
        when: None,
        conclusion: None,
        conclusion_codes: Vec::new(),
        results: Vec::new(),
        attachments: 0,
    };
    let mut issued = None;
    for m in node.members() {
        match &*m.key().unwrap_or_default() {
            "status" => {
                out.status = fact(m);
                out.assertion = match m.as_str().as_deref() {
                    Some("final" | "amended" | "corrected" | "appended") => Assertion::Present,
                    Some("cancelled" | "entered-in-error") => Assertion::Absent,
                    _ => Assertion::Possible,
                };
            }
            "code" => out.code = concept(m),
            "effectiveDateTime" => out.when = context.date(m).map(|d| Period { start: Some(d), end: None }),
            "effectivePeriod" => out.when = Some(period(m)),
            "issued" => issued = context.date(m).map(|d| Period { start: Some(d), end: None }),
            "conclusion" => out.conclusion = fact(m).filter(|v| !v.text().trim().is_empty()),
            "conclusionCode" => out.conclusion_codes = concepts(m),
            "result" => {
                for reference in elements_of(m) {
                    out.results.extend(context.resolve(reference, node).and_then(|t| t.entry));
                }
            }
            "presentedForm" => out.attachments = elements_of(m).count(),
            _ => {}
        }
    }
    out.when = out.when.or(issued);
    if out.code.is_empty() && out.conclusion.is_none() && out.results.is_empty() && out.attachments == 0 {
        return EntryState::Unreadable(UnreadReason::NoSubjectMatter);
    }
    context.record.reports.push(out);
    EntryState::Read
}

//! Plans, orders and instructions (4.39, 4.41 to 4.44, 4.120, 4.130, 4.140, 4.20).

use super::super::context::{Context, Frame};
use super::super::immunization::product;
use super::super::status::{self, Course};
use super::super::types::{child, children, down, has_template, period, time};
use super::super::types_more::{filled, inner, is_aside, own_words, part, participants, says_too, section_code};
use super::{Mood, stands};
use clinical_model::{Assertion, Concept, EntryId, EntryState, Period, PlanItem, PlanKind, UnreadReason};
use clinical_xml::{Node, attribute};

const INSTRUCTIONS: [&str; 3] =
    ["2.16.840.1.113883.10.20.22.4.20", "2.16.840.1.113883.10.20.1.49", "1.3.6.1.4.1.19376.1.5.3.1.4.3"];
/// SNOMED CT "instruction": it names nothing that the words of the instruction do not say.
const ANY_INSTRUCTION: &str = "409073007";
/// Instructions, hospital discharge instructions.
const INSTRUCTION_SECTIONS: [&str; 2] = ["69730-0", "8653-8"];

pub(super) fn read<'d, 'a>(
    context: &mut Context<'d, 'a>,
    entry: EntryId,
    node: Node<'d, 'a>,
    frame: Frame,
    mood: Mood,
) -> EntryState {
    let (course, _) = status::course(context, node, frame);
    let advice = is_instruction(node);
    let is_medicine = node.tag_name().name() == "substanceAdministration" || down(node, &["product"]).is_some();
    // A plan is what a care plan is meant to be; an order stands by itself. A medicine that is only intended is not
    // ordered, and must not be read as one to take (safety rule 1).
    let kind = match mood {
        Mood::Intent | Mood::Event if !is_medicine => PlanKind::CarePlan,
        _ => PlanKind::Order,
    };
    let mut out = PlanItem {
        entry,
        kind,
        assertion: assertion(node, frame, course, mood, advice, is_medicine),
        active: course == Course::Active,
        on_hold: course == Course::Held,
        forbidden: None,
        title: None,
        actions: Vec::new(),
        forbidden_actions: Vec::new(),
        narrative: None,
        written: child(node, "author").and_then(|a| child(a, "time")).and_then(|t| time(context, t)),
        period: when(context, node),
    };
    words(context, node, advice, &mut out);
    if status::is_denied(node, frame) {
        turn_round(context, node, course, mood, advice, &mut out);
    }
    let has_words = out.title.is_some() || !out.actions.is_empty();
    let held = !matches!(out.assertion, Assertion::Present | Assertion::Possible);
    if has_words || held {
        context.record.plans.push(out);
    }
    let frame = status::inside(node, frame);
    let inside: Vec<Node<'d, 'a>> = inner(node).filter(|(kind, n)| !is_aside(kind, *n)).map(|(_, n)| n).collect();
    let any = !inside.is_empty();
    for statement in inside {
        part(context, statement, frame);
    }
    match (has_words || held, any) {
        (true, _) => EntryState::Read,
        // The text of the section says what the instruction is; the entry alone has no words.
        (false, true) => EntryState::Parted,
        (false, false) => EntryState::Unreadable(UnreadReason::NoSubjectMatter),
    }
}

/// An instruction, or an act among the instructions.
fn is_instruction(node: Node<'_, '_>) -> bool {
    INSTRUCTIONS.iter().any(|t| has_template(node, t))
        || (node.tag_name().name() == "act" && section_code(node).is_some_and(|c| INSTRUCTION_SECTIONS.contains(&c)))
}

fn assertion(
    node: Node<'_, '_>,
    frame: Frame,
    course: Course,
    mood: Mood,
    advice: bool,
    is_medicine: bool,
) -> Assertion {
    match course {
        _ if status::is_mistaken(node, frame) => Assertion::Absent,
        Course::Aborted | Course::Cancelled | Course::Held | Course::Nullified => Assertion::Absent,
        // An instruction that is `completed` was given (4.20 allows no other status): it is what the patient was told.
        Course::Completed if advice => Assertion::Present,
        Course::Completed => Assertion::Historical,
        _ if matches!(mood, Mood::Proposed | Mood::Other) => Assertion::Hypothetical,
        _ if is_medicine && mood != Mood::Order => Assertion::Hypothetical,
        _ if stands(course) => Assertion::Present,
        _ => Assertion::Possible,
    }
}

/// The title and the words. Words that only hold the title once more (a row of the table) are not repeated; those of an
/// instruction are what it says.
fn words<'d, 'a>(context: &Context<'d, 'a>, node: Node<'d, 'a>, advice: bool, out: &mut PlanItem<'a>) {
    let product: Concept<'a> = product(context, node);
    let code = filled(context, node, "code");
    let says_nothing = code.as_ref().is_some_and(|c| c.text.is_none() && c.has_code(ANY_INSTRUCTION));
    let named = [Some(product), code, device(context, node)];
    let title = named.iter().flatten().find_map(|c| c.name().cloned());
    let text = own_words(context, node);
    match (title, text) {
        (_, Some(text)) if says_nothing => out.actions.push(text),
        (Some(title), Some(text)) if says_too(text.text(), title.text()) => {
            if advice {
                out.actions.push(text)
            } else {
                out.title = Some(title)
            }
        }
        (title, text) => {
            out.title = title;
            out.actions.extend(text);
        }
    }
}

/// The device that is to be supplied (4.37).
fn device<'d, 'a>(context: &Context<'d, 'a>, node: Node<'d, 'a>) -> Option<Concept<'a>> {
    let roles = participants(node, &["DEV", "PRD"]).into_iter();
    roles.filter_map(|role| child(role, "playingDevice")).find_map(|device| filled(context, device, "code"))
}

/// A negated order or instruction says what must not be done. A negated intent says that nothing is planned, which is
/// no advice against it.
fn turn_round<'d, 'a>(
    context: &Context<'d, 'a>,
    node: Node<'d, 'a>,
    course: Course,
    mood: Mood,
    advice: bool,
    out: &mut PlanItem<'a>,
) {
    let coded = filled(context, node, "code").is_some_and(|c| c.codings.iter().any(|c| c.code.is_some()));
    let own = attribute(node, "negationInd").filter(|_| super::super::types::is_negated(node));
    let told = (mood == Mood::Order && stands(course)) || (advice && out.assertion == Assertion::Present);
    match own {
        Some(sign) if told && coded && out.title.is_some() => out.forbidden = Some(sign),
        _ => out.assertion = Assertion::Absent,
    }
}

/// When it is to be: the first `effectiveTime` that says so.
fn when<'d, 'a>(context: &mut Context<'d, 'a>, node: Node<'d, 'a>) -> Option<Period<'a>> {
    let times: Vec<Node<'d, 'a>> = children(node, "effectiveTime").collect();
    times.into_iter().find_map(|t| period(context, t))
}

//! Questionnaires (R4 `Questionnaire.item`, `Questionnaire.item.enableWhen`).
//!
//! That a linkId is unique is an invariant (que-2), and so is what an operator needs (que-7).

use super::{each, string, warn};
use crate::{Code, Resource, Sink};
use clinical_json::Node;
use std::borrow::Cow;
use std::collections::HashMap;

/// The question that a condition asks about: its type and its place in the order of the questions.
struct Question<'a> {
    kind: Option<Cow<'a, str>>,
    order: usize,
}

/// The conditions of items lead to questions that exist, and are not asked of themselves.
pub(super) fn check<'d, 'a>(resource: &Resource<'_, 'd, 'a>, sink: &mut Sink<'d, 'a>) {
    let items = in_order(resource.node);
    let mut questions: HashMap<Cow<'a, str>, Question<'a>> = HashMap::new();
    for (order, item) in items.iter().enumerate() {
        if let Some(link) = string(*item, "linkId") {
            questions.entry(link).or_insert(Question { kind: string(*item, "type"), order });
        }
    }
    for (order, item) in items.iter().enumerate() {
        for condition in each(*item, "enableWhen") {
            of_condition(condition, *item, order, &questions, sink);
        }
        options(*item, sink);
    }
}

/// All items, a group before what is in it.
fn in_order<'d, 'a>(questionnaire: Node<'d, 'a>) -> Vec<Node<'d, 'a>> {
    let mut all = Vec::new();
    let mut waiting: Vec<Node<'d, 'a>> = each(questionnaire, "item").collect();
    waiting.reverse();
    while let Some(item) = waiting.pop() {
        all.push(item);
        let at = waiting.len();
        waiting.extend(each(item, "item"));
        if let Some(inner) = waiting.get_mut(at..) {
            inner.reverse();
        }
    }
    all
}

fn of_condition<'d, 'a>(
    condition: Node<'d, 'a>,
    item: Node<'d, 'a>,
    order: usize,
    questions: &HashMap<Cow<'a, str>, Question<'a>>,
    sink: &mut Sink<'d, 'a>,
) {
    let Some(asked) = string(condition, "question") else { return };
    if string(item, "linkId").is_some_and(|own| own == asked) {
        let text = "An item cannot be enabled by its own answer";
        return sink.error(Code::BusinessRule, "enable-when-self", condition, text);
    }
    let Some(question) = questions.get(&asked) else {
        let text = "The question of this condition is not in the questionnaire";
        return sink.error(Code::BusinessRule, "enable-when-question", condition, text);
    };
    if question.order > order {
        let text = "The question of this condition comes after the item that depends on it";
        warn(sink, Code::BusinessRule, "enable-when-order", condition, text);
    }
    let is_existence = string(condition, "operator").is_some_and(|operator| operator == "exists");
    let answer = condition.members().find(|member| member.key().is_some_and(|key| key.starts_with("answer")));
    let Some(answer) = answer else { return };
    let name = answer.key().unwrap_or_default();
    let given = name.strip_prefix("answer").unwrap_or_default();
    if !is_existence
        && let Some(kind) = question.kind.as_deref()
        && !fits(kind, given)
    {
        let text = "The condition compares the answer with a value of another type than the question has";
        warn(sink, Code::BusinessRule, "enable-when-answer", answer, text);
    }
}

/// Whether a question of a type has answers of a type (R4 `questionnaire-item-type`).
pub(super) fn fits(question: &str, answer: &str) -> bool {
    match question {
        "group" | "display" => false,
        "boolean" => answer == "Boolean",
        "decimal" => matches!(answer, "Decimal" | "Integer"),
        "integer" => answer == "Integer",
        "date" => answer == "Date",
        "dateTime" => matches!(answer, "DateTime" | "Date"),
        "time" => answer == "Time",
        "string" | "text" => answer == "String",
        "url" => answer == "Uri",
        "attachment" => answer == "Attachment",
        "reference" => answer == "Reference",
        "quantity" => matches!(answer, "Quantity" | "Decimal" | "Integer"),
        // Options may be of other types than Coding.
        "choice" | "open-choice" => {
            matches!(
                answer,
                "Coding" | "String" | "Integer" | "Date" | "Time" | "Reference" | "Uri" | "Decimal" | "DateTime"
            )
        }
        _ => true,
    }
}

/// Options stand once.
fn options<'d, 'a>(item: Node<'d, 'a>, sink: &mut Sink<'d, 'a>) {
    let mut seen = std::collections::HashSet::new();
    for option in each(item, "answerOption") {
        let Some(coding) = option.get("valueCoding") else { continue };
        let Some(code) = string(coding, "code") else { continue };
        if !seen.insert((string(coding, "system"), code)) {
            warn(sink, Code::Duplicate, "option-duplicate", option, "The same answer is offered twice");
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::bench::{errors, is_clean, keys};

    fn asked(question: &str, answer: &str) -> String {
        format!(
            r#"{{"resourceType":"Questionnaire","item":[{{"linkId":"1","type":"boolean"}},
            {{"linkId":"2","type":"group","item":[{{"linkId":"3","type":"string",
              "enableWhen":[{{"question":"{question}","operator":"=",{answer}}}]}}]}},
            {{"linkId":"4","type":"boolean"}}]}}"#
        )
    }

    #[test]
    fn a_condition_asks_about_a_question_before() {
        assert!(is_clean(&asked("1", r#""answerBoolean":true"#)));
        assert_eq!(errors(&asked("9", r#""answerBoolean":true"#)), ["enable-when-question"]);
        assert_eq!(errors(&asked("3", r#""answerBoolean":true"#)), ["enable-when-self"]);
        assert_eq!(keys(&asked("4", r#""answerBoolean":true"#)), ["enable-when-order"]);
        assert!(errors(&asked("4", r#""answerBoolean":true"#)).is_empty());
    }

    #[test]
    fn a_condition_compares_like_with_like() {
        assert_eq!(keys(&asked("1", r#""answerString":"x""#)), ["enable-when-answer"]);
    }

    #[test]
    fn an_answer_is_offered_once() {
        let json = r#"{"resourceType":"Questionnaire","item":[{"linkId":"1","type":"choice","answerOption":[
            {"valueCoding":{"system":"http://a.b","code":"x"}},{"valueCoding":{"system":"http://a.b","code":"x"}}]}]}"#;
        assert_eq!(keys(json), ["option-duplicate"]);
    }
}

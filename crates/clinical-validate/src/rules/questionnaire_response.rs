//! Answers beside the questions (R4 `QuestionnaireResponse`), where the questionnaire is contained.
//!
//! A questionnaire that is not here cannot be fetched: that is information.

use super::questionnaire::fits;
use super::{each, string};
use crate::{Code, Resource, Severity, Sink};
use clinical_json::Node;
use std::borrow::Cow;
use std::collections::HashMap;

/// How often a question is looked at. A group that is answered a thousand times has a thousand times its questions, and
/// whoever wants to keep a server busy could write ten thousand of each.
const PATIENCE: u32 = 1_000_000;

/// A question of the questionnaire.
#[derive(Clone, Copy)]
struct Question<'d, 'a> {
    item: Node<'d, 'a>,
    /// The item in which it stands.
    parent: Option<Node<'d, 'a>>,
}

type Questions<'d, 'a> = HashMap<Cow<'a, str>, Question<'d, 'a>>;

/// Each answer belongs to a question, and each question that must be answered has an answer.
pub(super) fn check<'d, 'a>(resource: &Resource<'_, 'd, 'a>, sink: &mut Sink<'d, 'a>) {
    let response = resource.node;
    let Some(at) = response.get("questionnaire") else { return };
    let Some(url) = at.as_str() else { return };
    let questionnaire = url
        .strip_prefix('#')
        .and_then(|id| each(response, "contained").find(|inner| string(*inner, "id").is_some_and(|known| known == id)));
    let Some(questionnaire) = questionnaire else {
        if url.starts_with('#') {
            let text = "The questionnaire is said to be contained, and nothing contained has this id";
            return sink.error(Code::Structure, "response-questionnaire", at, text);
        }
        let text = "The questionnaire is not here, so the answers were not compared with it";
        return sink.note(Severity::Information, Code::NotSupported, "response-questionnaire", at, text);
    };
    if string(questionnaire, "resourceType").is_none_or(|kind| kind != "Questionnaire") {
        let text = "What is contained under this id is no Questionnaire";
        return sink.error(Code::Structure, "response-questionnaire", at, text);
    }
    let questions = questions(questionnaire);
    let is_complete = matches!(string(response, "status").as_deref(), Some("completed" | "amended"));
    let mut waiting = vec![(response, None, questionnaire)];
    let mut patience = PATIENCE;
    while let Some((answers, parent, group)) = waiting.pop() {
        let mut counts: HashMap<Cow<'a, str>, usize> = HashMap::new();
        for item in each(answers, "item") {
            let Some(link) = string(item, "linkId") else { continue };
            let Some(question) = questions.get(&link) else {
                sink.error(Code::NotFound, "response-link", item, "The questionnaire has no item of this linkId");
                continue;
            };
            if question.parent.map(Node::id) != parent {
                let text = "In the questionnaire the item of this linkId stands elsewhere";
                sink.error(Code::Structure, "response-order", item, text);
                continue;
            }
            *counts.entry(link).or_insert(0) += 1;
            of_item(item, *question, sink);
            // Items stand in a group, or in the answers of a question.
            waiting.push((item, Some(question.item.id()), question.item));
            waiting.extend(each(item, "answer").map(|answer| (answer, Some(question.item.id()), question.item)));
        }
        let is_answer = answers.members().any(|member| member.key().is_some_and(|key| key.starts_with("value")));
        let has_answers = answers.get("answer").is_some();
        for question in each(group, "item") {
            patience = patience.saturating_sub(1);
            let Some(link) = string(question, "linkId") else { continue };
            let count = counts.get(&link).copied().unwrap_or(0);
            let is_asked =
                question.get("enableWhen").is_none() && is_complete && (parent.is_none() || !has_answers || is_answer);
            if count == 0 && is_asked && flag(question, "required") {
                let text = "A question that must be answered has no answer";
                sink.error(Code::Required, "response-required", answers, text);
            }
            let is_group = string(question, "type").is_some_and(|kind| kind == "group");
            if count > 1 && !(is_group && flag(question, "repeats")) {
                let text = "An item stands here more than once, which only a group that repeats may";
                sink.error(Code::Structure, "response-repeats", answers, text);
            }
        }
        if patience == 0 {
            let text = "The response is too long to be compared with the questionnaire to its end";
            return sink.note(Severity::Information, Code::TooLong, "response-questionnaire", at, text);
        }
    }
}

fn of_item<'d, 'a>(item: Node<'d, 'a>, question: Question<'d, 'a>, sink: &mut Sink<'d, 'a>) {
    let kind = string(question.item, "type").unwrap_or_default();
    let mut count = 0usize;
    for answer in each(item, "answer") {
        count += 1;
        if matches!(&*kind, "group" | "display") {
            continue;
        }
        for value in answer.members() {
            let name = value.key().unwrap_or_default();
            let Some(given) = name.strip_prefix("value") else { continue };
            if !fits(&kind, given) {
                let text = "The answer is of another type than the question asks for";
                sink.error(Code::Structure, "response-answer", value, text);
            }
        }
    }
    if count > 0 && matches!(&*kind, "group" | "display") {
        let text = "A group or a text of the questionnaire has no answer";
        sink.error(Code::Structure, "response-answer", item, text);
    }
    if count > 1 && !flag(question.item, "repeats") {
        let text = "The question has more than one answer and does not repeat";
        sink.error(Code::Structure, "response-repeats", item, text);
    }
}

fn flag(node: Node<'_, '_>, name: &str) -> bool {
    node.get(name).and_then(Node::as_bool) == Some(true)
}

fn questions<'d, 'a>(questionnaire: Node<'d, 'a>) -> Questions<'d, 'a> {
    let mut questions = HashMap::new();
    let mut waiting: Vec<(Node<'d, 'a>, Option<Node<'d, 'a>>)> =
        each(questionnaire, "item").map(|item| (item, None)).collect();
    while let Some((item, parent)) = waiting.pop() {
        waiting.extend(each(item, "item").map(|inner| (inner, Some(item))));
        if let Some(link) = string(item, "linkId") {
            questions.entry(link).or_insert(Question { item, parent });
        }
    }
    questions
}

#[cfg(test)]
mod tests {
    use crate::rules::bench::{errors, is_clean};

    fn answered(items: &str) -> String {
        format!(
            r##"{{"resourceType":"QuestionnaireResponse","status":"completed","questionnaire":"#q","contained":[
            {{"resourceType":"Questionnaire","id":"q","item":[{{"linkId":"1","type":"group","required":true,"item":[
              {{"linkId":"2","type":"string","required":true,"item":[{{"linkId":"3","type":"boolean","required":true}}]}}]}},
              {{"linkId":"4","type":"display"}}]}}],"item":[{items}]}}"##
        )
    }

    #[test]
    fn answers_belong_to_questions() {
        let inside = r#"{"linkId":"3","answer":[{"valueBoolean":true}]}"#;
        let good =
            format!(r#"{{"linkId":"1","item":[{{"linkId":"2","answer":[{{"valueString":"x","item":[{inside}]}}]}}]}}"#);
        assert!(is_clean(&answered(&good)), "{:?}", errors(&answered(&good)));
        for (from, to, key) in [
            ("\"2\",", "\"9\",", "response-link"),
            ("valueString", "valueInteger", "response-answer"),
            ("{\"linkId\":\"1\",", "{\"linkId\":\"2\",", "response-order"),
            ("[{\"valueBoolean\":true}]", "[{\"valueBoolean\":true},{\"valueBoolean\":false}]", "response-repeats"),
        ] {
            let bad = errors(&answered(&good.replacen(from, to, 1)));
            assert!(bad.contains(&key.to_owned()), "{from}: {bad:?}");
        }
    }

    #[test]
    fn questions_that_must_be_answered_are() {
        assert_eq!(errors(&answered("")), ["response-required"]);
        assert_eq!(errors(&answered(r#"{"linkId":"1"}"#)), ["response-required"]);
        assert!(is_clean(&answered("").replace("completed", "in-progress")));
    }

    #[test]
    fn texts_have_no_answers() {
        let json = answered(r#"{"linkId":"4","answer":[{"valueString":"x"}]}"#).replace("completed", "in-progress");
        assert_eq!(errors(&json), ["response-answer"]);
    }

    #[test]
    fn a_contained_questionnaire_is_there() {
        let json = r##"{"resourceType":"QuestionnaireResponse","questionnaire":"#q"}"##;
        assert_eq!(errors(json), ["response-questionnaire"]);
        assert!(is_clean(r#"{"resourceType":"QuestionnaireResponse","questionnaire":"http://a.b/c"}"#));
    }
}

//! Reading what a server answers: a bounded body, and of it one text.

use super::Outcome;
use clinical_pipeline::Phi;
use reqwest::Response;
use reqwest::header::{CONTENT_ENCODING, CONTENT_TYPE};
use serde::Deserialize;

/// A completion with everything that servers add to it is shorter.
const LONGEST: usize = 1 << 20;

/// The rewordings of one request are shorter, whatever the language of the tokens.
const LONGEST_TEXT: usize = 64 << 10;

/// Longest name of a model that is kept.
const LONGEST_NAME: usize = 100;

/// A completion, as far as it is looked at. A member that stands twice is a mistake: nobody could say which one counts.
#[derive(Deserialize)]
struct Completion {
    model: Option<String>,
    choices: Vec<Choice>,
}

#[derive(Deserialize)]
struct Choice {
    message: Message,
    finish_reason: Option<String>,
}

#[derive(Deserialize)]
struct Message {
    content: Option<String>,
    refusal: Option<String>,
}

/// What the model wrote, and what the server says the model is.
pub(super) type Text = (Phi<String>, Option<String>);

/// Reads the body of a reply.
pub(super) async fn body(response: &mut Response) -> Result<Vec<u8>, Outcome> {
    let header = |name| response.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let media = header(CONTENT_TYPE).split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    // Nothing compressed was asked for, and nothing is unpacked: a small body cannot become a large one.
    let is_plain = matches!(header(CONTENT_ENCODING).trim(), "" | "identity");
    if media != "application/json" || !is_plain {
        return Err(Outcome::WrongShape);
    }
    if response.content_length().is_some_and(|length| length > LONGEST as u64) {
        return Err(Outcome::TooLong);
    }
    let mut body = Vec::new();
    while let Some(piece) = response.chunk().await.map_err(|_| Outcome::Broken)? {
        if body.len() + piece.len() > LONGEST {
            return Err(Outcome::TooLong);
        }
        body.extend_from_slice(&piece);
    }
    Ok(body)
}

/// Finds the text in a completion: of one choice, and only where the model came to its end.
pub(super) fn text(body: &[u8]) -> Result<Text, Outcome> {
    let completion: Completion = serde_json::from_slice(body).map_err(|_| Outcome::WrongShape)?;
    let mut choices = completion.choices.into_iter();
    let (Some(choice), None) = (choices.next(), choices.next()) else { return Err(Outcome::WrongShape) };
    match choice.finish_reason.as_deref() {
        Some("stop") => {}
        Some("content_filter") => return Err(Outcome::Declined),
        _ => return Err(Outcome::Unfinished),
    }
    let Message { content: Some(content), refusal: None } = choice.message else { return Err(Outcome::Declined) };
    if content.len() > LONGEST_TEXT {
        return Err(Outcome::TooLong);
    }
    Ok((Phi::new(content), completion.model.filter(|name| is_name(name))))
}

/// Whether a name that a server gives can stand in metadata: it is somebody else's word.
fn is_name(name: &str) -> bool {
    let is_sign = |b: u8| b.is_ascii_alphanumeric() || b".-_:/@".contains(&b);
    (1..=LONGEST_NAME).contains(&name.len()) && name.bytes().all(is_sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> Result<(String, Option<String>), Outcome> {
        text(body.as_bytes()).map(|(text, served)| (text.into_exposed(), served))
    }

    fn choice(message: &str, reason: &str) -> String {
        format!(
            r#"{{"model":"m-1","choices":[{{"index":0,"message":{message},"finish_reason":{reason}}}],"usage":{{}}}}"#
        )
    }

    #[test]
    fn one_text_that_came_to_its_end() {
        let good = choice(r#"{"role":"assistant","content":"{}","refusal":null}"#, "\"stop\"");
        assert_eq!(read(&good), Ok(("{}".to_owned(), Some("m-1".to_owned()))));
    }

    #[test]
    fn everything_else_is_none() {
        let content = r#"{"content":"CANARY"}"#;
        let long = format!(r#"{{"content":"{}"}}"#, "x".repeat(LONGEST_TEXT + 1));
        for (body, outcome) in [
            (choice(content, "\"length\""), Outcome::Unfinished),
            (choice(content, "\"tool_calls\""), Outcome::Unfinished),
            (choice(content, "null"), Outcome::Unfinished),
            (choice(content, "\"content_filter\""), Outcome::Declined),
            (choice(r#"{"content":null}"#, "\"stop\""), Outcome::Declined),
            (choice(r#"{"content":"CANARY","refusal":"no"}"#, "\"stop\""), Outcome::Declined),
            (choice(r#"{"content":"CANARY","content":"x"}"#, "\"stop\""), Outcome::WrongShape),
            (choice(r#"{"content":["CANARY"]}"#, "\"stop\""), Outcome::WrongShape),
            (choice(&long, "\"stop\""), Outcome::TooLong),
            (r#"{"choices":[]}"#.to_owned(), Outcome::WrongShape),
            ("{}".to_owned(), Outcome::WrongShape),
            ("[]".to_owned(), Outcome::WrongShape),
            ("<html>".to_owned(), Outcome::WrongShape),
            (String::new(), Outcome::WrongShape),
        ] {
            assert_eq!(read(&body), Err(outcome), "{body:.80}");
        }
        let two = r#"{"message":{"content":"a"},"finish_reason":"stop"}"#;
        assert_eq!(read(&format!(r#"{{"choices":[{two},{two}]}}"#)), Err(Outcome::WrongShape));
    }

    #[test]
    fn a_name_that_says_more_is_left_out() {
        for (name, is_kept) in
            [("gpt-4o-2024-08-06", true), ("org/model@v1:Q4_K", true), ("Take 5 mg", false), ("", false), ("é", false)]
        {
            assert_eq!(is_name(name), is_kept, "{name}");
        }
        assert!(!is_name(&"x".repeat(LONGEST_NAME + 1)));
    }
}

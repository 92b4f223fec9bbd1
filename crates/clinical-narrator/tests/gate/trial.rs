//! One sentence, asked for and answered, through the public doors of the crate.

use crate::holes::{Hole, put, readings};
use clinical_lexicon::Lexicon;
use clinical_model::Stop;
use clinical_narrator::{Ask, Part, Prepared, Refusal, Sentence, Topic, prepare};
use clinical_privacy::Known;
use serde_json::Value;

pub(crate) fn lexicon() -> &'static Lexicon {
    Lexicon::english().unwrap()
}

/// A sentence that was asked for.
pub(crate) struct Trial {
    prepared: Prepared,
    id: Value,
    /// What the model was shown.
    pub(crate) masked: String,
    readings: Vec<Vec<Hole>>,
}

/// The answer to one sentence.
pub(crate) type Outcome = Result<Vec<Part>, Refusal>;

impl Trial {
    /// None: the sentence is not asked for.
    pub(crate) fn new(text: &str, topic: Topic, context: &str, known: &Known) -> Option<Self> {
        let prepared = prepare(&[Sentence { text, topic }], context, known, lexicon(), Stop::never()).unwrap();
        assert!(prepared.asks().len() <= 1, "one sentence makes one request");
        let shown = texts(prepared.asks().first()?);
        assert_eq!(shown.len(), 1, "one sentence is shown once");
        let (id, masked) = shown.into_iter().next()?;
        let readings = readings(text, &masked);
        assert!(!readings.is_empty(), "what is shown is not the sentence with holes: {masked}");
        Some(Self { prepared, id, masked, readings })
    }

    /// The request as it is sent.
    pub(crate) fn ask(&self) -> Ask {
        self.prepared.telling(lexicon(), Stop::never()).unwrap().remove(0)
    }

    /// What the model says, with the sentence's facts put into holes; and how many holes have nothing in it. What has
    /// holes already is as the model wrote it.
    pub(crate) fn with_holes(&self, said: &str) -> (String, usize) {
        if self.prepared_holes(said) {
            return (said.to_owned(), 0);
        }
        put(said, &self.readings)
    }

    fn prepared_holes(&self, said: &str) -> bool {
        let mut holes = self.readings.iter().flatten().map(|hole| hole.placeholder.as_str()).peekable();
        holes.peek().is_some() && holes.all(|hole| said.contains(hole))
    }

    /// Puts the model's words into the answer that was asked for.
    pub(crate) fn answer(&self, text: &str) -> Outcome {
        self.reply(&serde_json::json!({ "sentences": [{ "id": self.id, "text": text }] }).to_string())
    }

    /// Reads an answer as it came.
    pub(crate) fn reply(&self, reply: &str) -> Outcome {
        let mut verdicts = self.prepared.read(0, Some(reply), lexicon());
        assert_eq!(verdicts.len(), 1, "one sentence, one verdict");
        let verdict = verdicts.remove(0);
        assert_eq!(verdict.sentence, 0);
        verdict.outcome
    }
}

/// The sentences of a request, with their identities.
pub(crate) fn texts(ask: &Ask) -> Vec<(Value, String)> {
    let value: Value = serde_json::from_str(ask.user.text()).expect("a request is JSON");
    let mut found = Vec::new();
    gather(&value, &mut found);
    found
}

fn gather(value: &Value, found: &mut Vec<(Value, String)>) {
    match value {
        Value::Array(all) => all.iter().for_each(|one| gather(one, found)),
        Value::Object(fields) => match (fields.get("id"), fields.get("text").and_then(Value::as_str)) {
            (Some(id), Some(text)) => found.push((id.clone(), text.to_owned())),
            _ => fields.values().for_each(|one| gather(one, found)),
        },
        _ => {}
    }
}

//! The rewordings on a sheet, each with the sentence that it stands beside.

use serde::Deserialize;
use std::collections::BTreeMap;

/// The lists of a JSON sheet whose sentences are reworded.
const LISTS: [&str; 5] = ["reasons", "findings", "follow_up_in_words", "care_instructions", "help_in_words"];

#[derive(Deserialize)]
struct Item {
    #[serde(default)]
    text: Vec<String>,
    #[serde(default)]
    plain_words: Vec<Rewording>,
}

#[derive(Deserialize)]
struct Rewording {
    text: String,
    text_index: usize,
    start: usize,
    end: usize,
}

/// Sentences and their rewordings, in the order of the sheet.
pub(super) fn pairs(page: &str) -> Vec<(String, String)> {
    let Ok(page) = serde_json::from_str::<BTreeMap<String, serde_json::Value>>(page) else { return Vec::new() };
    let items = LISTS.iter().filter_map(|list| page.get(*list)).flat_map(|list| {
        let items: Vec<Item> = serde_json::from_value(list.clone()).unwrap_or_default();
        items
    });
    items.flat_map(|item| item.plain_words.into_iter().map(move |said| pair(&item.text, said))).flatten().collect()
}

fn pair(texts: &[String], said: Rewording) -> Option<(String, String)> {
    let words = texts.get(said.text_index)?;
    let sentence = words.chars().skip(said.start).take(said.end.checked_sub(said.start)?).collect();
    Some((sentence, said.text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rewording_stands_behind_its_own_sentence() {
        let page = r#"{"reasons":[{"text":["Café. No fever."],"plain_words":[
            {"text":"You have no fever.","ai_processed":true,"text_index":0,"start":6,"end":15,"parts":[]}]}],
            "findings":[{"text":["Nothing."]}],"goals":[{"text":["x"],"plain_words":[]}]}"#;
        assert_eq!(pairs(page), [("No fever.".to_owned(), "You have no fever.".to_owned())]);
    }

    #[test]
    fn a_place_that_is_not_there_is_left_out() {
        let page = r#"{"reasons":[{"text":["a"],"plain_words":[{"text":"b","text_index":1,"start":0,"end":1}]}]}"#;
        assert_eq!(pairs(page), []);
        assert_eq!(pairs("{"), []);
    }
}

//! Rewordings of a JSON page, read back: exactly those of the sheet, each made of its parts, its copied parts cut from
//! the item's own text.

use crate::narrate::bytes;
use clinical_json::{Document, Node};
use clinical_lexicon::Lexicon;
use clinical_summary::{GateError, Plain, SaidList, Sheet, disclosure_lines};

/// Holds the rewordings of a page against its sheet.
///
/// # Errors
/// The first that fails.
pub(crate) fn rewordings(page: &str, sheet: &Sheet<'_>, lexicon: &Lexicon) -> Result<(), GateError> {
    let document = Document::parse(page.as_bytes()).map_err(|_| GateError::WordsAltered)?;
    let root = document.root();
    let said: Vec<_> = root.get("ai_disclosure").into_iter().flat_map(Node::items).filter_map(Node::as_str).collect();
    let flags = root.get("safety_validation").and_then(|v| v.get("ai_processing_flags"));
    let is_marked = flags.and_then(|f| f.get("ai_processed")).and_then(Node::as_bool);
    let has_any = sheet.plain().next().is_some();
    if said != disclosure_lines(sheet, lexicon) || is_marked != Some(has_any) || said.is_empty() == has_any {
        return Err(GateError::DisclosureMissing);
    }
    let mut found = 0;
    for list in SaidList::ALL {
        for (item, of) in root.get(list.member()).into_iter().flat_map(Node::items).zip(list.of(sheet)) {
            let given: Vec<Node<'_, '_>> = item.get("plain_words").into_iter().flat_map(Node::items).collect();
            let same = given.len() == of.plain.len() && given.iter().zip(&of.plain).all(|(g, p)| is_it(*g, item, p));
            if !same {
                return Err(GateError::RewordingAltered);
            }
            found += given.len();
        }
    }
    // Nowhere else on the page, and none of a list that is longer than the sheet's.
    if page.matches("\"plain_words\":[").count() != root_lists(root) || found != sheet.plain().count() {
        return Err(GateError::RewordingAltered);
    }
    Ok(())
}

/// How many items of the lists have rewordings.
fn root_lists(root: Node<'_, '_>) -> usize {
    let items = SaidList::ALL.into_iter().filter_map(|list| root.get(list.member())).flat_map(Node::items);
    items.filter(|item| item.get("plain_words").is_some()).count()
}

fn is_it(given: Node<'_, '_>, item: Node<'_, '_>, plain: &Plain<'_>) -> bool {
    let text = given.get("text").and_then(Node::as_str);
    let number = |node: Node<'_, '_>, name| node.get(name)?.scalar_text()?.parse::<usize>().ok();
    let words = item.get("text").and_then(|t| t.at(number(given, "text_index")?)).and_then(Node::as_str);
    let (Some(text), Some(words)) = (text, words) else { return false };
    let stretch = |node| words.get(bytes(&words, number(node, "start")?, number(node, "end")?).map(|(a, b)| a..b)?);
    let mut made = String::new();
    for part in given.get("parts").into_iter().flat_map(Node::items) {
        match (part.get("words").and_then(Node::as_str), part.get("copied").and_then(Node::as_str)) {
            (Some(said), None) if !said.chars().any(char::is_numeric) => made.push_str(&said),
            (None, Some(said)) if stretch(part) == Some(&*said) => made.push_str(&said),
            _ => return false,
        }
    }
    let is_marked = given.get("ai_processed").and_then(Node::as_bool) == Some(true);
    let has_sentence = stretch(given).is_some_and(|sentence| !sentence.is_empty());
    is_marked
        && has_sentence
        && made == *text
        && *text == *plain.line.shown()
        && number(given, "text_index") == Some(plain.of)
}

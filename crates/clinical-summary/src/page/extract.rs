//! The clinician's extract as a page: sentences of the note in their own words, under why they were chosen.

use super::html_writer::Html;
use super::json_writer::Json;
use super::lines::Say;
use super::outline::Block;
use super::style::SHEET_CSS;
use crate::extract::{ExtractReason, Extracted};
use crate::piece::{Fact, Line};
use clinical_lexicon::{Lexicon, Message};
use clinical_model::{Place, Places, Shift, Verbatim};

/// The page in blocks. `sentences` is how many the note has.
#[must_use]
pub fn extract_outline<'a>(chosen: &[Extracted<'_, 'a>], sentences: usize, lexicon: &Lexicon) -> Vec<Block<'a>> {
    let say = Say(lexicon);
    let mut out = vec![Block::Title(say.plain(Message::ExtractTitle)), Block::Plain(say.plain(Message::ExtractIntro))];
    let number = |n: usize| Line::words(n.to_string());
    let slots = [("chosen", number(chosen.len())), ("sentences", number(sentences))];
    out.push(Block::Plain(Line::say(lexicon, Message::ExtractCounts, &slots)));
    if chosen.is_empty() {
        out.push(Block::Plain(say.plain(Message::ExtractEmpty)));
    }
    let mut heading = None;
    for one in chosen {
        let message = heading_of(one);
        if heading != Some(message) {
            out.push(Block::Section(say.plain(message)));
            heading = Some(message);
        }
        out.push(Block::Item(vec![Line::fact(Fact::exact(&one.sentence.text))]));
    }
    out
}

fn heading_of(one: &Extracted<'_, '_>) -> Message {
    match one.reasons.first() {
        Some(ExtractReason::MedicineChange) => Message::ExtractMedicines,
        Some(ExtractReason::FollowUp | ExtractReason::ReturnPrecaution) => Message::ExtractFollowUp,
        Some(ExtractReason::Plan) => Message::ExtractPlan,
        Some(ExtractReason::Assessment) => Message::ExtractAssessment,
        Some(ExtractReason::Result) | None => Message::ExtractResults,
    }
}

/// The page as HTML, in the look of the sheet.
#[must_use]
pub fn extract_html(blocks: &[Block<'_>]) -> String {
    let mut out = Html::with_capacity(16 * 1024, Shift::NONE);
    out.raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
    if let Some(Block::Title(title)) = blocks.first() {
        out.text(&title.shown());
    }
    out.raw("</title>\n<style>");
    out.raw(SHEET_CSS);
    out.raw("</style>\n</head>\n<body class=\"page\">\n<main class=\"sheet\">\n");
    let mut is_list = false;
    for block in blocks {
        let is_item = matches!(block, Block::Item(_));
        if is_list != is_item {
            out.raw(if is_item { "<ul>\n" } else { "</ul>\n" });
            is_list = is_item;
        }
        match block {
            Block::Title(line) => element(&mut out, "<h1>", line, "</h1>\n"),
            Block::Section(line) | Block::List(line) => element(&mut out, "<h2>", line, "</h2>\n"),
            Block::Plain(line) => element(&mut out, "<p>", line, "</p>\n"),
            Block::Item(lines) => {
                out.raw("<li>");
                lines.iter().for_each(|line| element(&mut out, "<p>", line, "</p>"));
                out.raw("</li>\n");
            }
        }
    }
    out.raw(if is_list { "</ul>\n</main>\n</body>\n</html>\n" } else { "</main>\n</body>\n</html>\n" });
    out.into_string()
}

fn element(out: &mut Html, open: &'static str, line: &Line<'_>, close: &'static str) {
    out.raw(open);
    out.line(line);
    out.raw(close);
}

/// The page as JSON: each sentence with its section, its reasons and its place.
#[must_use]
pub fn extract_json(chosen: &[Extracted<'_, '_>], sentences: usize, places: &dyn Places) -> String {
    let mut json = Json::with_capacity(16 * 1024);
    json.object(|j| {
        j.key("audience").string("clinician");
        j.key("language").string("en");
        j.key("sentences_in").count(sentences);
        j.key("extract").array(|j| {
            for one in chosen {
                j.object(|j| {
                    j.key("text").string(one.sentence.text.text());
                    j.key("section").string(one.sentence.kind.as_str());
                    j.key("why").array(|j| one.reasons.iter().for_each(|r| j.string(r.as_str())));
                    j.key("source").array(|j| j.object(|j| place(j, places, &one.sentence.text)));
                });
            }
        });
    });
    json.into_string()
}

fn place(j: &mut Json, places: &dyn Places, text: &Verbatim<'_>) {
    match places.place(text.source()) {
        Place::Path(path) => j.key("path").string(&path),
        Place::Span(start, end) => {
            j.key("start").count(start);
            j.key("end").count(end);
        }
    }
    j.key("text").string(text.text());
}

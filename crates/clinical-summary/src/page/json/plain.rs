//! Rewordings by a language model on the JSON page: each with its sentence, and what of the sentence it copies.

use super::super::json_writer::Json;
use super::Page;
use crate::piece::{Fact, Piece, View};
use crate::plain::{Narration, Plain};
use crate::sheet::Said;

/// What the summary says of a language model's part in it.
pub(super) fn flags(j: &mut Json, narration: Option<&Narration>) {
    j.key("ai_processed").boolean(narration.is_some());
    let Some(n) = narration else { return };
    j.key("model").string(&n.model);
    j.key("parameters").string(&n.parameters);
    j.key("prompt_version").string(n.prompt_version);
    j.key("asked").count(n.asked);
    j.key("kept").count(n.kept);
    j.key("refused").object(|j| n.refused.iter().for_each(|(reason, count)| j.key(reason).count(*count)));
    j.key("reviewed").boolean(n.reviewed);
}

impl Page<'_> {
    /// The rewordings of an item, where it has any. Places are code points of the words they name by `text_index`.
    pub(super) fn plain(&self, j: &mut Json, s: &Said<'_>) {
        if s.plain.is_empty() {
            return;
        }
        j.key("plain_words").array(|j| {
            for (plain, words) in s.plain.iter().filter_map(|p| Some((p, s.words.get(p.of)?))) {
                j.object(|j| self.rewording(j, plain, words));
            }
        });
    }

    fn rewording(&self, j: &mut Json, plain: &Plain<'_>, words: &Fact<'_>) {
        let shown = words.shown();
        let point = |byte: u32| shown.get(..byte as usize).map_or(0, |before| before.chars().count());
        j.key("text").string(&plain.line.shown());
        j.key("ai_processed").boolean(true);
        j.key("text_index").count(plain.of);
        j.key("start").count(point(plain.span.0));
        j.key("end").count(point(plain.span.1));
        j.key("parts").array(|j| {
            for piece in plain.line.pieces() {
                j.object(|j| match piece {
                    Piece::Words(said) => j.key("words").string(said.text()),
                    Piece::Fact(fact) => {
                        j.key("copied").string(&fact.shown());
                        if let View::Part(_, from, to) = fact.view {
                            j.key("start").count(point(from));
                            j.key("end").count(point(to));
                        }
                    }
                });
            }
        });
        self.source(j, [words]);
    }
}

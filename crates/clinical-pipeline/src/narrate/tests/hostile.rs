//! Rewordings that no check let through until now. None may reach a page, whoever let it pass before.

use super::*;
use crate::summarize::Press;
use clinical_summary::{Author, Fact, Line, Piece, Plain, View};

const OF: &str = "Return to clinic in 2 weeks.";

#[test]
fn what_a_rewording_may_not_have_is_refused_and_counted() {
    for (said, why) in [
        ("<script>alert(document)</script> Come back {in 2 weeks}.", Refusal::Markup),
        ("Come back &amp; rest {in 2 weeks}.", Refusal::Markup),
        ("Come back {in 2 weeks} [link](x).", Refusal::Markup),
        ("**Come** back {in 2 weeks}.", Refusal::Markup),
        ("# Take these {in 2 weeks}", Refusal::Markup),
        ("`Come` back {in 2 weeks}.", Refusal::Markup),
        ("Come back {in 2 weeks}.\n\nTAKE THESE:\n  * more", Refusal::Markup),
        ("Come back\t{in 2 weeks}.", Refusal::Markup),
        ("Come back \u{202e}{in 2 weeks}.", Refusal::Markup),
        ("Come\u{200b} back {in 2 weeks}.", Refusal::Markup),
        ("Come back \u{0}{in 2 weeks}.", Refusal::Markup),
        ("ارجع {in 2 weeks}.", Refusal::Markup),
        ("Сome back {in 2 weeks}.", Refusal::Markup),
        ("See www.example.org {in 2 weeks}.", Refusal::Markup),
        ("See https://example {in 2 weeks}.", Refusal::Markup),
        ("Come back \u{1f600} {in 2 weeks}.", Refusal::Markup),
        ("Come back {in 2 weeks} or 3.", Refusal::Number),
        ("Come back {in 2 weeks} or ٣.", Refusal::Number),
        ("Come back {in 2 weeks} or Ⅷ.", Refusal::Number),
        ("Come back {in 2 weeks} or ½.", Refusal::Number),
        ("{in 2 weeks}", Refusal::Empty),
        ("", Refusal::Empty),
        (" . ", Refusal::Empty),
    ] {
        for kind in [Page::Json, Page::Html, Page::Text, Page::Markdown] {
            work(NOTE, kind, &[(OF, said)], &told(), |w| {
                assert_eq!(w.counts.kept, 0, "{said}");
                assert!(w.counts.refused.contains(&(why, 1)), "{said}: {:?}", w.counts.refused);
                assert!(w.sheet.narration.is_none() && w.sheet.plain().next().is_none());
            });
        }
    }
}

#[test]
fn a_copied_part_is_a_stretch_of_its_own_sentence() {
    work(NOTE, Page::Text, &[], &told(), |mut w| {
        let sentences = sentences_of(&w.sheet, w.press.lexicon, Stop::never());
        let at = sentences.iter().position(|s| s.text == OF).unwrap();
        let words = |text: &str| Part::Words(Narrative::new(text.to_owned()));
        for (from, to) in [(0, 99), (27, 29), (5, 2), (3, 3), (usize::MAX, usize::MAX)] {
            let outcome = Ok(vec![words("Come back "), Part::Copied(from, to)]);
            let counts = put(&mut w.sheet, &sentences, vec![Verdict { sentence: at, outcome }], &told());
            assert_eq!((counts.kept, &counts.refused[..]), (0, &[(Refusal::WrongShape, 1)][..]), "{from}..{to}");
        }
        let outcome = Ok(vec![words("Come back.")]);
        let stray = Verdict { sentence: sentences.len(), outcome: outcome.clone() };
        assert_eq!(put(&mut w.sheet, &sentences, vec![stray], &told()).kept, 0);
        // Two for one sentence: the first stays.
        let twice = vec![Verdict { sentence: at, outcome: outcome.clone() }, Verdict { sentence: at, outcome }];
        let counts = put(&mut w.sheet, &sentences, twice, &told());
        assert_eq!((counts.kept, &counts.refused[..]), (1, &[(Refusal::WrongShape, 1)][..]));
    });
}

#[test]
fn what_must_not_be_done_is_not_reworded() {
    work(CCDA, Page::Text, &[], &told(), |mut w| {
        assert!(!sentences_of(&w.sheet, w.press.lexicon, Stop::never()).is_empty());
        let sentences = sentences_of(&w.sheet, w.press.lexicon, Stop::never());
        w.sheet.home.iter_mut().for_each(|said| said.forbidden = true);
        assert!(sentences_of(&w.sheet, w.press.lexicon, Stop::never()).is_empty());
        let parts = [PlainPart::Words(Narrative::new("Rest."))];
        assert_eq!(attach(&mut w.sheet, &sentences[0], &parts), Err(Unfit::Place));
    });
}

/// Puts a line onto a sheet past every check of its words.
fn smuggle(sheet: &mut Sheet<'_>, line: Line<'static>) {
    let said = &mut sheet.follow_up[0];
    said.plain = vec![Plain { line, of: 0, span: (0, 28) }];
}

#[test]
fn the_finished_page_is_refused_and_the_sheet_goes_without() {
    for hostile in ["<script>alert(1)</script>", "Come back in two weeks or 3.", "Come \u{202e}back.", "a\nTAKE THESE:"]
    {
        for kind in [Page::Html, Page::Text, Page::Markdown] {
            work(NOTE, kind, &SAID, &told(), |mut w| {
                smuggle(&mut w.sheet, Line::words(hostile));
                let made = w.press.page(&w.sheet, Some(&w.parsed.places()));
                assert_eq!(made, Err(Error::Gate { code: "rewording-altered" }), "{hostile} {kind:?}");
                let (mut sheet, mut counts) = (w.sheet, w.counts);
                let asked = counts.asked;
                assert!(w.press.narrated(&mut sheet, Some(&w.parsed.places()), Some(&mut counts)).is_none());
                assert_eq!((counts.asked, counts.kept), (asked, 0));
                assert!(counts.refused.contains(&(Refusal::Page, 2)));
                assert_eq!(counts.refused.iter().map(|(_, n)| n).sum::<usize>(), asked);
                let (page, _) = w.press.page(&sheet, Some(&w.parsed.places())).unwrap();
                assert_eq!(page, super::page(NOTE, kind, &[], &told()).unwrap());
            });
        }
    }
}

#[test]
fn markup_in_a_rewording_is_text_even_where_nobody_looks() {
    work(NOTE, Page::Html, &SAID, &told(), |mut w| {
        smuggle(&mut w.sheet, Line::words("<img src=x onerror=alert(1)> \u{202e}& \"x\""));
        let page = clinical_summary::html(
            &w.sheet,
            w.press.lexicon,
            clinical_lexicon::Readability::default().reading(),
            false,
        );
        assert!(page.contains("&lt;img src=x onerror=alert(1)&gt; \u{fffd}&amp; &quot;x&quot;"));
        assert!(!page.contains("<img"));
    });
}

#[test]
fn a_fact_of_another_place_is_no_part_of_a_rewording() {
    work(NOTE, Page::Text, &SAID, &told(), |mut w| {
        let strange: Vec<Fact<'_>> = vec![
            // Of another sentence, whole, and beyond the end.
            w.sheet.home[0].words[0].clone(),
            w.sheet.follow_up[0].words[0].clone(),
            Fact::viewed(View::Part(clinical_summary::PartOf::Exact, 0, 99), &w.sheet.follow_up[0].words[0].of),
            Fact::viewed(View::Part(clinical_summary::PartOf::Markup, 0, 6), &w.sheet.follow_up[0].words[0].of),
        ];
        for fact in strange {
            let mut line = Line::words("Come back ");
            line.push(Piece::Fact(fact));
            w.sheet.follow_up[0].plain = vec![Plain { line: line.by(Author::Model), of: 0, span: (0, 28) }];
            let made = w.press.page(&w.sheet, Some(&w.parsed.places()));
            assert_eq!(made, Err(Error::Gate { code: "rewording-altered" }));
        }
    });
}

#[test]
fn one_of_two_lines_at_the_start_is_not_enough() {
    for kind in [Page::Json, Page::Html, Page::Text, Page::Markdown] {
        work(NOTE, kind, &SAID, &told(), |w| {
            let mut silent = w.sheet.clone();
            silent.narration = None;
            let press: &Press<'_> = &w.press;
            let made = press.page(&silent, Some(&w.parsed.places()));
            match kind {
                Page::Json => {
                    let (page, _) = made.unwrap();
                    assert!(check::rewordings(&page, &silent, press.lexicon).is_err());
                }
                _ => assert_eq!(made, Err(Error::Gate { code: "disclosure-missing" })),
            }
            let mut bare = w.sheet.clone();
            for said in bare.reasons.iter_mut().chain(&mut bare.follow_up) {
                said.plain.clear();
            }
            if kind != Page::Json {
                assert_eq!(
                    press.page(&bare, Some(&w.parsed.places())),
                    Err(Error::Gate { code: "disclosure-missing" })
                );
            }
        });
    }
}

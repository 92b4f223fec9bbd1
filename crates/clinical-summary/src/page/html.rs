//! The sheet as one HTML page that needs nothing else: no script, no outside asset.

mod medicines;
mod tests;

use super::html_writer::Html;
use super::lines::{self, Say};
use super::outline::{allergy_remarks, counts, groups, is_note, nothing, row_line};
use super::plain::{disclaimers, disclosure};
use super::style::SHEET_CSS;
use crate::piece::{Author, Line};
use crate::sheet::{Said, Sheet};
use clinical_lexicon::{Lexicon, Message, PhrasePart, Reading};

/// Makes the page. `large` is large print.
#[must_use]
pub fn html(sheet: &Sheet<'_>, lexicon: &Lexicon, reading: Reading, large: bool) -> String {
    let mut page = Writer { out: Html::with_capacity(48 * 1024, sheet.shift), say: Say(lexicon) };
    page.out.raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.out.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
    page.words(Message::Title);
    page.out.raw("</title>\n<style>");
    page.out.raw(SHEET_CSS);
    page.out.raw("</style>\n</head>\n<body class=\"page\">\n");
    page.out.raw(if large { "<main class=\"sheet large\">\n" } else { "<main class=\"sheet\">\n" });
    page.body(sheet, reading);
    page.out.raw("</main>\n</body>\n</html>\n");
    page.out.into_string()
}

struct Writer<'l> {
    out: Html,
    say: Say<'l>,
}

impl Writer<'_> {
    fn words(&mut self, message: Message) {
        match self.say.0.phrase(message).parts() {
            // Most are one text without a slot, of which no line need be made.
            [PhrasePart::Words(words)] => self.out.text(words.text()),
            _ => self.out.line(&self.say.plain(message)),
        }
    }

    fn paragraph(&mut self, line: &Line<'_>) {
        self.out.raw("<p>");
        self.out.line(line);
        self.out.raw("</p>\n");
    }

    fn heading(&mut self, message: Message) {
        self.out.raw("<h3>");
        self.words(message);
        self.out.raw("</h3>\n");
    }

    fn section(&mut self, open: &'static str, message: Message) {
        self.out.raw(open);
        self.out.raw("<h2>");
        self.words(message);
        self.out.raw("</h2>\n");
    }

    /// A list of items.
    fn items<'i>(&mut self, items: impl Iterator<Item = Vec<Line<'i>>>) {
        self.out.raw("<ul>\n");
        self.each(items);
    }

    /// A list of items; the first fact of each is its name.
    fn named<'i>(&mut self, items: impl Iterator<Item = Vec<Line<'i>>>) {
        self.out.raw("<ul class=\"named\">\n");
        self.each(items);
    }

    fn each<'i>(&mut self, items: impl Iterator<Item = Vec<Line<'i>>>) {
        for lines in items {
            self.out.raw("<li>");
            lines.iter().for_each(|line| self.item_line(line));
            self.out.raw("</li>\n");
        }
        self.out.raw("</ul>\n");
    }

    /// A line of an item. Words by a language model are marked: in words, by their element, and by their look.
    fn item_line(&mut self, line: &Line<'_>) {
        match line.pieces() {
            [mark, rest @ ..] if line.author() == Author::Model => {
                self.out.raw("<p class=\"ai\"><b>");
                self.out.piece(mark);
                self.out.raw("</b>");
                rest.iter().for_each(|piece| self.out.piece(piece));
                self.out.raw("</p>");
            }
            _ => {
                self.out.raw("<p>");
                self.out.line(line);
                self.out.raw("</p>");
            }
        }
    }

    fn body(&mut self, sheet: &Sheet<'_>, reading: Reading) {
        let say = self.say;
        self.out.raw("<header>\n<h1>");
        self.words(Message::Title);
        self.out.raw("</h1>\n");
        let told = disclosure(sheet, say);
        if !told.is_empty() {
            self.out.raw("<div class=\"ai-about\">\n");
            told.iter().for_each(|line| self.paragraph(line));
            self.out.raw("</div>\n");
        }
        for (i, line) in lines::head(sheet, say).iter().enumerate() {
            self.out.raw(if i == 0 { "<p class=\"who\">" } else { "<p>" });
            self.out.line(line);
            self.out.raw("</p>\n");
        }
        if is_note(sheet) {
            self.out.raw("<p class=\"care\">");
            self.words(Message::AboutNote);
            self.out.raw("</p>\n");
        }
        self.out.raw("</header>\n");
        if nothing(sheet) {
            let line = say.plain(Message::NothingToShow);
            self.paragraph(&line);
        }
        if !sheet.reasons.is_empty() {
            self.section("<section id=\"why\">\n", Message::WhyHeading);
            self.items(sheet.reasons.iter().map(|s| lines::said(s, say)));
            self.out.raw("</section>\n");
        }
        self.found(sheet);
        self.medicines(sheet);
        self.allergies(sheet);
        if !(sheet.results.is_empty() && sheet.checks.is_empty()) {
            self.section("<section id=\"results\">\n", Message::ResultsHeading);
            if !sheet.results.is_empty() {
                self.tests(&sheet.results);
            }
            if !sheet.checks.is_empty() {
                self.heading(Message::ChecksHeading);
                self.tests(&sheet.checks);
            }
            self.out.raw("</section>\n");
        }
        self.section("<section id=\"next\">\n", Message::AppointmentsHeading);
        if !sheet.coming.is_empty() {
            self.named(sheet.coming.iter().map(|c| lines::coming(c, say)));
        } else if sheet.follow_up.is_empty() {
            self.missing();
        }
        self.in_words(Message::FollowUpHeading, &sheet.follow_up);
        self.out.raw("</section>\n");
        self.home(sheet);
        self.section("<section id=\"help\">\n", Message::HelpHeading);
        self.out.raw("<p class=\"help\">");
        self.words(Message::HelpEmergency);
        self.out.raw("</p>\n<p>");
        self.words(Message::HelpQuestions);
        self.out.raw("</p>\n");
        self.in_words(Message::HelpWordsHeading, &sheet.help);
        self.out.raw("</section>\n");
        if !sheet.more.is_empty() {
            self.section("<section id=\"more\">\n", Message::MoreHeading);
            self.items(sheet.more.iter().map(|s| lines::said(s, say)));
            self.out.raw("</section>\n");
        }
        self.about(sheet, reading);
    }

    /// A list of what the document says in words.
    fn in_words(&mut self, heading: Message, list: &[Said<'_>]) {
        let say = self.say;
        if !list.is_empty() {
            self.heading(heading);
            self.items(list.iter().map(|s| lines::said(s, say)));
        }
    }

    fn missing(&mut self) {
        self.out.raw("<p class=\"none\">");
        self.words(Message::NotInRecord);
        self.out.raw("</p>\n");
    }

    fn found(&mut self, sheet: &Sheet<'_>) {
        let say = self.say;
        let problems = [
            (Message::ProblemsNow, &sheet.problems.current),
            (Message::ProblemsPossible, &sheet.problems.possible),
            (Message::ProblemsPast, &sheet.problems.past),
        ];
        let has_problems = problems.iter().any(|(_, list)| !list.is_empty());
        let has_more = !(sheet.findings.is_empty()
            && sheet.vitals.is_empty()
            && sheet.procedures.is_empty()
            && sheet.immunizations.is_empty());
        if !(has_problems || has_more) {
            return;
        }
        self.section("<section id=\"found\">\n", Message::FoundHeading);
        for (message, list) in problems.into_iter().filter(|(_, list)| !list.is_empty()) {
            self.heading(message);
            if message == Message::ProblemsPossible {
                let line = say.plain(Message::ProblemsPossibleIntro);
                self.paragraph(&line);
            }
            self.named(list.iter().map(|p| lines::problem(p, say)));
        }
        if !sheet.findings.is_empty() {
            self.heading(Message::NotesHeading);
            self.items(sheet.findings.iter().map(|s| lines::said(s, say)));
        }
        if !sheet.vitals.is_empty() {
            self.heading(Message::VitalsHeading);
            self.vitals(&sheet.vitals);
        }
        let done = [(Message::ProceduresHeading, &sheet.procedures), (Message::VaccinesHeading, &sheet.immunizations)];
        for (message, list) in done.into_iter().filter(|(_, list)| !list.is_empty()) {
            self.heading(message);
            self.named(list.iter().map(|d| lines::done(d, say)));
        }
        self.out.raw("</section>\n");
    }

    fn allergies(&mut self, sheet: &Sheet<'_>) {
        let (say, a) = (self.say, &sheet.allergies);
        self.section("<section id=\"allergies\">\n", Message::AllergiesHeading);
        let list = a.list.iter().map(|x| lines::allergy(x, say));
        let none = a.none_known.iter().map(|n| vec![say.fact(Message::NoneKnown, "words", n)]);
        let denied = a.negated.iter().map(|n| vec![say.fact(Message::NoAllergiesKnown, "words", n)]);
        let open = a.not_asked.iter().map(|n| vec![say.fact(Message::NotAsked, "words", n)]);
        let all: Vec<_> = list.chain(none).chain(denied).chain(open).collect();
        let remarks = allergy_remarks(a, say);
        if all.is_empty() && remarks.is_empty() && a.in_words.is_empty() {
            self.missing();
        }
        if !all.is_empty() {
            self.named(all.into_iter());
        }
        for line in remarks {
            self.out.raw("<p class=\"care\">");
            self.out.line(&line);
            self.out.raw("</p>\n");
        }
        if !a.in_words.is_empty() {
            self.heading(Message::AllergyWordsHeading);
            self.items(a.in_words.iter().map(|s| lines::said(s, say)));
        }
        self.out.raw("</section>\n");
    }

    fn home(&mut self, sheet: &Sheet<'_>) {
        let say = self.say;
        if sheet.home.is_empty() && sheet.ordered.is_empty() && sheet.goals.is_empty() {
            return;
        }
        self.section("<section id=\"home\">\n", Message::HomeHeading);
        let lists = [
            (Message::PlanHeading, &sheet.home),
            (Message::OrderedHeading, &sheet.ordered),
            (Message::GoalsHeading, &sheet.goals),
        ];
        for (message, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
            self.heading(message);
            self.items(list.iter().map(|s| lines::said(s, say)));
        }
        self.out.raw("</section>\n");
    }

    fn about(&mut self, sheet: &Sheet<'_>, reading: Reading) {
        let say = self.say;
        self.section("<footer id=\"about\">\n", Message::AboutHeading);
        for message in disclaimers(sheet) {
            let line = say.plain(message);
            self.paragraph(&line);
        }
        self.paragraph(&counts(sheet, say));
        let grade = Line::words(format!("{:.1}", reading.grade));
        self.paragraph(&say.with(Message::AboutReading, "grade", grade));
        let (held, unread) = groups(sheet);
        for (message, rows) in [(Message::AboutHeld, held), (Message::AboutUnreadable, unread)] {
            if !rows.is_empty() {
                self.out.raw("<details><summary>");
                self.words(message);
                self.out.raw("</summary>\n");
                self.items(rows.into_iter().map(|row| vec![row_line(row, say)]));
                self.out.raw("</details>\n");
            }
        }
        self.out.raw("<details><summary>");
        self.words(Message::AboutWhere);
        self.out.raw("</summary>\n<p>");
        self.words(Message::AboutWhereText);
        self.out.raw("</p></details>\n</footer>\n");
    }
}

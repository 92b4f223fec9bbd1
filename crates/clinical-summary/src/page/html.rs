//! The sheet as one HTML page that needs nothing else: no script, no outside asset.

use super::html_writer::Html;
use super::lines::{self, Say};
use super::outline::{DISCLAIMERS, allergy_remarks, counts, groups, nothing, off, row_line};
use super::style::SHEET_CSS;
use crate::piece::{Fact, Line};
use crate::sheet::{Level, Medicine, Sheet, TestRow, Trend};
use clinical_lexicon::{Lexicon, Message, Reading};

/// Makes the page. `large` is large print.
#[must_use]
pub fn html(sheet: &Sheet<'_>, lexicon: &Lexicon, reading: Reading, large: bool) -> String {
    let mut page = Writer { out: Html::with_capacity(48 * 1024), say: Say(lexicon) };
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
        let line = self.say.plain(message);
        self.out.line(&line);
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
            for line in &lines {
                self.out.raw("<p>");
                self.out.line(line);
                self.out.raw("</p>");
            }
            self.out.raw("</li>\n");
        }
        self.out.raw("</ul>\n");
    }

    fn body(&mut self, sheet: &Sheet<'_>, reading: Reading) {
        let say = self.say;
        self.out.raw("<header>\n<h1>");
        self.words(Message::Title);
        self.out.raw("</h1>\n");
        for (i, line) in lines::head(sheet, say).iter().enumerate() {
            self.out.raw(if i == 0 { "<p class=\"who\">" } else { "<p>" });
            self.out.line(line);
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
        if sheet.coming.is_empty() {
            self.missing();
        } else {
            self.named(sheet.coming.iter().map(|c| lines::coming(c, say)));
        }
        self.out.raw("</section>\n");
        self.home(sheet);
        self.section("<section id=\"help\">\n", Message::HelpHeading);
        self.out.raw("<p class=\"help\">");
        self.words(Message::HelpEmergency);
        self.out.raw("</p>\n<p>");
        self.words(Message::HelpQuestions);
        self.out.raw("</p>\n</section>\n");
        self.about(sheet, reading);
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

    fn medicines(&mut self, sheet: &Sheet<'_>) {
        let (say, m) = (self.say, &sheet.medicines);
        self.out.raw("<section id=\"medicines\">\n<h2>");
        self.words(Message::MedicinesHeading);
        self.out.raw(" <small>(");
        self.words(Message::MedicinesExact);
        self.out.raw(")</small></h2>\n");
        for statement in &m.statements {
            let line = say.fact(Message::NoneKnown, "words", statement);
            self.paragraph(&line);
        }
        if m.only_held {
            let line = say.plain(Message::MedicinesHeld);
            self.paragraph(&line);
        } else if m.is_empty() {
            self.missing();
        }
        // "Do not take" comes first: a reader who stops after the first list must have seen it.
        for (message, open, list) in [
            (Message::DoNotTakeHeading, "<div class=\"stop\" id=\"forbidden\">\n", &m.forbidden),
            (Message::StopTaking, "<div class=\"stop\" id=\"stop\">\n", &m.stopped),
            (Message::HoldHeading, "<div class=\"stop\" id=\"hold\">\n", &m.on_hold),
        ] {
            if !list.is_empty() {
                self.out.raw(open);
                self.heading(message);
                self.named(list.iter().map(|m| off(m, say)));
                self.out.raw("</div>\n");
            }
        }
        if !m.take.is_empty() {
            self.out.raw("<div id=\"take\">\n");
            self.heading(Message::TakeHeading);
            self.grid(&m.take);
            self.out.raw("</div>\n");
        }
        if !m.as_needed.is_empty() {
            self.out.raw("<div id=\"as-needed\">\n");
            self.heading(Message::AsNeededHeading);
            self.out.raw("<ul>\n");
            self.medicine_items(&m.as_needed);
            self.out.raw("</ul>\n</div>\n");
        }
        if !(m.ask.is_empty() && m.unreadable.is_empty()) {
            self.out.raw("<div class=\"ask\" id=\"ask\">\n");
            self.heading(Message::AskHeading);
            if !m.ask.is_empty() {
                let line = say.plain(Message::AskIntro);
                self.paragraph(&line);
            }
            self.out.raw("<ul>\n");
            self.medicine_items(&m.ask);
            for line in &m.unreadable {
                self.out.raw("<li>");
                self.out.line(line);
                self.out.raw("</li>\n");
            }
            self.out.raw("</ul>\n</div>\n");
        }
        self.out.raw("</section>\n");
    }

    fn medicine_items(&mut self, list: &[Medicine<'_>]) {
        for medicine in list {
            self.out.raw("<li>");
            self.medicine(medicine);
            self.out.raw("</li>\n");
        }
    }

    /// Name, cautions, directions, and what it is for.
    fn medicine(&mut self, m: &Medicine<'_>) {
        let say = self.say;
        self.out.raw("<p class=\"name\">");
        self.out.line(&Line::fact(m.name.clone()));
        self.out.raw("</p>");
        for line in &m.cautions {
            self.out.raw("<p class=\"care\">");
            self.out.line(line);
            self.out.raw("</p>");
        }
        for (main, line) in lines::directions(m, say) {
            self.out.raw(if main { "<p class=\"say\">" } else { "<p class=\"soft\">" });
            self.out.line(&line);
            self.out.raw("</p>");
        }
        for line in lines::about_medicine(m, say) {
            self.out.raw("<p class=\"soft\">");
            self.out.line(&line);
            self.out.raw("</p>");
        }
    }

    /// The four times of day of the Universal Medication Schedule.
    fn grid(&mut self, list: &[Medicine<'_>]) {
        if list.iter().all(|m| m.directions.schedule.is_none()) {
            self.out.raw("<ul>\n");
            self.medicine_items(list);
            self.out.raw("</ul>\n");
            return;
        }
        self.out.raw("<table class=\"grid\">\n<thead><tr><th scope=\"col\">");
        self.words(Message::MedicineColumn);
        self.out.raw("</th>");
        for (message, symbol) in TIMES {
            self.out.raw("<th scope=\"col\" class=\"time\">");
            self.out.raw(symbol);
            self.words(message);
            self.out.raw("</th>");
        }
        self.out.raw("</tr></thead>\n<tbody>\n");
        for medicine in list {
            // Without times of day the directions have the whole width; they head no cells then.
            let whole = medicine.directions.schedule.is_none();
            self.out.raw(if whole { "<tr><td colspan=\"5\">" } else { "<tr><th scope=\"row\">" });
            self.medicine(medicine);
            self.out.raw(if whole { "</td>" } else { "</th>" });
            if let Some(s) = &medicine.directions.schedule {
                let amounts = [&s.morning, &s.noon, &s.evening, &s.bedtime];
                for ((message, _), amount) in TIMES.into_iter().zip(amounts) {
                    self.cell(message, amount.as_ref());
                }
            }
            self.out.raw("</tr>\n");
        }
        self.out.raw("</tbody>\n</table>\n");
        self.out.raw("<p class=\"soft\">");
        self.words(Message::ScheduleNote);
        self.out.raw("</p>\n");
    }

    fn cell(&mut self, message: Message, amount: Option<&Line<'_>>) {
        self.out.raw(if amount.is_some() { "<td class=\"time due\" data-label=\"" } else { "<td class=\"time\" data-label=\"" });
        self.words(message);
        self.out.raw("\">");
        match amount {
            Some(line) => self.out.line(line),
            None => {
                self.out.raw("<span class=\"none\">");
                self.words(Message::NothingThen);
                self.out.raw("</span>");
            }
        }
        self.out.raw("</td>");
    }

    fn allergies(&mut self, sheet: &Sheet<'_>) {
        let (say, a) = (self.say, &sheet.allergies);
        self.section("<section id=\"allergies\">\n", Message::AllergiesHeading);
        let list = a.list.iter().map(|x| lines::allergy(x, say));
        let none = a.none_known.iter().map(|n| vec![say.fact(Message::NoneKnown, "words", n)]);
        let open = a.not_asked.iter().map(|n| vec![say.fact(Message::NotAsked, "words", n)]);
        let all: Vec<_> = list.chain(none).chain(open).collect();
        let remarks = allergy_remarks(a, say);
        if all.is_empty() && remarks.is_empty() {
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
        self.out.raw("</section>\n");
    }

    /// Vital signs, close together: they are few and explain themselves.
    fn vitals(&mut self, rows: &[TestRow<'_>]) {
        let say = self.say;
        let common = lines::common_date(rows);
        self.date_of_all(common);
        self.out.raw("<ul class=\"vitals\">\n");
        for row in rows {
            self.out.raw("<li>");
            self.test_name(row);
            self.out.raw("<p>");
            self.value(row);
            if common.is_none() {
                self.out.raw(" ");
                let date = row.date.as_ref().map(|d| say.fact(Message::OnDate, "date", d));
                self.out.line(&date.unwrap_or_else(|| say.plain(Message::NoDate)));
            }
            self.out.raw("</p>");
            for line in lines::under_test(row, say) {
                self.out.raw("<p class=\"soft\">");
                self.out.line(&line);
                self.out.raw("</p>");
            }
            if let Some(range) = &row.range {
                self.out.raw("<p class=\"soft\">");
                self.words(Message::RangeColumn);
                self.out.raw(": ");
                self.out.line(range);
                self.out.raw("</p>");
            }
            if !row.earlier.is_empty() {
                self.out.raw("<div class=\"soft\">");
                self.words(Message::EarlierColumn);
                self.out.raw(": ");
                self.earlier(row);
                self.out.raw("</div>");
            }
            self.out.raw("</li>\n");
        }
        self.out.raw("</ul>\n");
    }

    fn date_of_all(&mut self, date: Option<&Fact<'_>>) {
        if let Some(date) = date {
            self.out.raw("<p class=\"soft\">");
            self.out.line(&self.say.fact(Message::AllFrom, "date", date));
            self.out.raw("</p>\n");
        }
    }

    fn test_name(&mut self, row: &TestRow<'_>) {
        self.out.raw("<p><span class=\"name\">");
        self.out.line(&Line::fact(row.name.clone()));
        self.out.raw("</span>");
        if let Some(plain) = &row.plain {
            self.out.raw(" <span class=\"plain\">(");
            self.out.line(&self.say.with(Message::PlainName, "name", plain.clone()));
            self.out.raw(")</span>");
        }
        self.out.raw("</p>");
    }

    fn value(&mut self, row: &TestRow<'_>) {
        self.out.raw("<span class=\"value\">");
        self.out.line(&row.measured.line);
        self.out.raw("</span>");
        if let Some(level) = lines::level(row, self.say) {
            let within = row.level == Some(Level::Within);
            self.out.raw(if within { " <span class=\"within\">" } else { " <span class=\"level\">" });
            self.out.line(&level);
            self.out.raw("</span>");
        }
    }

    /// Results as a table. A date that all share stands above it, once.
    fn tests(&mut self, rows: &[TestRow<'_>]) {
        let say = self.say;
        let common = lines::common_date(rows);
        let has_range = rows.iter().any(|r| r.range.is_some());
        let has_earlier = rows.iter().any(|r| !r.earlier.is_empty());
        self.date_of_all(common);
        self.out.raw(if has_earlier { "<table class=\"tests\">\n" } else { "<table class=\"tests short\">\n" });
        self.out.raw("<thead><tr>");
        let columns = [
            (Message::TestColumn, true),
            (Message::ResultColumn, true),
            (Message::RangeColumn, has_range),
            (Message::DateColumn, common.is_none()),
            (Message::EarlierColumn, has_earlier),
        ];
        for (message, _) in columns.into_iter().filter(|(_, used)| *used) {
            self.out.raw("<th scope=\"col\">");
            self.words(message);
            self.out.raw("</th>");
        }
        self.out.raw("</tr></thead>\n<tbody>\n");
        for row in rows {
            self.out.raw("<tr><th scope=\"row\">");
            self.test_name(row);
            for line in lines::under_test(row, say) {
                self.out.raw("<p class=\"soft\">");
                self.out.line(&line);
                self.out.raw("</p>");
            }
            self.out.raw("</th>");
            self.labelled(Message::ResultColumn);
            self.value(row);
            self.out.raw("</td>");
            if has_range {
                self.optional(Message::RangeColumn, row.range.as_ref());
            }
            if common.is_none() {
                let date = row.date.as_ref().map(|d| say.fact(Message::OnDate, "date", d));
                self.labelled(Message::DateColumn);
                self.out.line(&date.unwrap_or_else(|| say.plain(Message::NoDate)));
                self.out.raw("</td>");
            }
            if has_earlier {
                if row.earlier.is_empty() {
                    self.out.raw("<td></td>");
                } else {
                    self.labelled(Message::EarlierColumn);
                    self.earlier(row);
                    self.out.raw("</td>");
                }
            }
            self.out.raw("</tr>\n");
        }
        self.out.raw("</tbody>\n</table>\n");
    }

    fn labelled(&mut self, message: Message) {
        self.out.raw("<td data-label=\"");
        self.words(message);
        self.out.raw("\">");
    }

    fn optional(&mut self, message: Message, line: Option<&Line<'_>>) {
        match line {
            Some(line) => {
                self.labelled(message);
                self.out.line(line);
            }
            None => self.out.raw("<td>"),
        }
        self.out.raw("</td>");
    }

    /// Earlier values, with a picture where there are enough of them.
    fn earlier(&mut self, row: &TestRow<'_>) {
        if let Some(trend) = &row.trend {
            self.picture(trend);
        }
        for (i, line) in lines::earlier(row).iter().enumerate() {
            self.out.raw(if i > 0 { "; " } else { "" });
            self.out.line(line);
        }
    }

    /// A line from old to new, with the record's own range as a band behind it.
    fn picture(&mut self, trend: &Trend) {
        let message = if trend.band.is_some() { Message::TrendPictureBand } else { Message::TrendPicture };
        let (x, y) = (|t: f64| 5.0 + t * 110.0, |v: f64| 33.0 - v * 28.0);
        self.out.raw("<svg class=\"trend\" viewBox=\"0 0 120 38\" role=\"img\"><title>");
        self.words(message);
        self.out.raw("</title>");
        if let Some((low, high)) = trend.band {
            self.out.raw("<rect class=\"band\" x=\"0\" width=\"120\" y=\"");
            self.out.number(y(high));
            self.out.raw("\" height=\"");
            self.out.number(y(low) - y(high));
            self.out.raw("\"/>");
        }
        self.out.raw("<polyline class=\"path\" points=\"");
        for (t, v) in &trend.points {
            self.out.number(x(*t));
            self.out.raw(",");
            self.out.number(y(*v));
            self.out.raw(" ");
        }
        self.out.raw("\"/>");
        for (t, v) in &trend.points {
            self.out.raw("<circle class=\"dot\" r=\"2.5\" cx=\"");
            self.out.number(x(*t));
            self.out.raw("\" cy=\"");
            self.out.number(y(*v));
            self.out.raw("\"/>");
        }
        self.out.raw("</svg>");
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
        for message in DISCLAIMERS {
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

/// The times of day with their pictures: a rising sun, a high sun, a setting sun, a moon.
const TIMES: [(Message, &str); 4] = [
    (
        Message::Morning,
        "<svg class=\"sun\" viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path d=\"M2 19h20M6 19a6 6 0 0 1 12 0M12 4v5M9 7l3-3 3 3M3 12l2 1M21 12l-2 1\"/></svg>",
    ),
    (
        Message::Noon,
        "<svg class=\"sun\" viewBox=\"0 0 24 24\" aria-hidden=\"true\"><circle cx=\"12\" cy=\"12\" r=\"4.5\"/><path d=\"M12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.5 1.5M17.5 17.5 19 19M5 19l1.5-1.5M17.5 6.5 19 5\"/></svg>",
    ),
    (
        Message::Evening,
        "<svg class=\"sun\" viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path d=\"M2 19h20M6 19a6 6 0 0 1 12 0M12 4v5M9 6l3 3 3-3M3 12l2 1M21 12l-2 1\"/></svg>",
    ),
    (
        Message::Bedtime,
        "<svg class=\"sun\" viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path d=\"M19 14.5A8 8 0 0 1 9.5 5a8 8 0 1 0 9.5 9.5z\"/></svg>",
    ),
];

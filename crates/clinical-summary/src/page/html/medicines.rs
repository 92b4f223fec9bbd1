//! The medicines of the HTML page: what not to take first, then the four times of day, then what is only for need.

use super::super::lines;
use super::super::outline::off;
use super::Writer;
use crate::piece::Line;
use crate::sheet::{Medicine, Sheet};
use clinical_lexicon::Message;

impl Writer<'_> {
    pub(super) fn medicines(&mut self, sheet: &Sheet<'_>) {
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
        for statement in &m.negated {
            let line = say.fact(Message::NoMedicinesTaken, "words", statement);
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
        if !m.in_words.is_empty() {
            self.heading(Message::MedicineWordsHeading);
            self.items(m.in_words.iter().map(|x| lines::said(x, say)));
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
        self.out.raw(if amount.is_some() {
            "<td class=\"time due\" data-label=\""
        } else {
            "<td class=\"time\" data-label=\""
        });
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

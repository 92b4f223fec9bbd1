//! Results and vital signs of the HTML page, with their small pictures.

use super::super::lines;
use super::Writer;
use crate::piece::{Fact, Line};
use crate::sheet::{Level, TestRow, Trend};
use clinical_lexicon::Message;

impl Writer<'_> {
    /// Vital signs, close together: they are few and explain themselves.
    pub(super) fn vitals(&mut self, rows: &[TestRow<'_>]) {
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
    pub(super) fn tests(&mut self, rows: &[TestRow<'_>]) {
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
}

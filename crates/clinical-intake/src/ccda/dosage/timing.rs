//! `effectiveTime` of a medicine: from when to when, how often, at which events (HL7 version 3 data types R1: `IVL_TS`,
//! `PIVL_TS`, `EIVL_TS`, `SXCM_TS`, `SXPR_TS`). What the elements are is told by what they hold; `xsi:type` is often
//! missing or wrong.

use crate::ccda::context::Context;
use crate::ccda::types::{child, children, quantity, time};
use clinical_model::{Bounds, Moment, Period, Precision, Timing, Verbatim};
use clinical_xml::{Node, attribute};

/// When a medicine is taken.
#[derive(Default)]
pub(in crate::ccda) struct Taken<'a> {
    /// How often and when.
    pub(in crate::ccda) timing: Option<Timing<'a>>,
    /// From when to when.
    pub(in crate::ccda) period: Option<Period<'a>>,
    /// It is the time of one giving, not the beginning of many.
    pub(in crate::ccda) once: bool,
}

/// Reads every `effectiveTime`. `is_dated` says that a time alone is by its template the time of one giving
/// (2.16.840.1.113883.10.20.22.4.16:2014-06-09, CONF:1098-32775), and `is_step` that its dates belong to one of several
/// steps.
pub(in crate::ccda) fn read<'d, 'a>(
    context: &mut Context<'d, 'a>,
    node: Node<'d, 'a>,
    is_dated: bool,
    is_step: bool,
) -> Taken<'a> {
    let mut out = Parts::default();
    let mut open: Vec<Node<'d, 'a>> = children(node, "effectiveTime").collect();
    open.reverse();
    while let Some(part) = open.pop() {
        let before = open.len();
        // `SXPR_TS`: the parts of an expression, each with an operator of its own.
        open.extend(children(part, "comp"));
        if let Some(comps) = open.get_mut(before..).filter(|c| !c.is_empty()) {
            comps.reverse();
            out.not_understood |= !is_joined(part);
        } else {
            out.add(context, part);
        }
    }
    out.finish(is_dated, is_step)
}

/// `operator`: A (and) and I (which everybody writes for it) join; E, H and P take away or wrap. None is A.
fn is_joined(part: Node<'_, '_>) -> bool {
    matches!(part.attribute("operator").map(str::trim), None | Some("A" | "I" | ""))
}

#[derive(Default)]
struct Parts<'a> {
    timing: Timing<'a>,
    interval: Option<Period<'a>>,
    width: Option<clinical_model::Quantity<'a>>,
    points: Vec<Verbatim<'a>>,
    not_understood: bool,
}

impl<'a> Parts<'a> {
    fn add<'d>(&mut self, context: &mut Context<'d, 'a>, part: Node<'d, 'a>) {
        self.not_understood |= !is_joined(part);
        let has = |name| child(part, name).is_some();
        let kind = part.attributes().find(|a| a.name() == "type").map_or("", |a| a.value().trim());
        if has("period") || kind.ends_with("PIVL_TS") {
            self.periodic(part);
        } else if has("event") || kind.ends_with("EIVL_TS") {
            self.event(part);
        } else if has("low") || has("high") || has("width") || has("center") {
            self.interval(context, part);
        } else if let Some(value) = time(context, part) {
            self.points.push(value);
        } else {
            // Nothing is said (`nullFlavor`), or something that nobody here knows.
            self.not_understood |= part.children().any(|c| c.is_element());
        }
    }

    fn interval<'d>(&mut self, context: &mut Context<'d, 'a>, part: Node<'d, 'a>) {
        let end = |name| child(part, name);
        let start = end("low").and_then(|n| time(context, n)).or_else(|| time(context, part));
        let stop = end("high").and_then(|n| time(context, n));
        let width = end("width").map(quantity).filter(|w| w.value.is_some());
        let centre = end("center").and_then(|n| time(context, n));
        if start.is_none() && stop.is_none() {
            self.points.extend(centre);
        }
        if start.is_some() || stop.is_some() || width.is_some() {
            self.not_understood |= self.interval.is_some() || self.width.is_some();
            self.interval = self.interval.take().or(Some(Period { start, end: stop }));
            self.width = self.width.take().or(width);
        }
    }

    /// `PIVL_TS`: once each period. With `institutionSpecified` the hours are left to who gives it; the period is the
    /// record's in both cases, and no other number is made of it.
    fn periodic(&mut self, part: Node<'_, 'a>) {
        let t = &mut self.timing;
        let Some(period) = child(part, "period") else { return };
        let (from, to) = match child(period, "low").or_else(|| child(period, "high")) {
            Some(_) => (child(period, "low").map(quantity), child(period, "high").map(quantity)),
            None => (Some(quantity(period)), None),
        };
        let (from, to) = (from.unwrap_or_default(), to.unwrap_or_default());
        if from.value.is_none() && to.value.is_none() {
            return;
        }
        let is_second = t.period.is_some();
        // A phase places the doses, a deviation blurs them, an alignment binds them to the calendar.
        let places = |n: Node<'_, '_>| n.descendants().any(|d| d.attribute("value").is_some());
        let is_more = child(part, "phase").is_some_and(places)
            || part.attribute("alignment").is_some()
            || child(period, "standardDeviation").is_some_and(places)
            || child(part, "frequency").is_some();
        let is_whole = |q: &clinical_model::Quantity<'_>| q.value.as_ref().is_none_or(|v| is_whole(v.text()));
        let one_unit = match (&from.unit, &to.unit) {
            (Some(a), Some(b)) => a.text() == b.text(),
            (None, Some(_)) => from.value.is_none(),
            (a, None) => a.is_some() && to.value.is_none(),
        };
        self.not_understood |= is_second || is_more || !is_whole(&from) || !is_whole(&to) || !one_unit;
        if !is_second {
            t.period_unit = from.unit.or(to.unit);
            // Only a longest time: half of a range.
            self.not_understood |= from.value.is_none();
            t.period = from.value;
            t.period_max = to.value;
        }
    }

    /// `EIVL_TS`: at an event of the day. Only minutes of an offset are kept; any other is not understood.
    fn event(&mut self, part: Node<'_, 'a>) {
        self.timing.when.extend(child(part, "event").and_then(|e| attribute(e, "code")));
        let Some(offset) = child(part, "offset") else { return };
        let low = child(offset, "low");
        let given = quantity(low.unwrap_or(offset));
        let Some(value) = given.value else { return };
        let is_nothing = value.text().bytes().all(|b| matches!(b, b'0' | b'.'));
        let is_minutes = given.unit.as_ref().is_some_and(|u| u.text() == "min") && is_whole(value.text());
        if !is_nothing {
            self.not_understood |= !is_minutes || low.is_some() || self.timing.offset.is_some();
            self.timing.offset = Some(value);
        }
    }

    fn finish(mut self, is_dated: bool, is_step: bool) -> Taken<'a> {
        let repeats = self.timing.period.is_some() || !self.timing.when.is_empty();
        let mut period = self.interval.filter(|p| p.start.is_some() || p.end.is_some());
        let mut once = false;
        if let Some(first) = self.points.first().cloned() {
            let is_clock = |v: &Verbatim<'_>| Moment::parse(v.text()).is_some_and(|m| m.precision == Precision::Time);
            once = !repeats && period.is_none() && self.width.is_none() && (is_dated || is_clock(&first));
            let last = self.points.last().filter(|_| once || self.points.len() > 1).cloned();
            period = period.or(Some(Period { start: Some(first), end: last }));
            if once {
                self.timing.events = std::mem::take(&mut self.points);
            }
            self.not_understood |= self.points.len() > 1;
        }
        let has_end = period.as_ref().is_some_and(|p| p.end.is_some());
        self.timing.bounds = match (self.width, &period) {
            (Some(width), _) => Some(Bounds::Duration(width)),
            (None, Some(p)) if !once && (has_end || is_step) => Some(Bounds::Period(p.clone())),
            _ => None,
        };
        self.timing.not_understood = self.not_understood;
        Taken { timing: Some(self.timing).filter(|t| *t != Timing::default()), period, once }
    }
}

/// A number without a fraction. "Every 0.33 days" is how some systems write three times a day; it is no direction.
fn is_whole(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    !whole.is_empty() && digits(whole) && fraction.bytes().all(|b| b == b'0')
}

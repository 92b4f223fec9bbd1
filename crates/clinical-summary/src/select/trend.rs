//! The small picture of a test's values over time. Only a picture: no number of it is shown as a number.

use crate::decimal::for_drawing;
use crate::sheet::Trend;
use clinical_model::{Moment, Quantity, ReferenceRange};

/// The ends of a reference range for drawing; an open end is `None`.
pub(super) fn band(range: &ReferenceRange<'_>) -> Option<(Option<f64>, Option<f64>)> {
    let end = |q: &Option<Quantity<'_>>| q.as_ref().and_then(|q| for_drawing(q.value.as_ref()?.text()));
    let (low, high) = (end(&range.low), end(&range.high));
    (low.is_some() || high.is_some()).then_some((low, high))
}

/// Points between 0 and 1 for three or more dated values, newest given first.
pub(super) fn picture(values: &[(Moment, &str)], band: Option<(Option<f64>, Option<f64>)>) -> Option<Trend> {
    let points: Option<Vec<(f64, f64)>> =
        values.iter().rev().map(|(m, text)| Some((seconds(m), for_drawing(text)?))).collect();
    let points = points.filter(|p| p.len() >= 3)?;
    let fold = |f: fn(f64, f64) -> f64, start: f64, of: fn(&(f64, f64)) -> f64| points.iter().map(of).fold(start, f);
    let (first, last) = (fold(f64::min, f64::MAX, |p| p.0), fold(f64::max, f64::MIN, |p| p.0));
    let (mut low, mut high) = (fold(f64::min, f64::MAX, |p| p.1), fold(f64::max, f64::MIN, |p| p.1));
    // The picture shows the range where it is near the values; a far one would flatten them.
    let span = (high - low).max(f64::MIN_POSITIVE);
    if let Some((from, to)) = band {
        for end in [from, to].into_iter().flatten() {
            if end > low - 4.0 * span && end < high + 4.0 * span {
                low = low.min(end);
                high = high.max(end);
            }
        }
    }
    let scale = |v: f64, from: f64, to: f64| if to > from { ((v - from) / (to - from)).clamp(0.0, 1.0) } else { 0.5 };
    let points = points.iter().map(|(t, v)| (scale(*t, first, last), scale(*v, low, high))).collect();
    let band =
        band.map(|(from, to)| (from.map_or(0.0, |v| scale(v, low, high)), to.map_or(1.0, |v| scale(v, low, high))));
    Some(Trend { points, band: band.filter(|(from, to)| to > from) })
}

/// For drawing only.
#[expect(clippy::cast_precision_loss, reason = "a picture needs no more than a pixel's precision")]
fn seconds(m: &Moment) -> f64 {
    m.order() as f64
}

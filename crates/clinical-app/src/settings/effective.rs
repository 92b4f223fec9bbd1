//! What holds, setting by setting: `clinical-notes config`.

use super::{Given, Mistake, Origin, Strings, Surroundings, examine, table};

/// One setting as it holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Effective {
    /// Its documented name.
    pub name: &'static str,
    /// Its value, if it has one; of a secret eight stars, whatever its length.
    pub value: Option<String>,
    /// Where it came from.
    pub origin: Origin,
    /// Whether its value is never shown.
    pub is_secret: bool,
}

/// All settings as they hold, in the order of the document.
///
/// # Errors
/// Every mistake, as [`super::Settings::read`] tells them.
pub fn effective(from: &dyn Strings, given: &Given, around: &Surroundings) -> Result<Vec<Effective>, Vec<Mistake>> {
    let (_, gathered) = examine(from, given, around)?;
    let of = |setting: &super::Setting| {
        // A secret need not be text.
        let text =
            if setting.is_secret() { gathered.bytes(setting.name).map(|_| "") } else { gathered.text(setting.name) };
        Effective {
            name: setting.name,
            value: text.map(|text| setting.kind.shown(text)),
            origin: gathered.origin(setting.name),
            is_secret: setting.is_secret(),
        }
    };
    Ok(table::settings().map(of).collect())
}

//! Whether a rewording says what its sentence says.

use crate::mask::Masked;
use crate::prepared::Part;
use crate::refusal::Refusal;
use clinical_lexicon::Lexicon;

/// Holds a rewording, with its placeholders, against the sentence it was made of.
pub(crate) fn check(_of: &Masked, _said: &str, _lexicon: &Lexicon) -> Result<Vec<Part>, Refusal> {
    Err(Refusal::UnknownWord)
}

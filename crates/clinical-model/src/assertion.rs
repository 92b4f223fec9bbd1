//! Whether the record says that something is so.

/// What the record asserts of a finding. There is deliberately no `Default`: who makes a finding must say which.
///
/// ```compile_fail
/// let a: clinical_model::Assertion = Default::default();
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Assertion {
    /// The patient has it, or it was done, or it is to be taken.
    Present,
    /// The record says that it is not so ("no evidence of …", refuted, not done, not taken).
    Absent,
    /// The record leaves it open ("rule out", provisional, differential, unconfirmed).
    Possible,
    /// It was so, and the record says that it is past (resolved, inactive, in remission).
    Historical,
    /// It is planned, conditional or hoped for; it has not happened.
    Hypothetical,
    /// It is said of a relative.
    Family,
}

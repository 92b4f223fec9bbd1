//! Why an access was not granted: the fixed list of codes and sentences.

/// One reason.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Reason {
    /// Its code, as callers give it.
    pub code: &'static str,
    /// `AuditEvent.outcome`: 4 the caller can mend it and try again, 8 the access ended, 12 the service could not give
    /// it to anybody (DICOM PS3.15 A.5.1, Event Outcome Indicator).
    pub outcome: &'static str,
    /// `AuditEvent.outcomeDesc`.
    pub sentence: &'static str,
    /// Whether it is written to the security log, too.
    pub is_security: bool,
}

const fn reason(code: &'static str, outcome: &'static str, sentence: &'static str, is_security: bool) -> Reason {
    Reason { code, outcome, sentence, is_security }
}

/// The reasons, by code.
pub const REASONS: &[Reason] = &[
    reason("abandoned", "4", "the client left before the answer", false),
    reason("audit-unwell", "12", "the audit log could not be written", true),
    reason("bad-token", "8", "the token was not valid", true),
    reason("expired-token", "4", "the token was out of its time", true),
    reason("gate", "8", "the finished page was refused by its own check", true),
    reason("internal", "8", "the program had a fault", true),
    reason("invalid-document", "4", "the document could not be used", false),
    reason("invalid-request", "4", "the request could not be understood", false),
    reason("missing-role", "8", "the token gives no role that may do it", true),
    reason("missing-scope", "8", "the token gives no scope that allows it", true),
    reason("no-such-route", "4", "there is no such route or method", false),
    reason("no-token", "4", "there was no token", true),
    reason("other", "8", "it was not done", true),
    reason("overloaded", "4", "the service had too much to do", false),
    reason("rate-limit", "4", "there were too many requests", true),
    reason("stopping", "12", "the service was about to end", false),
    reason("time-limit", "4", "it took too long", false),
    reason("too-large", "4", "the document was too large", false),
    reason("unavailable", "12", "something that it needs was not there", false),
    reason("unknown-host", "8", "the host that was asked for is not this one", true),
    reason("wrong-audience", "8", "the token was made for another service", true),
];

/// The reason of a code; that of `other` for a code that is not in the list.
pub(super) fn find(code: &str) -> &'static Reason {
    let known = REASONS.binary_search_by_key(&code, |reason| reason.code).ok().map(|at| &REASONS[at]);
    known.unwrap_or(const { &reason("other", "8", "it was not done", true) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_has_every_kind_of_end() {
        assert!(REASONS.is_sorted_by_key(|reason| reason.code));
        for reason in REASONS {
            assert!(["4", "8", "12"].contains(&reason.outcome), "{}", reason.code);
            assert_eq!(find(reason.code), reason);
        }
        assert_eq!(find("CANARY"), find("other"));
    }
}

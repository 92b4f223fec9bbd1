//! Why a token was refused: codes for the security log. A client is never told which one it was, because each would
//! help somebody who is guessing.

/// A code of [`ALL`].
pub type Reason = &'static str;

/// The token has more than 16 KiB.
pub const TOO_LONG: Reason = "too-long";
/// It is no signed JSON web token: not three parts of base64url, or no JSON objects inside.
pub const NOT_A_TOKEN: Reason = "not-a-token";
/// A member stands twice in one object, so that two readers could read two things (RFC 8725, 2.4; RFC 7515, 4).
pub const DOUBLE_MEMBER: Reason = "double-member";
/// The algorithm is none that the keys are for; `none` too (RFC 8725, 3.1).
pub const ALGORITHM: Reason = "algorithm";
/// The header demands an extension (RFC 7515, 4.1.11: what is not understood must be refused).
pub const CRITICAL_HEADER: Reason = "critical-header";
/// The header brings a key or says where to fetch one (RFC 8725, 3.10).
pub const KEY_IN_HEADER: Reason = "key-in-header";
/// It is another kind of token: for an ID, a refresh, a logout (RFC 8725, 3.11 and 3.12).
pub const WRONG_TYPE: Reason = "wrong-type";
/// It is bound to a key or certificate of its holder, which cannot be checked here (RFC 7800).
pub const BOUND: Reason = "bound";
/// It names a key that the key server does not have.
pub const KEY_UNKNOWN: Reason = "key-unknown";
/// It names no key, and there are several.
pub const KEY_NOT_NAMED: Reason = "key-not-named";
/// The signature is not by our key.
pub const SIGNATURE: Reason = "signature";
/// It is by another issuer, or by none.
pub const ISSUER: Reason = "issuer";
/// It is for somebody else, or for nobody.
pub const AUDIENCE: Reason = "audience";
/// It does not say when it ends.
pub const NO_EXPIRY: Reason = "no-expiry";
/// It has ended.
pub const EXPIRED: Reason = "expired";
/// It has not begun (`nbf`).
pub const NOT_YET: Reason = "not-yet";
/// It was issued later than now (`iat`).
pub const ISSUED_LATER: Reason = "issued-later";
/// It does not say whose it is.
pub const NO_SUBJECT: Reason = "no-subject";
/// A claim that is looked at has a form it cannot have.
pub const MALFORMED_CLAIM: Reason = "malformed-claim";

/// Every code, sorted: the words that the field of the security log can have.
pub const ALL: &[Reason] = &[
    ALGORITHM,
    AUDIENCE,
    BOUND,
    CRITICAL_HEADER,
    DOUBLE_MEMBER,
    EXPIRED,
    ISSUED_LATER,
    ISSUER,
    KEY_IN_HEADER,
    KEY_NOT_NAMED,
    KEY_UNKNOWN,
    MALFORMED_CLAIM,
    NO_EXPIRY,
    NO_SUBJECT,
    NOT_A_TOKEN,
    NOT_YET,
    SIGNATURE,
    TOO_LONG,
    WRONG_TYPE,
];

#[cfg(test)]
mod tests {
    use super::ALL;

    #[test]
    fn codes_are_sorted_words() {
        assert!(ALL.is_sorted(), "{ALL:?}");
        for code in ALL {
            assert!(code.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{code}");
        }
    }
}

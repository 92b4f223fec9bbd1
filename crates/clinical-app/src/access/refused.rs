//! How a caller is refused, and what is said about it (RFC 6750, 3).

use super::reason::Reason;
use super::scope::Scope;
use axum::http::HeaderValue;

/// Why a caller is not known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refused {
    /// There is no bearer token.
    Missing,
    /// The Authorization header is not one bearer token.
    Malformed,
    /// The token is not accepted. The code is one of [`super::reason::ALL`], for the security log only.
    Invalid(Reason),
    /// Nobody can say: the keys could not be fetched. Not the fault of the caller.
    Unavailable,
}

impl Refused {
    /// The status of the reply: 401, and 503 if it is our side that cannot say. RFC 6750 would have 400 for a
    /// malformed header; one status for all that fails to say who is asking is what clients handle.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::Missing | Self::Malformed | Self::Invalid(_) => 401,
            Self::Unavailable => 503,
        }
    }

    /// The value of `WWW-Authenticate`; none with 503. It is the same for every invalid token. Where nothing was
    /// given, no error is named (RFC 6750, 3.1).
    #[must_use]
    pub const fn challenge(self) -> Option<HeaderValue> {
        match self {
            Self::Missing => Some(HeaderValue::from_static(r#"Bearer realm="clinical-notes""#)),
            Self::Malformed => {
                Some(HeaderValue::from_static(r#"Bearer realm="clinical-notes", error="invalid_request""#))
            }
            Self::Invalid(_) => {
                Some(HeaderValue::from_static(r#"Bearer realm="clinical-notes", error="invalid_token""#))
            }
            Self::Unavailable => None,
        }
    }

    /// A word for the security log: the reason, or what came in place of a token.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Malformed => "malformed",
            Self::Invalid(reason) => reason,
            Self::Unavailable => "unavailable",
        }
    }
}

/// The value of `WWW-Authenticate` of a 403: which scope is missing, and nothing else (not which ones there are).
#[must_use]
pub const fn insufficient_scope(missing: Scope) -> HeaderValue {
    macro_rules! naming {
        ($scope:literal) => {
            HeaderValue::from_static(concat!(
                r#"Bearer realm="clinical-notes", error="insufficient_scope", scope=""#,
                $scope,
                "\""
            ))
        };
    }
    match missing {
        Scope::SummaryCreate => naming!("summary:create"),
        Scope::FhirValidate => naming!("fhir:validate"),
        Scope::PhiDeidentify => naming!("phi:deidentify"),
        Scope::InferenceRun => naming!("inference:run"),
        Scope::AuditRead => naming!("audit:read"),
        Scope::Admin => naming!("admin"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::reason;

    #[test]
    fn a_client_is_not_told_which_check_failed() {
        for code in reason::ALL {
            let refused = Refused::Invalid(code);
            assert_eq!(refused.status(), 401);
            assert_eq!(refused.challenge().unwrap(), r#"Bearer realm="clinical-notes", error="invalid_token""#);
            assert_eq!(refused.code(), *code);
        }
    }

    #[test]
    fn nothing_given_is_no_error_and_no_keys_is_no_challenge() {
        assert_eq!(Refused::Missing.challenge().unwrap(), r#"Bearer realm="clinical-notes""#);
        assert_eq!(
            Refused::Malformed.challenge().unwrap(),
            r#"Bearer realm="clinical-notes", error="invalid_request""#
        );
        assert_eq!((Refused::Unavailable.status(), Refused::Unavailable.challenge()), (503, None));
    }

    #[test]
    fn a_403_names_the_missing_scope_and_nothing_else() {
        for scope in Scope::ALL {
            let expected =
                format!(r#"Bearer realm="clinical-notes", error="insufficient_scope", scope="{}""#, scope.as_str());
            assert_eq!(insufficient_scope(scope), expected.as_str());
        }
    }
}

//! `token`

use crate::access::{Role, Scope};
use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};

/// `token`
#[derive(Debug, Clone, Args)]
#[command(
    after_help = "The token is signed with OAUTH2_JWT_SECRET, or with the file that OAUTH2_JWT_SECRET_FILE names; with the \
    first, if there are several.\nIt is refused where CLINICAL_ENVIRONMENT is production.\n\n\
    Exit codes: 0 done, 2 it could not be written, 64 wrong use.\n\n\
    Example:\n  clinical-notes token --scope summary:create --role clinician --subject dev --minutes 60"
)]
pub struct Token {
    /// What the token allows; several with commas, or the option again
    #[arg(long, value_enum, value_delimiter = ',', required_unless_present = "role")]
    pub scope: Vec<Scope>,
    /// What its holder does; scopes and roles that are given together bound each other
    #[arg(long, value_enum, value_delimiter = ',')]
    pub role: Vec<Role>,
    /// Whose it is, as the audit log will name them
    #[arg(long, value_name = "NAME", default_value = "dev")]
    pub subject: String,
    /// How long it is valid, 1440 at most
    #[arg(long, value_name = "N", default_value_t = 60, value_parser = clap::value_parser!(u16).range(1..=1440))]
    pub minutes: u16,
}

impl ValueEnum for Scope {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.as_str()))
    }
}

impl ValueEnum for Role {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser as _;

    #[derive(Debug, clap::Parser)]
    struct Line {
        #[command(flatten)]
        token: Token,
    }

    fn read(line: &str) -> Result<Token, clap::Error> {
        Line::try_parse_from(line.split(' ')).map(|line| line.token)
    }

    #[test]
    fn scopes_and_roles_are_named_as_they_stand_in_tokens() {
        let token =
            read("token --scope summary:create,fhir:validate --scope admin --role clinician --minutes 5").unwrap();
        assert_eq!(token.scope, [Scope::SummaryCreate, Scope::FhirValidate, Scope::Admin]);
        assert_eq!((token.role, token.subject.as_str(), token.minutes), (vec![Role::Clinician], "dev", 5));
        assert_eq!(read("token --role patient").unwrap().minutes, 60);
    }

    #[test]
    fn a_token_that_allows_nothing_or_lasts_too_long_is_not_asked_for() {
        for line in ["token", "token --scope all", "token --role Doctor", "token --role admin --minutes 0"] {
            assert!(read(line).is_err(), "{line}");
        }
        assert!(read("token --role admin --minutes 1441").is_err());
    }
}

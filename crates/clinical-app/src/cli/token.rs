//! `clinical-notes token`: a token for trying the service out. Never in production, where the issuer makes them.
#![expect(
    clippy::disallowed_methods,
    reason = "reads the file that holds the secret; the token goes to standard output"
)]

use super::say::say;
use crate::access::{self, Access, Config, Hmac, Wanted};
use crate::args::Token;
use crate::clock;
use crate::exit::Exit;
use crate::settings::{Environment, Mistake, Strings};
use clinical_pipeline::Phi;
use std::fs::File;
use std::io::{self, Read as _, Write};

/// A file that is longer holds something else.
const LONGEST: u64 = 64 << 10;

/// Runs the command.
#[must_use]
pub fn run(args: &Token) -> Exit {
    print(args, &Environment, clock::unix_seconds(), &mut io::stdout().lock())
}

/// Writes a token that begins at `now` (seconds of Unix time) and nothing else to `out`.
pub fn print(args: &Token, from: &dyn Strings, now: u64, out: &mut dyn Write) -> Exit {
    let token = match token(args, from, now) {
        Ok(token) => token,
        Err(mistakes) => {
            mistakes.iter().for_each(say);
            return Exit::Usage;
        }
    };
    match writeln!(out, "{token}").and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            say("the output could not be written");
            Exit::Unreadable
        }
        _ => Exit::Done,
    }
}

fn token(args: &Token, from: &dyn Strings, now: u64) -> Result<String, Vec<Mistake>> {
    // Only what is known not to be production: a word that is not understood may mean it.
    let environment = value(from, &["CLINICAL_ENVIRONMENT"])?;
    let is_harmless = |name: &[u8]| {
        ["development", "staging"].iter().any(|one| name.trim_ascii().eq_ignore_ascii_case(one.as_bytes()))
    };
    if environment.is_some_and(|(_, name)| !is_harmless(name.expose())) {
        return Err(mistake("CLINICAL_ENVIRONMENT", "development or staging; in production the issuer makes tokens"));
    }
    if args.subject.is_empty() || args.subject.len() > 255 || args.subject.chars().any(char::is_control) {
        return Err(mistake("--subject", "a text of 1 to 255 bytes on one line"));
    }
    let text = |names: &[&'static str], must_be| match value(from, names)? {
        None => Ok(None),
        Some((name, bytes)) => match String::from_utf8(bytes.into_exposed()) {
            Ok(text) => Ok(Some((name, text.trim().to_owned()))),
            Err(_) => Err(mistake(name, must_be)),
        },
    };
    let algorithm = match text(&["OAUTH2_JWT_ALG", "CLINICAL_OAUTH2_JWT_ALG"], ALGORITHMS)? {
        None => Hmac::default(),
        Some((name, text)) => Hmac::parse(&text.to_ascii_uppercase()).ok_or_else(|| mistake(name, ALGORITHMS))?,
    };
    let secret = value(from, &["OAUTH2_JWT_SECRET", "CLINICAL_OAUTH2_JWT_SECRET"])?;
    let secrets = secret.map(|(_, bytes)| access::secrets_in(bytes.expose())).unwrap_or_default();
    let issuer = text(&["OAUTH2_ISSUER", "CLINICAL_OAUTH2_ISSUER"], "text")?.map(|(_, text)| text);
    let audience = text(&["OAUTH2_AUDIENCE", "CLINICAL_OAUTH2_AUDIENCE"], "text")?.map(|(_, text)| text);
    // The same check that the service makes: a token that it would not take is not made.
    let config = Config { secrets, algorithm: Some(algorithm), jwks_url: None, issuer, audience };
    Access::new(&config)?;
    let Some(secret) = config.secrets.first() else {
        return Err(mistake("OAUTH2_JWT_SECRET", "set: a token is signed with it"));
    };
    let wanted = Wanted {
        issuer: config.issuer.as_deref(),
        audience: config
            .audience
            .as_deref()
            .and_then(|names| names.split(',').map(str::trim).find(|name| !name.is_empty())),
        subject: &args.subject,
        scopes: &args.scope,
        roles: &args.role,
        now,
        seconds: u64::from(args.minutes) * 60,
    };
    access::mint(secret, algorithm, &wanted).ok_or_else(|| mistake("OAUTH2_JWT_SECRET", "a secret that signs"))
}

const ALGORITHMS: &str = "HS256, HS384 or HS512";

fn mistake(name: &str, must_be: &'static str) -> Vec<Mistake> {
    vec![Mistake::new(name, must_be)]
}

/// The name that a setting stands under, and its value.
type Named = (&'static str, Phi<Vec<u8>>);

/// The value of a setting and the name that it stands under, which may end in `_FILE`. Two at once would leave open
/// which one holds.
fn value(from: &dyn Strings, names: &[&'static str]) -> Result<Option<Named>, Vec<Mistake>> {
    let mut found = None;
    for name in names {
        let here = from.get(name).map(String::into_bytes);
        let file = from.get(&format!("{name}_FILE")).map(|path| read(&path));
        for bytes in [here.map(Some), file].into_iter().flatten() {
            let bytes = bytes.ok_or_else(|| mistake(name, "in a file that can be read and has 64 kB at most"))?;
            if found.replace((*name, Phi::new(bytes))).is_some() {
                return Err(mistake(name, "set once, with _FILE or without, with CLINICAL_ before it or without"));
            }
        }
    }
    Ok(found)
}

fn read(path: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path).ok()?.take(LONGEST + 1).read_to_end(&mut bytes).ok()?;
    (bytes.len() as u64 <= LONGEST).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::{Role, Scope};
    use axum::http::header::AUTHORIZATION;
    use axum::http::{HeaderMap, HeaderValue};
    use std::collections::HashMap;

    const SECRET: &str = "a secret of this test with 32 bytes or more";
    const NOW: u64 = 1_750_000_000;

    fn asked() -> Token {
        Token { scope: vec![Scope::SummaryCreate], role: vec![Role::Clinician], subject: "dev".to_owned(), minutes: 60 }
    }

    fn map(pairs: &[(&str, &str)]) -> HashMap<String, String> {
        pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
    }

    fn printed(args: &Token, pairs: &[(&str, &str)]) -> (Exit, String) {
        let mut out = Vec::new();
        let exit = print(args, &map(pairs), NOW, &mut out);
        (exit, String::from_utf8(out).unwrap())
    }

    #[tokio::test]
    async fn the_token_and_nothing_else_is_printed_and_the_service_takes_it() {
        for (algorithm, more) in [("HS256", ""), ("HS384", " or more"), ("HS512", " or more and with room to spare")] {
            let secret = format!("{SECRET}{more}");
            let (exit, text) = printed(
                &asked(),
                &[
                    ("CLINICAL_OAUTH2_JWT_SECRET", &secret),
                    ("OAUTH2_JWT_ALG", algorithm),
                    ("OAUTH2_ISSUER", "dev"),
                    ("OAUTH2_AUDIENCE", "clinical, other"),
                    ("CLINICAL_ENVIRONMENT", "development"),
                ],
            );
            assert_eq!((exit, text.lines().count()), (Exit::Done, 1));
            let config = Config {
                secrets: vec![Phi::new(secret.into_bytes())],
                algorithm: Hmac::parse(algorithm),
                issuer: Some("dev".to_owned()),
                audience: Some("clinical".to_owned()),
                jwks_url: None,
            };
            let value = HeaderValue::from_str(&format!("Bearer {}", text.trim_end())).unwrap();
            let headers = HeaderMap::from_iter([(AUTHORIZATION, value)]);
            let access = Access::new(&config).unwrap();
            let caller = access.authenticate(&headers, NOW + 3599).await.unwrap();
            assert_eq!(caller.subject(), "dev");
            assert!(caller.may(Scope::SummaryCreate) && !caller.may(Scope::FhirValidate));
            assert!(access.authenticate(&headers, NOW + 3660).await.is_err());
        }
    }

    #[test]
    fn in_production_and_in_what_may_be_production_none_is_made() {
        for environment in ["production", "Production", " production ", "PROD", "live", ""] {
            let (exit, text) =
                printed(&asked(), &[("OAUTH2_JWT_SECRET", SECRET), ("CLINICAL_ENVIRONMENT", environment)]);
            assert_eq!((exit, text.as_str()), (Exit::Usage, ""), "{environment}");
        }
        assert_eq!(
            printed(&asked(), &[("OAUTH2_JWT_SECRET", SECRET), ("CLINICAL_ENVIRONMENT", "staging")]).0,
            Exit::Done
        );
        assert_eq!(printed(&asked(), &[("OAUTH2_JWT_SECRET", SECRET)]).0, Exit::Done);
    }

    #[test]
    fn a_file_that_says_production_counts_and_a_secret_may_stand_in_a_file() {
        let folder = std::env::temp_dir();
        let file = |name: &str, text: &str| {
            let path = folder.join(format!("clinical-token-{name}-{}", std::process::id()));
            std::fs::write(&path, text).unwrap();
            path
        };
        let (secret, environment) = (
            file("secret", &format!("{SECRET}, the one before it with 32 bytes or more\n")),
            file("environment", "production\n"),
        );
        let both = [("OAUTH2_JWT_SECRET_FILE", secret.to_str().unwrap())];
        assert_eq!(printed(&asked(), &both), printed(&asked(), &[("OAUTH2_JWT_SECRET", SECRET)]));
        let production = [both[0], ("CLINICAL_ENVIRONMENT_FILE", environment.to_str().unwrap())];
        assert_eq!(printed(&asked(), &production).0, Exit::Usage);
        std::fs::remove_file(secret).unwrap();
        std::fs::remove_file(environment).unwrap();
    }

    #[test]
    fn what_is_wrong_is_named_and_no_value_is() {
        let long = "x".repeat(256);
        for (pairs, subject, named) in [
            (&[][..], "dev", "OAUTH2_JWT_SECRET"),
            (&[("OAUTH2_JWT_SECRET", "CANARY")], "dev", "OAUTH2_JWT_SECRET"),
            (&[("OAUTH2_JWT_SECRET", SECRET), ("OAUTH2_JWT_ALG", "CANARY")], "dev", "OAUTH2_JWT_ALG"),
            (&[("OAUTH2_JWT_SECRET", SECRET), ("OAUTH2_JWT_ALG", "RS256")], "dev", "OAUTH2_JWT_ALG"),
            (&[("OAUTH2_JWT_SECRET", SECRET), ("OAUTH2_JWT_ALG", "HS512")], "dev", "OAUTH2_JWT_SECRET"),
            (&[("OAUTH2_JWT_SECRET_FILE", "/nonexistent/CANARY")], "dev", "OAUTH2_JWT_SECRET"),
            (
                &[("OAUTH2_JWT_SECRET", SECRET), ("CLINICAL_OAUTH2_JWT_SECRET", SECRET)],
                "dev",
                "CLINICAL_OAUTH2_JWT_SECRET",
            ),
            (&[("OAUTH2_JWT_SECRET", SECRET)], "", "--subject"),
            (&[("OAUTH2_JWT_SECRET", SECRET)], "CANARY\n", "--subject"),
            (&[("OAUTH2_JWT_SECRET", SECRET)], &long, "--subject"),
        ] {
            let mistakes = token(&Token { subject: subject.to_owned(), ..asked() }, &map(pairs), NOW).unwrap_err();
            assert_eq!(mistakes[0].name, named);
            assert!(!mistakes[0].to_string().contains("CANARY"), "{mistakes:?}");
        }
    }
}

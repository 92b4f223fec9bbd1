//! `docs/CONFIGURATION.md`, made of the tables.

use super::{GROUPS, REFUSALS, Setting};
use std::fmt::Write as _;

/// The document.
#[must_use]
pub fn markdown() -> String {
    let mut text = HEAD.to_owned();
    for group in GROUPS {
        // Writing to a string cannot fail.
        let _ = write!(text, "\n### {}\n\n", group.title);
        text.push_str("| setting | what it does | what it must be | where nothing is set | example |\n");
        text.push_str("|---|---|---|---|---|\n");
        for setting in group.settings {
            row(&mut text, setting);
        }
    }
    text.push_str(REFUSED);
    for refusal in REFUSALS {
        let name = refusal.names.first().copied().unwrap_or_default();
        let place = if refusal.in_production { "production" } else { "everywhere" };
        let _ = writeln!(text, "| `{name}` must be {} | {place} | {} |", refusal.must_be, refusal.because);
    }
    text.push_str(TAIL);
    text
}

fn row(text: &mut String, setting: &Setting) {
    let mut name = format!("`{}`", setting.name);
    if let Some(also) = setting.also {
        let _ = write!(name, " or `{also}`");
    }
    let secret = if setting.is_secret() { " **Secret.**" } else { "" };
    let default = setting.default.map_or_else(|| setting.otherwise.to_owned(), code);
    // How to write a secret has its own marks.
    let example = if setting.example.contains('`') { setting.example.to_owned() } else { code(setting.example) };
    let (meaning, must_be) = (setting.meaning, setting.kind.must_be());
    let _ = writeln!(text, "| {name} | {meaning}{secret} | {must_be} | {default} | {example} |");
}

fn code(value: &str) -> String {
    format!("`{value}`")
}

const HEAD: &str = "# Settings

This page is made from the code (`clinical-notes config --markdown`), and a test holds the two together.

With nothing set the service runs in development on 127.0.0.1:8000, for one person at one desk.

## How a setting is given

- In a variable of the environment, or by an option of `clinical-notes serve` (`--help` lists them), which goes before its variable.
- In a file: `NAME_FILE` names a file that holds the value of `NAME`, for every setting. Secrets of Docker and Kubernetes and the Key Vault driver are given so. Line ends at the end of the file are not part of the value; a file of more than 64 KiB is refused, and so are `NAME` and `NAME_FILE` together. For `TLS_CERT` and `TLS_KEY` the value is itself a path: `TLS_KEY` names the key, `TLS_KEY_FILE` would name a file with the name of the key in it.
- Where two names are listed they are the same setting. Both may be set if they say the same.
- Lists are separated by commas. Yes and no are `true`, `yes`, `on`, `1` and `false`, `no`, `off`, `0`, in any case.
- An empty value counts as not set, because Docker Compose passes an unset variable on as an empty one. Only `CLINICAL_APP_NAME`, `CLINICAL_HOST` and `CLINICAL_CSP_POLICY` must not be empty.

All mistakes are told at once, by the name of the setting, and never with its value, which may be a secret in the wrong place. The program then ends with 64, before a port is open. A name that begins with `CLINICAL_` and is no setting is a mistake, too; the nearest one that there is is suggested.

`clinical-notes config` shows what holds and where it came from; of a secret it shows eight stars, whatever its length. Templates with every setting are `docker/config/.env.production` and `docker/config/.env.development` (`clinical-notes config --env production`).

Kubernetes gives a container variables for each service of its namespace. Those of a service called `clinical-api` begin with `CLINICAL_API_`; they are known by their form and left alone. A service must not be called just `clinical`: `CLINICAL_PORT` would then be Kubernetes' own. `enableServiceLinks: false` avoids both.

## The settings
";

const REFUSED: &str = "
## When the service does not start

When a value is not what its setting must be, and when one of these lines does not hold. Each line is tested: `clinical-app/src/settings/tests/refusals.rs::each_refusal_names_its_setting_and_goes_away_when_it_is_put_right`.

| the service starts only if | where | why |
|---|---|---|
";

const TAIL: &str = "
## Changing a key

`OAUTH2_JWT_SECRET` takes several keys, separated by commas; a token that any of them signed is taken. To change a key, put the new one before the old one, let the issuer sign with the new one, and take the old one out when its last token has run out. Keys of `OAUTH2_JWKS_URL` are changed by their issuer.
";

//! The templates `docker/config/.env.production` and `docker/config/.env.development`, made of the table.

use super::{Deployment, GROUPS, Setting};
use std::fmt::Write as _;

/// How wide a comment is.
const WIDTH: usize = 100;

/// The template of an environment: every setting with what it means. There is one for development and one for
/// production; what is staged is what production will be.
#[must_use]
pub fn template(environment: Deployment) -> String {
    let is_production = environment != Deployment::Development;
    let mut text = String::new();
    comment(&mut text, if is_production { PRODUCTION } else { DEVELOPMENT });
    comment(&mut text, COMMON);
    for group in GROUPS {
        // Writing to a string cannot fail.
        let _ = write!(text, "\n# {}\n", group.title);
        for setting in group.settings {
            text.push('\n');
            one(&mut text, setting, if is_production { setting.production } else { setting.development });
        }
    }
    text
}

const PRODUCTION: &str = "Settings for production. As it stands the service does not start: give CLINICAL_ALLOWED_HOSTS, \
    and either OAUTH2_JWT_SECRET or OAUTH2_JWKS_URL with OAUTH2_ISSUER and OAUTH2_AUDIENCE. `clinical-notes config` \
    says what is wrong and what holds.";

const DEVELOPMENT: &str = "Settings for development: there is no authentication. Use invented records only.";

const COMMON: &str = "Made by `clinical-notes config --env`; docs/CONFIGURATION.md tells more. An empty value counts as not set. \
    A value in a file is given by NAME_FILE in the place of NAME, for secrets above all: this file is often copied.";

fn one(text: &mut String, setting: &Setting, value: &str) {
    let must_be = setting.kind.must_be();
    comment(text, setting.meaning);
    if setting.is_secret() {
        let verb = if setting.example.starts_with("openssl") { "Make one" } else { "Write it as" };
        comment(text, &format!("{verb}: {}", setting.example.replace('`', "")));
        let _ = writeln!(text, "# {}_FILE=/run/secrets/{}", setting.name, setting.name.to_ascii_lowercase());
    } else {
        comment(text, &format!("Must be {must_be}."));
        if value.is_empty() {
            comment(text, &format!("Where nothing is set: {}. For example {}", setting.otherwise, setting.example));
        }
    }
    let _ = writeln!(text, "{}={value}", setting.name);
}

/// A sentence as lines of comment.
fn comment(text: &mut String, sentence: &str) {
    let mut width = 0;
    for word in sentence.split_whitespace() {
        if width == 0 || width + 1 + word.len() > WIDTH {
            text.push_str(if width == 0 { "#" } else { "\n#" });
            width = 1;
        }
        text.push(' ');
        text.push_str(word);
        width += 1 + word.len();
    }
    text.push('\n');
}

//! What is said about a wrong command line. clap's own messages repeat what was typed, and a name typed in the wrong
//! place would stand in the output of a job that somebody else reads; here only our own words are said.

use super::say::say;
use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

/// Says what is wrong, and where help is.
pub fn explain(error: &Error) {
    say(sentence(error));
    if let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) {
        say(usage.to_string().trim());
    }
    say("for help: --help, also after a command");
}

fn sentence(error: &Error) -> String {
    // Of these kinds the argument is one that we defined; of others it is what was typed.
    let argument = || ours(error, ContextKind::InvalidArg);
    match error.kind() {
        ErrorKind::InvalidValue => match ours(error, ContextKind::ValidValue) {
            values if values.is_empty() => format!("{} must have another value", argument()),
            values => format!("{} must be one of {values}", argument()),
        },
        ErrorKind::MissingRequiredArgument => format!("{} is missing", argument()),
        ErrorKind::ArgumentConflict => format!("{} cannot be used here, or not twice", argument()),
        ErrorKind::TooFewValues | ErrorKind::NoEquals | ErrorKind::WrongNumberOfValues | ErrorKind::TooManyValues => {
            format!("{} must have one value", argument())
        }
        ErrorKind::ValueValidation => format!("{} must have another value", argument()),
        ErrorKind::UnknownArgument => "there is no such option, or one value too many".to_owned(),
        ErrorKind::InvalidSubcommand => "there is no such command".to_owned(),
        ErrorKind::InvalidUtf8 => "the command line is not Unicode".to_owned(),
        _ => "the command line is not one that is understood".to_owned(),
    }
}

fn ours(error: &Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args::Cli;
    use clap::Parser as _;

    fn said(arguments: &[&str]) -> String {
        sentence(&Cli::try_parse_from([&["clinical-notes"], arguments].concat()).unwrap_err())
    }

    #[test]
    fn what_is_wrong_is_named_and_what_was_typed_is_not() {
        assert_eq!(
            said(&["summarize", "-", "--format", "AdaLovelace"]),
            "--format <FORMAT> must be one of text, html, markdown, json, ndjson"
        );
        assert_eq!(said(&["summarize"]), "<FILE>... is missing");
        for typed in [
            &["AdaLovelace"][..],
            &["--AdaLovelace"],
            &["--AdaLovelace=x"],
            &["serve", "AdaLovelace"],
            &["summarize", "-", "--large-print=AdaLovelace"],
            &["summarize", "-", "--output", "AdaLovelace", "--output", "AdaLovelace"],
            &["summarize", "-", "--format=text", "--format=AdaLovelace"],
            &["verify", "a", "b", "AdaLovelace"],
        ] {
            let said = said(typed);
            assert!(!said.contains("Lovelace") && !said.is_empty(), "{said}");
        }
    }
}

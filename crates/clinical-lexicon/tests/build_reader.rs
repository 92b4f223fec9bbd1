//! The build script refuses wrong data files and says where.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

#[path = "../build/mod.rs"]
mod reader;

use reader::{Fault, tables, version};

fn files(files: &[(&str, &str)]) -> Vec<(String, String)> {
    files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

fn fault(list: &[(&str, &str)]) -> String {
    tables(&files(list)).unwrap_err().to_string()
}

/// Two terms in two files, so that each test changes one thing.
fn term(name: &str, more: &str) -> String {
    format!("[[term]]\nname = {name:?}\nplain = \"x\"\nexplain = \"X.\"\nkind = \"problem\"\n{more}\n")
}

#[test]
fn good_files_become_code() {
    let a = term("Asthma", "also = [\"asthma, unspecified\"]\nsnomed = [\"195967001\"]\nsensitive = true");
    let code = tables(&files(&[("en/a.toml", &a), ("en/dosing.toml", "free = 1"), ("en/m.ftl", "a = A")])).unwrap();
    assert!(code.contains("name: \"Asthma\"") && code.contains("TermKind::Problem"), "{code}");
    assert!(code.contains("text: \"asthmaasthma unspecified\", starts: &[0, 6, 24], entries: &[0, 0]"), "{code}");
    assert!(code.contains("sensitive: true"));
}

#[test]
fn an_unknown_field_is_refused_with_its_line() {
    let text = term("Asthma", "colour = \"red\"");
    let message = fault(&[("en/a.toml", &text)]);
    assert!(message.starts_with("en/a.toml, line 6: unknown field `colour`"), "{message}");
}

#[test]
fn an_unknown_category_is_refused_with_its_line() {
    let text = term("Asthma", "").replace("\"problem\"", "\"illness\"");
    let message = fault(&[("en/a.toml", &text)]);
    assert!(message.starts_with("en/a.toml, line 5: unknown variant `illness`"), "{message}");
}

#[test]
fn an_entry_out_of_order_is_refused_with_its_line() {
    let text = term("Cough", "") + &term("asthma", "");
    assert_eq!(fault(&[("en/a.toml", &text)]), "en/a.toml, line 8: 'asthma' must stand before 'cough'");
}

#[test]
fn a_name_that_stands_twice_is_refused_in_one_file_or_two() {
    let one = term("Asthma", "also = [\"Crohn's\"]");
    let two = term("Cough", "also = [\n  \"crohns\"]");
    let expected = Fault {
        file: "en/b.toml".to_owned(),
        line: 7,
        message: "'crohns' already stands with 'Asthma' of en/a.toml".to_owned(),
    };
    assert_eq!(tables(&files(&[("en/a.toml", &one), ("en/b.toml", &two)])), Err(expected));
    let twice = term("Asthma", "also = [\"ASTHMA (disorder)\"]");
    assert!(fault(&[("en/a.toml", &twice)]).contains("already stands with 'Asthma' of en/a.toml"));
}

#[test]
fn a_code_that_stands_twice_is_refused() {
    let text = term("Asthma", "snomed = [\"195967001\"]") + &term("Cough", "snomed = [\"195967001\"]");
    assert!(fault(&[("en/a.toml", &text)]).starts_with("en/a.toml, line 12: '195967001' already stands with 'Asthma'"));
}

#[test]
fn modifiers_are_normalised_and_sorted() {
    let file =
        |words: &str| format!("not_medicines = []\nsalts = []\nterm = []\ntest = []\n[[vaccine]]\nwords = {words:?}\n");
    assert!(tables(&files(&[("en/modifiers.toml", &file("left sided"))])).is_ok());
    assert!(fault(&[("en/modifiers.toml", &file("left-sided"))]).starts_with("en/modifiers.toml, line 6"));
}

/// The smallest file of headings.
fn headings(name: &str) -> String {
    format!(
        "after = []\nbefore = []\ninside = []\n[same]\nhx = \"history\"\n[[section]]\nkind = \"family\"\nheadings = [{name}]\n\
         matches = [\"x\"]\nnever = [\"x\"]\n[abbreviations]\ntitles = [\"dr\"]\nnumbered = []\nending = []\n"
    )
}

#[test]
fn headings_stand_once_in_order_and_as_they_are_looked_up() {
    let code = tables(&files(&[("en/sections.toml", &headings("\"family history\""))])).unwrap();
    assert!(code.contains("(NoteKind::Family, Standing::Heading)"), "{code}");
    let message = fault(&[("en/sections.toml", &headings("\"family hx\""))]);
    assert_eq!(message, "en/sections.toml, line 8: 'family hx' is looked up as 'family history'");
    assert!(fault(&[("en/sections.toml", &headings("\"b\", \"a\""))]).contains("'a' must stand before 'b'"));
    let text = headings("\"a\"").replace("never = [\"x\"]", "never = []");
    assert!(fault(&[("en/sections.toml", &text)]).contains("examples of both kinds"));
    assert!(
        fault(&[("en/sections.toml", &headings("\"a\"").replace("family", "weather"))]).contains("unknown variant")
    );
}

#[test]
fn the_version_changes_with_any_byte_of_any_file() {
    let first = version(&files(&[("en/a.toml", "a"), ("en/b.ftl", "b")]));
    assert_eq!(first, version(&files(&[("en/a.toml", "a"), ("en/b.ftl", "b")])));
    for other in [[("en/a.toml", "a"), ("en/b.ftl", "c")], [("en/a.toml", "a"), ("en/c.ftl", "b")]] {
        assert_ne!(first, version(&files(&other)));
    }
}

/// A file of context with one cue.
fn context(words: &str, ends: &str) -> String {
    format!(
        "[ends]\nstop = \"but | ; \"\n[[cue]]\nmeans = \"absent\"\nto = \"forward\"\nends = [{ends}]\nwords = \"{words}\"\n\
         yes = [\"No [gout].\"]\nnot = [\"[Gout].\"]\n[[section]]\nkinds = [\"family\"]\nof = [\"problem\"]\nmeans = \"family\"\n"
    )
}

#[test]
fn a_cue_without_ends_is_refused() {
    let message = fault(&[("en/context.toml", &context("no", ""))]);
    assert_eq!(message, "en/context.toml, line 7: a cue needs ends, and examples of both kinds");
    let message = fault(&[("en/context.toml", &context("no", "\"stopp\""))]);
    assert!(message.ends_with("no ends are called 'stopp'"), "{message}");
}

#[test]
fn patterns_become_all_their_wordings() {
    let code = |words: &str| tables(&files(&[("en/context.toml", &context(words, "\"stop\""))])).unwrap();
    let rules = |code: &str| code.matches("rules: &[0]").count();
    assert_eq!(rules(&code("(no|without) [any|new] sign")), 1, "the same rule ends at every wording, written once");
    for word in ["without", "any", "new", "sign"] {
        assert!(code("(no|without) [any|new] sign").contains(word));
    }
    // Brackets with a blank inside are signs of the text.
    assert!(code("( - )").contains("but;(-)"), "{}", code("( - )"));
}

#[test]
fn a_bad_pattern_is_refused_with_its_line() {
    for (pattern, what) in
        [("(no|none", "not closed"), ("no) sign", "a bracket too many"), ("[no|none]", "nothing at all")]
    {
        let message = fault(&[("en/context.toml", &context(pattern, "\"stop\""))]);
        assert!(message.starts_with("en/context.toml, line 7: ") && message.contains(what), "{pattern}: {message}");
    }
}

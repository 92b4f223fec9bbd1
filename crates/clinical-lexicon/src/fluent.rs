//! The phrases of a language, read from its Fluent files and checked against the messages of the code. Their words are
//! those of the files, which are a part of the program: a phrase that is said on a page copies none of them.

use crate::{Error, Message, Phrase};
use std::collections::HashMap;

/// Every message of the code, in the order of [`Message::ALL`].
pub(crate) fn phrases(language: &str, files: &[(&str, &'static str)]) -> Result<Vec<Phrase>, Error> {
    let mut messages = HashMap::new();
    for (file, text) in files {
        read(file, text, &mut messages)?;
    }
    let mut phrases = Vec::with_capacity(Message::ALL.len());
    for message in Message::ALL {
        let phrase = messages
            .remove(message.id())
            .ok_or_else(|| Error::MissingMessage { language: language.to_owned(), id: message.id() })?;
        if phrase.slots() != message.slots() {
            return Err(Error::Variables { language: language.to_owned(), id: message.id() });
        }
        phrases.push(phrase);
    }
    Ok(phrases)
}

fn read(file: &str, text: &'static str, into: &mut HashMap<&'static str, Phrase>) -> Result<(), Error> {
    let fault = |message: String| Error::Fluent { file: file.to_owned(), message };
    let resource = fluent_syntax::parser::parse(text).map_err(|(_, errors)| {
        let (line, message) =
            errors.first().map_or((0, String::new()), |e| (crate::names::line(text, e.pos.start), e.kind.to_string()));
        fault(format!("line {line}: {message}"))
    })?;
    for entry in &resource.body {
        if let fluent_syntax::ast::Entry::Message(m) = entry {
            let name = m.id.name;
            let pattern = m.value.as_ref().ok_or_else(|| fault(format!("{name} has no words")))?;
            let phrase = Phrase::read(pattern).map_err(|e| fault(format!("{name}: {e}")))?;
            if into.insert(name, phrase).is_some() {
                return Err(fault(format!("{name} stands twice")));
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &'static str) -> String {
        phrases("en", &[("en/x.ftl", text)]).unwrap_err().to_string()
    }

    #[test]
    fn faults_say_where() {
        assert!(error("= no name").starts_with("en/x.ftl: line 1"), "{}", error("= no name"));
        assert!(error("title = One\ntitle = Two\n").contains("title stands twice"));
        assert!(error("title = One\n").starts_with("en: message"));
        assert!(error("title = { NUMBER(1) }\n").contains("title: only text"));
    }

    #[test]
    fn a_message_has_exactly_the_slots_that_the_code_fills() {
        let text: String = Message::ALL
            .iter()
            .map(|m| {
                format!("{} = Words {}\n", m.id(), m.slots().iter().map(|s| format!("{{ ${s} }}")).collect::<String>())
            })
            .collect();
        let more = text.replacen("Words", "Words { $more }", 1);
        assert!(phrases("en", &[("en/x.ftl", text.leak())]).is_ok());
        assert!(phrases("en", &[("en/x.ftl", more.leak())]).is_err());
    }
}

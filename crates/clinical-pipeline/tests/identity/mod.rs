//! What identifies the people of a document, gathered and looked for without any of the code under test.
#![allow(unreachable_pub, reason = "a module of a test binary")]
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests read their samples, and fail by panic")]

pub mod fhir;
pub mod xml;

/// An identifier that was found in the output.
pub struct Left {
    pub what: String,
    /// Why that is no leak.
    pub reason: Option<&'static str>,
}

/// Letters and digits, lower case, without accents; everything else parts words.
pub fn words(text: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    for c in text.chars() {
        let plain = match c {
            'á' | 'à' | 'â' | 'ä' | 'ã' | 'Á' => 'a',
            'é' | 'è' | 'ê' | 'ë' | 'É' => 'e',
            'í' | 'ì' | 'ï' | 'î' => 'i',
            'ó' | 'ò' | 'ô' | 'ö' | 'õ' => 'o',
            'ú' | 'ù' | 'ü' | 'û' => 'u',
            'ñ' => 'n',
            'ç' => 'c',
            c => c,
        };
        if plain.is_alphanumeric() {
            found.last_mut().unwrap().extend(plain.to_lowercase());
        } else if !found.last().unwrap().is_empty() {
            found.push(String::new());
        }
    }
    found.retain(|w| !w.is_empty());
    found
}

/// The words of an output with where each text begins, and the places of each word.
pub struct Output {
    pub texts: Vec<(String, Vec<String>, String)>,
    index: std::collections::HashMap<String, Vec<(usize, usize)>>,
}

impl Output {
    /// `texts`: a label saying what sort of text it is, and the text.
    pub fn of(texts: Vec<(String, String)>) -> Self {
        let texts: Vec<_> = texts.into_iter().map(|(label, text)| (label, words(&text), text)).collect();
        let mut index: std::collections::HashMap<String, Vec<(usize, usize)>> = std::collections::HashMap::new();
        for (t, (_, words, _)) in texts.iter().enumerate() {
            words.iter().enumerate().for_each(|(w, word)| index.entry(word.clone()).or_default().push((t, w)));
        }
        Self { texts, index }
    }

    /// The texts that hold the value, in any spelling.
    pub fn find(&self, value: &str) -> Vec<usize> {
        let wanted = words(value);
        let Some(first) = wanted.first() else { return Vec::new() };
        let starts = self.index.get(first).into_iter().flatten();
        let mut found: Vec<usize> =
            starts.filter(|(t, w)| self.texts[*t].1[*w..].starts_with(&wanted)).map(|(t, _)| *t).collect();
        found.dedup();
        found
    }
}

/// An identifier and what it is.
pub type Value = (&'static str, String);

/// Identifiers that are still there. `coded` says whether a text is a public terminology's own.
pub fn left(values: &[Value], output: &Output, keep_dates: bool) -> Vec<Left> {
    let mut all = Vec::new();
    for (kind, value) in values {
        if keep_dates && matches!(*kind, "city" | "zip" | "birth date") {
            continue;
        }
        for text in output.find(value) {
            let (label, words, shown) = &output.texts[text];
            let reason = excuse(kind, value, label, words);
            let shown: String = shown.chars().take(160).collect();
            all.push(Left { what: format!("{kind} {value:?} in {label}: {shown:?}"), reason });
        }
    }
    all
}

/// Why an identifier that stands in the output is not one there.
fn excuse(kind: &str, value: &str, label: &str, _words: &[String]) -> Option<&'static str> {
    let signs = value.chars().filter(|c| c.is_alphanumeric()).count();
    let has_digit = value.chars().any(|c| c.is_ascii_digit());
    if signs < 3 {
        return Some("too short to tell anybody");
    }
    if matches!(kind, "id" | "identifier") && (signs < 5 || !has_digit) {
        return Some("an id that is a word or a small number");
    }
    // People of the published examples whose name is a word of medicine: where it stands as that word it is none.
    let is_word = matches!(value.to_lowercase().as_str(), "primary" | "renal" | "nurse" | "patient" | "data");
    if kind == "name" && is_word {
        return Some("a name that is a word of medicine");
    }
    if label == "code" {
        return Some("a code, or the words of a public terminology");
    }
    None
}

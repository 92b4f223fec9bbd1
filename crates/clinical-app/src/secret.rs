//! The secret that decides surrogates and the days that dates move.
#![expect(clippy::disallowed_methods, reason = "reads the file that holds the secret")]

use crate::settings::{Mistake, Strings};
use clinical_pipeline::{Phi, SECRET_BYTES};
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

/// The variable that holds it.
pub const VARIABLE: &str = "CLINICAL_DEIDENTIFY_SECRET";

/// The variable that names a file with it: a secret of Docker or Kubernetes.
pub const VARIABLE_FILE: &str = "CLINICAL_DEIDENTIFY_SECRET_FILE";

/// The flag that names such a file.
pub const FLAG: &str = "--secret-file";

/// A file that is longer holds something else.
const LONGEST: u64 = 64 << 10;

const MUST_BE: &str = "a secret of 16 bytes or more, or a file that holds nothing else";
const _: () = assert!(SECRET_BYTES == 16);

/// The secret, if one is set. The command line goes before the environment; both variables at once would leave open
/// which one holds.
///
/// # Errors
/// It cannot be read or is too short. Neither its value nor the name of its file is repeated.
pub fn read(file: Option<&Path>, from: &dyn Strings) -> Result<Option<Phi<Vec<u8>>>, Mistake> {
    if let Some(path) = file {
        return from_file(path).ok_or_else(|| mistake(FLAG)).map(Some);
    }
    match (from.get(VARIABLE), from.get(VARIABLE_FILE)) {
        (None, None) => Ok(None),
        (Some(text), None) => checked(text.into_bytes()).ok_or_else(|| mistake(VARIABLE)).map(Some),
        (None, Some(path)) => from_file(Path::new(&path)).ok_or_else(|| mistake(VARIABLE_FILE)).map(Some),
        (Some(_), Some(_)) => Err(Mistake { name: VARIABLE.to_owned(), must_be: "set once, with _FILE or without" }),
    }
}

fn mistake(name: &str) -> Mistake {
    Mistake { name: name.to_owned(), must_be: MUST_BE }
}

fn from_file(path: &Path) -> Option<Phi<Vec<u8>>> {
    let mut bytes = Vec::new();
    File::open(path).ok()?.take(LONGEST + 1).read_to_end(&mut bytes).ok()?;
    if bytes.len() as u64 > LONGEST {
        return None;
    }
    // What an editor or `echo` puts at the end is not part of it.
    while bytes.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
        bytes.pop();
    }
    checked(bytes)
}

fn checked(bytes: Vec<u8>) -> Option<Phi<Vec<u8>>> {
    (bytes.len() >= SECRET_BYTES).then(|| Phi::new(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    const LONG: &str = "a secret of the test";

    fn map(pairs: &[(&str, &str)]) -> HashMap<String, String> {
        pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
    }

    #[test]
    fn it_stands_in_a_variable_or_in_a_file() {
        let path = std::env::temp_dir().join(format!("clinical-secret-{}", std::process::id()));
        std::fs::write(&path, format!("{LONG}\r\n")).unwrap();
        let file = path.to_str().unwrap();
        let secret = |from: &[(&str, &str)], file: Option<&Path>| read(file, &map(from)).unwrap();
        let expected = Some(Phi::new(LONG.as_bytes().to_vec()));
        assert_eq!(secret(&[], None), None);
        assert_eq!(secret(&[(VARIABLE, LONG)], None), expected);
        assert_eq!(secret(&[(VARIABLE_FILE, file)], None), expected);
        assert_eq!(secret(&[(VARIABLE, "another secret, unused")], Some(&path)), expected);
        std::fs::remove_file(path).unwrap();
    }

    #[test]
    fn a_mistake_names_where_and_not_what() {
        for (from, name) in [
            (&[(VARIABLE, "CANARY")][..], VARIABLE),
            (&[(VARIABLE, LONG), (VARIABLE_FILE, "CANARY")], VARIABLE),
            (&[(VARIABLE_FILE, "/nonexistent/CANARY")], VARIABLE_FILE),
        ] {
            let said = read(None, &map(from)).unwrap_err().to_string();
            assert!(said.starts_with(name) && !said.contains("CANARY"), "{said}");
        }
        let said = read(Some(Path::new("/nonexistent/CANARY")), &map(&[])).unwrap_err().to_string();
        assert!(said.starts_with(FLAG) && !said.contains("CANARY"), "{said}");
    }
}

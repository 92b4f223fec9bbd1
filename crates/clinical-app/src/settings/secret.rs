//! The secret that decides surrogates and the days that dates move, as `clinical-notes deidentify` takes it: that
//! command reads no other setting.

use super::gather::Gathered;
use super::{Given, Mistake, Strings, file};
use clinical_pipeline::{Phi, SECRET_BYTES};
use std::path::Path;

/// The variable that holds it.
pub const VARIABLE: &str = "CLINICAL_DEIDENTIFY_SECRET";

/// The variable that names a file with it: a secret of Docker or Kubernetes.
pub const VARIABLE_FILE: &str = "CLINICAL_DEIDENTIFY_SECRET_FILE";

/// The flag that names such a file.
pub const FLAG: &str = "--secret-file";

const MUST_BE: &str = "a file that holds a secret of 16 bytes or more and nothing else";
const _: () = assert!(SECRET_BYTES == 16);

/// The secret, if one is set. The command line goes before the environment; both variables at once would leave open
/// which one holds. The file of the flag may be a pipe, such as the output of a password manager.
///
/// # Errors
/// It cannot be read or is too short. Neither its value nor the name of its file is repeated.
pub fn read(file: Option<&Path>, from: &dyn Strings) -> Result<Option<Phi<Vec<u8>>>, Mistake> {
    if let Some(path) = file {
        let secret = file::any(path).filter(|bytes| bytes.expose().len() >= SECRET_BYTES);
        return secret.ok_or_else(|| Mistake::new(FLAG, MUST_BE)).map(Some);
    }
    let (gathered, mistakes) = Gathered::read_one(VARIABLE, from, &Given::default());
    match mistakes.into_iter().next() {
        Some(mistake) => Err(mistake),
        None => Ok(gathered.bytes(VARIABLE).cloned()),
    }
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
    #[expect(clippy::disallowed_methods, reason = "the file of the flag")]
    fn it_stands_in_a_variable_or_in_a_file() {
        let path = std::env::temp_dir().join(format!("clinical-secret-{}", std::process::id()));
        std::fs::write(&path, format!("{LONG}\r\n")).unwrap();
        let file = path.to_str().unwrap();
        let secret = |from: &[(&str, &str)], file: Option<&Path>| read(file, &map(from)).unwrap();
        let expected = Some(Phi::new(LONG.as_bytes().to_vec()));
        assert_eq!(secret(&[], None), None);
        assert_eq!(secret(&[(VARIABLE, "")], None), None);
        assert_eq!(secret(&[(VARIABLE, LONG)], None), expected);
        assert_eq!(secret(&[(VARIABLE_FILE, file)], None), expected);
        assert_eq!(secret(&[(VARIABLE, "another secret, unused")], Some(&path)), expected);
        // What else is wrong is not this command's affair.
        assert_eq!(secret(&[("CLINICAL_PORT", "CANARY"), ("CLINICAL_PROT", "")], None), None);
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

//! Lists the documents in `samples/` so that they are embedded: a new sample is part of the next build without a line
//! of code. Nothing is read at run time.
#![expect(clippy::disallowed_methods, reason = "a build script reads the environment and the folder it builds")]

use std::path::PathBuf;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?).join("../../samples");
    println!("cargo:rerun-if-changed={}", root.display());
    let mut files: Vec<PathBuf> = match fs::read_dir(&root) {
        Ok(entries) => entries.map(|entry| entry.map(|e| e.path())).collect::<io::Result<_>>()?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(error),
    };
    files.retain(|path| {
        path.extension().is_some_and(|e| ["json", "ndjson", "xml", "txt"].iter().any(|known| e == *known))
    });
    files.sort();
    let mut code = String::from("pub(crate) static FILES: &[(&str, &[u8])] = &[\n");
    for file in &files {
        println!("cargo:rerun-if-changed={}", file.display());
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let path = fs::canonicalize(file)?;
        code += &format!("({name:?}, include_bytes!({:?})),\n", path.display().to_string());
    }
    code += "];\n";
    fs::write(PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?).join("samples.rs"), code)
}

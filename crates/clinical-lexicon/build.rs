//! Turns the data files into static tables, so that nothing is parsed when the program starts. A new file in `data/`
//! is part of the next build without a line of code; a fault in one stops the build with its file and line.
#![expect(clippy::disallowed_methods, reason = "a build script reads the environment and the folder it builds")]

#[path = "build/mod.rs"]
mod reader;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs, io};

fn list(folder: &Path, into: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            list(&path, into)?;
        } else if path.extension().is_some_and(|e| e == "toml" || e == "ftl") {
            into.push(path);
        }
    }
    Ok(())
}

fn build() -> Result<(), Box<dyn std::error::Error>> {
    let data = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("data");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed={}", data.display());
    let mut paths = Vec::new();
    list(&data.join("en"), &mut paths)?;
    paths.sort();
    let mut files = Vec::with_capacity(paths.len());
    for path in &paths {
        println!("cargo::rerun-if-changed={}", path.display());
        files.push((path.strip_prefix(&data)?.display().to_string(), fs::read_to_string(path)?));
    }
    let code = reader::tables(&files)?;
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("tables.rs"), code)?;
    Ok(())
}

fn main() -> ExitCode {
    match build() {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            println!("cargo::error={fault}");
            ExitCode::FAILURE
        }
    }
}

//! From data files to static tables. Used by the build script, and by the tests, which give it wrong files.

#[path = "../src/names.rs"]
#[expect(unreachable_pub, reason = "public in the crate, which this file is a module of too")]
mod names;
mod read;
mod sections;
mod shapes;
mod sig;
#[path = "../src/find/spelling.rs"]
mod spelling;
mod vocabulary;
mod write;

pub(crate) use read::Fault;

/// The Rust code of the tables of one language. `files` are names under `data/` with their contents, sorted by name.
pub(crate) fn tables(files: &[(String, String)]) -> Result<String, Fault> {
    let words = read::words(files)?;
    Ok(write::code(&words, files) + &sig::code(files)? + &vocabulary::code(&words, files)?)
}

/// FNV-1a over all names and contents: not a secret, only a name for "these words".
pub(crate) fn version(files: &[(String, String)]) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in files.iter().flat_map(|(name, text)| name.bytes().chain(text.bytes())) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("{}-{hash:016x}", env!("CARGO_PKG_VERSION"))
}

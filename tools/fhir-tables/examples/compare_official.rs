//! Compares the table with the official package, an origin of its own:
//! `cargo run --release --example compare_official -- hl7.fhir.r4.core-4.0.1.tgz`
//!
//! Nothing of the package goes into the table; what differs is printed and counted.
#![allow(clippy::disallowed_methods, reason = "the package is read from where the caller says")]

use flate2::read::GzDecoder;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::io::Read;

const TABLE: &str = include_str!("../../../crates/clinical-validate/data/r4.tables");

/// An element of the table: types, cardinality, whether it has a required binding, its constraints.
struct Ours {
    kinds: BTreeSet<String>,
    card: String,
    is_bound: bool,
    constraints: BTreeSet<String>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("usage: compare_official PACKAGE.tgz")?;
    let ours = table()?;
    let (mut count, mut missing, mut cards, mut kinds_differ, mut bindings, mut constraints) = (0, 0, 0, 0, 0, 0);
    for definition in definitions(&path)? {
        if definition["derivation"] == "constraint" || definition["abstract"] == true {
            continue;
        }
        if !matches!(definition["kind"].as_str(), Some("resource" | "complex-type")) {
            continue;
        }
        for element in definition["snapshot"]["element"].as_array().into_iter().flatten() {
            let path = element["path"].as_str().unwrap_or_default();
            let last = path.rsplit('.').next().unwrap_or_default();
            if ["id", "extension", "modifierExtension", "meta", "implicitRules", "language", "text", "contained"]
                .contains(&last)
                && !ours.contains_key(path)
            {
                continue;
            }
            count += 1;
            let Some(own) = ours.get(path) else {
                missing += 1;
                println!("missing {path}");
                continue;
            };
            for constraint in element["constraint"].as_array().into_iter().flatten() {
                let key = constraint["key"].as_str().unwrap_or_default();
                if !own.constraints.contains(key) && key != "ele-1" && key != "ext-1" {
                    constraints += 1;
                    println!("constraint {key} of {path}");
                }
            }
            if !path.contains('.') {
                continue;
            }
            let card = match (element["min"] != 0, element["max"] == "1") {
                (false, true) => "?",
                (true, true) => "1",
                (false, false) => "*",
                (true, false) => "+",
            };
            if own.card != card {
                cards += 1;
                println!("cardinality of {path}: {} and {card}", own.card);
            }
            let theirs: BTreeSet<String> = element["type"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|t| Some(t["code"].as_str()?.to_owned()))
                .collect();
            let is_inner = own.kinds.iter().any(|kind| kind.starts_with('.'));
            if !is_inner
                && !own.kinds.contains("@any")
                && own.kinds != theirs
                && !theirs.iter().any(|t| t.contains("System"))
            {
                kinds_differ += 1;
                println!("types of {path}: {:?} and {theirs:?}", own.kinds);
            }
            if (element["binding"]["strength"] == "required") && !own.is_bound {
                bindings += 1;
                println!("binding of {path}: {}", element["binding"]["valueSet"]);
            }
        }
    }
    println!(
        "{count} elements; missing {missing}, cardinality {cards}, types {kinds_differ}, required bindings {bindings}, \
         constraints {constraints}"
    );
    Ok(())
}

fn table() -> Result<BTreeMap<String, Ours>, Box<dyn Error>> {
    let mut keys = Vec::new();
    let mut all = BTreeMap::new();
    let mut open = String::new();
    for line in TABLE.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        if let ["C", key, ..] = fields.as_slice() {
            keys.push((*key).to_owned());
        }
    }
    let named = |list: &str| list.split(',').filter_map(|n| keys.get(n.parse::<usize>().ok()?).cloned()).collect();
    for line in TABLE.lines().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        match fields.as_slice() {
            ["V" | "s" | "C" | "X" | "x" | "R", ..] => {}
            ["T", _, path, _, constraints] => {
                open = (*path).to_owned();
                let constraints: BTreeSet<String> = named(constraints);
                if let Some(Ours { constraints: known, .. }) = all.get_mut(&open) {
                    known.extend(constraints);
                } else {
                    let (kinds, card) = (BTreeSet::new(), String::new());
                    all.insert(open.clone(), Ours { kinds, card, is_bound: false, constraints });
                }
            }
            [name, kinds, card, rest @ ..] => {
                let kinds = kinds.split('|').filter_map(|k| Some(k.split('>').next()?.to_owned())).collect();
                let list = rest.iter().find_map(|f| f.strip_prefix('c')).unwrap_or_default();
                let is_bound = rest.iter().any(|f| f.starts_with('b') && f.ends_with('r'));
                let own = Ours { kinds, card: (*card).to_owned(), is_bound, constraints: named(list) };
                all.insert(format!("{open}.{name}"), own);
            }
            _ => return Err("a line of the table is not understood".into()),
        }
    }
    Ok(all)
}

/// The structure definitions of the package. A tar file is a header of 512 bytes and the content, padded, repeated.
fn definitions(path: &str) -> Result<Vec<Value>, Box<dyn Error>> {
    let mut bytes = Vec::new();
    GzDecoder::new(std::fs::File::open(path)?).read_to_end(&mut bytes)?;
    let mut rest = bytes.as_slice();
    let mut all = Vec::new();
    while let Some((header, after)) = rest.split_at_checked(512) {
        let name = String::from_utf8_lossy(&header[..100]);
        let size = String::from_utf8_lossy(&header[124..136]);
        let size = usize::from_str_radix(size.trim_matches(['\0', ' ']), 8).unwrap_or(0);
        let content = after.get(..size).ok_or("the package ends early")?;
        if name.starts_with("package/StructureDefinition-") {
            all.push(serde_json::from_slice(content)?);
        }
        rest = after.get(size.next_multiple_of(512)..).unwrap_or_default();
    }
    Ok(all)
}

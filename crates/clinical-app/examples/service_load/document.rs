//! The documents that are sent.

use crate::Failure;
use clinical_app::samples;
use serde_json::Value;

pub(crate) struct Bundle {
    pub(crate) bytes: Vec<u8>,
    pub(crate) entries: usize,
}

/// A sample of the program.
pub(crate) fn sample(name: &str) -> Result<&'static [u8], Failure> {
    Ok(samples::find(name).ok_or("no such sample")?.bytes)
}

/// The sample `visit` with its entries repeated under new ids until it has about `size` bytes. The patient stays one.
pub(crate) fn bundle(size: usize) -> Result<Bundle, Failure> {
    let visit: Value = serde_json::from_slice(sample("visit")?)?;
    let entries = visit["entry"].as_array().ok_or("the sample is not a Bundle")?;
    let mut text = r#"{"resourceType":"Bundle","type":"collection","entry":["#.to_owned();
    let mut count = 0;
    for round in 0_usize.. {
        for entry in entries {
            if text.len() >= size {
                text.push_str("]}");
                return Ok(Bundle { bytes: text.into_bytes(), entries: count });
            }
            if round > 0 && entry["resource"]["resourceType"] == "Patient" {
                continue;
            }
            if count > 0 {
                text.push(',');
            }
            let id = entry["resource"]["id"].as_str().unwrap_or_default();
            let written = entry.to_string();
            let fresh = format!("{id}-{round}");
            text.push_str(&if round > 0 && !id.is_empty() { written.replace(id, &fresh) } else { written });
            count += 1;
        }
    }
    Err("a bundle without entries does not grow".into())
}

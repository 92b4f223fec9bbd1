//! The lines of the audit logs, read by somebody who knows their documents and not their code.

use crate::folder::Folder;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// One access.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Access {
    /// The id of the request.
    pub(crate) id: String,
    pub(crate) subject: Option<String>,
    pub(crate) peer: String,
    /// Method and route.
    pub(crate) job: String,
    pub(crate) status: String,
    /// `granted`, or the code of why it was refused or failed.
    pub(crate) outcome: String,
}

/// The files of a log in their order.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "ndjson"));
    files.sort_by_key(|path| path.to_string_lossy().rsplit('-').next().unwrap().to_owned());
    files
}

/// Every whole line of a log; what a kill tore ends in a space (`docs/AUDIT.md`).
pub(crate) fn events(folder: &Folder, log: &str) -> Vec<Value> {
    let mut events = Vec::new();
    for file in files(&folder.join(log)) {
        let text = fs::read_to_string(&file).unwrap();
        // Who reads while the service writes can see a part of the last line.
        let (whole, _) = text.rsplit_once('\n').unwrap_or_default();
        for line in whole.lines().filter(|line| !line.ends_with(' ')) {
            let event: Value = serde_json::from_str(line).unwrap_or_else(|_| panic!("{}: {line}", file.display()));
            assert_eq!(event["resourceType"], "AuditEvent");
            events.push(event);
        }
    }
    events
}

/// The name of what an event is, in a list of ours.
fn code<'e>(event: &'e Value, list: &str) -> Option<&'e str> {
    let subtypes = event["subtype"].as_array()?;
    subtypes.iter().find(|one| one["system"] == format!("urn:x-clinical-notes:{list}"))?["code"].as_str()
}

fn entity<'e>(event: &'e Value, kind: &str) -> Option<&'e Value> {
    event["entity"].as_array()?.iter().find(|entity| entity["type"]["code"] == kind)
}

fn agent<'e>(event: &'e Value, kind: &str) -> Option<&'e Value> {
    event["agent"].as_array()?.iter().find(|agent| agent["type"]["coding"][0]["code"] == kind)
}

pub(crate) fn detail(entity: &Value, name: &str) -> Option<String> {
    let details = entity["detail"].as_array()?;
    details.iter().find(|detail| detail["type"] == name)?["valueString"].as_str().map(str::to_owned)
}

/// The accesses, without checkpoints.
pub(crate) fn accesses(folder: &Folder) -> Vec<Access> {
    let events = events(folder, "audit");
    events.iter().filter(|event| code(event, "operation").is_some()).map(access).collect()
}

fn access(event: &Value) -> Access {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let job = entity(event, "4").unwrap();
    let outcome = ["refused", "failed"].into_iter().find_map(|how| detail(job, how));
    assert_eq!(event["outcome"] == "0", outcome.is_none(), "{event}");
    Access {
        id: text(&entity(event, "XrequestId").unwrap()["what"]["identifier"]["value"]).unwrap(),
        subject: agent(event, "IRCP").and_then(|user| text(&user["who"]["identifier"]["value"])),
        peer: text(&agent(event, "110153").unwrap()["network"]["address"]).unwrap(),
        job: text(&job["name"]).unwrap(),
        status: detail(job, "status").unwrap(),
        outcome: outcome.unwrap_or_else(|| "granted".to_owned()),
    }
}

/// The line of a request, of which there must be one.
pub(crate) fn of<'a>(accesses: &'a [Access], id: &str) -> &'a Access {
    let mut these = accesses.iter().filter(|access| access.id == id);
    let first = these.next().unwrap_or_else(|| panic!("the request {id} has no line"));
    assert!(these.next().is_none(), "the request {id} has two lines");
    first
}

/// The security events: the name of each, what it is about, and the id of its request.
pub(crate) fn security(folder: &Folder) -> Vec<(String, String, String)> {
    let events = events(folder, "security");
    let named = events.iter().filter_map(|event| Some((event, code(event, "security")?)));
    let text = |value: Option<&str>| value.unwrap_or_default().to_owned();
    named
        .map(|(event, name)| {
            let about = entity(event, "4").and_then(|job| detail(job, "about")).unwrap_or_default();
            let id = entity(event, "XrequestId").and_then(|one| one["what"]["identifier"]["value"].as_str());
            (name.to_owned(), about, text(id))
        })
        .collect()
}

/// The checkpoints of the log of accesses of one kind, with what they say.
pub(crate) fn checkpoints(folder: &Folder, why: &str) -> Vec<Value> {
    let events = events(folder, "audit");
    let these = events.into_iter().filter(|event| code(event, "checkpoint") == Some(why));
    these.map(|event| event["entity"][0].clone()).collect()
}

/// What the security log tells of the program itself, between its start and its end.
pub(crate) fn told(folder: &Folder) -> Vec<(String, String)> {
    let of_program = |event: &(String, String, String)| event.2.is_empty() && !event.1.is_empty();
    security(folder).into_iter().filter(of_program).map(|(name, about, _)| (name, about)).collect()
}

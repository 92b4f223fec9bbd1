//! Values that are not of the form of their type (R4 datatypes.html#primitive).

use super::super::json::Json;
use super::super::random::Random;
use super::super::spots::Spot;
use super::{Damage, Ground, Named};

pub(super) const KINDS: &[Named] = &[
    ("bad-date-form", date),
    ("bad-datetime-form", date_time),
    ("impossible-date", impossible_date),
    ("impossible-datetime", impossible_date_time),
    ("bad-instant", instant),
    ("bad-time", time),
    ("bad-id", id),
    ("bad-uri", uri),
    ("bad-oid", oid),
    ("bad-uuid", uuid),
    ("bad-oid-in-uri", oid_in_uri),
    ("bad-uuid-in-uri", uuid_in_uri),
    ("bad-base64", base64),
    ("bad-code-form", code),
    ("bad-integer", integer),
    ("integer-out-of-range", out_of_range),
    ("not-positive", not_positive),
    ("negative-unsigned", negative),
    ("empty-string", empty),
];

fn put(ground: &Ground<'_>, spot: &Spot, types: &[&str], random: &mut Random, values: &[&str]) -> Option<Damage> {
    if !spot.is_value() || !types.contains(&spot.of.as_str()) {
        return None;
    }
    ground.replaced(spot, Json::text(random.pick(values)), &[&spot.path])
}

fn number(ground: &Ground<'_>, spot: &Spot, types: &[&str], random: &mut Random, values: &[&str]) -> Option<Damage> {
    if !spot.is_value() || !types.contains(&spot.of.as_str()) {
        return None;
    }
    ground.replaced(spot, Json::Number(random.pick(values).to_owned()), &[&spot.path])
}

fn date(ground: &Ground<'_>, spot: &Spot, random: &mut Random) -> Option<Damage> {
    let values = [
        "2024/05/06",
        "06-05-2024",
        "2024-5-6",
        "20240506",
        "2024-05-06T10:00:00Z",
        "6 May 2024",
        "24-05-06",
        "2024-05-06 ",
    ];
    put(ground, spot, &["date"], random, &values)
}

fn date_time(ground: &Ground<'_>, spot: &Spot, random: &mut Random) -> Option<Damage> {
    let values = [
        "2024-05-06 10:00:00",
        "2024-05-06T10:00:00",
        "2024-05-06T10",
        "2024/05/06",
        "20240506T100000Z",
        "2024-05-06T10:00:00+0200",
        "yesterday",
        "2024-05T10:00:00Z",
    ];
    put(ground, spot, &["dateTime"], random, &values)
}

fn impossible_date(ground: &Ground<'_>, spot: &Spot, random: &mut Random) -> Option<Damage> {
    let values = ["2023-02-29", "1900-02-29", "2024-04-31", "2024-13-01", "2024-00-10", "2024-01-32", "2024-06-00"];
    put(ground, spot, &["date", "dateTime"], random, &values)
}

fn impossible_date_time(ground: &Ground<'_>, spot: &Spot, random: &mut Random) -> Option<Damage> {
    let values = [
        "2023-02-29T10:00:00Z",
        "2024-04-31T10:00:00Z",
        "2024-05-06T25:00:00Z",
        "2024-05-06T10:60:00Z",
        "2024-05-06T10:00:00+15:00",
    ];
    put(ground, spot, &["dateTime", "instant"], random, &values)
}

fn instant(ground: &Ground<'_>, spot: &Spot, random: &mut Random) -> Option<Damage> {
    let values = ["2024-05-06", "2024-05-06T10:00:00", "2024-05-06T10:00Z", "2024-05", "2024-05-06 10:00:00Z", "now"];
    put(ground, spot, &["instant"], random, &values)
}

fn time(ground: &Ground<'_>, spot: &Spot, random: &mut Random) -> Option<Damage> {
    put(ground, spot, &["time"], random, &["25:00:00", "10:00", "10:60:00", "10:00:00Z", "9:00:00", "noon"])
}

fn id(ground: &Ground<'_>, spot: &Spot, random: &mut Random) -> Option<Damage> {
    let long = "x".repeat(65);
    put(ground, spot, &["id"], random, &["has space", "under_score", "a/b", "caf\u{e9}", "#1", &long])
}

fn uri(ground: &Ground<'_>, spot: &Spot, random: &mut Random) -> Option<Damage> {
    let values = ["http://hospital.test/a b", " http://hospital.test/a", "http://hospital.test/a\nb", "two words"];
    put(ground, spot, &["uri", "url", "canonical"], random, &values)
}

fn oid(ground: &Ground<'_>, spot: &Spot, random: &mut Random) -> Option<Damage> {
    put(ground, spot, &["oid"], random, &["urn:oid:01.2.3", "1.2.3", "urn:oid:3.1.2", "urn:oid:1.2.x", "urn:oid:1..2"])
}

fn uuid(ground: &Ground<'_>, spot: &Spot, random: &mut Random) -> Option<Damage> {
    let values = ["urn:uuid:not-a-uuid", "c757873d-ec9a-4326-a141-556f43239520", "urn:uuid:c757873d-ec9a-4326-a141"];
    put(ground, spot, &["uuid"], random, &values)
}

/// A `uri` that says it is an OID has to be one.
fn oid_in_uri(ground: &Ground<'_>, spot: &Spot, random: &mut Random) -> Option<Damage> {
    let fits = spot.member == "system" || spot.member == "url";
    let values = ["urn:oid:1.2.x", "urn:oid:3.1.2", "urn:oid:1..2", "urn:oid:"];
    if fits { put(ground, spot, &["uri"], random, &values) } else { None }
}

fn uuid_in_uri(ground: &Ground<'_>, spot: &Spot, random: &mut Random) -> Option<Damage> {
    let fits = spot.member == "system" || spot.member == "url" || spot.member == "fullUrl";
    let values = ["urn:uuid:c757873d-ec9a-4326-a141", "urn:uuid:not-a-uuid", "urn:uuid:"];
    if fits { put(ground, spot, &["uri"], random, &values) } else { None }
}

fn base64(ground: &Ground<'_>, spot: &Spot, random: &mut Random) -> Option<Damage> {
    put(ground, spot, &["base64Binary"], random, &["####", "YWJj!", "YWJ", "a===", "not base64"])
}

fn code(ground: &Ground<'_>, spot: &Spot, random: &mut Random) -> Option<Damage> {
    put(ground, spot, &["code"], random, &[" final", "final ", "two  spaces", "a\tb\t", " "])
}

fn integer(ground: &Ground<'_>, spot: &Spot, random: &mut Random) -> Option<Damage> {
    number(ground, spot, &["integer", "positiveInt", "unsignedInt"], random, &["1.5", "1.0", "0.1"])
}

fn out_of_range(ground: &Ground<'_>, spot: &Spot, random: &mut Random) -> Option<Damage> {
    let values = ["2147483648", "4294967296", "99999999999999999999"];
    number(ground, spot, &["integer", "positiveInt", "unsignedInt"], random, &values)
}

fn not_positive(ground: &Ground<'_>, spot: &Spot, random: &mut Random) -> Option<Damage> {
    number(ground, spot, &["positiveInt"], random, &["0", "-1"])
}

fn negative(ground: &Ground<'_>, spot: &Spot, random: &mut Random) -> Option<Damage> {
    number(ground, spot, &["unsignedInt"], random, &["-1", "-30"])
}

fn empty(ground: &Ground<'_>, spot: &Spot, _: &mut Random) -> Option<Damage> {
    if spot.is_value() && super::is_textual(&spot.of) {
        return ground.replaced(spot, Json::text(""), &[&spot.path]);
    }
    None
}

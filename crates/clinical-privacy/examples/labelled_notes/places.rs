//! Places, organisations and the other slots that need no person and no day.

use crate::codes::code;
use crate::marked::Marked;
use crate::people::invented;
use crate::scene::Scene;

/// The name of an organisation from a pattern: `~` is a proper or an invented name, `$` a surname, `%` a saint.
pub(crate) fn organisation(scene: &mut Scene<'_>, list: &str) -> String {
    let pattern = scene.banks.pick(&mut scene.rng, list).to_owned();
    let mut out = String::new();
    for c in pattern.chars() {
        match c {
            '~' if scene.rng.chance(35) => out.push_str(&invented(&mut scene.rng, scene.banks, "parts.last_end")),
            '~' => out.push_str(scene.banks.pick(&mut scene.rng, "org.proper")),
            '$' => out.push_str(scene.banks.pick(&mut scene.rng, "anglo.last")),
            '%' => out.push_str(scene.banks.pick(&mut scene.rng, "org.saint")),
            other => out.push(other),
        }
    }
    out
}

/// Writes a place, an organisation or a code; what is not known stands as it is, so that a misspelt slot is seen.
pub(crate) fn write(scene: &mut Scene<'_>, head: &str, tail: &str, out: &mut Marked) {
    match head {
        "hosp" if tail.is_empty() => out.id("FACILITY", &scene.hospital.clone()),
        "clinic" if tail.is_empty() => out.id("FACILITY", &scene.clinic.clone()),
        "employer" if tail.is_empty() => out.id("EMPLOYER", &scene.employer.clone()),
        "hosp" => facility(scene, "org.hospital", out),
        "clinic" => facility(scene, "org.clinic", out),
        "nh" => facility(scene, "org.nursing_home", out),
        "school" => facility(scene, "org.school", out),
        "church" => facility(scene, "org.church", out),
        "pharmacy" => facility(scene, "org.pharmacy", out),
        "employer" => {
            let text = organisation(scene, "org.employer");
            out.id("EMPLOYER", &text);
        }
        "street" => {
            let text = street(scene);
            out.id("STREET", &text);
        }
        "pobox" => {
            let text = format!("{} {}", scene.rng.of(&["P.O. Box", "PO Box", "P. O. Box", "POB"]), scene.rng.digits(4));
            out.id("STREET", &text);
        }
        "city" if tail.is_empty() => out.id("CITY", &scene.city.clone()),
        "city" => {
            let text = scene.banks.pick(&mut scene.rng, "place.city").to_owned();
            out.id("CITY", &text);
        }
        "hood" => {
            let text = scene.banks.pick(&mut scene.rng, "place.hood").to_owned();
            out.id("CITY", &text);
        }
        "county" => {
            let name = scene.banks.pick(&mut scene.rng, "place.county").to_owned();
            out.id("COUNTY", &format!("{name} {}", if scene.state == "LA" { "Parish" } else { "County" }));
        }
        "state" => out.either("STATE", scene.state),
        "zip" => {
            let text =
                if scene.rng.chance(20) { format!("{}-{}", scene.zip, scene.rng.digits(4)) } else { scene.zip.clone() };
            out.id("ZIP", &text);
        }
        "address" => {
            let street = street(scene);
            out.id("STREET", &street);
            out.push(scene.rng.of(&[", ", ", ", ", ", " "]));
            scene.slot("cityline", out);
        }
        "cityline" => {
            out.id("CITY", &scene.city.clone());
            out.push(if scene.rng.chance(88) { ", " } else { " " });
            out.either("STATE", scene.state);
            out.push(" ");
            scene.slot("zip", out);
        }
        "mrn" if tail.is_empty() => out.id("MRN", &scene.mrn.clone()),
        "home" => out.id("PHONE", &scene.phone.clone()),
        kind => match code(kind, &mut scene.rng) {
            Some((label, text)) => {
                let text = shaped(scene, kind).unwrap_or(text);
                out.id(label, &text);
            }
            None => out.push(&format!("{{{kind}.{tail}}}")),
        },
    }
}

/// A code in a shape of the part's own, if the part has any for the kind.
pub(crate) fn shaped(scene: &mut Scene<'_>, kind: &str) -> Option<String> {
    let list = format!("shape.{kind}");
    let shape = scene.banks.pick(&mut scene.rng, &list).to_owned();
    // In a shape `@` would become a letter.
    let at = if kind == "handle" { "@" } else { "" };
    (!shape.is_empty()).then(|| format!("{at}{}", scene.rng.shaped(&shape)))
}

fn facility(scene: &mut Scene<'_>, list: &str, out: &mut Marked) {
    let text = organisation(scene, list);
    out.id("FACILITY", &text);
}

fn street(scene: &mut Scene<'_>) -> String {
    let number = scene.rng.range(1, 19_999);
    let name = scene.banks.pick(&mut scene.rng, "place.street").to_owned();
    let whole = ["Route", "Road ", "Highway", "Market", "Rue", "Camino"].iter().any(|w| name.contains(w));
    let kinds = [
        "St", "Street", "Ave", "Avenue", "Rd", "Road", "Blvd", "Lane", "Ln", "Drive", "Dr.", "Court", "Ct", "Way",
        "Place", "Pl", "Circle", "Terrace", "Pkwy", "St.", "Trail", "Loop",
    ];
    let kind = if whole { String::new() } else { format!(" {}", scene.rng.of(&kinds)) };
    let compass = if scene.rng.chance(14) { scene.rng.of(&["N ", "S. ", "West ", "NE ", "E. ", "South "]) } else { "" };
    let inside = if scene.rng.chance(22) {
        let unit = scene.rng.of(&[
            ", Apt ##",
            ", Apt. #@",
            " #3##",
            ", Unit ##",
            " Apt #@",
            ", Suite #00",
            ", Ste ###",
            ", Lot ##",
        ]);
        scene.rng.shaped(unit)
    } else {
        String::new()
    };
    format!("{number} {compass}{name}{kind}{inside}")
}

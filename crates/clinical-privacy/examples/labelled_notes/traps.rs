//! Clinical values that look like identifiers and have to stay.

use crate::marked::Marked;
use crate::scene::Scene;

/// Writes a trap of a kind.
pub(crate) fn write(scene: &mut Scene<'_>, kind: &str, out: &mut Marked) {
    let word = |scene: &mut Scene<'_>, list: &str| scene.banks.pick(&mut scene.rng, list).to_owned();
    let (label, text) = match kind {
        "eponym" => ("EPONYM", word(scene, "trapword.eponym")),
        "sign" => ("EPONYM", word(scene, "trapword.sign")),
        "tool" => ("EPONYM", word(scene, "trapword.tool")),
        "drug" => ("DRUG", word(scene, "trapword.drug")),
        "test" => ("TEST", word(scene, "trapword.test")),
        "gene" => ("GENE", word(scene, "trapword.gene")),
        "code" => ("CODE", word(scene, "trapword.code")),
        "unit" => ("GENERIC_FACILITY", word(scene, "trapword.unit")),
        "rel" => ("RELATIVE_TIME", word(scene, "trapword.relative")),
        "score" => ("SCORE", word(scene, "trapword.score")),
        "drugdose" => {
            let drug = word(scene, "trapword.drug");
            out.trap("DRUG", &drug);
            out.push(" ");
            return write(scene, "dose", out);
        }
        _ => number(scene, kind),
    };
    out.trap(label, &text);
}

fn number(scene: &mut Scene<'_>, kind: &str) -> (&'static str, String) {
    let visit = scene.visit.parts().0;
    let rng = &mut scene.rng;
    match kind {
        "bp" => ("VITAL", format!("{}/{}", rng.range(88, 198), rng.range(48, 110))),
        "hr" => ("VITAL", rng.range(48, 140).to_string()),
        "temp" => ("VITAL", format!("{}.{}", rng.range(96, 103), rng.range(0, 9))),
        "spo2" => ("VITAL", format!("{}%", rng.range(84, 100))),
        "weight" => ("VITAL", format!("{} {}", rng.range(96, 310), rng.of(&["lbs", "lb", "pounds"]))),
        "lab" => {
            let value =
                rng.of(&["7.4", "138", "4.1", "0.9", "12/36", "13.2", "250", "9.8", "2.04", "1,240", "11-12", "101"]);
            ("LAB", value.to_owned())
        }
        "strength" => ("EXAM", rng.of(&["5/5", "4/5", "3/5", "4+/5", "2/5", "1/5"]).to_owned()),
        "vision" => ("EXAM", rng.of(&["20/20", "20/40", "20/200", "20/25", "20/30-2"]).to_owned()),
        "pain" => ("SCORE", format!("{}/10", rng.range(0, 10))),
        "murmur" => ("EXAM", rng.of(&["2/6", "3/6", "1/6", "II/VI", "4/6"]).to_owned()),
        "dose" => {
            let amount = rng.of(&[
                "5 mg",
                "10 mg",
                "81 mg",
                "500 mg",
                "0.5 mg",
                "20 mEq",
                "1/2 tab",
                "1-2 tabs",
                "10/325",
                "5/325 mg",
                "100 units/mL",
                "2.5-5 mg",
                "40 mg/0.4 mL",
                "875/125 mg",
                "800/160",
                "12/25 mg",
                "1 g",
                "7.5/325",
                "1000 mcg",
                "25-50 mg",
            ]);
            ("DOSE", amount.to_owned())
        }
        "duration" => {
            let span = rng.of(&[
                "2-3 days",
                "4-6 weeks",
                "10 days",
                "7-10 days",
                "3-6 months",
                "six weeks",
                "48-72 hours",
                "2 to 3 weeks",
            ]);
            ("RELATIVE_TIME", span.to_owned())
        }
        "spine" => (
            "SPINE",
            rng.of(&["L4-L5", "T12-L1", "L4/5", "C5-6", "C6/7", "L5-S1", "T11/12", "L2-3", "C3-C7"]).to_owned(),
        ),
        "gauge" => ("SIZE", rng.of(&["18-gauge", "22 gauge", "20G", "16 ga", "25-gauge", "18G x2"]).to_owned()),
        "fr" => ("SIZE", rng.of(&["16 Fr", "14 French", "18F", "8.5 French", "24 Fr", "6 French"]).to_owned()),
        "size" => {
            ("SIZE", rng.of(&["3 x 4 cm", "1.2 x 0.8 x 0.6 cm", "7.5 mm", "2.0/3.0 cm", "10 x 12 mm"]).to_owned())
        }
        "suture" => {
            ("SIZE", rng.of(&["4-0 Vicryl", "3-0 nylon", "2-0 silk", "5-0 Monocryl", "6-0 Prolene"]).to_owned())
        }
        "ratio" => (
            "RATIO",
            rng.of(&["1:10", "2:1", "10/90", "50/50", "3/4", "8/10", "12/12", "9/11", "1:320", "5/12"]).to_owned(),
        ),
        "year" => ("YEAR", rng.range(visit - 40, visit).to_string()),
        "preg" => ("SCORE", rng.of(&["G2P1", "G3P2002", "39w2d", "38 2/7 weeks", "40-1/7 weeks", "G1P0"]).to_owned()),
        _ => ("SCORE", rng.of(&["9/10", "15/15", "28/30", "3/10", "12/24", "6/6"]).to_owned()),
    }
}

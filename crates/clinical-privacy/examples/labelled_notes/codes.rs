//! Numbers, addresses of the network and other codes, in the shapes in which notes write them.

use crate::checksums::mend;
use crate::rng::Rng;

/// A telephone number.
pub(crate) fn phone(rng: &mut Rng) -> String {
    let (area, exchange, line) = (rng.range(201, 989), rng.range(200, 999), rng.range(0, 9999));
    match rng.below(14) {
        0..=2 => format!("({area}) {exchange}-{line:04}"),
        3..=5 => format!("{area}-{exchange}-{line:04}"),
        6 => format!("{area}.{exchange}.{line:04}"),
        7 => format!("+1 {area} {exchange} {line:04}"),
        8 => format!("1-{area}-{exchange}-{line:04}"),
        9 => format!("+1-{area}-{exchange}-{line:04}"),
        10 => format!("{area} {exchange} {line:04}"),
        11 => format!("({area}){exchange}-{line:04}"),
        12 => format!("{area}{exchange}{line:04}"),
        _ => format!("{area}/{exchange}-{line:04}"),
    }
}

/// A telephone number with an extension.
pub(crate) fn extended(rng: &mut Rng) -> String {
    let extension = rng.digits(4);
    format!("{}{}{extension}", phone(rng), rng.of(&[" ext. ", " x", " ext ", " extension ", ", ext. "]))
}

/// One code of a kind; `None` for a kind that is not known.
pub(crate) fn code(kind: &str, rng: &mut Rng) -> Option<(&'static str, String)> {
    let label = match kind {
        "phone" | "ext" | "pager" | "short" | "phonex" => "PHONE",
        "fax" => "FAX",
        "ssn" | "ssn4" => "SSN",
        "mrn" => "MRN",
        "plan" | "mbi" | "group" => "PLAN",
        "account" | "card" | "iban" => "ACCOUNT",
        "license" | "npi" | "dea" | "dl" | "passport" => "LICENSE",
        "vin" | "plate" => "VEHICLE",
        "serial" | "udi" | "pacer" | "mac" | "imei" => "DEVICE",
        "url" => "URL",
        "ip" | "ipv6" => "IP",
        "biometric" => "BIOMETRIC",
        "photo" => "PHOTO",
        "handle" | "accession" | "specimen" | "claim" | "trial" | "badge" | "uuid" | "order" | "case" => "OTHER_ID",
        _ => return None,
    };
    let shape = match kind {
        "phone" => return Some((label, phone(rng))),
        "phonex" => return Some((label, extended(rng))),
        "fax" => return Some((label, phone(rng))),
        // In a shape `@` would become a letter.
        "handle" => {
            let shape = rng.of(&["sunny_%%%", "runner.##", "gran_of_##", "The_Real_%%%%", "quiet%%##", "k%%_fit##"]);
            return Some((label, format!("@{}", rng.shaped(shape))));
        }
        "ip" => {
            let part = |rng: &mut Rng| rng.range(1, 254);
            return Some((label, format!("{}.{}.{}.{}", part(rng), part(rng), part(rng), part(rng))));
        }
        "ssn" => {
            let (a, b, c) = (rng.range(100, 665), rng.range(10, 99), rng.digits(4));
            let sep = rng.of(&["-", "-", "-", "-", " ", ""]);
            return Some((label, format!("{a}{sep}{b}{sep}{c}")));
        }
        "ext" => rng.of(&["####", "###", "#####"]),
        "short" => rng.of(&["555-####", "7##-####", "4##-####"]),
        "pager" => rng.of(&["####", "#####", "555-####", "(5##) 555-####"]),
        "ssn4" => "####",
        "mrn" => rng.of(&[
            "########",
            "#######",
            "###-##-##",
            "MR######",
            "E########",
            "##-##-##",
            "000######",
            "@@######",
            "#########",
        ]),
        "plan" => rng.of(&[
            "@@@#########",
            "W#########",
            "#########-01",
            "XJH###@#####",
            "H####-###-##",
            "@#########",
            "ZGP ### ### ###",
        ]),
        "mbi" => rng.of(&["1@*#-@*#-@@##", "2@*#@*#@@##", "4@*#-@*#-@@##"]),
        "group" => rng.of(&["######", "@@####", "#####-##", "GRP-####", "00######"]),
        "account" => rng.of(&["##########", "AC-########", "#######-##", "V#########", "####-####-###", "9000######"]),
        "card" => rng.of(&[
            "4### #### #### ####",
            "5### #### #### ####",
            "4###-####-####-####",
            "3### ###### #####",
            "4###############",
        ]),
        "iban" => rng.of(&["GB##@@@@##############", "DE## #### #### #### #### ##"]),
        "license" => rng.of(&["MD######", "@-#####", "RN-######", "###.######", "@@@#####", "##-####-@"]),
        "npi" => "1#########",
        "dea" => rng.of(&["B@#######", "F@#######", "A@#######", "M@#######"]),
        "dl" => rng.of(&["@#######", "@###-####-####", "########", "@@######@", "@## ### ### ###"]),
        "passport" => rng.of(&["#########", "@########", "C0#######", "5########"]),
        "vin" => rng.of(&["1HG@@#####@######", "WBA@@###X#@######", "JT#@@###*#*######", "5YJ@####*#@######"]),
        "plate" => rng.of(&["#@@@###", "@@@-####", "@@@ ###", "###-@@@", "@@#-##@"]),
        "serial" => rng.of(&[
            "SN########",
            "@@#########",
            "##-#####-@",
            "PJN######@",
            "@#####-####",
            "BLC######@",
            "########",
            "@@@-##-#####",
        ]),
        "udi" => rng.of(&["(01)00########05##(17)2#0###(10)@####(21)######", "(01)0088########17(21)@@######"]),
        "pacer" => rng.of(&["PJN#######", "RNB######@", "BLC######", "ZLE######", "#######S", "JY@######"]),
        "mac" => rng.of(&["%%:%%:%%:%%:%%:%%", "00-1A-#%-%%-%%-%%", "A4:##:%%:%%:%%:##"]),
        "imei" => "35#############",
        "url" => rng.of(&[
            "https://portal.northlakehealth.example/p/%%%%%##",
            "www.familyblog-%%%%.com/mom",
            "http://myphotos.example.org/u/####%%",
            "https://www.gofundme.com/f/help-%%%%##",
            "facebook.com/profile.php?id=1000########",
            "instagram.com/the_%%%%_fam",
            "https://zoom.us/j/9##########?pwd=%%%%%%",
            "linkedin.com/in/%%%%-####",
            "www.caringbridge.org/visit/%%%%%%",
        ]),
        "ipv6" => rng.of(&[
            "2001:db8:%%%%:%%%%::%%%%",
            "fe80::%%%%:%%ff:fe%%:%%%%",
            "2600:1f18:%%%%:%%%%:%%%%:%%%%:%%%%:%%%%",
            "2001:0db8::#",
        ]),
        "biometric" => {
            rng.of(&["FP-########", "IRIS-%%%%-%%%%", "VP########", "bio:%%%%%%%%%%%%", "RET-#####-@", "FPT_####%%%%"])
        }
        "photo" => rng.of(&[
            "IMG_####.jpg",
            "DSC0####.JPG",
            "face_%%%%##.png",
            "wound_face_0#.jpeg",
            "pt_photo_########.jpg",
            "headshot-####.tiff",
            "frontal_view_%%%%.heic",
        ]),
        "accession" => rng.of(&[
            "S##-#####",
            "##-@@-######",
            "ACC########",
            "@##-####",
            "RAD-########",
            "##########",
            "CYT-##-####",
        ]),
        "specimen" => rng.of(&["SP-##-#####", "##:@#####", "B####-##", "SPC########", "@##########"]),
        "claim" => rng.of(&["CLM-########", "##########-##", "WC###-######", "@@@##########", "2024########"]),
        "trial" => rng.of(&["0##-0##", "SUBJ-####", "P-####-###"]),
        "badge" => rng.of(&["#####", "E#####", "emp######"]),
        "order" => rng.of(&["ORD-#########", "RX#######", "Rx #######-##", "#########"]),
        "case" => rng.of(&["##-CV-#####", "CPS-####-####", "2#-######", "ME-##-####", "#######"]),
        _ => "%%%%%%%%-%%%%-4%%%-a%%%-%%%%%%%%%%%%",
    };
    // A shape that starts with a nought would be odd for a bare number, so it is moved up.
    let text = rng.shaped(shape);
    let text = if shape.starts_with('#') && text.starts_with('0') { format!("7{}", &text[1..]) } else { text };
    Some((label, mend(kind, text, rng)))
}

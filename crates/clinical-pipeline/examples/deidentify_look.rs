use clinical_pipeline::*;
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let b = std::fs::read(&a[1]).unwrap();
    let policy = Policy::named(&a[2]).unwrap();
    let secret = if policy == Policy::Surrogate { &b"0123456789abcdef"[..] } else { b"" };
    let o = DeidentifyOptions { secret: Phi::new(secret), ..DeidentifyOptions::of(policy) };
    let t = std::time::Instant::now();
    let d = deidentify(&Input::new(&b, Label::Unknown), &o).unwrap();
    eprintln!("{} {} ms {:?}", d.format, t.elapsed().as_millis(), d.counts);
    if a.get(3).is_some_and(|x| x == "list") { for r in &d.removed { eprintln!("{:?} {} {} | {}", r.place, r.kind, r.reason.as_str(), String::from_utf8_lossy(&b[r.bytes.0..r.bytes.1.min(r.bytes.0+60)])); } }
    use std::io::Write; std::io::stdout().write_all(d.bytes.expose()).unwrap();
}

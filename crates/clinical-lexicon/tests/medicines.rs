//! Medicines are found in the names that real records give them.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use clinical_lexicon::Lexicon;

fn found(name: &str) -> Vec<&'static str> {
    Lexicon::english().unwrap().medicines(name).iter().map(|hit| hit.words.name).collect()
}

#[test]
fn one_ingredient_with_strength_form_and_brand() {
    for (name, ingredient) in [
        ("24 HR metoprolol succinate 100 MG Extended Release Oral Tablet [Toprol]", "metoprolol"),
        ("insulin glargine 100 UNT/ML", "insulin glargine"),
        ("NDA020800 0.3 ML Epinephrine 1 MG/ML Auto-Injector", "epinephrine"),
        ("Vitamin B 12 5 MG/ML Injectable Solution", "cyanocobalamin"),
        ("ferrous sulfate 325 MG Oral Tablet", "ferrous sulfate"),
        ("Sodium chloride 0.9%", "sodium chloride"),
        ("Simvastatin 10 MG", "simvastatin"),
    ] {
        assert_eq!(found(name), [ingredient], "{name}");
    }
}

#[test]
fn a_salt_beside_its_ingredient_is_not_a_medicine() {
    assert_eq!(found("Naproxen sodium 220 MG Oral Tablet"), ["naproxen"]);
    assert_eq!(found("Penicillin V Potassium 250 MG Oral Tablet"), ["penicillin V"]);
    assert_eq!(found("atorvastatin (as calcium) 10 MG"), ["atorvastatin"]);
    assert_eq!(found("Potassium chloride 20 MEQ"), ["potassium chloride"]);
    assert_eq!(found("Naproxen 500 MG / zinc 10 MG"), ["naproxen", "zinc sulfate"]);
}

#[test]
fn a_combination_is_found_by_its_ingredients_in_any_order_and_by_its_brand() {
    let whole = found("lisinopril-hydrochlorothiazide");
    assert_eq!(whole.len(), 1);
    assert!(whole[0].contains("lisinopril") && whole[0].contains("hydrochlorothiazide"), "{whole:?}");
    for name in ["Hydrochlorothiazide 12.5 MG / Lisinopril 10 MG Oral Tablet", "Zestoretic 10-12.5"] {
        assert_eq!(found(name), whole, "{name}");
    }
    let whole = found("Amoxicillin 250 MG / Clavulanate 125 MG Oral Tablet");
    assert_eq!(whole.len(), 1);
    assert_eq!(found("Amoxicillin 250 MG / Clavulanate 125 MG Oral Tablet [Augmentin]"), whole);
    assert_eq!(found("amoxicillin 875 mg-clavulanate potassium 125 mg tablet"), whole);
}

#[test]
fn a_salt_can_be_an_ingredient() {
    assert_eq!(found("Calcium 600 MG / Vitamin D 400 UNT"), ["calcium and vitamin D"]);
    assert_eq!(found("Iron 65 MG"), ["iron"]);
}

#[test]
fn ingredients_without_an_entry_of_their_combination_are_all_found() {
    assert_eq!(found("simvastatin 10 MG / aspirin 81 MG"), ["simvastatin", "aspirin"]);
}

#[test]
fn a_device_or_a_product_without_the_ingredient_is_not_the_medicine() {
    assert_eq!(found("Blood glucose test strips"), [""; 0]);
    assert_eq!(found("insulin syringe 1 ML 31 gauge"), [""; 0]);
    assert_eq!(found("multivitamin without iron"), ["multivitamin"]);
    assert_eq!(found("albuterol 90 mcg INH"), ["albuterol"]);
    assert_eq!(found("Tylenol PM"), found("diphenhydramine 25 MG / acetaminophen 500 MG"));
}

#[test]
fn a_misspelt_or_unknown_name_finds_nothing() {
    for name in ["Simvistatin 10 MG", "", "   ", "Oral Tablet", "10 MG", "Little Pink Pill", "aspirinlike"] {
        assert_eq!(found(name), [""; 0], "{name}");
    }
}

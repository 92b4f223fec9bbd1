//! The table as it stands in the repository.

use super::load::load;
use super::*;

/// FNV-1a: enough to see that the table is the one that was looked at.
fn digest(text: &str) -> u64 {
    text.bytes().fold(0xCBF2_9CE4_8422_2325, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}

#[test]
fn the_table_is_the_one_that_was_compared_with_the_official_package() {
    assert_eq!(TABLE.len(), 322_181);
    assert_eq!(digest(TABLE), 17_953_763_899_980_596_641);
}

#[test]
fn the_table_is_read_whole() {
    assert_eq!(load(TABLE).err(), None);
    let all = r4();
    let count = |sort| all.definitions.iter().filter(|d| d.sort == sort).count();
    // 148 names of the specification, of which Resource and DomainResource have no instances.
    assert_eq!(count(Sort::Resource), 146);
    assert_eq!(count(Sort::Complex), 41);
    assert_eq!(count(Sort::Backbone), 473);
    assert_eq!(all.elements.len(), 8195);
    assert_eq!(all.constraints.len(), 241);
    assert_eq!(all.sets.len(), 300);
    assert_eq!(all.sets.iter().flat_map(|set| &set.systems).map(|(_, codes)| codes.len()).sum::<usize>(), 3147);
    assert_eq!(all.extensions.len(), 393);
    assert_eq!(all.profiles.len(), 46);
}

#[test]
fn every_element_is_found_by_its_name() {
    for definition in &r4().definitions {
        let id = r4().named(definition.path).expect("a type is found by its path");
        assert_eq!(r4().definition(id).path, definition.path);
        for element in r4().elements(id) {
            let found = r4().element(id, element.name).expect("an element is found by its name");
            assert!(std::ptr::eq(found, element), "{}.{}", definition.path, element.name);
        }
        assert!(r4().element(id, "noSuchElement").is_none());
    }
}

#[test]
fn codes_and_profiles_are_sorted_for_the_search() {
    for set in &r4().sets {
        for (_, codes) in &set.systems {
            assert!(codes.is_sorted(), "{}", set.url);
        }
    }
    assert!(r4().profiles.is_sorted());
}

#[test]
fn a_damaged_table_is_refused_with_its_line() {
    let lines = TABLE.lines().count();
    let with = |more: &str| String::leak(format!("{TABLE}{more}"));
    let bad = |more: &str| load(with(more)).err().map(|bad| bad.line);
    assert_eq!(bad("T\tc\tNew\tElement\t\nx1\tstring\t?\n"), None);
    assert_eq!(bad("T\tc\tNew\tElement\t\nx1\tnoSuchType\t?\n"), Some(lines + 2));
    assert_eq!(bad("T\tz\tNew\tElement\t\n"), Some(lines + 1));
    assert_eq!(bad("T\tc\tNew\tElement\t\nx1\tstring\t?\tb9999r\n"), Some(lines + 2));
    assert!(load("").is_ok_and(|all| all.resource("Patient").is_none()));
}

#[test]
fn targets_bindings_and_extensions_are_as_the_specification_says() {
    let observation = r4().resource("Observation").expect("a resource");
    let status = r4().element(observation, "status").expect("an element");
    let set = status.binding.and_then(|binding| r4().set(binding)).expect("a binding");
    assert!(set.has_code("final") && !set.has_code("done"));
    let encounter = r4().element(observation, "encounter").expect("an element");
    assert_eq!(r4().targets(encounter), ["Encounter"]);
    let value = r4().element(observation, "valueQuantity").expect("a type of a choice");
    assert_eq!((value.choice, value.is_array), ("value", false));
    let url = "http://hl7.org/fhir/StructureDefinition/patient-nationality";
    let nationality = r4().extension(url).expect("an extension");
    assert_eq!(nationality.contexts, ["Patient"]);
    assert_eq!(nationality.inner.iter().map(|inner| inner.url).collect::<Vec<_>>(), ["code", "period"]);
}

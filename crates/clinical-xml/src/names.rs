//! Names that may be repeated when the place of something is told.
//!
//! The name of an element is text of the document like any other: a program that writes `<Smith>` has put a patient
//! there. A place that goes to a finding, an error or a log therefore names only what stands here: the elements and
//! attributes of CDA R2 (2005) with the data types and the narrative block, and those of the extensions that C-CDA
//! uses (`sdtc`).

use crate::same_name;

/// Whether the local name of an element or attribute is one of CDA's.
#[must_use]
pub fn is_listed(name: &str) -> bool {
    // Asked one by one among those of the same first letter, most are told from it by their lengths.
    let first = name.as_bytes().first();
    let begin = NAMES.partition_point(|known| known.as_bytes().first() < first);
    let alike = NAMES.iter().skip(begin).take_while(|known| known.as_bytes().first() == first);
    first.is_some() && alike.into_iter().any(|known| same_name(known, name))
}

/// Elements and attributes, sorted.
#[rustfmt::skip]
const NAMES: &[&str] = &[
    "ClinicalDocument", "ID", "IDREF", "abbr", "act", "actReference", "additionalLocator", "addr",
    "administrationUnitCode", "administrativeGenderCode", "align", "alignment", "alignmentType",
    "alternateIdentification", "approachSiteCode", "asContent", "asMaintainedEntity", "asOrganizationPartOf",
    "asPatientRelationship", "asSpecializedKind", "asSpecimen", "assignedAuthor", "assignedAuthoringDevice",
    "assignedCustodian", "assignedEntity", "assignedPerson", "assigningAuthorityName", "associatedCode",
    "associatedEntity", "associatedPerson", "authenticator", "author", "authorization", "axis",
    "barrierDeltaQuantity", "base", "birthTime", "birthplace", "border", "bottomDeltaQuantity", "br",
    "buildingNumberSuffix", "capTypeCode", "capacityQuantity", "caption", "careOf", "category", "cellpadding",
    "cellspacing", "censusTract", "center", "char", "charoff", "charset", "city", "classCode", "code", "codeSystem",
    "codeSystemName", "codeSystemVersion", "col", "colgroup", "colspan", "comp", "component", "componentOf",
    "compression", "confidentialityCode", "consent", "consumable", "containerPackagedMedicine",
    "containerPackagedProduct", "content", "contextConductionInd", "contextControlCode", "copyTime", "country",
    "county", "criterion", "criticalityCode", "currency", "custodian", "dataEnterer", "deceasedInd", "deceasedTime",
    "delimiter", "deliveryAddressLine", "deliveryInstallationArea", "deliveryInstallationQualifier",
    "deliveryInstallationType", "deliveryMode", "deliveryModeIdentifier", "denominator", "derivationExpr", "desc",
    "determinerCode", "diameterQuantity", "digits", "direction", "dischargeDispositionCode", "displayName",
    "displayable", "distributionType", "documentationOf", "doseQuantity", "drug", "effectiveTime", "encoding",
    "encompassingEncounter", "encounter", "encounterCode", "encounterParticipant", "entry", "entryRelationship",
    "ethnicGroupCode", "event", "expectedUseTime", "expirationTime", "extension", "externalAct", "externalDocument",
    "externalObservation", "externalProcedure", "family", "footnote", "footnoteRef", "formCode", "frame", "frequency",
    "functionCode", "generalizedMedicineClass", "genericDrug", "given", "guardian", "guardianOrganization",
    "guardianPerson", "handlingCode", "head", "headers", "healthCareFacility", "heightQuantity", "high",
    "houseNumber", "houseNumberNumeric", "href", "id", "identifiedBy", "inFulfillmentOf", "inFulfillmentOf1",
    "inclusive", "increment", "independentInd", "indication", "informant", "informationRecipient", "ingredient",
    "ingredientQuantity", "institutionSpecified", "integrityCheck", "integrityCheckAlgorithm", "intendedRecipient",
    "interpretationCode", "inversionInd", "item", "key", "lang", "language", "languageCode", "languageCommunication",
    "legalAuthenticator", "linkHtml", "list", "listType", "location", "lotNumberText", "low", "maintainingPerson",
    "manufacturedLabeledDrug", "manufacturedMaterial", "manufacturedProduct", "manufacturerModelName",
    "manufacturerOrganization", "map", "maritalStatusCode", "maxDoseQuantity", "mediaType", "methodCode", "modeCode",
    "moodCode", "multipleBirthInd", "multipleBirthOrderNumber", "name", "near", "negationInd", "nil",
    "noNamespaceSchemaLocation", "nonXMLBody", "nullFlavor", "numerator", "observation", "observationMedia",
    "observationRange", "offset", "operator", "order", "organizer", "origin", "originalText", "paragraph",
    "parentDocument", "part", "partType", "participant", "participantRole", "patient", "patientRelationship",
    "patientRole", "performer", "period", "phase", "place", "playingDevice", "playingEntity", "postBox", "postalCode",
    "precinct", "precondition", "precondition1", "precondition2", "preferenceInd", "prefix", "priorityCode",
    "probability", "procedure", "product", "proficiencyLevelCode", "providerOrganization", "qualifier", "quantity",
    "quantityNumber", "raceCode", "rateQuantity", "realmCode", "reason", "receivedOrganization", "recordTarget",
    "ref", "reference", "referenceRange", "referencedObject", "regionOfInterest", "rel", "relatedDocument",
    "relatedEntity", "relatedPerson", "relatedSubject", "religiousAffiliationCode", "renderMultiMedia",
    "repeatNumber", "representation", "representedCustodianOrganization", "representedOrganization",
    "responsibleParty", "rev", "revised", "root", "routeCode", "rowspan", "rules", "scale", "schemaLocation", "scope",
    "scopingEntity", "scopingOrganization", "sdtc", "section", "separatableInd", "separatorTypeCode",
    "seperatableInd", "sequenceNumber", "serviceEvent", "serviceProviderOrganization", "setId", "signatureCode",
    "signatureText", "softwareName", "space", "span", "specialty", "specimen", "specimenPlayingEntity",
    "specimenRole", "standardIndustryClassCode", "standardOf", "state", "statusCode", "streetAddressLine",
    "streetName", "streetNameBase", "streetNameType", "structuredBody", "styleCode", "sub", "subject", "subject1",
    "subject2", "subject3", "substanceAdministration", "suffix", "summary", "sup", "supply", "table",
    "targetSiteCode", "tbody", "td", "telecom", "templateId", "text", "tfoot", "th", "thead", "thumbnail", "time",
    "title", "tr", "translation", "type", "typeCode", "typeId", "unit", "unitID", "unitType", "unsorted", "use",
    "useablePeriod", "validTime", "validTimeHigh", "validTimeLow", "valign", "value", "valueSet", "valueSetVersion",
    "versionNumber", "wholeOrganization", "width",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_without_doubles() {
        assert!(NAMES.is_sorted_by(|a, b| a < b));
        assert!(NAMES.iter().all(|name| is_listed(name) && !is_listed(&format!("{name}-"))));
    }

    #[test]
    fn a_name_of_a_person_is_not_listed() {
        for name in ["", "Smith", "JohnSmith", "john", "grace", "rose", "may", "MRN123", "Section", "section "] {
            assert!(!is_listed(name), "{name}");
        }
        assert!(["ClinicalDocument", "substanceAdministration", "nullFlavor", "td"].iter().all(|n| is_listed(n)));
    }
}

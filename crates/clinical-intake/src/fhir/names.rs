//! Names that may be repeated when the place of something is told.
//!
//! The name of a member is text of the document like any other: a program that writes `{"Smith, John": …}` has put a
//! patient there. A place that goes to a finding, an error or a log therefore names only what stands here. What the
//! readers ask for must stand here (the test below holds it); the rest is common elements of R4.

/// The element of this name, as our own text.
pub(super) fn element(name: &str) -> Option<&'static str> {
    ELEMENTS.binary_search(&name).ok().map(|at| ELEMENTS[at])
}

/// The type of resource of this name, as our own text.
pub(super) fn resource(name: &str) -> Option<&'static str> {
    RESOURCES.binary_search(&name).ok().map(|at| RESOURCES[at])
}

/// Elements, sorted.
#[rustfmt::skip]
const ELEMENTS: &[&str] = &[
    "abatementAge", "abatementBoolean", "abatementDateTime", "abatementPeriod", "abatementRange", "abatementString",
    "achievementStatus", "active", "activity", "actor", "additionalInstruction", "address", "age", "answer",
    "appliesTo", "appointmentType", "asNeeded", "asNeededBoolean", "asNeededCodeableConcept", "asNeededFor",
    "asserter", "assigner", "attachment", "author", "authored", "authoredOn", "basedOn", "birthDate", "bodySite",
    "bodyStructure", "boundsDuration", "boundsPeriod", "boundsRange", "category", "city", "class", "clinicalStatus",
    "code", "coding", "comment", "communication", "comparator", "component", "concept", "conclusion", "conclusionCode",
    "condition", "confidentiality", "contact", "contained", "content", "contentType", "count", "countMax", "country",
    "created", "criticality", "custodian", "data", "dataAbsentReason", "date", "dateAsserted", "dayOfWeek",
    "deceasedBoolean", "deceasedDateTime", "definition", "denominator", "description", "detail", "diagnosis",
    "diagnostics", "dispenseRequest", "display", "district", "div", "doNotPerform", "docStatus", "dosage",
    "dosageInstruction", "doseAndRate", "doseNumberPositiveInt", "doseNumberString", "doseQuantity", "doseRange",
    "dueDate", "duration", "durationUnit", "effectiveDateTime", "effectiveInstant", "effectivePeriod", "encounter",
    "end", "entry", "etag", "event", "expirationDate", "expression", "extension", "family", "focus", "frequency",
    "frequencyMax", "fullUrl", "gender", "generalPractitioner", "given", "goal", "hasMember", "high",
    "hospitalization", "id", "identifier", "implicitRules", "individual", "ingredient", "intent", "interpretation",
    "issue", "issued", "itemCodeableConcept", "itemReference", "language", "lastModified", "lastUpdated",
    "lifecycleStatus", "line", "link", "linkId", "location", "lotNumber", "low", "managingOrganization",
    "manifestation", "manufacturer", "maritalStatus", "maxDosePerAdministration", "maxDosePerLifetime",
    "maxDosePerPeriod", "medication", "medicationCodeableConcept", "medicationReference", "meta", "method", "mode",
    "modifierExtension", "multipleBirthBoolean", "multipleBirthInteger", "name", "note", "numerator",
    "occurrenceDateTime", "occurrencePeriod", "occurrenceString", "offset", "onsetAge", "onsetDateTime",
    "onsetPeriod", "onsetRange", "onsetString", "origin", "outcome", "parameter", "part", "partOf", "participant",
    "patient", "patientInstruction", "performedDateTime", "performedPeriod", "performedString", "performer", "period",
    "periodMax", "periodUnit", "phone", "photo", "plan", "postalCode", "practitioner", "prefix", "preparation",
    "presentedForm", "priority", "profile", "protocolApplied", "qualification", "question", "rank", "rateQuantity",
    "rateRange", "rateRatio", "reaction", "reasonCode", "reasonReference", "recordedDate", "recorder", "reference",
    "referenceRange", "referral", "relation", "repeat", "reportedBoolean", "reportedReference", "request",
    "requestedPeriod", "requester", "resource", "resourceType", "response", "result", "route", "search", "section",
    "security", "sequence", "serviceProvider", "serviceType", "severity", "signature", "site", "source", "specimen",
    "start", "state", "status", "statusReason", "stop", "subject", "substance", "suffix", "supportingInfo", "system",
    "tag", "target", "team", "telecom", "text", "timeOfDay", "timestamp", "timing", "title", "total", "type", "unit",
    "url", "use", "vaccineCode", "validityPeriod", "value", "valueBoolean", "valueCode", "valueCodeableConcept",
    "valueCoding", "valueDate", "valueDateTime", "valueDecimal", "valueInteger", "valuePeriod", "valueQuantity",
    "valueRange", "valueRatio", "valueReference", "valueString", "valueTime", "valueUri", "verificationStatus",
    "version", "versionId", "when",
];

/// Types of resource of R4 (4.0.1), sorted.
#[rustfmt::skip]
const RESOURCES: &[&str] = &[
    "Account", "ActivityDefinition", "AdverseEvent", "AllergyIntolerance", "Appointment", "AppointmentResponse",
    "AuditEvent", "Basic", "Binary", "BiologicallyDerivedProduct", "BodyStructure", "Bundle", "CapabilityStatement",
    "CarePlan", "CareTeam", "CatalogEntry", "ChargeItem", "ChargeItemDefinition", "Claim", "ClaimResponse",
    "ClinicalImpression", "CodeSystem", "Communication", "CommunicationRequest", "CompartmentDefinition",
    "Composition", "ConceptMap", "Condition", "Consent", "Contract", "Coverage", "CoverageEligibilityRequest",
    "CoverageEligibilityResponse", "DetectedIssue", "Device", "DeviceDefinition", "DeviceMetric", "DeviceRequest",
    "DeviceUseStatement", "DiagnosticReport", "DocumentManifest", "DocumentReference", "EffectEvidenceSynthesis",
    "Encounter", "Endpoint", "EnrollmentRequest", "EnrollmentResponse", "EpisodeOfCare", "EventDefinition",
    "Evidence", "EvidenceVariable", "ExampleScenario", "ExplanationOfBenefit", "FamilyMemberHistory", "Flag", "Goal",
    "GraphDefinition", "Group", "GuidanceResponse", "HealthcareService", "ImagingStudy", "Immunization",
    "ImmunizationEvaluation", "ImmunizationRecommendation", "ImplementationGuide", "InsurancePlan", "Invoice",
    "Library", "Linkage", "List", "Location", "Measure", "MeasureReport", "Media", "Medication",
    "MedicationAdministration", "MedicationDispense", "MedicationKnowledge", "MedicationRequest",
    "MedicationStatement", "MedicinalProduct", "MedicinalProductAuthorization", "MedicinalProductContraindication",
    "MedicinalProductIndication", "MedicinalProductIngredient", "MedicinalProductInteraction",
    "MedicinalProductManufactured", "MedicinalProductPackaged", "MedicinalProductPharmaceutical",
    "MedicinalProductUndesirableEffect", "MessageDefinition", "MessageHeader", "MolecularSequence", "NamingSystem",
    "NutritionOrder", "Observation", "ObservationDefinition", "OperationDefinition", "OperationOutcome",
    "Organization", "OrganizationAffiliation", "Parameters", "Patient", "PaymentNotice", "PaymentReconciliation",
    "Person", "PlanDefinition", "Practitioner", "PractitionerRole", "Procedure", "Provenance", "Questionnaire",
    "QuestionnaireResponse", "RelatedPerson", "RequestGroup", "ResearchDefinition", "ResearchElementDefinition",
    "ResearchStudy", "ResearchSubject", "RiskAssessment", "RiskEvidenceSynthesis", "Schedule", "SearchParameter",
    "ServiceRequest", "Slot", "Specimen", "SpecimenDefinition", "StructureDefinition", "StructureMap", "Subscription",
    "Substance", "SubstanceNucleicAcid", "SubstancePolymer", "SubstanceProtein", "SubstanceReferenceInformation",
    "SubstanceSourceMaterial", "SubstanceSpecification", "SupplyDelivery", "SupplyRequest", "Task",
    "TerminologyCapabilities", "TestReport", "TestScript", "ValueSet", "VerificationResult", "VisionPrescription",
];

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "a test that reads the project's own files")]

    use super::*;
    use std::fs;
    use std::path::Path;

    #[test]
    fn tables_are_sorted() {
        assert!(ELEMENTS.is_sorted_by(|a, b| a < b) && RESOURCES.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn what_a_reader_asks_for_can_be_named() {
        let mut asked = 0;
        for file in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/fhir")).unwrap() {
            let path = file.unwrap().path();
            let code = fs::read_to_string(&path).unwrap();
            for call in ["get(\"", "key_is(\"", "member(m, \"", "member(node, \""] {
                for name in code.split(call).skip(1).filter_map(|rest| rest.split('"').next()) {
                    if name.bytes().all(|b| b.is_ascii_alphabetic()) && !name.is_empty() {
                        assert_eq!(element(name), Some(name), "{} asks for {name}", path.display());
                        asked += 1;
                    }
                }
            }
        }
        assert!(asked > 50);
    }

    #[test]
    fn a_name_of_a_person_is_not_an_element() {
        for name in ["", "Smith", "JohnSmith", "john", "grace", "Grace", "rose", "will", "may", "MRN123", "name "] {
            assert_eq!((element(name), resource(name)), (None, None), "{name}");
        }
    }
}

//! What the packs leave out, written by hand from the specification.
//!
//! Sets that are open by nature (media types, UCUM, languages) are a rule instead of a list; the name after `@` is
//! known to clinical-validate.

/// A value set written by hand.
pub struct Set {
    pub url: &'static str,
    /// A rule (`@mimetype`), or nothing where the codes below are all.
    pub rule: &'static str,
    /// System and codes.
    pub systems: &'static [(&'static str, &'static str)],
}

/// `preferred`, with every language of BCP 47 as the maximum.
pub const LANGUAGES: &str = "http://hl7.org/fhir/ValueSet/languages";

/// The sets, by url without version.
pub const SETS: &[Set] = &[
    Set { url: "http://hl7.org/fhir/ValueSet/mimetypes", rule: "@mimetype", systems: &[("urn:ietf:bcp:13", "")] },
    Set { url: LANGUAGES, rule: "@language", systems: &[("urn:ietf:bcp:47", "")] },
    Set {
        url: "http://hl7.org/fhir/ValueSet/ucum-units",
        rule: "@ucum",
        systems: &[("http://unitsofmeasure.org", "")],
    },
    Set { url: "http://loinc.org/vs/LL379-9", rule: "@loinc-answer", systems: &[("http://loinc.org", "")] },
    Set {
        url: "http://terminology.hl7.org/ValueSet/v3-ConfidentialityClassification",
        rule: "",
        systems: &[("http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "L M N R U V")],
    },
    Set {
        url: "http://hl7.org/fhir/ValueSet/units-of-time",
        rule: "",
        systems: &[("http://unitsofmeasure.org", "a d h min mo s wk")],
    },
    Set {
        url: "http://hl7.org/fhir/ValueSet/event-timing",
        rule: "",
        systems: &[
            (
                "http://hl7.org/fhir/event-timing",
                "AFT AFT.early AFT.late EVE EVE.early EVE.late MORN MORN.early MORN.late NIGHT NOON PHS",
            ),
            (
                "http://terminology.hl7.org/CodeSystem/v3-TimingEvent",
                "AC ACD ACM ACV C CD CM CV HS PC PCD PCM PCV WAKE",
            ),
        ],
    },
    // Of v3 and of the ISO 21090 extensions.
    Set {
        url: "http://hl7.org/fhir/ValueSet/name-v3-representation",
        rule: "",
        systems: &[("http://terminology.hl7.org/CodeSystem/v3-EntityNameUse", "ABC IDE SYL")],
    },
    Set {
        url: "http://terminology.hl7.org/ValueSet/v3-NullFlavor",
        rule: "",
        systems: &[(
            "http://terminology.hl7.org/CodeSystem/v3-NullFlavor",
            "ASKU DER INV MSK NA NASK NAV NAVU NI NINF NP OTH PINF QS TRC UNC UNK",
        )],
    },
    // ISO 4217, active codes and those that left the list since 2000 and may stand in old claims.
    Set {
        url: "http://hl7.org/fhir/ValueSet/currencies",
        rule: "",
        systems: &[(
            "urn:iso:std:iso:4217",
            "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BYR \
             BZD CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP \
             GBP GEL GGP GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS IMP INR IQD IRR ISK JEP JMD JOD JPY KES \
             KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LTL LVL LYD MAD MDL MGA MKD MMK MNT MOP MRO MRU MUR \
             MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR \
             SBD SCR SDG SEK SGD SHP SLE SLL SOS SPL SRD SSP STD STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TVD TWD \
             TZS UAH UGX USD USN UYI UYU UYW UZS VED VEF VES VND VUV WST XAF XAG XAU XBA XBB XBC XBD XCD XDR XOF XPD \
             XPF XPT XSU XTS XUA XXX YER ZAR ZMW ZWL",
        )],
    },
];

/// Sets that are required and whose code system goes on growing outside of the specification: R4 lists the work groups
/// of 2019.
pub const GROWING: &[&str] = &["http://hl7.org/fhir/ValueSet/hl7-work-group"];

/// Extensions that may only stand in `modifierExtension`: `isModifier` of the extension's root in the definitions,
/// which the pack leaves out.
pub const MODIFIERS: &[&str] = &[
    "http://hl7.org/fhir/StructureDefinition/request-doNotPerform",
    "http://hl7.org/fhir/StructureDefinition/capabilitystatement-prohibited",
];

/// Places where the specification's own definitions use an extension beside those that its definition lists.
pub const CONTEXTS: &[(&str, &str)] = &[
    ("http://hl7.org/fhir/StructureDefinition/regex", "ElementDefinition.type"),
    ("http://hl7.org/fhir/StructureDefinition/regex", "ElementDefinition.type.code"),
    ("http://hl7.org/fhir/StructureDefinition/structuredefinition-fhir-type", "ElementDefinition.type"),
    ("http://hl7.org/fhir/StructureDefinition/structuredefinition-normative-version", "CodeSystem"),
    ("http://hl7.org/fhir/StructureDefinition/structuredefinition-normative-version", "ElementDefinition"),
    ("http://hl7.org/fhir/StructureDefinition/structuredefinition-normative-version", "OperationDefinition"),
    ("http://hl7.org/fhir/StructureDefinition/structuredefinition-normative-version", "ValueSet"),
    ("http://hl7.org/fhir/StructureDefinition/valueset-concept-comments", "CodeSystem.concept"),
];

/// Elements whose type is the profile SimpleQuantity, which the pack gives as Quantity (the pages of the types say so).
pub const SIMPLE_QUANTITIES: &[&str] = &[
    "ActivityDefinition.quantity",
    "CarePlan.activity.detail.dailyAmount",
    "CarePlan.activity.detail.quantity",
    "Claim.item.detail.quantity",
    "Claim.item.detail.subDetail.quantity",
    "Claim.item.quantity",
    "ClaimResponse.addItem.detail.quantity",
    "ClaimResponse.addItem.detail.subDetail.quantity",
    "ClaimResponse.addItem.quantity",
    "Contract.term.asset.valuedItem.quantity",
    "Coverage.costToBeneficiary.value",
    "CoverageEligibilityRequest.item.quantity",
    "Dosage.doseAndRate.dose",
    "Dosage.doseAndRate.rate",
    "Dosage.maxDosePerAdministration",
    "Dosage.maxDosePerLifetime",
    "ExplanationOfBenefit.addItem.detail.quantity",
    "ExplanationOfBenefit.addItem.detail.subDetail.quantity",
    "ExplanationOfBenefit.addItem.quantity",
    "ExplanationOfBenefit.item.detail.quantity",
    "ExplanationOfBenefit.item.detail.subDetail.quantity",
    "ExplanationOfBenefit.item.quantity",
    "Immunization.doseQuantity",
    "MedicationAdministration.dosage.dose",
    "MedicationAdministration.dosage.rate",
    "MedicationDispense.daysSupply",
    "MedicationDispense.quantity",
    "MedicationKnowledge.administrationGuidelines.patientCharacteristics.characteristic",
    "MedicationKnowledge.amount",
    "MedicationKnowledge.drugCharacteristic.value",
    "MedicationKnowledge.kinetics.areaUnderCurve",
    "MedicationKnowledge.kinetics.lethalDose50",
    "MedicationKnowledge.packaging.quantity",
    "MedicationKnowledge.regulatory.maxDispense.quantity",
    "MedicationRequest.dispenseRequest.initialFill.quantity",
    "MedicationRequest.dispenseRequest.quantity",
    "NutritionOrder.enteralFormula.administration.quantity",
    "NutritionOrder.enteralFormula.administration.rate",
    "NutritionOrder.enteralFormula.caloricDensity",
    "NutritionOrder.enteralFormula.maxVolumeToDeliver",
    "NutritionOrder.oralDiet.nutrient.amount",
    "NutritionOrder.supplement.quantity",
    "Observation.referenceRange.high",
    "Observation.referenceRange.low",
    "Range.high",
    "Range.low",
    "SampledData.origin",
    "Specimen.collection.quantity",
    "Specimen.container.capacity",
    "Specimen.container.specimenQuantity",
    "SpecimenDefinition.typeTested.container.capacity",
    "SpecimenDefinition.typeTested.container.minimumVolume",
    "Substance.instance.quantity",
    "SupplyDelivery.suppliedItem.quantity",
    "VisionPrescription.lensSpecification.duration",
];

//! The settings of the language model.

use super::super::kind::{Kind, Secret};
use super::super::setting::Setting;
use super::{path, secret, text, whole, yes_no};

/// How the service says to a model server who it is.
pub(in crate::settings) const AUTH: &[&str] =
    &["none", "bearer", "api-key", "azure-managed-identity", "azure-workload-identity"];

/// Where tokens of Azure come from, unless another cloud of Azure is used.
const AUTHORITY: &str = "https://login.microsoftonline.com/";

pub(super) const MODEL: &[Setting] = &[
    yes_no("CLINICAL_ENABLE_AI_PROCESSING", "false").means(
        "A language model puts sentences of the record into plainer words. It sees no identity and no number; its words \
         are checked against the record and stand beside the record's own. Without it nothing is sent to anybody.",
    ),
    Setting::new("CLINICAL_AI_BASE_URL", Kind::Url)
        .otherwise("none; must be set where CLINICAL_ENABLE_AI_PROCESSING is true")
        .means(
            "An OpenAI-compatible server (Azure OpenAI, vLLM, llama.cpp, Ollama): its address up to and with /v1, \
             without what comes after it.",
        )
        .like("https://NAME.openai.azure.com/openai/v1"),
    text("CLINICAL_AI_MODEL")
        .otherwise("none; must be set where CLINICAL_ENABLE_AI_PROCESSING is true")
        .means("The model, as that server knows it (Azure: the name of the deployment). It stands on each sheet.")
        .like("gpt-4o-2024-08-06"),
    secret("CLINICAL_AI_API_KEY", Secret::Word)
        .otherwise("no key")
        .means("The key of that server. Another key takes a restart.")
        .like("the key as its server gave it"),
    Setting::new("CLINICAL_AI_AUTH", Kind::OneOf(AUTH))
        .otherwise("bearer where CLINICAL_AI_API_KEY is set, otherwise none")
        .means(
            "How the service says who it is: the key as a bearer token or as the header api-key, or a token for the \
             managed identity of its machine or the workload identity of its pod.",
        )
        .like("azure-workload-identity"),
    Setting::new("CLINICAL_AI_TIMEOUT_SECONDS", Kind::Seconds { most: 600 })
        .default("3.0")
        .means(
            "The longest time for one try of one request to the model. All of them together end in time for the sheet, \
             whatever is set here.",
        )
        .like("8"),
    whole("CLINICAL_AI_CONCURRENCY", 1, 1024, "requests", "2")
        .means("How many requests are with the model server at once, of all documents together."),
    whole("CLINICAL_AI_MAX_TOKENS", 64, 32_768, "tokens", "2000")
        .means("The longest answer to one request, which is about eight sentences at most."),
    yes_no("CLINICAL_AI_REVIEWED", "false")
        .means("Whether a clinician reads every sheet before it is given out; the sheet says which."),
    text("CLINICAL_AI_DISCLOSURE")
        .otherwise("a sentence of ours")
        .means("The first sentence of a sheet that has words of the model, in place of ours.")
        .like("Some words on this page were written by a computer program."),
    text("CLINICAL_AI_CONTACT")
        .otherwise("none; must be set in production where CLINICAL_ENABLE_AI_PROCESSING is true")
        .means("How a reader of such a sheet reaches a person, as the sheet says it.")
        .like("Call the clinic at 802-555-0110."),
    text("AZURE_CLIENT_ID")
        .otherwise("the identity of the machine, where it has one only")
        .means("The identity that a token is asked for. Azure Workload ID sets it by itself.")
        .like("00000000-0000-0000-0000-000000000000"),
    text("AZURE_TENANT_ID")
        .otherwise("none")
        .means("The tenant of that identity. Azure Workload ID sets it by itself.")
        .like("00000000-0000-0000-0000-000000000000"),
    path("AZURE_FEDERATED_TOKEN_FILE")
        .otherwise("none")
        .means("The file with the token of the pod's service account. Azure Workload ID sets it by itself.")
        .like("/var/run/secrets/azure/tokens/azure-identity-token"),
    Setting::new("AZURE_AUTHORITY_HOST", Kind::Url)
        .default(AUTHORITY)
        .means("Who exchanges that token. Azure Workload ID sets it by itself.")
        .like(AUTHORITY),
    Setting::new("IDENTITY_ENDPOINT", Kind::Url)
        .otherwise("the metadata service of machines of Azure (169.254.169.254)")
        .means("Where a managed identity gets its token. App Service and Container Apps set it by themselves.")
        .like("http://localhost:42356/msi/token"),
    secret("IDENTITY_HEADER", Secret::Word)
        .otherwise("none")
        .means("The word that IDENTITY_ENDPOINT wants to hear. App Service and Container Apps set it by themselves.")
        .like("as the platform sets it"),
];

//! Which server is asked, and how, as the settings say it.

use clinical_pipeline::Phi;
use std::path::PathBuf;
use std::time::Duration;

/// Where a machine of Azure asks for a token of its own (Azure Instance Metadata Service).
pub const IMDS: &str = "http://169.254.169.254/metadata/identity/oauth2/token";

/// A language model and how it is asked.
#[derive(Clone, PartialEq, Debug)]
pub struct Config {
    /// The address before `/chat/completions` (`CLINICAL_AI_BASE_URL`).
    pub base_url: String,
    /// The model, as the server knows it.
    pub model: String,
    /// How the service says who it is.
    pub auth: Auth,
    /// The longest that one try may take.
    pub timeout: Duration,
    /// Requests at once.
    pub concurrency: usize,
    /// The longest answer, in tokens.
    pub max_tokens: u32,
    /// A clinician reads every sheet before it is given out.
    pub reviewed: bool,
    /// The site's own first sentence.
    pub disclosure: Option<String>,
    /// How to reach a person.
    pub contact: Option<String>,
}

/// How the service says who it is.
#[derive(Clone, PartialEq, Debug)]
pub enum Auth {
    /// Not at all.
    None,
    /// A key as `Authorization: Bearer`.
    Bearer(Phi<String>),
    /// A key as `api-key`, as Azure OpenAI takes it.
    ApiKey(Phi<String>),
    /// A token for the identity of the machine, the App Service or the Container App.
    ManagedIdentity(Managed),
    /// A token for the service account of a pod (Microsoft Entra Workload ID).
    WorkloadIdentity(Workload),
}

/// Where a managed identity gets its token.
#[derive(Clone, PartialEq, Debug)]
pub struct Managed {
    /// Which identity, where there are several (`AZURE_CLIENT_ID`).
    pub client_id: Option<String>,
    /// The address (`IDENTITY_ENDPOINT`), and the word that it wants to hear (`IDENTITY_HEADER`): App Service and
    /// Container Apps. Without it, [`Self::imds`] is asked.
    pub endpoint: Option<(String, Phi<String>)>,
    /// The address of the metadata service of machines: [`IMDS`].
    pub imds: String,
}

/// Where a workload identity gets its token.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Workload {
    /// The application (`AZURE_CLIENT_ID`).
    pub client_id: String,
    /// Its tenant (`AZURE_TENANT_ID`).
    pub tenant_id: String,
    /// The file with the token of the service account (`AZURE_FEDERATED_TOKEN_FILE`); it is exchanged by the hour.
    pub token_file: PathBuf,
    /// Who gives tokens (`AZURE_AUTHORITY_HOST`).
    pub authority: String,
}

impl Config {
    /// How the model is asked, for the metadata of a sheet.
    #[must_use]
    pub fn parameters(&self) -> String {
        format!("temperature 0, seed 0, at most {} tokens", self.max_tokens)
    }
}

//! Routes that people know from elsewhere and that this program does not serve: each says so, and why.

use super::api_error::ApiError;

/// `/api/v1/summary/…` and `/api/v1/summaries`
pub(super) async fn stored() -> ApiError {
    ApiError::not_implemented("Nothing is stored here, by design: a summary is given to whoever asks for it, and gone.")
}

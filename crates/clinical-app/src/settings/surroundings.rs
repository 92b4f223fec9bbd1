//! What start-up asks about the process itself. It is an argument, so that a test can be anybody.

/// The process that the settings are for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Surroundings {
    /// The effective user id, where there is one: 0 is root.
    pub uid: Option<u32>,
}

impl Surroundings {
    /// This process. Only on Linux is it known whose it is.
    #[must_use]
    pub fn here() -> Self {
        #[cfg(target_os = "linux")]
        let uid = Some(rustix::process::geteuid().as_raw());
        #[cfg(not(target_os = "linux"))]
        let uid = None;
        Self { uid }
    }
}

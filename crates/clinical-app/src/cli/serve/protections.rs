//! What an officer of security is told of the protections themselves: that one of them works with its fall-back or does
//! not work, and that it does again.

use crate::access::KeyState;
use crate::audit::{SecurityEvent, SecurityKind};
use crate::clock;
use crate::http::app::App;
use crate::limits;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{MissedTickBehavior, interval};

/// How often they are looked at. Each answers from what it knows.
const EVERY: Duration = Duration::from_secs(1);

/// One protection.
struct Protection {
    is_unwell: fn(&App) -> bool,
    /// What is told when it becomes unwell, and when it is well again.
    told: [SecurityKind; 2],
}

const PROTECTIONS: [Protection; 4] = [
    Protection {
        is_unwell: |app| app.limits.state() == limits::State::FallenBack,
        told: [SecurityKind::Degraded("redis"), SecurityKind::Restored("redis")],
    },
    Protection {
        is_unwell: |app| matches!(app.access.state(), KeyState::Stale { .. } | KeyState::Never),
        told: [SecurityKind::Degraded("jwks"), SecurityKind::Restored("jwks")],
    },
    Protection {
        is_unwell: |app| app.tls.as_ref().is_some_and(|tls| tls.is_refusing()),
        told: [SecurityKind::RefusedSetting("TLS_CERT"), SecurityKind::Restored("tls")],
    },
    Protection {
        is_unwell: |app| app.health.startup().0 == 200 && !app.health.phi_protection_enabled(),
        told: [SecurityKind::VerificationFailed("phi-protection"), SecurityKind::Restored("phi-protection")],
    },
];

/// Writes each change to the security log, as long as the service runs.
pub(super) async fn watch(app: Arc<App>) {
    let mut ticks = interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut unwell = [false; PROTECTIONS.len()];
    loop {
        ticks.tick().await;
        for (protection, was_unwell) in PROTECTIONS.iter().zip(&mut unwell) {
            let is_unwell = (protection.is_unwell)(&app);
            if is_unwell != std::mem::replace(was_unwell, is_unwell) {
                let [unwell, well] = protection.told;
                tell(&app, if is_unwell { unwell } else { well });
            }
        }
    }
}

/// Writes an event of the program itself, where there is a log of them.
pub(super) fn tell(app: &App, kind: SecurityKind) {
    if let Some(audit) = &app.audit {
        audit.security(SecurityEvent::of_program(clock::unix_micros(), kind));
    }
}

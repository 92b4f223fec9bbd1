//! Memory that held a record is overwritten when it is given back.
//!
//! A record is not only in the buffer that took it: it is in texts with their escapes resolved, in a list that grew
//! and moved, in parts of a page, in the buffers of the HTTP library. Wiping the buffers that we own left more than a
//! thousand copies of a patient's words behind. So the allocator itself wipes, whoever held the memory; it costs about
//! five of a hundred parts of the time for a page.

use std::alloc::System;
use zeroizing_alloc::ZeroAlloc;

/// The allocator of the system, which overwrites with zeros what it is given back.
pub type Wiping = ZeroAlloc<System>;

/// For `#[global_allocator]`, of which a program has one: here the binary.
#[must_use]
pub const fn wiping() -> Wiping {
    ZeroAlloc(System)
}

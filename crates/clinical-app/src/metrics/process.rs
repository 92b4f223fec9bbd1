//! The process itself, under the names that every dashboard knows (Prometheus, "Writing client libraries", process
//! metrics).

use super::readings::Out;
use crate::health::process::{self, Usage};
use prometheus_client::collector::Collector;
use prometheus_client::encoding::DescriptorEncoder;
use prometheus_client::metrics::counter::ConstCounter;
use prometheus_client::registry::Unit;
use std::fmt;

/// Reads `/proc/self` when it is scraped. Where there is none, there are no such series.
#[derive(Debug)]
pub(super) struct Process;

impl Collector for Process {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        let Some(Usage { resident_bytes, virtual_bytes, cpu_seconds, started, threads }) = Usage::read() else {
            return Ok(());
        };
        let mut out = Out(&mut encoder);
        let cpu = ConstCounter::new(cpu_seconds);
        out.write("process_cpu", "User and system time of the process.", Some(&Unit::Seconds), &cpu)?;
        out.bytes("process_resident_memory", "Memory of the process that is in RAM.", resident_bytes)?;
        out.bytes("process_virtual_memory", "Memory that the process has addresses for.", virtual_bytes)?;
        out.seconds("process_start_time", "When the process started, since 1970.", started)?;
        out.gauge("process_threads", "Threads of the process.", threads)?;
        if let Some(open) = process::open_files() {
            out.gauge("process_open_fds", "File descriptors that are open.", open)?;
        }
        if let Some(most) = process::most_open_files() {
            out.gauge("process_max_fds", "File descriptors that may be open.", most)?;
        }
        Ok(())
    }
}

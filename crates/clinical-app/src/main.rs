//! `clinical-notes`

use clap::Parser as _;
use clinical_app::args::{Cli, Command, Serve};
use clinical_app::cli;
use clinical_app::exit::Exit;
use clinical_app::memory::{self, Wiping};
use std::process::ExitCode;

#[global_allocator]
static MEMORY: Wiping = memory::wiping();

fn main() -> ExitCode {
    clinical_app::core_dumps::forbid();
    clinical_app::panic_hook::install();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are data and go to standard output; everything else is bad usage. clap itself would
            // end with 2, which here means an unreadable document.
            if error.use_stderr() {
                cli::usage::explain(&error);
                return Exit::Usage.into();
            }
            let _ = error.print();
            return Exit::Done.into();
        }
    };
    match cli.command {
        None => cli::serve::run(&Serve::default()),
        Some(Command::Serve(args)) => cli::serve::run(&args),
        Some(Command::Summarize(args)) => cli::summarize::run(&args),
        Some(Command::Deidentify(args)) => cli::deidentify::run(&args),
        Some(Command::Inspect(args)) => cli::inspect::run(&args),
        Some(Command::Validate(args)) => cli::validate::run(&args),
        Some(Command::Verify(args)) => cli::verify::run(&args),
        Some(Command::Config(args)) => cli::config::run(&args),
        Some(Command::Openapi(_)) => cli::openapi::run(),
        Some(Command::Healthcheck(args)) => cli::healthcheck::run(&args),
        Some(Command::Token(args)) => cli::token::run(&args),
        Some(Command::Eval(args)) => cli::eval::run(&args),
        Some(Command::Audit(args)) => cli::audit::run(&args),
    }
    .into()
}

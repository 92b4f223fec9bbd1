//! `clinical-notes`

use clap::Parser as _;
use clinical_app::args::{Cli, Command, Serve};
use clinical_app::cli;
use clinical_app::exit::Exit;
use std::process::ExitCode;

fn main() -> ExitCode {
    clinical_app::panic_hook::install();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are data and go to standard output; everything else is bad usage. clap itself would
            // end with 2, which here means an unreadable document.
            let wanted = !error.use_stderr();
            let _ = error.print();
            return if wanted { Exit::Done.into() } else { Exit::Usage.into() };
        }
    };
    match cli.command {
        None => cli::serve::run(&Serve::default()),
        Some(Command::Serve(args)) => cli::serve::run(&args),
        Some(Command::Summarize(args)) => cli::summarize::run(&args),
        Some(Command::Verify(args)) => cli::verify::run(&args),
    }
    .into()
}

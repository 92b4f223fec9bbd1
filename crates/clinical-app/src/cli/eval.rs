//! `clinical-notes eval`: measures what a configured part does over a site's own documents.

mod figures;
mod kept;

use super::inputs::{self, Item};
use super::progress;
use super::say::say;
use crate::args::{Eval, EvalCommand, EvalNarrator};
use crate::clock::Now;
use crate::exit::Exit;
use crate::job::{self, Failure, Makes, Order};
use crate::narrator::{Answers, Narrator, Said, retry};
use crate::settings::{Environment, Given, Mistake, Settings, Surroundings};
use clinical_pipeline::{Ask, Label, PROMPT_VERSION, Page, Stop};
use figures::Tally;
use std::io::{self, Write};
use std::sync::Arc;
use tokio::runtime::{Builder, Runtime};

/// Runs the command.
#[must_use]
pub fn run(args: &Eval) -> Exit {
    match &args.command {
        EvalCommand::Narrator(args) => narrator(args).unwrap_or_else(|stopped| stopped.told()),
    }
}

/// Why there are no figures.
enum Stopped {
    Settings(Vec<Mistake>),
    Start(io::ErrorKind),
    Clock,
    Output(io::Error),
}

impl Stopped {
    fn told(&self) -> Exit {
        match self {
            Self::Settings(mistakes) => {
                mistakes.iter().for_each(say);
                return Exit::Usage;
            }
            Self::Start(why) => say(format_args!("cannot start ({why})")),
            Self::Clock => say(Failure::no_clock()),
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => return Exit::Done,
            Self::Output(_) => say("the output could not be written"),
        }
        Exit::Unreadable
    }
}

fn narrator(args: &EvalNarrator) -> Result<Exit, Stopped> {
    if !args.notes.is_dir() {
        write(|out| writeln!(out, "not run: the folder that --notes names is not there"))?;
        return Ok(Exit::Done);
    }
    let run = Run::start()?;
    let mut items = inputs::expand(&[args.notes.to_string_lossy().into_owned()], inputs::NOTES);
    items.truncate(args.limit.unwrap_or(usize::MAX));
    let (mut tally, mut exit) = (Tally::default(), Exit::Done);
    let bar = progress::bar(items.len());
    for item in &items {
        if let Err(failure) = run.note(item, &mut tally) {
            exit = Exit::Unreadable;
            tally.unreadable();
            bar.suspend(|| say(format_args!("{}: {failure}", item.shown)));
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    let figures = tally.figures(&run.narrator.config().model, PROMPT_VERSION);
    write(|out| if args.json { figures.json(out) } else { figures.tell(out) })?;
    Ok(exit)
}

fn write(page: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Stopped> {
    #[expect(clippy::disallowed_methods, reason = "the figures go to standard output")]
    let mut out = io::BufWriter::new(io::stdout().lock());
    page(&mut out).and_then(|()| out.flush()).map_err(Stopped::Output)
}

struct Run {
    narrator: Arc<Narrator>,
    runtime: Runtime,
    now: Now,
}

impl Run {
    fn start() -> Result<Self, Stopped> {
        let settings = Settings::read(&Environment, &Given::default(), &Surroundings::here());
        let settings = settings.map_err(Stopped::Settings)?;
        let needed = || vec![Mistake::new("CLINICAL_ENABLE_AI_PROCESSING", "true, with a server and a model to ask")];
        let config = settings.narrator.ok_or_else(needed).map_err(Stopped::Settings)?;
        let narrator = Narrator::new(config).map_err(Stopped::Settings)?;
        let runtime = Builder::new_multi_thread().enable_all().build().map_err(|error| Stopped::Start(error.kind()))?;
        let now = Now::read().ok_or(Stopped::Clock)?;
        Ok(Self { narrator: Arc::new(narrator), runtime, now })
    }

    /// Asks about a note as the service does, but without its limit for a document: what a model says is measured, and
    /// also how long it takes to say it.
    fn note(&self, item: &Item, tally: &mut Tally) -> Result<(), Failure> {
        if let Some(problem) = &item.problem {
            return Err(problem.clone());
        }
        let bytes = inputs::read(item.path.as_deref())?;
        let order =
            Order { now: self.now.clone(), makes: Makes::Sheet, page: Page::Json, large_print: false, said: None };
        let answers = self.ask(&job::asks(&bytes, Label::Text, &order, Stop::never()));
        for (outcome, took) in &answers.tries {
            tally.request(outcome.as_str(), outcome.was_sent().then_some(*took));
        }
        let order = Order { said: Some(Arc::new(Said::new(self.narrator.config(), answers))), ..order };
        let done = job::run(&bytes, Label::Text, &order, Stop::never())?;
        // Nothing was asked about a note without sentences.
        let counts = done.outcome.narrated.unwrap_or_default();
        tally.note(&counts, kept::pairs(done.outcome.page.expose()));
        Ok(())
    }

    fn ask(&self, asks: &[Ask]) -> Answers {
        let tries = u32::try_from(asks.len()).unwrap_or(u32::MAX).saturating_mul(retry::TRIES);
        let within = self.narrator.config().timeout.saturating_mul(tries.max(1));
        self.runtime.block_on(self.narrator.ask(asks, within))
    }
}

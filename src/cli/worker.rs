//! `peephole worker`: the engine behind a pipe, for the supervisor and for engines that spread work over machines.

use clap::Args;

use super::exit;
use super::scan::Bounds;
use crate::engine::{Engine, worker};
use crate::model::Error;

#[derive(Args)]
pub(super) struct Worker {
    #[command(flatten)]
    bounds: Bounds,
}

impl Worker {
    pub(super) fn run(self) -> Result<u8, Error> {
        let engine = Engine::new(self.bounds.settings()?)?;
        worker::serve(&engine, std::io::stdin().lock(), std::io::stdout())?;
        Ok(exit::PASS)
    }
}

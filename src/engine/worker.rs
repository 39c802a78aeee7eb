//! Jobs in, reports out, one JSON object a line. The same loop serves the supervisor of `isolate` and any engine that
//! spreads work over machines: bytes are brought by others, the worker only looks.

use std::io::{self, BufRead, Write};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::Engine;
use crate::model::Error;
use crate::report::json::v1::ArtifactRecord;
use crate::source::{self, WalkOptions};

/// One job: a path to look at.
#[derive(Debug, Serialize, Deserialize)]
pub struct Job {
    /// Comes back with each report of the job.
    pub id: u64,
    /// A file or folder.
    pub path: PathBuf,
}

/// One line of a worker's output.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Line {
    /// First: the worker is ready.
    Ready {
        /// Digest of rules and version.
        ruleset: String,
        /// The tool's version.
        version: String,
    },
    /// One root of a job.
    Report {
        /// The job's id.
        id: u64,
        /// The artifact record.
        artifact: Box<ArtifactRecord>,
    },
    /// The job has no further reports.
    Done {
        /// The job's id.
        id: u64,
    },
    /// The job could not be carried out.
    Failed {
        /// The job's id.
        id: u64,
        /// Why.
        error: String,
    },
}

/// Serves jobs until the input ends.
///
/// # Errors
/// [`Error::Output`] when the output is closed, [`Error::Usage`] when a line is not a job.
pub fn serve(engine: &Engine, input: impl BufRead, output: impl Write + Send + 'static) -> Result<(), Error> {
    let output = Arc::new(Mutex::new(output));
    let ready = Line::Ready {
        ruleset: crate::analyze::signature::ruleset_digest().to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    };
    say(&output, &ready)?;
    for line in input.lines() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let job: Job = serde_json::from_str(&line).map_err(|e| Error::Usage(format!("not a job: {e}")))?;
        let mut roots = Vec::new();
        let listed = source::roots(&job.path, WalkOptions::default(), &mut |root| roots.push(root));
        if let Err(error) = listed {
            say(&output, &Line::Failed { id: job.id, error: error.to_string() })?;
            continue;
        }
        let sink = Arc::clone(&output);
        engine.run(roots, move |assessment| {
            let artifact = Box::new(ArtifactRecord::from(&assessment));
            // A closed pipe shows at the next line that this thread writes.
            let _ = say(&sink, &Line::Report { id: job.id, artifact });
        });
        say(&output, &Line::Done { id: job.id })?;
    }
    Ok(())
}

fn say(output: &Mutex<impl Write>, line: &Line) -> io::Result<()> {
    let mut text = serde_json::to_vec(line)?;
    text.push(b'\n');
    let mut output = output.lock().unwrap_or_else(PoisonError::into_inner);
    output.write_all(&text)?;
    output.flush()
}

//! Examines paths and waits for all of them: for commands that need everything before they can say something.

use std::io::{self, IsTerminal as _};
use std::path::PathBuf;
use std::sync::mpsc;

use super::progress;
use super::scan::{self, Isolate};
use crate::assess::Assessment;
use crate::engine::Engine;
use crate::source::{Root, WalkOptions};

/// The assessments of all roots below these paths, sorted by path.
pub(super) fn examine(engine: &Engine, paths: &[PathBuf], quiet: bool) -> Vec<Assessment> {
    let (sender, receiver) = mpsc::channel::<Assessment>();
    std::thread::scope(|threads| {
        let bar = progress::Bar::start(engine.progress(), quiet || !io::stderr().is_terminal(), threads);
        let (roots, listed) = mpsc::sync_channel::<Root>(1024);
        threads.spawn(move || scan::list(paths, WalkOptions::default(), Isolate::Never, None, &roots));
        engine.run(listed, move |a| {
            // The receiver outlives the run.
            let _ = sender.send(a);
        });
        drop(bar);
    });
    let mut found: Vec<Assessment> = receiver.into_iter().collect();
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

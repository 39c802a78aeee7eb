//! A progress bar on standard error, only when it is a terminal.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::Scope;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use crate::engine::Progress;

/// The bar; it goes away when it is dropped.
pub(super) struct Bar {
    bar: Option<ProgressBar>,
    over: Arc<AtomicBool>,
}

impl Bar {
    /// Starts to draw what `progress` says, ten times a second.
    pub(super) fn start<'scope, 'env>(
        progress: &'env Progress,
        quiet: bool,
        threads: &'scope Scope<'scope, 'env>,
    ) -> Self {
        let over = Arc::new(AtomicBool::new(false));
        if quiet {
            return Self { bar: None, over };
        }
        let bar = ProgressBar::new_spinner();
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
            bar.set_style(style);
        }
        let drawn = bar.clone();
        let ended = Arc::clone(&over);
        threads.spawn(move || {
            let started = Instant::now();
            while !ended.load(Ordering::Relaxed) {
                drawn.set_message(line(progress, started.elapsed()));
                drawn.tick();
                std::thread::sleep(Duration::from_millis(100));
            }
        });
        Self { bar: Some(bar), over }
    }

    /// Runs `act` while the bar is not on the screen.
    pub(super) fn hidden<T>(&self, act: impl FnOnce() -> T) -> T {
        match &self.bar {
            Some(bar) => bar.suspend(act),
            None => act(),
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// "1,234 files · 56 MB/s · 3 s left": time left from the roots that are listed, once listing is far enough ahead.
fn line(progress: &Progress, elapsed: Duration) -> String {
    let files = progress.files.load(Ordering::Relaxed);
    let bytes = progress.bytes.load(Ordering::Relaxed) as f64;
    let seconds = elapsed.as_secs_f64().max(0.001);
    let done = progress.roots.load(Ordering::Relaxed);
    let waiting = progress.waiting();
    let left = if done > 0 && waiting > 0 {
        format!(" · {:.0} s left", seconds / done as f64 * waiting as f64)
    } else {
        String::new()
    };
    format!("{files} files · {:.1} MB/s{left}", bytes / 1e6 / seconds)
}

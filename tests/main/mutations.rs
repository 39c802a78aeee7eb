//! Changed files of every kind go the whole way, and no part panics: a part that does is contained in the product, and a
//! fault here. Every input follows from its number alone, so that one that fails can be made again.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use peephole::engine::{Engine, Settings};
use peephole::limits::Limits;
use peephole::model::ByteView;

use crate::support::unhex;

/// Longest file that is changed, in bytes.
const LONGEST: u64 = 1 << 20;
/// Inputs of the ordinary test. `PEEPHOLE_MUTATIONS` says how many the long one makes, `PEEPHOLE_SEEDS` names a folder of
/// further files to begin with.
const ORDINARY: u64 = 1_000;
const LONG: u64 = 1_000_000;

/// Files to begin with, by path.
fn seeds(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let Ok(kind) = entry.file_type() else { continue };
        if kind.is_dir() {
            seeds(&entry.path(), found);
        } else if kind.is_file() && entry.metadata().is_ok_and(|m| m.len() <= LONGEST) {
            found.push(entry.path());
        }
    }
}

/// Numbers that follow from one (xorshift64*).
struct Noise(u64);

impl Noise {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) % n.max(1) as u64) as usize
    }
}

fn mutate(bytes: &mut Vec<u8>, other: &[u8], noise: &mut Noise) {
    const ODD: &[u64] = &[0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fff_ffff, 0xffff_ffff, u64::MAX >> 1, u64::MAX];
    for _ in 0..=noise.below(8) {
        if bytes.is_empty() {
            return;
        }
        // Headers matter most.
        let at = if noise.below(2) == 0 { noise.below(bytes.len().min(512)) } else { noise.below(bytes.len()) };
        match noise.below(9) {
            0 => bytes.truncate(at),
            1 | 2 => bytes[at] ^= 1 << noise.below(8),
            3 | 4 => {
                let value = ODD[noise.below(ODD.len())].to_le_bytes();
                let width = 1 << noise.below(4);
                for (byte, new) in bytes[at..].iter_mut().zip(&value[..width]) {
                    *byte = *new;
                }
            }
            5 => {
                let end = (at + noise.below(256)).min(bytes.len());
                let piece = bytes[at..end].to_vec();
                let to = noise.below(bytes.len());
                bytes.splice(to..to, piece);
            }
            6 => drop(bytes.drain(at..(at + noise.below(64)).min(bytes.len()))),
            7 => {
                let from = noise.below(other.len());
                let piece = &other[from..(from + noise.below(512)).min(other.len())];
                bytes.splice(at..at, piece.iter().copied());
            }
            _ => bytes[at..].iter_mut().take(16).for_each(|b| *b = b.wrapping_add(1)),
        }
    }
}

fn read(path: &Path) -> (String, Vec<u8>) {
    let bytes = std::fs::read(path).unwrap_or_default();
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    match name.strip_suffix(".hex") {
        Some(inner) => {
            let text: String = String::from_utf8_lossy(&bytes).split_whitespace().collect();
            (inner.to_owned(), unhex(&text))
        }
        None => (name, bytes),
    }
}

fn go(count: u64, threads: u64) {
    let mut paths = Vec::new();
    seeds(&Path::new(env!("CARGO_MANIFEST_DIR")).join("samples"), &mut paths);
    if let Some(more) = std::env::var_os("PEEPHOLE_SEEDS") {
        seeds(Path::new(&more), &mut paths);
    }
    paths.sort();
    assert!(paths.len() > 1000, "the samples are not there");
    let limits = Limits { unwrapped: 16 << 20, entry: 4 << 20, entries: 10_000, seconds: 20, ..Limits::default() };
    let done = Arc::new(AtomicU64::new(0));
    std::thread::scope(|scope| {
        for thread in 0..threads {
            let (paths, done, limits) = (&paths, Arc::clone(&done), limits.clone());
            scope.spawn(move || {
                let engine = Engine::new(Settings { limits, jobs: 1, ..Settings::default() }).expect("threads");
                for number in (thread..count).step_by(usize::try_from(threads).unwrap()) {
                    let mut noise = Noise(number.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
                    let (path, other) = (&paths[noise.below(paths.len())], &paths[noise.below(paths.len())]);
                    let (name, mut bytes) = read(path);
                    mutate(&mut bytes, &read(other).1, &mut noise);
                    let (seen, crashed) = (Arc::clone(&done), Arc::new(OnceLock::new()));
                    let told = Arc::clone(&crashed);
                    engine.run_bytes(&name, ByteView::from_vec(bytes), move |assessment| {
                        if let Some(gap) = assessment.gaps.iter().find(|g| g.reason.word() == "crash") {
                            told.get_or_init(|| format!("{gap:?}"));
                        }
                        seen.fetch_add(1, Ordering::Relaxed);
                    });
                    assert_eq!(crashed.get(), None, "input {number}, out of {}", path.display());
                }
            });
        }
    });
    assert_eq!(done.load(Ordering::Relaxed), count, "an input without a verdict");
}

#[test]
fn changed_files_of_every_kind_get_a_verdict() {
    go(ORDINARY, 2);
}

#[test]
#[ignore = "takes long; PEEPHOLE_MUTATIONS says how many"]
fn very_many_changed_files_get_a_verdict() {
    let count = std::env::var("PEEPHOLE_MUTATIONS").ok().and_then(|n| n.parse().ok()).unwrap_or(LONG);
    go(count, 2);
}

//! Functions of stripped programs in Rust, by what they lead to.
//!
//! Rust's library lies between a program's code and the system, and stripping takes its names. What remains are the
//! calls: a function that reaches `posix_spawnp` within a few of them starts a program, whatever it was called. The words
//! are apart from those of functions with names, since they say less: rows ask for a text beside them.
//!
//! x86-64 ELF: there the calls of functions stand in code as they are.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::parse::Parsed;
use crate::parse::fields::Fields;
use crate::parse::native::{Image, Machine, stem};
use crate::parse::parts::Places;

/// Imported functions and the word for what leads to them. Of two words for one function the first one counts: what
/// starts a program opens files, too.
const LEADS: &[(&str, &str)] = &[
    ("posix_spawnp", "led::run"),
    ("execvp", "led::run"),
    ("connect", "led::connect"),
    ("chmod", "led::chmod"),
    ("fchmod", "led::chmod"),
    ("open64", "led::open"),
    ("open", "led::open"),
];
/// Calls between a function of the program and the system.
const DEPTH: usize = 3;
/// A call this far behind the beginning of a function belongs to another one.
const SPAN: u64 = 0x8000;
/// Most calls that are taken down.
const CALLS_MAX: usize = 1 << 20;

/// Whether a program is one in Rust: messages of its library name their sources.
fn is_rust(file: &Parsed<'_>) -> bool {
    file.view().holds(b"/rustc/") && file.view().holds(b"library/std/src/")
}

/// The functions by address, each with its word, and whether a bound was reached.
pub(super) fn functions(file: &Parsed<'_>, image: &Image<'_>) -> (Vec<(u64, &'static [u8])>, bool) {
    let nothing = (Vec::new(), false);
    let Some(Ok(elf)) = file.elf() else { return nothing };
    let acts = image.imported(&["posix_spawnp", "connect"]);
    // Libraries keep the names that they offer, and are followed from what runs at load.
    if image.library || image.machine != Machine::X64 || acts.is_empty() || !is_rust(file) {
        return nothing;
    }
    let lead = |name: &[u8]| LEADS.iter().position(|(import, _)| import.as_bytes() == stem(name));
    let slots: HashMap<u64, usize> = image.slots.iter().filter_map(|(at, name)| Some((*at, lead(name)?))).collect();
    let stubs: HashMap<u64, usize> = image.stubs.iter().filter_map(|(at, name)| Some((*at, lead(name)?))).collect();
    let fields = Fields::new(file.bytes(), true);
    let (parts, mut cut) = image.parts(fields.len(), |r| r.execute);
    let places = Places::new(parts.clone());
    // Functions begin where compilers align them; other targets are bytes that look like a call.
    let begins = |at: u64| at & 15 == 0 && places.at(at).is_some();
    let inner: HashMap<u64, u64> = elf.relative().filter(|(_, to)| begins(*to)).take(CALLS_MAX).collect();
    let mut starts: BTreeSet<u64> = inner.values().copied().collect();
    // Places of calls: of functions of the program, and of those of the system.
    let mut calls: Vec<(u64, u64)> = Vec::new();
    let mut ends: Vec<(u64, usize)> = Vec::new();
    for part in parts {
        // Code made of nothing but calls takes no more room than this.
        cut |= calls.len() >= CALLS_MAX || ends.len() >= CALLS_MAX;
        if cut {
            break;
        }
        let code = fields.available(part.offset, part.len);
        let target = |at: usize| {
            let value = code.get(at..).and_then(|c| c.first_chunk()).map(|c| i32::from_le_bytes(*c))?;
            Some(part.address.wrapping_add(at as u64 + 4).wrapping_add_signed(i64::from(value)))
        };
        let place = |at: usize| part.address.saturating_add(at as u64);
        for at in memchr::memchr_iter(0xe8, code) {
            if calls.len() >= CALLS_MAX || ends.len() >= CALLS_MAX {
                break;
            }
            let Some(to) = target(at + 1) else { continue };
            if let Some(lead) = stubs.get(&to) {
                ends.push((place(at), *lead));
            } else if begins(to) {
                calls.push((place(at), to));
            }
        }
        for at in memchr::memmem::find_iter(code, b"\xff\x15") {
            if calls.len() >= CALLS_MAX || ends.len() >= CALLS_MAX {
                break;
            }
            let Some(slot) = target(at + 2) else { continue };
            if let Some(lead) = slots.get(&slot) {
                ends.push((place(at), *lead));
            } else if let Some(to) = inner.get(&slot) {
                calls.push((place(at), *to));
            }
        }
        // What is called more than once is kept in a register.
        for at in memchr::memchr_iter(0x8b, code).filter(|at| code.get(at + 1).is_some_and(|m| m & 0xc7 == 5)) {
            if ends.len() >= CALLS_MAX {
                break;
            }
            if let Some(lead) = target(at + 2).and_then(|slot| slots.get(&slot)) {
                ends.push((place(at), *lead));
            }
        }
    }
    cut |= calls.len() >= CALLS_MAX || ends.len() >= CALLS_MAX || inner.len() >= CALLS_MAX;
    starts.extend(calls.iter().map(|(_, to)| *to));
    let starts: Vec<u64> = starts.into_iter().collect();
    let around = |at: u64| {
        let before = starts.partition_point(|s| *s <= at).checked_sub(1)?;
        starts.get(before).copied().filter(|s| at - s < SPAN)
    };
    let mut callers: HashMap<u64, Vec<u64>> = HashMap::new();
    for (at, to) in calls {
        if let Some(from) = around(at) {
            callers.entry(to).or_default().push(from);
        }
    }
    let mut found: Vec<(u64, &'static [u8])> = Vec::new();
    let mut known: HashSet<u64> = HashSet::new();
    for (index, (_, word)) in LEADS.iter().enumerate() {
        let mut level: Vec<u64> =
            ends.iter().filter(|(_, lead)| *lead == index).filter_map(|(at, _)| around(*at)).collect();
        for _ in 0..DEPTH {
            level.retain(|function| known.insert(*function));
            found.extend(level.iter().map(|function| (*function, word.as_bytes())));
            level = level.iter().filter_map(|function| callers.get(function)).flatten().copied().collect();
        }
    }
    (found, cut)
}

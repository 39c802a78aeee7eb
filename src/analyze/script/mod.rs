//! Understands scripts: what they do, not which words they hold.
//!
//! A script is read into a tree ([`crate::parse::script`]), gone through without being run ([`machine`]), and what it
//! would do to the world outside is judged ([`flows`]). What it decodes comes back as children.

mod covert;
mod event;
mod flows;
mod fold;
mod glance;
mod heap;
mod linked;
mod lists;
mod machine;
mod modules;
mod paths;
mod pure;
mod shape;
mod siblings;
#[cfg(test)]
mod tests;
mod told;
mod value;
mod wallets;
#[cfg(test)]
mod ways;
mod words;

pub(crate) use flows::{CHECKED, CUT_OFF, ODD_LINES, READ_IN_PART, is_local, is_shared, is_vendor, registered};
use glance::Worth;
pub use linked::{Among, How, follow_again, follow_among, holds_long};
use machine::{Machine, Reach};
pub use modules::Modules;
pub(crate) use modules::joined;
pub use siblings::Siblings;
pub use wallets::knows_addresses;

use crate::analyze::{Heuristic, Notes};
use crate::model::artifact::{AUTOMATIC, STARTED};
use crate::model::{Fact, FactKind, FileKind, Gap, GapReason, Rule, Severity};
use crate::parse::Parsed;
use crate::parse::script::{Language, read};

/// The heuristics of this folder.
pub const HEURISTICS: &[&dyn Heuristic] = &[&Scripts];

/// Goes through scripts.
pub struct Scripts;

/// Longest script in bytes that is read; a longer one is told as a gap when a glance says that it is worth reading.
const MAX_SCRIPT: usize = 64 << 20;
/// Longest script that is asked whether it is a list only because a signature found something in it.
const MAX_LIST: usize = 4 << 20;
/// Steps that every script may take, those for each byte of as much as a person or an obfuscator writes, and one for so
/// many bytes beyond: bundles are long because they hold much that only has to be walked once.
const FUEL: u64 = 300_000;
/// Steps more: for scripts that hide what they do at once, for others only as long as they make text.
const FUEL_TO_UNFOLD: u64 = 1_700_000;
const FUEL_OF_A_BYTE: u64 = 4;
const WRITTEN: u64 = 1 << 20;
const BYTES_OF_A_STEP: u64 = 1;
/// Steps for going through the same text again that makes nothing, in scripts that hide what they do and in others.
const PATIENCE_TO_UNFOLD: i64 = 300_000;
const PATIENCE: i64 = 50_000;

/// Whether a script holds functions that the package manager of Arch Linux calls.
fn is_hooks_of_pacman(base: &str) -> bool {
    base.ends_with(".install") || base == ".INSTALL"
}

/// Calls of those functions, for behind the script.
fn calls_of_pacman(text: &str) -> String {
    ["pre_install", "post_install", "pre_upgrade", "post_upgrade"]
        .iter()
        .filter(|name| text.contains(&format!("{name}()")) || text.contains(&format!("{name} ()")))
        .map(|name| format!("\n{name}\n"))
        .collect()
}

impl Heuristic for Scripts {
    fn rules(&self) -> &'static [&'static Rule] {
        flows::RULES
    }

    fn applies(&self, kind: FileKind) -> bool {
        Language::of(kind).is_some()
            || matches!(kind, FileKind::Json | FileKind::OtherSource)
            || linked::DATA_KINDS.contains(&kind)
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        if file.kind() == FileKind::Json {
            linked::give_data(file.text(), out);
            return linked::give_text(file, None, out);
        }
        if linked::DATA_KINDS.contains(&file.kind()) && Language::of(file.kind()).is_none() {
            return linked::give_text(file, None, out);
        }
        let Some(language) = Language::of_file(file.kind(), file.base_name()) else { return };
        let bytes = file.text();
        let worth = match glance::worth(bytes, language) {
            // What it says of its distribution is held to the metadata.
            Worth::Nothing if is_setup(file) => Worth::Reading,
            worth => worth,
        };
        if worth == Worth::Nothing {
            linked::give_text(file, None, out);
            // What signatures found in it may be quoted.
            if bytes.len() <= MAX_LIST && out.findings.iter().any(|f| f.severity >= Severity::High) {
                let tree = read(language, &text_of(bytes));
                if tree.problems.is_empty() && lists::only_lists(language, &tree) {
                    out.facts.push(Fact::whole(FactKind::OnlyLists));
                }
            }
            return;
        }
        if bytes.len() > MAX_SCRIPT {
            out.gaps
                .push(Gap::new(GapReason::Limit, format!("a script of {} bytes was not read as code", bytes.len())));
            return;
        }
        let mut text = text_of(bytes);
        if language == Language::Shell && is_hooks_of_pacman(file.base_name()) {
            let calls = calls_of_pacman(&text);
            text.to_mut().push_str(&calls);
        }
        let tree = read(language, &text);
        let unread = tree.problems.first().cloned();
        let is_list = unread.is_none() && lists::only_lists(language, &tree);
        let machine = Machine::new(tree, reach(bytes.len(), worth));
        // Cargo compiles and runs `build.rs` when the crate is built.
        let is_automatic = [AUTOMATIC, STARTED].iter().any(|begins| file.base_name().starts_with(begins))
            || language == Language::Rust && file.base_name() == "build.rs";
        let outcome = if is_automatic { machine.automatic().run() } else { machine.run() };
        out.facts.push(Fact::whole(FactKind::Followed));
        if is_list && !outcome.cut_off {
            out.facts.push(Fact::whole(FactKind::OnlyLists));
        }
        told::tell(file, &outcome, out);
        linked::give(file.kind(), &text, &outcome, out);
        linked::give_text(file, Some(&outcome), out);
        told::in_part(file, unread, outcome.cut_off, out);
    }
}

/// Whether a script is the one that builds a distribution of Python.
fn is_setup(file: &Parsed<'_>) -> bool {
    file.kind() == FileKind::Python && file.base_name() == "setup.py"
}

/// How far a script of so many bytes is followed.
fn reach(bytes: usize, worth: Worth) -> Reach {
    let bytes = bytes as u64;
    let fuel = FUEL + bytes.min(WRITTEN) * FUEL_OF_A_BYTE + bytes.saturating_sub(WRITTEN) / BYTES_OF_A_STEP;
    match worth {
        Worth::Unfolding => Reach { fuel: fuel + FUEL_TO_UNFOLD, more: 0, patience: PATIENCE_TO_UNFOLD },
        _ => Reach { fuel, more: FUEL_TO_UNFOLD, patience: PATIENCE },
    }
}

/// Bytes as text of the same length: what is no UTF-8 becomes a question mark, so that places stay true.
fn text_of(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.into(),
        Err(_) => {
            let mut clean = String::with_capacity(bytes.len());
            for chunk in bytes.utf8_chunks() {
                clean.push_str(chunk.valid());
                clean.extend(std::iter::repeat_n('?', chunk.invalid().len()));
            }
            clean.into()
        }
    }
}

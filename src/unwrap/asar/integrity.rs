//! The hashes in an asar archive, against the bytes.

use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use crate::model::{ContentId, Rule};
use crate::rule;

rule! {
    /// The bytes of a file in an Electron archive are not those that its table holds the hash of.
    ///
    /// The packer writes table and files together; who changes a file in place (as what injects code into the
    /// desktop programs of chat services and wallets does) and forgets the hash leaves this. Electron itself only looks
    /// when a fuse tells it to. Honest look-alikes: archives made with a `transform` by versions of the packer that hashed
    /// the file from before it, and patches by users and distributions.
    pub(in crate::unwrap) CHANGED = "asar-content-changed" in "obf/mis-typed-container";
    severity: High, confidence: Likely,
    title: "A file in the Electron archive differs from its hash",
    reference: "https://www.electronjs.org/docs/latest/tutorial/asar-integrity",
}
rule! {
    /// An Electron archive holds hashes of a kind that is not known here, so that they were not compared with the files.
    pub(in crate::unwrap) UNCHECKED = "asar-integrity-unchecked" in "obf/mis-typed-container";
    severity: Info, confidence: Certain,
    title: "Hashes in the Electron archive were not compared",
    reference: "https://www.electronjs.org/docs/latest/tutorial/asar-integrity",
}

/// The rules of this file.
pub(in crate::unwrap) const RULES: &[&Rule] = &[&CHANGED, &UNCHECKED];

/// What the table says about one file's bytes.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Integrity {
    algorithm: String,
    hash: String,
    block_size: u64,
    blocks: Vec<String>,
}

/// Whether the bytes are the ones.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Same,
    Unknown,
    Differs(String),
}

impl Integrity {
    /// Compares the hash of all and of each block.
    pub(super) fn check(&self, bytes: &[u8]) -> Verdict {
        if self.algorithm != "SHA256" || self.hash.len() != 64 {
            return Verdict::Unknown;
        }
        let all = digest(bytes);
        if !all.eq_ignore_ascii_case(&self.hash) {
            return Verdict::Differs(format!("the hash is {all} and not {}", shortened(&self.hash)));
        }
        let size = usize::try_from(self.block_size).unwrap_or(usize::MAX);
        if size == 0 {
            return Verdict::Same;
        }
        // A last block of no bytes is listed by some writers and not by others.
        for (index, (block, said)) in bytes.chunks(size).zip(&self.blocks).enumerate() {
            let is = if block.len() == bytes.len() { all.clone() } else { digest(block) };
            if !is.eq_ignore_ascii_case(said) {
                return Verdict::Differs(format!("the hash of block {index} is {is} and not {}", shortened(said)));
            }
        }
        Verdict::Same
    }
}

fn digest(bytes: &[u8]) -> String {
    ContentId(Sha256::digest(bytes).into()).to_string()
}

/// What the file says may be anything.
fn shortened(text: &str) -> String {
    super::shown(text.get(..text.floor_char_boundary(64)).unwrap_or_default().as_bytes())
}

//! Code whose names and texts are bytes of no text.
//!
//! PHP takes any byte from 0x80 on in a name. Encoders write names and texts of such bytes, so that no editor shows them
//! and no search finds them, around a decoder and `eval`. Known uses: web shells behind the free encoders that are offered
//! as a service ("PHPJiaMi" and its kin). Honest look-alikes: names and comments in the letters of a language, in UTF-8 or
//! in an older encoding, which are few beside the code; commercial encoders leave plain text that asks for their loader.

use super::evidence;
use crate::analyze::{Heuristic, Notes};
use crate::model::{FileKind, Rule};
use crate::parse::Parsed;
use crate::rule;

rule! {
    /// A file of PHP in which a good part of all bytes, and the names of its variables, are no text in any encoding that it
    /// could be written in, executes something that it decodes. Nobody can have written, or can read, such code.
    ///
    /// Honest look-alikes: commercial software behind an encoder, whose files ask for a loader in plain text.
    pub(crate) NO_TEXT = "php-code-of-no-text" in "obf/encoded-blob";
    severity: High, confidence: Likely,
    title: "PHP code whose names and texts are bytes of no text",
    reference: "https://attack.mitre.org/techniques/T1027/",
}

/// Finds it.
pub struct NoText;

/// Fewest names of such bytes, and the share of such bytes in percent.
const NAMES: usize = 20;
const PERCENT: usize = 20;
/// Bytes that are looked at.
const LOOKED_AT: usize = 1 << 20;

impl Heuristic for NoText {
    fn rules(&self) -> &'static [&'static Rule] {
        const { &[&NO_TEXT] }
    }

    fn applies(&self, kind: FileKind) -> bool {
        kind == FileKind::Php
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        let bytes = file.bytes();
        let bytes = bytes.get(..LOOKED_AT.min(bytes.len())).unwrap_or_default();
        if bytes.is_ascii() || std::str::from_utf8(bytes).is_ok() {
            return;
        }
        // Bytes that are part of no character.
        let (mut lost, mut names) = (0usize, 0usize);
        for chunk in bytes.utf8_chunks() {
            lost += chunk.invalid().len();
            names += usize::from(chunk.valid().ends_with('$') && !chunk.invalid().is_empty());
        }
        let executes = memchr::memmem::find_iter(bytes, b"eval(").next();
        if let Some(at) = executes.filter(|_| names >= NAMES && lost * 100 / bytes.len().max(1) >= PERCENT) {
            let note =
                format!("{lost} of {} bytes are part of no character, {names} names begin with one", bytes.len());
            out.findings.push(NO_TEXT.finding(evidence(file, at, 5).with_note(note)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::text::testing::{ids, look};

    fn encoded(prefix: &str, names: usize) -> Vec<u8> {
        let mut bytes = format!("<?php {prefix}").into_bytes();
        for i in 0..names {
            bytes.extend(b"$\x9a\xf8\xb3");
            bytes.extend([0x80 | (i as u8 & 0x3f), 0xfa]);
            bytes.extend(b"='\x94\xc1\xfb\x83\xee\xa2';");
        }
        bytes
    }

    #[test]
    fn names_of_no_text_around_an_eval() {
        assert_eq!(ids(&look(&NoText, FileKind::Php, "a.php", encoded("eval($x);", 40))), ["php-code-of-no-text"]);
    }

    #[test]
    fn letters_of_a_language_are_text() {
        let found = |bytes: Vec<u8>| look(&NoText, FileKind::Php, "a.php", bytes).findings.len();
        // Windows-1251 in comments and texts, and UTF-8 in names.
        let mut old = b"<?php eval($x); $title = '\xcf\xf0\xe8\xe2\xe5\xf2'; // \xec\xe8\xf0\n".repeat(50);
        old.extend(b"echo $title;");
        assert_eq!(found(old), 0);
        assert_eq!(found("<?php eval($x); $имя = 'привет'; echo $имя;".repeat(60).into_bytes()), 0);
        assert_eq!(found(encoded("", 40)), 0);
        assert_eq!(found(encoded("eval($x);", 5)), 0);
    }
}

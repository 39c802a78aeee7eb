//! Signatures that claim to be a maker's and were made by nobody known: a certificate that vouches for itself, with the name of
//! a company on it.
//!
//! Windows says that such a signature is not valid; whoever looks at the properties of the file, and many a tool, sees the name.
//! Known uses: loaders and stealers of every kind. Honest look-alikes: certificates that developers make for themselves, with
//! their own names.
//!
//! References: ATT&CK T1036.001; RFC 5280, 4.1.

use super::{placed, shown};
use crate::analyze::{Heuristic, Notes};
use crate::model::{FileKind, Rule};
use crate::parse::Parsed;
use crate::rule;

rule! {
    /// The only certificate of a signature vouches for itself and bears the name of a well-known maker of software. Known
    /// uses: malware. Honest look-alikes: none is known; those makers have their certificates from an authority.
    pub(super) CLAIMED = "pe-self-signed-as-vendor" in "bin/signature-state";
    severity: High, confidence: Certain,
    title: "Signed by a certificate that vouches for itself in a known maker's name",
    reference: "https://attack.mitre.org/techniques/T1036/001/",
}

/// Whose names are taken.
const MAKERS: &[&str] = &[
    "Microsoft",
    "Google",
    "Apple Inc",
    "Adobe",
    "Oracle",
    "NVIDIA",
    "Intel Corp",
    "Mozilla",
    "Amazon",
    "VMware",
    "Cisco",
    "Dell Inc",
    "Lenovo",
    "Symantec",
    "Kaspersky",
    "Zoom Video",
    "Slack Tech",
    "Dropbox",
    "Realtek",
    "GitHub",
];
/// How a certificate begins, behind the lengths of its two outer parts: a version and a number.
const VERSION: &[u8] = &[0xa0, 3, 2, 1];
/// Most certificates and the most bytes of a signature that are looked at.
const MOST: usize = 16;
const MOST_BYTES: u64 = 1 << 20;

/// Looks at signatures.
pub(super) struct Claims;

impl Heuristic for Claims {
    fn rules(&self) -> &'static [&'static Rule] {
        const { &[&CLAIMED] }
    }

    fn applies(&self, kind: FileKind) -> bool {
        kind == FileKind::Pe
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        let Some(Ok(pe)) = file.pe() else { return };
        let Some((at, len)) = pe.certificates() else { return };
        let start = usize::try_from(at).unwrap_or(usize::MAX);
        let end = start.saturating_add(usize::try_from(len.min(MOST_BYTES)).unwrap_or(0)).min(file.bytes().len());
        let Some(table) = file.bytes().get(start..end) else { return };
        let all: Vec<(&[u8], &[u8])> = certificates(table).take(MOST).collect();
        let [(issuer, subject)] = all.as_slice() else { return };
        let maker = MAKERS.iter().find(|maker| memchr::memmem::find(subject, maker.as_bytes()).is_some());
        if let Some(maker) = maker.filter(|_| issuer == subject) {
            let note = format!("one certificate, which vouches for itself, in the name of {}", shown(maker.as_bytes()));
            out.findings.push(CLAIMED.finding(placed(at, 8, note)));
        }
    }
}

/// Issuer and subject of each certificate in a signature.
fn certificates(table: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    memchr::memmem::find_iter(table, VERSION).filter_map(move |at| {
        // Behind the version: number, algorithm, issuer, validity, subject.
        let mut rest = table.get(at.checked_add(5)?..)?;
        let mut parts: [&[u8]; 5] = [&[]; 5];
        for (part, tag) in parts.iter_mut().zip([2, 0x30, 0x30, 0x30, 0x30]) {
            let (value, behind) = element(rest, tag)?;
            (*part, rest) = (value, behind);
        }
        let [_, _, issuer, _, subject] = parts;
        Some((issuer, subject))
    })
}

/// The content of an element of DER with this tag, and what stands behind it.
fn element(bytes: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (&first, rest) = bytes.split_first()?;
    let (&length, rest) = rest.split_first()?;
    if first != tag {
        return None;
    }
    let (length, rest) = match length {
        0..=0x7f => (usize::from(length), rest),
        0x81 => (usize::from(*rest.first()?), rest.get(1..)?),
        0x82 => (usize::from(u16::from_be_bytes(*rest.first_chunk()?)), rest.get(2..)?),
        _ => return None,
    };
    rest.split_at_checked(length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::native::testing::{PeBuilder, check, ids};

    fn name(of: &str) -> Vec<u8> {
        let mut name = vec![0x30, of.len() as u8 + 2, 0x0c, of.len() as u8];
        name.extend(of.as_bytes());
        name
    }

    fn certificate(issuer: &str, subject: &str) -> Vec<u8> {
        let mut bytes = vec![0x30, 0x82, 1, 0, 0x30, 0x82, 0, 0xf0, 0xa0, 3, 2, 1, 2, 2, 1, 7, 0x30, 2, 5, 0];
        bytes.extend(name(issuer));
        bytes.extend([0x30, 2, 5, 0]);
        bytes.extend(name(subject));
        bytes
    }

    fn told(certificates: &[(&str, &str)]) -> Vec<&'static str> {
        let mut pe = PeBuilder::program();
        let body: Vec<u8> = certificates.iter().flat_map(|(issuer, subject)| certificate(issuer, subject)).collect();
        let mut table = (body.len() as u32 + 8).to_le_bytes().to_vec();
        table.extend([0, 2, 2, 0]);
        table.extend(body);
        table.resize(table.len().next_multiple_of(8), 0);
        pe.certificate = table;
        ids(&check(&Claims, FileKind::Pe, "x.exe", &pe.build()))
    }

    #[test]
    fn makers_do_not_vouch_for_themselves() {
        assert_eq!(told(&[("Microsoft Windows", "Microsoft Windows")]), ["pe-self-signed-as-vendor"]);
        assert!(told(&[("Some Authority", "Microsoft Windows")]).is_empty());
        assert!(told(&[("Jane Doe", "Jane Doe")]).is_empty());
        let chain = [("Microsoft Root", "Microsoft Root"), ("Microsoft Root", "Microsoft Windows")];
        assert!(told(&chain).is_empty());
    }
}

//! The header of Chrome extensions (`.crx`): who signed it, and under what identity.
//!
//! An extension's identity is the beginning of the SHA-256 of its key, sixteen bytes, written with the letters a to p.
//! Version 2 has one key and one signature; version 3 has a protocol buffer of proofs (a key and a signature each) and
//! the identity that they are for. The signatures themselves are not verified: what is in the zip behind is looked at
//! whoever signed it.
//!
//! Reference: `crx3.proto` of Chromium, <https://chromium.googlesource.com/chromium/src/+/HEAD/components/crx_file/>.

use sha2::{Digest as _, Sha256};

use crate::analyze::{Heuristic, Notes};
use crate::model::purl::purl;
use crate::model::{Component, Evidence, Fact, FactKind, FileKind, Gap, Rule};
use crate::parse::Parsed;
use crate::parse::fields::Fields;
use crate::rule;

rule! {
    /// A Chrome extension's header says that it is one extension, and none of the keys in it is that extension's: the
    /// header was taken from somewhere else or changed. Browsers refuse it. Honest look-alikes: none is known.
    pub(crate) MISMATCH = "crx-identity-mismatch" in "pkg/manifest-mismatch";
    severity: Medium, confidence: Likely,
    title: "A Chrome extension's identity is not that of its key",
    reference: "https://chromium.googlesource.com/chromium/src/+/HEAD/components/crx_file/crx3.proto",
}

/// Reads the header.
pub(super) struct CrxHeader;

/// Most keys of one header.
const KEYS_MAX: usize = 64;

impl Heuristic for CrxHeader {
    fn rules(&self) -> &'static [&'static Rule] {
        const { &[&MISMATCH] }
    }

    fn applies(&self, kind: FileKind) -> bool {
        kind == FileKind::Crx
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        let fields = Fields::new(file.bytes(), true);
        let version = fields.u32(4).unwrap_or(0);
        let read = match version {
            2 => version_2(&fields),
            _ => version_3(&fields),
        };
        let Some(header) = read else {
            out.gaps.push(Gap::malformed("the header of the Chrome extension (keys and signatures) cannot be read"));
            return;
        };
        let identities: Vec<String> = header.keys.iter().map(|key| identity(&Sha256::digest(key))).collect();
        let said = header.identity.map(identity).or_else(|| identities.first().cloned());
        if let Some(said) = &said {
            let component = Component {
                purl: purl("chrome-extension", said, "", &[]),
                name: format!("chrome-extension {said}"),
                version: None,
                source: format!("crx{version}-header").into(),
            };
            out.facts.push(Fact::whole(FactKind::Component(Box::new(component))));
        }
        if let Some(said) = said
            && header.identity.is_some()
            && !identities.contains(&said)
        {
            let note = format!("says {said}; its {} keys are of {}", identities.len(), identities.join(", "));
            out.findings.push(MISMATCH.finding(Evidence::note(note)));
        }
    }
}

/// Keys and what they are for.
#[derive(Default)]
struct Header<'a> {
    keys: Vec<&'a [u8]>,
    identity: Option<&'a [u8]>,
}

/// Sixteen bytes, each half of a byte a letter from a on.
fn identity(bytes: &[u8]) -> String {
    let halves = bytes.iter().take(16).flat_map(|b| [b >> 4, b & 15]);
    halves.map(|half| char::from(b'a' + half)).collect()
}

fn version_2<'a>(fields: &Fields<'a>) -> Option<Header<'a>> {
    let (key, signature) = (u64::from(fields.u32(8)?), u64::from(fields.u32(12)?));
    fields.range(16 + key, signature)?;
    Some(Header { keys: vec![fields.range(16, key)?], identity: None })
}

fn version_3<'a>(fields: &Fields<'a>) -> Option<Header<'a>> {
    let mut header = Header::default();
    for field in Members::of(fields.range(12, u64::from(fields.u32(8)?))?) {
        let (number, body) = field?;
        match number {
            // Proofs by RSA and by elliptic curves: a key and a signature.
            2 | 3 => {
                for member in Members::of(body) {
                    if let (1, key) = member?
                        && header.keys.len() < KEYS_MAX
                    {
                        header.keys.push(key);
                    }
                }
            }
            10000 => {
                for member in Members::of(body) {
                    if let (1, identity) = member? {
                        header.identity = Some(identity);
                    }
                }
            }
            _ => {}
        }
    }
    Some(header)
}

/// The members of a protocol buffer that are byte strings; numbers are stepped over.
struct Members<'a> {
    bytes: &'a [u8],
}

impl<'a> Members<'a> {
    fn of(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    fn number(&mut self) -> Option<u64> {
        let mut value = 0u64;
        for shift in (0..63).step_by(7) {
            let (byte, rest) = self.bytes.split_first()?;
            self.bytes = rest;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }

    fn take(&mut self, len: u64) -> Option<&'a [u8]> {
        let (taken, rest) = self.bytes.split_at_checked(usize::try_from(len).ok()?)?;
        self.bytes = rest;
        Some(taken)
    }

    fn member(&mut self) -> Option<(u64, &'a [u8])> {
        let key = self.number()?;
        let body = match key & 7 {
            0 => {
                self.number()?;
                &[]
            }
            1 => self.take(8).map(|_| &[][..])?,
            2 => {
                let len = self.number()?;
                self.take(len)?
            }
            5 => self.take(4).map(|_| &[][..])?,
            _ => return None,
        };
        Some((key >> 3, body))
    }
}

impl<'a> Iterator for Members<'a> {
    /// A member's number and bytes; `None` inside when what follows is no member.
    type Item = Option<(u64, &'a [u8])>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.bytes.is_empty() {
            return None;
        }
        let member = self.member();
        if member.is_none() {
            self.bytes = &[];
        }
        Some(member)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::native::testing::{check, ids};

    fn member(number: u32, body: &[u8]) -> Vec<u8> {
        let mut key = number << 3 | 2;
        let mut out = Vec::new();
        while key > 0x7f {
            out.push(key as u8 & 0x7f | 0x80);
            key >>= 7;
        }
        out.extend([key as u8, body.len() as u8]);
        out.extend_from_slice(body);
        out
    }

    fn version_3(id: &[u8]) -> Vec<u8> {
        let proof = [member(1, b"the key"), member(2, b"the signature")].concat();
        let header = [member(2, &proof), member(10000, &member(1, id))].concat();
        [&b"Cr24\x03\0\0\0"[..], &(header.len() as u32).to_le_bytes(), &header, b"PK\x05\x06"].concat()
    }

    fn names(bytes: &[u8]) -> (Vec<String>, Vec<&'static str>, usize) {
        let notes = check(&CrxHeader, FileKind::Crx, "x.crx", bytes);
        let names = notes.facts.iter().filter_map(|f| match &f.kind {
            FactKind::Component(c) => Some(c.name.clone()),
            _ => None,
        });
        (names.collect(), ids(&notes), notes.gaps.len())
    }

    #[test]
    fn both_versions_tell_who_they_are() {
        let digest = Sha256::digest(b"the key");
        let expected = format!("chrome-extension {}", identity(&digest));
        let (told, rules, gaps) = names(&version_3(&digest[..16]));
        assert_eq!((told, rules, gaps), (vec![expected.clone()], vec![], 0));
        let old = [&b"Cr24\x02\0\0\0\x07\0\0\0\x04\0\0\0the keysign"[..], b"PK\x05\x06"].concat();
        assert_eq!(names(&old).0, [expected]);
    }

    #[test]
    fn a_foreign_identity_is_told_and_a_broken_header_a_gap() {
        assert_eq!(names(&version_3(&[7; 16])).1, ["crx-identity-mismatch"]);
        let mut bytes = version_3(&[7; 16]);
        bytes[8] = 0xff;
        assert_eq!(names(&bytes).2, 1);
        bytes[8..12].fill(0xff);
        assert_eq!(names(&bytes).2, 1);
    }
}

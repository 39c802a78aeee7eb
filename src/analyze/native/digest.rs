//! Whether the bytes are those that were signed: the digest that a signature names, computed again.
//!
//! A signature is worth something only when it is checked, and what checks it is often switched off or absent: a
//! Windows program that was changed after signing still shows its signer's name in its properties, and old Mac
//! programs start with pages that differ. Known uses: patched vendors' programs (3CX kept valid ones; Zloader, Winos
//! and infected installers did not). Honest look-alikes: tools that edit resources of signed programs; mirrors that
//! strip or re-pack.
//!
//! References: <https://learn.microsoft.com/en-us/windows/win32/debug/pe-format#process-for-generating-the-authenticode-pe-image-hash>;
//! <https://developer.apple.com/documentation/technotes/tn3126-inside-code-signing-hashes>; ATT&CK T1553.002.

use std::collections::BTreeSet;

use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};

use super::placed;
use crate::analyze::{Heuristic, Notes};
use crate::model::{Capability, Fact, FileKind, Gap, GapReason, Rule};
use crate::parse::Parsed;
use crate::parse::fields::Fields;
use crate::parse::macho::MachO;
use crate::parse::pe::Pe;
use crate::rule;

rule! {
    /// The digest that the Authenticode signature names is not the digest of the file: it was changed after it was
    /// signed, or the signature was taken from another file. Known uses: infected and patched programs that keep the
    /// look of their vendor; signatures copied from other vendors. Honest look-alikes: tools that change icons or
    /// version texts of signed programs without signing again.
    pub(super) CHANGED = "pe-changed-after-signing" in "bin/signature-state";
    severity: High, confidence: Likely,
    title: "The file is not the one that was signed",
    reference: "https://attack.mitre.org/techniques/T1553/002/",
}

rule! {
    /// Pages of the program do not have the digests that its Apple code signature names: it was changed after it was
    /// signed. The system kills such a program when it reaches these pages, unless the check is off. Known uses:
    /// patched copies of paid programs with an implant. Honest look-alikes: programs that were stripped or edited
    /// after signing by mistake.
    pub(super) PAGES = "macho-changed-after-signing" in "bin/signature-state";
    severity: High, confidence: Likely,
    title: "Pages are not the ones that were signed",
    reference: "https://attack.mitre.org/techniques/T1553/002/",
}

/// `1.3.6.1.4.1.311.2.1.4`, SPC_INDIRECT_DATA, with its DER head.
const INDIRECT_DATA: &[u8] = b"\x06\x0a\x2b\x06\x01\x04\x01\x82\x37\x02\x01\x04";
/// Most pages whose digests are computed: 4 GiB of the usual 4 KiB.
const PAGES_MAX: u64 = 1 << 20;

/// Most code directories of one signature: signers write one for each digest algorithm, and there are five.
const DIRECTORIES_MAX: usize = 6;
/// Most bytes of Mach-O pages whose digests are computed, in lengths of the file: two, since signers write two
/// directories while an algorithm is replaced.
const LENGTHS: u64 = 2;

/// Computes digests.
pub(super) struct Digests;

impl Heuristic for Digests {
    fn rules(&self) -> &'static [&'static Rule] {
        const { &[&CHANGED, &PAGES] }
    }

    fn applies(&self, kind: FileKind) -> bool {
        matches!(kind, FileKind::Pe | FileKind::MachO | FileKind::MachOFat)
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        if let Some(Ok(pe)) = file.pe() {
            check_pe(file, pe, out);
        } else if let Some(Ok(images)) = file.macho() {
            let mut allowance = Allowance { left: (file.bytes().len() as u64).saturating_mul(LENGTHS), cut: false };
            images.iter().for_each(|image| check_macho(file, image, &mut allowance, out));
            if allowance.cut {
                let detail = "the code signature names more pages to digest than there are; not all were compared";
                out.gaps.push(Gap::new(GapReason::Limit, detail));
            }
        }
    }
}

/// The digest algorithms that signatures name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Algorithm {
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

impl Algorithm {
    fn of(oid: &[u8]) -> Option<Self> {
        Some(match oid {
            b"\x2b\x0e\x03\x02\x1a" => Self::Sha1,
            b"\x60\x86\x48\x01\x65\x03\x04\x02\x01" => Self::Sha256,
            b"\x60\x86\x48\x01\x65\x03\x04\x02\x02" => Self::Sha384,
            b"\x60\x86\x48\x01\x65\x03\x04\x02\x03" => Self::Sha512,
            _ => return None,
        })
    }

    fn digest(self, parts: &[&[u8]]) -> Vec<u8> {
        fn run<D: Digest>(parts: &[&[u8]]) -> Vec<u8> {
            let mut state = D::new();
            parts.iter().for_each(|p| state.update(p));
            state.finalize().to_vec()
        }
        match self {
            Self::Sha1 => run::<Sha1>(parts),
            Self::Sha256 => run::<Sha256>(parts),
            Self::Sha384 => run::<Sha384>(parts),
            Self::Sha512 => run::<Sha512>(parts),
        }
    }
}

fn check_pe(file: &Parsed<'_>, pe: &Pe<'_>, out: &mut Notes) {
    let fields = Fields::new(file.bytes(), true);
    let Some((at, len)) = pe.certificates().filter(|(at, len)| at.saturating_add(*len) <= fields.len()) else { return };
    // WIN_CERTIFICATE: 8 bytes before the PKCS #7 blob.
    let blob = fields.available(at.saturating_add(8), len.saturating_sub(8));
    let Some((algorithm, signed)) = indirect_digest(blob) else { return };
    let Some(parts) = signed_parts(fields, pe, at, len) else { return };
    let found = algorithm.digest(&parts);
    if found == signed {
        out.facts.push(Fact::has(Capability::Native, "signed digest is the file's", at));
        return;
    }
    let note = format!("signed {}, the file has {} ({algorithm:?})", hex(signed), hex(&found));
    out.findings.push(CHANGED.finding(placed(at, len, note)));
}

/// Everything but the checksum, the directory entry of the certificates, and the certificates.
fn signed_parts<'a>(fields: Fields<'a>, pe: &Pe<'_>, at: u64, len: u64) -> Option<[&'a [u8]; 4]> {
    let optional = u64::from(fields.u32(0x3c)?).checked_add(24)?;
    let checksum = optional.checked_add(64)?;
    let entry = optional.checked_add(if pe.wide { 144 } else { 128 })?;
    let piece = |from: u64, to: u64| fields.range(from, to.checked_sub(from)?);
    Some([
        piece(0, checksum)?,
        piece(checksum.checked_add(4)?, entry)?,
        piece(entry.checked_add(8)?, at)?,
        fields.available(at.checked_add(len)?, u64::MAX),
    ])
}

/// The digest that SpcIndirectDataContent names: `SEQUENCE { data, SEQUENCE { SEQUENCE { OID }, OCTET STRING } }`.
fn indirect_digest(blob: &[u8]) -> Option<(Algorithm, &[u8])> {
    let at = memchr::memmem::find(blob, INDIRECT_DATA)?;
    let rest = blob.get(at + INDIRECT_DATA.len()..)?;
    let (content, _) = der(rest, 0xa0)?;
    let (content, _) = der(content, 0x30)?;
    let (_, after) = der(content, 0x30)?;
    let (info, _) = der(after, 0x30)?;
    let (algorithm, after) = der(info, 0x30)?;
    let (oid, _) = der(algorithm, 0x06)?;
    let (digest, _) = der(after, 0x04)?;
    Some((Algorithm::of(oid)?, digest))
}

/// The content of a DER value with this tag, and what follows it.
fn der(bytes: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (first, rest) = bytes.split_first()?;
    let (length, rest) = rest.split_first()?;
    if *first != tag {
        return None;
    }
    if *length < 0x80 {
        return rest.split_at_checked(usize::from(*length));
    }
    let count = usize::from(*length & 0x7f);
    if count == 0 || count > 4 {
        return None;
    }
    let (length, rest) = rest.split_at_checked(count)?;
    rest.split_at_checked(length.iter().fold(0usize, |sum, b| sum << 8 | usize::from(*b)))
}

/// What may still be digested.
struct Allowance {
    left: u64,
    cut: bool,
}

/// Compares the digest of each page with the code directory's. Reference: `cs_blobs.h` of XNU.
fn check_macho(file: &Parsed<'_>, image: &MachO<'_>, allowance: &mut Allowance, out: &mut Notes) {
    let Some((at, len)) = image.signature else { return };
    let whole = Fields::new(file.bytes(), false);
    let own = whole.available(image.start, image.len);
    let blob = Fields::new(Fields::new(own, false).available(at, len), false);
    if blob.u32(0) != Some(0xfade_0cc0) {
        return;
    }
    let rows = (0..u64::from(blob.u32(8).unwrap_or(0))).map_while(|i| blob.u32(16 + i * 8).map(u64::from));
    // Any number of rows may name one directory.
    let parts: BTreeSet<u64> = rows.filter(|part| blob.u32(*part) == Some(0xfade_0c02)).collect();
    allowance.cut |= parts.len() > DIRECTORIES_MAX;
    for part in parts.into_iter().take(DIRECTORIES_MAX) {
        let directory = Fields::new(blob.available(part, u64::from(blob.u32(part + 4).unwrap_or(0))), false);
        if let Some(wrong) = first_wrong_page(own, directory, at, allowance) {
            let note = format!("page {wrong} of {} differs from its digest", directory.u32(28).unwrap_or(0));
            out.findings.push(PAGES.finding(placed(image.start, 0, note)));
            return;
        }
    }
}

/// The first page whose digest is another one. `None` too when the directory cannot be used.
fn first_wrong_page(own: &[u8], directory: Fields<'_>, signature_at: u64, allowance: &mut Allowance) -> Option<u64> {
    let hashes = u64::from(directory.u32(16)?);
    let pages = u64::from(directory.u32(28)?).min(PAGES_MAX);
    let version = directory.u32(8)?;
    let wide = if version >= 0x2_0300 { directory.u64(56).unwrap_or(0) } else { 0 };
    let limit = if wide != 0 { wide } else { u64::from(directory.u32(32)?) };
    let size = u64::from(directory.u8(36)?);
    let algorithm = match directory.u8(37)? {
        1 => Algorithm::Sha1,
        2 | 3 => Algorithm::Sha256,
        4 => Algorithm::Sha384,
        _ => return None,
    };
    let shift = directory.u8(39)?;
    // A page of 1 MiB and more is written by nobody; code ends before the signature.
    if !(8..=20).contains(&shift) || limit > signature_at || size < 16 {
        return None;
    }
    let own = Fields::new(own, false);
    (0..pages).find(|i| {
        let start = i << shift;
        let page = own.range(start, limit.saturating_sub(start).min(1 << shift));
        let said = hashes.checked_add(i * size).and_then(|at| directory.range(at, size));
        let (Some(page), Some(said)) = (page, said) else { return false };
        let Some(left) = allowance.left.checked_sub(page.len() as u64) else {
            allowance.cut = true;
            return false;
        };
        allowance.left = left;
        let found = algorithm.digest(&[page]);
        found.get(..said.len()).is_none_or(|f| f != said)
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().take(8).map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::native::testing::{MachBuilder, PeBuilder, check, ids};

    fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
        let mut out = vec![tag, 0x82, (content.len() >> 8) as u8, content.len() as u8];
        out.extend_from_slice(content);
        out
    }

    /// A `WIN_CERTIFICATE` whose blob names a SHA-256 digest.
    fn certificate(digest: &[u8]) -> Vec<u8> {
        let oid = tlv(6, b"\x60\x86\x48\x01\x65\x03\x04\x02\x01");
        let info = tlv(0x30, &[tlv(0x30, &oid), tlv(4, digest)].concat());
        let content = tlv(0xa0, &tlv(0x30, &[tlv(0x30, b"data"), info].concat()));
        let mut der = tlv(0x30, &[INDIRECT_DATA, &content].concat());
        der.resize(der.len().next_multiple_of(8), 0);
        let mut out = (der.len() as u32 + 8).to_le_bytes().to_vec();
        out.extend([0, 2, 2, 0]);
        out.extend(der);
        out
    }

    fn signed() -> Vec<u8> {
        let mut pe = PeBuilder::program();
        pe.certificate = certificate(&[0; 32]);
        let draft = pe.build();
        let parsed = Pe::parse(&draft).unwrap();
        let (at, len) = parsed.certificates().unwrap();
        let parts = signed_parts(Fields::new(&draft, true), &parsed, at, len).unwrap();
        pe.certificate = certificate(&Algorithm::Sha256.digest(&parts));
        pe.build()
    }

    #[test]
    fn a_changed_byte_breaks_an_authenticode_digest() {
        let good = signed();
        assert!(check(&Digests, FileKind::Pe, "x.exe", &good).findings.is_empty());
        let mut bad = good.clone();
        bad[0x410] ^= 1;
        assert_eq!(ids(&check(&Digests, FileKind::Pe, "x.exe", &bad)), ["pe-changed-after-signing"]);
        // The checksum is not signed.
        let mut summed = good;
        summed[0x40 + 24 + 64] ^= 0xff;
        assert!(check(&Digests, FileKind::Pe, "x.exe", &summed).findings.is_empty());
    }

    #[test]
    fn blobs_without_a_digest_say_nothing() {
        let mut pe = PeBuilder::program();
        pe.certificate = PeBuilder::signature(300, b"");
        assert!(check(&Digests, FileKind::Pe, "x.exe", &pe.build()).findings.is_empty());
        assert_eq!(indirect_digest(&[INDIRECT_DATA, b"\xa0\x84\xff\xff\xff\xff"].concat()), None);
        assert_eq!(der(b"\x30\x02\x01", 0x30), None);
    }

    /// A signed library whose signature names its one code directory so often, each time at the same place or at one
    /// of its own.
    fn signed_mach(times: usize, copies: bool) -> Vec<u8> {
        let mut mach = MachBuilder::library();
        mach.signature = vec![0; 12 + 8 * times + (44 + 32 * 64) * times];
        let draft = mach.build();
        let image = crate::parse::macho::parse_one(&draft).unwrap();
        let (at, _) = image.signature.unwrap();
        let limit = at as u32;
        let pages = limit.div_ceil(4096);
        let mut directory = Vec::new();
        let head = [0xfade_0c02u32, 44 + 32 * pages, 0x2_0100, 2, 44, 0, 0, pages, limit];
        head.iter().for_each(|v| directory.extend(v.to_be_bytes()));
        directory.extend([32, 2, 0, 12]);
        directory.resize(44, 0);
        for page in draft[..at as usize].chunks(4096) {
            directory.extend(Algorithm::Sha256.digest(&[page]));
        }
        let mut blob = Vec::new();
        let first = 12 + 8 * times as u32;
        [0xfade_0cc0u32, mach.signature.len() as u32, times as u32].iter().for_each(|v| blob.extend(v.to_be_bytes()));
        for i in 0..times as u32 {
            let at = if copies { first + i * directory.len() as u32 } else { first };
            [0, at].iter().for_each(|v: &u32| blob.extend(v.to_be_bytes()));
        }
        (0..if copies { times } else { 1 }).for_each(|_| blob.extend_from_slice(&directory));
        let mut good = draft;
        let blob_len = blob.len();
        good[at as usize..at as usize + blob_len].copy_from_slice(&blob);
        good
    }

    #[test]
    fn directories_are_digested_once_and_no_more_than_the_file_is_worth() {
        // Forty rows name one directory.
        let notes = check(&Digests, FileKind::MachO, "x", &signed_mach(40, false));
        assert!(notes.findings.is_empty() && notes.gaps.is_empty());
        // Forty copies of a directory are nothing that a signer writes.
        let notes = check(&Digests, FileKind::MachO, "x", &signed_mach(40, true));
        assert_eq!(notes.gaps.iter().map(|g| g.reason).collect::<Vec<_>>(), [GapReason::Limit]);
        assert!(notes.findings.is_empty());
    }

    #[test]
    fn a_changed_page_breaks_an_apple_signature() {
        let mut good = signed_mach(1, false);
        assert!(check(&Digests, FileKind::MachO, "x", &good).findings.is_empty());
        good[0x1010] ^= 1;
        assert_eq!(ids(&check(&Digests, FileKind::MachO, "x", &good)), ["macho-changed-after-signing"]);
    }
}

//! Code signatures, as far as bytes show: whether there is one, of what sort, what it grants, and what was hidden
//! behind or inside it.
//!
//! Windows does not hash the certificate table, so bytes can be added to it without breaking the signature. 3CX's
//! `d3dcompiler_47.dll` carried its encrypted payload there and stayed validly signed. Honest look-alikes: installers
//! of Google and Mozilla put download tags of a few kilobytes there. Trust in the signer is not judged here.
//!
//! References: MS13-098; <https://learn.microsoft.com/en-us/windows/win32/debug/pe-format#the-attribute-certificate-table-image-only>;
//! <https://developer.apple.com/documentation/technotes/tn3126-inside-code-signing-hashes>; ATT&CK T1553.002.

use super::entropy::sampled;
use super::placed;
use crate::analyze::{Heuristic, Notes};
use crate::model::{Capability, Fact, FileKind, Rule};
use crate::parse::Parsed;
use crate::parse::fields::Fields;
use crate::parse::macho::MachO;
use crate::parse::pe::Pe;
use crate::rule;

rule! {
    /// Bytes were added inside the certificate table of a signed Windows file, behind the signature itself. They are
    /// not covered by the signature, which stays valid. Known uses: 3CX (`d3dcompiler_47.dll`), Zloader (MS13-098).
    /// Honest look-alikes: download tags of installers, up to a few kilobytes of text.
    pub(super) IN_SIGNATURE = "pe-data-in-signature" in "bin/overlay";
    severity: Low, confidence: Certain,
    title: "Data is hidden inside the signature's table",
    reference: "https://nvd.nist.gov/vuln/detail/CVE-2013-3900",
}

rule! {
    /// More than 4 kB of dense data were added inside the certificate table of a signed Windows file: too much and too
    /// random for an installer's tag. Known uses: the encrypted stage of 3CX in `d3dcompiler_47.dll`. Honest
    /// look-alikes: none is known.
    pub(super) PAYLOAD_IN_SIGNATURE = "pe-payload-in-signature" in "bin/overlay";
    severity: High, confidence: Likely,
    title: "A payload is hidden inside the signature's table",
    reference: "https://attack.mitre.org/techniques/T1553/002/",
}

rule! {
    /// The file goes on behind its certificate table. Signing tools put the table last, so this was added after
    /// signing. Honest look-alikes: self-extracting programs that are signed before their data is appended.
    pub(super) AFTER_SIGNATURE = "pe-data-after-signature" in "bin/overlay";
    severity: Medium, confidence: Likely,
    title: "Data follows the signature",
    reference: "https://attack.mitre.org/techniques/T1553/002/",
}

rule! {
    /// The header names a certificate table that is not there or not whole: the signature was cut off or damaged.
    /// Honest look-alikes: tools that strip signatures carelessly, repacked files.
    pub(super) BROKEN_SIGNATURE = "pe-broken-signature-table" in "bin/signature-state";
    severity: Low, confidence: Likely,
    title: "The signature's table is damaged",
    reference: "https://attack.mitre.org/techniques/T1553/002/",
}

rule! {
    /// The signature grants rights that lower the system's protection of this very program: foreign libraries may be
    /// loaded into it, the loader's environment is obeyed, debuggers may attach, memory may be written and executed.
    /// Known uses: hosts for injected libraries. Honest look-alikes: Electron, Java, Python and Node for macOS need
    /// most of these.
    pub(super) ENTITLEMENTS = "macho-weakening-entitlements" in "bin/macho-odd";
    severity: Info, confidence: Certain,
    title: "The signature lowers the system's protection of the program",
    reference: "https://developer.apple.com/documentation/security/hardened_runtime",
}

/// Entitlements that weaken.
const WEAKENING: &[&str] = &[
    "com.apple.security.cs.disable-library-validation",
    "com.apple.security.cs.allow-dyld-environment-variables",
    "com.apple.security.cs.allow-unsigned-executable-memory",
    "com.apple.security.cs.disable-executable-page-protection",
    "com.apple.security.cs.debugger",
    "com.apple.security.get-task-allow",
];

/// Reads signatures.
pub(super) struct CodeSignature;

impl Heuristic for CodeSignature {
    fn rules(&self) -> &'static [&'static Rule] {
        const { &[&IN_SIGNATURE, &PAYLOAD_IN_SIGNATURE, &AFTER_SIGNATURE, &BROKEN_SIGNATURE, &ENTITLEMENTS] }
    }

    fn applies(&self, kind: FileKind) -> bool {
        matches!(kind, FileKind::Pe | FileKind::MachO | FileKind::MachOFat)
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        if let Some(Ok(pe)) = file.pe() {
            check_pe(file, pe, out);
        } else if let Some(Ok(images)) = file.macho()
            && let Some(image) = images.first()
        {
            // All slices of a fat file are signed together.
            check_macho(file, image, out);
        }
    }
}

fn check_pe(file: &Parsed<'_>, pe: &Pe<'_>, out: &mut Notes) {
    let Some((at, len)) = pe.certificates() else {
        out.facts.push(Fact::has(Capability::Native, "not signed", 0));
        return;
    };
    let fields = Fields::new(file.bytes(), true);
    let end = at.saturating_add(len);
    if end > fields.len() {
        let note = format!("certificates at {at}+{len}, the file has {} bytes", fields.len());
        out.findings.push(BROKEN_SIGNATURE.finding(placed(at, 0, note)));
        return;
    }
    out.facts.push(Fact::has(Capability::Native, "signed (Authenticode)", at));
    // WIN_CERTIFICATE: length with its own 8 bytes, revision, type; each is aligned to 8 bytes.
    let mut entry = at;
    while entry < end {
        let length = u64::from(fields.u32(entry).unwrap_or(0));
        if length < 8 || entry.saturating_add(length) > end {
            let note = format!("certificate at {entry} has a length of {length} bytes");
            out.findings.push(BROKEN_SIGNATURE.finding(placed(entry, 8, note)));
            break;
        }
        if let Some(body) = fields.range(entry + 8, length - 8) {
            check_trailing(body, entry + 8, out);
        }
        entry = entry.saturating_add(length.next_multiple_of(8));
    }
    // Some linkers and signers pad the file's end.
    let rest = fields.available(end, u64::MAX);
    if rest.iter().any(|b| *b != 0) {
        let note = format!("{} bytes follow the certificate table", rest.len());
        out.findings.push(AFTER_SIGNATURE.finding(placed(end, rest.len() as u64, note)));
    }
}

/// What stands in a certificate behind the DER sequence that is the signature.
fn check_trailing(body: &[u8], at: u64, out: &mut Notes) {
    let Some(der) = der_length(body) else { return };
    let rest = body.get(der..).unwrap_or_default();
    let used = rest.iter().rposition(|b| *b != 0).map_or(0, |last| last + 1);
    let rest = rest.get(..used).unwrap_or_default();
    if rest.is_empty() {
        return;
    }
    let entropy = sampled(rest);
    let rule = if rest.len() > 4096 && entropy > 6.5 { &PAYLOAD_IN_SIGNATURE } else { &IN_SIGNATURE };
    let note = format!("{} bytes behind the signature, {entropy:.1} bits per byte", rest.len());
    out.findings.push(rule.finding(placed(at.saturating_add(der as u64), rest.len() as u64, note)));
}

/// The length of a DER sequence with its head.
fn der_length(der: &[u8]) -> Option<usize> {
    let [0x30, first, rest @ ..] = der else { return None };
    if *first < 0x80 {
        return Some(usize::from(*first) + 2);
    }
    let count = usize::from(*first & 0x7f);
    if count == 0 || count > 4 {
        return None;
    }
    let length = rest.get(..count)?.iter().fold(0usize, |sum, b| sum << 8 | usize::from(*b));
    length.checked_add(2 + count)
}

/// The super blob: magic, length, count, then (slot, offset) of each part; all big-endian.
fn check_macho(file: &Parsed<'_>, image: &MachO<'_>, out: &mut Notes) {
    let Some((at, len)) = image.signature else {
        out.facts.push(Fact::has(Capability::Native, "not signed", image.start));
        return;
    };
    let at = image.start.saturating_add(at);
    let blob = Fields::new(Fields::new(file.bytes(), false).available(at, len), false);
    if blob.u32(0) != Some(0xfade_0cc0) {
        return;
    }
    let mut state = "signed (Apple code signature)";
    for i in 0..u64::from(blob.u32(8).unwrap_or(0)).min(64) {
        let Some(part) = blob.u32(16 + i * 8).map(u64::from) else { break };
        let body = blob.available(part, u64::from(blob.u32(part.saturating_add(4)).unwrap_or(0)));
        match blob.u32(part) {
            // Code directory: flags at 12, bit 1 for a signature without an identity.
            Some(0xfade_0c02) if blob.u32(part.saturating_add(12)).unwrap_or(0) & 2 != 0 => state = "signed ad hoc",
            Some(0xfade_7171) => check_entitlements(body, at.saturating_add(part), out),
            _ => {}
        }
    }
    out.facts.push(Fact::has(Capability::Native, state, at));
}

fn check_entitlements(plist: &[u8], at: u64, out: &mut Notes) {
    let granted = |key: &&&str| {
        let Some(key_at) = memchr::memmem::find(plist, format!("<key>{key}</key>").as_bytes()) else { return false };
        let after = plist.get(key_at..).unwrap_or_default();
        let after = after.get(..160).unwrap_or(after);
        let value = memchr::memmem::find(after, b"</key>").and_then(|v| after.get(v + 6..)).unwrap_or_default();
        value.trim_ascii_start().starts_with(b"<true/>")
    };
    let weak: Vec<&str> = WEAKENING.iter().filter(granted).copied().collect();
    for key in &weak {
        out.facts.push(Fact::has(Capability::Native, *key, at));
    }
    if !weak.is_empty() {
        out.findings.push(ENTITLEMENTS.finding(placed(at, plist.len() as u64, weak.join(", "))));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::native::testing::{MachBuilder, PeBuilder, check, ids, noise};

    fn pe(certificate: Vec<u8>, after: Vec<u8>) -> Vec<&'static str> {
        let mut pe = PeBuilder::dll();
        pe.certificate = certificate;
        pe.after_certificate = after;
        ids(&check(&CodeSignature, FileKind::Pe, "x.dll", &pe.build()))
    }

    #[test]
    fn the_shape_of_3cx_is_high() {
        assert!(pe(PeBuilder::signature(1000, b""), vec![]).is_empty());
        assert_eq!(pe(PeBuilder::signature(1000, &noise(20_000)), vec![]), ["pe-payload-in-signature"]);
        assert_eq!(pe(PeBuilder::signature(1000, b"Gact2.0Omaha"), vec![]), ["pe-data-in-signature"]);
    }

    #[test]
    fn data_behind_the_signature_is_seen_and_padding_is_not() {
        assert_eq!(pe(PeBuilder::signature(100, b""), vec![1; 100]), ["pe-data-after-signature"]);
        assert!(pe(PeBuilder::signature(100, b""), vec![0; 100]).is_empty());
    }

    #[test]
    fn lying_lengths_are_damage() {
        let mut table = PeBuilder::signature(100, b"");
        table[..4].copy_from_slice(&0xffff_ffffu32.to_le_bytes());
        assert_eq!(pe(table.clone(), vec![]), ["pe-broken-signature-table"]);
        table[..4].copy_from_slice(&0u32.to_le_bytes());
        assert_eq!(pe(table, vec![]), ["pe-broken-signature-table"]);
        assert_eq!(der_length(&[0x30, 0x84, 0xff, 0xff, 0xff, 0xff]), Some(0xffff_ffff + 6));
        assert_eq!(der_length(&[0x30, 0x85, 1, 1, 1, 1, 1]), None);
    }

    #[test]
    fn entitlements_and_ad_hoc_signatures_are_told() {
        let mut mach = MachBuilder::library();
        let plist = "<key>com.apple.security.get-task-allow</key>\n\t<true/>\
                     <key>com.apple.security.cs.debugger</key><false/>";
        mach.signature = MachBuilder::code_signature(2, plist);
        let notes = check(&CodeSignature, FileKind::MachO, "x", &mach.build());
        assert_eq!(ids(&notes), ["macho-weakening-entitlements"]);
        assert_eq!(notes.findings[0].evidence[0].note, "com.apple.security.get-task-allow");
        assert!(notes.facts.iter().any(|f| format!("{:?}", f.kind).contains("ad hoc")));
        let fat = MachBuilder::fat(&[mach.build(), MachBuilder::library().build()]);
        assert_eq!(ids(&check(&CodeSignature, FileKind::MachOFat, "x", &fat)), ["macho-weakening-entitlements"]);
    }
}

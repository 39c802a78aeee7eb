//! Core metadata (`METADATA`, `PKG-INFO`) and `RECORD` of Python distributions.
//!
//! Reference: "Core metadata specifications" and "Recording installed projects" of the Python packaging guide.

use base64::Engine as _;

use super::LONGEST;
use crate::analyze::{Heuristic, Notes};
use crate::model::{Fact, FactKind, FileKind, PythonMetadata, RecordLine, Rule};
use crate::parse::Parsed;

/// Reads `METADATA` and `PKG-INFO`.
pub(super) struct PythonMetadataReader;

impl Heuristic for PythonMetadataReader {
    fn rules(&self) -> &'static [&'static Rule] {
        &[]
    }

    fn applies(&self, kind: FileKind) -> bool {
        kind.is_text()
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        if !matches!(file.base_name(), "METADATA" | "PKG-INFO") {
            return;
        }
        if file.bytes().len() > LONGEST {
            out.gaps.push(super::too_long(file.bytes().len()));
            return;
        }
        let metadata = metadata(file.bytes());
        if !metadata.name.is_empty() {
            out.facts.push(Fact::whole(FactKind::PythonMetadata(Box::new(metadata))));
        }
    }
}

/// The header block; the body (the description) is of no interest.
fn metadata(text: &[u8]) -> PythonMetadata {
    let mut metadata = PythonMetadata::default();
    for line in text.split(|b| *b == b'\n') {
        let line = String::from_utf8_lossy(line);
        let line = line.trim_end_matches('\r');
        if line.is_empty() {
            break;
        }
        let Some((key, value)) = line.split_once(':') else { continue };
        let value = value.trim().to_owned();
        match key.to_ascii_lowercase().as_str() {
            "name" => metadata.name = value,
            "version" => metadata.version = value,
            "summary" => metadata.summary = value,
            "home-page" | "download-url" => metadata.homes.push(value),
            "project-url" => metadata.homes.push(value.rsplit(',').next().unwrap_or_default().trim().to_owned()),
            "requires-dist" => metadata.requires.push(value),
            _ => {}
        }
    }
    metadata
}

/// Reads a wheel's `RECORD`.
pub(super) struct RecordReader;

impl Heuristic for RecordReader {
    fn rules(&self) -> &'static [&'static Rule] {
        &[]
    }

    fn applies(&self, kind: FileKind) -> bool {
        kind.is_text()
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        let in_info = file.artifact().name.contains(".dist-info");
        if file.base_name() != "RECORD" || !in_info {
            return;
        }
        if file.bytes().len() > LONGEST {
            out.gaps.push(super::too_long(file.bytes().len()));
            return;
        }
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(file.bytes());
        let lines: Vec<RecordLine> = reader.byte_records().flatten().filter_map(|r| record_line(&r)).collect();
        out.facts.push(Fact::whole(FactKind::WheelRecord(lines.into_boxed_slice())));
    }
}

/// `path,sha256=<urlsafe base64 without padding>,size`.
fn record_line(record: &csv::ByteRecord) -> Option<RecordLine> {
    let text = |i: usize| record.get(i).map(String::from_utf8_lossy).unwrap_or_default().into_owned();
    let path = text(0);
    if path.is_empty() {
        return None;
    }
    let hash = text(1);
    let sha256 = hash
        .strip_prefix("sha256=")
        .and_then(|h| base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(h.trim_end_matches('=')).ok())
        .and_then(|bytes| bytes.try_into().ok());
    Some(RecordLine { path, sha256, hashed: !hash.is_empty(), size: text(2).trim().parse().ok() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_block_is_read_and_the_body_is_not() {
        let metadata = metadata(b"Metadata-Version: 2.1\r\nName: a_b\r\nVersion: 1\r\nProject-URL: Home, https://h\r\nRequires-Dist: x>1\r\n\r\nName: other\r\n");
        assert_eq!(metadata.name, "a_b");
        assert_eq!(metadata.homes, ["https://h"]);
        assert_eq!(metadata.requires, ["x>1"]);
    }

    #[test]
    fn a_record_line_gives_digest_and_size() {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(&b"\"a,b.py\",sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU,0\nx/RECORD,,\n"[..]);
        let lines: Vec<RecordLine> = reader.byte_records().flatten().filter_map(|r| record_line(&r)).collect();
        assert_eq!(lines[0].path, "a,b.py");
        assert_eq!(lines[0].sha256.map(|d| d[0]), Some(0xe3), "the digest of nothing");
        assert_eq!(lines[0].size, Some(0));
        assert!(!lines[1].hashed);
    }
}

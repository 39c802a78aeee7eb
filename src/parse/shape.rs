//! What is left of a text when its formatting is taken away, so that two versions of it can be told to differ in
//! nothing else. Careful rather than clever: only blanks at the ends of lines, empty lines and the kind of line break
//! count as formatting, and the indentation where it means nothing. Where a string goes over several lines, its
//! indentation means something.

use sha2::Digest as _;

use crate::model::FileKind;

/// A digest of a text without its formatting; `None` for what is no text that people format.
#[must_use]
pub fn shape(kind: FileKind, bytes: &[u8]) -> Option<[u8; 8]> {
    if !kind.is_text() {
        return None;
    }
    let free = matches!(kind, FileKind::JavaScript | FileKind::Json | FileKind::Css) && !bytes.contains(&b'`');
    let mut hash = sha2::Sha256::new();
    for line in bytes.split(|b| *b == b'\n') {
        let line = if free { line.trim_ascii() } else { line.trim_ascii_end() };
        if !line.is_empty() {
            hash.update(line);
            hash.update(b"\n");
        }
    }
    let digest: [u8; 32] = hash.finalize().into();
    let mut short = [0; 8];
    short.copy_from_slice(digest.split_at(8).0);
    Some(short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formatting_is_nothing_and_code_is_something() {
        let js = |text: &str| shape(FileKind::JavaScript, text.as_bytes());
        assert_eq!(js("if (x) {\n  y();\n}\n"), js("if (x) {\r\n\ty();  \r\n\r\n}"));
        assert_ne!(js("if (x) {\n  y();\n}"), js("if (x) {\n  z();\n}"));
        assert_ne!(js("f(`\n a`)"), js("f(`\n  a`)"), "a string keeps its blanks");
        let python = |text: &str| shape(FileKind::Python, text.as_bytes());
        assert_eq!(python("if x:\n    y()\n"), python("if x:\r\n\r\n    y()  "));
        assert_ne!(python("if x:\n    y()\nz()"), python("if x:\n    y()\n    z()"), "indentation is code");
        assert_eq!(shape(FileKind::Elf, b"x"), None);
    }
}

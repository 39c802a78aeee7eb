//! When a name claims what the bytes contradict in a way that matters: a program under a picture's name, an archive
//! that is another archive, an archive's name on bytes that are none. Cousins are no contradiction: TypeScript in
//! `.js`, a JPEG in `.png`, a compressed `.tar`.

use super::name::Name;
use super::read::be32;
use crate::model::{Family, FileKind};

/// The kind that the name claims, when the bytes contradict it.
pub(super) fn contradicted(said: &Name<'_>, kind: FileKind, bytes: &[u8]) -> Option<FileKind> {
    let claimed = said.kind?;
    let harmless = kind == claimed
        || kind == FileKind::Empty
        || is_placeholder(bytes)
        // What is taken into another file is in the language of that one.
        || said.ext() == "inc" && kind.is_text()
        || match claimed.family() {
            Family::Container => container(said, claimed, kind, bytes),
            Family::Media => media(claimed, kind),
            _ if claimed.is_text() => text(said, claimed, kind, bytes),
            _ => compiled(said, claimed, kind, bytes),
        };
    (!harmless).then_some(claimed)
}

/// What stands in for a file elsewhere: macOS metadata (`._x.js`) and Git LFS pointers.
fn is_placeholder(bytes: &[u8]) -> bool {
    be32(bytes, 0) == Some(0x0005_1607) || bytes.starts_with(b"version https://git-lfs.github.com/")
}

fn is_stream(kind: FileKind) -> bool {
    use FileKind::{Brotli, Bzip2, Compress, Gzip, Lz4, Lzip, Lzma, Xz, Zlib, Zstd};
    matches!(kind, Gzip | Xz | Lzma | Lzip | Zstd | Bzip2 | Brotli | Lz4 | Zlib | Compress)
}

/// A linker script in place of a library.
fn is_linker_script(bytes: &[u8], kind: FileKind) -> bool {
    let marks: [&[u8]; 3] = [b"/*", b"INPUT", b"GROUP"];
    kind.is_text() && marks.iter().any(|mark| bytes.starts_with(mark))
}

fn container(said: &Name<'_>, claimed: FileKind, kind: FileKind, bytes: &[u8]) -> bool {
    match (said.ext(), claimed, kind) {
        (_, FileKind::Tar, kind) if is_stream(kind) => true,
        ("tgz", _, FileKind::Tar) => true,
        (_, claimed, FileKind::Tar) if is_stream(claimed) => said.base.contains(".tar."),
        ("apk", _, FileKind::Gzip | FileKind::Tar) | ("ipk", _, FileKind::Ar | FileKind::Tar) => true,
        // Office documents with a password, and `.z` for zlib.
        ("docx" | "xlsx" | "pptx" | "docm" | "xlsm" | "pptm", _, FileKind::Ole) => true,
        ("z", _, FileKind::Zlib | FileKind::Gzip) => true,
        ("a", _, kind) => matches!(kind, FileKind::Elf | FileKind::Wasm) || is_linker_script(bytes, kind),
        // Neither has a magic number, and `.br` and `.lz` are words of their own.
        ("br" | "brotli" | "zz", _, kind) => kind.is_text() || kind == FileKind::Data,
        (_, FileKind::Zip, FileKind::Crx) | (_, FileKind::Crx, FileKind::Zip) => true,
        (_, FileKind::Lzip, FileKind::Lzma) | (_, FileKind::Lzma, FileKind::Lzip) => true,
        _ => false,
    }
}

fn media(claimed: FileKind, kind: FileKind) -> bool {
    match kind {
        FileKind::Svg => true,
        // Formats with many dialects, of which not all are known here.
        FileKind::Data => matches!(claimed, FileKind::Mp3 | FileKind::Mp4 | FileKind::Tiff | FileKind::Ogg),
        kind => kind.family() == Family::Media,
    }
}

fn text(said: &Name<'_>, claimed: FileKind, kind: FileKind, bytes: &[u8]) -> bool {
    if kind.is_text() {
        return match (claimed, kind) {
            (FileKind::Text | FileKind::Markdown | FileKind::OtherSource, _) => true,
            (_, kind) if !kind.is_script() || kind == FileKind::OtherSource => true,
            (claimed, kind) => claimed.family() == kind.family(),
        };
    }
    match (claimed, kind) {
        (FileKind::Plist | FileKind::Text, FileKind::BinaryPlist) => true,
        // PyTorch's weights, and films.
        (FileKind::PythonPath, FileKind::Zip | FileKind::Pickle) => true,
        (FileKind::TypeScript, FileKind::Data) => bytes.first() == Some(&0x47) && bytes.get(188) == Some(&0x47),
        // A `.d`, `.l`, `.s` or `.v` is often no source at all.
        (FileKind::OtherSource, FileKind::Data) => said.ext().len() <= 2,
        (FileKind::Text | FileKind::SourceMap, FileKind::Data) => matches!(said.ext(), "snap" | "pub" | "tab" | "map"),
        _ => false,
    }
}

fn compiled(said: &Name<'_>, claimed: FileKind, kind: FileKind, bytes: &[u8]) -> bool {
    match claimed {
        FileKind::Elf | FileKind::MachO => {
            kind.is_executable() && (kind != FileKind::Pe || said.ext() == "node")
                || kind == FileKind::Wasm
                || is_linker_script(bytes, kind)
        }
        // Their extensions are used for other things too; a program under them is a lie nevertheless.
        FileKind::Pickle | FileKind::Npy | FileKind::Sqlite => !kind.is_executable() && !kind.is_script(),
        _ => false,
    }
}

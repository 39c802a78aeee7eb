//! One pass over a binary for everything in it that is recognised by fixed bytes: files inside the file, and the
//! marks that runtimes, packers and single-file wrappers leave. Validation is the asker's work.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, Input, MatchKind};

use crate::model::ByteView;

/// What the bytes at a place may be the beginning of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Marker {
    /// `\x7fELF`.
    Elf,
    /// `PE\0\0`; the DOS header lies before it.
    Pe,
    /// A little-endian Mach-O header.
    MachO,
    /// A zip local file header.
    Zip,
    /// A zip's end record.
    ZipEnd,
    /// 7z signature.
    SevenZip,
    /// gzip with deflate.
    Gzip,
    /// xz stream header.
    Xz,
    /// Go's build information.
    GoBuild,
    /// A path of the Rust standard library's sources.
    Rust,
    /// The trailer of a Bun single-file executable (the runtime itself holds these bytes too).
    Bun,
    /// Node's single-executable fuse, switched on.
    NodeSea,
    /// `PyInstaller`'s archive cookie.
    PyInstaller,
    /// The .NET single-file host's signature.
    DotNet,
    /// `UPX!`.
    Upx,
    /// Deno's payload section name.
    Deno,
    /// nexe's sentinel.
    Nexe,
    /// The payload position that vercel/yao `pkg` writes into Node's own source.
    Pkg,
    /// The first words of the script that `pkg` appends.
    PkgPrelude,
    /// The URL of a release of Node.
    NodeRelease,
    /// The sentinel before Electron's fuses.
    ElectronFuses,
    /// The head of a Nuitka constants blob.
    Nuitka,
    /// A compressed payload of Nuitka's one-file programs.
    NuitkaPayload,
    /// NSIS installer header.
    Nsis,
    /// Inno Setup's data header.
    Inno,
    /// A path below which sources of Rust crates lie, each in a folder with name and version.
    Crates,
    /// Text that a library or runtime writes before its version; which one is the reader's matter.
    Version,
}

/// What is searched for. At most 64 patterns: with more, the search loses its vector instructions and most of its speed.
const PATTERNS: &[(Marker, &[u8])] = &[
    (Marker::Elf, b"\x7fELF"),
    (Marker::Pe, b"PE\0\0"),
    (Marker::MachO, b"\xcf\xfa\xed\xfe"),
    (Marker::MachO, b"\xce\xfa\xed\xfe"),
    (Marker::Zip, b"PK\x03\x04"),
    (Marker::ZipEnd, b"PK\x05\x06"),
    (Marker::SevenZip, b"7z\xbc\xaf\x27\x1c"),
    (Marker::Gzip, b"\x1f\x8b\x08"),
    (Marker::Xz, b"\xfd7zXZ\0"),
    (Marker::GoBuild, b"\xff Go buildinf:"),
    (Marker::Rust, b"/rustc/"),
    (Marker::Bun, b"\n---- Bun! ----\n"),
    (Marker::NodeSea, b"NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2:1"),
    (Marker::PyInstaller, b"MEI\x0c\x0b\x0a\x0b\x0e"),
    (
        Marker::DotNet,
        b"\x8b\x12\x02\xb9\x6a\x61\x20\x38\x72\x7b\x93\x02\x14\xd7\xa0\x32\
          \x13\xf5\xb9\xe6\xef\xae\x33\x18\xee\x3b\x2d\xce\x24\xb3\x6a\xae",
    ),
    (Marker::Upx, b"UPX!"),
    (Marker::Deno, b"d3n0l4nd"),
    (Marker::Nexe, b"<nexe~~sentinel>"),
    (Marker::Pkg, b"var PAYLOAD_POSITION = '"),
    (Marker::PkgPrelude, b"EXECPATH_FD, PAYLOAD_POSITION, PAYLOAD_SIZE) {"),
    (Marker::NodeRelease, b"nodejs.org/download/release/v"),
    (Marker::ElectronFuses, b"dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX"),
    (Marker::Nuitka, b".bytecode\0"),
    (Marker::NuitkaPayload, b"KAY\x28\xb5\x2f\xfd"),
    (Marker::Nsis, b"\xef\xbe\xad\xdeNullsoftInst"),
    (Marker::Inno, b"Inno Setup Setup Data ("),
    (Marker::Crates, b"registry/"),
    (Marker::Crates, b"registry\\"),
    (Marker::Crates, b"/rust/deps/"),
    (Marker::Crates, b"\\rust\\deps\\"),
    (Marker::Crates, b"crates__"),
    (Marker::Crates, b"/git/checkouts/"),
    (Marker::Version, b"OpenSSL "),
    (Marker::Version, b"LibreSSL "),
    (Marker::Version, b"bed TLS "),
    (Marker::Version, b" inflate 1."),
    (Marker::Version, b"1.0.8, 13-Jul-2019"),
    (Marker::Version, b"CLIENT libcurl "),
    (Marker::Version, b"libcurl/"),
    (Marker::Version, b"fts5: 20"),
    (Marker::Version, b"expat_2."),
    (Marker::Version, b" libpng version "),
    (Marker::Version, b"libarchive 3."),
    (Marker::Version, b"SSH-2.0-libssh"),
    (Marker::Version, b"OpenSSH_"),
    (Marker::Version, b"GNU C Library ("),
    (Marker::Version, b"Lua 5."),
    (Marker::Version, b"LuaJIT 2."),
    (Marker::Version, b"ruby "),
    (Marker::Version, b"X-Powered-By: PHP/"),
    (Marker::Version, b"@(#)Version "),
    (Marker::Version, b"rustc version "),
];

/// Most places of one marker that are kept; a file with more of them is no honest program.
const KEPT: usize = 1 << 15;

/// The places of all markers in one file.
#[derive(Debug, Default)]
pub struct Markers {
    /// Offset and marker, by offset.
    pub places: Vec<(usize, Marker)>,
    /// Markers of which some places were not kept.
    pub overflow: Vec<Marker>,
}

impl Markers {
    /// The places of one marker, in order.
    pub fn of(&self, marker: Marker) -> impl DoubleEndedIterator<Item = usize> + '_ {
        self.places.iter().filter(move |(_, m)| *m == marker).map(|(at, _)| *at)
    }
}

/// Looks for all markers.
pub(super) fn find(view: &ByteView) -> Markers {
    static SEARCH: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
        let patterns = PATTERNS.iter().map(|(_, p)| *p);
        AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(patterns).ok()
    });
    let mut found = Markers::default();
    let mut counts = [0usize; PATTERNS.len()];
    let longest = PATTERNS.iter().map(|(_, p)| p.len()).max().unwrap_or(0);
    let mut from = 0;
    for part in view.stretches(0..view.len()) {
        // A mark that begins in this part may reach into the next one.
        let bytes = view.get(..part.end.saturating_add(longest).min(view.len())).unwrap_or_default();
        let input = Input::new(bytes).range(part.start.max(from)..);
        for hit in SEARCH.iter().flat_map(|s| s.find_iter(input.clone())).take_while(|hit| hit.start() < part.end) {
            from = hit.end();
            let index = hit.pattern().as_usize();
            let (Some((marker, _)), Some(count)) = (PATTERNS.get(index), counts.get_mut(index)) else { continue };
            *count += 1;
            if *count <= KEPT {
                found.places.push((hit.start(), *marker));
            } else if !found.overflow.contains(marker) {
                found.overflow.push(*marker);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::view::STRETCH;

    #[test]
    fn every_marker_is_found_where_it_stands() {
        let mut bytes = vec![0xaa; 100];
        let mut expected = Vec::new();
        for (marker, pattern) in PATTERNS {
            expected.push((bytes.len(), *marker));
            bytes.extend_from_slice(pattern);
            bytes.extend_from_slice(&[0xaa; 7]);
        }
        assert_eq!(find(&ByteView::from_vec(bytes)).places, expected);
    }

    #[test]
    fn what_lies_across_two_stretches_is_found_once() {
        let mut bytes = vec![0xaa; 2 * STRETCH];
        let mut expected = Vec::new();
        for at in [STRETCH - 13, STRETCH - 2] {
            bytes.splice(at..at + 4, *b"UPX!");
            expected.push((at, Marker::Upx));
        }
        assert_eq!(find(&ByteView::from_vec(bytes)).places, expected);
    }

    #[test]
    fn the_search_stays_fast() {
        assert!(PATTERNS.len() <= 64);
        assert!(PATTERNS.iter().all(|(_, pattern)| pattern.len() >= 3));
    }

    #[test]
    fn a_flood_is_cut_and_said() {
        let found = find(&ByteView::from_vec(b"PK\x03\x04".repeat(KEPT + 5)));
        assert_eq!(found.places.len(), KEPT);
        assert_eq!(found.overflow, [Marker::Zip]);
    }
}

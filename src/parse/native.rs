//! What the three executable formats have in common, for heuristics that do not care which one it is.

use std::borrow::Cow;

use super::Parsed;
use super::elf::Elf;
use super::macho::MachO;
use super::parts::{Part, parts};
use super::pe::Pe;

/// A part of a file that is mapped when the program runs: a section where there is a section table, else a segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region<'a> {
    /// Its name, empty when it has none.
    pub name: &'a [u8],
    /// First byte in the file.
    pub offset: u64,
    /// Bytes in the file; 0 for what is only in memory.
    pub len: u64,
    /// Address (ELF, Mach-O) or relative address (PE) in memory.
    pub address: u64,
    /// Bytes in memory.
    pub memory: u64,
    /// Whether it may be written.
    pub write: bool,
    /// Whether it may be executed.
    pub execute: bool,
}

/// A function that is taken from a library.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Import<'a> {
    /// The library, empty where the format does not tell.
    pub library: &'a [u8],
    /// The function, without the `_` that Mach-O puts before C names; empty when it is taken by number.
    pub name: &'a [u8],
}

/// Most words of imported functions that are kept of one image ([`Image::slots`]).
pub(crate) const SLOTS_MAX: usize = 1 << 20;
/// Most functions that run when an image is loaded which are kept of it ([`Image::initial`]).
pub(crate) const INITIAL_MAX: usize = 1 << 14;

/// The processors whose code is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Machine {
    /// x86-64.
    X64,
    /// 32-bit x86.
    X86,
    /// `AArch64`.
    Arm64,
    /// Any other.
    #[default]
    Other,
}

/// One executable, whatever its format.
#[derive(Debug, Clone, Default)]
pub struct Image<'a> {
    /// Where it begins in the file (not 0 inside a fat Mach-O).
    pub start: u64,
    /// Its mapped parts.
    pub regions: Vec<Region<'a>>,
    /// Functions that it takes from elsewhere.
    pub imports: Vec<Import<'a>>,
    /// Functions that it offers.
    pub exports: Vec<Cow<'a, [u8]>>,
    /// Libraries that it needs.
    pub libraries: Vec<&'a [u8]>,
    /// The end of everything that its headers account for, in the file. May lie beyond the file.
    pub end: u64,
    /// Whether it is a library and not a program.
    pub library: bool,
    /// For which processor.
    pub machine: Machine,
    /// What code adds to the addresses of regions and slots when it names them whole: the image base of a PE, else 0.
    pub base: u64,
    /// Where code of 32-bit x86 that may be loaded anywhere counts from: the global offset table.
    pub got: Option<u64>,
    /// Words that hold addresses of imported functions once the loader has run: address, as in regions, and name.
    pub slots: Vec<(u64, &'a [u8])>,
    /// Pieces of code that only jump to an imported function, where the format lists them (Mach-O).
    pub stubs: Vec<(u64, &'a [u8])>,
    /// Addresses of functions that run when it is loaded, before anybody calls it, as in regions (ELF, Mach-O).
    pub initial: Vec<u64>,
}

impl Image<'_> {
    /// Whether a function of one of these names is imported. Names are compared without the `A` or `W` that Windows
    /// appends, and without the `64` of large-file variants.
    #[must_use]
    pub fn imported<'n>(&self, names: &[&'n str]) -> Vec<&'n str> {
        let mut found: Vec<&'n str> = Vec::new();
        for import in &self.imports {
            let stem = stem(import.name);
            if let Some(name) = names.iter().find(|n| n.as_bytes() == stem || n.as_bytes() == import.name)
                && !found.contains(name)
            {
                found.push(name);
            }
        }
        found
    }

    /// Whether the linker kept texts apart from code: there is a part that may neither be written nor executed. Where
    /// there is none, texts may lie in what is executed.
    #[must_use]
    pub fn apart(&self) -> bool {
        self.regions.iter().any(|r| !r.execute && !r.write && r.len > 0)
    }

    /// The bytes of those regions that are asked for, each once, in a file of `file` bytes; and whether some were left
    /// out.
    pub(crate) fn parts(&self, file: u64, wanted: impl Fn(&Region<'_>) -> bool) -> (Vec<Part>, bool) {
        parts(self.regions.iter().filter(|r| wanted(r)).map(|r| (r.offset, r.len, r.address)), file)
    }
}

/// A function's name without what only says which variant of it this is: `A`, `W` and `Ex` of Windows, `64` of large
/// files, `$INODE64` of macOS, `__` of the resolver.
pub(crate) fn stem(name: &[u8]) -> &[u8] {
    let name = name.split(|b| *b == b'$').next().unwrap_or(name);
    // What glibc called its resolver before version 2.34.
    let name = if name.starts_with(b"__res_") { name.get(2..).unwrap_or(name) } else { name };
    match name {
        [stem @ .., b'A' | b'W'] if stem.len() > 4 && stem.last().is_some_and(u8::is_ascii_lowercase) => stem,
        [stem @ .., b'6', b'4'] if !stem.is_empty() => stem,
        [stem @ .., b'E', b'x'] if stem.len() > 3 => stem,
        _ => name,
    }
}

/// The executables in a file: one, or one for each architecture of a fat Mach-O; none when it could not be parsed.
pub(super) fn images<'a>(file: &Parsed<'a>) -> Vec<Image<'a>> {
    if let Some(Ok(elf)) = file.elf() {
        return vec![Elf::image(elf)];
    }
    if let Some(Ok(pe)) = file.pe() {
        return vec![Pe::image(pe)];
    }
    if let Some(Ok(slices)) = file.macho() {
        return slices.iter().map(MachO::image).collect();
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_of_a_name_are_one_name() {
        assert_eq!(stem(b"CreateProcessW"), b"CreateProcess");
        assert_eq!(stem(b"readdir64"), b"readdir");
        assert_eq!(stem(b"VirtualAllocEx"), b"VirtualAlloc");
        assert_eq!(stem(b"readdir$INODE64"), b"readdir");
        assert_eq!(stem(b"WSA"), b"WSA");
        let image = Image {
            imports: vec![
                Import { library: b"kernel32.dll", name: b"VirtualAllocEx" },
                Import { library: b"", name: b"CreateProcessA" },
            ],
            ..Image::default()
        };
        assert_eq!(image.imported(&["VirtualAllocEx", "CreateProcess", "system"]), ["VirtualAllocEx", "CreateProcess"]);
    }
}

//! What WebAssembly carries: modules inside a component, and whole files in data segments and custom sections.
//!
//! Sources of the format: see [`crate::parse::wasm`].

use super::dotnet::Handed;
use super::entry_name::shown;
use super::{Entries, Input, Wrapper};
use crate::identify::identify;
use crate::model::{FileKind, Gap};
use crate::parse::wasm::Wasm as Module;

/// Opens it.
pub(super) struct Wasm;

/// Least size of a file in a data segment.
const LEAST: u64 = 64;

impl Wrapper for Wasm {
    fn kinds(&self) -> &'static [FileKind] {
        &[FileKind::Wasm]
    }

    fn unwrap(&self, input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
        // What cannot be read is told by the heuristic that reads all of it.
        let module = Module::parse(input.view);
        let inner = module.inner.iter().enumerate().map(|(i, range)| (format!("module{i}.wasm"), range, false));
        let data = module.data.iter().enumerate().map(|(i, range)| (format!("data{i}"), range, true));
        let custom = module.custom.iter().map(|(name, range)| (format!("custom/{}", shown(name)), range, true));
        let mut handed = Handed::of(input.view);
        for (name, range, sniff) in inner.chain(data).chain(custom) {
            if range.end.saturating_sub(range.start) < if sniff { LEAST } else { 8 } {
                continue;
            }
            let (Ok(start), Ok(end)) = (usize::try_from(range.start), usize::try_from(range.end)) else { continue };
            let Some(bytes) = input.view.get(start..end) else { continue };
            if sniff && !is_file(bytes) {
                continue;
            }
            handed.add(range.end - range.start)?;
            out.part("wasm", &name, input.view, start..end)?;
        }
        Ok(())
    }
}

/// Whether bytes are a program or an archive by their own header.
fn is_file(bytes: &[u8]) -> bool {
    use FileKind::{Bzip2, Cab, Gzip, Rar, SevenZip, Wasm, Xz, Zip, Zstd};
    // Programs have a hundred thousand segments; few begin like a file.
    let head = [
        &b"\x7fELF"[..],
        b"MZ",
        b"\xcf\xfa\xed\xfe",
        b"\xce\xfa\xed\xfe",
        b"\xca\xfe\xba",
        b"\0asm",
        b"PK",
        b"\x1f\x8b",
    ];
    let more = [&b"\xfd7zXZ"[..], b"\x28\xb5\x2f\xfd", b"BZh", b"7z\xbc\xaf", b"MSCF", b"Rar!"];
    if !head.iter().chain(&more).any(|magic| bytes.starts_with(magic)) {
        return false;
    }
    let kind = identify("", bytes).kind;
    kind.is_executable() || matches!(kind, Wasm | Zip | Gzip | Xz | Zstd | Bzip2 | SevenZip | Cab | Rar)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{open, survive};
    use super::*;
    use crate::analyze::native::testing::ElfBuilder;
    use crate::parse::wasm::testing::{data, module, name};

    #[test]
    fn files_in_data_and_custom_sections_are_children() {
        let elf = ElfBuilder::program().build();
        let mut custom = Vec::new();
        name(&mut custom, "extra");
        custom.extend_from_slice(&elf);
        let bytes = module(
            false,
            &[data(&[b"just some words, just some words, just some words, just some words", &elf]), (0, custom)],
        );
        let seen = open(&Wasm, FileKind::Wasm, &bytes);
        assert_eq!(seen.result, Ok(()));
        assert_eq!(seen.names(), ["data1", "custom/extra"]);
        assert_eq!(seen.content("data1"), elf);
        assert_eq!(seen.accounted.len(), 2);
        survive(&Wasm, FileKind::Wasm, &bytes);
    }

    #[test]
    fn modules_of_a_component_are_children() {
        let inner = module(false, &[(8, vec![0])]);
        let bytes = module(true, &[(1, inner.clone()), (4, module(true, &[]))]);
        let seen = open(&Wasm, FileKind::Wasm, &bytes);
        assert_eq!(seen.names(), ["module0.wasm", "module1.wasm"]);
        assert_eq!(seen.content("module0.wasm"), inner);
    }
}

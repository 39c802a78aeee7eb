//! CPython. Its version is put together when it is asked for, and what stands in the file is a mere `3.11.2`; but since
//! 3.11 it is also a number in the exported variable `Py_Version`, and a DLL has it in its name.

use super::List;
use crate::model::Component;
use crate::model::purl::purl;
use crate::parse::Parsed;
use crate::parse::fields::Fields;

/// Lists the interpreter that the file is or holds.
pub(super) fn read(file: &Parsed<'_>, list: &mut List) {
    let Some((version, source, at)) = of_variable(file).or_else(|| of_name(file)) else { return };
    let purl = purl("generic", "python", &version, &[]);
    list.add(Component { purl, name: "CPython".to_owned(), version: Some(version), source: source.into() }, at);
}

/// `PY_VERSION_HEX`: one byte each for major, minor and micro, then four bits for the level (`f` is final) and four for
/// its serial number.
fn of_variable(file: &Parsed<'_>) -> Option<(String, &'static str, u64)> {
    let elf = file.elf()?.as_ref().ok()?;
    let symbol = elf.symbols.iter().find(|s| s.defined && s.name == b"Py_Version")?;
    let regions = file.images().iter().flat_map(|i| &i.regions);
    let region = regions.into_iter().find(|r| symbol.value >= r.address && symbol.value - r.address < r.len)?;
    let at = region.offset.checked_add(symbol.value - region.address)?;
    let little = elf.header.e_ident.get(goblin::elf::header::EI_DATA) == Some(&goblin::elf::header::ELFDATA2LSB);
    let hex = Fields::new(file.bytes(), little).u32(at)?;
    let [major, minor, micro, level] = hex.to_be_bytes();
    let suffix = match level >> 4 {
        0xa => format!("a{}", level & 15),
        0xb => format!("b{}", level & 15),
        0xc => format!("rc{}", level & 15),
        0xf => String::new(),
        _ => return None,
    };
    (3..=9).contains(&major).then(|| (format!("{major}.{minor}.{micro}{suffix}"), "symbol", at))
}

/// `python311.dll`.
fn of_name(file: &Parsed<'_>) -> Option<(String, &'static str, u64)> {
    let pe = file.pe()?.as_ref().ok()?;
    let name = pe.export_name.strip_suffix(b".dll")?.strip_prefix(b"python")?;
    let (major, minor) = std::str::from_utf8(name).ok()?.split_at_checked(1)?;
    let digits = |t: &str| (1..=2).contains(&t.len()) && t.bytes().all(|b| b.is_ascii_digit());
    (digits(major) && digits(minor)).then(|| (format!("{major}.{minor}"), "library-name", 0))
}

#[cfg(test)]
mod tests {
    use super::super::Components;
    use super::super::testing::listed;
    use crate::analyze::native::testing::{PeBuilder, check};
    use crate::model::FileKind;

    #[test]
    fn a_library_tells_it_by_its_name() {
        let listed_of = |name| {
            let mut pe = PeBuilder::dll();
            pe.export_name = name;
            pe.exports = vec![("Py_Main", None)];
            listed(&check(&Components, FileKind::Pe, "x.dll", &pe.build()))
        };
        assert_eq!(listed_of("python311.dll"), ["CPython 3.11 library-name"]);
        assert!(listed_of("python3.dll").is_empty());
        assert!(listed_of("pythoncom311.dll").is_empty());
    }
}

//! Programs packed by py2exe: the resource `PYTHONSCRIPT` holds their own code, a zip behind the program (which is opened
//! like any other) the modules. `cx_Freeze` keeps all code in such a zip.
//!
//! The resource: four 32-bit words (0x78563412, level of optimisation, whether output is unbuffered, length of the code),
//! a zero-terminated name of the zip, and a marshalled list of code objects.

use super::nuitka::mentioned;
use super::pyc::Python;
use super::{Entries, Input, Produced, Wrapper};
use crate::model::{FileKind, Gap, GapReason};
use crate::parse::fields::Fields;

/// Opens them.
pub(super) struct Py2exe;

const TAG: u32 = 0x7856_3412;
/// Longest name of a zip.
const NAME: u64 = 1024;

impl Wrapper for Py2exe {
    fn kinds(&self) -> &'static [FileKind] {
        &[FileKind::Pe]
    }

    fn unwrap(&self, input: &Input<'_, '_>, out: &mut Entries<'_>) -> Result<(), Gap> {
        let Some(Ok(pe)) = input.file.pe() else { return Ok(()) };
        let fields = Fields::new(input.view, true);
        let named = pe.resources.iter().filter(|r| r.kind.is_none() && r.len > 17);
        for resource in named {
            if fields.u32(resource.offset) != Some(TAG) {
                continue;
            }
            let head = fields.available(resource.offset, resource.len);
            let inner = Fields::new(head, true);
            let (Some(len), Some(zip)) = (inner.u32(12).map(u64::from), inner.text(16, NAME)) else { continue };
            let start = 16 + zip.len() as u64 + 1;
            let Some(code) = inner.range(start, len).filter(|c| matches!(c.first(), Some(b'[' | 0xdb))) else {
                continue;
            };
            out.wrapped("py2exe", resource.offset);
            let libraries = pe.libraries.iter().filter_map(|l| mentioned(l)).next();
            let python = libraries.or_else(|| {
                input
                    .view
                    .places_of(b"ython3")
                    .take(256)
                    .find_map(|at| mentioned(input.view.get(at.checked_sub(1)?..at + 10)?))
            });
            let Some(header) = python.and_then(Python::header) else {
                let detail = "py2exe program: marshalled code of a version of Python that is not told";
                return Err(Gap::new(GapReason::Unsupported, detail));
            };
            let at = resource.offset + start;
            let range = || Some(usize::try_from(at).ok()?..usize::try_from(at + code.len() as u64).ok()?);
            let Some((range, data)) = range().and_then(|r| Some((r.clone(), input.view.slice(r)?))) else { continue };
            out.account(range);
            out.deferred("py2exe", "PYTHONSCRIPT.pyc", move |budget| {
                let mut meter = budget.meter();
                let state = meter.fill(&mut header.as_slice()).and_then(|()| meter.fill(&mut &*data));
                Produced { view: meter.finish(), gap: state.err(), findings: Vec::new() }
            })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{open, survive};
    use super::*;
    use crate::analyze::native::testing::PeBuilder;

    fn program(code: &[u8]) -> Vec<u8> {
        let mut script = Vec::new();
        for word in [TAG, 0, 1, u32::try_from(code.len()).unwrap()] {
            script.extend(word.to_le_bytes());
        }
        script.extend(b"library.zip\0");
        script.extend(code);
        let mut pe = PeBuilder::program();
        pe.imports.push(("python311.dll", vec!["Py_Main"]));
        // The highest bit of a type says that it is a name.
        pe.resources = vec![(0x8000_0400, script)];
        pe.build()
    }

    #[test]
    fn the_script_becomes_a_pyc() {
        let seen = open(&Py2exe, FileKind::Pe, &program(b"[\x01\0\0\0N"));
        assert_eq!((seen.result.clone(), seen.gaps.clone()), (Ok(()), vec![]));
        assert_eq!(seen.names(), ["PYTHONSCRIPT.pyc"]);
        let mut wanted = Python::Three(11).header().unwrap();
        wanted.extend(b"[\x01\0\0\0N");
        assert_eq!(seen.content("PYTHONSCRIPT.pyc"), wanted);
        // Another resource with a name, and one whose code is none.
        assert!(open(&Py2exe, FileKind::Pe, &program(b"")).children.is_empty());
        assert!(open(&Py2exe, FileKind::Pe, &PeBuilder::program().build()).findings.is_empty());
    }

    #[test]
    fn broken_programs_are_survived() {
        survive(&Py2exe, FileKind::Pe, &program(b"[\x01\0\0\0N"));
    }
}

//! Executables and archives among the resources of a Windows program.
//!
//! A resource is the easiest way to carry a second program. Known uses: droppers of every sort, which write an
//! `RT_RCDATA` executable to disk and start it. Honest look-alikes: installers, drivers inside system tools
//! (Process Explorer), distlib's and setuptools' launchers.
//!
//! References: ATT&CK T1027.009, <https://learn.microsoft.com/en-us/windows/win32/menurc/resource-types>.

use super::{emit, placed};
use crate::analyze::{Heuristic, Notes};
use crate::model::{FileKind, Rule};
use crate::parse::Parsed;
use crate::parse::fields::Fields;
use crate::parse::pe::Resource;
use crate::rule;

rule! {
    /// A resource of the program is an executable. It is examined as a file of its own. Known uses: droppers. Honest
    /// look-alikes: installers, system tools that carry a driver, launchers.
    pub(super) EXECUTABLE = "pe-executable-resource" in "bin/embedded-exe";
    severity: Low, confidence: Certain,
    title: "A resource is an executable",
    reference: "https://attack.mitre.org/techniques/T1027/009/",
}

rule! {
    /// A resource of the program is an archive. It is examined as a file of its own. Honest look-alikes: installers,
    /// programs that carry their data.
    pub(super) ARCHIVE = "pe-archive-resource" in "bin/embedded-exe";
    severity: Info, confidence: Certain,
    title: "A resource is an archive",
    reference: "https://attack.mitre.org/techniques/T1027/009/",
}

/// Most resources that become children.
const CHILDREN: usize = 256;

/// What a resource's data is, when it is something that is looked at again.
pub(super) fn content(bytes: &[u8], resource: &Resource) -> Option<(&'static str, bool)> {
    let data = Fields::new(bytes, true).available(resource.offset, resource.len);
    let executable = match data.first_chunk::<4>()? {
        [b'M', b'Z', ..] => {
            let at = Fields::new(data, true).u32(0x3c)?;
            Fields::new(data, true).range(u64::from(at), 4) == Some(&b"PE\0\0"[..])
        }
        b"\x7fELF" => true,
        [0xcf | 0xce, 0xfa, 0xed, 0xfe] => true,
        _ => false,
    };
    if executable {
        return Some(("executable", true));
    }
    let archive = [&b"PK\x03\x04"[..], b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08", b"MSCF", b"Rar!", b"\xfd7zXZ\0"];
    archive.iter().any(|a| data.starts_with(a)).then_some(("archive", false))
}

/// Looks into the resource tree.
pub(super) struct Resources;

impl Heuristic for Resources {
    fn rules(&self) -> &'static [&'static Rule] {
        const { &[&EXECUTABLE, &ARCHIVE] }
    }

    fn applies(&self, kind: FileKind) -> bool {
        kind == FileKind::Pe
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        let Some(Ok(pe)) = file.pe() else { return };
        let mut children = 0;
        for resource in &pe.resources {
            let Some((what, executable)) = content(file.bytes(), resource) else { continue };
            children += 1;
            if children > CHILDREN {
                break;
            }
            let rule = if executable { &EXECUTABLE } else { &ARCHIVE };
            let kind = resource.kind.map_or("a type with a name".to_owned(), |k| format!("type {k}"));
            let note = format!("{what} of {} bytes in a resource of {kind}", resource.len);
            out.findings.push(rule.finding(placed(resource.offset, resource.len, note)));
            emit(file, out, resource.offset, resource.len, "resource");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::native::testing::{PeBuilder, check, ids};

    #[test]
    fn an_executable_resource_becomes_a_child() {
        let mut pe = PeBuilder::program();
        let inner = PeBuilder::dll().build();
        pe.resources =
            vec![(10, inner.clone()), (3, b"icon".to_vec()), (10, b"PK\x03\x04....".to_vec()), (10, b"MZ no".to_vec())];
        let notes = check(&Resources, FileKind::Pe, "x", &pe.build());
        let mut seen = ids(&notes);
        seen.sort_unstable();
        assert_eq!(seen, ["pe-archive-resource", "pe-executable-resource"]);
        let crate::unwrap::Content::Ready(view) = &notes
            .children
            .iter()
            .max_by_key(|c| match &c.content {
                crate::unwrap::Content::Ready(v) => v.len(),
                crate::unwrap::Content::Deferred(_) => 0,
            })
            .unwrap()
            .content
        else {
            panic!("not ready")
        };
        assert_eq!(&**view, &inner[..]);
    }

    #[test]
    fn a_tree_that_points_at_itself_ends() {
        let mut pe = PeBuilder::program();
        pe.resources = vec![(10, b"PK\x03\x04....".to_vec())];
        let mut bytes = pe.build();
        // The type's entry points back at the root.
        let root = memchr::memmem::find(&bytes, &[10, 0, 0, 0, 0x18, 0, 0, 0x80]).unwrap();
        bytes[root + 4..root + 8].copy_from_slice(&0x8000_0000u32.to_le_bytes());
        check(&Resources, FileKind::Pe, "x", &bytes);
    }
}

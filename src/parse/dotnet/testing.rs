//! Writes small managed assemblies for tests.

use crate::analyze::native::testing::PeBuilder;

/// The mask of tables that every assembly of this writer has, as the table stream holds it.
pub(crate) const VALID_MARK: [u8; 8] = VALID.to_le_bytes();

/// Module, TypeRef, TypeDef, MethodDef, MemberRef, CustomAttribute, ModuleRef, ImplMap, Assembly, AssemblyRef,
/// ManifestResource.
const VALID: u64 = 1
    | 1 << 0x01
    | 1 << 0x02
    | 1 << 0x06
    | 1 << 0x0a
    | 1 << 0x0c
    | 1 << 0x1a
    | 1 << 0x1c
    | 1 << 0x20
    | 1 << 0x23
    | 1 << 0x28;

/// What an assembly has. Indices of heaps and tables all take two bytes.
#[derive(Default)]
pub(crate) struct Assembly {
    pub(crate) references: Vec<(&'static str, [u16; 4])>,
    /// Namespace, type, member.
    pub(crate) calls: Vec<(&'static str, &'static str, &'static str)>,
    /// Library and function.
    pub(crate) natives: Vec<(&'static str, &'static str)>,
    pub(crate) literals: Vec<&'static str>,
    pub(crate) resources: Vec<(&'static str, Vec<u8>)>,
    /// The text of `AssemblyInformationalVersionAttribute`.
    pub(crate) informational: Option<&'static str>,
    /// Code of methods, each with a tiny header.
    pub(crate) bodies: Vec<Vec<u8>>,
    /// Whether an empty-looking second `#Blob` stream is listed.
    pub(crate) twice: bool,
}

struct Heap(Vec<u8>);

impl Heap {
    fn text(&mut self, text: &str) -> u16 {
        let at = self.0.len() as u16;
        self.0.extend_from_slice(text.as_bytes());
        self.0.push(0);
        at
    }

    fn blob(&mut self, bytes: &[u8]) -> u16 {
        assert!(bytes.len() < 0x80);
        let at = self.0.len() as u16;
        self.0.push(bytes.len() as u8);
        self.0.extend_from_slice(bytes);
        at
    }
}

fn put(out: &mut Vec<u8>, values: &[u16]) {
    values.iter().for_each(|v| out.extend(v.to_le_bytes()));
}

impl Assembly {
    /// The address of the only section.
    const AT: u32 = 0x1000;

    /// The token of a literal: the place of the `n`th in the heap.
    pub(crate) fn token(&self, n: usize) -> u32 {
        let before: usize = self.literals.iter().take(n).map(|l| 2 + 2 * l.encode_utf16().count()).sum();
        0x7000_0001 + before as u32
    }

    pub(crate) fn build(&self) -> Vec<u8> {
        let (mut strings, mut blobs) = (Heap(vec![0]), Heap(vec![0]));
        let mut literals = vec![0u8];
        for literal in &self.literals {
            let units: Vec<u8> = literal.encode_utf16().flat_map(u16::to_le_bytes).collect();
            assert!(units.len() < 0x7f);
            literals.push(units.len() as u8 + 1);
            literals.extend(units);
            literals.push(0);
        }
        let mut section = vec![0u8; 72];
        let mut methods = Vec::new();
        for body in &self.bodies {
            assert!(body.len() < 64);
            methods.push(Self::AT + section.len() as u32);
            section.push((body.len() as u8) << 2 | 2);
            section.extend_from_slice(body);
        }
        section.resize(section.len().next_multiple_of(8), 0);
        let resources_at = section.len() as u32;
        let mut places = Vec::new();
        for (_, bytes) in &self.resources {
            places.push(section.len() as u32 - resources_at);
            section.extend((bytes.len() as u32).to_le_bytes());
            section.extend_from_slice(bytes);
            section.resize(section.len().next_multiple_of(8), 0);
        }
        let resources_len = section.len() as u32 - resources_at;

        let mut calls = self.calls.clone();
        if self.informational.is_some() {
            calls.push(("System.Reflection", "AssemblyInformationalVersionAttribute", ".ctor"));
        }
        let mut rows = Vec::new();
        let mut counts = Vec::new();
        let name = strings.text("demo.dll");
        put(&mut rows, &[0, name, 0, 0, 0]);
        counts.push(1);
        for (space, class, _) in &calls {
            // Resolution scope: AssemblyRef 1.
            let names = [1 << 2 | 2, strings.text(class), strings.text(space)];
            put(&mut rows, &names);
        }
        counts.push(calls.len());
        let name = strings.text("<Module>");
        put(&mut rows, &[0, 0, name, 0, 0, 1, 1]);
        counts.push(1);
        for address in &methods {
            rows.extend(address.to_le_bytes());
            let name = strings.text("m");
            put(&mut rows, &[0, 0, name, 0, 1]);
        }
        counts.push(methods.len());
        for (i, (_, _, member)) in calls.iter().enumerate() {
            // Parent: TypeRef.
            let name = strings.text(member);
            put(&mut rows, &[(i as u16 + 1) << 3 | 1, name, 0]);
        }
        counts.push(calls.len());
        if let Some(version) = self.informational {
            let value = [&[1, 0, version.len() as u8], version.as_bytes(), &[0, 0]].concat();
            // Parent: Assembly 1; constructor: the last MemberRef.
            put(&mut rows, &[1 << 5 | 14, (calls.len() as u16) << 3 | 3, blobs.blob(&value)]);
        }
        counts.push(usize::from(self.informational.is_some()));
        for (library, _) in &self.natives {
            let name = strings.text(library);
            put(&mut rows, &[name]);
        }
        counts.push(self.natives.len());
        for (i, (_, function)) in self.natives.iter().enumerate() {
            let name = strings.text(function);
            // Each stands for a method of its own.
            put(&mut rows, &[0, (i as u16 + 1) << 1 | 1, name, i as u16 + 1]);
        }
        counts.push(self.natives.len());
        let name = strings.text("demo");
        put(&mut rows, &[0x8004, 0, 1, 2, 3, 4, 0, 0, 0, name, 0]);
        counts.push(1);
        for (name, version) in &self.references {
            put(&mut rows, version);
            let name = strings.text(name);
            put(&mut rows, &[0, 0, 0, name, 0, 0]);
        }
        counts.push(self.references.len());
        for ((name, _), place) in self.resources.iter().zip(&places) {
            rows.extend(place.to_le_bytes());
            let name = strings.text(name);
            put(&mut rows, &[1, 0, name, 0]);
        }
        counts.push(self.resources.len());

        let mut tables = vec![0, 0, 0, 0, 2, 0, 0, 1];
        tables.extend(VALID_MARK);
        tables.extend([0; 8]);
        counts.iter().for_each(|c| tables.extend((*c as u32).to_le_bytes()));
        tables.extend(rows);

        let mut streams = vec![("#~", tables), ("#Strings", strings.0), ("#US", literals), ("#Blob", blobs.0.clone())];
        if self.twice {
            streams.push(("#Blob", blobs.0));
        }
        let mut head = b"BSJB\x01\0\x01\0\0\0\0\0\x0c\0\0\0v4.0.30319\0\0\0\0".to_vec();
        head.extend((streams.len() as u16).to_le_bytes());
        let names: usize = streams.iter().map(|(n, _)| 8 + (n.len() + 1).next_multiple_of(4)).sum();
        let mut at = head.len() + names;
        let mut bodies = Vec::new();
        for (name, bytes) in streams {
            head.extend((at as u32).to_le_bytes());
            head.extend((bytes.len() as u32).to_le_bytes());
            head.extend_from_slice(name.as_bytes());
            head.push(0);
            head.resize(head.len().next_multiple_of(4), 0);
            at += bytes.len().next_multiple_of(4);
            bodies.extend(bytes);
            bodies.resize(bodies.len().next_multiple_of(4), 0);
        }
        head.extend(bodies);
        let metadata_at = section.len() as u32;
        section.extend_from_slice(&head);

        let mut cli = 72u32.to_le_bytes().to_vec();
        cli.extend([2, 0, 5, 0]);
        let words = [Self::AT + metadata_at, head.len() as u32, 1, 0, Self::AT + resources_at, resources_len];
        words.iter().for_each(|w| cli.extend(w.to_le_bytes()));
        section[..cli.len()].copy_from_slice(&cli);
        let pe = PeBuilder { sections: vec![(*b".text\0\0\0", section, 0x6000_0020)], ..PeBuilder::dll() };
        let mut bytes = pe.build();
        // Data directory 14.
        bytes[0x138..0x13c].copy_from_slice(&Self::AT.to_le_bytes());
        bytes[0x13c..0x140].copy_from_slice(&72u32.to_le_bytes());
        bytes
    }
}

//! Writes small WebAssembly modules for tests.

/// A module or component of sections.
pub(crate) fn module(component: bool, sections: &[(u8, Vec<u8>)]) -> Vec<u8> {
    let mut out = if component { b"\0asm\x0d\0\x01\0".to_vec() } else { b"\0asm\x01\0\0\0".to_vec() };
    for (id, body) in sections {
        out.push(*id);
        leb(&mut out, body.len());
        out.extend_from_slice(body);
    }
    out
}

pub(crate) fn leb(out: &mut Vec<u8>, mut value: usize) {
    while value > 0x7f {
        out.push(value as u8 & 0x7f | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

pub(crate) fn name(out: &mut Vec<u8>, text: &str) {
    leb(out, text.len());
    out.extend_from_slice(text.as_bytes());
}

/// A section of imported functions.
pub(crate) fn imports(names: &[(&str, &str)]) -> (u8, Vec<u8>) {
    let mut body = Vec::new();
    leb(&mut body, names.len());
    for (module, item) in names {
        name(&mut body, module);
        name(&mut body, item);
        body.extend([0, 0]);
    }
    (2, body)
}

/// A section of data segments at address 16.
pub(crate) fn data(segments: &[&[u8]]) -> (u8, Vec<u8>) {
    let mut body = Vec::new();
    leb(&mut body, segments.len());
    for segment in segments {
        body.extend([0, 0x41, 16, 0x0b]);
        leb(&mut body, segment.len());
        body.extend_from_slice(segment);
    }
    (11, body)
}

/// The producers section of one language.
pub(crate) fn producers(language: &str, version: &str) -> (u8, Vec<u8>) {
    let mut body = Vec::new();
    name(&mut body, "producers");
    body.push(1);
    name(&mut body, "language");
    body.push(1);
    name(&mut body, language);
    name(&mut body, version);
    (0, body)
}

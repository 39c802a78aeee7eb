use super::testing::{data, imports, leb, module, name, producers};
use super::*;

#[test]
fn sections_are_read() {
    let mut exports = vec![1];
    name(&mut exports, "_start");
    exports.extend([0, 0]);
    let mut names = Vec::new();
    name(&mut names, "name");
    names.extend([0, 5]);
    name(&mut names, "demo");
    let sections = [
        imports(&[("wasi_snapshot_preview1", "sock_open"), ("env", "f")]),
        (7, exports),
        (8, vec![0]),
        data(&[b"hello", b"\x7fELF"]),
        producers("Rust", "1.95"),
        (0, names),
    ];
    let bytes = module(false, &sections);
    let wasm = Wasm::parse(&bytes);
    assert_eq!(wasm.broken, None);
    let imported: Vec<_> = wasm.imports.iter().map(|i| (i.module, i.name)).collect();
    assert_eq!(imported, [(&b"wasi_snapshot_preview1"[..], &b"sock_open"[..]), (b"env", b"f")]);
    assert_eq!(wasm.exports, [b"_start"]);
    assert!(wasm.start.is_some());
    let second = wasm.data[1].start as usize..wasm.data[1].end as usize;
    assert_eq!(&bytes[second], b"\x7fELF");
    assert_eq!(wasm.producers, [Producer { field: b"language", name: b"Rust", version: b"1.95" }]);
    assert_eq!(wasm.name, b"demo");
}

#[test]
fn other_imports_are_stepped_over() {
    let mut body = vec![4];
    for kind in [&[1, 0x63, 0x70, 1, 2, 3][..], &[2, 0x0d, 1, 2, 3], &[3, 0x7f, 1], &[4, 0, 9]] {
        name(&mut body, "m");
        name(&mut body, "n");
        body.extend_from_slice(kind);
    }
    let bytes = module(false, &[(2, body.clone())]);
    let wasm = Wasm::parse(&bytes);
    assert_eq!((wasm.broken, wasm.imports.len()), (None, 4));
    body[0] = 5;
    assert!(Wasm::parse(&module(false, &[(2, body)])).broken.is_some());
}

#[test]
fn components_hold_modules() {
    let inner = module(false, &[]);
    let mut body = vec![1, 0];
    name(&mut body, "wasi:sockets/tcp@0.2.0");
    body.extend([5, 0]);
    let bytes = module(true, &[(1, inner), (10, body)]);
    let wasm = Wasm::parse(&bytes);
    assert_eq!(wasm.broken, None);
    assert!(wasm.component);
    assert_eq!(wasm.inner, vec![std::ops::Range { start: 10, end: 18 }]);
    assert_eq!(wasm.imports[0].name, b"wasi:sockets/tcp@0.2.0");
}

#[test]
fn what_is_cut_off_or_lies_is_told() {
    let whole = module(false, &[imports(&[("a", "b")]), data(&[b"x"])]);
    for cut in [5, 9, 12, whole.len() - 1] {
        assert!(Wasm::parse(&whole[..cut]).broken.is_some(), "{cut}");
    }
    assert!(Wasm::parse(b"\0asm\x01\0\0\0\0\xff\xff\xff\xff\xff\xff").broken.is_some());
    let mut many = Vec::new();
    leb(&mut many, usize::MAX >> 1);
    assert!(Wasm::parse(&module(false, &[(2, many)])).broken.is_some());
    // An unknown instruction in the place of a segment.
    assert!(Wasm::parse(&module(false, &[(11, vec![1, 0, 0x10, 0, 0x0b, 0])])).broken.is_some());
}

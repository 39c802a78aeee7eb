use super::testing::Assembly;
use super::*;

fn with<T>(bytes: &[u8], then: impl FnOnce(Metadata<'_>) -> T) -> T {
    let pe = Pe::parse(bytes).unwrap();
    then(Metadata::of(&pe, bytes).unwrap().unwrap())
}

#[test]
fn tables_and_heaps_are_read() {
    let assembly = Assembly {
        references: vec![("Newtonsoft.Json", [13, 0, 0, 0])],
        calls: vec![("System", "Environment", "GetEnvironmentVariable")],
        natives: vec![("kernel32.dll", "Beep")],
        literals: vec!["one", "", "two\u{e4}"],
        resources: vec![("r", b"abcd".to_vec())],
        ..Assembly::default()
    };
    with(&assembly.build(), |m| {
        assert_eq!(m.version, b"v4.0.30319");
        assert_eq!(m.name(table::ASSEMBLY, 1, 7), b"demo");
        assert_eq!(m.name(table::ASSEMBLY_REF, 1, 6), b"Newtonsoft.Json");
        assert_eq!(m.cell(table::ASSEMBLY_REF, 1, 0), Some(13));
        let class = m.reference(table::MEMBER_REF, 1, 0).unwrap();
        assert_eq!(class, Reference { table: table::TYPE_REF, row: 1 });
        assert_eq!(m.name(class.table, class.row, 1), b"Environment");
        assert_eq!(m.name(0x1a, 1, 0), b"kernel32.dll");
        assert_eq!(m.name(table::IMPL_MAP, 1, 2), b"Beep");
        assert_eq!(m.cell(table::IMPL_MAP, 2, 2), None);
        assert_eq!(m.cell(table::IMPL_MAP, 0, 2), None);
        let resources: Vec<_> = m.resources().collect();
        assert_eq!(resources[0].name, b"r");
        assert!(resources[0].place.as_ref().is_ok_and(|r| r.end - r.start == 4));
        assert!(m.oddities.is_empty(), "{:?}", m.oddities);
    });
}

#[test]
fn literals_are_utf16() {
    let assembly = Assembly { literals: vec!["one", "", "two\u{e4}"], ..Assembly::default() };
    let bytes = assembly.build();
    with(&bytes, |m| {
        let heap = &bytes[m.user_strings.start as usize..m.user_strings.end as usize];
        let all: Vec<String> = literals(heap)
            .map(|l| {
                String::from_utf16(&l.chunks(2).map(|p| u16::from_le_bytes([p[0], p[1]])).collect::<Vec<_>>()).unwrap()
            })
            .collect();
        assert_eq!(all, ["one", "two\u{e4}"]);
        assert_eq!(m.literal(0x7000_0001), Some(&b"o\0n\0e\0"[..]));
        assert_eq!(m.literal(0x70ff_ffff), None);
    });
}

#[test]
fn a_stream_that_stands_twice_is_odd() {
    let bytes = Assembly { twice: true, ..Assembly::default() }.build();
    with(&bytes, |m| assert!(m.oddities.iter().any(|(_, why)| why.contains("#Blob stands twice")), "{:?}", m.oddities));
}

#[test]
fn rows_that_are_not_there_are_told_and_not_read() {
    let mut bytes = Assembly::default().build();
    let at = memchr::memmem::find(&bytes, &testing::VALID_MARK).unwrap();
    // The row count of the first table.
    bytes[at + 24 - 8..at + 28 - 8].fill(0x7f);
    with(&bytes, |m| {
        assert!(m.oddities.iter().any(|(_, why)| why.contains("promises")), "{:?}", m.oddities);
        assert!(m.rows(0) < 0x10000);
    });
}

#[test]
fn attribute_texts_are_read() {
    assert_eq!(attribute_text(b"\x01\0\x051.2.3\0\0"), Some("1.2.3"));
    assert_eq!(attribute_text(b"\x01\0\x7f1.2"), None);
    assert_eq!(attribute_text(b""), None);
}

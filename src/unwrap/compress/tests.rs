use super::super::testing::{hex, open, open_named, survive};
use super::*;

/// `compress -b 9` and plain `compress` over the same text give the same codes, but for the head.
const HELLO: &str =
    "1f9d9068cab061f306c498376de0c82933670e8880030b1e4cb8b0e14381040d2254c8700e0b1061dc900131a7e01b3720459234e94601";
const TEXT: &[u8] = b"hello compress hello compress hello compress, and so on and so on\n";

/// Writes a stream: growing codes, and the table emptied when it is full and at every `clear`th code.
fn packed(data: &[u8], most: u32, clear: usize) -> Vec<u8> {
    use std::collections::HashMap;
    let mut out = vec![0x1f, 0x9d, 0x80 | most as u8];
    let (mut table, mut width) = (HashMap::<(usize, u8), usize>::new(), 9u32);
    let (mut bits, mut count) = (Vec::<bool>::new(), 0usize);
    let flush = |out: &mut Vec<u8>, bits: &mut Vec<bool>, pad: Option<u32>| {
        if let Some(width) = pad {
            let group = 8 * width as usize;
            bits.resize(bits.len().next_multiple_of(group), false);
        }
        out.extend(bits.chunks(8).map(|c| c.iter().enumerate().fold(0u8, |b, (i, bit)| b | u8::from(*bit) << i)));
        bits.clear();
    };
    let put = |bits: &mut Vec<bool>, code: usize, width: u32| bits.extend((0..width).map(|i| code >> i & 1 == 1));
    let mut next = 257usize;
    let mut before: Option<usize> = None;
    for byte in data {
        let Some(word) = before else {
            before = Some(usize::from(*byte));
            continue;
        };
        if let Some(code) = table.get(&(word, *byte)) {
            before = Some(*code);
            continue;
        }
        put(&mut bits, word, width);
        count += 1;
        before = Some(usize::from(*byte));
        if clear > 0 && count % clear == 0 {
            put(&mut bits, CLEAR, width);
            flush(&mut out, &mut bits, Some(width));
            table.clear();
            (next, width) = (257, 9);
            continue;
        }
        if next < 1 << most {
            table.insert((word, *byte), next);
            next += 1;
            // The reader makes its lines one code later.
            if next > (1 << width) && width < most {
                flush(&mut out, &mut bits, Some(width));
                width += 1;
            }
        }
    }
    if let Some(word) = before {
        put(&mut bits, word, width);
    }
    flush(&mut out, &mut bits, None);
    out
}

#[test]
fn a_stream_of_the_real_program() {
    let seen = open_named(&Compress, FileKind::Compress, "x.tar.Z", &hex(HELLO));
    assert_eq!(seen.result, Ok(()));
    assert_eq!(seen.children, [("x.tar".to_owned(), TEXT.to_vec())]);
}

#[test]
fn codes_grow_and_tables_are_emptied() {
    let data: Vec<u8> = (0..60_000u32).map(|i| (i.wrapping_mul(i) >> 7) as u8 & 0x3f).collect();
    for most in [9, 10, 12, 16] {
        for clear in [0, 700] {
            let seen = open(&Compress, FileKind::Compress, &packed(&data, most, clear));
            assert_eq!(seen.result, Ok(()), "{most} {clear}");
            assert!(seen.children[0].1 == data, "{most} {clear}");
        }
    }
    // A word that is used before it is whole.
    let same = [b'a'; 5000];
    assert_eq!(open(&Compress, FileKind::Compress, &packed(&same, 16, 0)).children[0].1, same);
}

#[test]
fn lies_are_gaps() {
    for bytes in [&b"\x1f\x9d"[..], b"\x1f\x9d\x8e", b"\x1f\x9d\x9f\0\0\0", b"\x1f\x9d\x90\xff\xff\xff"] {
        let seen = open(&Compress, FileKind::Compress, bytes);
        assert_eq!(seen.result.is_err(), bytes != b"\x1f\x9d\x8e", "{bytes:?}");
    }
    let mut bytes = hex(HELLO);
    bytes[8] = 0xff;
    let seen = open(&Compress, FileKind::Compress, &bytes);
    assert!(seen.broken().detail.contains("not in the table"));
    assert!(TEXT.starts_with(&seen.children[0].1[..3]));
    survive(&Compress, FileKind::Compress, &hex(HELLO));
}

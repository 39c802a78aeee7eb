//! Takes one layer after another off an encoded text, on a bounded beginning of it, until something shows.

use super::layer::{Layer, Preview};
use super::pieces::class;
use super::weigh::{Worth, as_text, weigh};
use crate::model::FileKind;

/// What the rest of the file makes likely.
#[derive(Debug, Clone, Copy)]
pub(super) struct Context {
    /// The kind of the file.
    pub(super) kind: FileKind,
    /// The file has an xor operator or the word.
    pub(super) xor: bool,
    /// The file reverses something.
    pub(super) reverses: bool,
    /// The file speaks of ROT13.
    pub(super) rot13: bool,
    /// The file inflates without headers.
    pub(super) deflate: bool,
}

/// What was under the layers.
#[derive(Debug)]
pub(super) struct Peeled {
    /// The decoders, in order.
    pub(super) layers: Vec<Layer>,
    /// What came out.
    pub(super) worth: Worth,
    /// The beginning of it.
    pub(super) preview: Vec<u8>,
}

/// Longest beginning that is decoded to judge.
pub(super) const PREVIEW: usize = 64 << 10;
/// Most layers.
const MAX_LAYERS: usize = 8;
/// Shortest data on which a key is guessed.
const MIN_XOR: usize = 24;

/// Takes the layers off `input`, the first of which is `first`; `None` when noise is all that shows.
pub(super) fn peel(first: Layer, input: &[u8], context: Context) -> Option<Peeled> {
    let forward = follow(vec![first], Preview::of(first, input, PREVIEW).0, context);
    let promising = forward.as_ref().is_some_and(|p| p.worth.is_interesting());
    let backwards = matches!(first, Layer::Base64 | Layer::Hex | Layer::Base32);
    if !promising && backwards && (context.reverses || input.starts_with(b"=")) {
        let turned: Vec<u8> = input.iter().rev().copied().collect();
        let bytes = Preview::of(first, &turned, PREVIEW).0;
        if let Some(peeled) = follow(vec![Layer::Reversed, first], bytes, context) {
            return Some(peeled);
        }
    }
    forward
}

fn follow(mut layers: Vec<Layer>, mut bytes: Vec<u8>, context: Context) -> Option<Peeled> {
    loop {
        let worth = weigh(&bytes, context.kind);
        let next = if layers.len() >= MAX_LAYERS {
            None
        } else {
            match worth {
                Worth::Packed(layer) => Some((layer, unpack(layer, &bytes)?)),
                Worth::Text => under_text(&bytes, context),
                Worth::Noise => under_noise(&bytes, context),
                _ => None,
            }
        };
        match next {
            Some((layer, inner)) => {
                layers.push(layer);
                bytes = inner;
            }
            None if matches!(worth, Worth::Noise | Worth::Packed(_)) => return None,
            None => return Some(Peeled { layers, worth, preview: bytes }),
        }
    }
}

fn unpack(layer: Layer, bytes: &[u8]) -> Option<Vec<u8>> {
    let (inner, _) = Preview::of(layer, bytes, PREVIEW);
    (inner.len() >= 8).then_some(inner)
}

/// The next layer of text that is itself an encoding.
fn under_text(bytes: &[u8], context: Context) -> Option<(Layer, Vec<u8>)> {
    let text = bytes.trim_ascii();
    let body = text.trim_ascii_end().strip_suffix(b"=").unwrap_or(text);
    let all =
        |mask: u8| body.len() >= 16 && body.iter().all(|b| class::is(*b, mask) || matches!(b, b'\n' | b'\r' | b'='));
    let accept = |layer: Layer| {
        let inner = Preview::of(layer, text, PREVIEW).0;
        let promising = weigh(&inner, context.kind) != Worth::Noise
            || (context.xor || utf16(&inner).is_some()) && under_noise(&inner, context).is_some();
        (promising && !inner.is_empty()).then_some((layer, inner))
    };
    let count = |needle: &[u8]| memchr::memmem::find_iter(text, needle).take(4096).count();
    if all(class::HEX) {
        return accept(Layer::Hex);
    }
    if all(class::BASE32)
        && let Some(found) = accept(Layer::Base32)
    {
        return Some(found);
    }
    if all(class::BASE64) && (text.contains(&b'=') || text.iter().any(u8::is_ascii_uppercase)) {
        if text.starts_with(b"=") {
            let turned = Preview::of(Layer::Reversed, text, PREVIEW).0;
            return Some((Layer::Reversed, turned));
        }
        if let Some(found) = accept(Layer::Base64) {
            return Some(found);
        }
    }
    if count(b"%") * 9 > text.len() {
        return accept(Layer::Percent);
    }
    if count(b"\\x") * 8 > text.len() {
        return accept(Layer::HexEscapes);
    }
    if count(b"\\u") * 12 > text.len() {
        return accept(Layer::UnicodeEscapes);
    }
    let better = |layer: Layer| {
        let inner = Preview::of(layer, text, PREVIEW).0;
        weigh(&inner, context.kind).is_interesting().then_some((layer, inner))
    };
    if context.rot13
        && let Some(found) = better(Layer::Rot13)
    {
        return Some(found);
    }
    if context.reverses
        && let Some(found) = better(Layer::Reversed)
    {
        return Some(found);
    }
    // Xor leaves text printable often enough, but not its blanks.
    let blanks = text.iter().filter(|b| b.is_ascii_whitespace()).count();
    if context.xor && blanks * 20 < text.len() && bytes.len() >= MIN_XOR { guess_key(bytes, context) } else { None }
}

/// The next layer of bytes that are no text: UTF-16, a headerless stream, or a key.
fn under_noise(bytes: &[u8], context: Context) -> Option<(Layer, Vec<u8>)> {
    if let Some(text) = utf16(bytes) {
        return Some((Layer::Utf16, text));
    }
    if context.deflate {
        let inner = Preview::of(Layer::Deflate, bytes, PREVIEW).0;
        if inner.len() >= 32 && weigh(&inner, context.kind) != Worth::Noise {
            return Some((Layer::Deflate, inner));
        }
    }
    if context.xor && bytes.len() >= MIN_XOR {
        return guess_key(bytes, context);
    }
    None
}

fn utf16(bytes: &[u8]) -> Option<Vec<u8>> {
    let head = bytes.get(..256).unwrap_or(bytes);
    let pairs = head.len() / 2;
    let ascii =
        head.chunks_exact(2).filter(|p| matches!(p, [c, 0] if c.is_ascii_graphic() || c.is_ascii_whitespace())).count();
    (pairs >= 8 && ascii * 10 >= pairs * 9).then(|| Preview::of(Layer::Utf16, bytes, PREVIEW).0)
}

/// The one byte that turns the data into a program or into text worth a look.
fn guess_key(bytes: &[u8], context: Context) -> Option<(Layer, Vec<u8>)> {
    let head = bytes.get(..64).unwrap_or(bytes);
    // The highest bit is set in no byte of a text: bytes of which some have it and some not are text under no key.
    let first = head.first().copied()?;
    let may_be_text = head.iter().all(|b| (b ^ first) & 0x80 == 0);
    let textual = |key: u8| head.iter().all(|b| matches!(b ^ key, b'\n' | b'\r' | b'\t' | b' '..=b'~'));
    let program = |key: u8| {
        let start: Vec<u8> = head.iter().take(4).map(|b| b ^ key).collect();
        start.starts_with(b"MZ") || start.starts_with(b"\x7fELF") || start.starts_with(b"PK\x03\x04")
    };
    let fits = |key: &u8| may_be_text && textual(*key) || program(*key);
    (1..=255_u8).filter(|key| may_be_text || matches!(first ^ key, b'M' | 0x7f | b'P')).filter(fits).find_map(|key| {
        let inner = Preview::of(Layer::Xor(key), bytes, PREVIEW).0;
        let readable = as_text(&inner).is_some_and(|t| t.contains("http") || t.contains(' '));
        let worth = weigh(&inner, context.kind);
        (matches!(worth, Worth::Executable | Worth::Archive)
            || worth.is_interesting() && readable
            || worth == Worth::Address)
            .then_some((Layer::Xor(key), inner))
    })
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use base64::Engine as _;

    use super::*;

    const PLAIN: Context =
        Context { kind: FileKind::Python, xor: false, reverses: false, rot13: false, deflate: false };
    const CODE: &str = "import os\nos.system('echo inert')\n";

    fn b64(bytes: impl AsRef<[u8]>) -> String {
        base64::engine::general_purpose::STANDARD.encode(bytes)
    }

    fn words(peeled: &Peeled) -> String {
        peeled.layers.iter().map(|l| l.word()).collect::<Vec<_>>().join("+")
    }

    #[test]
    fn layers_come_off_in_order() {
        let mut z = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        z.write_all(CODE.as_bytes()).unwrap();
        let packed = z.finish().unwrap();
        let hexed: String = packed.iter().map(|b| format!("{b:02x}")).collect();
        for (text, context, recipe) in [
            (b64(CODE), PLAIN, "base64"),
            (b64(b64(b64(CODE))), PLAIN, "base64+base64+base64"),
            (b64(&packed), PLAIN, "base64+zlib"),
            (b64(hexed), PLAIN, "base64+hex+zlib"),
            (b64(CODE).chars().rev().collect(), Context { reverses: true, ..PLAIN }, "reversed+base64"),
            (
                b64(CODE.bytes().map(|b| b ^ 0x5b).collect::<Vec<_>>()),
                Context { xor: true, ..PLAIN },
                "base64+xor-0x5b",
            ),
            (b64(CODE.bytes().flat_map(|b| [b, 0]).collect::<Vec<_>>()), PLAIN, "base64+utf16"),
        ] {
            let peeled = peel(Layer::Base64, text.as_bytes(), context).unwrap();
            assert_eq!(words(&peeled), recipe);
            assert_eq!(peeled.worth, Worth::Code("py"), "{recipe}");
            assert_eq!(peeled.preview, CODE.as_bytes());
        }
    }

    #[test]
    fn endless_nesting_and_noise_end() {
        let mut text = CODE.to_owned();
        for _ in 0..20 {
            text = b64(text);
        }
        assert_eq!(peel(Layer::Base64, text.as_bytes(), PLAIN).unwrap().layers.len(), MAX_LAYERS);
        let noise: Vec<u8> = (0..3000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        let context = Context { xor: true, reverses: true, rot13: true, deflate: true, ..PLAIN };
        assert!(peel(Layer::Base64, b64(noise).as_bytes(), context).is_none());
    }
}

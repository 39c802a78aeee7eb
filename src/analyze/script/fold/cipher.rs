//! Ciphers whose key stands in the script: what is locked with the key in the door is not locked.

use aes::cipher::{Array, BlockCipherDecrypt, KeyInit};

use super::codec;
use crate::analyze::script::value::{Labels, Value};

const BLOCK: usize = 16;

/// A Fernet token (<https://github.com/fernet/spec>) under its key, both in base64. The authentication code is not
/// checked: the key is the attacker's own.
#[must_use]
pub(crate) fn fernet(key: &Value, token: &Value) -> Option<Value> {
    let key = codec::base64(key.as_bytes()?)?;
    let token_bytes = codec::base64(token.as_bytes()?)?;
    let secret = key.get(16..32)?;
    let body = token_bytes.get(9..token_bytes.len().checked_sub(32)?)?;
    let (iv, text) = body.split_at_checked(BLOCK)?;
    let plain = cbc(secret, iv, text)?;
    Some(Value::bytes(plain, labels(&[token])))
}

/// AES in CBC mode with PKCS #7 padding; the key is 16, 24 or 32 bytes.
#[must_use]
pub(crate) fn aes_cbc(key: &Value, iv: &Value, text: &Value) -> Option<Value> {
    let plain = cbc(key.as_bytes()?, iv.as_bytes()?, text.as_bytes()?)?;
    Some(Value::bytes(plain, labels(&[text])))
}

/// AES as PyCryptodome makes it: `mode` is the name of its constant. The authentication tag of GCM is not checked.
#[must_use]
pub(crate) fn aes(key: &Value, mode: &str, nonce: &Value, text: &Value) -> Option<Value> {
    match mode {
        "MODE_CBC" => aes_cbc(key, nonce, text),
        "MODE_ECB" => {
            let mut plain = Vec::new();
            // Without chaining each block stands for itself: an initial vector of zeros changes nothing.
            for block in text.as_bytes()?.chunks_exact(BLOCK) {
                plain.extend(block_of(key.as_bytes()?, block)?);
            }
            Some(Value::bytes(plain, labels(&[text])))
        }
        "MODE_GCM" => {
            let nonce = nonce.as_bytes().filter(|n| n.len() == 12)?;
            let mut start = [0; BLOCK];
            start.get_mut(..12)?.copy_from_slice(nonce);
            // The first counter is for the tag.
            *start.last_mut()? = 2;
            let plain = counter(key.as_bytes()?, &start, text.as_bytes()?)?;
            Some(Value::bytes(plain, labels(&[text])))
        }
        _ => None,
    }
}

fn block_of(key: &[u8], block: &[u8]) -> Option<Vec<u8>> {
    let mut plain = cbc_blocks(key, &[0; BLOCK], block)?;
    plain.truncate(BLOCK);
    Some(plain)
}

fn counter(key: &[u8], start: &[u8; BLOCK], text: &[u8]) -> Option<Vec<u8>> {
    use aes::cipher::{KeyIvInit, StreamCipher};
    let mut out = text.to_vec();
    match key.len() {
        16 => ctr::Ctr32BE::<aes::Aes128>::new_from_slices(key, start).ok()?.apply_keystream(&mut out),
        24 => ctr::Ctr32BE::<aes::Aes192>::new_from_slices(key, start).ok()?.apply_keystream(&mut out),
        32 => ctr::Ctr32BE::<aes::Aes256>::new_from_slices(key, start).ok()?.apply_keystream(&mut out),
        _ => return None,
    }
    Some(out)
}

fn cbc(key: &[u8], iv: &[u8], text: &[u8]) -> Option<Vec<u8>> {
    let mut out = cbc_blocks(key, iv, text)?;
    let padding = usize::from(*out.last()?);
    if (1..=BLOCK).contains(&padding) && out.len() >= padding {
        out.truncate(out.len() - padding);
    }
    Some(out)
}

fn cbc_blocks(key: &[u8], iv: &[u8], text: &[u8]) -> Option<Vec<u8>> {
    if text.is_empty() || !text.len().is_multiple_of(BLOCK) || iv.len() != BLOCK {
        return None;
    }
    enum Cipher {
        Small(aes::Aes128),
        Middle(aes::Aes192),
        Large(aes::Aes256),
    }
    let cipher = match key.len() {
        16 => Cipher::Small(aes::Aes128::new_from_slice(key).ok()?),
        24 => Cipher::Middle(aes::Aes192::new_from_slice(key).ok()?),
        32 => Cipher::Large(aes::Aes256::new_from_slice(key).ok()?),
        _ => return None,
    };
    let mut out = Vec::with_capacity(text.len());
    let mut before: &[u8] = iv;
    for chunk in text.chunks_exact(BLOCK) {
        let mut block = Array::try_from(chunk).ok()?;
        match &cipher {
            Cipher::Small(c) => c.decrypt_block(&mut block),
            Cipher::Middle(c) => c.decrypt_block(&mut block),
            Cipher::Large(c) => c.decrypt_block(&mut block),
        }
        out.extend(block.iter().zip(before).map(|(a, b)| a ^ b));
        before = chunk;
    }
    Some(out)
}

/// RC4.
#[must_use]
pub(crate) fn rc4(key: &Value, text: &Value) -> Option<Value> {
    let key: Vec<u16> = key.as_bytes()?.iter().map(|b| u16::from(*b)).collect();
    let out: Vec<u8> = text.as_bytes()?.iter().zip(rc4_stream(&key)?).map(|(b, k)| b ^ k).collect();
    Some(Value::bytes(out, labels(&[text])))
}

/// The endless key stream of RC4. The units of the key count as numbers: only their lowest eight bits matter.
pub(crate) fn rc4_stream(key: &[u16]) -> Option<impl Iterator<Item = u8> + use<>> {
    if key.is_empty() {
        return None;
    }
    let mut state: [u8; 256] = std::array::from_fn(|i| u8::try_from(i).unwrap_or(0));
    let mut j = 0u8;
    for (i, k) in (0..256).zip(key.iter().cycle()) {
        j = j.wrapping_add(*state.get(i)?).wrapping_add(k.to_le_bytes()[0]);
        state.swap(i, usize::from(j));
    }
    let (mut i, mut j) = (0u8, 0u8);
    Some(std::iter::from_fn(move || {
        i = i.wrapping_add(1);
        j = j.wrapping_add(*state.get(usize::from(i))?);
        state.swap(usize::from(i), usize::from(j));
        let at = state.get(usize::from(i))?.wrapping_add(*state.get(usize::from(j))?);
        state.get(usize::from(at)).copied()
    }))
}

fn labels(values: &[&Value]) -> Labels {
    values.iter().fold(Labels::DECRYPTED.with(Labels::DECODED), |l, v| l.with(v.labels))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_opens_with_its_key() {
        // The test vector of the specification.
        let key = Value::str("cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=", Labels::NONE);
        let token = Value::str(
            "gAAAAAAdwJ6wAAECAwQFBgcICQoLDA0ODy021cpGVWKZ_eEwCGM4BLLF_5CV9dOPmrhuVUPgJobwOz7JcbmrR64jVmpU4IwqDA==",
            Labels::NONE,
        );
        let plain = fernet(&key, &token).unwrap();
        assert_eq!(plain.as_bytes(), Some(&b"hello"[..]));
        assert!(plain.labels.any(Labels::DECRYPTED));
    }

    #[test]
    fn rc4_of_the_known_vector() {
        let plain = rc4(&Value::str("Key", Labels::NONE), &Value::bytes(&b"Plaintext"[..], Labels::NONE)).unwrap();
        assert_eq!(plain.as_bytes(), Some(&[0xBB, 0xF3, 0x16, 0xE8, 0xD9, 0x40, 0xAF, 0x0A, 0xD3][..]));
    }
}

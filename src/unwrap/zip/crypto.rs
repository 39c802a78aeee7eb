//! The two encryptions that zip files have in practice: PKWARE's old stream cipher ("ZipCrypto", APPNOTE 6.1) and
//! WinZip's AES (AE-1 and AE-2, <https://www.winzip.com/en/support/aes-encryption/>). Only to read.

use std::io::{self, Read};

use aes::cipher::StreamCipher;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;

use super::header::AesField;

/// How an entry is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encryption {
    /// Not at all.
    None,
    /// ZipCrypto; a right password gives one of these bytes.
    Traditional { checks: [u8; 2] },
    /// WinZip AES.
    Aes(AesField),
    /// Something else, in words.
    Unknown(&'static str),
}

/// What came of a password.
pub(super) enum Opened<'a> {
    /// It fits: the packed content, decrypted as it is read.
    Reader {
        /// The bytes.
        packed: Box<dyn Read + 'a>,
        /// Whether the password is proven, and the content unchanged. If not, one wrong password in 128 (ZipCrypto) or
        /// 65,536 (AES) comes here too.
        proven: bool,
    },
    /// It is wrong.
    WrongPassword,
    /// The content is too short to hold what the encryption needs.
    TooShort,
}

/// Tries a password of a ZipCrypto entry.
pub(super) fn traditional<'a>(data: &'a [u8], checks: [u8; 2], password: &str) -> Opened<'a> {
    match rawzip::zipcrypto::Decryptor::new(data, password.as_bytes()) {
        Err(_) => Opened::TooShort,
        Ok(reader) if checks.contains(&reader.check_byte()) => {
            Opened::Reader { packed: Box::new(reader), proven: false }
        }
        Ok(_) => Opened::WrongPassword,
    }
}

/// Length of the code after the content that proves that it was not changed.
const PROOF: usize = 10;
const ROUNDS: u32 = 1000;

/// Tries a password of a WinZip AES entry: salt, two bytes that tell wrong passwords, content, proof.
pub(super) fn aes<'a>(data: &'a [u8], field: AesField, password: &str) -> Opened<'a> {
    match field.strength {
        1 => open::<ctr::Ctr128LE<aes::Aes128>>(data, 16, password),
        2 => open::<ctr::Ctr128LE<aes::Aes192>>(data, 24, password),
        _ => open::<ctr::Ctr128LE<aes::Aes256>>(data, 32, password),
    }
}

fn open<'a, C>(data: &'a [u8], key_len: usize, password: &str) -> Opened<'a>
where
    C: aes::cipher::KeyIvInit + StreamCipher + 'a,
{
    let parts = || {
        let (salt, rest) = data.split_at_checked(key_len / 2)?;
        let (check, rest) = rest.split_at_checked(2)?;
        let (content, proof) = rest.split_at_checked(rest.len().checked_sub(PROOF)?)?;
        Some((salt, check, content, proof))
    };
    let Some((salt, check, content, proof)) = parts() else { return Opened::TooShort };
    let mut keys = [0; 66];
    let Some(keys) = keys.get_mut(..2 * key_len + 2) else { return Opened::TooShort };
    if pbkdf2::pbkdf2::<Hmac<Sha1>>(password.as_bytes(), salt, ROUNDS, keys).is_err() {
        return Opened::WrongPassword;
    }
    let (key, rest) = keys.split_at(key_len);
    let (proof_key, expected) = rest.split_at(key_len);
    if expected != check {
        return Opened::WrongPassword;
    }
    let Ok(mut hmac) = Hmac::<Sha1>::new_from_slice(proof_key) else { return Opened::WrongPassword };
    hmac.update(content);
    let proven = hmac.verify_truncated_left(proof).is_ok();
    // The counter is little-endian and begins at one.
    let mut counter = [0; 16];
    if let Some(first) = counter.first_mut() {
        *first = 1;
    }
    match C::new_from_slices(key, &counter) {
        Ok(cipher) => Opened::Reader { packed: Box::new(Decrypt { rest: content, cipher }), proven },
        Err(_) => Opened::WrongPassword,
    }
}

struct Decrypt<'a, C> {
    rest: &'a [u8],
    cipher: C,
}

impl<C: StreamCipher> Read for Decrypt<'_, C> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let len = self.rest.read(out)?;
        if let Some(filled) = out.get_mut(..len) {
            self.cipher.apply_keystream(filled);
        }
        Ok(len)
    }
}

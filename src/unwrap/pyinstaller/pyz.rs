//! The archive of modules inside: `PYZ\0`, four bytes of Python's magic number, the big-endian place of the table, which
//! is a marshalled list of (name, (type, place, length)) or, in old ones, a dict. Each module is zlib-packed marshalled
//! code. Before 6.0 it could be encrypted: sixteen bytes of initial vector, then AES in counter mode (from 4.0 on) or with
//! a feedback of eight bits, under a key that lies in the archive.

use aes::cipher::{BlockCipherEncrypt as _, KeyInit as _, KeyIvInit as _, StreamCipher as _};

use super::super::entry_name::shown;
use super::super::pyc::Python;
use super::super::{Entries, Produced};
use super::inflate;
use crate::limits::Budget;
use crate::model::{ByteView, Gap, GapReason};
use crate::parse::fields::Fields;
use crate::parse::marshal::{self, Group, Id, Layout, Marshal, Object};

/// Types of modules.
const PACKAGE: i64 = 1;
const DATA: i64 = 2;
const NAMESPACE: i64 = 3;

/// Opens the archive `name`.
///
/// # Errors
/// A limit.
pub(super) fn open(
    name: &str,
    view: &ByteView,
    python: Option<Python>,
    key: Option<&[u8]>,
    out: &mut Entries<'_>,
) -> Result<(), Gap> {
    let fields = Fields::new(view, false);
    let table = fields.u32(8).map(u64::from).filter(|at| view.starts_with(b"PYZ\0") && *at < view.len() as u64);
    let Some(table) = table else {
        out.gaps.push(Gap::malformed("does not begin like an archive of modules").at(name));
        // Whatever it is, it is looked at.
        return out.member("pyinstaller", name, view.clone());
    };
    let magic = Fields::new(view, true).u16(4).unwrap_or(0);
    let header = Python::of_magic(magic).or(python).and_then(Python::header);
    let Some(mut header) = header else {
        let detail = format!("its modules are of a Python that is not known (magic number {magic})");
        out.gaps.push(Gap::new(GapReason::Unsupported, detail).at(name));
        return out.member("pyinstaller", name, view.clone());
    };
    // The very number, for versions that were still being made.
    if let Some((number, own)) = header.first_chunk_mut::<2>().zip(view.get(4..6)) {
        number.copy_from_slice(own);
    }
    let rows = marshal::read(fields.available(table, u64::MAX), Layout::Three);
    if let Some(broken) = &rows.broken {
        let at = table + broken.at as u64;
        out.gaps.push(Gap::malformed(format!("table broken at byte {at}: {}", broken.what)).at(name));
    }
    let mut encrypted = 0u64;
    for (module, row) in pairs(&rows) {
        let number = |i| rows.int(rows.item(row, i));
        let (kind, place, len) = (number(0).unwrap_or(0), number(1).unwrap_or(-1), number(2).unwrap_or(-1));
        let module = shown(rows.text(module).unwrap_or_default());
        if kind == NAMESPACE && len <= 0 {
            continue;
        }
        let path = if kind == DATA { module } else { module.replace('.', "/") };
        let path = match kind {
            PACKAGE => format!("{name}/{path}/__init__.pyc"),
            DATA => format!("{name}/{path}"),
            _ => format!("{name}/{path}.pyc"),
        };
        let range = || {
            let start = usize::try_from(place).ok()?;
            view.slice(start..start.checked_add(usize::try_from(len).ok()?)?)
        };
        let Some(data) = range() else {
            out.gaps.push(Gap::malformed(format!("its {len} bytes at {place} of {name} are not there")).at(path));
            continue;
        };
        let header = if kind == DATA { Vec::new() } else { header.clone() };
        if is_zlib(&data) {
            out.deferred("pyinstaller", &path, move |budget| inflate(&data, header, None, budget))?;
            continue;
        }
        match key {
            Some(key) => {
                let key = key.to_vec();
                out.deferred("pyinstaller", &path, move |budget| decrypt(&data, &key, header, budget))?;
            }
            None => encrypted += 1,
        }
    }
    if encrypted > 0 {
        let detail = format!("{encrypted} modules are encrypted or of an unknown packing, and there is no key");
        out.gaps.push(Gap::new(GapReason::Encrypted, detail).at(name));
    }
    Ok(())
}

/// Names of modules and their rows.
fn pairs(table: &Marshal<'_>) -> Vec<(Id, Id)> {
    let items = table.items(table.root);
    if let Object::Group(Group::Dict, ..) = table.object(table.root) {
        return items.chunks_exact(2).filter_map(|p| Some((*p.first()?, *p.last()?))).collect();
    }
    items.iter().map(|row| (table.item(*row, 0), table.item(*row, 1))).collect()
}

fn is_zlib(data: &[u8]) -> bool {
    matches!(data, [method, flags, ..] if method & 0xf == 8 && (u16::from(*method) << 8 | u16::from(*flags)).is_multiple_of(31))
}

/// Decrypts and unpacks a module in whichever of the two modes gives zlib data.
fn decrypt(data: &[u8], key: &[u8], header: Vec<u8>, budget: &Budget) -> Produced {
    let failed = |gap| Produced { view: ByteView::from_vec(Vec::new()), gap: Some(gap), findings: Vec::new() };
    let Some((vector, packed)) = data.split_first_chunk::<16>() else {
        return failed(Gap::malformed("too short for an encrypted module"));
    };
    for mode in [counter, feedback] {
        let mut meter = budget.meter();
        if let Err(gap) = meter.fill(&mut &*packed) {
            return failed(gap);
        }
        // The meter holds room for the copy while it is in use.
        let mut plain = packed.to_vec();
        if mode(&mut plain, key, vector).is_some() && is_zlib(&plain) {
            return inflate(&plain, header, None, budget);
        }
    }
    failed(Gap::new(GapReason::Encrypted, "the key in the archive does not open it"))
}

/// AES-128 in counter mode.
pub(super) fn counter(data: &mut [u8], key: &[u8], vector: &[u8; 16]) -> Option<()> {
    ctr::Ctr128BE::<aes::Aes128>::new_from_slices(key, vector).ok()?.apply_keystream(data);
    Some(())
}

/// AES-128 with a feedback of eight bits.
fn feedback(data: &mut [u8], key: &[u8], vector: &[u8; 16]) -> Option<()> {
    let cipher = aes::Aes128::new_from_slice(key).ok()?;
    let mut register = *vector;
    for byte in data {
        let mut block = register.into();
        cipher.encrypt_block(&mut block);
        register.rotate_left(1);
        if let Some(last) = register.last_mut() {
            *last = *byte;
        }
        *byte ^= block.first().copied().unwrap_or(0);
    }
    Some(())
}

/// The key in a module's code: its only text of sixteen characters.
pub(super) fn key_in(content: &[u8], python: Option<Python>) -> Option<Vec<u8>> {
    let python = python?;
    let start = if content.get(2..4) == Some(b"\r\n") { python.header()?.len() } else { 0 };
    let code = marshal::read(content.get(start..)?, python.layout());
    let constants = code.items(code.codes.first()?.constants);
    constants.iter().filter_map(|id| code.text(*id)).find(|text| text.len() == 16).map(<[u8]>::to_vec)
}

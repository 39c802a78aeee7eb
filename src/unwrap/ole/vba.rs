//! Macros of Office documents ([MS-OVBA]): the stream `dir` of a storage `VBA` names the modules and where in their
//! streams the packed source begins.

use std::io::Write as _;
use std::sync::Arc;

use super::cfb::{Compound, Stream};
use crate::limits::{Budget, Meter};
use crate::model::{ByteView, Gap};
use crate::parse::fields::Fields;
use crate::unwrap::{Entries, Produced};

/// Unpacked bytes of a chunk.
const CHUNK: usize = 4096;

/// Gives the source of every module.
pub(super) fn modules(file: &ByteView, compound: &Arc<Compound>, out: &mut Entries<'_>) -> Result<(), Gap> {
    for dir in &compound.streams {
        let Some(folder) = dir.path.strip_suffix("/dir").filter(|f| f.rsplit('/').next() == Some("VBA")) else {
            continue;
        };
        let mut packed = out.budget().meter();
        let mut plain = out.budget().meter();
        let read = compound.join(file, dir, &mut packed).and_then(|()| expand(packed.bytes(), &mut plain));
        if let Err(gap) = read {
            out.gaps.push(gap.at(dir.path.clone()));
        }
        for (name, offset) in listed(plain.bytes()) {
            let path = format!("{folder}/{name}");
            let Some(stream) = compound.stream(&path) else {
                out.gaps.push(Gap::malformed("the macro's stream is not there").at(path));
                continue;
            };
            let (file, compound, stream) = (file.clone(), Arc::clone(compound), stream.clone());
            out.deferred("vba", &format!("{path}.bas"), move |budget| {
                source(&file, &compound, &stream, offset, budget)
            })?;
        }
    }
    Ok(())
}

fn source(file: &ByteView, compound: &Compound, stream: &Stream, offset: u32, budget: &Budget) -> Produced {
    let (mut packed, mut plain) = (budget.meter(), budget.meter());
    let read = compound.join(file, stream, &mut packed).and_then(|()| {
        let packed = packed.bytes().get(offset as usize..);
        expand(packed.ok_or_else(|| Gap::malformed("the macro begins behind its stream"))?, &mut plain)
    });
    match read {
        Ok(()) => Produced::whole(plain.finish()),
        Err(gap) => Produced::partial(plain.finish(), gap),
    }
}

/// The modules that `dir` names: stream, and where the source begins in it.
fn listed(dir: &[u8]) -> Vec<(String, u32)> {
    let fields = Fields::new(dir, true);
    let mut modules = Vec::new();
    let mut name = String::new();
    let mut at = 0u64;
    while let (Some(id), Some(len)) = (fields.u16(at), fields.u32(at.saturating_add(2))) {
        // The version's record says 4 and has 6 bytes.
        let len = if id == 9 { 6 } else { u64::from(len) };
        let data = fields.available(at.saturating_add(6), len);
        match id {
            0x1a => name = data.iter().map(|b| char::from(*b)).collect(),
            // The same in UTF-16, which streams are named by.
            0x32 => {
                let units: Vec<u16> =
                    data.chunks_exact(2).filter_map(|c| c.first_chunk().map(|b| u16::from_le_bytes(*b))).collect();
                name = String::from_utf16_lossy(&units);
            }
            0x31 => {
                if let Some(offset) = data.first_chunk() {
                    modules.push((std::mem::take(&mut name), u32::from_le_bytes(*offset)));
                }
            }
            _ => {}
        }
        at = at.saturating_add(6).saturating_add(len);
    }
    modules
}

/// Unpacks a container: a byte 1, then chunks of at most 4 KiB, each stored or packed with copies from inside itself.
fn expand(bytes: &[u8], meter: &mut Meter<'_>) -> Result<(), Gap> {
    if bytes.first() != Some(&1) {
        return Err(Gap::malformed("a packed macro begins with 1"));
    }
    let fields = Fields::new(bytes, true);
    let mut at = 1u64;
    while let Some(header) = fields.u16(at) {
        let len = u64::from(header & 0xfff) + 1;
        let body = fields.available(at.saturating_add(2), len);
        let chunk = if header & 0x8000 == 0 { body.to_vec() } else { chunk(body)? };
        meter.write_all(&chunk).map_err(|e| meter.stopped().unwrap_or_else(|| Gap::malformed(e.to_string())))?;
        at = at.saturating_add(2).saturating_add(len);
    }
    Ok(())
}

fn chunk(bytes: &[u8]) -> Result<Vec<u8>, Gap> {
    let mut out: Vec<u8> = Vec::with_capacity(CHUNK);
    let mut input = bytes.iter().copied();
    while let Some(flags) = input.next() {
        for bit in 0..8 {
            let Some(first) = input.next() else { return Ok(out) };
            if flags >> bit & 1 == 0 {
                out.push(first);
            } else {
                let token = u32::from(first) | u32::from(input.next().unwrap_or(0)) << 8;
                // The further into the chunk, the more bits a distance has and the fewer a length.
                let bits = (usize::BITS - out.len().saturating_sub(1).leading_zeros()).max(4);
                let bits = bits.min(12);
                let distance = (token >> (16 - bits)) as usize + 1;
                let len = (token & ((1 << (16 - bits)) - 1)) as usize + 3;
                for _ in 0..len {
                    let byte = out.len().checked_sub(distance).and_then(|at| out.get(at)).copied();
                    out.push(byte.ok_or_else(|| Gap::malformed("a copy reaches before its chunk"))?);
                }
            }
            if out.len() > CHUNK {
                return Err(Gap::malformed("a chunk has more than 4096 bytes"));
            }
        }
    }
    Ok(out)
}

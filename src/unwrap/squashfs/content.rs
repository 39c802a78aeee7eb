//! The content of files: blocks, holes and pieces of fragments.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use super::codec::{Codec, put};
use super::table::{File, Tables};
use crate::limits::{Budget, Meter};
use crate::model::{ByteView, Gap};
use crate::parse::fields::Fields;
use crate::unwrap::Produced;

/// Says about a block's size that the block is not packed.
const PLAIN: u32 = 1 << 24;
/// Fragments that are kept unpacked: files that share one usually follow one another.
const KEPT: usize = 8;

/// An image, its tables, and the fragments that were unpacked last.
pub(super) struct Source {
    image: ByteView,
    codec: Codec,
    block: u32,
    pub(super) tables: Tables,
    kept: Mutex<VecDeque<(u32, ByteView)>>,
}

impl Source {
    pub(super) fn new(image: ByteView, codec: Codec, block: u32, tables: Tables) -> Self {
        Self { image, codec, block, tables, kept: Mutex::new(VecDeque::new()) }
    }

    /// The content of the file whose inode this is.
    pub(super) fn produce(&self, inode: u64, budget: &Budget) -> Produced {
        let mut meter = budget.meter();
        let file = self.tables.file(inode, self.block);
        let file = file.ok_or_else(|| Gap::malformed("the list of its blocks is cut off"));
        match file.and_then(|file| self.write(&file, budget, &mut meter)) {
            Ok(()) => Produced::whole(meter.finish()),
            Err(gap) => Produced::partial(meter.finish(), gap),
        }
    }

    fn write(&self, file: &File, budget: &Budget, meter: &mut Meter<'_>) -> Result<(), Gap> {
        let mut at = file.start;
        for size in &file.blocks {
            let left = file.len.saturating_sub(meter.bytes().len() as u64);
            let most = usize::try_from(left.min(u64::from(self.block))).unwrap_or(0);
            if *size == 0 {
                put(&vec![0; most], meter)?;
                continue;
            }
            let before = meter.bytes().len();
            at = block(&self.image, at, *size, self.codec, self.block, meter)?;
            let made = meter.bytes().len().saturating_sub(before);
            if made != most {
                return Err(Gap::malformed(format!("the block before byte {at} has {made} bytes, not {most}")));
            }
        }
        if let Some((index, offset)) = file.fragment {
            let fragment = self.fragment(index, budget)?;
            let left = file.len.saturating_sub(meter.bytes().len() as u64);
            let part = Fields::new(&fragment, true).range(u64::from(offset), left);
            put(part.ok_or_else(|| Gap::malformed("its fragment is too short"))?, meter)?;
        }
        let made = meter.bytes().len() as u64;
        if made != file.len {
            return Err(Gap::malformed(format!("has {made} bytes, its inode says {}", file.len)));
        }
        Ok(())
    }

    fn fragment(&self, index: u32, budget: &Budget) -> Result<ByteView, Gap> {
        let kept = || self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, view)) = kept().iter().find(|(i, _)| *i == index) {
            return Ok(view.clone());
        }
        let table = &self.tables.fragments;
        let entry = usize::try_from(index).ok().and_then(|i| table.get(i));
        let (at, size) = *entry.ok_or_else(|| Gap::malformed(format!("fragment {index} of {}", table.len())))?;
        let mut meter = budget.meter();
        block(&self.image, at, size, self.codec, self.block, &mut meter)?;
        let view = meter.finish();
        let mut kept = kept();
        kept.push_back((index, view.clone()));
        if kept.len() > KEPT {
            kept.pop_front();
        }
        Ok(view)
    }
}

/// Unpacks the block at `at`; where the next one begins.
fn block(image: &[u8], at: u64, size: u32, codec: Codec, most: u32, meter: &mut Meter<'_>) -> Result<u64, Gap> {
    let len = u64::from(size & (PLAIN - 1));
    let bytes = Fields::new(image, true).range(at, len);
    let bytes = bytes.ok_or_else(|| Gap::malformed(format!("the block at {at} lies outside of the image")))?;
    if size & PLAIN == 0 {
        codec.expand(bytes, most as usize, meter)?;
    } else {
        put(bytes, meter)?;
    }
    Ok(at.saturating_add(len))
}

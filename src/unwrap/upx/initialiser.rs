//! The initialiser of a packed library (`DT_INIT`): UPX puts its unpacker there, and the one before twelve bytes in front
//! of the unpacker. The dynamic section itself is not packed, so it is put right in the unpacked library.

use goblin::elf::dynamic::DT_INIT;

use crate::parse::elf::Elf;
use crate::parse::fields::Fields;

/// Most entries of a dynamic section that are looked at.
const ENTRIES_MAX: u64 = 4096;

/// What is to be put right.
pub(super) struct Initialiser {
    /// Where the dynamic section stands in the unpacked library.
    dynamic: u64,
    now: u64,
    before: u64,
    wide: bool,
    little: bool,
}

impl Initialiser {
    /// The initialiser of a packed library whose dynamic section stood at `dynamic`.
    pub(super) fn of(file: Fields<'_>, elf: &Elf<'_>, dynamic: u64, little: bool) -> Option<Self> {
        let now = elf.tag(DT_INIT)?;
        let before = u64::from(file.u32(elf.offset_of(now)?.checked_sub(12)?)?);
        let plausible = before != 0 && before < file.len().saturating_mul(16);
        plausible.then_some(Self { dynamic, now, before, wide: elf.wide, little })
    }

    /// Puts it back into the unpacked library.
    pub(super) fn restore(&self, bytes: &mut [u8]) {
        let width: u64 = if self.wide { 8 } else { 4 };
        for entry in 0..ENTRIES_MAX {
            let fields = Fields::new(bytes, self.little);
            let at = self.dynamic.saturating_add(entry * 2 * width);
            let value_at = at.saturating_add(width);
            let (Some(tag), Some(value)) = (fields.word(at, self.wide), fields.word(value_at, self.wide)) else {
                return;
            };
            if tag == 0 {
                return;
            }
            if tag == DT_INIT && value == self.now {
                let new = match (self.little, self.wide) {
                    (true, _) => self.before.to_le_bytes(),
                    (false, true) => self.before.to_be_bytes(),
                    (false, false) => (self.before << 32).to_be_bytes(),
                };
                let field = usize::try_from(value_at).ok().and_then(|at| bytes.get_mut(at..));
                field.unwrap_or_default().iter_mut().zip(new).take(width as usize).for_each(|(old, new)| *old = new);
                return;
            }
        }
    }
}

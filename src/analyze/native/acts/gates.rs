//! Functions of the C library in programs that brought it along and lost its names, by the system calls that they make.
//!
//! A static program that was stripped says of no function what it is. But what the C library puts before the kernel is
//! short: a function that begins, sets the number of one call and makes it is `connect`, `read` or `mprotect`, whatever
//! it was called. musl hands the numbers of calls that may be cancelled to one function; calls of that are told by their
//! number. What starts a shell for a command points at the shell and at `-c`.
//!
//! x86-64 ELF.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::rows::NUMBERS;
use crate::parse::Parsed;
use crate::parse::fields::Fields;
use crate::parse::native::{Image, Machine};
use crate::parse::parts::{Part, Places};

/// Most calls that are taken down, and most bytes of code that are looked through: C libraries and what is built upon
/// them are smaller by far.
const CALLS_MAX: usize = 1 << 19;
const CODE_MAX: u64 = 32 << 20;
/// Most parts of code: each call is looked for in all of them.
const PARTS_MAX: usize = 32;
/// How far behind its beginning a function of the C library makes its call.
const WRAPPER: u64 = 80;
/// How far behind its beginning one that leads to it calls it (`execl` copies its arguments first).
const LEADS_WITHIN: u64 = 0x240;
/// How far before a call its number is set.
const NUMBER_WITHIN: usize = 40;
/// The function that starts a shell for `system` and `popen` is longer.
const SHELL_WITHIN: u64 = 0x600;
/// So many calls with numbers of their own tell that a function makes calls by number.
const BY_NUMBER_LEAST: usize = 6;

/// Where a call leads.
struct Calls {
    /// Place and target of each, in the order of places.
    all: Vec<(u64, u64)>,
    /// Where functions begin, as far as calls tell.
    starts: BTreeSet<u64>,
    cut: bool,
}

/// The functions by address, each with its word. Of a program that is larger than those of C none is told: big programs of
/// Rust and Go are, and theirs are known by other means.
pub(super) fn functions(file: &Parsed<'_>, image: &Image<'_>) -> Vec<(u64, &'static [u8])> {
    let is_bare = image.imports.is_empty() && image.machine == Machine::X64 && !image.library;
    if !is_bare || !matches!(file.elf(), Some(Ok(_))) {
        return Vec::new();
    }
    let fields = Fields::new(file.bytes(), true);
    let parts = image.parts(fields.len(), |r| r.execute).0;
    let bytes = parts.iter().fold(0_u64, |all, p| all.saturating_add(p.len));
    if bytes > CODE_MAX || parts.len() > PARTS_MAX {
        return Vec::new();
    }
    let code: Vec<(Part, &[u8])> = parts.iter().map(|p| (*p, fields.available(p.offset, p.len))).collect();
    let calls = calls(&code, &Places::new(parts));
    if calls.cut {
        return Vec::new();
    }
    let mut found: BTreeMap<u64, &'static str> = BTreeMap::new();
    for (part, code) in &code {
        for at in memchr::memmem::find_iter(code, b"\x0f\x05") {
            let place = part.address.saturating_add(at as u64);
            let before = code.get(at.saturating_sub(NUMBER_WITHIN)..at).unwrap_or_default();
            let start = calls.around(place, WRAPPER);
            if let Some((start, name)) = start.zip(number_in(before, 0xb8).and_then(name_of)) {
                found.entry(start).or_insert(name);
            }
        }
    }
    // What makes calls by number is called with many of them in the register of the first argument.
    let mut numbers: HashMap<u64, Vec<(u64, u32)>> = HashMap::new();
    for (place, target) in &calls.all {
        if let Some(number) = before(&code, *place).and_then(|b| number_in(b, 0xbf)) {
            numbers.entry(*target).or_default().push((*place, number));
        }
    }
    for (target, rows) in numbers {
        let known: BTreeSet<&str> = rows.iter().filter_map(|(_, n)| name_of(*n)).collect();
        if found.contains_key(&target) || known.len() < BY_NUMBER_LEAST {
            continue;
        }
        for (place, number) in rows {
            if let Some((start, name)) = calls.around(place, WRAPPER).zip(name_of(number)) {
                found.entry(start).or_insert(name);
            }
        }
    }
    let shells = shells(file, image, &code, &calls);
    found.extend(shells.into_iter().map(|start| (start, "system")));
    // One step further: `execl` leads to `execve`, `system` to what starts the shell.
    let leads = ["execve", "system"];
    let further: Vec<(u64, &'static str)> = calls
        .all
        .iter()
        .filter_map(|(place, target)| {
            let name = found.get(target).copied().filter(|n| leads.contains(n))?;
            Some((calls.around(*place, LEADS_WITHIN)?, name))
        })
        .collect();
    for (start, name) in further {
        found.entry(start).or_insert(name);
    }
    found.into_iter().map(|(at, name)| (at, name.as_bytes())).collect()
}

/// Whether a small program that has the C library makes the calls itself by which programs are started from memory.
pub(super) fn calls_itself(file: &Parsed<'_>, image: &Image<'_>) -> bool {
    const SMALL: u64 = 1 << 18;
    if image.machine != Machine::X64 || image.imports.is_empty() || file.elf().is_none() {
        return false;
    }
    let fields = Fields::new(file.bytes(), true);
    let parts = image.parts(fields.len(), |r| r.execute).0;
    if parts.iter().fold(0_u64, |all, p| all.saturating_add(p.len)) > SMALL {
        return false;
    }
    let of = |name: &str| NUMBERS.iter().find(|(known, _)| *known == name).and_then(|(_, of)| of.first().copied());
    let wanted = ["memfd_create", "execveat"].map(of);
    parts.iter().any(|part| {
        let code = fields.available(part.offset, part.len);
        memchr::memmem::find_iter(code, b"\x0f\x05").any(|at| {
            let before = code.get(at.saturating_sub(NUMBER_WITHIN)..at).unwrap_or_default();
            let number = number_in(before, 0xb8);
            number.is_some() && wanted.contains(&number)
        })
    })
}

fn name_of(number: u32) -> Option<&'static str> {
    NUMBERS.iter().find(|(_, of)| of.first() == Some(&number)).map(|(name, _)| *name)
}

/// The number that is put into a register last (`b8` is eax, `bf` edi). What is cleared holds 0, the number of `read`.
pub(super) fn number_in(before: &[u8], register: u8) -> Option<u32> {
    let cleared = if register == 0xb8 { 0xc0 } else { 0xff };
    (0..before.len()).rev().find_map(|i| {
        // Behind such a byte, the same instruction is about one of the newer registers.
        let newer =
            i.checked_sub(1).and_then(|b| before.get(b)).is_some_and(|b| matches!(b, 0x41 | 0x44 | 0x45 | 0x4d));
        match before.get(i..)? {
            [r, a, b, 0, 0, ..] if *r == register && !newer => Some(u32::from(*a) | u32::from(*b) << 8),
            [0x31, c, ..] if *c == cleared && !newer => Some(0),
            _ => None,
        }
    })
}

/// The code before a place.
fn before<'c>(code: &[(Part, &'c [u8])], place: u64) -> Option<&'c [u8]> {
    let (part, code) =
        code.iter().find(|(p, c)| (p.address..p.address.saturating_add(c.len() as u64)).contains(&place))?;
    let at = usize::try_from(place - part.address).ok()?;
    code.get(at.saturating_sub(NUMBER_WITHIN)..at)
}

/// All calls and jumps that lead to where a function may begin: compilers align that, or it stands behind what ends
/// the function before.
fn calls(code: &[(Part, &[u8])], places: &Places) -> Calls {
    let mut out = Calls { all: Vec::new(), starts: BTreeSet::new(), cut: false };
    let fields_at = |address: u64| {
        code.iter()
            .find(|(p, c)| (p.address..p.address.saturating_add(c.len() as u64)).contains(&address))
            .and_then(|(p, c)| c.get(usize::try_from(address - p.address).ok()?).copied())
    };
    let begins = |to: u64| {
        places.at(to).is_some()
            && (to & 15 == 0 || matches!(fields_at(to.wrapping_sub(1)), Some(0xc3 | 0x90 | 0xcc | 0 | 0xf4)))
    };
    for (part, code) in code {
        for at in memchr::memchr2_iter(0xe8, 0xe9, code) {
            if out.all.len() >= CALLS_MAX {
                out.cut = true;
                return out;
            }
            let value = code.get(at + 1..).and_then(|c| c.first_chunk()).map(|c| i32::from_le_bytes(*c));
            let Some(value) = value else { continue };
            let place = part.address.saturating_add(at as u64);
            let target = place.wrapping_add(5).wrapping_add_signed(i64::from(value));
            if begins(target) {
                out.all.push((place, target));
                out.starts.insert(target);
            }
        }
    }
    out
}

impl Calls {
    /// Where the function around a place begins, if that is near.
    fn around(&self, place: u64, within: u64) -> Option<u64> {
        let start = self.starts.range(..=place).next_back().copied()?;
        (place - start <= within).then_some(start)
    }
}

/// Functions that point at the shell and at the argument that has it run a command.
fn shells(file: &Parsed<'_>, image: &Image<'_>, code: &[(Part, &[u8])], calls: &Calls) -> BTreeSet<u64> {
    let fields = Fields::new(file.bytes(), true);
    let apart = image.apart();
    let data = image.parts(fields.len(), |r| !(apart && r.execute && !r.write)).0;
    let places = |text: &[u8]| -> BTreeSet<u64> {
        let of = |part: &Part| {
            let bytes = fields.available(part.offset, part.len);
            // Texts with an end of their own: the one before ends where it begins.
            memchr::memmem::find_iter(bytes, text)
                .take(64)
                .map(|at| part.address.saturating_add(at as u64 + 1))
                .collect::<Vec<_>>()
        };
        data.iter().flat_map(of).collect()
    };
    let (options, shells) = (places(b"\0-c\0"), places(b"\0/bin/sh\0"));
    if options.is_empty() || shells.is_empty() {
        return BTreeSet::new();
    }
    let mut told: BTreeMap<u64, (bool, bool)> = BTreeMap::new();
    for (part, code) in code {
        for (at, byte) in code.iter().enumerate() {
            // lea reg, [rip + disp32]; mov reg, imm32 in code that stays where it was linked to
            let (is_near, from) = match byte {
                0x8d if code.get(at + 1).is_some_and(|m| m & 0xc7 == 5) => (true, at + 2),
                0xb8..=0xbf => (false, at + 1),
                _ => continue,
            };
            let value = code.get(from..).and_then(|c| c.first_chunk()).map(|c| i32::from_le_bytes(*c));
            let Some(value) = value else { continue };
            let place = part.address.saturating_add(at as u64);
            let near = place.wrapping_add(6).wrapping_add_signed(i64::from(value));
            let target = if is_near { near } else { u64::from(value.cast_unsigned()) };
            let is = (options.contains(&target), shells.contains(&target));
            if (is.0 || is.1)
                && let Some(start) = calls.around(place, SHELL_WITHIN)
            {
                let both = told.entry(start).or_default();
                *both = (both.0 || is.0, both.1 || is.1);
            }
        }
    }
    told.into_iter().filter(|(_, (option, shell))| *option && *shell).map(|(start, _)| start).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_that_is_set_last_is_the_one() {
        // sleep(1); socket(AF_INET, SOCK_STREAM, 0)
        let code = b"\xbf\x01\0\0\0\xe8\x10\0\0\0\x31\xd2\xbe\x01\0\0\0\xbf\x02\0\0\0";
        assert_eq!(number_in(code, 0xbf), Some(2));
        assert_eq!(number_in(b"\xbf\x01\0\0\0\x31\xff", 0xbf), Some(0));
        assert_eq!(number_in(b"\xbf\x01\0\0\0\x41\xbf\x02\0\0\0", 0xbf), Some(1), "r15 is another register");
        assert_eq!(number_in(b"\x90\x90", 0xbf), None);
    }
}

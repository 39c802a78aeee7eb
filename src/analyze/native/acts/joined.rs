//! What functions do together: one takes, another sends, and a third calls both.
//!
//! A window of code tells what stands in one function or in its neighbours. Who writes a program in many functions has
//! them farther apart, and has a function that calls them in their order. So the calls among those functions that do
//! something of interest are followed for two levels, from a function that calls only a few of them: everything is
//! reached from where a large program begins, and that says nothing.
//!
//! In Go only the program's own functions count, by the path of its module; elsewhere all that tables tell of.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::super::code::Event;
use crate::parse::Parsed;
use crate::parse::fields::Fields;
use crate::parse::native::Image;
use crate::parse::outline;
use crate::parse::parts::Places;

/// More functions of interest than this are a large program.
const FUNCTIONS_MAX: usize = 400;
/// A function that calls more of them than this is where everything comes together.
const CALLEES_MAX: usize = 8;
/// Most bytes of code that are looked through for calls.
const CODE_MAX: u64 = 64 << 20;
/// Most functions that call others of interest.
const CALLERS_MAX: usize = 1 << 12;

/// The events of single functions, and which of these functions call one another.
pub(super) struct Tree {
    /// Events by function.
    events: BTreeMap<u64, Vec<Event>>,
    /// For each function that calls others of interest, those.
    groups: Vec<BTreeSet<u64>>,
}

/// Functions with events, and who calls them; `None` where the program does not tell its functions or is too large.
pub(super) fn tree(file: &Parsed<'_>, image: &Image<'_>, found: &[Event]) -> Option<Tree> {
    if file.images().len() != 1 {
        return None;
    }
    let fields = Fields::new(file.bytes(), true);
    let (parts, _) = image.parts(fields.len(), |r| r.execute);
    if parts.iter().fold(0_u64, |all, p| all.saturating_add(p.len)) > CODE_MAX {
        return None;
    }
    let go = outline::go_functions(file);
    let (starts, own): (Vec<u64>, Option<HashSet<u64>>) = if go.is_empty() {
        (outline::starts(file), None)
    } else {
        let own = go.iter().filter(|(_, name)| name.starts_with(b"main.")).map(|(at, _)| *at).collect();
        (go.iter().map(|(at, _)| *at).collect(), Some(own))
    };
    let around = |at: u64| starts.get(starts.partition_point(|s| *s <= at).checked_sub(1)?).copied();
    let is_own = |function: &u64| own.as_ref().is_none_or(|own| own.contains(function));
    let mut events: BTreeMap<u64, Vec<Event>> = BTreeMap::new();
    for event in found {
        if let Some(function) = around(event.at).filter(is_own) {
            events.entry(function).or_default().push(*event);
        }
    }
    if events.len() < 2 || events.len() > FUNCTIONS_MAX {
        return None;
    }
    let places = Places::new(parts.clone());
    let mut callees: HashMap<u64, BTreeSet<u64>> = HashMap::new();
    for part in parts {
        let code = fields.available(part.offset, part.len);
        for at in memchr::memchr2_iter(0xe8, 0xe9, code) {
            let value = code.get(at + 1..).and_then(|c| c.first_chunk()).map(|c| i32::from_le_bytes(*c));
            let Some(value) = value else { continue };
            let place = part.address.wrapping_add(at as u64);
            let target = place.wrapping_add(5).wrapping_add_signed(i64::from(value));
            if !events.contains_key(&target) || places.at(target).is_none() {
                continue;
            }
            if let Some(caller) = around(place).filter(is_own)
                && caller != target
                && (callees.len() < CALLERS_MAX || callees.contains_key(&caller))
            {
                callees.entry(caller).or_default().insert(target);
            }
        }
    }
    let few = |of: &u64| callees.get(of).filter(|all| all.len() <= CALLEES_MAX);
    let groups = callees.keys().filter_map(|caller| {
        let mut group: BTreeSet<u64> = few(caller)?.clone();
        let second: Vec<u64> = group.iter().filter_map(few).flatten().copied().collect();
        group.extend(second);
        if events.contains_key(caller) {
            group.insert(*caller);
        }
        (group.len() > 1).then_some(group)
    });
    let groups: BTreeSet<BTreeSet<u64>> = groups.collect();
    Some(Tree { events, groups: groups.into_iter().collect() })
}

impl Tree {
    /// Events that meet all needs within functions that belong together, the first `in_one` of the needs in one function;
    /// where none of the marks of `without` stands.
    pub(super) fn meet(&self, needs: &[&[u16]], without: &[u16], in_one: usize) -> Option<Vec<Event>> {
        let of = |function: &u64, marks: &[u16]| {
            self.events.get(function)?.iter().find(|e| marks.contains(&e.mark)).copied()
        };
        let (together, apart) = needs.split_at_checked(in_one)?;
        let holds: Vec<u64> =
            self.events.keys().filter(|f| together.iter().all(|m| of(f, m).is_some())).copied().collect();
        self.groups.iter().find_map(|group| {
            let first = holds.iter().find(|f| group.contains(f))?;
            let mut met = together.iter().map(|m| of(first, m)).collect::<Option<Vec<Event>>>()?;
            for marks in apart {
                met.push(group.iter().find_map(|f| of(f, marks))?);
            }
            group.iter().all(|f| of(f, without).is_none()).then_some(met)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_that_one_calls_belong_together() {
        let event = |at, mark| Event { at, mark };
        let events: BTreeMap<u64, Vec<Event>> =
            [(10, vec![event(11, 1), event(12, 2)]), (20, vec![event(21, 3)]), (30, vec![event(31, 3)])].into();
        let tree = |group: &[u64]| Tree { events: events.clone(), groups: vec![group.iter().copied().collect()] };
        let needs: &[&[u16]] = &[&[1], &[2], &[3]];
        assert_eq!(tree(&[10, 20]).meet(needs, &[], 2).map(|m| m[2].at), Some(21));
        assert!(tree(&[10, 20]).meet(needs, &[], 3).is_none(), "the first three are not in one function");
        assert!(tree(&[20, 30]).meet(needs, &[], 2).is_none());
        assert!(tree(&[10, 20]).meet(needs, &[3], 2).is_none());
    }
}

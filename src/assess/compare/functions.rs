//! Two versions of one program, function by function. Functions are matched by what they do, then by name, then by their
//! neighbours, so that a function that only moved, or was only renamed by a minifier, is no change.

use std::collections::{HashMap, HashSet};

use crate::model::Capability;
use crate::parse::outline::{Function, Outline, Print};

/// A function that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunctionChange {
    /// What it is called, or empty.
    pub name: String,
    /// Its line (scripts) or address (native programs), in the version that has it; of both, in the new one.
    pub at: u64,
    /// Its length in bytes in the old version, when that has it.
    pub old_bytes: Option<u64>,
    /// Its length in bytes in the new version, when that has it.
    pub new_bytes: Option<u64>,
    /// What is seen in it and was not before; of one that is gone, what was seen in it.
    pub does: Vec<(Capability, String)>,
}

/// What became of the functions of a program.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Functions {
    /// Whether places are addresses and not lines.
    pub native: bool,
    /// As before.
    pub same: u64,
    /// Only formatting, names that the file gives, or addresses differ.
    pub renamed: u64,
    /// Came from another file of the old version.
    pub moved: u64,
    /// Do something else.
    pub changed: Vec<FunctionChange>,
    /// Are new.
    pub added: Vec<FunctionChange>,
    /// Are gone.
    pub removed: Vec<FunctionChange>,
    /// Bytes of code before and now.
    pub code: (u64, u64),
    /// IFUNC resolvers before and now.
    pub resolvers: (u64, u64),
    /// Imported functions that are new.
    pub new_imports: Vec<String>,
    /// Imported functions that are gone.
    pub gone_imports: Vec<String>,
    /// Why not all functions were compared, if so.
    pub missing: Option<&'static str>,
}

impl Functions {
    /// All that changed, came or went.
    pub fn all(&self) -> impl Iterator<Item = &FunctionChange> {
        self.changed.iter().chain(&self.added).chain(&self.removed)
    }

    /// Whether nothing is known that the new version does and the old one did not, or the other way round.
    pub(super) fn does_the_same(&self) -> bool {
        self.moved == 0
            && self.changed.is_empty()
            && self.added.is_empty()
            && self.removed.is_empty()
            && self.missing.is_none()
    }
}

/// What functions there are in a whole version, to know those that moved from one file to another.
#[derive(Debug, Default)]
pub(super) struct Pool(HashSet<Print>);

impl Pool {
    pub(super) fn of<'a>(outlines: impl Iterator<Item = &'a Outline>) -> Self {
        Self(outlines.flat_map(|o| &o.functions).flat_map(|f| [f.exact, f.folded]).collect())
    }

    fn has(&self, function: &Function) -> bool {
        self.0.contains(&function.exact) || self.0.contains(&function.folded)
    }
}

/// Functions shorter than this are alike by chance, in bytes.
const TELLING: u64 = 24;

/// Prints of the functions that say anything about which program this is.
pub(super) fn telling(outline: &Outline) -> HashSet<Print> {
    outline.functions.iter().filter(|f| f.bytes >= TELLING).map(|f| f.folded).collect()
}

/// Compares two programs; `before` and `now` are all functions of both versions.
pub(super) fn compare(old: &Outline, new: &Outline, native: bool, before: &Pool, now: &Pool) -> Functions {
    let mut matching = Matching {
        old: &old.functions,
        new: &new.functions,
        partner: vec![None; new.functions.len()],
        taken: vec![false; old.functions.len()],
    };
    let same = matching.by(|f| Some(f.exact));
    let renamed = matching.by(|f| Some(f.folded));
    let by_print = matching.partner.clone();
    matching.by_name();
    matching.by_neighbours();

    let mut out = Functions {
        native,
        same,
        renamed,
        code: (old.code, new.code),
        resolvers: (old.resolvers, new.resolvers),
        new_imports: only_in(&new.imports, &old.imports),
        gone_imports: only_in(&old.imports, &new.imports),
        missing: old.missing.or(new.missing),
        ..Functions::default()
    };
    for (i, function) in new.functions.iter().enumerate() {
        let partner = matching.partner.get(i).copied().flatten();
        match partner {
            _ if by_print.get(i).is_some_and(Option::is_some) => {}
            Some(old_at) => {
                let was = old.functions.get(old_at);
                let known = was.map_or(&[][..], |f| &f.does);
                let change = change(function, was.map(|f| f.bytes), Some(function.bytes));
                out.changed.push(FunctionChange { does: done(function, known), ..change });
            }
            None if before.has(function) => out.moved = out.moved.saturating_add(1),
            None => out.added.push(change(function, None, Some(function.bytes))),
        }
    }
    for (function, taken) in old.functions.iter().zip(&matching.taken) {
        if !taken && !now.has(function) {
            out.removed.push(change(function, Some(function.bytes), None));
        }
    }
    out
}

fn change(function: &Function, old_bytes: Option<u64>, new_bytes: Option<u64>) -> FunctionChange {
    FunctionChange { name: function.name.to_string(), at: function.at, old_bytes, new_bytes, does: done(function, &[]) }
}

fn done(function: &Function, known: &[(Capability, Box<str>)]) -> Vec<(Capability, String)> {
    let new = function.does.iter().filter(|d| !known.contains(d));
    new.map(|(capability, value)| (*capability, value.to_string())).collect()
}

fn only_in(these: &[Box<str>], those: &[Box<str>]) -> Vec<String> {
    these.iter().filter(|name| those.binary_search(name).is_err()).map(ToString::to_string).collect()
}

struct Matching<'a> {
    old: &'a [Function],
    new: &'a [Function],
    /// For each new function its old one.
    partner: Vec<Option<usize>>,
    /// Which old functions have a new one.
    taken: Vec<bool>,
}

impl Matching<'_> {
    fn pair(&mut self, new: usize, old: usize) {
        if let (Some(partner), Some(taken)) = (self.partner.get_mut(new), self.taken.get_mut(old)) {
            *partner = Some(old);
            *taken = true;
        }
    }

    fn is_free(&self, old: usize) -> bool {
        self.taken.get(old) == Some(&false)
    }

    /// Pairs functions with one key, each old one once, in the order of the files.
    fn by<K: std::hash::Hash + Eq>(&mut self, key: impl Fn(&Function) -> Option<K>) -> u64 {
        let mut waiting: HashMap<K, Vec<usize>> = HashMap::new();
        for (i, function) in self.old.iter().enumerate().rev() {
            if self.is_free(i)
                && let Some(key) = key(function)
            {
                waiting.entry(key).or_default().push(i);
            }
        }
        let mut pairs = 0_u64;
        for (i, function) in self.new.iter().enumerate() {
            if self.partner.get(i) == Some(&None)
                && let Some(old) = key(function).and_then(|k| waiting.get_mut(&k)).and_then(Vec::pop)
            {
                self.pair(i, old);
                pairs = pairs.saturating_add(1);
            }
        }
        pairs
    }

    /// Pairs functions of a name that is left once in each version.
    fn by_name(&mut self) {
        let count = |functions: &[Function], free: &dyn Fn(usize) -> bool| {
            let mut names: HashMap<String, u32> = HashMap::new();
            for (i, f) in functions.iter().enumerate() {
                // What minifiers give as names says nothing.
                if f.name.len() > 3 && free(i) {
                    let times = names.entry(f.name.to_string()).or_default();
                    *times = times.saturating_add(1);
                }
            }
            names
        };
        let old = count(self.old, &|i| self.is_free(i));
        let new = count(self.new, &|i| self.partner.get(i) == Some(&None));
        self.by(|f| {
            let is_once = old.get(&*f.name) == Some(&1) && new.get(&*f.name) == Some(&1);
            is_once.then(|| f.name.to_string())
        });
    }

    /// Pairs what is left between two pairs, in order, as long as the lengths are of one size.
    fn by_neighbours(&mut self) {
        let mut next = Some(0);
        for i in 0..self.new.len() {
            match self.partner.get(i).copied().flatten() {
                Some(old) => next = old.checked_add(1),
                None => {
                    let Some(candidate) = next.filter(|c| self.is_free(*c)) else { continue };
                    let lengths = self.new.get(i).zip(self.old.get(candidate)).map(|(n, o)| (n.bytes, o.bytes));
                    if lengths.is_some_and(|(n, o)| n <= o.saturating_mul(2) && o <= n.saturating_mul(2)) {
                        self.pair(i, candidate);
                        next = candidate.checked_add(1);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn function(name: &str, exact: u8, folded: u8, bytes: u64) -> Function {
        let at = u64::from(exact);
        let (exact, folded) = ([exact; 16], [folded; 16]);
        Function { name: name.into(), at, span: (at, at), bytes, exact, folded, does: Vec::new() }
    }

    fn outline(functions: Vec<Function>) -> Outline {
        Outline { functions, code: 100, ..Outline::default() }
    }

    fn compared(old: &Outline, new: &Outline) -> Functions {
        compare(old, new, false, &Pool::of([old].into_iter()), &Pool::of([new].into_iter()))
    }

    fn names(list: &[FunctionChange]) -> Vec<&str> {
        list.iter().map(|c| c.name.as_str()).collect()
    }

    #[test]
    fn functions_are_matched_by_what_they_do_then_by_name_then_by_place() {
        let old = outline(vec![
            function("first", 1, 101, 50),
            function("second", 2, 102, 50),
            function("third", 3, 103, 50),
            function("a", 4, 104, 50),
            function("fifth", 5, 105, 50),
            function("sixth", 6, 106, 50),
        ]);
        let new = outline(vec![
            function("sixth", 6, 106, 50),
            function("first", 1, 101, 50),
            function("zz", 12, 102, 40),
            function("third", 13, 113, 70),
            function("b", 14, 114, 60),
            function("seventh", 17, 117, 500),
        ]);
        let c = compared(&old, &new);
        assert_eq!((c.same, c.renamed), (2, 1));
        assert_eq!(names(&c.changed), ["third", "b"], "by name and by neighbours");
        assert_eq!(c.changed[0].old_bytes, Some(50));
        assert_eq!(names(&c.added), ["seventh"]);
        assert_eq!(names(&c.removed), ["fifth"]);
    }

    #[test]
    fn what_a_changed_function_does_now_is_told() {
        let (mut old, mut new) = (function("send_it", 1, 101, 50), function("send_it", 2, 102, 60));
        old.does = vec![(Capability::Hosts, "a.invalid".into())];
        new.does = vec![(Capability::Hosts, "a.invalid".into()), (Capability::Environment, "TOKEN".into())];
        let c = compared(&outline(vec![old]), &outline(vec![new]));
        assert_eq!(c.changed[0].does, [(Capability::Environment, "TOKEN".to_owned())]);
    }

    #[test]
    fn functions_of_other_files_are_not_new() {
        let (one, other) = (outline(vec![function("f", 1, 101, 50)]), outline(vec![function("g", 2, 102, 50)]));
        let now = outline(vec![function("f", 1, 101, 50), function("g", 2, 102, 50)]);
        let before = Pool::of([&one, &other].into_iter());
        let c = compare(&one, &now, false, &before, &Pool::of([&now].into_iter()));
        assert_eq!((c.same, c.moved), (1, 1));
        assert!(c.added.is_empty());
        assert_eq!(telling(&one).intersection(&telling(&now)).count(), 1);
    }

    #[test]
    fn imports_and_resolvers_are_told() {
        let mut old = outline(Vec::new());
        let mut new = outline(Vec::new());
        old.imports = vec!["close".into(), "read".into()];
        new.imports = vec!["dlsym".into(), "read".into()];
        (new.resolvers, new.code) = (2, 138);
        let c = compared(&old, &new);
        assert_eq!((c.new_imports, c.gone_imports), (vec!["dlsym".to_owned()], vec!["close".to_owned()]));
        assert_eq!((c.resolvers, c.code), ((0, 2), (100, 138)));
    }
}

//! The outline of a program: its functions, each by prints of what it does, so that two versions can be compared function
//! by function. Formatting is no part of a print, nor are names that the file itself gives, nor addresses.

mod native;
mod script;

use sha2::Digest as _;

use super::Parsed;
use super::script::Language;
use crate::model::Capability;

/// Most functions that are kept of one file.
const FUNCTIONS_MAX: usize = 1 << 20;
/// Most things that are told of one function.
const DOES_MAX: usize = 32;
/// Most imported names that are kept, and the longest name, in bytes.
const IMPORTS_MAX: usize = 1 << 14;
const NAME_MAX: usize = 120;

/// A digest of what a function does: the first half of a SHA-256, since who makes the file may try to hit another's.
pub type Print = [u8; 16];

/// One function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Function {
    /// What it is called, or empty.
    pub name: Box<str>,
    /// Where it begins: a line of a script (from 1), the address in memory of native code.
    pub at: u64,
    /// Its first byte and the one behind its last, in the file; of a script as far as it is UTF-8.
    pub span: (u64, u64),
    /// Its length in bytes, functions inside of it not counted.
    pub bytes: u64,
    /// Of its bytes, as they stand.
    pub exact: Print,
    /// Of what is left without formatting, names given in this file, and addresses.
    pub folded: Print,
    /// What was seen in it, by [`Outline::place`].
    pub does: Vec<(Capability, Box<str>)>,
}

/// The functions of one program, and what else tells two versions apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outline {
    /// In the order of the file.
    pub functions: Vec<Function>,
    /// Bytes of code.
    pub code: u64,
    /// Functions that the loader calls to bind symbols (IFUNC resolvers).
    pub resolvers: u64,
    /// Names of imported functions, sorted.
    pub imports: Vec<Box<str>>,
    /// Why not all functions are known, if so.
    pub missing: Option<&'static str>,
}

/// The outline of a script or native program; `None` for everything else.
#[must_use]
pub fn outline(file: &Parsed<'_>) -> Option<Outline> {
    if file.kind().is_executable() {
        return Some(native::outline(file));
    }
    let language = Language::of(file.kind())?;
    Some(script::outline(language, file.bytes()))
}

/// The functions of a program in Go by address and name, from the table that its runtime needs; none of others.
pub(crate) fn go_functions<'a>(file: &Parsed<'a>) -> Vec<(u64, &'a [u8])> {
    native::go_functions(file)
}

/// The functions that an ELF program keeps the names of, by address, under each of their names; none of other formats.
pub(crate) fn symbol_functions<'a>(file: &Parsed<'a>) -> (Vec<(u64, &'a [u8])>, bool) {
    native::symbol_functions(file)
}

/// Where the functions of a program begin as its table for unwinding (ELF) or of functions (Mach-O, one image) says, in order;
/// empty for others.
pub(crate) fn told_starts(file: &Parsed<'_>) -> Vec<u64> {
    native::told_starts(file)
}

/// Where the functions of a program begin as any of its tables says, in order; empty for programs without one.
pub(crate) fn starts(file: &Parsed<'_>) -> Vec<u64> {
    native::starts(file)
}

impl Outline {
    /// Puts what was seen at places of the file (offsets in bytes) into the innermost functions there.
    pub fn place(&mut self, seen: impl Iterator<Item = (u64, Capability, Box<str>)>) {
        let mut seen: Vec<_> = seen.collect();
        seen.sort();
        let mut starts: Vec<(u64, u64, usize)> =
            self.functions.iter().enumerate().map(|(i, f)| (f.span.0, f.span.1, i)).collect();
        // Of two that begin at one place the larger is around the other.
        starts.sort_by_key(|(start, end, i)| (*start, std::cmp::Reverse(*end), *i));
        let mut next = starts.into_iter().peekable();
        let mut around: Vec<(u64, usize)> = Vec::new();
        for (at, capability, value) in seen {
            while let Some((_, end, i)) = next.next_if(|(start, _, _)| *start <= at) {
                around.push((end, i));
            }
            while around.pop_if(|(end, _)| *end <= at).is_some() {}
            if let Some(function) = around.last().and_then(|(_, i)| self.functions.get_mut(*i))
                && function.does.len() < DOES_MAX
            {
                let does = (capability, value);
                if !function.does.contains(&does) {
                    function.does.push(does);
                }
            }
        }
    }
}

/// A path or name without the digest that a bundler put into it (`chunk-5vq2fc60.js` → `chunk-*.js`), if there is one.
#[must_use]
pub fn without_digest(path: &str) -> Option<String> {
    let (folder, base) = path.rsplit_once('/').map_or(("", path), |(folder, base)| (folder, base));
    let is_digest = |part: &str| {
        (6..=64).contains(&part.len())
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
            && part.bytes().any(|b| b.is_ascii_digit())
    };
    let mut found = false;
    let mut out = String::new();
    // What stands before the first separator is the name itself.
    let mut rest = base;
    let mut separator = None;
    while !rest.is_empty() {
        let end = rest.find(['-', '.']).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        if separator.is_some() && is_digest(part) && after.starts_with('.') {
            out.push('*');
            found = true;
        } else {
            out.push_str(part);
        }
        separator = after.chars().next();
        out.extend(separator);
        rest = after.get(1..).unwrap_or_default();
    }
    found.then(|| if folder.is_empty() { out } else { format!("{folder}/{out}") })
}

fn print(parts: &[&[u8]]) -> Print {
    let mut hash = sha2::Sha256::new();
    for part in parts {
        hash.update(part);
    }
    let digest: [u8; 32] = hash.finalize().into();
    digest.first_chunk().copied().unwrap_or_default()
}

/// A name as it is kept.
fn kept(name: &[u8]) -> Box<str> {
    String::from_utf8_lossy(name.get(..NAME_MAX).unwrap_or(name)).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_in_names_are_found() {
        for (name, folded) in [
            ("./chunk-5vq2fc60.js", "./chunk-*.js"),
            ("a/SKILL-26cc7793.md.zst", "a/SKILL-*.md.zst"),
            ("index.4f9a1b2c.mjs", "index.*.mjs"),
        ] {
            assert_eq!(without_digest(name).as_deref(), Some(folded));
        }
        for name in ["index.js", "a-typescript.js", "5vq2fc60.js", "chunk-5vq2fc60", "x-1.2.3.js", ""] {
            assert_eq!(without_digest(name), None, "{name}");
        }
    }

    #[test]
    fn what_was_seen_stands_in_the_innermost_function() {
        let function = |name: &str, start, end| Function {
            name: name.into(),
            at: 0,
            span: (start, end),
            bytes: 0,
            exact: Print::default(),
            folded: Print::default(),
            does: Vec::new(),
        };
        let functions = vec![function("all", 0, 100), function("outer", 10, 50), function("inner", 20, 30)];
        let mut outline = Outline { functions, ..Outline::default() };
        let seen = [(25, "inner"), (5, "all"), (35, "outer"), (60, "all"), (10, "outer"), (29, "inner"), (30, "outer")];
        outline.place(seen.into_iter().map(|(at, value)| (at, Capability::Hosts, value.into())));
        for f in &outline.functions {
            assert!(f.does.iter().all(|(_, value)| *value == f.name), "{f:?}");
        }
        assert_eq!(outline.functions.iter().map(|f| f.does.len()).collect::<Vec<_>>(), [1, 1, 1]);
    }
}

//! Names of what a script does not define itself, interned: `requests.get().text` is one number.

use std::rc::Rc;

use crate::parse::script::tree::QuickMap;

/// A path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct PathId(u32);

/// Every path of one run.
#[derive(Debug, Default)]
pub(crate) struct Paths {
    texts: Vec<Rc<str>>,
    /// The last step of each.
    steps: Vec<Box<str>>,
    /// Which of them hold the globals themselves.
    of_globals: Vec<bool>,
    by_step: QuickMap<(u32, u64), u32>,
}

/// Longest path in bytes; what grows beyond it is no longer told apart.
const MAX_PATH: usize = 160;
/// Most paths.
const MAX_PATHS: usize = 1 << 18;
/// Objects that hold the globals themselves: `window.eval` is `eval`.
const GLOBALS: &[&str] =
    &["window", "globalThis", "self", "global", "top", "parent", "builtins", "__builtins__", "GLOBAL"];

impl Paths {
    /// A root: a global name or a module.
    pub(crate) fn root(&mut self, name: &str) -> PathId {
        self.step(u32::MAX, name, |_| name.strip_prefix("node:").unwrap_or(name).to_owned())
    }

    /// A member of a path.
    pub(crate) fn member(&mut self, of: PathId, name: &str) -> PathId {
        if self.of_globals.get(of.0 as usize).copied().unwrap_or(false) {
            return self.root(name);
        }
        // What a module of one kind hands to one of another.
        if name == "default" {
            return of;
        }
        self.step(of.0, name, |base| format!("{base}.{name}"))
    }

    /// What a call of a path yields.
    pub(crate) fn call(&mut self, of: PathId) -> PathId {
        self.step(of.0, "()", |base| format!("{base}()"))
    }

    /// An element of a path that is not known by name.
    pub(crate) fn element(&mut self, of: PathId) -> PathId {
        self.step(of.0, "[]", |base| if base.ends_with("[]") { base.to_owned() } else { format!("{base}[]") })
    }

    /// The words.
    #[must_use]
    pub(crate) fn text(&self, id: PathId) -> &str {
        self.texts.get(id.0 as usize).map_or("", |t| t)
    }

    /// The words, to be kept.
    #[must_use]
    pub(crate) fn shared(&self, id: PathId) -> Rc<str> {
        self.texts.get(id.0 as usize).cloned().unwrap_or_default()
    }

    fn step(&mut self, of: u32, name: &str, text: impl Fn(&str) -> String) -> PathId {
        use std::hash::Hasher as _;
        let mut hasher = crate::parse::script::tree::Quick::default();
        hasher.write(name.as_bytes());
        let key = (of, hasher.finish() ^ name.len() as u64);
        // Two names of one hash are still two: the second is then made anew each time.
        let known = self.by_step.get(&key).copied();
        if let Some(id) = known.filter(|id| self.steps.get(*id as usize).is_some_and(|s| **s == *name)) {
            return PathId(id);
        }
        let base = self.texts.get(of as usize).map_or("", |t| t);
        let text = text(base);
        if text.len() > MAX_PATH || self.texts.len() >= MAX_PATHS {
            return PathId(of);
        }
        let id = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.of_globals.push(GLOBALS.contains(&text.as_str()));
        self.texts.push(text.into());
        self.steps.push(name.into());
        if known.is_none() {
            self.by_step.insert(key, id);
        }
        PathId(id)
    }
}

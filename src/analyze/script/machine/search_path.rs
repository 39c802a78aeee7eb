//! Where Python is told to look for modules: what is imported once something that was fetched stands there comes from it.
//!
//! Known uses: a "theme" or "language pack" that is fetched as an archive, put before everything else on `sys.path` and
//! imported, so that no `exec` is needed. Honest look-alikes: installers of setuptools, which fetch it from the index.
//!
//! Reference: "The initialization of the `sys.path` module search path" in Python's documentation.

use super::Machine;
use super::call::Args;
use crate::analyze::script::event::Act;
use crate::analyze::script::value::{Labels, Value};
use crate::parse::script::{Id, Language, Sym};

/// Modules that are in every Python, and imported in the middle of functions.
const EVERYWHERE: &[&str] = &[
    "base64",
    "importlib",
    "io",
    "json",
    "os",
    "platform",
    "shutil",
    "subprocess",
    "sys",
    "tempfile",
    "time",
    "urllib",
    "zipfile",
];

impl Machine {
    /// Notes a place at which modules are looked for from now on, if what was fetched lies there.
    pub(super) fn looks_for_modules(&mut self, name: &str, args: &Args) {
        let place = match name {
            "sys.path.insert" => args.at(1),
            "sys.path.append" | "site.addsitedir" => args.at(0),
            _ => return,
        };
        let Some(text) = place.cloned().and_then(|place| self.subject_of(&place, Act::Write)) else { return };
        let lies = self.written(&text).with(self.written_below(&text));
        if lies.any(Labels::FOREIGN) {
            self.later.foreign_modules = self.later.foreign_modules.with(lies.with(Labels::WRITTEN));
        }
    }

    /// Tells of a module that is imported by its name while fetched ones may be found.
    pub(super) fn imports_from_there(&mut self, module: Sym, id: Id) {
        if self.later.foreign_modules.is_empty() || self.language != Language::Python {
            return;
        }
        let name = self.name(module);
        if name.starts_with('.') || EVERYWHERE.contains(&name.split('.').next().unwrap_or_default()) {
            return;
        }
        let by = self.paths.root("import");
        let about = Value::str(&*name, self.later.foreign_modules);
        self.event(Act::Load, by, id, &about, &Value::UNKNOWN, false);
    }
}

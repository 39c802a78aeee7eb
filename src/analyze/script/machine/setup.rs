//! What a script says of its distribution and has done, when it is the one that setuptools builds by.
//!
//! Reference: "Keywords" of the setuptools documentation.

use super::super::heap::{Fields, Kind};
use super::super::value::{Known, Labels, Value};
use super::call::Args;
use super::{Machine, When};
use crate::parse::script::Language;

/// Most dependencies that are told.
const MOST_REQUIRED: usize = 4096;

/// What pytest calls of every plug-in and `conftest.py` that it finds, before any test.
const TESTS: &[&str] = &[
    "pytest_load_initial_conftests",
    "pytest_addoption",
    "pytest_configure",
    "pytest_sessionstart",
    "pytest_collection",
    "pytest_collection_modifyitems",
    "pytest_sessionfinish",
    "pytest_unconfigure",
];

/// Functions that `pip` and other front ends call in the module that builds a distribution (PEP 517 and 660), and those of
/// PDM's hooks.
const HOOKS: &[&str] = &[
    "get_requires_for_build_wheel",
    "get_requires_for_build_sdist",
    "get_requires_for_build_editable",
    "prepare_metadata_for_build_wheel",
    "prepare_metadata_for_build_editable",
    "build_wheel",
    "build_sdist",
    "build_editable",
    "pdm_build_initialize",
    "pdm_build_update_files",
    "pdm_build_finalize",
];
/// Those of which a builder has one at least.
const MAKES: &[&str] =
    &["build_wheel", "build_sdist", "build_editable", "pdm_build_initialize", "pdm_build_update_files"];

/// What `setup(…)` is told of a distribution, as far as the script says it in so many words.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Declared {
    /// `name`; empty when it is worked out.
    pub(crate) name: Box<str>,
    /// `version`; empty when it is worked out.
    pub(crate) version: Box<str>,
    /// `install_requires`, without what is worked out.
    pub(crate) requires: Vec<Box<str>>,
    /// Whether `packages` are all that is installed, and no single file.
    pub(crate) folders_only: bool,
}

impl Machine {
    /// The same run, of a script that something runs by itself.
    #[must_use]
    pub(crate) fn automatic(mut self) -> Self {
        self.when = When::Install;
        self
    }

    /// The same run of a file that others load.
    #[must_use]
    pub(crate) fn loaded(mut self) -> Self {
        self.when = When::Load;
        self
    }

    /// The same run of a file that somebody starts.
    #[must_use]
    pub(crate) fn started(mut self) -> Self {
        self.when = When::Main;
        self
    }

    /// Notes what the distribution is said to be, and runs what its installation would.
    pub(super) fn set_up(&mut self, args: &Args) {
        self.install_commands(args);
        if self.out.declared.is_none() {
            // What is read out of a file, or asked of somebody, may be another thing where it is built.
            let stands_there = |value: &&Value| value.is_constant() && value.labels.without(Labels::BUILT).is_empty();
            let text = |name: &str| -> Box<str> {
                let value = args.named(name).filter(stands_there);
                value.and_then(Value::as_str).unwrap_or_default().trim().into()
            };
            let items = match args.named("install_requires").map(|v| &v.known) {
                Some(Known::Object(id)) => self.heap.list(*id).map_or(&[][..], Vec::as_slice),
                _ => &[],
            };
            let named = items.iter().filter(stands_there).filter_map(Value::as_str);
            let requires = named.take(MOST_REQUIRED).map(|item| item.trim().into()).collect();
            let folders_only =
                args.named("packages").is_some() && args.named("py_modules").is_none() && args.open.is_empty();
            self.out.declared = Some(Declared { name: text("name"), version: text("version"), requires, folders_only });
        }
    }

    /// Calls what a builder of distributions has at the top of its file, as `pip` would.
    pub(super) fn build_hooks(&mut self) {
        if self.tree.language != Language::Python
            || !HOOKS.iter().any(|hook| MAKES.contains(hook) && self.tree.holds(hook))
        {
            return;
        }
        let mut given = Args::of(Vec::new());
        given.open = Labels::ARGUMENTS;
        let before = std::mem::replace(&mut self.when, When::Install);
        for hook in HOOKS.iter().filter(|hook| self.tree.holds(hook)).copied().collect::<Vec<_>>() {
            let name = self.tree.sym(hook);
            if let Some(Value { known: Known::Func(func, frame), .. }) = self.variable(name) {
                self.call_function(func, frame, None, &given);
            }
        }
        self.when = before;
    }

    /// Calls what a plug-in of pytest, or a `conftest.py`, has for every run of tests.
    pub(super) fn test_hooks(&mut self) {
        if self.tree.language != Language::Python || !TESTS.iter().any(|hook| self.tree.holds(hook)) {
            return;
        }
        let mut given = Args::of(Vec::new());
        given.open = Labels::PARAMETER;
        for hook in TESTS.iter().filter(|hook| self.tree.holds(hook)).copied().collect::<Vec<_>>() {
            let name = self.tree.sym(hook);
            if let Some(Value { known: Known::Func(func, frame), .. }) = self.variable(name) {
                self.call_function(func, frame, None, &given);
            }
        }
    }

    /// Runs the commands of `setup(cmdclass=…)` as the installation would.
    fn install_commands(&mut self, args: &Args) {
        let Some(Value { known: Known::Object(dict), .. }) = args.named("cmdclass") else { return };
        let classes: Vec<Value> = match self.heap.get(*dict).map(|o| &o.kind) {
            Some(Kind::Dict(fields)) => fields.iter().map(|(_, v)| v.clone()).collect(),
            _ => return,
        };
        let before = std::mem::replace(&mut self.when, When::Install);
        for class in classes {
            let Known::Object(id) = class.known else { continue };
            let Some(Kind::Class(fields, _)) = self.heap.get(id).map(|o| o.kind.clone()) else { continue };
            let instance = self.object(Kind::Instance(Fields::default(), id), Labels::NONE);
            self.construct(id, &instance, &Args::default());
            for method in ["initialize_options", "finalize_options", "run"] {
                if let Some(Value { known: Known::Func(func, frame), .. }) = fields.get(method).cloned() {
                    self.call_function(func, frame, Some(instance.clone()), &Args::default());
                }
            }
        }
        self.when = before;
    }
}

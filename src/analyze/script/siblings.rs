//! The files of one package that import one another, with what stands in them.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::modules::Modules;
use crate::model::fact::ImportableFile;
use crate::parse::script::Language;

/// Most modules of one folder that may be meant by the name of the folder.
const MAX_BESIDE: usize = 24;

/// The files of a package that its scripts may import.
#[derive(Debug, Default)]
pub struct Siblings {
    files: Vec<Arc<ImportableFile>>,
    modules: Modules,
    /// Those that are gone through.
    only: Option<BTreeSet<usize>>,
}

impl Siblings {
    /// Gathers files by their paths; `tops` are the folders from which full names are looked for.
    #[must_use]
    pub fn of(files: Vec<(Box<str>, Arc<ImportableFile>)>, tops: Vec<String>) -> Self {
        let paths = files.iter().map(|(path, file)| (path.clone(), Language::of(file.kind))).collect();
        let files = files.into_iter().map(|(_, file)| file).collect();
        Self { files, modules: Modules::of(paths, tops, MAX_BESIDE), only: None }
    }

    /// Which file a name means.
    #[must_use]
    pub fn modules(&self) -> &Modules {
        &self.modules
    }

    /// A file.
    #[must_use]
    pub fn get(&self, file: usize) -> Option<&Arc<ImportableFile>> {
        self.files.get(file)
    }

    /// Has only these gone through from now on.
    pub fn only(&mut self, files: BTreeSet<usize>) {
        self.only = Some(files);
    }

    /// Whether a file is gone through when a script imports it.
    #[must_use]
    pub fn is_followed(&self, file: usize) -> bool {
        self.only.as_ref().is_none_or(|only| only.contains(&file))
    }
}

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
        let language =
            |path: &str, file: &ImportableFile| Language::of_file(file.kind, path.rsplit('/').next().unwrap_or(path));
        let paths = files.iter().map(|(path, file)| (path.clone(), language(path, file))).collect();
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

    /// The text of a file of Rust with the files of its modules in the place of their names, and with those that it takes in
    /// as they are: `mod tables;`, `include!("tables.rs")`.
    #[must_use]
    pub fn spliced(&self, file: usize, text: &str) -> String {
        const MAX_LINES: usize = 64;
        let mut out = String::with_capacity(text.len());
        let mut taken = 0;
        let insert = |name: &str| {
            let path = self.modules.beside(file, name)?;
            self.get(path).map(|file| file.text.read().to_string())
        };
        for line in text.split_inclusive('\n') {
            let bare = line.trim();
            let bare = bare.strip_prefix("pub ").unwrap_or(bare);
            let module = bare.strip_prefix("mod ").and_then(|rest| rest.strip_suffix(';'));
            let whole = bare.strip_prefix("include!(\"").and_then(|rest| rest.split('"').next());
            let found = match (module, whole) {
                (Some(module), _) => insert(&format!("{}.rs", module.trim()))
                    .or_else(|| insert(&format!("{}/mod.rs", module.trim())))
                    .map(|text| format!("mod {} {{\n{text}\n}}\n", module.trim())),
                (_, Some(path)) => insert(path),
                _ => None,
            };
            match found.filter(|_| taken < MAX_LINES) {
                Some(found) => {
                    taken += 1;
                    out.push_str(&found);
                    out.push('\n');
                }
                None => out.push_str(line),
            }
        }
        out
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

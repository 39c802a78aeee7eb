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
        const MAX_BYTES: usize = 256 << 10;
        let mut out = String::with_capacity(text.len());
        let mut asked = 0;
        let insert = |name: &str| {
            let path = self.modules.beside(file, name)?;
            self.get(path).map(|file| file.text.read().to_string())
        };
        for line in text.split_inclusive('\n') {
            let bare = line.trim();
            let bare = bare.strip_prefix("pub ").unwrap_or(bare);
            let module = bare.strip_prefix("mod ").and_then(|rest| rest.strip_suffix(';'));
            let whole = bare.strip_prefix("include!(\"").and_then(|rest| rest.split('"').next());
            // Every name that is asked for costs a look, whether there is a file or not.
            let may_ask = asked < MAX_LINES && out.len() < MAX_BYTES;
            let found = match (module.filter(|_| may_ask), whole.filter(|_| may_ask)) {
                (Some(module), _) => insert(&format!("{}.rs", module.trim()))
                    .or_else(|| insert(&format!("{}/mod.rs", module.trim())))
                    .map(|text| format!("mod {} {{\n{text}\n}}\n", module.trim())),
                (_, Some(path)) => insert(path),
                _ => None,
            };
            asked += usize::from(module.is_some() || whole.is_some());
            match found {
                Some(found) => {
                    out.push_str(&found);
                    out.push('\n');
                }
                None => out.push_str(line),
            }
        }
        out
    }

    /// The text of a file of Go, and behind it those of its folder, which share its names, but for what only tests see.
    #[must_use]
    pub fn with_package(&self, file: usize, text: &str) -> String {
        const MAX_BYTES: usize = 256 << 10;
        let is_of_go = |other: &usize| {
            *other != file
                && self.modules.language(*other) == Some(Language::Go)
                && self.is_followed(*other)
                && self.modules.path(*other).is_some_and(|path| !path.ends_with("_test.go"))
        };
        let mut out = text.to_owned();
        for other in self.modules.of_folder(file).iter().filter(|other| is_of_go(other)) {
            let Some(more) = self.get(*other).filter(|more| out.len() + more.text.len() <= MAX_BYTES) else { continue };
            out.push('\n');
            out.push_str(&more.text.read());
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::FileKind;

    #[test]
    fn modules_of_rust_stand_where_they_are_named_and_only_so_many() {
        let importable = |text: &str| ImportableFile {
            kind: FileKind::OtherSource,
            text: text.into(),
            executes: false,
            reaches: false,
            nameless: false,
            keys: false,
            hooks: false,
            mails: false,
            asks: false,
            compares: false,
            builds: false,
            seals: false,
            lists: false,
            changes: false,
        };
        let files = [("build.rs", "mod a;\n"), ("a.rs", "fn f() {}")];
        let files = files.map(|(path, text)| (Box::from(path), Arc::new(importable(text)))).into();
        let siblings = Siblings::of(files, vec![String::new()]);
        assert_eq!(siblings.spliced(0, "mod a;\nmod b;\n"), "mod a {\nfn f() {}\n}\n\nmod b;\n");
        let many = siblings.spliced(0, &"mod a;\n".repeat(1000));
        assert_eq!(many.matches("fn f").count(), 64);
    }
}

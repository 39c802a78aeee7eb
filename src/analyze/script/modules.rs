//! Which file of a package the name of a module means, as Node and Python find it.

use std::collections::HashMap;

use crate::parse::script::Language;

/// Most parts of a path that are looked at.
const MAX_PARTS: usize = 64;
/// Longest name of what is loaded, and most files that are asked whether they are meant by the end of their paths.
const MAX_NAME: usize = 256;
const MAX_LOOKED: usize = 4096;
/// What Node and Python put behind a name to find a file.
const ENDINGS_OF_JAVASCRIPT: &[&str] =
    &["", ".js", ".cjs", ".mjs", ".json", ".ts", "/index.js", "/index.cjs", "/index.mjs", "/index.ts"];
const ENDINGS_OF_PYTHON: &[&str] = &[".py", "/__init__.py"];

/// The files of a package by their paths.
#[derive(Debug, Default)]
pub struct Modules {
    files: Vec<(Box<str>, Option<Language>)>,
    index: HashMap<Box<str>, usize>,
    /// The modules in each folder, without `/` at its ends.
    beside: HashMap<Box<str>, Vec<usize>>,
    /// The folders in which packages of Python lie.
    tops: Vec<String>,
}

impl Modules {
    /// Gathers files with their languages; `tops` are the folders from which full names are looked for, and `most` modules
    /// of one folder may be meant by the name of the folder.
    #[must_use]
    pub fn of(files: Vec<(Box<str>, Option<Language>)>, tops: Vec<String>, most: usize) -> Self {
        let index = files.iter().enumerate().map(|(i, (path, _))| (path.clone(), i)).collect();
        let mut beside: HashMap<Box<str>, Vec<usize>> = HashMap::new();
        for (i, (path, _)) in files.iter().enumerate() {
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            let modules = beside.entry(folder.into()).or_default();
            if modules.len() < most {
                modules.push(i);
            }
        }
        Self { files, index, beside, tops }
    }

    /// Where a path stands.
    #[must_use]
    pub fn find(&self, path: &str) -> Option<usize> {
        self.index.get(path).copied()
    }

    /// The file that a script of JavaScript, or who starts one, means by a relative path.
    #[must_use]
    pub fn of_javascript(&self, from: usize, name: &str) -> Option<usize> {
        if !name.starts_with('.') {
            return None;
        }
        let path = joined(self.folder(from)?, name);
        ENDINGS_OF_JAVASCRIPT.iter().find_map(|ending| self.find(&format!("{path}{ending}")))
    }

    /// The file that a script of Python means by the name of a module, with dots in front when it is relative.
    #[must_use]
    pub fn of_python(&self, from: usize, name: &str) -> Option<usize> {
        self.folders_of(from, name)?.iter().find_map(|path| {
            let path = path.trim_end_matches('/');
            ENDINGS_OF_PYTHON.iter().find_map(|ending| self.find(format!("{path}{ending}").trim_start_matches('/')))
        })
    }

    /// The file at a path beside another.
    #[must_use]
    pub fn beside(&self, from: usize, name: &str) -> Option<usize> {
        self.find(&joined(self.folder(from)?, name))
    }

    /// The path of a file.
    #[must_use]
    pub fn path(&self, file: usize) -> Option<&str> {
        self.files.get(file).map(|(path, _)| &**path)
    }

    /// The files of the folder of one, which in Go make one package with it.
    #[must_use]
    pub fn of_folder(&self, file: usize) -> &[usize] {
        let folder = self.folder(file).map(|folder| folder.trim_end_matches('/'));
        folder.and_then(|folder| self.beside.get(folder)).map_or(&[], Vec::as_slice)
    }

    /// How many files there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.files.len()
    }

    /// The language of a file.
    #[must_use]
    pub fn language(&self, file: usize) -> Option<Language> {
        self.files.get(file).and_then(|(_, language)| *language)
    }

    /// The file that a script of a language without modules of its own means by what it loads: a path beside it, or the end
    /// of one below the folders in which its libraries lie.
    #[must_use]
    pub fn of_light(&self, from: usize, name: &str) -> Option<usize> {
        let language = self.language(from)?;
        let (name, endings): (String, &[&str]) = match language {
            Language::Ruby => (name.trim_end_matches(".rb").to_owned(), &[".rb"]),
            Language::Lua => (name.replace('.', "/"), &[".lua", "/init.lua"]),
            Language::Perl => {
                let name = name.trim_end_matches(".pm").replace("::", "/");
                (if name.contains('/') { name } else { name.replace('.', "/") }, &[".pm"])
            }
            Language::Php => (name.trim_end_matches(".php").replace('\\', "/"), &[".php"]),
            Language::Shell => (name.to_owned(), &[""]),
            _ => return None,
        };
        let name = name.trim_start_matches("./").trim_start_matches('/');
        if name.is_empty() || name.len() > MAX_NAME {
            return None;
        }
        let beside = joined(self.folder(from)?, name);
        let found = endings.iter().find_map(|ending| self.find(&format!("{beside}{ending}")));
        // Elsewhere only where one file has such a name.
        found.filter(|file| self.language(*file) == Some(language)).or_else(|| {
            if name.starts_with("..") {
                return None;
            }
            let ends: Vec<String> = endings.iter().map(|ending| format!("/{name}{ending}")).collect();
            let is_meant = |path: &str| {
                ends.iter().any(|end| path.ends_with(end.as_str()) || end.get(1..).is_some_and(|whole| path == whole))
            };
            let mut all = self
                .files
                .iter()
                .enumerate()
                .take(MAX_LOOKED)
                .filter(|(_, (path, of))| *of == Some(language) && is_meant(path));
            let first = all.next().map(|(at, _)| at);
            if all.next().is_some() { None } else { first }
        })
    }

    /// The paths without endings that a name of a module may stand for.
    fn folders_of(&self, from: usize, name: &str) -> Option<Vec<String>> {
        let dots = name.bytes().take_while(|b| *b == b'.').count();
        let rest = name.get(dots..)?.replace('.', "/");
        if dots == 0 {
            let mut paths: Vec<String> = self.tops.iter().map(|top| format!("{top}{rest}")).collect();
            // Scripts, and builders in a folder of their own, find what lies beside them; modules of a package do not.
            let beside = self.folder(from)?;
            if self.find(&format!("{beside}__init__.py")).is_none() {
                paths.push(format!("{beside}{rest}"));
            }
            return Some(paths);
        }
        let mut folder = self.folder(from)?;
        for _ in 1..dots.min(MAX_PARTS) {
            folder = folder.trim_end_matches('/').rsplit_once('/').map_or("", |(outer, _)| outer);
        }
        let folder = folder.trim_end_matches('/');
        Some(vec![if folder.is_empty() { rest } else { format!("{folder}/{rest}") }])
    }

    /// What a file imports of the others, by the names that stand in it.
    #[must_use]
    pub fn imported(&self, from: usize, name: &str) -> Vec<usize> {
        if name.contains('/') {
            return self.of_javascript(from, name).into_iter().collect();
        }
        match self.files.get(from).and_then(|(_, language)| *language) {
            Some(Language::JavaScript) => self.of_javascript(from, name).into_iter().collect(),
            Some(Language::Python) => {
                let module = self.of_python(from, name);
                // `from . import a, b` names its modules behind, as does `from package import a`.
                let is_folder = module.is_none_or(|file| self.is_package(file)) || name.bytes().all(|b| b == b'.');
                let inside = if is_folder { self.in_folder(from, name) } else { Vec::new() };
                module.into_iter().chain(inside).filter(|file| *file != from).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Whether a file is what `python -m` starts, and nothing imports.
    #[must_use]
    pub fn is_program(&self, file: usize) -> bool {
        self.files.get(file).is_some_and(|(path, _)| path.rsplit('/').next() == Some("__main__.py"))
    }

    fn is_package(&self, file: usize) -> bool {
        self.files.get(file).is_some_and(|(path, _)| path.ends_with("__init__.py"))
    }

    /// The modules in the folder that a name without a name stands for.
    fn in_folder(&self, from: usize, name: &str) -> Vec<usize> {
        let folders = self.folders_of(from, name).unwrap_or_default();
        let files = folders.iter().filter_map(|f| self.beside.get(f.trim_matches('/'))).flatten().copied();
        files.filter(|file| self.files.get(*file).is_some_and(|(path, _)| path.ends_with(".py"))).collect()
    }

    /// The folder that a script of JavaScript names, of which it loads any module, by its path, and its modules.
    #[must_use]
    pub fn any_of(&self, from: usize, folder: &str) -> Option<(&str, &[usize])> {
        let own = self.folder(from).filter(|_| folder.starts_with('.'))?;
        self.beside.get_key_value(&*joined(own, folder)).map(|(path, files)| (&**path, files.as_slice()))
    }

    fn folder(&self, file: usize) -> Option<&str> {
        let (path, _) = self.files.get(file)?;
        Some(path.rfind('/').and_then(|at| path.get(..=at)).unwrap_or_default())
    }
}

/// A folder and a relative name as one path without `.` and `..`.
pub(crate) fn joined(folder: &str, name: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(name.split('/')).take(2 * MAX_PARTS) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_mean_files_as_in_node_and_python() {
        let (js, py) = (Language::JavaScript, Language::Python);
        let files = vec![
            ("package/index.js", js),
            ("package/lib/a.js", js),
            ("package/lib/b/index.js", js),
            ("pkg/__init__.py", py),
            ("pkg/core.py", py),
            ("pkg/sub/__init__.py", py),
            ("pkg/sub/x.py", py),
        ];
        let files = files.into_iter().map(|(path, file)| (path.into(), Some(file))).collect();
        let all = Modules::of(files, vec![String::new(), "src/".to_owned()], 24);
        assert_eq!(all.of_javascript(0, "./lib/a"), Some(1));
        assert_eq!(all.of_javascript(1, "./b"), Some(2));
        assert_eq!(all.of_javascript(2, "../../index.js"), Some(0));
        assert_eq!(all.of_javascript(0, "lib/a"), None);
        assert_eq!(all.of_python(3, ".core"), Some(4));
        assert_eq!(all.of_python(3, "."), Some(3));
        assert_eq!(all.of_python(6, "..core"), Some(4));
        assert_eq!(all.of_python(6, "."), Some(5));
        assert_eq!(all.of_python(6, "pkg.core"), Some(4));
        assert_eq!(all.of_python(6, "pkg"), Some(3));
        assert_eq!(all.of_python(6, "os"), None);
        assert_eq!(all.of_python(6, &".".repeat(1000)), None);
        assert_eq!(all.imported(3, "."), [4]);
    }
}

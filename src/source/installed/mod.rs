//! What is installed on a machine: the places where managers of packages, editors, browsers and agents put what people
//! install, and the roots in them. Nothing is asked of the managers themselves, so nothing of the machine is run; a system
//! that is mounted elsewhere is looked through in the same way.

mod stamp;
mod table;

use std::collections::HashSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::{Root, WalkOptions, roots};

pub use stamp::{Stamp, stamp};

/// What a place holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Packages of npm and its kin, installed for all projects.
    Npm,
    /// Distributions of Python, of the system, a person or an environment.
    Python,
    /// Programs written in Python, each in an environment of its own (pipx, uv).
    PythonTool,
    /// Programs outside the system's own packages.
    Program,
    /// Extensions of editors.
    Editor,
    /// Extensions of browsers.
    Browser,
    /// Skills, plug-ins, hooks, servers and settings of coding agents.
    Agent,
    /// What is installed inside a project.
    Project,
}

impl Kind {
    /// The word in reports.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Npm => "npm",
            Self::Python => "python",
            Self::PythonTool => "python-tool",
            Self::Program => "program",
            Self::Editor => "editor",
            Self::Browser => "browser",
            Self::Agent => "agent",
            Self::Project => "project",
        }
    }
}

/// Below what a place lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Base {
    System,
    Home,
}

/// What is looked through.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    /// The root of the system; `None` leaves the system's own places out.
    pub system: Option<PathBuf>,
    /// Homes of people.
    pub homes: Vec<PathBuf>,
    /// Folders in which projects lie.
    pub projects: Vec<PathBuf>,
}

/// One place that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// What it holds.
    pub kind: Kind,
    /// Where it is.
    pub path: PathBuf,
    /// Of a folder of settings, what of it counts; else everything does.
    only: Option<&'static [&'static str]>,
    /// Why it cannot be looked at.
    pub unreadable: Option<String>,
}

/// Homes on a system: of everybody whose home lies where homes lie.
#[must_use]
pub fn homes(system: &Path) -> Vec<PathBuf> {
    let mut all = vec![system.join("root"), system.join("var/root")];
    for around in ["home", "Users"] {
        let around = system.join(around);
        match entries(&around) {
            Ok(homes) => all.extend(homes),
            Err(e) if e.kind() == ErrorKind::NotFound => {}
            // It stands for the homes in it, and says that it lets nobody in.
            Err(_) => all.push(around),
        }
    }
    // What only looks like a person's.
    const NOBODY: [&str; 6] = ["Public", "Default", "All Users", "Default User", "Shared", "lost+found"];
    all.retain(|p| p.is_dir() && !p.file_name().is_some_and(|n| NOBODY.iter().any(|known| n == *known)));
    all.sort();
    all
}

/// The places of a scope that are there, in the order of the table, each once.
#[must_use]
pub fn places(scope: &Scope) -> Vec<Place> {
    let mut found = Found::default();
    for home in &scope.homes {
        // A home that nobody lets in has places that nobody can tell.
        if let Err(error) = fs::read_dir(home) {
            found.add(Kind::Project, home.clone(), None, Some(error.to_string()));
        }
    }
    let system: &[PathBuf] = scope.system.as_slice();
    for (kind, base, patterns) in table::LINES {
        let tops = match base {
            Base::System => system,
            Base::Home => scope.homes.as_slice(),
        };
        for top in tops {
            for pattern in *patterns {
                expand(top, pattern, &mut |path, error| found.add(*kind, path, None, error));
            }
        }
    }
    for home in &scope.homes {
        for (folder, only) in table::SETTINGS {
            expand(home, folder, &mut |path, error| {
                // The folder of an editor has extensions, and need have no settings.
                if error.is_some() || only.iter().any(|name| path.join(name).try_exists().unwrap_or(true)) {
                    found.add(Kind::Agent, path, Some(*only), error);
                }
            });
        }
    }
    for top in &scope.projects {
        projects(top, &mut found);
    }
    found.places
}

#[derive(Default)]
struct Found {
    places: Vec<Place>,
    seen: HashSet<PathBuf>,
}

impl Found {
    fn add(&mut self, kind: Kind, path: PathBuf, only: Option<&'static [&'static str]>, unreadable: Option<String>) {
        // One place has many names where folders are linked (`/usr/lib64`, a manager's `current`).
        let real = fs::canonicalize(&path).unwrap_or_else(|_| path.clone());
        if self.seen.insert(real) {
            self.places.push(Place { kind, path, only, unreadable });
        }
    }
}

/// The paths below `top` that a pattern names and that are there. `*` stands for any part of one name, none of which begins
/// with a point unless the pattern says so.
fn expand(top: &Path, pattern: &str, sink: &mut dyn FnMut(PathBuf, Option<String>)) {
    let mut stack = vec![(top.to_owned(), pattern)];
    while let Some((at, rest)) = stack.pop() {
        let (part, rest) = rest.split_once('/').unwrap_or((rest, ""));
        let mut next = |path: PathBuf| {
            if !rest.is_empty() {
                stack.push((path, rest));
            } else {
                sink(path, None);
            }
        };
        let Some((before, after)) = part.split_once('*') else {
            let path = at.join(part);
            match fs::metadata(&path) {
                Ok(_) => next(path),
                Err(e) if matches!(e.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {}
                Err(e) => sink(path, Some(e.to_string())),
            }
            continue;
        };
        let listed = match entries(&at) {
            Ok(listed) => listed,
            Err(e) if matches!(e.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => continue,
            Err(e) => {
                sink(at, Some(e.to_string()));
                continue;
            }
        };
        // Taken from the end.
        for path in listed.into_iter().rev() {
            let fits = path
                .file_name()
                .and_then(|name| name.to_str())
                .is_some_and(|n| fits(n, before, after) && (before.starts_with('.') || !n.starts_with('.')));
            // What cannot be asked is gone into, and says so there.
            if fits && (rest.is_empty() || fs::metadata(&path).map_or(true, |meta| meta.is_dir())) {
                next(path);
            }
        }
    }
}

/// What lies in a folder, by name; nothing of it when not all of it can be told.
fn entries(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut all = fs::read_dir(folder)?.map(|entry| entry.map(|e| e.path())).collect::<Result<Vec<_>, _>>()?;
    all.sort();
    Ok(all)
}

/// Whether a name has this beginning and what stands behind the `*`, which may be one more part (`*conda*`).
fn fits(name: &str, before: &str, after: &str) -> bool {
    let Some(rest) = name.strip_prefix(before) else { return false };
    match after.strip_suffix('*') {
        Some(part) => rest.contains(part),
        None => rest.ends_with(after),
    }
}

/// Folders inside one another that are followed in search of projects.
const DEEPEST: usize = 64;

/// Adds what is installed in projects below a folder: `node_modules`, environments of Python and settings of agents.
fn projects(top: &Path, found: &mut Found) {
    let mut stack = vec![(top.to_owned(), 0_usize)];
    while let Some((at, depth)) = stack.pop() {
        let listed = match entries(&at) {
            Ok(listed) => listed,
            Err(error) => {
                found.add(Kind::Project, at, None, Some(error.to_string()));
                continue;
            }
        };
        if at.join("pyvenv.cfg").is_file() {
            for pattern in ["lib/python*/site-packages", "Lib/site-packages"] {
                expand(&at, pattern, &mut |path, error| found.add(Kind::Project, path, None, error));
            }
            continue;
        }
        // Links are looked at where they lead to.
        let is_folder = |path: &PathBuf| fs::symlink_metadata(path).map_or(true, |meta| meta.is_dir());
        for folder in listed.into_iter().rev().filter(is_folder) {
            match folder.file_name().and_then(|n| n.to_str()) {
                Some("node_modules") => found.add(Kind::Project, folder, None, None),
                Some(".git" | ".hg" | ".svn") => {}
                Some(name) if super::folder::is_settings(name) => found.add(Kind::Agent, folder, None, None),
                _ if depth >= DEEPEST => {
                    found.add(
                        Kind::Project,
                        folder,
                        None,
                        Some(format!("more than {DEEPEST} folders inside one another")),
                    );
                }
                _ => stack.push((folder, depth + 1)),
            }
        }
    }
}

impl Place {
    /// Lists the roots of this place.
    pub fn roots(&self, sink: &mut dyn FnMut(Root)) {
        if let Some(why) = &self.unreadable {
            sink(Root::unreadable(&self.path, why));
            return;
        }
        match self.only {
            Some(only) => self.settings(only, sink),
            None => {
                if let Err(error) = roots(&self.path, WalkOptions::default(), sink) {
                    sink(Root::unreadable(&self.path, error));
                }
            }
        }
    }

    /// A folder of settings is one root: hooks name scripts that lie beside them. Its members are named from the home on, as
    /// they are in a project (`.claude/settings.json`).
    fn settings(&self, only: &[&str], sink: &mut dyn FnMut(Root)) {
        let base = self.path.parent().unwrap_or(&self.path);
        let mut members = Vec::new();
        for name in only {
            let path = self.path.join(name);
            if matches!(path.try_exists(), Ok(false)) {
                continue;
            }
            let below = roots(&path, WalkOptions::default(), &mut |root| match root {
                Root::File { path, .. } => members.extend(path.strip_prefix(base).map(Path::to_owned)),
                // A skill or plug-in among them is a package of its own.
                other => sink(other),
            });
            if let Err(error) = below {
                sink(Root::unreadable(&path, error));
            }
        }
        if !members.is_empty() {
            members.sort();
            sink(Root::Package { path: self.path.clone(), base: base.to_owned(), members, gaps: Vec::new() });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(top: &Path, name: &str, text: &str) {
        let path = top.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn found(scope: &Scope, top: &Path) -> Vec<String> {
        places(scope)
            .iter()
            .map(|p| format!("{} {}", p.kind.word(), p.path.strip_prefix(top).unwrap().display()).replace('\\', "/"))
            .collect()
    }

    #[test]
    fn places_are_found_below_a_system_and_its_homes() {
        let top = tempfile::tempdir().unwrap();
        let at = top.path();
        for path in [
            "usr/lib/node_modules/npm/package.json",
            "usr/lib/python3.12/site-packages/six.py",
            "home/ann/.nvm/versions/node/v24.1.0/lib/node_modules/tool/package.json",
            "home/ann/.local/share/uv/tools/ruff/lib/python3.13/site-packages/ruff.py",
            "home/ann/miniconda3/envs/x/lib/python3.12/site-packages/a.py",
            "home/ann/.cursor/extensions/a.b-1/package.json",
            "home/ann/.config/google-chrome/Profile 1/Extensions/abc/1_0/manifest.json",
            "home/ann/.claude/skills/s/SKILL.md",
            "home/ann/.claude/settings.json",
            "home/ann/.cargo/bin/rg",
            "home/bob/notes.txt",
        ] {
            put(at, path, "{}");
        }
        let homes = homes(at);
        assert_eq!(homes, [at.join("home/ann"), at.join("home/bob")]);
        let scope = Scope { system: Some(at.to_owned()), homes, projects: Vec::new() };
        assert_eq!(
            found(&scope, at),
            [
                "npm usr/lib/node_modules",
                "npm home/ann/.nvm/versions/node/v24.1.0/lib/node_modules",
                "python usr/lib/python3.12/site-packages",
                "python home/ann/miniconda3/envs/x/lib/python3.12/site-packages",
                "python-tool home/ann/.local/share/uv/tools/ruff/lib/python3.13/site-packages",
                "program home/ann/.cargo/bin",
                "editor home/ann/.cursor/extensions",
                "browser home/ann/.config/google-chrome/Profile 1/Extensions",
                "agent home/ann/.claude/skills",
                "agent home/ann/.claude",
            ]
        );
    }

    #[test]
    fn a_star_stands_for_any_part_of_one_name() {
        assert!(fits("conda", "", "conda*") && fits("miniconda3", "", "conda*") && !fits("mini", "", "conda*"));
        assert!(fits("python3.12", "python", "") && !fits("cpython", "python", ""));
        assert!(fits("app-1.2", "app-", "") && fits("x.app", "", ".app") && !fits("a", "a", "a"));
    }

    #[test]
    fn of_settings_only_what_is_obeyed_is_read() {
        let top = tempfile::tempdir().unwrap();
        put(top.path(), ".claude/settings.json", "{}");
        put(top.path(), ".claude/hooks/start.sh", "true");
        put(top.path(), ".claude/projects/x/talk.jsonl", "{}");
        let scope = Scope { homes: vec![top.path().to_owned()], ..Scope::default() };
        let mut all = Vec::new();
        places(&scope).iter().for_each(|p| p.roots(&mut |r| all.push(r)));
        let [Root::Package { path, members, .. }] = all.as_slice() else { panic!("{all:?}") };
        assert_eq!(*path, top.path().join(".claude"));
        assert_eq!(*members, [PathBuf::from(".claude/hooks/start.sh"), PathBuf::from(".claude/settings.json")]);
    }

    #[test]
    fn projects_hold_what_was_installed_in_them() {
        let top = tempfile::tempdir().unwrap();
        put(top.path(), "web/package.json", r#"{"name":"web"}"#);
        put(top.path(), "web/node_modules/dep/package.json", r#"{"name":"dep","version":"1.0.0"}"#);
        put(top.path(), "api/.venv/pyvenv.cfg", "home = /usr/bin\n");
        put(top.path(), "api/.venv/lib/python3.12/site-packages/six.py", "1");
        put(top.path(), "api/.mcp.d/.cursor/mcp.json", "{}");
        let scope = Scope { projects: vec![top.path().to_owned()], ..Scope::default() };
        assert_eq!(
            found(&scope, top.path()),
            ["agent api/.mcp.d/.cursor", "project api/.venv/lib/python3.12/site-packages", "project web/node_modules",]
        );
    }

    #[test]
    fn one_place_with_two_names_is_one() {
        let top = tempfile::tempdir().unwrap();
        put(top.path(), "usr/lib/python3.12/site-packages/six.py", "1");
        #[cfg(unix)]
        std::os::unix::fs::symlink("lib", top.path().join("usr/lib64")).unwrap();
        let scope = Scope { system: Some(top.path().to_owned()), ..Scope::default() };
        assert_eq!(found(&scope, top.path()), ["python usr/lib/python3.12/site-packages"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_place_that_lets_nobody_in_is_no_empty_one() {
        use std::os::unix::fs::PermissionsExt as _;
        let top = tempfile::tempdir().unwrap();
        put(top.path(), "ann/.vscode/extensions/a/package.json", "{}");
        let closed = top.path().join("ann/.vscode");
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
        // Whoever may do anything is not kept out.
        if fs::read_dir(&closed).is_ok() {
            return;
        }
        let scope = Scope { homes: vec![top.path().join("ann")], ..Scope::default() };
        let mut all = Vec::new();
        places(&scope).iter().for_each(|p| p.roots(&mut |r| all.push(r)));
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o700)).unwrap();
        assert!(matches!(all.as_slice(), [Root::Unreachable { .. }, ..]), "{all:?}");
    }
}

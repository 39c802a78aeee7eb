//! Walks a folder and groups its files into roots: an npm package folder, an unpacked Python, extension or skill
//! folder, a folder of an agent's or editor's settings and an installed distribution are one root each, every other
//! regular file is a root of its own.
//!
//! Nothing in the tree can hide from the walk: ignore files are not read, hidden files are listed.

use std::collections::{BTreeMap, HashMap};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::{Root, WalkOptions};
use crate::model::{Gap, GapReason};

/// One folder's entries, sorted by name.
struct Listing {
    files: Vec<(PathBuf, u64)>,
    folders: Vec<PathBuf>,
    odd: Vec<(PathBuf, &'static str)>,
}

/// Folders inside one another that are followed before something must be wrong (a loop of bind mounts).
const DEEPEST: usize = 256;

pub(super) fn walk(top: &Path, options: WalkOptions, sink: &mut dyn FnMut(Root)) {
    let mut visited = std::collections::HashSet::new();
    let mut stack = vec![(top.to_owned(), 0_usize)];
    while let Some((folder, depth)) = stack.pop() {
        if options.follow_links && !std::fs::canonicalize(&folder).is_ok_and(|real| visited.insert(real)) {
            continue;
        }
        if depth > DEEPEST {
            sink(Root::Unreachable {
                path: folder,
                gap: Gap::new(GapReason::Limit, format!("more than {DEEPEST} folders inside one another")),
            });
            continue;
        }
        let listing = match list(&folder, options) {
            Ok(listing) => listing,
            Err(error) => {
                sink(Root::unreadable(&folder, error));
                continue;
            }
        };
        if is_package(&folder, &listing) {
            let nested = package(&folder, &folder, listing, options, sink);
            stack.extend(nested.into_iter().rev().map(|f| (f, depth + 1)));
            continue;
        }
        if is_settings(name_of(&folder))
            && let Some(around) = folder.parent()
        {
            let nested = package(&folder, around, listing, options, sink);
            stack.extend(nested.into_iter().rev().map(|f| (f, depth + 1)));
            continue;
        }
        for (path, why) in &listing.odd {
            sink(Root::unreadable(path, why));
        }
        if listing.folders.iter().any(|f| is_distribution_info(f)) {
            let rest = site_packages(&folder, listing, options, sink);
            stack.extend(rest.into_iter().rev().map(|f| (f, depth + 1)));
            continue;
        }
        for (path, len) in listing.files {
            sink(Root::File { path, len });
        }
        stack.extend(listing.folders.into_iter().rev().map(|f| (f, depth + 1)));
    }
}

fn list(folder: &Path, options: WalkOptions) -> std::io::Result<Listing> {
    let mut listing = Listing { files: Vec::new(), folders: Vec::new(), odd: Vec::new() };
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        let kind = match entry.file_type() {
            Ok(kind) if kind.is_symlink() && options.follow_links => match std::fs::metadata(&path) {
                Ok(meta) => meta.file_type(),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
                Err(_) => {
                    listing.odd.push((path, "the link's target cannot be looked at"));
                    continue;
                }
            },
            Ok(kind) => kind,
            Err(_) => {
                listing.odd.push((path, "the system does not say what it is"));
                continue;
            }
        };
        if kind.is_dir() {
            listing.folders.push(path);
        } else if kind.is_file() {
            let len = std::fs::metadata(&path).map_or(0, |m| m.len());
            listing.files.push((path, len));
        }
        // Links are scanned where they point to. Devices, sockets and pipes are never opened; they hold no bytes at
        // rest, so they are no gap.
    }
    listing.files.sort();
    listing.folders.sort();
    Ok(listing)
}

fn name_of(path: &Path) -> &str {
    path.file_name().and_then(|n| n.to_str()).unwrap_or_default()
}

fn has_file(listing: &Listing, name: &str) -> bool {
    listing.files.iter().any(|(p, _)| name_of(p) == name)
}

/// Folders of settings of agents and editors: what their hooks start lies beside them.
const SETTINGS: &[&str] = &[
    ".claude",
    ".claude-plugin",
    ".cursor",
    ".codex",
    ".gemini",
    ".kiro",
    ".windsurf",
    ".continue",
    ".opencode",
    ".zed",
    ".vscode",
    ".devcontainer",
    ".githooks",
    ".husky",
];

/// Whether a folder of this name holds settings of agents or editors.
pub(super) fn is_settings(name: &str) -> bool {
    SETTINGS.contains(&name)
}

/// Whether the folder is one package: it holds a manifest that names a package.
fn is_package(folder: &Path, listing: &Listing) -> bool {
    if has_file(listing, "package.json") && names_a_package(&folder.join("package.json")) {
        return true;
    }
    if has_file(listing, "PKG-INFO") && (has_file(listing, "setup.py") || has_file(listing, "pyproject.toml")) {
        return true;
    }
    if is_project_of_python(folder, listing) {
        return true;
    }
    is_of_another_manager(folder, listing)
        || has_file(listing, "SKILL.md")
        || has_file(listing, "extension.vsixmanifest")
        || has_file(listing, "action.yml")
        || is_browser_extension(folder, listing)
}

/// Whether the folder is a package of Ruby, PHP, Rust, Go, Perl, Lua or PowerShell, the tree of a package of Debian, or a
/// plug-in of an editor or of a shell: its files load one another.
fn is_of_another_manager(folder: &Path, listing: &Listing) -> bool {
    const ENDINGS: &[&str] = &[".gemspec", ".rockspec", ".plugin.zsh"];
    let says = |name: &str, word: &[u8]| {
        has_file(listing, name)
            && beginning_of(&folder.join(name)).is_ok_and(|text| memchr::memmem::find(&text, word).is_some())
    };
    let has_folder = |name: &str| listing.folders.iter().any(|f| name_of(f) == name);
    listing.files.iter().any(|(p, _)| ENDINGS.iter().any(|ending| name_of(p).ends_with(ending)))
        || has_file(listing, "composer.json") && names_a_package(&folder.join("composer.json"))
        || says("Cargo.toml", b"[package]")
        || says("go.mod", b"module ")
        || has_folder("DEBIAN") && folder.join("DEBIAN/control").is_file()
        || says("Makefile.PL", b"WriteMakefile")
        || listing.files.iter().any(|(p, _)| {
            name_of(p).ends_with(".psd1")
                && beginning_of(p).is_ok_and(|text| memchr::memmem::find(&text, b"RootModule").is_some())
        })
        || has_folder("lua") && (has_folder("plugin") || has_folder("ftplugin") || listing.folders.len() == 1)
}

/// Folders that are looked into for a package.
const MOST_BESIDE: usize = 256;

/// Whether the folder is the source of a distribution of Python: a project that names itself, with code beside it. What
/// builds it runs code of all its folders.
fn is_project_of_python(folder: &Path, listing: &Listing) -> bool {
    let says = |name: &str, words: &[&[u8]]| {
        has_file(listing, name)
            && beginning_of(&folder.join(name))
                .is_ok_and(|text| words.iter().any(|w| memchr::memmem::find(&text, w).is_some()))
    };
    // A script of that name among other things is no project; beside a package it builds that.
    let has_package = || {
        let beside = |folder: &PathBuf| folder.join("__init__.py").is_file();
        listing.folders.iter().take(MOST_BESIDE).any(|f| beside(f) || name_of(f) == "src")
    };
    let is_project = says("pyproject.toml", &[b"[project]", b"[tool.poetry]", b"[build-system]"])
        || says("setup.py", &[b"setup("]) && has_package();
    is_project && !listing.folders.is_empty()
}

/// Bytes of a manifest that are looked at to tell what a folder is.
const ENOUGH: u64 = 4 << 20;

fn beginning_of(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut text = Vec::new();
    std::fs::File::open(path)?.take(ENOUGH).read_to_end(&mut text)?;
    Ok(text)
}

/// A `package.json` without a name is a mere switch (`{"type":"module"}`) and makes no package.
fn names_a_package(path: &Path) -> bool {
    if std::fs::metadata(path).map_or(0, |m| m.len()) > ENOUGH {
        return true;
    }
    let Ok(text) = std::fs::read(path) else { return true };
    serde_json::from_slice::<serde_json::Value>(&text)
        .map_or(true, |v| v.get("name").is_some_and(serde_json::Value::is_string))
}

fn is_browser_extension(folder: &Path, listing: &Listing) -> bool {
    has_file(listing, "manifest.json")
        && beginning_of(&folder.join("manifest.json"))
            .is_ok_and(|text| memchr::memmem::find(&text, b"\"manifest_version\"").is_some())
}

fn is_distribution_info(folder: &Path) -> bool {
    name_of(folder).ends_with(".dist-info")
}

/// Emits one package folder as a root; its members are named from `base` on. Packages installed inside it (`node_modules/…`) are roots of their own and
/// returned.
fn package(
    folder: &Path,
    base: &Path,
    listing: Listing,
    options: WalkOptions,
    sink: &mut dyn FnMut(Root),
) -> Vec<PathBuf> {
    // A project of Python holds packages of other kinds, and what is installed for it: each has its own manifest.
    let is_project = !has_file(&listing, "package.json") && is_project_of_python(folder, &listing);
    let mut members = Vec::new();
    let mut gaps = Vec::new();
    let mut nested = Vec::new();
    let mut stack = vec![(folder.to_owned(), Some(listing), 0_usize)];
    while let Some((at, known, depth)) = stack.pop() {
        let relative = |path: &Path| path.strip_prefix(base).unwrap_or(path).to_owned();
        let listed = match known {
            Some(listing) => Ok(listing),
            None if depth > DEEPEST => Err(std::io::Error::other("too many folders inside one another")),
            None => list(&at, options),
        };
        match listed {
            Ok(listing) => {
                members.extend(listing.files.iter().map(|(p, _)| relative(p)));
                for (path, why) in &listing.odd {
                    gaps.push(Gap::new(GapReason::Unreadable, *why).at(relative(path).display().to_string()));
                }
                for sub in listing.folders.into_iter().rev() {
                    // Skills and plug-ins among settings are packages of their own.
                    let own = (base != folder || is_project)
                        && list(&sub, options).is_ok_and(|l| {
                            is_package(&sub, &l) || is_project && l.folders.iter().any(|f| is_distribution_info(f))
                        });
                    if own || name_of(&sub) == "node_modules" {
                        nested.push(sub);
                    } else {
                        stack.push((sub, None, depth + 1));
                    }
                }
            }
            Err(error) => {
                gaps.push(Gap::new(GapReason::Unreadable, error.to_string()).at(relative(&at).display().to_string()))
            }
        }
    }
    members.sort();
    sink(Root::Package { path: folder.to_owned(), base: base.to_owned(), members, gaps });
    nested.sort();
    nested
}

/// Emits every installed distribution of a `site-packages` folder as a root: its `RECORD` says which files are its
/// own. Files that no record claims are roots by themselves; folders that are not fully claimed are returned.
fn site_packages(folder: &Path, listing: Listing, options: WalkOptions, sink: &mut dyn FnMut(Root)) -> Vec<PathBuf> {
    let mut owner: HashMap<PathBuf, PathBuf> = HashMap::new();
    for info in listing.folders.iter().filter(|f| is_distribution_info(f)) {
        let Ok(record) = std::fs::read(info.join("RECORD")) else { continue };
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(record.as_slice());
        for line in reader.byte_records().flatten() {
            let Some(name) = line.get(0).and_then(|n| std::str::from_utf8(n).ok()) else { continue };
            let path = Path::new(name);
            // Scripts in ../../bin belong to the distribution too, but lie outside the folder that is being walked.
            if path.components().all(|c| matches!(c, std::path::Component::Normal(_))) {
                owner.insert(path.to_owned(), info.clone());
            }
        }
    }
    let mut members: BTreeMap<PathBuf, Vec<PathBuf>> = BTreeMap::new();
    let mut rest = Vec::new();
    let owned_tops: std::collections::HashSet<&std::ffi::OsStr> =
        owner.keys().filter_map(|p| p.components().next()).map(std::path::Component::as_os_str).collect();
    let mut stack: Vec<(PathBuf, usize)> = Vec::new();
    for sub in listing.folders {
        if is_distribution_info(&sub)
            || name_of(&sub) == "__pycache__"
            || sub.file_name().is_some_and(|n| owned_tops.contains(n))
        {
            stack.push((sub, 0));
        } else {
            rest.push(sub);
        }
    }
    let mut loose = listing.files;
    while let Some((at, depth)) = stack.pop() {
        match if depth > DEEPEST {
            Err(std::io::Error::other("too many folders inside one another"))
        } else {
            list(&at, options)
        } {
            Ok(listing) => {
                for (path, why) in &listing.odd {
                    sink(Root::unreadable(path, why));
                }
                loose.extend(listing.files);
                stack.extend(listing.folders.into_iter().map(|f| (f, depth + 1)));
            }
            Err(error) => sink(Root::unreadable(&at, error)),
        }
    }
    loose.sort();
    for (path, len) in loose {
        let relative = path.strip_prefix(folder).unwrap_or(&path).to_owned();
        let claimed = owner
            .get(&relative)
            .cloned()
            .or_else(|| info_of(&relative, folder))
            .or_else(|| compiled_owner(&relative, &owner));
        match claimed {
            Some(info) => members.entry(info).or_default().push(relative),
            None => sink(Root::File { path, len }),
        }
    }
    for (info, members) in members {
        sink(Root::Package { path: info, base: folder.to_owned(), members, gaps: Vec::new() });
    }
    rest
}

/// The `.dist-info` folder that a path lies in.
fn info_of(relative: &Path, folder: &Path) -> Option<PathBuf> {
    let first = Path::new(relative.components().next()?.as_os_str());
    is_distribution_info(first).then(|| folder.join(first))
}

/// `pkg/__pycache__/x.cpython-311.pyc` belongs to whom `pkg/x.py` belongs to.
fn compiled_owner(relative: &Path, owner: &HashMap<PathBuf, PathBuf>) -> Option<PathBuf> {
    let cache = relative.parent()?;
    if name_of(cache) != "__pycache__" {
        return None;
    }
    let stem = name_of(relative).split('.').next()?;
    owner.get(&cache.parent()?.join(format!("{stem}.py"))).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn roots_of(top: &Path) -> Vec<Root> {
        let mut found = Vec::new();
        walk(top, WalkOptions::default(), &mut |r| found.push(r));
        found
    }

    fn put(top: &Path, name: &str, text: &str) {
        let path = top.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    #[test]
    fn a_project_of_python_is_one_root_and_a_lone_script_is_none() {
        let top = tempfile::tempdir().unwrap();
        let put = |p: &str, text: &str| put(top.path(), p, text);
        put("new/pyproject.toml", "[project]\nname = 'x'\n");
        put("new/pkg/a.py", "1");
        put("new/web/package.json", r#"{"name":"web"}"#);
        put("new/.venv/lib/site-packages/dep-1.dist-info/METADATA", "Name: dep\n");
        put("new/.venv/lib/site-packages/dep-1.dist-info/RECORD", "dep-1.dist-info/METADATA,,\n");
        put("old/setup.py", "from setuptools import setup\nsetup(name='x')\n");
        put("old/pkg/__init__.py", "1");
        // Settings of tools name no project, and what lies in a folder of downloads belongs to nobody.
        put("tools/pyproject.toml", "[tool.black]\n");
        put("tools/lib/a.py", "1");
        put("downloads/setup.py", "from setuptools import setup\nsetup(name='x')\n");
        put("downloads/other/a.py", "1");
        let roots = roots_of(top.path());
        let package = |r: &&Root| matches!(r, Root::Package { .. });
        let names: Vec<_> = roots.iter().filter(package).map(|r| r.path().file_name().unwrap().to_owned()).collect();
        assert_eq!(names, ["new", "dep-1.dist-info", "web", "old"]);
        assert_eq!(roots.len(), 8);
    }

    #[test]
    fn a_package_folder_is_one_root_and_its_node_modules_are_others() {
        let top = tempfile::tempdir().unwrap();
        let put = |p: &str, text: &str| put(top.path(), p, text);
        put("app/package.json", r#"{"name":"app"}"#);
        put("app/index.js", "1");
        put("app/dist/package.json", r#"{"type":"module"}"#);
        put("app/node_modules/dep/package.json", r#"{"name":"dep"}"#);
        put("app/node_modules/@scope/two/package.json", r#"{"name":"@scope/two"}"#);
        put("loose.txt", "x");
        let roots = roots_of(top.path());
        let paths: Vec<String> =
            roots.iter().map(|r| r.path().strip_prefix(top.path()).unwrap().display().to_string()).collect();
        assert_eq!(paths, ["loose.txt", "app", "app/node_modules/@scope/two", "app/node_modules/dep"]);
        let Some(Root::Package { members, .. }) = roots.get(1) else { panic!("app is a package") };
        assert_eq!(members.len(), 3, "{members:?}");
    }

    #[test]
    fn an_installed_distribution_is_what_its_record_says() {
        let top = tempfile::tempdir().unwrap();
        let put = |p: &str, text: &str| put(top.path(), p, text);
        put("six-1.0.dist-info/RECORD", "six.py,,\nsix-1.0.dist-info/METADATA,,\nsix-1.0.dist-info/RECORD,,\n");
        put("six-1.0.dist-info/METADATA", "Name: six\n");
        put("six.py", "1");
        put("__pycache__/six.cpython-311.pyc", "1");
        put("stray.pth", "import os");
        let roots = roots_of(top.path());
        assert_eq!(roots.len(), 2, "{roots:?}");
        assert!(matches!(&roots[0], Root::File { path, .. } if path.ends_with("stray.pth")));
        assert!(matches!(&roots[1], Root::Package { members, .. } if members.len() == 4));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed_and_pipes_not_opened() {
        let top = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink("/", top.path().join("loop")).unwrap();
        let pipe = std::ffi::CString::new(top.path().join("pipe").to_str().unwrap()).unwrap();
        #[allow(unsafe_code, reason = "the test needs a FIFO")]
        // SAFETY: the path is a valid C string.
        let made = unsafe { libc::mkfifo(pipe.as_ptr(), 0o600) };
        assert_eq!(made, 0);
        assert!(roots_of(top.path()).is_empty());
    }
}

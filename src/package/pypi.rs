//! What a Python distribution promises against what it holds: `RECORD` against contents, the purity that a wheel
//! declares against native files, versions made to win.
//!
//! Known uses: torchtriton (2022, an ELF program on a Python path), litellm 1.82.8 (2026, a `.pth` at the wheel's top),
//! dependency-confusion uploads with versions such as 99.0.0. An installed package that differs from its own record was
//! changed after it was installed.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Member, Package, PackageHeuristic, Placed, noted};
use crate::model::{ContentId, FactKind, FileKind, RecordLine, Rule};
use crate::rule;

rule! {
    /// A file's content is not what the package's own `RECORD` says. In a wheel it was repacked carelessly or changed
    /// on the way; in an installed package it was changed after the installation.
    ///
    /// Honest look-alikes: Debian and conda re-packs that fix shebang lines, editable installs.
    pub(crate) CHANGED = "wheel-record-changed" in "pkg/record-mismatch";
    severity: High, confidence: Likely,
    title: "A file is not what RECORD says",
    reference: "https://packaging.python.org/en/latest/specifications/recording-installed-packages/",
}

rule! {
    /// Code lies in the wheel that its `RECORD` does not list. Installers copy it all the same, integrity checks do not
    /// see it.
    ///
    /// Honest look-alikes: files that tools add after installation (`__pycache__`, which is left out here).
    pub(crate) UNLISTED = "wheel-record-unlisted" in "pkg/record-mismatch";
    severity: High, confidence: Likely,
    title: "Code that RECORD does not list",
    reference: "https://packaging.python.org/en/latest/specifications/recording-installed-packages/",
}

rule! {
    /// `RECORD` lists a file that is not there. Usually a careless re-pack.
    pub(crate) MISSING = "wheel-record-missing" in "pkg/record-mismatch";
    severity: Low, confidence: Certain,
    title: "RECORD lists a file that is not there",
    reference: "https://packaging.python.org/en/latest/specifications/recording-installed-packages/",
}

rule! {
    /// The wheel says that it is for every platform (`none-any`) and holds native code.
    ///
    /// Honest look-alikes: setuptools' and distlib's Windows launchers, selenium-manager, wheels that bring programs for
    /// several systems on purpose.
    pub(crate) NATIVE_IN_PURE = "wheel-native-in-pure" in "bin/wheel-native-surprise";
    severity: Medium, confidence: Certain,
    title: "Native code in a wheel that declares itself pure",
    reference: "https://packaging.python.org/en/latest/specifications/binary-distribution-format/",
}

rule! {
    /// The version is made to win over an internal package of the same name: an installer that looks at the public
    /// index as well takes the highest.
    ///
    /// Honest look-alikes: calendar versions (2024.1), place-holders that somebody registered to protect a name.
    pub(crate) VERSION = "version-made-to-win" in "pkg/version-confusion";
    severity: Low, confidence: Likely,
    title: "The version is higher than any honest development reaches",
    reference: "https://attack.mitre.org/techniques/T1195/001/",
}

rule! {
    /// A distribution has one of its dependencies fetched from an address, past every index. PyPI refuses such metadata, so
    /// what holds it came another way, and what lies at the address can be changed at any time.
    ///
    /// Honest look-alikes: packages of a company that refer to its own server.
    pub(crate) BY_ADDRESS = "wheel-dependency-by-address" in "pkg/dep-by-url";
    severity: High, confidence: Likely,
    title: "A dependency is fetched from an address",
    reference: "https://packaging.python.org/en/latest/specifications/version-specifiers/#direct-references",
}

/// The checks of this file.
pub(crate) struct PythonPromises;

/// Findings of one kind listed for one package.
const MOST: usize = 20;

impl PackageHeuristic for PythonPromises {
    fn rules(&self) -> &'static [&'static Rule] {
        const RULES: &[&Rule] = &[&CHANGED, &UNLISTED, &MISSING, &NATIVE_IN_PURE, &VERSION, &BY_ADDRESS];
        RULES
    }

    fn check(&self, package: &Package<'_>, out: &mut Vec<Placed>) {
        record(package, out);
        native_in_pure(package, out);
        version(package, out);
        by_address(package, out);
        omitted(package, out);
    }
}

/// Forges and indexes, which keep what lies there.
const FORGES: &[&str] =
    &["github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "pythonhosted.org", "pypi.org", "pytorch.org"];

/// The name and the address of a requirement that is had from neither a forge nor an index.
fn from_elsewhere(required: &str) -> Option<(&str, &str)> {
    let (name, address) = required.split_once('@')?;
    let address = address.trim();
    let bare = address.split_once('+').map_or(address, |(_, rest)| rest);
    let host = bare.split_once("://").map_or("", |(_, rest)| rest).split(['/', ':']).next().unwrap_or_default();
    let kept = FORGES.iter().any(|f| host == *f || host.ends_with(&format!(".{f}")));
    (host.contains('.') && !kept).then_some((name.trim(), address))
}

fn by_address(package: &Package<'_>, out: &mut Vec<Placed>) {
    let required = package.python.into_iter().flat_map(|p| &p.requires);
    for (name, address) in required.filter_map(|r| from_elsewhere(r)) {
        out.push(noted(0, &BY_ADDRESS, format!("{name} from {address}")));
    }
}

/// Dependencies by an address that a setup script has and the metadata beside it does not: who reads what the index shows
/// never sees them.
fn omitted(package: &Package<'_>, out: &mut Vec<Placed>) {
    let Some(python) = package.python else { return };
    let path = format!("{}setup.py", package.base);
    let Some((at, member)) = package.members.iter().enumerate().find(|(_, m)| m.path == path && !m.decoded) else {
        return;
    };
    let project = member.facts().find_map(|fact| match fact {
        FactKind::PythonProject(project) => Some(project),
        _ => None,
    });
    for (name, address) in project.into_iter().flat_map(|p| &p.requires).filter_map(|r| from_elsewhere(r)) {
        if !python.requires.iter().any(|r| r.contains('@') && r.trim_start().starts_with(name)) {
            out.push(noted(at, &BY_ADDRESS, format!("{name} from {address}, which the metadata does not say")));
        }
    }
}

fn record(package: &Package<'_>, out: &mut Vec<Placed>) {
    // The wheel's own is the one nearest to its root, beside the package itself: packages carry those of others that they
    // vendor, and a source distribution has no other.
    let is_beside = |path: &str| path.strip_prefix(package.base.as_str()).is_some_and(|p| p.matches('/').count() <= 1);
    let records = package.members.iter().enumerate().filter_map(|(i, m)| {
        m.facts().find_map(|f| match f {
            FactKind::WheelRecord(lines) if !m.path.contains("!/") && is_beside(&m.path) => Some((i, lines)),
            _ => None,
        })
    });
    let depth = |i: usize| package.members.get(i).map_or(0, |m| m.path.matches('/').count());
    let Some((record_at, lines)) = records.min_by_key(|(i, _)| depth(*i)) else { return };
    // A compressed file's content has the same path as the file; the file, which comes first, is what is recorded.
    let mut own: BTreeMap<&str, (usize, ContentId, FileKind)> = BTreeMap::new();
    let is_own = |m: &Member<'_>| !m.way.is_empty() && !m.decoded && !m.path.contains("!/") && !m.path.contains('#');
    let members = || package.members.iter().enumerate().filter(|(_, m)| is_own(m));
    for (i, m) in members().filter(|(_, m)| plain(&m.path) == m.path) {
        own.entry(m.path.as_str()).or_insert((i, m.analysis.id, m.analysis.kind));
    }
    // Of two that an installer writes to the same place, the second one is not what was listed.
    for (i, m) in members().filter(|(_, m)| plain(&m.path) != m.path) {
        let path = if own.contains_key(plain(&m.path)) { m.path.as_str() } else { plain(&m.path) };
        own.entry(path).or_insert((i, m.analysis.id, m.analysis.kind));
    }
    let listed: HashMap<&str, &RecordLine> = lines.iter().map(|l| (plain(&l.path), l)).collect();
    let gaps: HashSet<&str> =
        package.members.iter().flat_map(|m| m.analysis.gaps.iter()).map(|g| g.entry.as_str()).collect();
    let mut counts = [0_usize; 3];
    let mut push = |class: usize, placed: Placed| {
        if let Some(count) = counts.get_mut(class)
            && *count < MOST
        {
            *count += 1;
            out.push(placed);
        }
    };
    for line in lines {
        match own.get(plain(&line.path)) {
            Some((at, id, _)) => {
                if line.sha256.is_some_and(|expected| expected != id.0) {
                    push(0, noted(*at, &CHANGED, format!("{} has SHA-256 {id}", line.path)));
                }
            }
            // Files outside the folder (`../../bin/x`) and entries that could not be opened are another matter.
            None if line.path.starts_with("..")
                || line.path.starts_with('/')
                || gaps.contains(line.path.as_str())
                || line.path.ends_with(".pyc") => {}
            None => push(2, noted(record_at, &MISSING, format!("{} is listed and not there", line.path))),
        }
    }
    for (path, (at, _, kind)) in &own {
        let code = kind.is_executable() || kind.is_script() || *kind == FileKind::PythonPath;
        if code && !listed.contains_key(path) && !path.contains("__pycache__") {
            push(1, noted(*at, &UNLISTED, format!("{path} is there and not listed")));
        }
    }
}

/// A path without the `./` that some packers put before it.
fn plain(path: &str) -> &str {
    let mut path = path;
    while let Some(rest) = path.strip_prefix("./") {
        path = rest.trim_start_matches('/');
    }
    path
}

fn native_in_pure(package: &Package<'_>, out: &mut Vec<Placed>) {
    if !package.name.ends_with("-none-any.whl") {
        return;
    }
    let native = package.members.iter().enumerate().filter(|(_, m)| m.analysis.kind.is_executable() && !m.decoded);
    for (i, member) in native.take(MOST) {
        out.push(noted(i, &NATIVE_IN_PURE, format!("{} in {}", member.analysis.kind.word(), package.name)));
    }
}

fn version(package: &Package<'_>, out: &mut Vec<Placed>) {
    let (name, version) = match (package.npm, package.python) {
        (Some(npm), _) => (&npm.name, &npm.version),
        (_, Some(python)) => (&python.name, &python.version),
        _ => return,
    };
    let major: u64 = version.split(['.', '-', '+']).next().and_then(|m| m.parse().ok()).unwrap_or(0);
    // Years and dates are calendar versions.
    if (90..=1000).contains(&major) || (10_000..10_000_000).contains(&major) {
        out.push(noted(0, &VERSION, format!("{name} {version}")));
    }
}

//! What an npm package promises against what it holds.
//!
//! Known uses: the "Phantom Gyp" wave of June 2026 (a 157-byte `binding.gyp` and no native source), Sha1-Hulud 2 (a
//! small loader at preinstall, ten megabytes of one line that nothing imports), packages that put a `git` or `node` of
//! their own on the path.

use std::collections::{HashMap, HashSet};

use super::role::{hook_files, reached};
use super::{Ecosystem, Package, PackageHeuristic, Placed, Role, noted};
use crate::model::{Capability, FactKind, FileKind, NpmManifest, Rule};
use crate::rule;

rule! {
    /// `binding.gyp` makes npm start a native build at install even when the manifest has no install script, and the
    /// package holds nothing that could be built. The build description itself is then the payload.
    ///
    /// Honest look-alikes: packages that keep their sources in a sub-module or fetch them; add-ons that ship only
    /// prebuilt binaries and forgot to leave the file out.
    pub(crate) PHANTOM_NATIVE = "npm-phantom-native" in "exec/phantom-native";
    severity: High, confidence: Likely,
    title: "A native build is declared and there is nothing to build",
    reference: "https://attack.mitre.org/techniques/T1127/",
}

rule! {
    /// The package installs a command with the name of a system tool or of another product's command. Whoever has the
    /// package's folder early in `PATH` runs it instead.
    ///
    /// Honest look-alikes: packages that *are* such tools in JavaScript (`which`, `rimraf`, `mkdirp` are not in the
    /// list), and packages that bring the tool itself (`node`, `bun`).
    pub(crate) BIN_SHADOW = "npm-bin-shadow" in "pkg/bin-shadow";
    severity: Medium, confidence: Likely,
    title: "An installed command has the name of a system tool",
    reference: "https://attack.mitre.org/techniques/T1574/007/",
}

rule! {
    /// The package installs a command with the name of a system tool, has another name itself, and the command starts
    /// programs: it stands before the tool and can see and change what it is told.
    ///
    /// Honest look-alikes: builds of a tool, whose package has the tool's name in its own.
    pub(crate) BIN_BEFORE = "npm-bin-before-tool" in "pkg/bin-shadow";
    severity: High, confidence: Likely,
    title: "An installed command stands before a system tool and starts programs",
    reference: "https://attack.mitre.org/techniques/T1574/007/",
}

rule! {
    /// A script of more than a megabyte runs at install. Install scripts fetch or build and are small; a large one
    /// brings a program along.
    ///
    /// Honest look-alikes: bundled installers (rare, usually below a megabyte).
    pub(crate) LARGE_HOOK = "npm-large-install-script" in "pkg/oversize-artifact";
    severity: High, confidence: Likely,
    title: "A script of over a megabyte runs at install",
    reference: "https://attack.mitre.org/techniques/T1027/001/",
}

/// Commands that only the system, a shell or a widely installed product should provide.
const SYSTEM_COMMANDS: &[&str] = &[
    "git", "sudo", "su", "ssh", "scp", "curl", "wget", "ls", "cat", "cp", "mv", "rm", "ps", "top", "sh", "bash", "zsh",
    "cd", "chmod", "chown", "kubectl", "docker", "aws", "gcloud", "az", "gpg", "openssl", "python", "python3", "pip",
    "make", "gcc", "login", "passwd",
];

/// A script larger than this is no ordinary install script.
const LARGE_SCRIPT: u64 = 1 << 20;

/// The checks of this file.
pub(crate) struct NpmPromises;

impl PackageHeuristic for NpmPromises {
    fn rules(&self) -> &'static [&'static Rule] {
        const RULES: &[&Rule] = &[&PHANTOM_NATIVE, &BIN_SHADOW, &BIN_BEFORE, &LARGE_HOOK];
        RULES
    }

    fn check(&self, package: &Package<'_>, out: &mut Vec<Placed>) {
        let Some(manifest) = package.npm.filter(|_| package.ecosystem == Ecosystem::Npm) else { return };
        let own = format!("{}package.json", package.base);
        let at = package.members.iter().position(|m| m.path == own).unwrap_or(0);
        phantom_native(package, out);
        bin_shadow(package, manifest, at, out);
        let installs = installs(package, manifest);
        for (i, member) in package.members.iter().enumerate() {
            if member.role == Role::Install
                && installs.contains(&i)
                && member.analysis.kind.is_script()
                && member.analysis.bytes > LARGE_SCRIPT
            {
                out.push(noted(i, &LARGE_HOOK, format!("{} bytes", member.analysis.bytes)));
            }
        }
    }
}

/// The files that run when the package is installed from a registry, with what they import: what a builder writes when the
/// package is published (`prepare`) is none.
fn installs(package: &Package<'_>, manifest: &NpmManifest) -> HashSet<usize> {
    let index: HashMap<String, usize> = package.members.iter().enumerate().map(|(i, m)| (m.path.clone(), i)).collect();
    let at_publishing = |name: &str| matches!(name, "prepare" | "preprepare" | "postprepare" | "prepublish");
    let scripts = manifest.scripts.iter().filter(|(name, _)| !at_publishing(name)).cloned().collect();
    let installed = NpmManifest { scripts, ..manifest.clone() };
    reached(&package.members, hook_files(&installed, &package.base, &index), &index).into_iter().collect()
}

fn phantom_native(package: &Package<'_>, out: &mut Vec<Placed>) {
    let gyp = format!("{}binding.gyp", package.base);
    let Some(at) = package.members.iter().position(|m| m.path == gyp) else { return };
    let native = |path: &str, kind: FileKind| {
        let lower = path.to_ascii_lowercase();
        kind.is_executable()
            || [
                ".c", ".cc", ".cpp", ".cxx", ".h", ".hpp", ".m", ".mm", ".rs", ".s", ".asm", ".go", ".swift", ".node",
                ".gypi",
            ]
            .iter()
            .any(|e| lower.ends_with(e))
    };
    if !package.members.iter().any(|m| native(&m.path, m.analysis.kind)) {
        out.push(noted(
            at,
            &PHANTOM_NATIVE,
            "no C, C++, Objective-C, Rust, Go or assembler source and no native binary in the package",
        ));
    }
}

fn bin_shadow(package: &Package<'_>, manifest: &NpmManifest, at: usize, out: &mut Vec<Placed>) {
    for (command, file) in &manifest.bins {
        if !SYSTEM_COMMANDS.contains(&command.as_str()) || manifest.name == *command {
            continue;
        }
        out.push(noted(at, &BIN_SHADOW, format!("command {command} is {file}")));
        // Who stands before a tool and starts another program may be handing on what it was told.
        let path = format!("{}{}", package.base, file.trim_start_matches("./"));
        let starts = |m: &super::Member<'_>| {
            m.path == path && m.facts().any(|f| matches!(f, FactKind::Has(Capability::Spawns, _)))
        };
        let is_other = !manifest.name.contains(command.as_str());
        if is_other && package.members.iter().any(starts) {
            out.push(noted(at, &BIN_BEFORE, format!("command {command} is {file}, which starts programs")));
        }
    }
}

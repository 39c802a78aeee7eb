//! Where a binary has its libraries looked for: search paths, loaders and needed libraries in places that others can
//! write.
//!
//! A search path in `/tmp`, in the current folder or in somebody's home lets whoever writes there put code into the
//! program. Honest look-alikes, which stay low: leftovers of the build machine (`/home/build/…`), `$ORIGIN/../x.libs`
//! of auditwheel, Nix and Guix stores, conda's padded placeholder.
//!
//! References: ATT&CK T1574.006, T1574.007; <https://man7.org/linux/man-pages/man8/ld.so.8.html>.

use goblin::elf::dynamic::{DT_AUDIT, DT_DEPAUDIT, DT_RPATH, DT_RUNPATH};

use super::{placed, shown};
use crate::analyze::{Heuristic, Notes};
use crate::model::{FileKind, Rule};
use crate::parse::Parsed;
use crate::parse::elf::Elf;
use crate::parse::macho::{Load, MachO};
use crate::parse::native::Image;
use crate::rule;

/// `DT_AUXILIARY` and `DT_FILTER` (<https://docs.oracle.com/cd/E53394_01/html/E54813/chapter6-42444.html>).
const DT_AUXILIARY: u64 = 0x7fff_fffd;
const DT_FILTER: u64 = 0x7fff_ffff;

rule! {
    /// Libraries are looked for in a folder that anybody can write (`/tmp`, `/dev/shm`) or that depends on where the
    /// program is started (a relative or empty path). Whoever puts a library there runs inside the program. Honest
    /// look-alikes: mistakes in build scripts, binaries built under `/tmp`.
    pub(super) WRITABLE_PATH = "native-library-path-writable" in "bin/rpath-hijack";
    severity: Medium, confidence: Likely,
    title: "Libraries are searched where anybody can write",
    reference: "https://attack.mitre.org/techniques/T1574/007/",
}

rule! {
    /// Libraries are looked for in a home or build folder of the machine where the file was made. It is harmless as
    /// long as that folder does not exist. Honest look-alikes: forgotten build paths, of which this mostly is one.
    pub(super) BUILD_PATH = "native-library-path-of-build" in "bin/rpath-hijack";
    severity: Info, confidence: Certain,
    title: "Libraries are searched in a folder of the build machine",
    reference: "https://attack.mitre.org/techniques/T1574/007/",
}

rule! {
    /// The program asks for another loader than the system's. The loader maps all code, so one from an unusual place
    /// can change any of it. Honest look-alikes: Nix and Guix, Termux, `AppImage`, conda, old or rare systems.
    pub(super) INTERPRETER = "elf-odd-interpreter" in "bin/interp-or-needed-odd";
    severity: Low, confidence: Likely,
    title: "The program asks for an unusual loader",
    reference: "https://man7.org/linux/man-pages/man8/ld.so.8.html",
}

rule! {
    /// The program asks for a loader in a folder that anybody can write, or by a relative path: whoever puts a file
    /// there runs instead of the loader. Honest look-alikes: broken builds.
    pub(super) WRITABLE_INTERPRETER = "elf-interpreter-writable" in "bin/interp-or-needed-odd";
    severity: Medium, confidence: Likely,
    title: "The loader lies where anybody can write",
    reference: "https://attack.mitre.org/techniques/T1574/006/",
}

rule! {
    /// The library has its symbols taken from another one (`DT_FILTER`, `DT_AUXILIARY`) or asks for an auditor of all
    /// symbol bindings (`DT_AUDIT`, `DT_DEPAUDIT`). Both put other code in front of what is asked for. Honest
    /// look-alikes: hardware-specific replacements on Solaris and old systems.
    pub(super) FILTER = "elf-filter-or-audit" in "bin/interp-or-needed-odd";
    severity: Low, confidence: Certain,
    title: "Symbols are redirected to another library",
    reference: "https://man7.org/linux/man-pages/man7/rtld-audit.7.html",
}

rule! {
    /// A needed library is named by a path in a folder that anybody can write, or by a relative path. Honest
    /// look-alikes: libraries linked by path in a build folder.
    pub(super) NEEDED = "native-needed-library-writable" in "bin/interp-or-needed-odd";
    severity: Medium, confidence: Likely,
    title: "A needed library lies where anybody can write",
    reference: "https://attack.mitre.org/techniques/T1574/",
}

rule! {
    /// A program that changes its user needs a library that is no part of the system, and has it looked for in a folder
    /// that anybody can write: whoever puts a library there is given the rights of the program. Known uses: back doors
    /// that look like a mistake. Honest look-alikes: none; it is a hole where it is a mistake.
    pub(super) AWAITED = "native-user-changer-library-writable" in "bin/rpath-hijack";
    severity: Critical, confidence: Certain,
    title: "A program that changes its user loads a library from where anybody can write",
    reference: "https://attack.mitre.org/techniques/T1548/001/",
}

rule! {
    /// The program may do without a library that lies in a folder where anybody can write, and has the check taken off that
    /// libraries are signed by those who signed the program: whatever is put there runs in it, with its rights. Known uses:
    /// back doors in signed applications. Honest look-alikes: none is known; plug-ins lie in folders of their own, and
    /// what a build left behind the program cannot start without.
    pub(super) UNGUARDED = "macho-optional-library-writable-unguarded" in "bin/macho-odd";
    severity: Critical, confidence: Certain,
    title: "Loads whatever library lies where anybody can write, unsigned ones too",
    reference: "https://attack.mitre.org/techniques/T1574/004/",
}

rule! {
    /// The Mach-O file carries settings for the loader itself (`LC_DYLD_ENVIRONMENT`), by which libraries can be put in
    /// place of others. Honest look-alikes: test hosts of developer tools.
    pub(super) DYLD = "macho-loader-environment" in "bin/macho-odd";
    severity: Low, confidence: Certain,
    title: "The file sets environment variables of the loader",
    reference: "https://attack.mitre.org/techniques/T1574/006/",
}

/// What may happen to a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Nothing.
    Ordinary,
    /// It belongs to the machine where the file was built.
    Build,
    /// Anybody can write there.
    Writable,
    /// It depends on the current folder.
    Relative,
}

impl Place {
    fn why(self) -> &'static str {
        match self {
            Self::Ordinary => "an ordinary place",
            Self::Build => "a folder of the build machine",
            Self::Writable => "anybody can write there",
            Self::Relative => "depends on the current folder",
        }
    }
}

/// Judges one absolute or relative path; tokens (`$ORIGIN`, `@rpath`) are the file's own place.
fn place(path: &[u8]) -> Place {
    let starts = |roots: &[&str]| roots.iter().any(|r| path.starts_with(r.as_bytes()));
    if starts(&["$", "@"]) {
        return Place::Ordinary;
    }
    if !path.starts_with(b"/") {
        return Place::Relative;
    }
    // Package builders use folders with generated names; what they leave behind is no plan.
    let built = ["build", "conda", "pip-", "tmp.", "_b", "cmake", "bazel", "work", "src", "wheel", "delocate", "cibw"];
    if starts(&["/tmp/", "/var/tmp/", "/dev/shm/", "/private/tmp/", "/private/var/tmp/"]) || path == b"/tmp" {
        let text = path.to_ascii_lowercase();
        let is_built = built.iter().any(|b| memchr::memmem::find(&text, b.as_bytes()).is_some());
        return if is_built { Place::Build } else { Place::Writable };
    }
    // Everybody's, among the homes.
    if starts(&["/Users/Shared/"]) {
        return Place::Writable;
    }
    if starts(&["/home/", "/Users/", "/root/", "/build/", "/builds/", "/mnt/", "/workspace", "/github/", "/__w/"]) {
        return Place::Build;
    }
    Place::Ordinary
}

/// Reads search paths.
pub(super) struct SearchPaths;

impl Heuristic for SearchPaths {
    fn rules(&self) -> &'static [&'static Rule] {
        const {
            &[
                &WRITABLE_PATH,
                &BUILD_PATH,
                &INTERPRETER,
                &WRITABLE_INTERPRETER,
                &FILTER,
                &NEEDED,
                &DYLD,
                &AWAITED,
                &UNGUARDED,
            ]
        }
    }

    fn applies(&self, kind: FileKind) -> bool {
        matches!(kind, FileKind::Elf | FileKind::MachO | FileKind::MachOFat)
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        if let Some(Ok(elf)) = file.elf() {
            check_elf(elf, out);
            if let Some(image) = file.images().first() {
                check_awaited(elf, image, out);
            }
        } else if let Some(Ok(images)) = file.macho() {
            // The slices of a fat file are built alike; the first that says something stands for all.
            for image in images {
                let before = out.findings.len();
                check_macho(image, out);
                check_unguarded(file, image, out);
                if out.findings.len() > before {
                    break;
                }
            }
        }
    }
}

fn note_paths<'a>(paths: impl Iterator<Item = &'a [u8]>, at: u64, out: &mut Notes) {
    for path in paths {
        let place = place(path);
        let rule = match place {
            Place::Ordinary => continue,
            Place::Build => &BUILD_PATH,
            Place::Writable | Place::Relative => &WRITABLE_PATH,
        };
        let note = format!("search path {:?}: {}", shown(path), place.why());
        out.findings.push(rule.finding(placed(at, 0, note)));
    }
}

fn note_needed<'a>(names: impl Iterator<Item = &'a [u8]>, at: u64, out: &mut Notes) {
    for name in names.filter(|n| n.contains(&b'/')) {
        let place = place(name);
        if matches!(place, Place::Writable | Place::Relative) {
            let note = format!("needs {:?}: {}", shown(name), place.why());
            out.findings.push(NEEDED.finding(placed(at, 0, note)));
        }
    }
}

fn check_elf(elf: &Elf<'_>, out: &mut Notes) {
    for tag in [DT_RPATH, DT_RUNPATH] {
        for list in elf.tag_texts(tag) {
            // An empty element is the current folder; an empty list is none. Conda pads its list with NULs only.
            let elements = list.split(|b| *b == b':').filter(|_| !list.is_empty());
            note_paths(elements, 0, out);
        }
    }
    note_needed(elf.needed.iter().copied(), 0, out);
    for (tag, name) in [(DT_AUXILIARY, "auxiliary"), (DT_FILTER, "filter"), (DT_AUDIT, "audit"), (DT_DEPAUDIT, "audit")]
    {
        for text in elf.tag_texts(tag) {
            let note = format!("{name} library {}", shown(text));
            out.findings.push(FILTER.finding(placed(0, 0, note)));
        }
    }
    if let Some(loader) = elf.interpreter.filter(|i| elf.is_loadable() && !i.is_empty()) {
        let note = format!("loader {:?}", shown(loader));
        match place(loader) {
            Place::Writable | Place::Relative => {
                out.findings.push(WRITABLE_INTERPRETER.finding(placed(0, 0, note)));
            }
            _ if !usual_loader(loader) => out.findings.push(INTERPRETER.finding(placed(0, 0, note))),
            _ => {}
        }
    }
}

/// Libraries of the system, which are found there whatever else is searched before: none of them is awaited.
const OF_SYSTEM: &[&str] = &[
    "libc.",
    "libm.",
    "libdl.",
    "libpthread.",
    "librt.",
    "libresolv.",
    "libutil.",
    "libcrypt.",
    "libgcc_s.",
    "libstdc++.",
    "libpam",
    "libselinux.",
    "libaudit.",
    "libcap",
    "libsystemd.",
    "libz.",
    "ld-linux",
    "ld64.",
    "linux-vdso",
    "libgomp.",
];

fn check_awaited(elf: &Elf<'_>, image: &Image<'_>, out: &mut Notes) {
    let changes = image.imported(&["setuid", "seteuid", "setreuid", "setresuid"]);
    let is_own = |name: &&&[u8]| !name.contains(&b'/') && !OF_SYSTEM.iter().any(|s| name.starts_with(s.as_bytes()));
    let Some(needed) = elf.needed.iter().find(is_own).filter(|_| !image.library && !changes.is_empty()) else { return };
    let paths = [DT_RPATH, DT_RUNPATH].into_iter().flat_map(|tag| elf.tag_texts(tag));
    let mut paths = paths.flat_map(|list| list.split(|b| *b == b':'));
    if let Some(path) = paths.find(|path| place(path) == Place::Writable) {
        let note = format!("needs {} from {}; imports {}", shown(needed), shown(path), changes.join(", "));
        out.findings.push(AWAITED.finding(placed(0, 0, note)));
    }
}

fn check_unguarded(file: &Parsed<'_>, image: &MachO<'_>, out: &mut Notes) {
    let weak = image.libraries.iter().filter(|(load, _)| *load == Load::Weak).map(|(_, name)| *name);
    let Some(library) = weak.into_iter().find(|name| place(name) == Place::Writable) else { return };
    if file.view().holds(b"com.apple.security.cs.disable-library-validation") {
        let note = format!("may do without {}, and has libraries not validated", shown(library));
        out.findings.push(UNGUARDED.finding(placed(image.start, 0, note)));
    }
}

/// Loaders of the systems that are met.
fn usual_loader(path: &[u8]) -> bool {
    let folders = [
        &b"/lib/"[..],
        b"/lib64/",
        b"/lib32/",
        b"/libx32/",
        b"/usr/lib/",
        b"/usr/lib64/",
        b"/libexec/",
        b"/usr/libexec/",
        b"/system/bin/",
    ];
    let stores = [&b"/nix/store/"[..], b"/gnu/store/", b"/data/data/com.termux/", b"/apex/"];
    let names = [&b"ld-linux"[..], b"ld-musl", b"ld.so", b"ld64.so", b"ld-elf", b"ld-uClibc", b"linker", b"ld-linux-"];
    let name = path.rsplit(|b| *b == b'/').next().unwrap_or(path);
    stores.iter().any(|s| path.starts_with(s))
        || folders.iter().any(|f| path.starts_with(f)) && names.iter().any(|n| name.starts_with(n))
}

fn check_macho(image: &MachO<'_>, out: &mut Notes) {
    note_paths(image.rpaths.iter().copied().filter(|p| !p.is_empty()), image.start, out);
    note_needed(image.libraries.iter().map(|(_, name)| *name), image.start, out);
    for setting in &image.environment {
        let note = format!("loader setting {}", shown(setting));
        out.findings.push(DYLD.finding(placed(image.start, 0, note)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::native::testing::{ElfBuilder, MachBuilder, check, ids};

    fn elf(texts: Vec<(u64, &'static str)>) -> Vec<&'static str> {
        let mut elf = ElfBuilder::library();
        elf.texts = texts;
        ids(&check(&SearchPaths, FileKind::Elf, "x.so", &elf.build()))
    }

    #[test]
    fn honest_paths_are_silent_or_info() {
        assert!(elf(vec![(29, "$ORIGIN/../numpy.libs:/usr/lib:/nix/store/abc/lib")]).is_empty());
        assert_eq!(elf(vec![(29, "/home/conda/feedstock_root/build/lib")]), ["native-library-path-of-build"]);
        assert_eq!(elf(vec![(15, "/tmp/pip-build-env-x/lib")]), ["native-library-path-of-build"]);
    }

    #[test]
    fn writable_and_relative_paths_are_seen() {
        assert_eq!(elf(vec![(15, "/tmp/x")]), ["native-library-path-writable"]);
        assert_eq!(elf(vec![(29, "$ORIGIN:.")]), ["native-library-path-writable"]);
        assert_eq!(elf(vec![(29, "/usr/lib::")]), ["native-library-path-writable"; 2]);
        assert!(elf(vec![(29, "")]).is_empty());
    }

    #[test]
    fn a_program_that_changes_its_user_loads_nothing_from_where_anybody_writes() {
        let run = |path: &'static str, needed: &'static str, import: &'static str| {
            let mut elf = ElfBuilder::program();
            (elf.texts, elf.imports) = (vec![(15, path)], vec![import]);
            elf.needed = vec![needed, "libc.so.6"];
            ids(&check(&SearchPaths, FileKind::Elf, "x", &elf.build()))
        };
        let both = ["native-library-path-writable", "native-user-changer-library-writable"];
        assert_eq!(run("/tmp/.q", "libfan.so.1", "setuid"), both);
        assert_eq!(run("/tmp/.q", "libm.so.6", "setuid"), both[..1]);
        assert_eq!(run("/tmp/.q", "libfan.so.1", "printf"), both[..1]);
        assert!(run("/usr/lib/fan", "libfan.so.1", "setuid").is_empty());
    }

    #[test]
    fn loaders_and_needed_libraries() {
        let mut program = ElfBuilder::program();
        let run = |p: &ElfBuilder| ids(&check(&SearchPaths, FileKind::Elf, "x", &p.build()));
        assert!(run(&program).is_empty());
        program.interpreter = "/opt/other/ld.so.1";
        assert_eq!(run(&program), ["elf-odd-interpreter"]);
        program.interpreter = "/tmp/ld.so";
        assert_eq!(run(&program), ["elf-interpreter-writable"]);
        program.interpreter = "/lib/ld-musl-x86_64.so.1";
        program.needed = vec!["/dev/shm/x.so", "libc.so.6"];
        assert_eq!(run(&program), ["native-needed-library-writable"]);
        assert_eq!(elf(vec![(0x7fff_fffd, "libreal.so")]), ["elf-filter-or-audit"]);
    }

    #[test]
    fn macho_paths() {
        let mut mach = MachBuilder::library();
        mach.rpaths = vec!["@loader_path/../lib"];
        assert!(check(&SearchPaths, FileKind::MachO, "x", &mach.build()).findings.is_empty());
        mach.rpaths = vec!["/private/tmp/q"];
        mach.libraries.push("libevil.dylib");
        mach.libraries.push("./libevil.dylib");
        mach.environment = vec!["DYLD_LIBRARY_PATH=/x"];
        let seen = ids(&check(&SearchPaths, FileKind::MachO, "x", &mach.build()));
        assert_eq!(
            seen,
            ["native-library-path-writable", "native-needed-library-writable", "macho-loader-environment"]
        );
    }
}

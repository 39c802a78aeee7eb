//! Code that runs before anybody calls it: IFUNC resolvers, constructors, TLS callbacks.
//!
//! A library's constructors run when it is loaded; an IFUNC resolver runs even earlier, while the loader binds
//! symbols, and may still write where it later must not. That is how the backdoor in xz 5.6.1 came in: two resolvers
//! in `liblzma.so`, and a new dependency on the dynamic loader itself whose internals they walked. Honest look-alikes:
//! C++ and OpenMP libraries are full of constructors, glibc and multimedia libraries of resolvers.
//!
//! References: CVE-2024-3094; <https://sourceware.org/glibc/wiki/GNU_IFUNC>; ATT&CK T1055.005, T1546.

use goblin::elf::dynamic::{
    DT_FINI_ARRAYSZ, DT_INIT, DT_INIT_ARRAY, DT_INIT_ARRAYSZ, DT_PREINIT_ARRAY, DT_PREINIT_ARRAYSZ, DT_SONAME,
};
use goblin::elf::program_header::PF_X;

use super::{placed, shown};
use crate::analyze::{Heuristic, Notes};
use crate::model::{Capability, Fact, FileKind, Gap, GapReason, Rule};
use crate::parse::Parsed;
use crate::parse::elf::Elf;
use crate::parse::native::{SLOTS_MAX, stem};
use crate::rule;

/// `STT_GNU_IFUNC`.
const IFUNC: u8 = 10;

rule! {
    /// A library with IFUNC resolvers: functions of it that run while the loader binds symbols, to choose an
    /// implementation for the processor. Known uses: the backdoor in xz 5.6.1. Honest look-alikes: glibc, zlib-ng,
    /// multimedia and cryptography libraries.
    pub(super) RESOLVER = "elf-ifunc" in "bin/ifunc-resolver";
    severity: Info, confidence: Certain,
    title: "Functions are chosen by resolvers while the library is loaded",
    reference: "https://sourceware.org/glibc/wiki/GNU_IFUNC",
}

rule! {
    /// A library outside of glibc exports functions through IFUNC resolvers and asks for the dynamic loader itself as a
    /// needed library. Resolvers need nothing from the loader; a library that needs both takes part in symbol binding
    /// and reaches into the one who does it. Known uses: liblzma of xz 5.6.0 and 5.6.1, whose clean neighbours have
    /// neither. Honest look-alikes: libraries that use thread-local variables and resolvers at once.
    pub(super) RESOLVER_LOADER = "elf-ifunc-with-loader" in "bin/ifunc-resolver";
    severity: High, confidence: Likely,
    title: "IFUNC resolvers in a library that needs the dynamic loader",
    reference: "https://nvd.nist.gov/vuln/detail/CVE-2024-3094",
}

rule! {
    /// An IFUNC resolver of a library goes far beyond asking the processor what it can do: it calls a chain of other
    /// functions of the library, some of them through pointers, or functions of other libraries that no choice of an
    /// implementation needs. Resolvers run while the loader binds symbols, before anything guards the tables that it
    /// writes. Known uses: liblzma of xz 5.6.0 and 5.6.1, whose resolvers reached the set-up of the back door. Honest
    /// look-alikes: resolvers that read features of the processor in one or two helpers of their own.
    pub(super) RESOLVER_FAR = "elf-ifunc-reaches-far" in "bin/ifunc-resolver";
    severity: High, confidence: Likely,
    title: "An IFUNC resolver reaches deep into the library",
    reference: "https://nvd.nist.gov/vuln/detail/CVE-2024-3094",
}

rule! {
    /// An IFUNC resolver, which is there to choose an implementation, goes through the objects that are loaded or asks
    /// for functions of others, and takes the protection off memory or reads files: it puts something in place of what
    /// others call, before the loader guards its tables. Known uses: the way that the back door of xz 5.6.1 took, written
    /// openly. Honest look-alikes: none is known; resolvers ask the processor.
    pub(super) RESOLVER_HOOKS = "elf-ifunc-changes-others" in "bin/ifunc-resolver";
    severity: Critical, confidence: Certain,
    title: "An IFUNC resolver goes through what is loaded and changes memory",
    reference: "https://nvd.nist.gov/vuln/detail/CVE-2024-3094",
}

rule! {
    /// A library outside of glibc needs the dynamic loader itself, offers functions through resolvers, and one of these
    /// reaches deep into the library and goes on through a pointer: it takes part in the binding of symbols. Known uses:
    /// liblzma of xz 5.6.0 and 5.6.1. Honest look-alikes: none is known; of libraries that have both for thread-local
    /// variables, the resolvers ask the processor and return.
    pub(super) RESOLVER_BINDS = "elf-ifunc-takes-part-in-binding" in "bin/ifunc-resolver";
    severity: Critical, confidence: Certain,
    title: "A resolver reaches deep into a library that needs the loader itself",
    reference: "https://nvd.nist.gov/vuln/detail/CVE-2024-3094",
}

rule! {
    /// A function that runs at load time lies outside of executable segments, or in one that can be written: it was
    /// redirected after linking. Known uses: ELF infectors that hook `DT_INIT` or `.init_array`.
    pub(super) ODD_INIT = "elf-init-outside-code" in "bin/ctor-abuse";
    severity: Medium, confidence: Likely,
    title: "A load-time function lies outside of ordinary code",
    reference: "https://attack.mitre.org/techniques/T1546/",
}

rule! {
    /// Functions in the pre-initialisation array run before those of all libraries. Sanitizers use it; hardly anybody
    /// else does.
    pub(super) PREINIT = "elf-preinit-array" in "bin/ctor-abuse";
    severity: Low, confidence: Certain,
    title: "Code runs before all libraries are initialised",
    reference: "https://refspecs.linuxfoundation.org/elf/gabi4+/ch5.dynamic.html",
}

rule! {
    /// TLS callbacks run before a Windows program's entry point and in every new thread; debuggers stop after them.
    /// Known uses: anti-debugging, unpackers. Honest look-alikes: thread-local variables in C++, Rust and Delphi.
    pub(super) TLS = "pe-tls-callback" in "bin/tls-callback";
    severity: Info, confidence: Certain,
    title: "TLS callbacks run before the entry point",
    reference: "https://attack.mitre.org/techniques/T1055/005/",
}

rule! {
    /// TLS callbacks in a program that imports almost nothing: what runs first is not what the entry point shows, and
    /// what it uses is found at run time. Known uses: packers, loaders. Honest look-alikes: tiny native tools.
    pub(super) TLS_BARE = "pe-tls-callback-few-imports" in "bin/tls-callback";
    severity: Low, confidence: Hint,
    title: "TLS callbacks and almost no imports",
    reference: "https://attack.mitre.org/techniques/T1055/005/",
}

/// Looks for what runs at load time.
pub(super) struct Init;

impl Heuristic for Init {
    fn rules(&self) -> &'static [&'static Rule] {
        const {
            &[
                &RESOLVER,
                &RESOLVER_LOADER,
                &RESOLVER_FAR,
                &RESOLVER_HOOKS,
                &RESOLVER_BINDS,
                &ODD_INIT,
                &PREINIT,
                &TLS,
                &TLS_BARE,
            ]
        }
    }

    fn applies(&self, kind: FileKind) -> bool {
        kind.is_executable()
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        if let Some(Ok(elf)) = file.elf() {
            check_resolvers(file, elf, out);
            check_arrays(elf, out);
        } else if let Some(Ok(pe)) = file.pe() {
            if !pe.tls_callbacks.is_empty() {
                let rule = if pe.imports.len() < 5 { &TLS_BARE } else { &TLS };
                let note = format!("{} callbacks, {} imports", pe.tls_callbacks.len(), pe.imports.len());
                out.findings.push(rule.finding(placed(0, 0, note)));
            }
        } else if let Some(Ok(images)) = file.macho() {
            let count = images.iter().map(|i| i.initialisers()).max().unwrap_or(0);
            if count != 0 {
                out.facts.push(Fact::has(Capability::Hooks, format!("{count} load-time functions"), 0));
            }
        }
    }
}

fn check_resolvers(file: &Parsed<'_>, elf: &Elf<'_>, out: &mut Notes) {
    let ifuncs: Vec<_> = elf.symbols.iter().filter(|s| s.kind == IFUNC && s.defined).collect();
    if !elf.is_library() || (ifuncs.is_empty() && elf.irelative == 0) {
        return;
    }
    let names: Vec<_> = ifuncs.iter().take(3).map(|s| shown(s.name)).collect();
    let note = format!(
        "{} exported IFUNC symbols ({}), {} IRELATIVE relocations",
        ifuncs.len(),
        names.join(", "),
        elf.irelative
    );
    let loader = elf.needed.iter().find(|n| n.starts_with(b"ld-linux") || n.starts_with(b"ld64.so"));
    let soname = elf.tag_texts(DT_SONAME).first().copied().unwrap_or_default();
    let glibc = [&b"libc.so."[..], b"libm.so.", b"libmvec.so.", b"librt.so.", b"libpthread.so.", b"ld-linux"];
    let of_glibc = glibc.iter().any(|g| soname.starts_with(g));
    match loader {
        Some(loader) if !ifuncs.is_empty() && !of_glibc => {
            let note = format!("{note}; needs {}", shown(loader));
            out.findings.push(RESOLVER_LOADER.finding(placed(0, 0, note)));
        }
        _ => out.findings.push(RESOLVER.finding(placed(0, 0, note))),
    }
    if !of_glibc {
        check_reach(file, elf, loader.is_some() && !ifuncs.is_empty(), out);
    }
}

/// Most instructions that are followed from all resolvers together, and what each of them costs at least. Resolvers
/// themselves are not counted: an author can put any number of harmless ones before the one that matters.
const INSTRUCTIONS_MAX: usize = 64 * 40_000;
const LEAST_COST: usize = 16;
/// A resolver that calls this many functions and one of them through a pointer does more than choose.
const FAR: usize = 4;
/// Most functions that a resolver points at which are followed.
const TAKEN_MAX: usize = 8;
/// What resolvers ask: the C library and the compiler's own support.
const ASKS: &[&[u8]] = &[
    b"getauxval",
    b"__getauxval",
    b"elf_aux_info",
    b"__cpu_indicator_init",
    b"__cpu_features",
    b"__init_cpu_features",
    b"__init_cpu_features_resolver",
    b"__riscv_hwprobe",
    b"__stack_chk_fail",
    b"abort",
    b"__x86_get_cpuid_feature_leaf",
    b"__x86_get_cpu_features",
    b"sysconf",
    b"getenv",
    b"secure_getenv",
    b"strcmp",
    b"strstr",
    b"memset",
    b"__assert_fail",
];

/// What goes through the objects that are loaded, and what a choice of an implementation has no use for.
const WALKS: &[&str] = &["dl_iterate_phdr", "dlsym", "dlvsym", "dladdr", "dladdr1", "dlinfo", "_dl_find_object"];
const CHANGES: &[&str] = &["mprotect", "mmap", "open", "fopen", "readlink", "process_vm_writev"];

fn check_reach(file: &Parsed<'_>, elf: &Elf<'_>, needs_loader: bool, out: &mut Notes) {
    let Some(image) = file.images().first() else { return };
    let map = super::reach::Map::new(image, file.bytes());
    let mut left = INSTRUCTIONS_MAX;
    let mut cut = image.slots.len() >= SLOTS_MAX;
    let mut told = false;
    for resolver in elf.resolvers() {
        if left == 0 {
            cut = true;
            break;
        }
        let reach = map.from(resolver);
        left = left.saturating_sub(reach.instructions.max(LEAST_COST));
        cut |= reach.cut;
        let foreign: Vec<String> = reach.imports.iter().filter(|i| !ASKS.contains(i)).map(|i| shown(i)).collect();
        let far = reach.functions >= FAR && reach.indirect > 0;
        if far || foreign.len() >= 2 {
            let note = format!(
                "the resolver at {resolver:#x} reaches {} functions of {} instructions, {} calls through pointers, and {}",
                reach.functions,
                reach.instructions,
                reach.indirect,
                if foreign.is_empty() { "no other library".to_owned() } else { foreign.join(", ") }
            );
            // What it only points at is called by whoever goes through the objects.
            let mut names: std::collections::BTreeSet<&[u8]> = reach.imports.clone();
            for function in reach.taken.iter().take(TAKEN_MAX) {
                let near = map.near(*function, TAKEN_MAX, 4096);
                left = left.saturating_sub(near.instructions.max(LEAST_COST));
                names.extend(near.imports);
            }
            let has = |list: &[&str]| names.iter().any(|n| list.iter().any(|l| l.as_bytes() == stem(n)));
            if needs_loader && far && !told {
                out.findings.push(RESOLVER_BINDS.finding(placed(0, 0, note.clone())));
            }
            if has(WALKS) && has(CHANGES) {
                out.findings.push(RESOLVER_HOOKS.finding(placed(0, 0, note.clone())));
            }
            if !told {
                out.findings.push(RESOLVER_FAR.finding(placed(0, 0, note)));
            }
            // One that reaches far does not stand before the one that changes others.
            told = true;
            if has(WALKS) && has(CHANGES) {
                return;
            }
        }
    }
    if cut {
        let detail = "the functions that the loader calls to bind symbols reach farther than was followed";
        out.gaps.push(Gap::new(GapReason::Limit, detail));
    }
}

fn check_arrays(elf: &Elf<'_>, out: &mut Notes) {
    let word = if elf.wide { 8 } else { 4 };
    let count = |tag| elf.tag(tag).unwrap_or(0) / word;
    let (constructors, destructors) = (count(DT_INIT_ARRAYSZ), count(DT_FINI_ARRAYSZ));
    // One of each comes from the C runtime itself.
    if constructors > 1 || destructors > 1 {
        out.facts.push(Fact::has(Capability::Hooks, format!("{constructors} load-time functions"), 0));
    }
    if count(DT_PREINIT_ARRAYSZ) != 0 && elf.tag(DT_PREINIT_ARRAY).is_some() {
        let note = format!("{} pre-initialisation functions", count(DT_PREINIT_ARRAYSZ));
        out.findings.push(PREINIT.finding(placed(0, 0, note)));
    }
    let mut functions: Vec<u64> = elf.tag(DT_INIT).into_iter().collect();
    if let Some(at) = elf.tag(DT_INIT_ARRAY) {
        // Zero and -1 are placeholders; a relocation may replace them, as it may replace any of them in a PIE.
        let pointers = elf.pointers(at, elf.tag(DT_INIT_ARRAYSZ).unwrap_or(0));
        functions.extend(pointers.into_iter().filter(|p| *p != 0 && *p != u64::MAX && *p != u64::from(u32::MAX)));
    }
    let odd = |f: &&u64| elf.segment_at(**f).is_some_and(|s| s.p_flags & PF_X == 0);
    if let Some(function) = functions.iter().find(odd) {
        let note = format!("function at {function:#x} is in a segment that is not executable");
        out.findings.push(ODD_INIT.finding(placed(0, 0, note)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::native::testing::{ElfBuilder, MachBuilder, PeBuilder, check, ids};

    #[test]
    fn the_shape_of_xz_5_6_1_is_high() {
        let mut elf = ElfBuilder::library();
        elf.texts = vec![(14, "liblzma.so.5")];
        elf.ifuncs = vec!["lzma_crc32", "lzma_crc64"];
        assert_eq!(ids(&check(&Init, FileKind::Elf, "liblzma.so.5", &elf.build())), ["elf-ifunc"]);
        elf.needed.push("ld-linux-x86-64.so.2");
        assert_eq!(ids(&check(&Init, FileKind::Elf, "liblzma.so.5", &elf.build())), ["elf-ifunc-with-loader"]);
        elf.texts = vec![(14, "libm.so.6")];
        assert_eq!(ids(&check(&Init, FileKind::Elf, "libm.so.6", &elf.build())), ["elf-ifunc"]);
    }

    #[test]
    fn a_resolver_that_goes_far_is_told_and_one_that_asks_is_not() {
        let mut elf = ElfBuilder::library();
        elf.ifuncs = vec!["crc"];
        // call +11, ret; three times; then call *rax.
        let step = [&[0xe8, 0x0b, 0, 0, 0, 0xc3][..], &[0x90; 10]].concat();
        elf.code = [step.repeat(3), vec![0xff, 0xd0, 0xc3]].concat();
        let far = check(&Init, FileKind::Elf, "x.so", &elf.build());
        assert_eq!(ids(&far), ["elf-ifunc", "elf-ifunc-reaches-far"]);
        elf.code = [step, vec![0x0f, 0xa2, 0xc3]].concat();
        assert_eq!(ids(&check(&Init, FileKind::Elf, "x.so", &elf.build())), ["elf-ifunc"]);
    }

    #[test]
    fn a_resolver_behind_a_hundred_harmless_ones_is_followed() {
        let mut elf = ElfBuilder::library();
        elf.irelative = 100;
        let step = [&[0xe8, 0x0b, 0, 0, 0, 0xc3][..], &[0x90; 10]].concat();
        elf.code = [vec![0xc3; 0x100], step.repeat(3), vec![0xff, 0xd0, 0xc3]].concat();
        let mut bytes = elf.build();
        let row = [ElfBuilder::DATA, 37, ElfBuilder::CODE].map(u64::to_le_bytes).concat();
        let at = memchr::memmem::find(&bytes, &row).unwrap();
        for i in 0..100 {
            let place = ElfBuilder::CODE + if i == 99 { 0x100 } else { i };
            bytes[at + 24 * i as usize + 16..][..8].copy_from_slice(&place.to_le_bytes());
        }
        assert_eq!(ids(&check(&Init, FileKind::Elf, "x.so", &bytes)), ["elf-ifunc", "elf-ifunc-reaches-far"]);
    }

    #[test]
    fn what_is_not_followed_to_its_end_is_a_gap() {
        let mut elf = ElfBuilder::library();
        elf.ifuncs = vec!["crc"];
        elf.code = [[0xe8, 0, 0, 0, 0].repeat(600), vec![0xc3]].concat();
        let notes = check(&Init, FileKind::Elf, "x.so", &elf.build());
        assert_eq!(ids(&notes), ["elf-ifunc"]);
        assert_eq!(notes.gaps.iter().map(|g| g.reason).collect::<Vec<_>>(), [GapReason::Limit]);
    }

    #[test]
    fn resolvers_without_symbols_are_counted_by_relocations() {
        let mut elf = ElfBuilder::library();
        elf.irelative = 3;
        let notes = check(&Init, FileKind::Elf, "x.so", &elf.build());
        assert_eq!(ids(&notes), ["elf-ifunc"]);
        assert!(notes.findings[0].evidence[0].note.contains("3 IRELATIVE"));
    }

    #[test]
    fn constructors_are_facts_unless_they_lie_in_data() {
        let mut elf = ElfBuilder::library();
        elf.init_array = vec![ElfBuilder::CODE, ElfBuilder::CODE + 4];
        let notes = check(&Init, FileKind::Elf, "x.so", &elf.build());
        assert!(notes.findings.is_empty());
        assert_eq!(notes.facts.len(), 1);
        elf.init_array.push(ElfBuilder::DATA + 4);
        assert_eq!(ids(&check(&Init, FileKind::Elf, "x.so", &elf.build())), ["elf-init-outside-code"]);
    }

    #[test]
    fn tls_callbacks_are_seen() {
        let mut pe = PeBuilder::program();
        pe.tls_callbacks = vec![0x1_4000_1000];
        assert_eq!(ids(&check(&Init, FileKind::Pe, "x.exe", &pe.build())), ["pe-tls-callback-few-imports"]);
        pe.imports = vec![("kernel32.dll", vec!["A1", "B1", "C1", "D1", "E1"])];
        assert_eq!(ids(&check(&Init, FileKind::Pe, "x.exe", &pe.build())), ["pe-tls-callback"]);
    }

    #[test]
    fn macho_initialisers_are_facts() {
        let mut mach = MachBuilder::library();
        mach.initialisers = 4;
        assert_eq!(check(&Init, FileKind::MachO, "x.dylib", &mach.build()).facts.len(), 1);
    }
}

//! Linux kernel modules that hook what lists files, processes and connections.
//!
//! A rootkit in the kernel hides by standing between the kernel's listing functions and their callers: it finds their
//! addresses (`kallsyms_lookup_name`, kprobes), patches or traces them, and filters what comes back. Known uses:
//! Melofee, Reptile, Diamorphine, `khook` and `ftrace` rootkits. Honest look-alikes: tracing modules (Falco, sysdig,
//! SystemTap) use kprobes and tracepoints, and name none of the listing functions together with them.
//!
//! References: ATT&CK T1014, T1547.006; <https://docs.kernel.org/trace/kprobes.html>.

use goblin::elf::header::ET_REL;

use super::placed;
use crate::analyze::{Heuristic, Notes};
use crate::model::{FileKind, Rule};
use crate::parse::Parsed;
use crate::rule;

rule! {
    /// A kernel module that looks up kernel functions by name or probes and patches them while they run. Known uses:
    /// kernel rootkits. Honest look-alikes: tracing and security modules, live patches, file system drivers.
    pub(super) HOOKS = "kernel-module-hooks" in "bin/rootkit-kmod";
    severity: Medium, confidence: Likely,
    title: "A kernel module hooks kernel functions",
    reference: "https://attack.mitre.org/techniques/T1547/006/",
}

rule! {
    /// A kernel module that hooks kernel functions and names the ones that list folders, processes or connections:
    /// what it filters cannot be seen on the host any more. Known uses: Melofee, `FontOnLake`, Reptile, Diamorphine. Honest
    /// look-alikes: none is known.
    pub(super) ROOTKIT = "kernel-module-rootkit" in "bin/rootkit-kmod";
    severity: High, confidence: Likely,
    title: "A kernel module hooks what lists files, processes or connections",
    reference: "https://attack.mitre.org/techniques/T1014/",
}

rule! {
    /// A kernel module that hooks what lists files, processes or connections, and gives whoever asks in its way another
    /// user's rights. Known uses: Reptile, Diamorphine, Melofee. Honest look-alikes: none is known; tracing modules change
    /// nobody's rights, and security modules are asked by the kernel and hook nothing.
    pub(super) HIDES_AND_GIVES = "kernel-module-hides-and-gives-rights" in "bin/rootkit-kmod";
    severity: Critical, confidence: Certain,
    title: "A kernel module hides things and hands out rights",
    reference: "https://attack.mitre.org/techniques/T1014/",
}

/// What changes a process's rights.
const RIGHTS: &[&str] = &["commit_creds", "prepare_kernel_cred", "override_creds"];

const HOOKING: &[&str] = &[
    "register_kprobe",
    "register_kretprobe",
    "kallsyms_lookup_name",
    "kallsyms_on_each_symbol",
    "register_ftrace_function",
    "ftrace_set_filter_ip",
    "set_memory_rw",
    "lookup_address",
];
const LISTING: &[&str] = &[
    "sys_getdents",
    "iterate_dir",
    "tcp4_seq_show",
    "tcp6_seq_show",
    "udp4_seq_show",
    "fillonedir",
    "filldir64",
    "compat_filldir",
    "next_tgid",
    "find_task_by_vpid",
];

/// Looks into kernel modules.
pub(super) struct KernelModules;

impl Heuristic for KernelModules {
    fn rules(&self) -> &'static [&'static Rule] {
        const { &[&HOOKS, &ROOTKIT, &HIDES_AND_GIVES] }
    }

    fn applies(&self, kind: FileKind) -> bool {
        kind == FileKind::Elf
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        let Some(Ok(elf)) = file.elf() else { return };
        let module = elf.sections.iter().any(|s| s.name == b".gnu.linkonce.this_module" || s.name == b".modinfo");
        let Some(image) = file.images().first().filter(|_| module && elf.header.e_type == ET_REL) else { return };
        let hooking = image.imported(HOOKING);
        if hooking.is_empty() {
            return;
        }
        let named = |n: &&str| file.view().holds(n.as_bytes());
        let listing: Vec<&str> = LISTING.iter().copied().filter(|n| named(n)).collect();
        let rule = if listing.is_empty() { &HOOKS } else { &ROOTKIT };
        let mut note = format!("imports {}", hooking.join(", "));
        if !listing.is_empty() {
            note.push_str(&format!("; names {}", listing.join(", ")));
        }
        let rights = image.imported(RIGHTS);
        if !listing.is_empty() && rights.contains(&"commit_creds") {
            let note = format!("{note}; imports {}", rights.join(", "));
            out.findings.push(HIDES_AND_GIVES.finding(placed(0, 0, note)));
        }
        out.findings.push(rule.finding(placed(0, 0, note)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::native::testing::{ElfBuilder, check, ids};

    #[test]
    fn a_module_is_graded_by_what_it_hooks() {
        let run = |imports: &[&str], data: &[u8]| {
            ids(&check(&KernelModules, FileKind::Elf, "x.ko", &ElfBuilder::module(imports, data)))
        };
        assert!(run(&["printk"], b"tcp4_seq_show filldir64").is_empty());
        assert_eq!(run(&["register_kprobe"], b"sys_clone"), ["kernel-module-hooks"]);
        assert_eq!(run(&["kallsyms_lookup_name"], b"tcp4_seq_show\0filldir64"), ["kernel-module-rootkit"]);
        let both = ["kernel-module-hides-and-gives-rights", "kernel-module-rootkit"];
        assert_eq!(run(&["register_kretprobe", "commit_creds"], b"tcp4_seq_show"), both);
        assert_eq!(run(&["register_kretprobe", "commit_creds"], b"do_exit"), ["kernel-module-hooks"]);
        let program = ElfBuilder::program().build();
        assert!(check(&KernelModules, FileKind::Elf, "x", &program).findings.is_empty());
    }
}

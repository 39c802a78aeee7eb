//! What a binary takes from the system, and sets of imports that only some programs need together.
//!
//! One import is a capability and becomes a fact. Sets are graded: the functions that put code into another process,
//! those that detect a debugger, those that read the keyboard, and libraries that replace the C library's own
//! functions to hide files or steal passwords. Dynamic imports only: a static or Go program shows none.
//!
//! References: ATT&CK T1055, T1622, T1056.001, T1574.006.

use super::{placed, shown};
use crate::analyze::{Heuristic, Notes};
use crate::model::{Capability, Fact, FileKind, Rule};
use crate::parse::Parsed;
use crate::parse::native::Image;
use crate::rule;

rule! {
    /// The imports that write memory into another process and start it there: allocate, write, run. Known uses:
    /// loaders of stealers and remote-access tools (ATT&CK T1055). Honest look-alikes: debuggers, profilers (py-spy),
    /// security tools, crash reporters, input tools.
    pub(super) INJECT = "native-process-injection-imports" in "bin/inject";
    severity: Medium, confidence: Likely,
    title: "Imports what puts code into another process",
    reference: "https://attack.mitre.org/techniques/T1055/",
}

rule! {
    /// Several functions that detect or hinder a debugger, beyond the one that every C runtime on Windows imports.
    /// Known uses: stealers, loaders, protected programs. Honest look-alikes: crash reporters, copy protection,
    /// debuggers themselves.
    pub(super) ANTI_DEBUG = "native-anti-debug-imports" in "bin/anti-debug";
    severity: Low, confidence: Likely,
    title: "Imports several functions that detect a debugger",
    reference: "https://attack.mitre.org/techniques/T1622/",
}

rule! {
    /// Hooks or polls the keyboard, and can talk to the network. Known uses: key loggers. Honest look-alikes: remote
    /// desktops, games, hot-key and accessibility tools.
    pub(super) KEYS = "native-keyboard-and-network" in "cred/keylog-screen";
    severity: Medium, confidence: Hint,
    title: "Imports keyboard capture and network functions",
    reference: "https://attack.mitre.org/techniques/T1056/001/",
}

rule! {
    /// A library that offers functions of the C library under their own names and looks up the real ones with `dlsym`:
    /// made to be preloaded, so that every program calls it instead. Directory listing together with file functions is
    /// what hides files. Known uses: bdvl, Symbiote, Jynx, Medusa. Honest look-alikes: fakeroot, fakechroot, libasan,
    /// proxychains, faketime.
    pub(super) PRELOAD = "elf-preload-hooks" in "bin/preload-hook";
    severity: Medium, confidence: Likely,
    title: "Replaces functions of the C library",
    reference: "https://attack.mitre.org/techniques/T1574/006/",
}

rule! {
    /// A preloaded library that replaces directory listing and also log-in, network-accept or packet-capture functions:
    /// it hides files and opens a way in. Known uses: bdvl, Azazel, Symbiote, Father. Honest look-alikes: none is known.
    pub(super) ROOTKIT = "elf-preload-rootkit" in "bin/preload-hook";
    severity: High, confidence: Likely,
    title: "Hides files and hooks log-ins or connections from a preloaded library",
    reference: "https://attack.mitre.org/techniques/T1014/",
}

rule! {
    /// A library that by its name only computes (compression, pictures, fonts, mathematics) imports socket functions.
    /// Known uses: the trojanised `libffmpeg.dylib` of 3CX. Honest look-alikes: media libraries that open URLs.
    pub(super) NET_IN_LIB = "native-network-in-quiet-library" in "bin/net-in-quiet-lib";
    severity: Low, confidence: Hint,
    title: "A computing library imports network functions",
    reference: "https://attack.mitre.org/techniques/T1195/002/",
}

const ANTI_DEBUG_NAMES: &[&str] = &[
    "CheckRemoteDebuggerPresent",
    "NtQueryInformationProcess",
    "ZwQueryInformationProcess",
    "NtSetInformationThread",
    "ZwSetInformationThread",
    "NtQueryObject",
    "DbgUiRemoteBreakin",
    "NtRemoveProcessDebug",
    "BlockInput",
];
const KEY_NAMES: &[&str] = &[
    "SetWindowsHookEx",
    "GetAsyncKeyState",
    "GetKeyboardState",
    "RegisterRawInputDevices",
    "CGEventTapCreate",
    "XQueryKeymap",
    "XRecordEnableContext",
];
const NETWORK_NAMES: &[&str] = &[
    "connect",
    "getaddrinfo",
    "gethostbyname",
    "socket",
    "WSAStartup",
    "WSAConnect",
    "InternetOpen",
    "InternetOpenUrl",
    "InternetConnect",
    "HttpSendRequest",
    "WinHttpOpen",
    "WinHttpConnect",
    "WinHttpSendRequest",
    "URLDownloadToFile",
    "curl_easy_perform",
    "curl_easy_init",
    "CFHTTPMessageCreateRequest",
    "CFStreamCreatePairWithSocketToHost",
    "nw_connection_create",
    "DnsQuery_",
    "res_query",
    "res_search",
    "SSL_connect",
    "accept",
    "accept4",
    "listen",
    "pcap_open_live",
];
const SPAWN_NAMES: &[&str] = &[
    "execve",
    "execv",
    "execvp",
    "execvpe",
    "execl",
    "execlp",
    "execle",
    "fexecve",
    "execveat",
    "system",
    "popen",
    "posix_spawn",
    "posix_spawnp",
    "fork",
    "vfork",
    "CreateProcess",
    "CreateProcessAsUser",
    "CreateProcessWithLogon",
    "ShellExecute",
    "ShellExecuteEx",
    "WinExec",
    "NSTask",
];
const DYNAMIC_NAMES: &[&str] = &[
    "dlopen",
    "dlmopen",
    "dlsym",
    "LoadLibrary",
    "LoadLibraryEx",
    "GetProcAddress",
    "LdrLoadDll",
    "LdrGetProcedureAddress",
    "mprotect",
    "memfd_create",
    "VirtualProtect",
    "VirtualAllocEx",
    "NSCreateObjectFileImageFromMemory",
];
const CREDENTIAL_NAMES: &[&str] = &[
    "CryptUnprotectData",
    "CredEnumerate",
    "CredRead",
    "LsaRetrievePrivateData",
    "SecKeychainFindGenericPassword",
    "SecKeychainItemCopyContent",
    "SecItemCopyMatching",
    "secret_password_lookup_sync",
    "pam_authenticate",
    "getspnam",
];
const HOOKS: &[&str] = &[
    "open",
    "openat",
    "fopen",
    "stat",
    "lstat",
    "fstat",
    "__xstat",
    "__lxstat",
    "__fxstat",
    "access",
    "unlink",
    "unlinkat",
    "rename",
    "rmdir",
    "opendir",
    "fdopendir",
    "chdir",
    "readlink",
    "execve",
    "write",
    "kill",
];
const WAYS_IN: &[&str] = &[
    "accept",
    "accept4",
    "pam_authenticate",
    "pam_acct_mgmt",
    "pam_open_session",
    "pam_sm_authenticate",
    "pam_get_item",
    "getspnam",
    "pcap_loop",
    "recvmsg",
    "crypt",
    "getpwnam",
    "getpwnam_r",
    "pututline",
    "pututxline",
    "updwtmp",
    "updwtmpx",
    "hosts_access",
];
const QUIET: &[&str] = &[
    "libz.",
    "zlib",
    "liblzma",
    "libbz2",
    "libzstd",
    "liblz4",
    "libbrotli",
    "libpng",
    "libjpeg",
    "libturbojpeg",
    "libwebp",
    "libtiff",
    "libgif",
    "libopenjp2",
    "libfreetype",
    "libharfbuzz",
    "libopenblas",
    "libgfortran",
    "libquadmath",
    "libm.",
    "libffmpeg",
    "ffmpeg.dll",
    "libsnappy",
    "libdeflate",
    "libxxhash",
    "libvorbis",
    "libopus",
    "libdav1d",
    "libaom",
    "libde265",
    "libsharpyuv",
    "d3dcompiler",
];

/// Reads the import and export tables.
pub(super) struct Imports;

impl Heuristic for Imports {
    fn rules(&self) -> &'static [&'static Rule] {
        const { &[&INJECT, &ANTI_DEBUG, &KEYS, &PRELOAD, &ROOTKIT, &NET_IN_LIB] }
    }

    fn applies(&self, kind: FileKind) -> bool {
        kind.is_executable()
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        out.facts.push(Fact::has(Capability::Native, file.kind().word(), 0));
        for image in file.images() {
            if image.imports.is_empty() {
                continue;
            }
            let network = image.imported(NETWORK_NAMES);
            let sets = [
                (Capability::Network, network.clone()),
                (Capability::Spawns, image.imported(SPAWN_NAMES)),
                (Capability::DynamicCode, image.imported(DYNAMIC_NAMES)),
                (Capability::Credentials, image.imported(CREDENTIAL_NAMES)),
            ];
            for (capability, names) in sets {
                out.facts.extend(names.into_iter().map(|n| Fact::has(capability, n, image.start)));
            }
            check_sets(image, &network, out);
            let name = file.base_name().to_ascii_lowercase();
            if !network.is_empty() && QUIET.iter().any(|q| name.starts_with(q)) {
                let note = format!("{} imports {}", shown(name.as_bytes()), network.join(", "));
                out.findings.push(NET_IN_LIB.finding(placed(image.start, 0, note)));
            }
        }
        if let Some(Ok(elf)) = file.elf()
            && elf.is_library()
        {
            for image in file.images() {
                check_preload(image, out);
            }
        }
    }
}

fn check_sets(image: &Image<'_>, network: &[&str], out: &mut Notes) {
    let at = image.start;
    let write =
        image.imported(&["WriteProcessMemory", "NtWriteVirtualMemory", "ZwWriteVirtualMemory", "NtMapViewOfSection"]);
    let run = image.imported(&[
        "CreateRemoteThread",
        "CreateRemoteThreadEx",
        "NtCreateThreadEx",
        "RtlCreateUserThread",
        "QueueUserAPC",
        "NtQueueApcThread",
        "SetThreadContext",
        "Wow64SetThreadContext",
    ]);
    let room =
        image.imported(&["VirtualAllocEx", "NtAllocateVirtualMemory", "NtUnmapViewOfSection", "ZwUnmapViewOfSection"]);
    // `VirtualAllocEx` is compared whole: without `Ex` it is memory of one's own.
    let mach = image.imported(&["task_for_pid", "mach_vm_write", "thread_create_running"]);
    let linux = image.imported(&["process_vm_writev", "ptrace"]);
    let triple = !write.is_empty() && !run.is_empty() && !room.is_empty();
    if triple || mach.len() == 3 || linux.len() == 2 {
        let names = [write, room, run, mach, linux].concat().join(", ");
        out.findings.push(INJECT.finding(placed(at, 0, format!("imports {names}"))));
    }
    let debug = image.imported(ANTI_DEBUG_NAMES);
    if debug.len() >= 2 {
        out.findings.push(ANTI_DEBUG.finding(placed(at, 0, format!("imports {}", debug.join(", ")))));
    }
    let keys = image.imported(KEY_NAMES);
    if keys.len() >= 2 && !network.is_empty() {
        let note = format!("imports {} and {}", keys.join(", "), network.join(", "));
        out.findings.push(KEYS.finding(placed(at, 0, note)));
    }
}

fn check_preload(image: &Image<'_>, out: &mut Notes) {
    if image.imported(&["dlsym", "dlvsym", "__libc_dlsym"]).is_empty() {
        return;
    }
    let exported = |names: &[&'static str]| -> Vec<&'static str> {
        let has =
            |n: &&str| image.exports.iter().any(|e| *e == n.as_bytes() || e.strip_suffix(b"64") == Some(n.as_bytes()));
        names.iter().copied().filter(has).collect()
    };
    let listing = exported(&["readdir"]);
    let hooks = exported(HOOKS);
    let ways = exported(WAYS_IN);
    if listing.is_empty() || hooks.len() < 3 {
        return;
    }
    // Sanitizers replace thousands of functions, among them all of these; what hides replaces a few dozen.
    let rule = if ways.is_empty() || image.exports.len() > 400 { &PRELOAD } else { &ROOTKIT };
    let note = format!("exports {} and imports dlsym", [listing, hooks, ways].concat().join(", "));
    out.findings.push(rule.finding(placed(0, 0, note)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::native::testing::{ElfBuilder, MachBuilder, PeBuilder, check, ids};
    use crate::model::FactKind;

    #[test]
    fn imports_become_facts() {
        let mut elf = ElfBuilder::program();
        elf.imports = vec!["socket", "connect", "execve", "dlopen", "printf"];
        let notes = check(&Imports, FileKind::Elf, "tool", &elf.build());
        assert!(notes.findings.is_empty());
        let has = |c, v: &str| notes.facts.iter().any(|f| f.kind == FactKind::Has(c, v.into()));
        assert!(has(Capability::Network, "connect") && has(Capability::Spawns, "execve"));
        assert!(has(Capability::DynamicCode, "dlopen") && has(Capability::Native, "elf"));
    }

    #[test]
    fn the_injection_triple_is_seen_and_two_of_it_are_not() {
        let mut pe = PeBuilder::program();
        pe.imports = vec![("kernel32.dll", vec!["VirtualAllocEx", "WriteProcessMemory", "CreateRemoteThread"])];
        assert_eq!(ids(&check(&Imports, FileKind::Pe, "x.exe", &pe.build())), ["native-process-injection-imports"]);
        pe.imports = vec![("kernel32.dll", vec!["VirtualAlloc", "WriteProcessMemory", "CreateRemoteThread"])];
        assert!(check(&Imports, FileKind::Pe, "x.exe", &pe.build()).findings.is_empty());
    }

    #[test]
    fn keyboard_with_network_is_seen() {
        let mut pe = PeBuilder::program();
        pe.imports =
            vec![("user32.dll", vec!["SetWindowsHookExW", "GetAsyncKeyState"]), ("ws2_32.dll", vec!["connect"])];
        assert_eq!(ids(&check(&Imports, FileKind::Pe, "x.exe", &pe.build())), ["native-keyboard-and-network"]);
    }

    #[test]
    fn a_preloaded_rootkit_is_high_and_a_wrapper_is_medium() {
        let mut elf = ElfBuilder::library();
        elf.imports = vec!["dlsym"];
        elf.exports = vec!["readdir", "readdir64", "open", "fopen", "__xstat"];
        assert_eq!(ids(&check(&Imports, FileKind::Elf, "x.so", &elf.build())), ["elf-preload-hooks"]);
        elf.exports.push("accept");
        assert_eq!(ids(&check(&Imports, FileKind::Elf, "x.so", &elf.build())), ["elf-preload-rootkit"]);
        elf.exports.extend(["__asan_poison"; 400]);
        assert_eq!(ids(&check(&Imports, FileKind::Elf, "libasan.so", &elf.build())), ["elf-preload-hooks"]);
        elf.imports.clear();
        assert!(check(&Imports, FileKind::Elf, "libc.so.6", &elf.build()).findings.is_empty());
    }

    #[test]
    fn network_in_a_codec_is_seen() {
        let mut mach = MachBuilder::library();
        mach.imports = vec!["connect"];
        let bytes = mach.build();
        assert_eq!(
            ids(&check(&Imports, FileKind::MachO, "libffmpeg.dylib", &bytes)),
            ["native-network-in-quiet-library"]
        );
        assert!(check(&Imports, FileKind::MachO, "libnet.dylib", &bytes).findings.is_empty());
    }
}

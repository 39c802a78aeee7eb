//! Rows of what a program brings with it and puts where it will run: modules of the kernel, programs that it decodes into
//! hidden files or into memory, libraries that a library fetches; and of passwords that a module of log-ins keeps.

use super::deeds::CHECKS;
use super::harm::{GO_FETCHES, GO_STARTS};
use super::rows::What::{self, Calls, Names};
use super::rows::{EXECUTES, ROW, Row};
use super::unasked::FETCHED_UNWATCHED;
use crate::parse::native::{Image, stem};
use crate::rule;

rule! {
    /// One function hands the kernel a module that lies in memory, and has it loaded whenever the machine starts. Known uses:
    /// droppers of kernel rootkits. Honest look-alikes: none is known; what loads modules when the machine starts reads them
    /// from files, and drivers are put in place by packages.
    pub(super) MODULE_KEPT = "native-carried-module-kept" in "bin/rootkit-kmod";
    severity: High, confidence: Likely,
    title: "Loads a kernel module from memory, and has it loaded at every start",
    reference: "https://attack.mitre.org/techniques/T1547/006/",
}

rule! {
    /// As `native-carried-module-kept`, where the module is decoded first. Known uses: droppers of kernel rootkits. Honest
    /// look-alikes: none is known.
    pub(super) MODULE_DECODED = "native-decoded-module-kept" in "bin/rootkit-kmod";
    severity: Critical, confidence: Certain,
    title: "Decodes a kernel module, loads it, and has it loaded at every start",
    reference: "https://attack.mitre.org/techniques/T1547/006/",
}

rule! {
    /// One function turns bytes into others, writes them into a hidden file of a folder for temporary files, makes that
    /// executable and starts it. Known uses: droppers. Honest look-alikes: none is known; what unpacks a helper hides
    /// nothing, and what is in a hidden folder there are sockets.
    pub(super) DECODED_HIDDEN = "native-decoded-hidden-file-started" in "exec/decode-exec";
    severity: Critical, confidence: Certain,
    title: "Decodes a program into a hidden temporary file and starts it",
    reference: "https://attack.mitre.org/techniques/T1027/009/",
}

rule! {
    /// A program in Go decrypts something and starts it under the name of an open file of its own, which is none of the
    /// disk. Known uses: crypters (`ezuri` and its kin). Honest look-alikes: none is known; container runtimes start a copy
    /// of their own file so, and decrypt nothing.
    pub(super) DECRYPTED_FILELESS = "native-decrypted-runs-from-memory" in "exec/decode-exec";
    severity: Critical, confidence: Certain,
    title: "Decrypts a program and starts it from memory",
    reference: "https://attack.mitre.org/techniques/T1620/",
}

rule! {
    /// One function of a library finds a client of the network by name while it runs, has it fetch into a file below the
    /// user's folder, and loads a library by a path that it made. Known uses: trojanised extension modules. Honest
    /// look-alikes: none is known; what loads plug-ins does not fetch them in the same function.
    pub(super) LIBRARY_FETCHES = "native-library-loads-fetched-library" in "exec/download-run";
    severity: High, confidence: Likely,
    title: "A library fetches another and loads it",
    reference: "https://attack.mitre.org/techniques/T1105/",
}

rule! {
    /// A module of log-ins asks for the password, turns it into other bytes and appends those to a file or sends them. Known
    /// uses: back doors that keep the passwords of a machine. Honest look-alikes: what compares passwords has a library make
    /// a digest; modules that open a wallet or a home with it hand it on as it is.
    pub(super) PASSWORD_KEPT = "native-login-password-kept" in "bin/auth-path-touch";
    severity: Critical, confidence: Certain,
    title: "A module of log-ins encodes passwords and keeps them",
    reference: "https://attack.mitre.org/techniques/T1556/003/",
}

rule! {
    /// One function decodes the name of a library on its stack, loads it, asks for functions of it, and looks whether
    /// somebody debugs it. Known uses: loaders. Honest look-alikes: guards of licences and of games, which are for a person
    /// to look at too.
    pub(super) HIDDEN_UNWATCHED = "native-hidden-library-unless-watched" in "bin/strings-encrypted";
    severity: High, confidence: Likely,
    title: "Decodes the name of a library and loads it unless it is watched",
    reference: "https://attack.mitre.org/techniques/T1027/007/",
}

const AT_START: &[What] = &[Names("/etc/modules-load.d"), Names("/lib/modules-load.d"), Names("/etc/modules")];
const OPENS: &[What] = &[Calls("fopen"), Calls("open"), Calls("openat"), Calls("creat"), Calls("fopen64")];
const PUTS: &[What] = &[Calls("fwrite"), Calls("write"), Calls("fputs"), Calls("pwrite")];
const HIDDEN_FILES: &[What] = &[Names("/tmp/."), Names("/var/tmp/."), Names("/dev/shm/.")];
const OWN_FILES: &[What] =
    &[Names("/proc/self/fd/"), Names("/proc/%d/fd/"), Names("/proc/%v/fd/"), Names("/proc/%i/fd/")];
const DECRYPTS: &[What] = &[
    Calls("crypto/cipher.NewCFBDecrypter"),
    Calls("crypto/cipher.newCFB"),
    Calls("crypto/cipher.NewCTR"),
    Calls("crypto/cipher.NewCBCDecrypter"),
    Calls("crypto/cipher.NewOFB"),
    Calls("crypto/cipher.NewGCM"),
    Calls("crypto/rc4.NewCipher"),
    Calls("crypto/rc4.(*Cipher).XORKeyStream"),
    Calls("golang.org/x/crypto/chacha20.NewUnauthenticatedCipher"),
    Calls("golang.org/x/crypto/chacha20poly1305.New"),
];
const STARTS_FILES: &[What] = &[
    Calls("syscall.ForkExec"),
    Calls("syscall.forkExec"),
    Calls("syscall.Exec"),
    Calls("syscall.StartProcess"),
    Calls("os.StartProcess"),
    Calls("os/exec.Command"),
];
const BELOW_HOME: &[What] = &[
    Names(".cache/"),
    Names(".local/"),
    Names(".config/"),
    Names("/tmp/"),
    Names("/var/tmp/"),
    Names("/dev/shm/"),
    Names("/Library/Caches/"),
];
const CLIENTS: &[What] = &[Names("curl_easy_perform"), Calls("curl_easy_perform")];
const PASSWORDS: &[What] = &[Calls("pam_get_authtok"), Calls("pam_get_item")];

fn is_small_library(image: &Image<'_>) -> bool {
    image.library && image.imports.len() < 200 && image.exports.len() < 400
}

/// A module that `pam` asks whether somebody may log in, and that knows nothing of digests.
fn logs_in(image: &Image<'_>) -> bool {
    const KNOWS: &[&str] = &["crypt", "crypt_r", "crypt_rn", "getspnam", "getspnam_r", "gcry_cipher_open"];
    is_small_library(image)
        && image.exports.iter().any(|e| stem(e) == b"pam_sm_authenticate")
        && image.imported(KNOWS).is_empty()
}

pub(super) const BROUGHT: &[Row] = &[
    Row { rule: &MODULE_KEPT, window: 900, needs: &[&[Calls("init_module")], AT_START, OPENS, PUTS], ..ROW },
    Row {
        rule: &MODULE_DECODED,
        window: 900,
        needs: &[&[Calls("init_module")], AT_START, OPENS, PUTS],
        turned: true,
        ..ROW
    },
    Row {
        rule: &DECODED_HIDDEN,
        window: 900,
        needs: &[PUTS, HIDDEN_FILES, &[Calls("chmod"), Calls("fchmod")], EXECUTES],
        turned: true,
        ..ROW
    },
    Row {
        rule: &DECRYPTED_FILELESS,
        window: 1200,
        needs: &[OWN_FILES, DECRYPTS, STARTS_FILES],
        without: &[Names("/proc/self/exe")],
        ..ROW
    },
    Row {
        rule: &LIBRARY_FETCHES,
        window: 1200,
        needs: &[&[Calls("dlopen")], CLIENTS, OPENS, BELOW_HOME],
        only: is_small_library,
        ..ROW
    },
    Row {
        rule: &PASSWORD_KEPT,
        window: 900,
        needs: &[
            &[Calls("fwrite"), Calls("fputs"), Calls("write"), Calls("sendto"), Calls("send")],
            PASSWORDS,
            &[Calls("fopen"), Calls("open"), Calls("openat"), Calls("socket")],
        ],
        turned: true,
        only: logs_in,
        ..ROW
    },
    Row {
        rule: &HIDDEN_UNWATCHED,
        window: 900,
        needs: &[
            &[Calls("LoadLibrary"), Calls("LoadLibraryEx")],
            &[Calls("GetProcAddress")],
            &[Calls("IsDebuggerPresent"), Calls("CheckRemoteDebuggerPresent"), Calls("NtQueryInformationProcess")],
        ],
        decodes: true,
        decodes_by_call: true,
        ..ROW
    },
    Row {
        rule: &FETCHED_UNWATCHED,
        window: 2500,
        needs: &[
            &[Names("TracerPid")],
            GO_FETCHES,
            GO_STARTS,
            &[Calls("os.OpenFile"), Calls("os.WriteFile"), Calls("os.Chmod"), Calls("os.CreateTemp")],
        ],
        without: CHECKS,
        joins: Some(1),
        ..ROW
    },
];

#[cfg(test)]
mod tests {
    use super::super::tests::{Step, run};
    use crate::analyze::native::testing::ElfBuilder;

    /// xor al, 0x5a; mov [rdi + rcx], al; inc rcx; cmp rcx, 32; jb back
    const TURNS: &[u8] = b"\x34\x5a\x88\x04\x0f\x48\xff\xc1\x48\x83\xf9\x20\x72\xf2";

    #[test]
    fn a_module_of_the_kernel_that_is_kept_is_told() {
        let imports = || vec!["init_module", "fopen", "fwrite", "malloc", "read"];
        let data = b"/etc/modules-load.d/fan.conf\0";
        let told = |steps: &[Step]| run(ElfBuilder::program(), imports(), data, steps);
        let decoded = [Step::Call(3), Step::Bytes(TURNS), Step::Call(0), Step::Text(0), Step::Call(1), Step::Call(2)];
        assert_eq!(told(&decoded), ["native-carried-module-kept", "native-decoded-module-kept"]);
        let plain = [Step::Call(3), Step::Call(0), Step::Text(0), Step::Call(1), Step::Call(2)];
        assert_eq!(told(&plain), ["native-carried-module-kept"]);
        // What loads the modules that are listed there.
        assert!(told(&[Step::Text(0), Step::Call(1), Step::Call(4), Step::Call(0)]).is_empty());
    }

    #[test]
    fn a_program_that_is_decoded_into_a_hidden_file_is_told() {
        let imports = || vec!["fopen", "fwrite", "chmod", "execl"];
        let told = |data: &[u8], turns: &'static [u8]| {
            let steps = [
                Step::Gap(16),
                Step::Bytes(turns),
                Step::Text(0),
                Step::Call(0),
                Step::Call(1),
                Step::Call(2),
                Step::Call(3),
            ];
            run(ElfBuilder::program(), imports(), data, &steps)
        };
        assert_eq!(told(b"/tmp/.X11-unix/.u%d\0", TURNS), ["native-decoded-hidden-file-started"]);
        assert!(told(b"/tmp/viewer/u%d\0", TURNS).is_empty());
        // A server of the desktop has its socket there.
        assert!(told(b"/tmp/.X11-unix/X%d\0", b"\x90").is_empty());
    }

    #[test]
    fn a_module_of_log_ins_that_keeps_passwords_is_told() {
        let told = |turns: &'static [u8], more: &'static str| {
            let mut module = ElfBuilder::library();
            module.exports = vec!["pam_sm_authenticate"];
            let steps = [Step::Call(0), Step::Bytes(turns), Step::Call(1), Step::Call(2)];
            run(module, vec!["pam_get_authtok", "fopen", "fwrite", more], b"", &steps)
        };
        assert_eq!(told(TURNS, "printf"), ["native-login-password-kept"]);
        assert!(told(b"\x90", "printf").is_empty(), "what counts failures");
        assert!(told(TURNS, "crypt_r").is_empty(), "what changes passwords");
    }

    #[test]
    fn a_library_that_fetches_another_is_told() {
        let imports = || vec!["dlopen", "dlsym", "fopen"];
        let steps = [Step::Call(0), Step::Text(0), Step::Call(1), Step::Text(18), Step::Call(2), Step::Call(0)];
        let data = b"curl_easy_perform\0/.cache/q/t.idx\0";
        let told = |elf| run(elf, imports(), data, &steps);
        assert_eq!(told(ElfBuilder::library()), ["native-library-loads-fetched-library"]);
        assert!(told(ElfBuilder::program()).is_empty());
        // A client that is found by name, and no file.
        let plain = [Step::Call(0), Step::Text(0), Step::Call(1)];
        assert!(run(ElfBuilder::library(), imports(), data, &plain).is_empty());
    }
}

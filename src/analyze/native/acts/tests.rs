//! Functions of programs that are built for it, by what they call and point at.

use super::*;
use crate::analyze::native::testing::{ElfBuilder, check, ids};

#[test]
fn places_are_apart_where_a_function_begins_between_them() {
    let apart = |starts: &[u64], met: [u64; 2]| are_apart(starts, met.into_iter());
    assert!(apart(&[0, 100, 200], [110, 250]));
    assert!(!apart(&[0, 100, 200], [110, 199]));
    assert!(!apart(&[], [1, 9]));
}

#[test]
fn what_runs_before_a_program_is_known_by_its_function() {
    assert_eq!(around(&[16, 64], 70), Some(64));
    assert_eq!((around(&[16, 64], 63), around(&[16], 2), around(&[], 9)), (Some(16), None, None));
    for (name, runs) in [
        ("main.init.0", true),
        ("example.invalid/tool/inner.init.12", true),
        ("main.init.0.func1", true),
        ("main.main", false),
        ("main.(*cache).init", false),
        ("main.init", false),
    ] {
        assert_eq!(is_init(name.as_bytes()), runs, "{name}");
    }
}

/// Code that calls imported functions by their number and points at data by its place, through slots.
pub(super) fn code(steps: &[Step]) -> Vec<u8> {
    let mut out = Vec::new();
    for step in steps {
        let at = ElfBuilder::CODE + out.len() as u64;
        match step {
            Step::Call(index) => {
                out.extend([0xff, 0x15]);
                out.extend(((ElfBuilder::SLOTS + 8 * index).wrapping_sub(at + 6) as u32).to_le_bytes());
            }
            Step::Text(offset) => {
                out.extend([0x48, 0x8d, 0x3d]);
                out.extend(((ElfBuilder::DATA + offset).wrapping_sub(at + 7) as u32).to_le_bytes());
            }
            Step::Gap(len) => out.extend(vec![0x90; *len]),
            Step::Bytes(bytes) => out.extend_from_slice(bytes),
        }
    }
    out
}

pub(super) enum Step {
    Call(u64),
    Text(u64),
    Gap(usize),
    Bytes(&'static [u8]),
}

pub(super) fn run(mut elf: ElfBuilder, imports: Vec<&'static str>, data: &[u8], steps: &[Step]) -> Vec<&'static str> {
    elf.imports = imports;
    elf.calls = true;
    elf.data = data.to_vec();
    elf.code = code(steps);
    ids(&check(&Acts, FileKind::Elf, "x", &elf.build()))
}

#[test]
fn a_shell_on_a_connection_is_told_by_one_function() {
    let imports = vec!["connect", "dup2", "execve"];
    let all = [Step::Call(0), Step::Gap(40), Step::Call(1), Step::Gap(40), Step::Text(4), Step::Call(2)];
    let data = b"xyz\0/bin/sh\0";
    assert_eq!(run(ElfBuilder::program(), imports.clone(), data, &all), ["native-shell-on-connection"]);
    assert_eq!(run(ElfBuilder::library(), imports.clone(), data, &all), ["native-library-shell-on-connection"]);
    // In a library what comes before the connection belongs to something else, as in libwrap.
    let back = [Step::Call(1), Step::Text(4), Step::Call(2), Step::Gap(40), Step::Call(0)];
    assert!(run(ElfBuilder::library(), imports.clone(), data, &back).is_empty());
    assert_eq!(run(ElfBuilder::program(), imports.clone(), data, &back), ["native-shell-on-connection"]);
    // The same calls in different functions.
    let apart = [Step::Call(0), Step::Gap(3000), Step::Call(1), Step::Text(4), Step::Call(2)];
    assert!(run(ElfBuilder::program(), imports.clone(), data, &apart).is_empty());
    // Another program is started.
    assert!(run(ElfBuilder::program(), imports, b"xyz\0/bin/ls\0", &all).is_empty());
}

#[test]
fn what_is_received_and_started_from_memory_is_told() {
    let imports = vec!["memfd_create", "recv", "fexecve", "open"];
    let all = [Step::Call(0), Step::Gap(90), Step::Call(1), Step::Gap(90), Step::Call(2)];
    assert_eq!(run(ElfBuilder::program(), imports.clone(), b"", &all), ["native-received-runs-from-memory"]);
    // A container runtime copies itself.
    let own = [Step::Call(0), Step::Gap(90), Step::Call(3), Step::Gap(90), Step::Call(2)];
    assert!(run(ElfBuilder::program(), imports, b"", &own).is_empty());
}

#[test]
fn a_harmless_function_before_another_takes_nothing_out_of_sight() {
    let imports = vec!["recv", "system", "snprintf"];
    let harmless = || vec![Step::Call(0), Step::Gap(20), Step::Call(2), Step::Gap(20), Step::Call(1)];
    assert!(run(ElfBuilder::program(), imports.clone(), b"", &harmless()).is_empty());
    let mut both = harmless();
    both.extend([Step::Gap(1000), Step::Call(0), Step::Gap(20), Step::Call(1)]);
    assert_eq!(run(ElfBuilder::program(), imports, b"", &both), ["native-received-command-run"]);
}

#[test]
fn a_hook_that_gives_root_is_told() {
    let imports = vec!["dlsym", "setuid", "execl"];
    let mut elf = ElfBuilder::library();
    elf.exports = vec!["geteuid"];
    let all = [Step::Call(0), Step::Gap(20), Step::Call(1), Step::Text(0), Step::Call(2)];
    assert_eq!(run(elf, imports.clone(), b"/bin/bash\0", &all), ["native-hook-gives-root"]);
    assert!(run(ElfBuilder::library(), imports, b"/bin/bash\0", &all).is_empty());
}

#[test]
fn executable_memory_with_a_thread_is_told_by_its_protection() {
    let imports = vec!["VirtualAlloc", "CreateThread"];
    let rwx = [Step::Bytes(b"\x41\xb9\x40\0\0\0"), Step::Call(0), Step::Gap(60), Step::Call(1)];
    assert_eq!(run(ElfBuilder::program(), imports.clone(), b"", &rwx), ["native-memory-runner"]);
    let rw = [Step::Bytes(b"\x41\xb9\x04\0\0\0"), Step::Call(0), Step::Gap(60), Step::Call(1)];
    assert!(run(ElfBuilder::program(), imports, b"", &rw).is_empty());
}

#[test]
fn keys_of_the_device_are_told_with_a_network_only() {
    let steps = [Step::Text(0), Step::Call(0), Step::Gap(50), Step::Call(1)];
    let data = b"/dev/input/event0\0";
    assert_eq!(
        run(ElfBuilder::program(), vec!["read", "send", "connect"], data, &steps),
        ["native-keyboard-device-read"]
    );
    assert!(run(ElfBuilder::program(), vec!["read", "send"], data, &steps).is_empty());
}

#[test]
fn system_calls_of_a_bare_program_count() {
    let sys = |n: u8| [0xb8, n, 0, 0, 0, 0x0f, 0x05];
    let mut code = Vec::new();
    for n in [41, 42, 33, 59] {
        code.extend(sys(n));
    }
    // mov edi, imm32 would be absolute; lea rdi, [rip + n] as compilers write it.
    let text_at = code.len() as u32 + 7;
    code.extend([0x48, 0x8d, 0x3d]);
    code.extend(0u32.to_le_bytes());
    code.extend(b"/bin/sh\0");
    assert_eq!(text_at as usize, code.len() - 8);
    let notes = check(&Acts, FileKind::Elf, "x", &ElfBuilder::stub(5, &code));
    assert_eq!(ids(&notes), ["native-shell-on-connection"]);
    code.truncate(21);
    assert!(check(&Acts, FileKind::Elf, "x", &ElfBuilder::stub(5, &code)).findings.is_empty());
}

#[test]
fn any_number_of_one_text_does_not_hide_another() {
    let imports = vec!["connect", "dup2", "execve"];
    // Only the last text is a shell's that the code points at; the others fill what is kept of `cmd.exe`.
    let decoys = b"cmd.exe\0".repeat(TEXTS_MAX + 1);
    let data = [&decoys[..], b"/bin/sh\0"].concat();
    let steps = [Step::Call(0), Step::Gap(40), Step::Call(1), Step::Text(decoys.len() as u64), Step::Call(2)];
    let mut elf = ElfBuilder::program();
    (elf.imports, elf.calls, elf.data, elf.code) = (imports, true, data, code(&steps));
    let notes = check(&Acts, FileKind::Elf, "x", &elf.build());
    assert_eq!(ids(&notes), ["native-shell-on-connection"]);
    assert_eq!(notes.gaps.iter().map(|g| g.reason).collect::<Vec<_>>(), [GapReason::Limit]);
}

#[test]
fn texts_between_code_are_found_where_nothing_keeps_them_apart() {
    // One executable and one writable segment, no sections: the text stands behind the code that points at it.
    let imports = vec!["connect", "dup2", "execve"];
    let steps = [Step::Call(0), Step::Call(1), Step::Text(0), Step::Call(2)];
    let mut elf = ElfBuilder::program();
    (elf.imports, elf.calls, elf.code) = (imports, true, code(&steps));
    let text = elf.code.len() as u32;
    elf.code[15..19].copy_from_slice(&(text - 19).to_le_bytes());
    elf.code.extend(b"/bin/sh\0");
    let mut bytes = elf.build();
    bytes[60] = 0;
    bytes[40..48].fill(0);
    // The builder's first segment holds the headers alone, and is read-only.
    let header = 64 + 56;
    bytes[header..header + 4].fill(0);
    assert_eq!(ids(&check(&Acts, FileKind::Elf, "x", &bytes)), ["native-shell-on-connection"]);
}

//! Programs that can start others and say nothing.
//!
//! A program that runs commands has to hold the commands. One that imports what runs a command, holds no command that
//! can be read, and for the rest imports only what builds strings, puts its commands together while it runs: there is
//! no other text that it could hand over. Known uses: the macOS stealers of the AMOS, Poseidon and Banshee kind, whose
//! whole program is a decoder and `system`. Honest look-alikes: tiny wrappers that pass their arguments on (they read
//! them: `main`'s arguments or the environment).
//!
//! References: ATT&CK T1027.013, T1059.002.

use super::placed;
use crate::analyze::{Heuristic, Notes};
use crate::model::{FileKind, Rule};
use crate::parse::Parsed;
use crate::parse::fields::Fields;
use crate::parse::native::Image;
use crate::rule;

rule! {
    /// The program imports what runs a shell command and hardly anything else than what builds strings, and none of its
    /// texts reads like a command: the command only exists while the program runs. Known uses: AMOS, Poseidon, Banshee.
    /// Honest look-alikes: none is known; a wrapper shows its command.
    pub(super) MUTE = "native-runs-unreadable-command" in "bin/strings-encrypted";
    severity: High, confidence: Likely,
    title: "Runs a command that stands nowhere in the program",
    reference: "https://attack.mitre.org/techniques/T1027/013/",
}

/// What runs a command.
const RUNS: &[&str] = &["system", "popen"];

/// Functions that show a program has another business than running one command: it talks to files, the network, the
/// user, libraries.
const BUSINESS: &[&[u8]] = &[
    b"open",
    b"fopen",
    b"read",
    b"write",
    b"fread",
    b"fwrite",
    b"printf",
    b"fprintf",
    b"puts",
    b"puts_chk",
    b"getopt",
    b"getopt_long",
    b"getenv",
    b"socket",
    b"connect",
    b"dlopen",
    b"dlsym",
    b"opendir",
    b"stat",
    b"access",
    b"pthread_create",
    b"objc_msgSend",
    b"getline",
    b"fgets",
    b"snprintf",
    b"sprintf",
    b"vsnprintf",
    b"unlink",
    b"rename",
    b"readdir",
    b"ioctl",
    b"mmap",
    b"perror",
    b"scanf",
    b"write_chk",
    b"printf_chk",
    b"fprintf_chk",
    b"sprintf_chk",
    b"snprintf_chk",
    b"readlink",
    b"chdir",
    b"waitpid",
    b"pclose",
    b"fclose",
    b"getuid",
    b"syslog",
];

/// Most imported functions of such a program.
const IMPORTS_MAX: usize = 64;
/// Least bytes of code: less is a wrapper of a few lines.
const CODE_LEAST: u64 = 2048;
/// Bytes of a text that reads like a command.
const COMMAND_LEAST: usize = 4;

/// Looks for them.
pub(super) struct Mute;

impl Heuristic for Mute {
    fn rules(&self) -> &'static [&'static Rule] {
        const { &[&MUTE] }
    }

    fn applies(&self, kind: FileKind) -> bool {
        matches!(kind, FileKind::Elf | FileKind::MachO | FileKind::MachOFat)
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        for image in file.images() {
            let runs = image.imported(RUNS);
            if image.library || runs.is_empty() || image.imports.len() > IMPORTS_MAX {
                continue;
            }
            let bare = |name: &[u8]| name.iter().skip_while(|b| **b == b'_').copied().collect::<Vec<u8>>();
            let business = image.imports.iter().filter(|i| BUSINESS.contains(&bare(i.name).as_slice())).count();
            let code: u64 = image.regions.iter().filter(|r| r.execute).map(|r| r.len).fold(0, u64::saturating_add);
            if business > 0 || code < CODE_LEAST || speaks(file, image) {
                continue;
            }
            let note = format!(
                "imports {} and {} functions that build strings; no text of it reads like a command",
                runs.join(", "),
                image.imports.len() - runs.len()
            );
            out.findings.push(MUTE.finding(placed(image.start, 0, note)));
            // All slices of a fat file are one program.
            return;
        }
    }
}

/// Whether any text in the image's own data could be handed to a shell.
fn speaks(file: &Parsed<'_>, image: &Image<'_>) -> bool {
    let fields = Fields::new(file.bytes(), true);
    let apart = image.apart();
    // What was left out might speak.
    let (parts, cut) = image.parts(fields.len(), |r| !(is_table(r.name) || apart && r.execute));
    cut || parts.iter().any(|part| {
        let bytes = fields.available(part.offset, part.len);
        bytes.split(|b| !matches!(b, b'\t' | b'\n' | 0x20..=0x7e)).any(is_command)
    })
}

/// Sections that linkers and compilers fill.
fn is_table(name: &[u8]) -> bool {
    let tables: [&[u8]; 18] = [
        b".dynstr",
        b".dynsym",
        b".interp",
        b".note",
        b".gnu",
        b".hash",
        b".rel",
        b".eh_frame",
        b".gcc_except",
        b".comment",
        b"__unwind_info",
        b"__eh_frame",
        b"__gcc_except",
        b"__la_symbol",
        b"__got",
        b"__stub",
        b".shstrtab",
        b".strtab",
    ];
    tables.iter().any(|t| name.starts_with(t))
}

/// Whether a text reads like a command line: it begins with a word that a shell would look up (small letters, a path),
/// and has an argument, or is a path of a program.
fn is_command(text: &[u8]) -> bool {
    if text.len() < COMMAND_LEAST {
        return false;
    }
    let word = text.split(|b| *b == b' ').next().unwrap_or_default();
    let program = |w: &[u8]| !w.is_empty() && w.iter().all(|b| b.is_ascii_lowercase() || b"/._-0123456789".contains(b));
    // A library that the loader is asked for is no command.
    let library = memchr::memmem::find(text, b".so").is_some() || text.ends_with(b".dylib");
    let path = !library && text.first() == Some(&b'/') && text.iter().filter(|b| **b == b'/').count() >= 2;
    let readable = word.iter().any(u8::is_ascii_lowercase) && word.len() >= 2;
    (path || (text.contains(&b' ') && text.len() > word.len() + 1))
        && readable
        && (program(word) || text.contains(&b'%'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::native::testing::{ElfBuilder, check, ids, noise};

    fn program(imports: Vec<&'static str>, data: &[u8]) -> Vec<&'static str> {
        let mut elf = ElfBuilder::program();
        elf.imports = imports;
        elf.code = vec![0xc3; 4096];
        elf.data = data.to_vec();
        ids(&check(&Mute, FileKind::Elf, "x", &elf.build()))
    }

    #[test]
    fn a_decoder_with_system_is_told() {
        let quiet = [&b"fb9f8110d42bf9616d2a373e07de3688\0basic_string\0"[..], &noise(400)].concat();
        assert_eq!(program(vec!["system", "strlen", "memmove"], &quiet), ["native-runs-unreadable-command"]);
    }

    #[test]
    fn a_program_with_a_command_or_a_business_is_not() {
        assert!(program(vec!["system", "strlen"], b"clear screen\0").is_empty());
        assert!(program(vec!["system", "strlen"], b"/usr/bin/clear\0").is_empty());
        assert!(program(vec!["system", "printf"], b"\0").is_empty());
        assert!(program(vec!["strlen", "memmove"], b"\0").is_empty());
    }

    #[test]
    fn a_command_between_code_is_seen_where_nothing_keeps_them_apart() {
        let mut elf = ElfBuilder::program();
        elf.imports = vec!["system", "strlen"];
        elf.code = [vec![0xc3; 4096], b"\0clear screen\0".to_vec()].concat();
        let mut bytes = elf.build();
        bytes[60] = 0;
        bytes[40..48].fill(0);
        // The builder's first segment holds the headers alone, and is read-only.
        bytes[64 + 56..64 + 60].fill(0);
        assert!(check(&Mute, FileKind::Elf, "x", &bytes).findings.is_empty());
    }

    #[test]
    fn commands_are_told_from_other_texts() {
        for text in [&b"osascript -e 'x'"[..], b"/bin/sh", b"ls -l %s", b"rm -rf x"] {
            assert!(is_command(text), "{text:?}");
        }
        for text in [&b"basic_string"[..], b"3A37G177DbnihO01", b"Hello there", b"stoul: no conversion", b"/"] {
            assert!(!is_command(text), "{text:?}");
        }
    }
}

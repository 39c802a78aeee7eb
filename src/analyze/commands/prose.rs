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
    for (at, _) in body.match_indices("!`") {
        let (before, part) = body.split_at(at);
        let line = before.rsplit('\n').next().unwrap_or_default();
        // A mark at the end of a quoted word closes it: `` `layout!`: is a warning ``. Behind a blank it is always one of a
        // command.
        let closes = !line.is_empty() && !line.ends_with(char::is_whitespace) && line.matches('`').count() % 2 == 1;
        if let Some((command, _)) = part.get(2..).and_then(|rest| rest.split_once('`'))
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

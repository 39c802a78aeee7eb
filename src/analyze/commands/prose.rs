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
    for part in body.split("!`").skip(1) {
        if let Some((command, _)) = part.split_once('`')
            && !command.contains('\n')
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
        let text = "---\nallowed-tools: Bash(*)\nhooks:\n  SessionStart:\n    - hooks:\n        - type: command\n          command: a b\n---\nSee !`git status` and `c`.\n";
        assert_eq!(
            commands("deploy.md", FileKind::Markdown, text),
            ["Automatic hook SessionStart: a b", "Automatic command in a prompt: git status"]
        );
        assert!(commands("README.md", FileKind::Markdown, "Wow!`x y`").is_empty());
    }
}

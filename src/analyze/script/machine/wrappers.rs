//! Commands that start other commands: `sudo`, `env`, `timeout`, and those that do it elsewhere (`chroot`, a container that
//! has the machine to itself).

use super::Machine;
use super::call::Args;
use super::command::{FETCHERS, INTERPRETERS};
use crate::analyze::script::value::Value;
use crate::parse::script::Id;

/// They start what stands behind their options.
const WRAPPERS: &[&str] = &[
    "sudo", "nohup", "env", "exec", "command", "time", "setsid", "nice", "ionice", "stdbuf", "doas", "xargs", "start",
    "call", "busybox",
];
/// They have words of their own before the command.
const CARRIERS: &[&str] = &[
    "timeout",
    "chroot",
    "nsenter",
    "unshare",
    "systemd-run",
    "flatpak-spawn",
    "chrt",
    "taskset",
    "watch",
    "flock",
    "parallel",
];
/// They start commands in containers, which is somewhere else unless these options give them the machine.
const CONTAINERS: &[&str] = &["docker", "podman", "nerdctl"];
const MACHINE: &[&str] = &["--privileged", "--pid=host", "/:/mnt", "/:/host", "/:/rootfs", "/:/hostfs"];

/// Programs that run others, which are no programs for the system, and how those are called.
const MACHINES: &[(&str, &[&str])] = &[
    ("java", &[".jar"]),
    ("javaw", &[".jar"]),
    ("dotnet", &[".dll"]),
    ("mono", &[".exe"]),
    ("wine", &[".exe"]),
    ("rundll32", &[".dll"]),
];

/// Words of a command for a container that are looked at for those.
const OPTIONS: usize = 64;

impl Machine {
    /// What the command behind a wrapper gives. `None` when `name` is none.
    pub(super) fn wrapped(&mut self, name: &str, args: &Args, id: Id) -> Option<Value> {
        // One wrapper behind another is passed over here: whoever writes thousands of them would have as many calls.
        let mut position = behind(name, &args.list)?;
        while let Some(next) = args.list.get(position).and_then(Value::as_str)
            // `command -v` asks where a program is, and starts none.
            && !(next == "command" && args.list.get(position + 1).and_then(Value::as_str).is_some_and(|o| matches!(o, "-v" | "-V")))
            && let Some(further) = args.list.get(position + 1..).and_then(|rest| behind(base_of(next), rest))
        {
            position += 1 + further;
        }
        let command = args.list.get(position)?.clone();
        let rest = Args {
            list: args.list.get(position + 1..).unwrap_or_default().to_vec(),
            named: args.named.clone(),
            open: args.open,
        };
        Some(self.start(&command, &rest, id))
    }
}

/// Where among the words behind it the command stands that a wrapper called `name` starts.
fn behind(name: &str, words: &[Value]) -> Option<usize> {
    if WRAPPERS.contains(&name) {
        return words.iter().position(|w| match w.as_str() {
            Some(text) => {
                !text.starts_with('-')
                    && !text.contains('=')
                    && !text.eq_ignore_ascii_case("/b")
                    && !text.eq_ignore_ascii_case("/min")
                    && !text.is_empty()
            }
            None => true,
        });
    }
    let is_of_machine = |w: &Value| w.as_str().is_some_and(|t| MACHINE.contains(&t));
    // The program is a file behind options of the machine that runs it: `java -Xmx1g -jar x.jar`.
    if let Some((_, endings)) = MACHINES.iter().find(|(machine, _)| *machine == name) {
        let is_program =
            |w: &Value| w.as_text().is_some_and(|t| !t.starts_with('-') && endings.iter().any(|e| t.ends_with(e)));
        return words.iter().position(is_program);
    }
    if CARRIERS.contains(&name) || CONTAINERS.contains(&name) && words.iter().take(OPTIONS).any(is_of_machine) {
        return words.iter().position(|w| w.as_str().is_some_and(is_command));
    }
    None
}

fn base_of(word: &str) -> &str {
    word.rsplit('/').next().unwrap_or(word)
}

/// Whether a word is a command that is known, by its name or its path.
fn is_command(word: &str) -> bool {
    let name = base_of(word);
    let is_plain = word == name || word.starts_with('/');
    is_plain
        && (INTERPRETERS.iter().any(|(one, ..)| *one == name)
            || [FETCHERS, WRAPPERS, CARRIERS].iter().any(|list| list.contains(&name)))
}

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

impl Machine {
    /// What the command behind a wrapper gives. `None` when `name` is none.
    pub(super) fn wrapped(&mut self, name: &str, args: &Args, id: Id) -> Option<Value> {
        let position = if WRAPPERS.contains(&name) {
            args.list.iter().position(|w| match w.as_str() {
                Some(text) => {
                    !text.starts_with('-')
                        && !text.contains('=')
                        && !text.eq_ignore_ascii_case("/b")
                        && !text.eq_ignore_ascii_case("/min")
                        && !text.is_empty()
                }
                None => true,
            })?
        } else {
            let machine = || args.list.iter().any(|w| w.as_str().is_some_and(|t| MACHINE.contains(&t)));
            if !(CARRIERS.contains(&name) || CONTAINERS.contains(&name) && machine()) {
                return None;
            }
            args.list.iter().position(|w| w.as_str().is_some_and(is_command))?
        };
        let command = args.list.get(position)?.clone();
        let rest = Args {
            list: args.list.get(position + 1..).unwrap_or_default().to_vec(),
            named: args.named.clone(),
            open: args.open,
        };
        Some(self.start(&command, &rest, id))
    }
}

/// Whether a word is a command that is known, by its name or its path.
fn is_command(word: &str) -> bool {
    let name = word.rsplit('/').next().unwrap_or(word);
    let is_plain = word == name || word.starts_with('/');
    is_plain
        && (INTERPRETERS.iter().any(|(one, ..)| *one == name)
            || [FETCHERS, WRAPPERS, CARRIERS].iter().any(|list| list.contains(&name)))
}

//! Text that a shell executes by itself later: before each prompt, when a signal comes, around each command. What is typed there
//! is what a user does on a machine.
//!
//! Known uses: lines in start-up files that send what is typed, or fetch a script, with each prompt. Honest look-alikes: prompts
//! that ask git for a branch, histories that are written to a file or to the log of the system.

use super::Machine;
use super::call::Args;
use crate::analyze::script::event::Act;
use crate::analyze::script::paths::PathId;
use crate::analyze::script::value::{Known, Labels, Value};
use crate::parse::script::{Id, Language, Node, Sym};

/// Commands that say something and obey nobody.
const SAY: &[&str] =
    &["echo", "printf", "cat", "true", ":", "head", "tail", "date", "nc", "tar", "base64", "gzip", "env"];
/// Redirections of one command that are looked through.
const REDIRECTIONS: usize = 8;

/// Variables whose value an interactive shell executes.
const EXECUTED: &[&str] = &["PROMPT_COMMAND", "precmd", "preexec"];

impl Machine {
    /// A variable of a shell gets a value that will be executed.
    pub(super) fn obeyed(&mut self, name: Sym, value: &Value, id: Id) {
        if self.language == Language::Shell && EXECUTED.contains(&self.tree.str(name)) {
            self.executed_later(value, id);
        }
    }

    fn executed_later(&mut self, code: &Value, id: Id) {
        // What a variable holds already stands before or behind it.
        if matches!(code.known, Known::Str(_) | Known::Text(_)) {
            let code = code.clone();
            self.run_command(&code, true, id);
        }
    }

    /// A command is tied to a connection: a shell obeys it, what only says something is sent.
    pub(super) fn tied_to_a_host(&mut self, path: PathId, file: &Value, content: &Value, id: Id) {
        let name = self.tied(id).map(str::to_owned).unwrap_or_default();
        if SAY.contains(&name.as_str()) {
            let mut parts = file.as_text().unwrap_or_default().split('/').skip(2);
            let place = format!(
                "{}://{}:{}",
                parts.next().unwrap_or_default(),
                parts.next().unwrap_or_default(),
                parts.next().unwrap_or_default()
            );
            let place = Value::text(place, file.labels);
            return self.event(Act::Send, path, id, &place, content, true);
        }
        let is_shell = matches!(name.rsplit('/').next(), Some("sh" | "bash" | "zsh" | "dash" | "ash" | "ksh"));
        let by = if is_shell { self.paths.root("a shell") } else { path };
        self.event(Act::Redirect, by, id, file, content, true);
    }

    /// The name of the command whose output a call redirects.
    fn tied(&self, id: Id) -> Option<&str> {
        let mut at = id;
        for _ in 0..REDIRECTIONS {
            let Node::Call(callee, args) = self.tree.get(at) else { return None };
            match self.tree.get(callee) {
                Node::Name(name) if self.tree.str(name) == "redirect" => at = *self.tree.list(args).first()?,
                Node::Name(name) | Node::Str(name) => return Some(self.tree.str(name)),
                _ => return None,
            }
        }
        None
    }

    /// Commands about what is executed later, and about what was typed.
    pub(super) fn of_prompt(&mut self, name: &str, args: &Args, id: Id) -> Option<Value> {
        match name {
            "trap" if args.list.len() > 1 => {
                let code = args.list.iter().find(|w| w.as_str() != Some("--"))?.clone();
                if !matches!(code.as_str(), Some("-" | "-p" | "-l" | "")) {
                    self.executed_later(&code, id);
                }
                Some(Value::UNKNOWN)
            }
            // Other options only move it between a file and the memory of the shell.
            "history" | "fc" => {
                let keeps = |w: &Value| {
                    w.as_str()
                        .is_some_and(|t| t.starts_with('-') && t.contains(['a', 'c', 'd', 'n', 'r', 'w', 'p', 's']))
                };
                if args.list.iter().any(keeps) {
                    return Some(Value::UNKNOWN);
                }
                self.source(Labels::KEYS, name, id);
                Some(Value::unknown(Labels::KEYS))
            }
            _ => None,
        }
    }
}

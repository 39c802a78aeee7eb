//! What people log in with, as it stands in the headers of a request that passes: `request.headers.get("Authorization")`.
//! Clients of the network and servers read it to use it; who reads it to tell somebody else does so on the side.
//!
//! Known uses: copies of clients of HTTP that give away the log-ins of all that use them (PyPI, 2023 to 2026).

use super::Machine;
use crate::analyze::script::heap::Kind;
use crate::analyze::script::paths::PathId;
use crate::analyze::script::value::{Known, Labels, Value};
use crate::parse::script::{Id, Node, Op};

/// Names of headers that let somebody in.
const HEADERS: &[&str] = &["authorization", "proxy-authorization", "cookie", "x-api-key", "x-auth-token"];

/// What is known of how a script tells others something.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// Whether any name of a secret stands in it.
    names_secrets: Option<bool>,
    /// Whether errors of requests are dropped.
    pub(super) drops_errors: bool,
    /// Whether a function is about to be called that nobody hears of again: what it gives is dropped, and its errors are.
    pub(super) apart: bool,
}

/// Words in the names of what lets somebody in or pays for something, in lower case.
const SECRETS: &[&str] = &[
    "passw",
    "passphrase",
    "token",
    "secret",
    "authorization",
    "cookie",
    "api_key",
    "api-key",
    "apikey",
    "session",
    "jwt",
    "credential",
    "mnemonic",
    "cvv",
    "private_key",
];
/// Names of files that hold some.
const FILES: &[&str] =
    &[".env", ".npmrc", ".pypirc", ".netrc", "kubeconfig", "id_rsa", "id_ed25519", ".git-credentials", "wallet.dat"];
/// Longest name and longest pattern for names that are looked at, and most parts of a condition.
const LONGEST_NAME: usize = 32;
const LONGEST_PATTERN: usize = 200;
const MOST_ASKED: usize = 32;

/// What conditions name.
pub(super) const NAMED: Labels = Labels::NAMED_SECRET.with(Labels::PICKED_FILE);

fn capital(word: &str) -> String {
    let mut word = word.to_owned();
    word.get_mut(..1).into_iter().for_each(str::make_ascii_uppercase);
    word
}

/// What a name, or a pattern for names, is one of.
fn names(text: &str, longest: usize) -> Labels {
    if text.len() > longest {
        return Labels::NONE;
    }
    let lower = text.to_ascii_lowercase();
    let any = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let secrets = if any(SECRETS) { Labels::NAMED_SECRET } else { Labels::NONE };
    // Of what belongs to a program that runs, only the name begins so.
    if any(FILES) && !lower.contains("process.env") { secrets.with(Labels::PICKED_FILE) } else { secrets }
}

impl Machine {
    /// What a call gives that asks headers for one by its name.
    pub(super) fn login_by_call(&mut self, callee: Id, arguments: crate::parse::script::Many) -> Labels {
        let Node::Member(headers, name) = self.tree.get(callee) else { return Labels::NONE };
        if !matches!(self.tree.str(name), "get" | "header") {
            return Labels::NONE;
        }
        match self.tree.list(arguments).first().copied() {
            Some(first) => self.login_by_name(headers, first),
            None => Labels::NONE,
        }
    }

    /// What `headers["authorization"]` gives.
    pub(super) fn login_by_name(&mut self, headers: Id, name: Id) -> Labels {
        // What else is asked for is worked out where it is; looking at a name or text twice does nothing.
        if !self.are_headers(headers) || !matches!(self.tree.get(name), Node::Str(_) | Node::Name(_)) {
            return Labels::NONE;
        }
        let name = self.value(name);
        let is = name.as_str().is_some_and(|name| HEADERS.iter().any(|header| name.eq_ignore_ascii_case(header)));
        if is { Labels::TOLD_SECRET } else { Labels::NONE }
    }

    /// Whether errors of a request that is put together before it is sent are dropped: `request.on("error", () => {})`.
    pub(super) fn drops_its_errors(&self, by: PathId) -> bool {
        self.told.drops_errors && {
            let by = self.paths.text(by);
            by.ends_with("request().end") || by.ends_with("request().write") || by.ends_with("https.get")
        }
    }

    /// Whether an expression is called the headers of something.
    pub(super) fn are_headers(&self, id: Id) -> bool {
        matches!(self.tree.get(id), Node::Member(_, name) | Node::Name(name) if self.tree.str(name) == "headers")
    }

    /// What a condition holds for, and what it does not hold for: what has the name of a secret, or of a file that holds some
    /// (`/token|auth/.test(key)`, `name not in ("cookie", "authorization")`).
    pub(super) fn asks_by_name(&mut self, test: Id) -> (Labels, Labels) {
        let tree = &self.tree;
        let is_worth = *self.told.names_secrets.get_or_insert_with(|| {
            let capitals = SECRETS.iter().any(|word| tree.holds_part(&capital(word)));
            capitals || SECRETS.iter().chain(FILES).any(|word| tree.holds_part(word))
        });
        let (mut holds, mut fails) = (Labels::NONE, Labels::NONE);
        if !is_worth {
            return (holds, fails);
        }
        let mut todo = vec![(test, false)];
        let mut children = Vec::new();
        for _ in 0..MOST_ASKED {
            let Some((id, is_not)) = todo.pop() else { break };
            let named = match self.tree.get(id) {
                Node::Regex(text) => names(self.tree.str(text), LONGEST_PATTERN),
                Node::Str(text) => names(self.tree.str(text), LONGEST_NAME),
                Node::Name(_) => {
                    let value = self.value(id);
                    self.lists_names(&value)
                }
                _ => Labels::NONE,
            };
            if !named.is_empty() {
                let side = if is_not { &mut fails } else { &mut holds };
                *side = side.with(named);
                continue;
            }
            let is_not = match self.tree.get(id) {
                Node::Unary(Op::Not, _) | Node::Binary(Op::NotIn | Op::Ne, ..) => !is_not,
                Node::Func(_) => continue,
                _ => is_not,
            };
            self.tree.children(id, &mut children);
            todo.extend(children.drain(..).map(|child| (child, is_not)));
        }
        (holds, fails)
    }

    /// What a pattern for names, or a list of them, names.
    fn lists_names(&self, value: &Value) -> Labels {
        let Known::Object(id) = value.known else { return Labels::NONE };
        match self.heap.get(id).map(|o| &o.kind) {
            Some(Kind::List(items)) => items
                .iter()
                .take(MOST_ASKED)
                .filter_map(Value::as_str)
                .fold(Labels::NONE, |all, name| all.with(names(name, LONGEST_NAME))),
            Some(Kind::Handle(_, pattern)) => {
                pattern.as_str().map_or(Labels::NONE, |pattern| names(pattern, LONGEST_PATTERN))
            }
            _ => Labels::NONE,
        }
    }

    /// What `headers.authorization` gives.
    pub(super) fn login_by_member(&self, headers: Id, name: &str) -> Labels {
        if self.are_headers(headers) && HEADERS.contains(&name) { Labels::TOLD_SECRET } else { Labels::NONE }
    }
}

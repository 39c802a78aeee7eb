//! What people log in with, as it stands in the headers of a request that passes: `request.headers.get("Authorization")`.
//! Clients of the network and servers read it to use it; who reads it to tell somebody else does so on the side.
//!
//! Known uses: copies of clients of HTTP that give away the log-ins of all that use them (PyPI, 2023 to 2026).

use super::Machine;
use crate::analyze::script::value::Labels;
use crate::parse::script::{Id, Node};

/// Names of headers that let somebody in.
const HEADERS: &[&str] = &["authorization", "proxy-authorization", "cookie", "x-api-key", "x-auth-token"];

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

    /// Whether an expression is called the headers of something.
    pub(super) fn are_headers(&self, id: Id) -> bool {
        matches!(self.tree.get(id), Node::Member(_, name) if self.tree.str(name) == "headers")
    }

    /// What `headers.authorization` gives.
    pub(super) fn login_by_member(&self, headers: Id, name: &str) -> Labels {
        if self.are_headers(headers) && HEADERS.contains(&name) { Labels::TOLD_SECRET } else { Labels::NONE }
    }
}

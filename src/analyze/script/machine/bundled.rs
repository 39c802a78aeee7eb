//! Clients of the network that are known by how they are called: `request("https://…", { method, headers, body })`. Of a
//! function that a bundle carries along, what it does inside ends in sockets and queues; of one that nothing is known of,
//! only the call can be seen.

use super::Machine;
use super::call::Args;
use crate::analyze::script::event::{Act, Event};
use crate::analyze::script::flows;
use crate::analyze::script::heap::Kind;
use crate::analyze::script::value::{Known, Labels, Value};
use crate::parse::script::{Id, Language, Node};

/// What options of a request have, whatever the client.
const OPTIONS: &[&str] = &["method", "headers", "body"];
/// Those that give something away.
const GIVING: &[&str] = &["headers", "body"];

/// What the web's platform has and libraries bring along for systems without it (undici, node-fetch, formdata-node, ws), under
/// the same names.
const CLASSES: &[&str] = &["Blob", "File", "FormData", "Headers", "Request", "URLSearchParams", "WebSocket"];

/// Whether a text is an address of the web.
fn is_of_web(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

impl Machine {
    /// The function by which a member is got. One that only gives what another record has under the same name, as bundlers write
    /// it in a loop over all names (`{ get: () => from[key] }`), is the other's: names that a loop goes through have gone on when
    /// it is asked.
    pub(super) fn getter_of(&mut self, getter: &Value, target: &Value, member: &str, id: Id) -> Option<Value> {
        let Known::Func(func, _) = getter.known else { return None };
        let given = self.tree.function(func).and_then(|function| match self.tree.get(function.body) {
            Node::Block(many) => match self.tree.list(many) {
                [only] => match self.tree.get(*only) {
                    Node::Return(value) => Some(self.tree.get(value)),
                    other => Some(other),
                },
                _ => None,
            },
            Node::Return(value) => Some(self.tree.get(value)),
            other => Some(other),
        });
        let Some(Node::Index(from, key)) = given else { return Some(getter.clone()) };
        let are_names = matches!(self.tree.get(from), Node::Name(_)) && matches!(self.tree.get(key), Node::Name(_));
        if !are_names || self.value(key).as_str() != Some(member) {
            return Some(getter.clone());
        }
        let Known::Object(from) = self.value(from).known else { return Some(getter.clone()) };
        let Some(Kind::Dict(fields)) = self.heap.get(from).map(|object| &object.kind) else {
            return Some(getter.clone());
        };
        let others = fields.get(&format!("get {member}")).cloned();
        if let (None, Some(value)) = (&others, fields.get(member).cloned()) {
            self.set_member(target, member, value, id);
            return None;
        }
        Some(others.unwrap_or_else(|| getter.clone()))
    }

    /// What bundlers call by `(0, module.function)(…)`, so that it is given no `this`.
    pub(super) fn behind_comma(&self, callee: Id) -> Id {
        let Node::Seq(parts) = self.tree.get(callee) else { return callee };
        match self.tree.list(parts) {
            [first, last] if matches!(self.tree.get(*first), Node::Num(_)) => *last,
            _ => callee,
        }
    }

    /// Calls what a module within a bundle brings along of the platform: `(0, undici.fetch)(address)`, `new lib.FormData`. Its
    /// code was gone through like any other and led to sockets and queues; what it does with what it is given is known by its
    /// name.
    pub(super) fn as_of_platform(
        &mut self,
        (object, name): (&Value, &str),
        function: &Value,
        args: &Args,
        is_new: bool,
        id: Id,
    ) -> Option<Value> {
        if self.language != Language::JavaScript {
            return None;
        }
        let is_known = match name {
            "fetch" => !is_new && args.at(0).is_some_and(|address| address.as_text().is_some_and(is_of_web)),
            _ => is_new && CLASSES.contains(&name),
        };
        // What a library is known for, its own words say.
        let is_brought = |value: &Value| match value.known {
            Known::Path(_) => false,
            Known::Object(id) => !matches!(self.heap.get(id).map(|o| &o.kind), Some(Kind::Handle(..))),
            _ => true,
        };
        if !is_known || !is_brought(object) {
            return None;
        }
        if let Known::Path(path) = function.known
            && self.word(path).is_some()
        {
            return None;
        }
        let path = self.paths.root(name);
        Some(self.call_path(path, None, args, id))
    }

    /// Notes the request that a call of the script's own function stands for, unless the way through that function has led to
    /// the same host by itself. What is called often is not followed each time.
    pub(super) fn see_own_client(&mut self, args: &Args, was_followed: bool, at: Id) {
        if self.language != Language::JavaScript || !self.asks_an_address(args) {
            return;
        }
        let is_network = |act: Act| matches!(act, Act::Send | Act::Fetch | Act::Connect);
        let asked = args.at(0).and_then(Value::as_text).and_then(flows::host);
        let is_known = |event: &Event| {
            is_network(event.act) && event.subject.as_deref().and_then(flows::host) == asked && asked.is_some()
        };
        if !self.pay(self.out.events.len()) {
            return;
        }
        let place = self.place(at);
        let is_told = |event: &Event| is_known(event) && (was_followed || event.at == place);
        if !self.out.events.iter().any(is_told) {
            self.note_request(args, at);
        }
    }

    /// Notes the request that a call of a function stands for of which nothing is known, and what it yields beside.
    pub(super) fn see_unknown_client(&mut self, args: &Args, at: Id) -> Labels {
        if self.language == Language::JavaScript && self.asks_an_address(args) {
            self.note_request(args, at);
            if args.at(0).and_then(Value::as_text).is_some_and(flows::is_metadata) {
                return Labels::CREDENTIALS;
            }
        }
        Labels::NONE
    }

    /// Whether an address and the options of a request are handed over.
    fn asks_an_address(&self, args: &Args) -> bool {
        let (Some(address), Some(options)) = (args.at(0), args.at(1)) else { return false };
        let Known::Object(id) = options.known else { return false };
        address.as_text().is_some_and(is_of_web)
            && matches!(self.heap.get(id).map(|o| &o.kind),
                Some(Kind::Dict(fields)) if OPTIONS.iter().any(|name| fields.get(name).is_some()))
    }

    fn note_request(&mut self, args: &Args, at: Id) {
        let (Some(address), Some(Value { known: Known::Object(id), .. })) = (args.at(0), args.at(1)) else { return };
        let Some(Kind::Dict(fields)) = self.heap.get(*id).map(|o| &o.kind) else { return };
        let given: Vec<&Value> = GIVING.iter().filter_map(|name| fields.get(name)).collect();
        let labels = given.iter().fold(Labels::NONE, |labels, value| labels.with(self.all_labels(value)));
        let act = if labels.is_empty() && !self.is_post(args) { Act::Fetch } else { Act::Send };
        let (by, address) = (self.paths.root("request"), address.clone());
        self.event(act, by, at, &address, &Value::unknown(labels), false);
    }
}

//! Clients of the network that are known by how they are called: `request("https://…", { method, headers, body })`. Of a
//! function that a bundle carries along, what it does inside ends in sockets and queues; of one that nothing is known of,
//! only the call can be seen.

use super::Machine;
use super::call::Args;
use crate::analyze::script::event::{Act, Event};
use crate::analyze::script::flows;
use crate::analyze::script::heap::Kind;
use crate::analyze::script::value::{Known, Labels, Value};
use crate::parse::script::{Id, Language};

/// What options of a request have, whatever the client.
const OPTIONS: &[&str] = &["method", "headers", "body"];
/// Those that give something away.
const GIVING: &[&str] = &["headers", "body"];

impl Machine {
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
        if !(was_followed && self.out.events.iter().any(is_known)) {
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
        address.as_text().is_some_and(|text| text.starts_with("https://") || text.starts_with("http://"))
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

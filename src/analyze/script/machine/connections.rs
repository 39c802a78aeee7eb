//! Connections that have a shape of their own, most of them of Python: protocols and applications whose methods are called when
//! something arrives, loggers that write to other machines, queues between
//! threads, programs that are written to.

use super::Machine;
use super::call::Args;
use crate::analyze::script::event::Act;
use crate::analyze::script::heap::Kind;
use crate::analyze::script::value::{Known, Labels, Value};
use crate::parse::script::Id;

/// What a connection of `asyncio` is written to by.
const TRANSPORT: &str = "asyncio.open_connection()[]";
/// How levels of a log are called.
const LEVELS: &[&str] = &["debug", "info", "warning", "warn", "error", "critical", "exception", "fatal", "log"];

/// Most values put into queues that are kept apart.
const MAX_QUEUED: usize = 8;

impl Machine {
    /// Whether a value says that a socket is one of datagrams.
    fn is_of_datagrams(&self, kind: &Value) -> bool {
        matches!(kind.known, Known::Path(path) if self.paths.text(path).ends_with("SOCK_DGRAM"))
    }

    /// Calls of Python that open a connection and name the functions for what arrives there; `None` for all others.
    pub(super) fn connection_of_python(
        &mut self,
        name: &str,
        this: Option<&Value>,
        args: &Args,
        id: Id,
    ) -> Option<Value> {
        let last = name.rsplit('.').next().unwrap_or(name);
        match last {
            // What was put into a database comes out of it again, whichever row is asked for.
            "execute" | "executemany" if name.starts_with("sqlite3.connect()") => {
                if let Some(rows) = args.at(1) {
                    self.later.kept =
                        self.later.kept.with(self.all_labels(rows).only(Labels::SECRET.with(Labels::SPIED)));
                }
                let path = self.paths.root(name);
                let rows = self.paths.call(path);
                (!self.later.kept.is_empty()).then(|| Self::path_value(rows, self.later.kept))
            }
            "socket" if name == "socket.socket" => {
                let kind = args.at(1).or_else(|| args.named("type")).filter(|kind| self.is_of_datagrams(kind))?.clone();
                let path = self.paths.root("socket.socket");
                let path = self.paths.call(path);
                Some(self.handle(path, kind, Labels::NONE))
            }
            // Datagrams have no connection: nothing is sent, only whom later ones go to is kept. Whose own address is looked
            // for asks so which network would be taken.
            "connect" | "connect_ex" if name.starts_with("socket.socket().") => {
                let Known::Object(socket) = this?.known else { return None };
                let Some(Kind::Handle(_, about)) = self.heap.get(socket).map(|o| &o.kind) else { return None };
                if !self.is_of_datagrams(about) {
                    return None;
                }
                let to = args.at(0)?.clone();
                if let Some(Kind::Handle(_, about)) = self.heap.get_mut(socket).map(|o| &mut o.kind) {
                    **about = to;
                }
                Some(Value::NIL)
            }
            "WebSocketApp" => {
                let mut rest = args.clone();
                let (handlers, named) =
                    std::mem::take(&mut rest.named).into_iter().partition(|(n, _)| n.starts_with("on_"));
                rest.named = named;
                let path = self.paths.root("websocket.WebSocketApp");
                let word = self.word(path)?;
                let connection = self.act(word, path, this, &rest, id, Labels::NONE);
                let handlers: Vec<(std::rc::Rc<str>, Value)> = handlers;
                for (_, handler) in handlers {
                    let arrived = Value::unknown(Labels::REMOTE);
                    self.call_handler(&handler, vec![connection.clone(), arrived.clone(), arrived]);
                }
                Some(connection)
            }
            "create_connection" | "create_unix_connection" if name.contains("loop") => {
                let host = args.at(1).or_else(|| args.named("host"))?.clone();
                let path = self.paths.root("asyncio.open_connection");
                self.event(Act::Connect, path, id, &host, &Value::UNKNOWN, false);
                let transport = self.paths.root(TRANSPORT);
                let transport = self.handle(transport, host, Labels::NONE);
                let protocol = self.call_value(&args.at(0)?.clone(), None, &Args::default(), id, false);
                for (method, given) in
                    [("connection_made", transport.clone()), ("data_received", Value::unknown(Labels::REMOTE))]
                {
                    let function = self.member(&protocol, method, id);
                    if let Known::Func(func, frame) = function.known {
                        self.call_function(func, frame, Some(protocol.clone()), &Args::of(vec![given]));
                    }
                }
                Some(self.new_list(vec![transport, protocol], Labels::NONE))
            }
            "addHandler" => {
                let handler = args.at(0)?;
                let Known::Object(object) = handler.known else { return None };
                let Some(Kind::Handle(path, _)) = self.heap.get(object).map(|o| &o.kind) else { return None };
                if self.paths.text(*path).starts_with("logging.handlers.") {
                    self.later.logs_to = Some((*path, self.about(handler)));
                }
                Some(Value::NIL)
            }
            _ if LEVELS.contains(&last) && self.later.logs_to.is_some() && name.starts_with("logging.") => {
                let (handler, address) = self.later.logs_to.clone()?;
                let said = Value::unknown(self.labels_of(args));
                self.event(Act::Send, handler, id, &address, &said, false);
                Some(Value::NIL)
            }
            // What is called on the other side is called by any name.
            _ if name.starts_with("xmlrpc.client.ServerProxy().") && !last.ends_with(')') => {
                let path = self.paths.root(name);
                let address = this.map_or(Value::UNKNOWN, |this| self.about(this));
                let said = Value::unknown(self.labels_of(args));
                self.event(Act::Send, path, id, &address, &said, false);
                let path = self.paths.call(path);
                Some(self.handle(path, address, Labels::DOWNLOADED))
            }
            "put" | "put_nowait" if name.to_ascii_lowercase().contains("queue()") => {
                let Known::Object(queue) = this?.known else { return None };
                let given = args.at(0)?.clone();
                let labels = self.all_labels(&given);
                if self.later.queued.len() < MAX_QUEUED && matches!(given.known, Known::Object(_)) {
                    self.later.queued.push((queue, given.clone()));
                }
                if let Some(Kind::Handle(_, holds)) = self.heap.get_mut(queue).map(|o| &mut o.kind) {
                    let is_empty = holds.known == Known::Unknown && holds.labels.is_empty();
                    // Of several, any may come out next.
                    **holds = if is_empty { given } else { Value::unknown(holds.labels.with(labels)) };
                }
                Some(Value::NIL)
            }
            "get" | "get_nowait" if name.to_ascii_lowercase().contains("queue()") => {
                let held = self.about(this?);
                self.later.waits |= held.known == Known::Unknown && held.labels.is_empty();
                Some(held)
            }
            "communicate" => {
                let given = args.at(0).or_else(|| args.named("input"))?.clone();
                let command = self.about(this?);
                self.feed(&command, given, id);
                None
            }
            _ => None,
        }
    }

    /// Goes once more through threads that waited for what was put into a queue after they were started.
    pub(super) fn threads_again(&mut self) {
        if !std::mem::take(&mut self.later.waits) {
            return;
        }
        let before = self.when;
        let threads = std::mem::take(&mut self.later.threads);
        let go_through = |m: &mut Self| {
            for (function, args, when) in &threads {
                // What only callers have put there comes out when they call.
                m.when = (*when).min(before);
                m.call_value(function, None, args, Id::NONE, false);
            }
        };
        let queued = std::mem::take(&mut self.later.queued);
        if queued.is_empty() {
            go_through(self);
        }
        // Of several, each comes out once: what is to be called, and with what, belong together.
        for (queue, value) in queued {
            if let Some(Kind::Handle(_, holds)) = self.heap.get_mut(queue).map(|o| &mut o.kind) {
                **holds = value;
            }
            go_through(self);
        }
        self.when = before;
        // Functions that callers call may put something there that nothing has put there so far.
        if self.later.waits {
            self.later.threads.splice(..0, threads);
        }
    }

    /// Goes through a command with what it is given on its standard input.
    pub(super) fn feed(&mut self, command: &Value, input: Value, id: Id) {
        self.run_fed(command, true, Some(input), id);
    }

    /// The same, with or without something on its standard input.
    pub(super) fn run_fed(&mut self, command: &Value, is_shell: bool, input: Option<Value>, id: Id) {
        let before = std::mem::replace(&mut self.later.fed, input);
        self.run_command(command, is_shell, id);
        self.later.fed = before;
    }

    fn call_handler(&mut self, handler: &Value, mut given: Vec<Value>) {
        let Known::Func(func, frame) = handler.known else { return };
        let count = self.tree.function(func).map_or(0, |f| f.params.len());
        given.truncate(count);
        self.call_function(func, frame, None, &Args::of(given));
    }
}

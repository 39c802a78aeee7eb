//! Functions that a script puts in the place of those of somebody else's library, or registers with it to be handed what all
//! others give to it: records of the root logger, how a database is opened, requests of the client that a whole program
//! shares, documents before they are kept.
//!
//! Known uses: back doors that read along where nobody looks for a network client, as handlers of logs, hooks of schemas,
//! interceptors and signals of a log-in. Honest look-alikes: error reporting and tracing, which send to where their user
//! configures them to; programs that tell a service of their own what they keep, which is no secret.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::Machine;
use super::call::Args;
use crate::analyze::script::event::{Act, When};
use crate::analyze::script::paths::PathId;
use crate::analyze::script::value::{Known, Labels, Value};
use crate::parse::script::{Id, Language, Node};

/// Functions of libraries to which callers hand addresses, headers and secrets.
static CLIENTS: LazyLock<HashSet<&str>> = LazyLock::new(|| CLIENT_NAMES.split_whitespace().collect());
const CLIENT_NAMES: &str = "request send sendAsync post put get fetch open setRequestHeader urlopen connect login authenticate sign \
    signTransaction parse stringify _load require createTransport createConnection createPool createClient \
    compare verify sendTransaction fromSecretKey fromSeed fromMnemonic from_seed from_bytes from_key \
    from_mnemonic from_secret_key from_base58_string write __init__ __import__ writeText api_request do_open \
    getpass get_password set_password check_password checkpw hashpw compareSync hash hashSync readFile \
    readFileSync makeRecord prompt_password";

/// Whether a function is one to which callers hand such.
pub(super) fn is_of_a_client(name: &str) -> bool {
    CLIENTS.contains(name)
}

/// Functions of Python that take a function, or an object with one, for what everybody hands to the library.
const OF_PYTHON: &[&str] = &["sys.addaudithook"];
/// The same for the records of all loggers. A program sets its own up when it is started; a module that is loaded has no
/// business there.
const OF_LOGS: &[&str] = &[
    "logging.getLogger().addHandler",
    "logging.getLogger().addFilter",
    "logging.root.addHandler",
    "logging.root.addFilter",
    "logging.basicConfig",
    "logging.setLogRecordFactory",
];
/// Events of SQLAlchemy that are handed how a database is opened; others are about the records of the program's own.
const OPENINGS: &[&str] = &["do_connect", "connect", "first_connect"];
/// Events of IPython that are handed what somebody has typed into a notebook.
const CELLS: &[&str] = &["pre_run_cell", "post_run_cell"];
/// Signals of Django that carry a log-in.
const SIGNALS: &[&str] = &["user_logged_in", "user_login_failed"];
/// Methods by which an object takes what a library hands it.
const TAKERS: &[&str] = &["emit", "handle", "filter"];
/// Ends of functions of JavaScript that do the same.
const OF_JAVASCRIPT: &[&str] = &[
    "axios.interceptors.request.use",
    "axios.interceptors.response.use",
    ".webRequest.onBeforeSendHeaders",
    ".webRequest.onSendHeaders",
    ".webRequest.onBeforeRequest",
];
/// Nodes of a function among which a secret is looked for.
const MOST_NODES: usize = 2048;
/// Methods of schemas and models that take a function for the time before or after something, and such times.
const HOOKS: &[&str] = &["pre", "post", "addHook", "beforeCreate", "beforeUpdate", "beforeSave", "afterCreate"];
const TIMES: &[&str] = &[
    "save",
    "validate",
    "findOneAndUpdate",
    "updateOne",
    "insertMany",
    "beforeCreate",
    "beforeSave",
    "beforeUpdate",
    "afterCreate",
    "afterSave",
];

/// Most replaced functions that are noted.
const MAX_HOOKS: usize = 64;
/// What everybody hands over.
const GIVEN: Labels = Labels::HOOKED.with(Labels::PARAMETER);

impl Machine {
    /// Notes that a function of a client is replaced.
    pub(super) fn note_hook(&mut self, target: PathId, at: Id) {
        if self.out.hooks.len() < MAX_HOOKS {
            let event = self.event_of(Act::Load, target, at);
            self.out.hooks.push(event);
        }
    }

    /// Goes through a function by which the script replaces that of a client. What that yields, others have asked for.
    pub(super) fn hook(&mut self, by: &Value, target: PathId, at: Id) {
        self.note_hook(target, at);
        let before = self.replaced.replace(target);
        self.call_back(by, GIVEN, None);
        self.replaced = before;
    }

    /// Goes through the functions that a library is given for what everybody hands to it, if this is a function to give
    /// them to: by its path, or by the name of a method of something that is not known.
    pub(super) fn registers(&mut self, called: &str, args: &Args, at: Id) {
        let last = called.rsplit('.').next().unwrap_or_default();
        let is = match self.language {
            Language::Python => {
                OF_PYTHON.contains(&called)
                    || self.when > When::Main && OF_LOGS.contains(&called)
                    || called == "sqlalchemy.event.listen"
                        && args.at(1).and_then(Value::as_str).is_some_and(|event| OPENINGS.contains(&event))
                    || last == "register"
                        && args.at(0).and_then(Value::as_str).is_some_and(|event| CELLS.contains(&event))
                    || last == "connect" && called.rsplit('.').nth(1).is_some_and(|signal| SIGNALS.contains(&signal))
            }
            Language::JavaScript => {
                OF_JAVASCRIPT.iter().any(|end| called.ends_with(end))
                    || is_time_of_a_model(last, args) && args.all().any(|value| self.names_a_secret(value))
            }
            _ => false,
        };
        if is {
            for value in args.all().cloned().collect::<Vec<_>>() {
                self.hand_to(&value, at);
            }
        }
    }

    /// Whether what is asked for in a database are the log-ins that Airflow keeps for everybody.
    pub(super) fn is_model_of_secrets(&self, asked: Option<&Value>) -> bool {
        matches!(asked, Some(Value { known: Known::Path(path), .. })
            if matches!(self.paths.text(*path), "airflow.models.Connection" | "airflow.models.connection.Connection"))
    }

    /// What a library hands to a function by this decorator, beyond what others would.
    pub(super) fn handed_by_decorator(&self, decorator: Id, path: &str) -> Labels {
        let names: &[&str] = match path {
            "sqlalchemy.event.listens_for()" => OPENINGS,
            "django.dispatch.receiver()" => SIGNALS,
            _ => return Labels::NONE,
        };
        let Node::Call(_, args) = self.tree.get(decorator) else { return Labels::NONE };
        let is_one = self.tree.list(args).iter().any(|arg| match self.tree.get(*arg) {
            Node::Str(name) | Node::Name(name) | Node::Member(_, name) => names.contains(&self.tree.str(name)),
            _ => false,
        });
        if is_one { GIVEN } else { Labels::NONE }
    }

    /// Whether a function speaks of a secret by name: what else is kept, a program may tell where it wants to.
    fn names_a_secret(&mut self, value: &Value) -> bool {
        let Known::Func(func, _) = value.known else { return false };
        let mut open: Vec<Id> = self.tree.function(func).map(|f| f.body).into_iter().collect();
        let mut left = MOST_NODES;
        while let Some(id) = open.pop() {
            if left == 0 {
                return true;
            }
            left -= 1;
            if let Node::Member(_, name) | Node::Str(name) = self.tree.get(id)
                && self.is_name_of_a_secret(name)
            {
                return true;
            }
            self.tree.children(id, &mut open);
        }
        false
    }

    /// Calls a function, or the method of an object that takes things, with what everybody hands over.
    fn hand_to(&mut self, value: &Value, at: Id) {
        match value.known {
            Known::Func(func, frame) => {
                let this = self.object_of_method(func).or_else(|| Some(Value::unknown(GIVEN)));
                let count = self.tree.function(func).map_or(0, |f| f.params.len());
                let mut args = Args::of(vec![Value::unknown(GIVEN); count]);
                args.open = GIVEN;
                // It is called again and again, and may keep a little each time.
                self.called_back += 1;
                self.call_function(func, frame, this, &args);
                self.called_back -= 1;
            }
            Known::Object(_) if self.language == Language::Python => {
                for name in TAKERS {
                    let method = self.member(value, name, at);
                    if let Known::Func(func, frame) = method.known {
                        let args = Args::of(vec![Value::unknown(GIVEN)]);
                        self.call_function(func, frame, Some(value.clone()), &args);
                    }
                }
                // `basicConfig(handlers=[…])`.
                for inner in self.elements(value).unwrap_or_default().into_iter().take(4) {
                    if matches!(inner.known, Known::Object(_)) && self.elements(&inner).is_none() {
                        self.hand_to(&inner, at);
                    }
                }
            }
            _ => {}
        }
    }
}

/// Whether a method takes a function for the time before or after a document is kept: `schema.pre("save", f)`.
fn is_time_of_a_model(method: &str, args: &Args) -> bool {
    HOOKS.contains(&method)
        && (method.len() > "addHook".len()
            || args.at(0).and_then(Value::as_str).is_some_and(|time| TIMES.contains(&time)))
        && args.all().any(|value| matches!(value.known, Known::Func(..)))
}

/// Whether a method of such a name takes the function that answers a request: a tool of an MCP server, a route of a web
/// server.
pub(super) fn answers(method: &str, args: &Args) -> bool {
    const TOOLS: &[&str] = &[
        "tool",
        "registerTool",
        "addTool",
        "prompt",
        "registerPrompt",
        "resource",
        "registerResource",
        "setRequestHandler",
    ];
    const ROUTES: &[&str] = &["get", "post", "put", "patch", "delete", "all", "use", "route"];
    let given = args.list.iter().any(|a| matches!(a.known, Known::Func(..) | Known::Object(_)));
    let is_route = || args.list.first().and_then(Value::as_str).is_some_and(|path| path.starts_with('/'));
    given
        && (method == "createServer"
            || args.list.len() > 1 && (TOOLS.contains(&method) || ROUTES.contains(&method) && is_route()))
}

//! Functions that a script puts in the place of those of somebody else's library, or registers with it to be handed what all
//! others give to it: records of the root logger, how a database is opened, requests of the client that a whole program
//! shares, documents before they are kept.
//!
//! Known uses: back doors that read along where nobody looks for a network client, as handlers of logs, hooks of schemas,
//! interceptors and signals of a log-in. Honest look-alikes: error reporting and tracing, which send to where their user
//! configures them to.

use super::Machine;
use super::call::Args;
use crate::analyze::script::event::Act;
use crate::analyze::script::paths::PathId;
use crate::analyze::script::value::{Known, Labels, Value};
use crate::parse::script::{Id, Language};

/// Functions of Python that take a function, or an object with one, for what everybody hands to the library.
const OF_PYTHON: &[&str] = &[
    "logging.getLogger().addHandler",
    "logging.getLogger().addFilter",
    "logging.root.addHandler",
    "logging.root.addFilter",
    "logging.basicConfig",
    "logging.setLogRecordFactory",
    "sqlalchemy.event.listen",
    "sqlalchemy.event.listens_for()",
    "django.dispatch.receiver()",
    "sys.addaudithook",
];
/// Signals of Django that carry a log-in or what is kept.
const SIGNALS: &[&str] = &["user_logged_in", "user_login_failed", "pre_save", "post_save", "request_started"];
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
    /// them to.
    pub(super) fn registers(&mut self, called: &str, args: &Args, at: Id) -> bool {
        let last = called.rsplit('.').next().unwrap_or_default();
        let is = match self.language {
            Language::Python => {
                OF_PYTHON.contains(&called)
                    || last == "connect" && called.rsplit('.').nth(1).is_some_and(|signal| SIGNALS.contains(&signal))
            }
            Language::JavaScript => {
                OF_JAVASCRIPT.iter().any(|end| called.ends_with(end)) || is_time_of_a_model(last, args)
            }
            _ => false,
        };
        if is {
            for value in args.all().cloned().collect::<Vec<_>>() {
                self.hand_to(&value, at);
            }
        }
        is
    }

    /// What a library hands to a function by this decorator, beyond what others would.
    pub(super) fn handed_by_decorator(&self, decorator: &str) -> Labels {
        if self.language == Language::Python && OF_PYTHON.contains(&decorator) { GIVEN } else { Labels::NONE }
    }

    /// Calls a function, or the method of an object that takes things, with what everybody hands over.
    fn hand_to(&mut self, value: &Value, at: Id) {
        match value.known {
            Known::Func(func, frame) => {
                let this = self.object_of_method(func).or_else(|| Some(Value::unknown(GIVEN)));
                let count = self.tree.function(func).map_or(0, |f| f.params.len());
                let mut args = Args::of(vec![Value::unknown(GIVEN); count]);
                args.open = GIVEN;
                self.call_function(func, frame, this, &args);
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

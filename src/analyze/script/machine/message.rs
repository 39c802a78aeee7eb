//! Messages that a script puts together as records: mail with a copy for somebody, and what a language model is told before its
//! user's own words.

use std::rc::Rc;

use super::Machine;
use crate::analyze::script::covert::SURROUNDINGS;
use crate::analyze::script::event::Act;
use crate::analyze::script::flows::SYSTEM_MESSAGE;
use crate::analyze::script::heap::Fields;
use crate::analyze::script::value::{Labels, Value};
use crate::parse::script::{Id, Language, Sym};

/// What clients of language models say to a service, of which one stands in each of them.
const OF_MODELS: &[&str] = &["max_tokens", "assistant", "chat/completions", "num_predict"];

impl Machine {
    /// Looks at a record that a script makes.
    pub(super) fn message_of(&mut self, fields: &Fields, at: Id) {
        if fields.get("role").is_some() {
            self.system_message(fields, at);
        } else {
            self.mail_with_copy(fields, at);
        }
    }

    /// A mail for somebody that is not known here, and a mailbox for a copy of it that stands in the script: services of mail
    /// take messages as records, under these names.
    fn mail_with_copy(&mut self, fields: &Fields, at: Id) {
        let any = |names: &[&str]| names.iter().find_map(|name| fields.get(name));
        let Some(copied) = any(&["Bcc", "bcc", "BCC"]) else { return };
        let (Some(to), true) = (any(&["To", "to"]), any(&["From", "from", "Subject", "subject"]).is_some()) else {
            return;
        };
        let given = Labels::ENV.with(Labels::PARAMETER).with(Labels::ARGUMENTS).with(Labels::FILE);
        let is_mailbox = copied.as_str().is_some_and(|text| text.contains('@')) && !copied.labels.any(given);
        if !to.is_constant() && is_mailbox {
            let (path, mailbox) = (self.paths.root("message"), copied.clone());
            self.event(Act::CopyMail, path, at, &mailbox, &Value::unknown(Labels::HANDED), false);
        }
    }

    /// A message that a model is to obey before all others, whose text had to be decoded, in some surroundings only.
    fn system_message(&mut self, fields: &Fields, at: Id) {
        let is_of_system =
            fields.get("role").and_then(Value::as_str).is_some_and(|role| matches!(role, "system" | "developer"));
        let Some(content) = fields.get("content").filter(|_| is_of_system).cloned() else { return };
        let given = self.given.with(content.labels).any(SURROUNDINGS.with(Labels::DIGESTED).with(Labels::MATCHED));
        if content.labels.any(Labels::CONCEALED) && given {
            let path = self.paths.root(SYSTEM_MESSAGE);
            self.event(Act::Prompt, path, at, &content, &content, false);
        }
    }

    /// What a caller asks a model, by the name of the parameter.
    pub(super) fn asked_of_a_model_by(&mut self, name: Sym) -> Labels {
        let is_asked = is_asked(self.tree.str(name));
        if is_asked && self.is_client_of_a_model() { Labels::TOLD_SECRET } else { Labels::NONE }
    }

    /// What a caller asks a model, by the name that it has in what the caller hands over: a secret between the two of them.
    pub(super) fn asked_of_a_model(&mut self, name: &str, value: &Value) -> Labels {
        let is_asked = is_asked(name) && value.labels.any(Labels::PARAMETER);
        if is_asked && self.is_client_of_a_model() { Labels::TOLD_SECRET } else { Labels::NONE }
    }

    fn is_client_of_a_model(&mut self) -> bool {
        let (tree, later) = (&self.tree, &mut self.later);
        self.language == Language::JavaScript
            && *later.asks_a_model.get_or_insert_with(|| OF_MODELS.iter().any(|word| tree.holds(word)))
    }
}

/// What goes into a header that browsers write, and nobody else has a use for: whoever hands it over is not to see it go.
pub(super) fn told_in_a_header(fields: &Fields) -> Labels {
    const OF_BROWSERS: &[&str] = &["Access-Control-Request-Headers", "Access-Control-Request-Method"];
    let is_told = |(name, value): (&Rc<str>, &Value)| {
        OF_BROWSERS.iter().any(|header| name.eq_ignore_ascii_case(header)) && value.labels.any(Labels::PARAMETER)
    };
    if fields.iter().any(is_told) { Labels::TOLD_SECRET } else { Labels::NONE }
}

/// Whether what clients of models are asked goes by such a name.
fn is_asked(name: &str) -> bool {
    matches!(name, "prompt" | "prompts" | "messages")
}

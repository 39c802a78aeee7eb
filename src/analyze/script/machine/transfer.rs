//! Commands that carry files to other machines, those that print secrets, and options that have their value in the same word.

use super::Machine;
use super::call::Args;
use crate::analyze::script::event::Act;
use crate::analyze::script::paths::PathId;
use crate::analyze::script::value::{HOLE, Labels, Value};
use crate::analyze::script::words;
use crate::parse::script::Id;

impl Machine {
    /// A mailbox that stands in the script and is handed a copy of a message, which goes to somebody that is not known here.
    pub(super) fn copied_mail(&mut self, path: PathId, args: &Args, id: Id) {
        let Some(message) = args.at(0).cloned() else { return };
        // Some services take several messages at once.
        let several = ["Messages", "messages", "personalizations"].iter().find_map(|name| self.field(&message, name));
        let message = several.and_then(|all| self.elements(&all)?.first().cloned()).unwrap_or(message);
        let first_of = |names: &[&str]| names.iter().find_map(|name| self.field(&message, name));
        let is_to_known = first_of(&["to", "To", "toRecipients"]).is_some_and(|to| to.is_constant());
        let copied = first_of(&["bcc", "Bcc", "BCC", "bccRecipients", "BccAddresses"]);
        let Some(copied) = copied.filter(|_| !is_to_known) else { return };
        let first = self.elements(&copied).and_then(|all| all.first().cloned());
        let mailbox = first.filter(|_| copied.as_str().is_none()).unwrap_or(copied);
        // A mailbox with a name: `{ Email: '…' }`.
        let of_name = ["Email", "email", "address", "emailAddress"].iter().find_map(|name| self.field(&mailbox, name));
        let mailbox = of_name.unwrap_or(mailbox);
        let given = Labels::ENV.with(Labels::PARAMETER).with(Labels::ARGUMENTS).with(Labels::FILE);
        if mailbox.as_str().is_some_and(|text| text.contains('@')) && !mailbox.labels.any(given) {
            self.event(Act::CopyMail, path, id, &mailbox, &Value::unknown(Labels::HANDED), false);
        }
    }

    /// `scp`, `rsync` and `sftp`: what is named before the other machine goes there. `None` when the last word names none, or
    /// when everything comes from there.
    pub(super) fn transfer(&mut self, path: PathId, args: &Args, id: Id) -> Option<Value> {
        let is_remote = |text: &str| {
            text.split_once(':')
                .is_some_and(|(host, _)| !host.contains('/') && (host.contains(['@', '.']) || host.contains(HOLE)))
                || text.starts_with("rsync://")
        };
        let (to, files) = args.list.split_last()?;
        let to = to.clone();
        if !to.as_text().is_some_and(is_remote) {
            return None;
        }
        let mut labels = self.labels_of(args).with(Labels::FILE);
        for text in files.iter().filter_map(Value::as_text) {
            labels = labels.with(words::labels_of_path(text)).with(self.written(text));
        }
        self.event(Act::Send, path, id, &to, &Value::unknown(labels), false);
        Some(Value::UNKNOWN)
    }

    /// What the command line of a service prints when it is asked for the secret that it keeps: `gh auth token`,
    /// `npm config get //registry.npmjs.org/:_authToken`.
    pub(super) fn printed_secret(&mut self, name: &str, args: &Args, id: Id) -> Option<Value> {
        let words: Vec<&str> = args.list.iter().take(8).map(|w| w.as_text().unwrap_or_default()).collect();
        let begins = |with: &[&str]| words.starts_with(with);
        // Whose a token is, its receivers are held to; what else a vault keeps may be anybody's.
        let of = match name {
            "vault" | "pass" | "op" | "secret-tool" | "kubectl" => Labels::CREDENTIALS,
            _ => Labels::CLOUD_KEY,
        };
        let prints = match name {
            "gh" | "glab" => begins(&["auth", "token"]) || begins(&["auth", "status", "--show-token"]),
            "gcloud" => begins(&["auth", "print-access-token"]) || begins(&["auth", "print-identity-token"]),
            "az" => begins(&["account", "get-access-token"]),
            "aws" => begins(&["configure", "get"]) || begins(&["configure", "export-credentials"]),
            "npm" | "pnpm" | "yarn" => {
                begins(&["config", "get"]) && words.last().is_some_and(|w| w.to_ascii_lowercase().contains("authtoken"))
            }
            "git" => begins(&["credential", "fill"]),
            "vault" => begins(&["print", "token"]) || begins(&["read"]) || begins(&["kv", "get"]),
            "pass" => begins(&["show"]),
            "op" => begins(&["read"]) || begins(&["item", "get"]),
            "secret-tool" => begins(&["lookup"]),
            "kubectl" => {
                begins(&["config", "view"]) && words.contains(&"--raw")
                    || begins(&["get"]) && words.get(1).is_some_and(|of| of.split(',').any(|w| w.starts_with("secret")))
            }
            _ => false,
        };
        if !prints {
            return None;
        }
        self.source(of, name, id);
        Some(Value::unknown(of))
    }

    /// What a command yields that reads the file which is named last, when nothing is handed to it.
    pub(super) fn of_named_file(&self, file: &Value) -> Labels {
        let text = file.as_text().unwrap_or_default();
        self.all_labels(file).with(words::labels_of_path(text)).with(self.written(text))
    }
}

/// An option of `curl` that sends and has what it sends behind it in the same word (`-sT-`, `-Ff=@file`), apart.
pub(super) fn with_its_value(word: &Value) -> Option<[Value; 2]> {
    let text = word.as_text()?;
    let letters = text.strip_prefix('-').filter(|t| !t.starts_with('-'))?;
    let at = letters.find(['d', 'F', 'T'])?;
    let (before, value) = letters.split_at_checked(at + 1)?;
    // Other options that take a value end the letters.
    let is_plain = before.len() <= 4
        && before.bytes().all(|b| b.is_ascii_alphabetic() && !b"AbcCDeEhHKmoPQrtuUwxXyYz".contains(&b));
    let is_value = value == "-"
        || value.starts_with(['@', '/', '~', '.', '$', '{', '"', '\''])
        || value.starts_with(HOLE)
        || value.contains('=');
    if !is_plain || !is_value {
        return None;
    }
    let value =
        if word.is_constant() { Value::str(value, word.labels) } else { Value::text(value.to_owned(), word.labels) };
    Some([Value::str(format!("-{before}"), Labels::NONE), value])
}

/// Whether `git` is asked, in these words behind its name, who commits or where a repository is kept.
pub(super) fn tells_of_company<'w>(words: impl Iterator<Item = &'w str>) -> bool {
    let mut words = words.filter(|w| !w.starts_with('-')).take(8);
    match words.next() {
        Some("config") => words.any(|w| matches!(w, "user.email" | "user.name") || w.starts_with("remote.")),
        Some("remote") => true,
        Some("log" | "var") => words.any(|w| w.contains("_IDENT")),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::with_its_value;
    use crate::analyze::script::value::{Labels, Value};

    #[test]
    fn a_value_behind_its_option_is_found() {
        let apart = |text: &str| {
            with_its_value(&Value::str(text, Labels::NONE)).map(|[option, value]| {
                format!("{} {}", option.as_str().unwrap_or_default(), value.as_str().unwrap_or_default())
            })
        };
        for (word, expected) in [("-sT-", "-sT -"), ("-Ff=@x", "-F f=@x"), ("-T/etc/passwd", "-T /etc/passwd")] {
            assert_eq!(apart(word).as_deref(), Some(expected), "{word}");
        }
        // Options that take a value of their own, and those that only look like one that sends.
        for word in ["-o/tmp/x.d", "-sT", "-fsSLd", "--data=x", "-Hd=1", "-", "-d", "x-T-"] {
            assert_eq!(apart(word), None, "{word}");
        }
    }
}

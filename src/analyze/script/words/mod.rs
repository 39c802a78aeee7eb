//! The vocabulary: what functions of each language's libraries do, in the same words for all of them.

mod command;
mod compiled;
mod curly;
mod environment;
mod javascript;
mod other;
mod places;
mod python;
mod r;

pub(crate) use environment::{labels_of_variable, takes_keys};
pub(crate) use places::{CARRIERS, is_carrier, labels_of_path};

use std::collections::HashMap;
use std::sync::LazyLock;

use super::value::Labels;
use crate::parse::script::Language;

/// Which argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Arg {
    /// By position, from 0.
    At(usize),
    /// By name; also a field of a dictionary in the last position, as JavaScript passes options.
    Named(&'static str),
    /// What the function is a member of.
    This,
    /// All from this position on.
    From(usize),
}

/// What a function does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Does {
    /// Starts a program; a text is split into words by the system.
    Run,
    /// Hands a command line to a shell.
    Shell,
    /// Executes text as code.
    Eval,
    /// Asks the network.
    Fetch,
    /// Gives to the network.
    Send,
    /// Asks or gives, by whether there is data.
    Request,
    /// Fetches the subject and writes it to the file that stands as data.
    Save,
    /// Opens a connection; what is done with the result is about the same address.
    Connect,
    /// Waits for connections.
    Listen,
    /// Looks a name up.
    Lookup,
    /// Opens a file; the second argument says for what.
    Open,
    /// Reads a file.
    Read,
    /// Writes data to a file.
    Write,
    /// Copies the file that stands as data to the subject.
    Copy,
    /// Deletes.
    Delete,
    /// Makes executable.
    MakeRunnable,
    /// Reads a variable of the environment.
    Environment,
    /// Yields something that has an origin.
    Source,
    /// Stands for something that later calls are about: a session, an archive, a bot.
    Handle,
    /// Yields its argument, changed in a way that does not matter.
    Pass,
    /// Ties a connection to the standard streams.
    Redirect,
    /// Loads native code.
    Load,
    /// Works in executable memory.
    Inject,
    /// Hides a window.
    Hide,
    /// Makes code start again.
    Persist,
    /// Records the user.
    Spy,
    /// Sets the clipboard.
    SetClipboard,
    /// Sleeps.
    Sleep,
    /// Leaves.
    Exit,
    /// Encrypts.
    Encrypt,
    /// Asks a language model.
    Prompt,
}

/// One entry.
#[derive(Debug)]
pub(crate) struct Word {
    /// Full paths, or `*.name` for a method of something unknown, separated by blanks.
    pub(crate) names: &'static str,
    /// What it does.
    pub(crate) does: Does,
    /// The address, path, command or code: the first that is given.
    pub(crate) subject: &'static [Arg],
    /// What is given away or written: all that are given.
    pub(crate) data: &'static [Arg],
    /// The origin of what it yields.
    pub(crate) yields: Labels,
}

/// An entry of a table.
const fn word(names: &'static str, does: Does, subject: &'static [Arg], data: &'static [Arg], yields: Labels) -> Word {
    Word { names, does, subject, data, yields }
}

type Index = HashMap<&'static str, &'static Word>;

fn index(table: &'static [Word]) -> Index {
    let mut index = Index::new();
    for word in table {
        for name in word.names.split(' ') {
            index.insert(name, word);
        }
    }
    index
}

static PYTHON: LazyLock<Index> = LazyLock::new(|| index(python::WORDS));
static JAVASCRIPT: LazyLock<Index> = LazyLock::new(|| index(javascript::WORDS));
static OTHER: LazyLock<Index> = LazyLock::new(|| index(other::WORDS));
static COMPILED: LazyLock<Index> = LazyLock::new(|| index(compiled::WORDS));
static CURLY: LazyLock<Index> = LazyLock::new(|| index(curly::WORDS));
static R: LazyLock<Index> = LazyLock::new(|| index(r::WORDS));
static COMMANDS: LazyLock<Index> = LazyLock::new(|| index(command::WORDS));

/// The whole table of a language.
pub(crate) fn all(language: Language) -> &'static [Word] {
    match language {
        Language::Python => python::WORDS,
        Language::JavaScript | Language::VbScript => javascript::WORDS,
        Language::Php | Language::Ruby | Language::Perl | Language::Lua => other::WORDS,
        Language::Shell | Language::Batch | Language::PowerShell => command::WORDS,
        Language::Go | Language::Rust => compiled::WORDS,
        Language::Java | Language::CSharp => curly::WORDS,
        Language::R => r::WORDS,
    }
}

/// The entry of a path.
#[must_use]
pub(crate) fn find(language: Language, path: &str) -> Option<&'static Word> {
    let index: &Index = match language {
        Language::Python => &PYTHON,
        Language::JavaScript | Language::VbScript => &JAVASCRIPT,
        Language::Php | Language::Ruby | Language::Perl | Language::Lua => &OTHER,
        Language::Shell | Language::Batch | Language::PowerShell => &COMMANDS,
        Language::Go | Language::Rust => &COMPILED,
        Language::Java | Language::CSharp => &CURLY,
        Language::R => &R,
    };
    if let Some(word) = index.get(path) {
        return Some(word);
    }
    let last = path.rsplit('.').next()?;
    let mut wild = String::with_capacity(last.len() + 2);
    wild.push_str("*.");
    wild.push_str(last);
    index.get(wild.as_str()).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_stands_once() {
        for table in
            [python::WORDS, javascript::WORDS, command::WORDS, other::WORDS, compiled::WORDS, curly::WORDS, r::WORDS]
        {
            let mut seen = std::collections::HashSet::new();
            for word in table {
                for name in word.names.split(' ') {
                    assert!(seen.insert(name), "{name} stands twice");
                    assert!(!name.is_empty());
                }
            }
        }
    }
}

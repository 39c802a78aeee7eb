//! What a script does to the world outside, in the order in which it was seen.

use std::rc::Rc;

use super::value::Labels;
use crate::parse::script::Language;

/// A kind of act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Act {
    /// Starts a program.
    Run,
    /// Executes text as code in the same interpreter.
    Eval,
    /// Asks the network for something.
    Fetch,
    /// Gives something to the network.
    Send,
    /// Opens a connection.
    Connect,
    /// Waits for connections.
    Listen,
    /// Looks a name up.
    Lookup,
    /// Reads a file.
    Read,
    /// Writes a file.
    Write,
    /// Deletes.
    Delete,
    /// Makes a file executable.
    MakeRunnable,
    /// Ties a connection to the standard streams.
    Redirect,
    /// Loads native code or a module by a computed name.
    Load,
    /// Writes executable memory or starts a thread in it.
    Inject,
    /// Hides a window or a console.
    Hide,
    /// Changes something that makes code start again: a registry key, a scheduled task.
    Persist,
    /// Reads the clipboard, the keyboard, the screen.
    Spy,
    /// Sets the clipboard.
    SetClipboard,
    /// Sleeps.
    Sleep,
    /// Leaves the program.
    Exit,
    /// Goes round for ever, and lets nothing else run.
    Hang,
    /// Encrypts.
    Encrypt,
    /// Asks a language model or an agent.
    Prompt,
    /// Has a message that is sent for somebody go to a mailbox as well that stands in the script.
    CopyMail,
    /// Compares the digest of what somebody says in secret with one that stands in the script.
    Admit,
}

/// When code runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum When {
    /// When somebody calls it.
    Called,
    /// When the file is run as a program.
    Main,
    /// When the file is loaded: imported, required, sourced.
    Load,
    /// When the package is installed, whatever the file's own role.
    Install,
}

/// Most bytes that are kept of the text of an act; one of about so many was cut.
pub(crate) const TEXT_KEPT: usize = 400;

/// An act.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    /// What.
    pub(crate) act: Act,
    /// Where in the file, in bytes.
    pub(crate) at: (u32, u32),
    /// When.
    pub(crate) when: When,
    /// The function that does it, as it is called outside: `subprocess.Popen`.
    pub(crate) by: Rc<str>,
    /// The address, path, command or code; [`super::value::HOLE`] stands for what is not known.
    pub(crate) subject: Option<Rc<str>>,
    /// Other commands that the same call starts, when it is gone through again.
    pub(crate) others: Vec<Rc<str>>,
    /// Where the subject comes from.
    pub(crate) of: Labels,
    /// Whether the host of the address stands in a text of the script, whatever else had to be decoded.
    pub(crate) is_spelled: bool,
    /// Where the program comes from, of a command that is a list of words; of others it is as [`Event::of`].
    pub(crate) program: Labels,
    /// What is given away, written or passed on.
    pub(crate) data: Labels,
    /// What is given away, when it is known.
    pub(crate) text: Option<Rc<str>>,
    /// Whether it hides its window or output.
    pub(crate) hidden: bool,
    /// What the conditions around it ask about.
    pub(crate) given: Labels,
    /// How many layers of executed text it stands in; 0 is the file itself.
    pub(crate) layer: u8,
    /// Whether those layers are command lines that stand in the file as they are.
    pub(crate) quoted: bool,
    /// Whether errors of it are swallowed.
    pub(crate) silent: bool,
    /// Whether nothing is done with what it yields.
    pub(crate) dropped: bool,
    /// Whether it stands in what a server does when it is asked.
    pub(crate) answers: bool,
    /// The outermost function around it, when it runs only if somebody calls that.
    pub(crate) within: Option<Rc<str>>,
}

/// Text that a script makes out of constants and that is worth a look of its own.
#[derive(Debug, Clone)]
pub(crate) struct Made {
    /// The text or bytes.
    pub(crate) content: Rc<[u8]>,
    /// Where it is used.
    pub(crate) at: (u32, u32),
    /// In which language it is executed, when it is.
    pub(crate) language: Option<Language>,
    /// Whether it had to be decoded, and not only put together.
    pub(crate) decoded: bool,
    /// How: "fold", or the decoders in turn.
    pub(crate) recipe: &'static str,
}

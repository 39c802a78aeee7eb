//! Decides from a script's bytes whether it is worth reading as code: reading costs as much as all signatures together.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::parse::script::Language;

/// Words without which no act that is judged can be written down, whatever it is hidden behind: something that reaches
/// out, starts, or turns text into code.
const PYTHON: &[&str] = &[
    "exec",
    "eval",
    "compile",
    "system",
    "popen",
    "Popen",
    "subprocess",
    "socket",
    "urllib",
    "requests",
    "http",
    "ctypes",
    "__import__",
    "getattr",
    "marshal",
    "pickle",
    "webbrowser",
    "ftplib",
    "smtplib",
    "telebot",
    "pynput",
    "ImageGrab",
    "winreg",
    "importlib",
    "globals",
    "__builtins__",
    "builtins",
    "pyperclip",
    "startfile",
    "spawn",
    "cmdclass",
    "paramiko",
    "aiohttp",
    "websocket",
    "Fernet",
    "discord",
    "open(",
    "b64decode",
    "fromhex",
    "tzname",
    "getlocale",
    "getdefaultlocale",
];
const JAVASCRIPT: &[&str] = &[
    "eval",
    "Function",
    "child_process",
    "exec",
    "spawn",
    "http",
    "fetch",
    "axios",
    "XMLHttpRequest",
    "WebSocket",
    "require(",
    "import(",
    "socket",
    "dns",
    "_compile",
    "constructor",
    "atob",
    "fromCharCode",
    "fromCodePoint",
    "resolvedOptions",
    "Buffer.from",
    "charCodeAt",
    "globalThis",
    "window[",
    "global[",
    "process.env",
    "process['env",
    "ethereum",
    "clipboard",
    "\\x",
];

static PYTHON_WORDS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::new(PYTHON).ok());
static JAVASCRIPT_WORDS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::new(JAVASCRIPT).ok());

/// Whether reading the script can show anything.
#[must_use]
pub(crate) fn is_worth_reading(bytes: &[u8], language: Language) -> bool {
    let words = match language {
        Language::Python => &*PYTHON_WORDS,
        Language::JavaScript => &*JAVASCRIPT_WORDS,
        _ => return !bytes.is_empty(),
    };
    words.as_ref().is_none_or(|w| w.is_match(bytes))
}

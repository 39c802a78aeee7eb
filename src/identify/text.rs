//! Whether bytes are text, and what kind of text.
//!
//! Only a sample is looked at: the first 4 KiB and the last one. A file that a name or a `#!` line calls a script is
//! read leniently, since JavaScript allows NUL bytes in its comments, PHP and batch anything around the code, and a
//! few such bytes must not turn a program into "data" that nobody reads.

use std::borrow::Cow;

use super::name::Name;
use super::score;
use crate::model::FileKind;

const HEAD: usize = 4096;
const TAIL: usize = 1024;

/// What was counted in a sample.
pub(super) struct Sample<'a> {
    head: &'a [u8],
    tail: &'a [u8],
    /// Control characters that text does not have, NUL included.
    controls: usize,
    nuls: usize,
    /// Bytes that are not UTF-8.
    invalid: usize,
    total: usize,
}

/// The head of a text, as ASCII-compatible bytes without byte order mark, and its last bytes.
pub(super) struct Text<'a> {
    head: Cow<'a, [u8]>,
    tail: &'a [u8],
}

/// Whether a byte is a control character that text does not have.
const CONTROL: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 0x20 {
        // Backspace, tab, line feed, vertical tab, form feed, carriage return, DOS end of file, escape.
        #[allow(clippy::indexing_slicing, reason = "evaluated by the compiler, below 32")]
        {
            table[byte] = !matches!(byte, 8..=13 | 0x1a | 0x1b);
        }
        byte += 1;
    }
    table[0x7f] = true;
    table
};

impl<'a> Sample<'a> {
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        let head = bytes.get(..HEAD).unwrap_or(bytes);
        let rest = bytes.get(head.len()..).unwrap_or_default();
        let tail = rest.get(rest.len().saturating_sub(TAIL)..).unwrap_or_default();
        let mut sample = Self { head, tail, controls: 0, nuls: 0, invalid: 0, total: head.len() + tail.len() };
        for part in [head, tail] {
            if std::str::from_utf8(part).is_err() {
                sample.invalid += part.utf8_chunks().map(|c| c.invalid().len()).sum::<usize>();
            }
            sample.controls += part.iter().filter(|b| CONTROL.get(usize::from(**b)) == Some(&true)).count();
            sample.nuls += memchr::memchr_iter(0, part).count();
        }
        // Characters that the sample's own borders cut through.
        if !rest.is_empty() {
            sample.invalid = sample.invalid.saturating_sub(6);
        }
        sample
    }

    /// Text without any doubt: hardly a byte that text does not have.
    pub(super) fn is_plain(&self) -> bool {
        (self.controls + self.invalid) * 50 <= self.total
    }

    /// The sample as text, if it is text. A name that says so makes it lenient.
    pub(super) fn text(&self, named: Option<FileKind>) -> Option<Text<'a>> {
        if let Some(head) = self.utf16() {
            return Some(Text { head: Cow::Owned(head), tail: &[] });
        }
        let lenient = named.is_some_and(FileKind::is_text);
        let bad = self.controls + self.invalid;
        let is_text = if self.begins_as_script(named) {
            true
        } else if self.controls * 100 > self.total {
            lenient && bad * 5 <= self.total
        } else if self.nuls > 0 && !lenient {
            bad * 500 <= self.total
        } else {
            // An old 8-bit or double-byte encoding has no control characters either; noise does, when it is long enough.
            self.invalid * 50 <= self.total
                || (lenient && self.controls == 0)
                || (self.controls * 300 <= self.total && (self.total >= 128 || self.invalid * 10 <= self.total * 3))
        };
        let head = self.head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(self.head);
        is_text.then_some(Text { head: Cow::Borrowed(head), tail: self.tail })
    }

    /// A program first, whatever comes behind it: a `#!` line, or half a kilobyte of text under a script's name.
    fn begins_as_script(&self, named: Option<FileKind>) -> bool {
        let is_clean = |part: &[u8]| !part.iter().any(|b| CONTROL.get(usize::from(*b)) == Some(&true));
        let line = self.head.split(|b| *b == b'\n').next().unwrap_or_default();
        let named = named.is_some_and(FileKind::is_script) && self.head.get(..512).is_some_and(is_clean);
        named || (self.head.starts_with(b"#!") && line.len() <= 256 && is_clean(line))
    }

    /// The head as ASCII (other characters as `?`), when it is UTF-16 with a mark or without.
    fn utf16(&self) -> Option<Vec<u8>> {
        let (order, body): (fn([u8; 2]) -> u16, _) = match self.head {
            [0xff, 0xfe, body @ ..] => (u16::from_le_bytes, body),
            [0xfe, 0xff, body @ ..] => (u16::from_be_bytes, body),
            _ if self.nuls * 10 >= self.total * 4 => {
                let odd = self.head.iter().skip(1).step_by(2).filter(|b| **b == 0).count();
                (if odd * 2 > self.nuls { u16::from_le_bytes } else { u16::from_be_bytes }, self.head)
            }
            _ => return None,
        };
        let mut ascii = Vec::with_capacity(body.len() / 2);
        let mut bad = 0;
        for pair in body.chunks_exact(2).filter_map(<[u8]>::first_chunk::<2>) {
            match u8::try_from(order(*pair)) {
                Ok(byte) => {
                    bad += usize::from(CONTROL.get(usize::from(byte)) == Some(&true));
                    ascii.push(byte);
                }
                Err(_) => ascii.push(b'?'),
            }
        }
        let odd_script = ascii.iter().filter(|b| **b == b'?').count();
        let marked = body.len() < self.head.len();
        let fits = ascii.len() >= 2 && bad * 50 <= ascii.len() && (marked || odd_script * 10 <= ascii.len());
        fits.then_some(ascii)
    }
}

/// What kind of text it is.
pub(super) fn kind(said: &Name<'_>, text: &Text<'_>) -> FileKind {
    let named = said.kind.filter(|k| k.is_text());
    let start = text.head.trim_ascii_start();
    if let Some(interpreter) = shebang(start) {
        return match named {
            Some(named) if named.is_script() && named.family() == interpreter.family() => named,
            Some(named @ FileKind::PythonPath) => named,
            // Programs in two languages at once exist; what most of the text is decides.
            Some(named) if named.is_script() && named != FileKind::OtherSource => {
                let scores = score::scores(&text.head);
                if scores.of(named) > scores.of(interpreter) { named } else { interpreter }
            }
            _ => interpreter,
        };
    }
    if starts(start, b"<?php") || starts(start, b"<?=") {
        return FileKind::Php;
    }
    if let Some(markup) = markup(start, named) {
        return markup;
    }
    match named {
        Some(FileKind::SourceMap) if !matches!(start.first(), Some(b'{' | b')')) => FileKind::Text,
        Some(FileKind::Ini) if start.first() == Some(&b'{') && is_json(start, text.tail) => FileKind::Json,
        // Parts of programs in PHP, and of those in many other languages, unless a page begins in it somewhere.
        Some(FileKind::Php) if said.ext() == "inc" && memchr::memmem::find(&text.head, b"<?").is_none() => {
            score::scores(&text.head).best().filter(|kind| kind.is_script()).unwrap_or(FileKind::Php)
        }
        Some(named) => named,
        None if is_json(start, text.tail) => FileKind::Json,
        None if start.starts_with(b"%YAML") || start.starts_with(b"---\n") => FileKind::Yaml,
        None => score::scores(&text.head).best().unwrap_or(FileKind::Text),
    }
}

/// Whether `text` begins with a lower-case word, in whatever case.
fn starts(text: &[u8], word: &[u8]) -> bool {
    text.get(..word.len()).is_some_and(|t| t.eq_ignore_ascii_case(word))
}

/// The markup that a text is, by its first tag.
fn markup(start: &[u8], named: Option<FileKind>) -> Option<FileKind> {
    if start.first() != Some(&b'<') {
        return None;
    }
    if starts(start, b"<?xml") {
        return Some(root(start));
    }
    // Templates and prose begin with tags too; a page under a script's name is a page.
    let own = matches!(named, Some(FileKind::OtherSource | FileKind::Php | FileKind::Markdown | FileKind::Html));
    if starts(start, b"<!doctype html") && !own {
        return Some(FileKind::Html);
    }
    let open = matches!(named, None | Some(FileKind::Xml | FileKind::Svg | FileKind::Plist));
    let tags: [(&[u8], FileKind); 8] = [
        (b"<!doctype plist", FileKind::Plist),
        (b"<!doctype svg", FileKind::Svg),
        (b"<plist", FileKind::Plist),
        (b"<svg", FileKind::Svg),
        (b"<html", FileKind::Html),
        (b"<head", FileKind::Html),
        (b"<body", FileKind::Html),
        (b"<script", FileKind::Html),
    ];
    let found = tags.iter().find(|(tag, _)| open && starts(start, tag)).map(|(_, kind)| *kind);
    found.or_else(|| (open && start.starts_with(b"<!--") && root(start) != FileKind::Xml).then(|| root(start)))
}

/// The kind of an XML text by its first element, behind declarations and comments.
fn root(mut text: &[u8]) -> FileKind {
    for _ in 0..16 {
        text = text.trim_ascii_start();
        let end: &[u8] = if text.starts_with(b"<!--") {
            b"-->"
        } else if text.starts_with(b"<?") {
            b"?>"
        } else if starts(text, b"<!doctype")
            && !starts(text, b"<!doctype plist")
            && !starts(text, b"<!doctype svg")
            && !starts(text, b"<!doctype html")
        {
            b">"
        } else {
            break;
        };
        let Some(at) = memchr::memmem::find(text, end) else { break };
        text = text.get(at + end.len()..).unwrap_or_default();
    }
    match text {
        _ if starts(text, b"<plist") || starts(text, b"<!doctype plist") => FileKind::Plist,
        _ if starts(text, b"<svg") || starts(text, b"<!doctype svg") => FileKind::Svg,
        _ if starts(text, b"<html") || starts(text, b"<!doctype html") => FileKind::Html,
        _ => FileKind::Xml,
    }
}

/// Whether a text has the outline of JSON: it opens with an object that has a key, or an array of values, and ends
/// with the bracket that closes it.
fn is_json(start: &[u8], tail: &[u8]) -> bool {
    let last = if tail.is_empty() { start } else { tail }.trim_ascii_end().last();
    let Some((open, rest)) = start.split_first() else { return false };
    let inner = rest.trim_ascii_start();
    match (open, last) {
        (b'{', Some(b'}')) => {
            let Some((b'"', key)) = inner.split_first() else { return inner.first() == Some(&b'}') };
            let end = memchr::memchr(b'"', key).unwrap_or(key.len());
            key.get(end + 1..).is_some_and(|after| after.trim_ascii_start().first() == Some(&b':'))
        }
        (b'[', Some(b']')) => matches!(inner.first(), Some(b'{' | b'[' | b'"' | b']' | b'-' | b'0'..=b'9')),
        _ => false,
    }
}

/// The language of a `#!` line.
fn shebang(text: &[u8]) -> Option<FileKind> {
    let line = text.strip_prefix(b"#!")?;
    let line = line.get(..256).unwrap_or(line).split(|b| matches!(b, b'\n' | b'\r')).next()?;
    let mut words = std::str::from_utf8(line).ok()?.split_ascii_whitespace();
    let mut program = words.next()?;
    let last = |path: &'_ str| path.rfind(['/', '\\']).map_or(0, |at| at + 1);
    if program.get(last(program)..) == Some("env") {
        // `env -S A=1 node --flag`
        program = words.find(|w| !w.starts_with('-') && !w.contains('='))?;
    }
    let base = program.get(last(program)..)?.trim_end_matches(".exe");
    let stem = base.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-'));
    let rest = || line.windows(10).any(|w| w == b"JavaScript");
    Some(match stem {
        "python" | "pythonw" | "pypy" | "ipython" | "uv" | "uvx" | "pipx" | "jython" | "micropython"
        | "conda-python" => FileKind::Python,
        "node" | "nodejs" | "bun" | "qjs" | "gjs" | "zx" | "jsc" | "d" => FileKind::JavaScript,
        "deno" | "tsx" | "ts-node" | "bunx" => FileKind::TypeScript,
        "sh" | "bash" | "dash" | "ash" | "zsh" | "ksh" | "mksh" | "fish" | "busybox" | "csh" | "tcsh"
        | "openrc-run" | "bats" => FileKind::Shell,
        "perl" => FileKind::Perl,
        "ruby" | "jruby" => FileKind::Ruby,
        "php" => FileKind::Php,
        "lua" | "luajit" | "texlua" => FileKind::Lua,
        "pwsh" | "powershell" => FileKind::PowerShell,
        "osascript" if rest() => FileKind::JavaScript,
        "osascript" | "awk" | "gawk" | "mawk" | "sed" | "tclsh" | "wish" | "expect" | "rscript" | "Rscript"
        | "groovy" | "scala" | "julia" | "elixir" | "escript" | "make" | "runhaskell" | "swift" | "go"
        | "rust-script" | "cargo" | "nft" | "jq" | "gnuplot" | "dotnet" => FileKind::OtherSource,
        _ => return None,
    })
}

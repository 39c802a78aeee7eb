//! Constants as Python writes them.

use std::io::Write as _;

use crate::limits::Meter;
use crate::model::Gap;

/// Words that cannot be names; those that are values can stand where a name does.
const KEYWORDS: &[&str] = &[
    "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except",
    "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise",
    "return", "try", "while", "with", "yield",
];

/// Text on its way into the listing. Writing never fails; when no more fits, the rest is dropped and
/// [`Text::stopped`] says why.
pub(in crate::unwrap) struct Text<'m, 'b> {
    meter: &'m mut Meter<'b>,
    buffer: Vec<u8>,
    /// Bytes since the last line break.
    column: usize,
    /// Bytes that may still be written, of the whole listing and of this statement.
    left: u64,
    statement: u64,
    stopped: Option<Gap>,
    /// Whether the statement was cut.
    pub(in crate::unwrap) cut: bool,
    /// Whether any was.
    pub(in crate::unwrap) cut_off: bool,
}

impl<'m, 'b> Text<'m, 'b> {
    /// Text of at most `most` bytes.
    pub(in crate::unwrap) fn new(meter: &'m mut Meter<'b>, most: u64) -> Self {
        Self {
            meter,
            buffer: Vec::new(),
            column: 0,
            left: most,
            statement: most,
            stopped: None,
            cut: false,
            cut_off: false,
        }
    }

    /// Begins a statement, which may take half of what is left.
    pub(in crate::unwrap) fn begin(&mut self) {
        self.statement = self.left / 2;
    }

    /// Whether nothing more is taken of this statement.
    pub(in crate::unwrap) fn is_full(&self) -> bool {
        self.statement == 0
    }

    /// Whether nothing more is taken at all.
    pub(in crate::unwrap) fn is_over(&self) -> bool {
        self.left == 0
    }

    pub(in crate::unwrap) fn column(&self) -> usize {
        self.column
    }

    pub(in crate::unwrap) fn push(&mut self, text: &str) {
        let len = text.len() as u64;
        if len > self.statement {
            self.cut |= len > 0;
            self.statement = 0;
            return;
        }
        self.statement -= len;
        self.raw(text.as_bytes());
    }

    /// Writes what must not be missing: line breaks, comments.
    pub(in crate::unwrap) fn raw(&mut self, bytes: &[u8]) {
        self.left = self.left.saturating_sub(bytes.len() as u64);
        match memchr::memrchr(b'\n', bytes) {
            Some(at) => self.column = bytes.len() - at - 1,
            None => self.column += bytes.len(),
        }
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= 1 << 15 {
            self.flush();
        }
    }

    /// A name from the file, with dots or without; what could not stand in a name is left out.
    pub(in crate::unwrap) fn name(&mut self, name: &[u8]) {
        if name == b"*" {
            return self.push("*");
        }
        let name = String::from_utf8_lossy(name);
        // `.0` is what a comprehension is given.
        for (i, part) in name.trim_matches('.').split('.').enumerate() {
            if i > 0 {
                self.push(".");
            }
            self.part_of_name(part);
        }
    }

    /// Instructions take any text for a name; what source could not say would end the reading of it.
    fn part_of_name(&mut self, part: &str) {
        let fits = |c: char| c.is_alphanumeric() || c == '_';
        if part.is_empty() || part.starts_with(|c: char| c.is_numeric()) {
            self.push("_");
        }
        if part.chars().all(fits) {
            self.push(part);
        } else {
            let part: String = part.chars().filter(|c| fits(*c)).collect();
            self.push(if part.is_empty() { "_" } else { &part });
        }
        if KEYWORDS.contains(&part) {
            self.push("_");
        }
    }

    fn flush(&mut self) {
        if self.stopped.is_none() && self.meter.write_all(&self.buffer).is_err() {
            self.stopped = self.meter.stopped();
            (self.left, self.statement) = (0, 0);
        }
        self.buffer.clear();
    }

    /// Writes what is left; the limit that ended it, if one did.
    pub(in crate::unwrap) fn finish(mut self) -> Option<Gap> {
        self.flush();
        self.stopped
    }

    fn escaped(&mut self, c: char, quote: char) {
        match c {
            '\\' => self.push("\\\\"),
            '\t' => self.push("\\t"),
            '\r' => self.push("\\r"),
            '\n' => self.push("\\n"),
            c if c == quote => {
                self.push("\\");
                self.push(c.encode_utf8(&mut [0; 4]));
            }
            ' '..='~' => self.push(c.encode_utf8(&mut [0; 4])),
            // What is not printable is what Rust would escape, too.
            c if c.escape_debug().len() == 1 => self.push(c.encode_utf8(&mut [0; 4])),
            c => match u32::from(c) {
                n @ 0..=0xff => self.push(&format!("\\x{n:02x}")),
                n @ 0x100..=0xffff => self.push(&format!("\\u{n:04x}")),
                n => self.push(&format!("\\U{n:08x}")),
            },
        }
    }

    /// The inside of a text literal.
    pub(in crate::unwrap) fn inside(
        &mut self,
        text: &[u8],
        quote: char,
        mut each: impl FnMut(&mut Self, char) -> bool,
    ) {
        let mut run = 0;
        for chunk in text.utf8_chunks() {
            let valid = chunk.valid();
            // Runs that need no escape are written at once.
            let plain = |b: u8| (b' '..=b'~').contains(&b) && b != b'\\' && b != quote as u8 && b != b'{' && b != b'}';
            let mut rest = valid;
            while !rest.is_empty() && !self.is_full() {
                let len = rest.bytes().take(4096).take_while(|b| plain(*b)).count();
                if let Some((head, tail)) = rest.split_at_checked(len).filter(|_| len > 0) {
                    self.push(head);
                    rest = tail;
                    continue;
                }
                let mut chars = rest.chars();
                let Some(c) = chars.next() else { break };
                if !each(self, c) {
                    self.escaped(c, quote);
                }
                rest = chars.as_str();
            }
            chunk.invalid().iter().for_each(|b| self.push(&format!("\\x{b:02x}")));
            run += 1;
            if self.is_full() && run > 1 {
                break;
            }
        }
    }

    /// A text literal.
    pub(in crate::unwrap) fn text(&mut self, text: &[u8]) {
        // Text of several lines is written as such, as its author most likely did.
        let breaks = memchr::memchr_iter(b'\n', text).count();
        if breaks > 1 && text.len() > 80 {
            return self.block(text);
        }
        let quote = if text.contains(&b'\'') && !text.contains(&b'"') { '"' } else { '\'' };
        self.push(quote.encode_utf8(&mut [0; 4]));
        self.inside(text, quote, |_, _| false);
        self.push(quote.encode_utf8(&mut [0; 4]));
    }

    /// A text literal of several lines.
    pub(in crate::unwrap) fn block(&mut self, text: &[u8]) {
        self.push("\"\"\"");
        self.inside(text, '"', |out, c| {
            if c == '\n' {
                out.push("\n");
            }
            c == '\n'
        });
        self.push("\"\"\"");
    }

    /// A byte string literal.
    pub(in crate::unwrap) fn bytes(&mut self, bytes: &[u8]) {
        let quote = if bytes.contains(&b'\'') && !bytes.contains(&b'"') { b'"' } else { b'\'' };
        let mark = if quote == b'"' { "\"" } else { "'" };
        self.push("b");
        self.push(mark);
        let plain = |b: u8| (b' '..=b'~').contains(&b) && b != b'\\' && b != quote;
        let mut rest = bytes;
        while let Some((first, tail)) = rest.split_first() {
            if self.is_full() {
                break;
            }
            let len = rest.iter().take(4096).take_while(|b| plain(**b)).count();
            if let Some((head, tail)) = rest.split_at_checked(len).filter(|_| len > 0) {
                self.push(std::str::from_utf8(head).unwrap_or_default());
                rest = tail;
                continue;
            }
            match first {
                b'\\' => self.push("\\\\"),
                b'\n' => self.push("\\n"),
                b'\r' => self.push("\\r"),
                b'\t' => self.push("\\t"),
                b if *b == quote => {
                    self.push("\\");
                    self.push(mark);
                }
                b => self.push(&format!("\\x{b:02x}")),
            }
            rest = tail;
        }
        self.push(mark);
    }

    /// An integer of any size: decimal up to 64 bits, else hexadecimal.
    pub(in crate::unwrap) fn long(&mut self, negative: bool, digits: &[u8]) {
        if negative {
            self.push("-");
        }
        let digits = digits
            .chunks_exact(2)
            .map(|d| u32::from(u16::from_le_bytes([d.first().copied().unwrap_or(0), d.last().copied().unwrap_or(0)])));
        if digits.len() <= 4 {
            let value = digits.rev().fold(0u64, |value, digit| value << 15 | u64::from(digit));
            return self.push(&value.to_string());
        }
        // Fifteen bits at a time, lowest first, into hexadecimal digits.
        let (mut text, mut held, mut bits) = (Vec::new(), 0u32, 0u32);
        let nibble = |n: u32| char::from_digit(n & 15, 16).map_or(b'0', |c| c as u8);
        for digit in digits {
            held |= (digit & 0x7fff) << bits;
            bits += 15;
            while bits >= 4 {
                text.push(nibble(held));
                held >>= 4;
                bits -= 4;
            }
        }
        text.push(nibble(held));
        while text.len() > 1 && text.last() == Some(&b'0') {
            text.pop();
        }
        text.reverse();
        self.push("0x");
        for part in text.chunks(4096) {
            self.push(std::str::from_utf8(part).unwrap_or_default());
        }
    }

    /// A floating-point number.
    pub(in crate::unwrap) fn float(&mut self, value: f64) {
        if value.is_finite() {
            self.push(&format!("{value:?}"));
        } else {
            self.push(if value.is_nan() {
                "float('nan')"
            } else if value > 0.0 {
                "float('inf')"
            } else {
                "float('-inf')"
            });
        }
    }
}

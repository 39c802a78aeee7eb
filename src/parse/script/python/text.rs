//! Strings: literals, bytes, f-strings, t-strings. Neighbours are joined. A literal that the parser refused for what is
//! in it (`'C:\users'` is one to Python 3, not to Python 2) is decoded here, leaving as they are the escapes that are
//! none.

use ruff_python_ast::{
    ExprBytesLiteral, ExprFString, ExprStringLiteral, ExprTString, FStringPart, InterpolatedElement,
    InterpolatedStringElement, InterpolatedStringElements, StringLiteral,
};
use ruff_text_size::Ranged as _;

use super::lower::Lower;
use super::range;
use crate::parse::script::{Id, Node};

/// Text of a template that is still growing.
#[derive(Default)]
struct Growing {
    text: String,
    at: (u32, u32),
}

impl Growing {
    fn push(&mut self, text: &str, at: (u32, u32)) {
        if self.text.is_empty() {
            self.at.0 = at.0;
        }
        self.at.1 = at.1;
        self.text.push_str(text);
    }
}

impl<'a> Lower<'a> {
    pub(super) fn string(&mut self, e: &'a ExprStringLiteral) -> Id {
        let at = range(e);
        match e.value.as_slice() {
            [one] if !one.flags.is_invalid() => self.text(one.as_str(), at),
            parts => {
                let mut joined = Growing::default();
                for part in parts {
                    self.literal(part, &mut joined);
                }
                self.text(&joined.text, at)
            }
        }
    }

    fn literal(&mut self, part: &StringLiteral, into: &mut Growing) {
        let at = range(part);
        if part.flags.is_invalid() {
            let bytes = Literal::of(self.source(at)).decode();
            into.push(&String::from_utf8_lossy(&bytes), at);
        } else {
            into.push(part.as_str(), at);
        }
    }

    pub(super) fn bytes(&mut self, e: &'a ExprBytesLiteral) -> Id {
        let mut joined = Vec::new();
        for part in &e.value {
            if part.flags.is_invalid() {
                joined.extend(Literal::of(self.source(range(part))).decode());
            } else {
                joined.extend_from_slice(part.as_slice());
            }
        }
        let sym = self.tree.sym(&joined);
        self.put(Node::Bytes(sym), range(e))
    }

    /// An f-string with its neighbours.
    pub(super) fn formatted(&mut self, e: &'a ExprFString) -> Id {
        let base = self.ids.len();
        let mut growing = Growing::default();
        for part in &e.value {
            match part {
                FStringPart::Literal(part) => self.literal(part, &mut growing),
                FStringPart::FString(part) => self.elements(&part.elements, part.flags.prefix().is_raw(), &mut growing),
            }
        }
        self.joined(base, growing, range(e))
    }

    /// A t-string with its neighbours.
    pub(super) fn template(&mut self, e: &'a ExprTString) -> Id {
        let base = self.ids.len();
        let mut growing = Growing::default();
        for part in &e.value {
            self.elements(&part.elements, part.flags.prefix().is_raw(), &mut growing);
        }
        self.joined(base, growing, range(e))
    }

    /// Makes a template of the pieces since `base`, or text when there is nothing else in it.
    fn joined(&mut self, base: usize, growing: Growing, at: (u32, u32)) -> Id {
        if self.ids.len() == base {
            return self.text(&growing.text, at);
        }
        self.grown(growing);
        let pieces = self.list_from(base);
        self.put(Node::Template(pieces), at)
    }

    /// Collects text as a piece.
    fn grown(&mut self, growing: Growing) {
        if !growing.text.is_empty() {
            let id = self.text(&growing.text, growing.at);
            self.ids.push(id);
        }
    }

    fn elements(&mut self, elements: &'a InterpolatedStringElements, is_raw: bool, growing: &mut Growing) {
        for element in elements {
            match element {
                InterpolatedStringElement::Literal(part) if part.is_valid() => growing.push(&part.value, range(part)),
                InterpolatedStringElement::Literal(part) => {
                    let at = range(part);
                    let body = self.source(at).replace("{{", "{").replace("}}", "}");
                    let bytes = Literal { body: &body, is_raw, is_bytes: false }.decode();
                    growing.push(&String::from_utf8_lossy(&bytes), at);
                }
                InterpolatedStringElement::Interpolation(field) => {
                    if let Some(text) = &field.debug_text {
                        growing.push(text.as_str(), range(&*field.expression));
                    }
                    self.grown(std::mem::take(growing));
                    let id = self.field(field, is_raw);
                    self.ids.push(id);
                }
            }
        }
    }

    /// `{value!conversion:specification}`
    fn field(&mut self, field: &'a InterpolatedElement, is_raw: bool) -> Id {
        let at = range(field);
        let mut id = self.expression(&field.expression);
        let conversion = match field.conversion.to_char() {
            Some('r') => Some("repr"),
            Some('s') => Some("str"),
            Some(_) => Some("ascii"),
            None => (field.debug_text.is_some() && field.format_spec.is_none()).then_some("repr"),
        };
        if let Some(conversion) = conversion {
            id = self.call(conversion, &[id], at);
        }
        let Some(specification) = field.format_spec.as_deref() else { return id };
        if !self.enter(specification.start().to_u32()) {
            return self.opaque(&[id], at);
        }
        let base = self.ids.len();
        let mut growing = Growing::default();
        self.elements(&specification.elements, is_raw, &mut growing);
        let specification = self.joined(base, growing, range(specification));
        self.leave();
        self.call("format", &[id, specification], at)
    }

    /// The script, as it was parsed, at some place.
    fn source(&self, (start, end): (u32, u32)) -> &'a str {
        self.legacy.text.get(start as usize..end as usize).unwrap_or_default()
    }
}

/// A literal as it is written.
struct Literal<'a> {
    /// What stands between the quotes.
    body: &'a str,
    is_raw: bool,
    is_bytes: bool,
}

impl<'a> Literal<'a> {
    /// Takes off prefix and quotes.
    fn of(source: &'a str) -> Self {
        let open = source.find(['"', '\'']).unwrap_or(0);
        let (prefix, rest) = source.split_at_checked(open).unwrap_or(("", source));
        let quote = if rest.starts_with('"') { "\"" } else { "'" };
        let triple = quote.repeat(3);
        let marks = if rest.starts_with(&triple) { triple.as_str() } else { quote };
        let body = rest.strip_prefix(marks).unwrap_or(rest);
        let has = |c: char| prefix.chars().any(|p| p.eq_ignore_ascii_case(&c));
        Self { body: body.strip_suffix(marks).unwrap_or(body), is_raw: has('r'), is_bytes: has('b') }
    }

    /// What it means: bytes, or text in UTF-8.
    fn decode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.body.len());
        let mut rest = self.body;
        while let Some(at) = rest.find('\\').filter(|_| !self.is_raw) {
            let (before, escape) = rest.split_at_checked(at).unwrap_or((rest, ""));
            out.extend_from_slice(before.as_bytes());
            let len = self.escape(escape, &mut out);
            rest = escape.get(len..).unwrap_or_default();
        }
        out.extend_from_slice(rest.as_bytes());
        out
    }

    /// Decodes one escape and gives its length; what is none stays as it is.
    fn escape(&self, text: &str, out: &mut Vec<u8>) -> usize {
        let Some(kind) = text.chars().nth(1) else {
            out.push(b'\\');
            return 1;
        };
        let hex = |len: usize| text.get(2..2 + len).and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let simple = match kind {
            '\\' | '\'' | '"' => Some(kind),
            'a' => Some('\x07'),
            'b' => Some('\x08'),
            'f' => Some('\x0c'),
            'n' => Some('\n'),
            'r' => Some('\r'),
            't' => Some('\t'),
            'v' => Some('\x0b'),
            _ => None,
        };
        if let Some(simple) = simple {
            self.push(u32::from(simple), out);
            return 2;
        }
        let (code, len) = match kind {
            '\r' if text.get(2..3) == Some("\n") => return 3,
            '\n' | '\r' => return 2,
            'x' => (hex(2), 4),
            'u' if !self.is_bytes => (hex(4), 6),
            'U' if !self.is_bytes => (hex(8), 10),
            '0'..='7' => {
                let digits = text.bytes().skip(1).take(3).take_while(|b| (b'0'..=b'7').contains(b)).count();
                (text.get(1..=digits).and_then(|digits| u32::from_str_radix(digits, 8).ok()), 1 + digits)
            }
            _ => (None, 1),
        };
        match code {
            Some(code) => {
                self.push(code, out);
                len
            }
            None => {
                out.push(b'\\');
                1
            }
        }
    }

    fn push(&self, code: u32, out: &mut Vec<u8>) {
        if self.is_bytes {
            out.push(u8::try_from(code & 0xff).unwrap_or(0));
        } else {
            let c = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
            out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        }
    }
}

//! Readers of Go, Rust, Java, C# and R, made by hand over one list of tokens. They are after what is called with what: types are
//! stepped over where they say nothing about a value, and so are lifetimes, attributes, `?` and `unwrap`.
//!
//! What runs by itself stands at the end of the tree: package variables and `init` of Go, functions of Rust that run when
//! a library is loaded or when a crate is compiled are called there, and `main` is called under the same question that
//! scripts of Python ask (`__name__ == "__main__"`). A method `f` of a type `T` is a function `T.f`, and goes by `.f` as
//! well, for nobody knows the types of what it is called on. Names that stand for what is not one of the tree's ideas:
//! `{first}` (several results of one call), `{results}` (several results that are returned), `{pairs}` (places and
//! elements), `{typed}` (a parameter whose type is a library's), `{bytes}`, `{runes}`, `{zeros}`, `{format}`, casts such
//! as `{u8}`.

mod curly;
mod curly_expr;
mod curly_statement;
mod go;
mod go_decl;
mod go_expr;
mod go_type;
mod r;
mod rust;
mod rust_expr;
mod rust_pattern;
#[cfg(test)]
mod tests;
mod token;

use super::shell::build::{Build, Span};
use super::{Func, Id, Language, Node, Op, Param, Tree};
use token::{Kind, Token};

/// Operators that set what stands left of them to something made of it (`&^=` is of Go alone).
const SETTING: &[(&str, Op)] = &[
    ("<<=", Op::Shl),
    (">>=", Op::Shr),
    ("&^=", Op::BitAnd),
    ("+=", Op::Add),
    ("-=", Op::Sub),
    ("*=", Op::Mul),
    ("/=", Op::FloorDiv),
    ("%=", Op::Mod),
    ("&=", Op::BitAnd),
    ("|=", Op::BitOr),
    ("^=", Op::BitXor),
];

/// A word of Rust that nobody is to find in this project's own code but where it is meant.
const UNSAFE: &str = concat!("un", "safe");

/// Reads a file.
pub(super) fn read(language: Language, text: &str) -> Tree {
    let (tokens, partners, whole) = token::tokens(text, language);
    let mut reader = Reader {
        text,
        tokens,
        partners,
        at: 0,
        b: Build::new(language),
        plain: false,
        leaves: false,
        dot: None,
        of: String::new(),
        results: 0,
        names: curly::Names::default(),
    };
    if !whole {
        reader.b.problem(text.len(), "the file has too many parts");
    }
    let mut out = Vec::new();
    match language {
        Language::Rust => reader.rust_file(&mut out),
        Language::Java | Language::CSharp => reader.curly_file(&mut out),
        Language::R => reader.r_file(&mut out),
        _ => reader.go_file(&mut out),
    }
    reader.b.finish(&out, text.len())
}

/// A reader at a place of a file.
struct Reader<'t> {
    text: &'t str,
    tokens: Vec<Token>,
    partners: Vec<u32>,
    at: usize,
    b: Build,
    /// Whether a brace begins a block, and not the fields of something (the head of `if`, `for`, `switch`).
    plain: bool,
    /// Whether `break` leaves a `switch`, which is a chain of branches here.
    leaves: bool,
    /// What was imported without a name of its own: all its members are names.
    dot: Option<String>,
    /// The type whose methods are being read.
    of: String,
    /// For how many temporary values a name was made.
    results: usize,
    /// Names of a file of Java or C#.
    names: curly::Names,
}

impl<'t> Reader<'t> {
    fn token(&self, by: usize) -> Token {
        let end = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        self.tokens.get(self.at + by).copied().unwrap_or(Token { kind: Kind::End, start: end, end })
    }

    fn kind(&self) -> Kind {
        self.token(0).kind
    }

    fn more(&self) -> bool {
        self.at < self.tokens.len()
    }

    /// Where the next token begins, in bytes.
    fn place(&self) -> usize {
        self.token(0).start as usize
    }

    /// From a place to the end of the last token.
    fn since(&self, start: usize) -> Span {
        let last = self.at.checked_sub(1).and_then(|i| self.tokens.get(i));
        (start, last.map_or(start, |t| (t.end as usize).max(start)))
    }

    fn slice(&self, token: Token) -> &'t str {
        self.text.get(token.start as usize..token.end as usize).unwrap_or_default()
    }

    /// The word that comes next, or nothing.
    fn word(&self) -> &'t str {
        self.word_at(0)
    }

    fn word_at(&self, by: usize) -> &'t str {
        let token = self.token(by);
        if token.kind == Kind::Word { self.slice(token) } else { "" }
    }

    /// Goes behind a word.
    fn eat_word(&mut self, word: &str) -> bool {
        let there = self.word() == word;
        self.at += usize::from(there);
        there
    }

    /// Takes a word that is a name.
    fn name(&mut self) -> &'t str {
        let word = self.word();
        self.at += usize::from(!word.is_empty());
        word
    }

    /// Whether these signs come next, with nothing between them.
    fn looking(&self, signs: &str) -> bool {
        self.looking_at(0, signs)
    }

    fn looking_at(&self, by: usize, signs: &str) -> bool {
        signs.bytes().enumerate().all(|(i, sign)| {
            let token = self.token(by + i);
            token.kind == Kind::Sign(sign) && (i == 0 || self.token(by + i - 1).end == token.start)
        })
    }

    fn eat(&mut self, signs: &str) -> bool {
        let there = self.looking(signs);
        if there {
            self.at += signs.len();
        }
        there
    }

    fn expect(&mut self, signs: &str) -> bool {
        let there = self.eat(signs);
        if !there {
            self.b.problem(self.place(), &format!("`{signs}` is missing"));
        }
        there
    }

    /// The place of the bracket that closes the one at hand, or of the end.
    fn partner(&self) -> usize {
        self.partners.get(self.at).map_or(self.tokens.len(), |p| *p as usize)
    }

    /// Goes behind what stands in brackets here.
    fn skip_brackets(&mut self) {
        self.at = (self.partner() + 1).min(self.tokens.len().max(self.at + 1));
    }

    fn is_open(&self) -> bool {
        matches!(self.kind(), Kind::Sign(b'(' | b'[' | b'{'))
    }

    fn closes(&self) -> bool {
        matches!(self.kind(), Kind::Sign(b')' | b']' | b'}')) || !self.more()
    }

    /// Goes to the end of a statement that was not understood.
    fn skip_statement(&mut self) {
        while self.more() && !self.closes() {
            if matches!(self.kind(), Kind::LineEnd | Kind::Sign(b';')) {
                return;
            }
            if self.is_open() {
                self.skip_brackets();
            } else {
                self.at += 1;
            }
        }
    }

    /// What is nested too deeply is stepped over.
    fn give_up(&mut self) -> Id {
        let start = self.place();
        self.skip_statement();
        self.b.opaque(&[], self.since(start))
    }

    fn span_of(&self, id: Id) -> Span {
        self.b.over(id, id)
    }

    /// A name for a value that is used more than once.
    fn temporary(&mut self) -> String {
        self.results += 1;
        format!("{{value {}}}", self.results)
    }

    fn declare(&mut self, target: Id, value: Id) -> Id {
        let span = self.b.over(target, value);
        self.b.add(Node::Declare(target, value), span)
    }

    fn assign(&mut self, target: Id, value: Id) -> Id {
        let span = self.b.over(target, value);
        match self.b.tree.get(target) {
            Node::Name(_) | Node::Member(..) | Node::Index(..) | Node::List(_) => {
                self.b.add(Node::Assign(target, value), span)
            }
            _ => self.b.opaque(&[target, value], span),
        }
    }

    fn function(&mut self, name: &str, params: Vec<Param>, body: Id, is_expression: bool, start: usize) -> Id {
        let name = self.b.tree.sym(name);
        let func =
            Func { name, params, body, is_expression, is_method: false, decorators: Vec::new(), outer: Vec::new() };
        let span = self.since(start);
        self.b.func(func, span)
    }

    /// Says of a function that it is first given what it is called on.
    fn as_method(&mut self, id: Id) -> Id {
        let Node::Func(func) = self.b.tree.get(id) else { return id };
        let Some(mut func) = self.b.tree.function(func).map(|f| Func::clone(f)) else { return id };
        func.is_method = true;
        let span = self.span_of(id);
        self.b.func(func, span)
    }

    /// Binds the method `T.f` to `.f` as well.
    fn method_by_name(&mut self, of: &str, name: &str, span: Span) -> Id {
        let whole = self.b.name(format!("{of}.{name}"), span);
        let short = self.b.name(format!(".{name}"), span);
        self.b.add(Node::Declare(short, whole), span)
    }

    /// Calls `main` when the file is what is started.
    fn call_main(&mut self) -> Id {
        let at = self.text.len();
        let (question, answer) = (self.b.name("__name__", (at, at)), self.b.str("__main__", (at, at)));
        let test = self.b.binary(Op::Eq, question, answer);
        let call = self.b.helper("main", &[], (at, at));
        let block = self.b.block(&[call], (at, at));
        self.b.add(Node::If(test, block, Id::NONE), (at, at))
    }

    /// A number.
    fn number(&mut self) -> Id {
        let start = self.place();
        let text = self.slice(self.token(0)).replace('_', "");
        self.at += 1;
        let n = value_of_number(&text, self.b.tree.language);
        let span = self.since(start);
        self.b.num(n, span)
    }

    /// What stands between quotes.
    fn quoted(&mut self) -> Id {
        let start = self.place();
        let token = self.token(0);
        let text = self.slice(token);
        self.at += 1;
        let span = self.since(start);
        let prefix = text.find(['"', '\'', '`']).unwrap_or(0);
        let (before, rest) = text.split_at(prefix.min(text.len()));
        let quote = rest.chars().next().unwrap_or('"');
        let inner = rest.strip_prefix(quote).unwrap_or_default();
        let before = before.trim_end_matches('#');
        let hashes = prefix - before.len();
        let inner = inner.get(..inner.len().saturating_sub(hashes)).unwrap_or_default();
        let inner = inner.strip_suffix(quote).unwrap_or(inner);
        let bytes = if quote == '`' || before.contains('r') { inner.as_bytes().to_vec() } else { unescaped(inner) };
        if token.kind == Kind::Char {
            let text = String::from_utf8_lossy(&bytes);
            let code = text.chars().next().map_or(0, u32::from);
            let code = if before == "b" { u32::from(bytes.first().copied().unwrap_or(0)) } else { code };
            if self.b.tree.language == Language::Rust && before != "b" {
                return self.b.str(&*text, span);
            }
            return self.b.num(f64::from(code), span);
        }
        if before.contains('b') || std::str::from_utf8(&bytes).is_err() {
            let sym = self.b.tree.sym(&bytes);
            return self.b.add(Node::Bytes(sym), span);
        }
        self.b.str(&bytes, span)
    }
}

/// What digits say. Suffixes of Rust (`u8`, `usize`, `f64`) say nothing of the value.
#[allow(clippy::cast_precision_loss)]
fn value_of_number(text: &str, language: Language) -> f64 {
    let lower = text.to_ascii_lowercase();
    let (digits, base) = match lower.get(..2) {
        Some("0x") => (lower.get(2..).unwrap_or_default(), 16),
        Some("0b") => (lower.get(2..).unwrap_or_default(), 2),
        Some("0o") => (lower.get(2..).unwrap_or_default(), 8),
        _ => (lower.as_str(), 10),
    };
    let digits = if matches!(language, Language::Java | Language::CSharp | Language::R) && base == 10 {
        digits.trim_end_matches(['l', 'd', 'f', 'm', 'u'])
    } else {
        digits.trim_end_matches(|c| {
            matches!(language, Language::Java | Language::CSharp | Language::R) && matches!(c, 'l' | 'u')
        })
    };
    let digits = ["u8", "i8", "u16", "i16", "u32", "i32", "u64", "i64", "u128", "i128", "usize", "isize", "f32", "f64"]
        .iter()
        .find_map(|end| digits.strip_suffix(end).filter(|_| base != 16 || end.starts_with(['u', 'i'])))
        .unwrap_or(digits);
    if base == 10 {
        let is_octal = language == Language::Go
            && digits.len() > 1
            && digits.starts_with('0')
            && digits.bytes().all(|b| matches!(b, b'0'..=b'7'));
        if is_octal {
            return u64::from_str_radix(digits, 8).map_or(0.0, |n| n as f64);
        }
        return digits.parse().unwrap_or(0.0);
    }
    digits.chars().filter_map(|c| c.to_digit(base)).fold(0.0, |n, d| n * f64::from(base) + f64::from(d))
}

/// Text with its escapes read. They may make bytes that are no UTF-8.
fn unescaped(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.extend_from_slice(rest.get(..at).unwrap_or_default().as_bytes());
        let tail = rest.get(at + 1..).unwrap_or_default();
        let Some(escape) = tail.chars().next() else { return out };
        let mut skipped = escape.len_utf8();
        let digits = |from: usize, many: usize, base: u32| {
            tail.get(from..from + many).and_then(|digits| u32::from_str_radix(digits, base).ok())
        };
        let mut character = |code: u32| {
            let c = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
            out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        };
        match escape {
            'n' => out.push(b'\n'),
            't' => out.push(b'\t'),
            'r' => out.push(b'\r'),
            'a' => out.push(7),
            'b' => out.push(8),
            'f' => out.push(12),
            'v' => out.push(11),
            'x' => {
                let value = digits(1, 2, 16);
                skipped += if value.is_some() { 2 } else { 0 };
                out.push(value.and_then(|v| u8::try_from(v).ok()).unwrap_or(b'x'));
            }
            'u' if tail.starts_with("u{") => {
                let end = tail.bytes().take(12).position(|b| b == b'}').unwrap_or(0);
                let code = tail.get(2..end.max(2)).and_then(|digits| u32::from_str_radix(digits, 16).ok());
                skipped += end;
                character(code.unwrap_or(0xfffd));
            }
            'u' | 'U' => {
                let many = if escape == 'u' { 4 } else { 8 };
                let code = digits(1, many, 16);
                skipped += if code.is_some() { many } else { 0 };
                character(code.unwrap_or(0xfffd));
            }
            '0'..='7' if digits(0, 3, 8).is_some() => {
                skipped = 3;
                out.push(digits(0, 3, 8).and_then(|v| u8::try_from(v).ok()).unwrap_or(0));
            }
            '0' => out.push(0),
            // A line that goes on.
            '\n' => skipped += tail.len() - tail.trim_start().len() - 1,
            other => out.extend_from_slice(other.encode_utf8(&mut [0; 4]).as_bytes()),
        }
        rest = tail.get(skipped..).unwrap_or_default();
    }
    out.extend_from_slice(rest.as_bytes());
    out
}

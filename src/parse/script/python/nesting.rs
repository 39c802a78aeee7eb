//! Keeps hostile nesting away from the parser, and says how deep the tree it gave is.
//!
//! The parser grows its stack as it needs, without a bound: a million brackets would cost it gigabytes. The language
//! itself refuses far less (two hundred brackets, some thousand prefixes), so what lies deeper is blanked out before
//! it is read. A long chain such as `a + b + …` is not deep to the parser, but the tree of it is, and so is dropping
//! that tree; it is left alone up to a size at which the stack for it is still small.

use ruff_python_ast::token::TokenKind;
use ruff_python_parser::Parsed;

use super::scan::{Kind, Scanner, Token};

/// Most brackets, f-strings and fields of f-strings inside each other; Python stops at 200 brackets.
const MAX_BRACKETS: usize = 300;

/// Most constructs that the parser reads by recursion inside each other: prefixes, `lambda`, `else` of an expression.
const MAX_PREFIXES: u32 = 1_000;

/// Most `lambda`s in the parameters of each other: here the parser does not see to its stack.
const MAX_LAMBDAS: u32 = 20;

/// Most links of a chain: operators, calls, members.
const MAX_LINKS: u32 = 400_000;

/// Most words of a script. The tree of the densest costs some 150 bytes a word, most of them while it is made.
const MAX_WORDS: usize = 12_000_000;

/// A part of a script that is not to be read.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) start: usize,
    pub(super) end: usize,
    /// What is wrong with it.
    pub(super) why: &'static str,
}

/// What stands open at one level of brackets.
#[derive(Clone, Copy, Default)]
struct Level {
    links: u32,
    /// Prefixes that reach to the end of the expression.
    tail: u32,
    /// `not`s in a row.
    nots: u32,
    /// Signs in a row, and powers, which hang on their right.
    signs: u32,
    /// `lambda`s whose colon is to come.
    lambdas: u32,
    /// `yield`s: the parser reads those behind a comma as if they were inside.
    yields: u32,
}

impl Level {
    fn prefixes(&self) -> u32 {
        self.tail + self.nots + self.signs + self.yields
    }

    /// A comma: what stands before it is complete, but for the parameters of a lambda.
    fn comma(&mut self) {
        if self.lambdas == 0 && self.yields == 0 {
            *self = Self::default();
        }
    }
}

/// A part with too much nesting that has not ended yet.
struct Cut {
    start: usize,
    /// The level at which its expression ends.
    level: usize,
    /// Whether it is a pair of brackets, the last of which belongs to it.
    brackets: bool,
}

/// The levels that are open, with their sums.
#[derive(Default)]
struct Levels {
    outer: Vec<Level>,
    links: u32,
    prefixes: u32,
    inner: Level,
    /// Whether the last word ended an operand, so that a sign behind it has two.
    operand: bool,
}

impl Levels {
    fn open(&mut self) {
        self.inner.links += u32::from(self.operand);
        self.links = self.links.saturating_add(self.inner.links);
        self.prefixes = self.prefixes.saturating_add(self.inner.prefixes());
        self.outer.push(std::mem::take(&mut self.inner));
        self.operand = false;
    }

    fn close(&mut self) {
        self.inner = self.outer.pop().unwrap_or_default();
        self.links = self.links.saturating_sub(self.inner.links);
        self.prefixes = self.prefixes.saturating_sub(self.inner.prefixes());
        self.operand = true;
    }

    fn is_too_much(&self) -> bool {
        self.prefixes + self.inner.prefixes() > MAX_PREFIXES
            || self.inner.lambdas > MAX_LAMBDAS
            || self.links + self.inner.links > MAX_LINKS
    }

    fn word(&mut self, word: &[u8]) {
        self.operand = false;
        match word {
            b"not" | b"await" => self.inner.nots += 1,
            b"lambda" => {
                self.inner.tail += 1;
                self.inner.lambdas += 1;
            }
            b"else" => {
                self.inner.tail += 1;
                self.inner.nots = 0;
                self.inner.signs = 0;
            }
            b"if" | b"and" | b"or" => {
                self.inner.links += 1;
                self.inner.nots = 0;
                self.inner.signs = 0;
            }
            b"in" | b"is" => self.inner.signs = 0,
            b"yield" => self.inner.yields += 1,
            b"async" => self.inner.tail += 1,
            _ => self.operand = true,
        }
    }

    fn operator(&mut self, operator: &[u8]) {
        let was = std::mem::take(&mut self.operand);
        match operator {
            b"." => self.inner.links += 1,
            b":=" => self.inner.tail += 1,
            b"**" if was => self.inner.signs += 1,
            _ if was => {
                self.inner.links += 1;
                self.inner.signs = 0;
            }
            _ => self.inner.signs += 1,
        }
    }

    fn token(&mut self, token: Token, bytes: &[u8]) {
        match token.kind {
            Kind::Word => {
                let word = bytes.get(token.start..token.end).unwrap_or_default();
                // `not in` is no prefix.
                if !(self.operand && word == b"not") {
                    self.word(word);
                }
            }
            Kind::Number | Kind::Text => self.operand = true,
            Kind::Operator | Kind::Tick => self.operator(bytes.get(token.start..token.end).unwrap_or_default()),
            Kind::Open => self.open(),
            Kind::Close => self.close(),
            Kind::Comma => {
                self.inner.comma();
                self.operand = false;
            }
            Kind::Colon => {
                if self.inner.lambdas > 0 {
                    self.inner.lambdas -= 1;
                } else {
                    self.inner.nots = 0;
                    self.inner.signs = 0;
                }
                self.operand = false;
            }
            Kind::Semi | Kind::Newline => {
                if self.outer.is_empty() || token.kind == Kind::Semi {
                    self.inner = Level::default();
                    self.operand = false;
                }
            }
        }
    }
}

/// The parts of a script that are too much to be read, in order.
pub(super) fn too_much(text: &str) -> Vec<Part> {
    let deep = |start, end| Part { start, end, why: "nested too deeply" };
    let bytes = text.as_bytes();
    let mut parts = Vec::new();
    let mut words = 0_usize;
    let mut levels = Levels::default();
    let mut cut: Option<Cut> = None;
    let mut fresh = true;
    let mut scanner = Scanner::new(text);
    while let Some(token) = scanner.next() {
        words += 1;
        if words > MAX_WORDS {
            let start = cut.take().map_or(token.start, |cut| cut.start);
            parts.push(Part { start, end: bytes.len(), why: "behind the most that is read of one script" });
            return parts;
        }
        if std::mem::replace(&mut fresh, token.kind == Kind::Newline)
            && !levels.outer.is_empty()
            && token.kind == Kind::Word
            && !scanner.in_text()
            && begins_statement(bytes.get(token.start..token.end).unwrap_or_default())
        {
            // A bracket was left open. The parser, too, ends what stands before; whether it leaves the bracket depends
            // on what there is in it, so that still counts.
            levels.inner = Level::default();
            levels.operand = false;
        }
        levels.token(token, bytes);
        if let Some(open) = &cut {
            let depth = levels.outer.len();
            let ends = match token.kind {
                Kind::Close => depth < open.level || (open.brackets && depth == open.level),
                Kind::Comma | Kind::Semi => depth == open.level && !open.brackets,
                Kind::Newline => depth == 0,
                _ => false,
            };
            if ends {
                parts.push(deep(open.start, if open.brackets { token.end } else { token.start }));
                cut = None;
            }
        } else if levels.outer.len() > MAX_BRACKETS {
            cut = Some(Cut { start: token.start, level: levels.outer.len() - 1, brackets: true });
        } else if levels.is_too_much() {
            cut = Some(Cut { start: token.start, level: levels.outer.len(), brackets: false });
        }
    }
    parts.extend(cut.map(|cut| deep(cut.start, bytes.len())));
    parts
}

/// Whether a line that begins with this word cannot go on with an expression of the line before.
fn begins_statement(word: &[u8]) -> bool {
    matches!(
        word,
        b"def"
            | b"class"
            | b"import"
            | b"return"
            | b"try"
            | b"while"
            | b"with"
            | b"raise"
            | b"del"
            | b"pass"
            | b"break"
            | b"continue"
            | b"global"
            | b"nonlocal"
            | b"assert"
            | b"except"
            | b"finally"
            | b"elif"
    )
}

/// What the words of one level of brackets say about the depth of its tree.
#[derive(Clone, Copy, Default)]
struct Depth {
    links: usize,
    lambdas: u32,
    yields: u32,
}

/// No less than the depth of a tree that the parser gave, by the words that it was made of.
pub(super) fn depth<T>(parsed: &Parsed<T>) -> usize {
    let mut outer: Vec<Depth> = Vec::new();
    let mut inner = Depth::default();
    let (mut around, mut blocks, mut deepest) = (0_usize, 0_usize, 0_usize);
    for token in parsed.tokens().iter() {
        match token.kind() {
            TokenKind::Name
            | TokenKind::Int
            | TokenKind::Float
            | TokenKind::Complex
            | TokenKind::String
            | TokenKind::FStringMiddle
            | TokenKind::TStringMiddle
            | TokenKind::Comment
            | TokenKind::NonLogicalNewline => {}
            TokenKind::Lpar
            | TokenKind::Lsqb
            | TokenKind::Lbrace
            | TokenKind::FStringStart
            | TokenKind::TStringStart => {
                inner.links += 2;
                around += inner.links;
                outer.push(std::mem::take(&mut inner));
            }
            TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace | TokenKind::FStringEnd | TokenKind::TStringEnd => {
                deepest = deepest.max(blocks + around + inner.links);
                inner = outer.pop().unwrap_or_default();
                around = around.saturating_sub(inner.links);
            }
            TokenKind::Comma => {
                if inner.lambdas == 0 && inner.yields == 0 {
                    deepest = deepest.max(blocks + around + inner.links);
                    inner.links = 0;
                }
            }
            TokenKind::Newline | TokenKind::Semi => {
                deepest = deepest.max(blocks + around + inner.links);
                outer.clear();
                (inner, around) = (Depth::default(), 0);
            }
            TokenKind::Indent => blocks += 3,
            TokenKind::Dedent => blocks = blocks.saturating_sub(3),
            TokenKind::Lambda => {
                inner.lambdas += 1;
                inner.links += 1;
            }
            TokenKind::Colon => inner.lambdas = inner.lambdas.saturating_sub(1),
            TokenKind::Yield => {
                inner.yields += 1;
                inner.links += 1;
            }
            _ => inner.links += 1,
        }
    }
    deepest.max(blocks + around + inner.links)
}

//! The scan: brackets, what is counted in them, and where statements begin.

use super::{ANGLE, BRACKET, LINK, Needs, Outline, Piece, Survey};

/// Brackets in each other that are remembered: several times as many as are ever parsed. Of more it is only known what they are.
const MOST_FRAMES: usize = 1 << 16;

/// Brackets that may be lost where one is closed that is not the innermost.
const LOST: usize = 16;

/// What stood before a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Before {
    /// Nothing, or `;`.
    Start,
    /// `else`, `do`, `try`, or the parenthesis of `if`: a statement follows that belongs to them.
    Body,
    /// A value: `/` divides, `-` subtracts.
    Value,
    /// An operator, an opening bracket, a keyword that wants a value.
    Operator,
    /// `.`: a name follows that is no keyword.
    Dot,
    /// A closed block: what follows begins something.
    Block,
    /// `if`, `for`, `while`, `with`: behind their parentheses comes a statement.
    Head,
}

/// What is counted inside of one bracket.
#[derive(Debug, Clone, Copy, Default)]
struct Level {
    /// Stack up to here, in bytes.
    stack: usize,
    /// Stack of `<` up to here.
    angles: usize,
    /// How much of `stack` is due to the expression that is not over yet.
    expression: usize,
    /// How much of `stack` is due to the statement that is not over yet.
    statement: usize,
    /// Type arguments that may be open.
    open: u32,
    /// How often the text is parsed when type arguments are guessed at around this bracket; 0 counts as once.
    passes: u64,
    /// Within how many parentheses that may be an arrow function's.
    doubts: u64,
}

impl Level {
    /// How often the text here is parsed when type arguments are guessed at.
    fn times(&self) -> u64 {
        self.passes.max(1).saturating_mul(u64::from(self.open).saturating_add(1))
    }
}

/// An open bracket.
#[derive(Debug, Clone, Copy)]
struct Frame {
    /// `(`, `[`, `{`, or `$` for `${`.
    bracket: u8,
    /// What becomes of [`Before`] behind it.
    behind: Before,
    outside: Level,
}

pub(super) struct Scan<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) at: usize,
    frames: Vec<Frame>,
    /// Open brackets beyond those.
    beyond: Vec<u8>,
    level: Level,
    pub(super) before: Before,
    /// Whether a line ended since the last token.
    line: bool,
    /// Open elements of JSX.
    elements: usize,
    /// Bytes that may still be looked through in vain.
    pub(super) patience: usize,
    /// What the current piece takes.
    pub(super) here: Needs,
    outline: Outline,
    survey: Survey,
    /// Where the inside of the outermost open brace begins, and how many brackets are around it.
    brace: Option<(usize, usize)>,
    /// Up to where it is counted how often the text is parsed.
    counted: usize,
}

impl<'a> Scan<'a> {
    pub(super) fn new(text: &'a str, outline: Outline) -> Self {
        Self {
            bytes: text.as_bytes(),
            at: 0,
            frames: Vec::new(),
            beyond: Vec::new(),
            level: Level::default(),
            before: Before::Start,
            line: true,
            elements: 0,
            patience: text.len().saturating_mul(4),
            here: Needs::default(),
            outline,
            survey: Survey::default(),
            brace: None,
            counted: 0,
        }
    }

    pub(super) fn run(mut self) -> Survey {
        self.begin_piece(0);
        if self.bytes.starts_with(b"#!") {
            self.line_comment();
        }
        while let Some(b) = self.bytes.get(self.at).copied() {
            self.token(b);
        }
        if let Some((start, _)) = self.brace.take() {
            self.brace_found(start, self.bytes.len());
        }
        self.end_piece();
        self.survey
    }

    pub(super) fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at.saturating_add(ahead)).copied().unwrap_or(0)
    }

    /// The text from here.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    fn token(&mut self, b: u8) {
        match b {
            b'\n' | b'\r' => {
                self.at += 1;
                self.line = true;
                return;
            }
            b' ' | b'\t' | 0x0b | 0x0c => {
                let more = self.rest().iter().position(|b| !matches!(b, b' ' | b'\t' | 0x0b | 0x0c));
                self.at = more.map_or(self.bytes.len(), |n| self.at + n);
                return;
            }
            b'/' if self.peek(1) == b'/' => return self.line_comment(),
            b'/' if self.peek(1) == b'*' => return self.block_comment(),
            _ => {}
        }
        let start = self.at;
        if self.begins(b) {
            self.statement_over();
            self.boundary();
        }
        match b {
            b'"' | b'\'' => self.string(b),
            b'`' => {
                self.at += 1;
                self.template();
            }
            b'(' | b'[' | b'{' => self.open(b),
            b')' | b']' | b'}' => self.close(b),
            b'/' => self.slash(),
            b'0'..=b'9' => self.number(),
            _ if is_word(b) => self.word(),
            _ => self.operator(b),
        }
        // Whatever happened, the scan goes on.
        if self.at == start {
            self.at += 1;
        }
        self.line = false;
    }

    /// Everything is over that began in this bracket.
    pub(super) fn statement_over(&mut self) {
        self.expression_over();
        self.level.stack = self.level.stack.saturating_sub(self.level.statement);
        self.level.statement = 0;
        self.close_angles();
    }

    pub(super) fn expression_over(&mut self) {
        self.level.stack = self.level.stack.saturating_sub(self.level.expression);
        self.level.expression = 0;
    }

    /// A part of an expression that recurses.
    pub(super) fn link(&mut self) {
        self.level.expression = self.level.expression.saturating_add(LINK);
        self.grow(LINK);
    }

    /// A part of a statement that recurses.
    pub(super) fn nest(&mut self) {
        self.level.statement = self.level.statement.saturating_add(LINK);
        self.grow(LINK);
    }

    fn grow(&mut self, by: usize) {
        self.here.raw = self.here.raw.saturating_add(1);
        self.level.stack = self.level.stack.saturating_add(by);
        self.here.stack = self.here.stack.max(self.level.stack);
    }

    /// An element of JSX begins.
    pub(super) fn element(&mut self) {
        self.elements = self.elements.saturating_add(1);
    }

    /// An element of JSX ends.
    pub(super) fn element_over(&mut self) {
        self.elements = self.elements.saturating_sub(1);
    }

    /// `<` that may open something.
    pub(super) fn angle(&mut self) {
        self.count();
        self.here.raw = self.here.raw.saturating_add(1);
        self.level.open = self.level.open.saturating_add(1);
        self.level.angles = self.level.angles.saturating_add(ANGLE);
        let elements = self.elements.saturating_mul(ANGLE);
        self.here.angles = self.here.angles.max(self.level.angles.saturating_add(elements));
    }

    /// `>`.
    pub(super) fn close_angle(&mut self) {
        if self.level.open > 0 {
            self.count();
            self.level.open -= 1;
            self.level.angles = self.level.angles.saturating_sub(ANGLE);
        }
    }

    /// Something that no type contains.
    pub(super) fn close_angles(&mut self) {
        if self.level.open == 0 {
            return;
        }
        self.count();
        let open = (self.level.open as usize).saturating_mul(ANGLE);
        self.level.angles = self.level.angles.saturating_sub(open);
        self.level.open = 0;
    }

    pub(super) fn open(&mut self, bracket: u8) {
        if self.frames.len() >= MOST_FRAMES {
            self.beyond.push(bracket);
            self.grow(BRACKET);
            self.before = Before::Operator;
            self.at += 1;
            return;
        }
        let behind = match (bracket, self.before) {
            (b'(', Before::Head) => Before::Body,
            // A block or a function's body, as opposed to an object.
            (b'{', Before::Start | Before::Body | Before::Value | Before::Block | Before::Head) => Before::Block,
            (b'{', _) if self.bytes.get(..self.at).unwrap_or_default().trim_ascii_end().ends_with(b"=>") => {
                Before::Block
            }
            _ => Before::Value,
        };
        if bracket == b'{' && self.brace.is_none() {
            self.brace = Some((self.at + 1, self.frames.len()));
        }
        // In all other places Oxc sees at the first tokens that no arrow function can begin here.
        let doubt = bracket == b'(' && !matches!(self.before, Before::Value | Before::Head) && {
            let rest = self.bytes.get(self.at + 1..).unwrap_or_default().trim_ascii_start();
            rest.first().is_none_or(|b| is_word(*b) || matches!(b, b'[' | b'{' | b'.' | b'/' | b'@'))
        };
        self.count();
        let outside = self.level;
        self.frames.push(Frame { bracket, behind, outside });
        self.level.expression = 0;
        self.level.statement = 0;
        self.level.open = 0;
        self.level.passes = outside.times();
        self.level.doubts = outside.doubts.saturating_add(u64::from(doubt));
        self.grow(BRACKET);
        self.before = Before::Operator;
        self.at += 1;
    }

    pub(super) fn close(&mut self, b: u8) {
        let bracket = match b {
            b')' => b'(',
            b']' => b'[',
            _ => b'{',
        };
        self.count();
        self.at += 1;
        let fits = |open: u8| open == bracket || (b == b'}' && open == b'$');
        if !self.beyond.is_empty() {
            self.before = Before::Value;
            if let Some(back) = self.beyond.iter().rev().take(LOST).position(|open| fits(*open)) {
                self.beyond.truncate(self.beyond.len() - back);
                if self.beyond.pop() == Some(b'$') {
                    self.template();
                }
            }
            return;
        }
        // Brackets that do not match come from text that is none of the language's; a few may be lost.
        let Some(back) = self.frames.iter().rev().take(LOST).position(|f| fits(f.bracket)) else {
            self.before = Before::Value;
            return;
        };
        self.frames.truncate(self.frames.len() - back);
        let Some(frame) = self.frames.pop() else { return };
        self.level = frame.outside;
        self.before = frame.behind;
        if frame.bracket == b'$' {
            self.template();
        } else if let Some((start, around)) = self.brace
            && self.frames.len() <= around
        {
            self.brace = None;
            self.brace_found(start, self.at - 1);
        }
    }

    /// Counts how often the text up to here is parsed, before that changes.
    fn count(&mut self) {
        let len = self.at.saturating_sub(self.counted) as u64;
        self.counted = self.at;
        let doubts = self.level.doubts;
        self.here.again = self.here.again.saturating_add(doubts.saturating_mul(len));
        let typed = self.level.times().saturating_sub(1).saturating_add(doubts);
        self.here.again_typed = self.here.again_typed.saturating_add(typed.saturating_mul(len));
    }

    /// Whether a statement begins with the token here.
    fn begins(&self, b: u8) -> bool {
        let may = match self.before {
            Before::Start => true,
            Before::Block => starts_statement(b),
            Before::Value => self.line && starts_statement(b),
            _ => false,
        };
        may && !self.continues()
    }

    /// A statement begins here; outside of all brackets that is noted.
    pub(super) fn boundary(&mut self) {
        if self.outline == Outline::Yes && self.frames.is_empty() && self.at > 0 {
            self.end_piece();
            self.begin_piece(self.at);
        }
    }

    /// Whether the word here goes on with a statement.
    fn continues(&self) -> bool {
        const WORDS: [&[u8]; 10] =
            [b"else", b"while", b"catch", b"finally", b"in", b"instanceof", b"of", b"from", b"as", b"satisfies"];
        let word = self.rest();
        let end = word.iter().take(16).position(|b| !is_word(*b));
        end.and_then(|end| word.get(..end)).is_some_and(|word| WORDS.contains(&word))
    }

    fn begin_piece(&mut self, start: usize) {
        if self.outline == Outline::Yes {
            self.survey.pieces.push(Piece { start, needs: Needs::default() });
        }
    }

    fn end_piece(&mut self) {
        self.count();
        let here = std::mem::take(&mut self.here);
        if let Some(piece) = self.survey.pieces.last_mut() {
            piece.needs = here;
        }
        self.survey.needs = self.survey.needs.and(here);
    }

    fn brace_found(&mut self, start: usize, end: usize) {
        if self.outline == Outline::Yes {
            self.survey.braces.push((start, end));
        }
    }
}

/// Which bytes are part of a word.
static WORDS: [bool; 256] = words();

#[allow(clippy::indexing_slicing, reason = "the loop ends at the length of the table")]
const fn words() -> [bool; 256] {
    let mut words = [false; 256];
    let mut at = 0;
    while at < 256 {
        let b = at as u8;
        words[at] = b.is_ascii_alphanumeric() || matches!(b, b'_' | b'$' | b'\\') || b >= 0x80;
        at += 1;
    }
    words
}

pub(super) fn is_word(b: u8) -> bool {
    WORDS.get(usize::from(b)).copied().unwrap_or(false)
}

fn starts_statement(b: u8) -> bool {
    is_word(b) || matches!(b, b'"' | b'\'' | b'@' | b'#' | b'{')
}

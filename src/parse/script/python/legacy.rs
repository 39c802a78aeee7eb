//! Python 2 and other old spellings, rewritten so that the parser of Python 3 reads them. It runs over scripts with
//! syntax errors only, and its result is kept only when it has fewer of them.
//!
//! Some spellings have a new one (`<>`, `0777`, `10L`, `ur''`, tabs of eight columns); a [`Map`] leads back to the
//! places in the script as it is. The others are written as something the parser takes, with a [`Mark`] that tells the
//! lowering what they are: `print x` as a tuple whose first member is overwritten, backticks as a list, a parameter that
//! is a tuple as a name.
//!
//! Not rewritten, because the parser reads them without loss: `except E, e`, `raise E, "text"`, `print >>f, x`.

use super::scan::{Kind, Scanner, Token};

/// What stands at a place of the rewritten script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// A tuple that is a `print` statement; the first member stands for the word.
    Print,
    /// The same of `exec`.
    Exec,
    /// A list that was in backticks.
    Repr,
    /// A name that was a tuple of parameters.
    Pattern,
}

/// Leads from places of a rewritten script to those of the script itself.
#[derive(Debug, Default)]
pub(super) struct Map(Vec<(u32, u32)>);

impl Map {
    /// The place in the script itself.
    pub(super) fn origin(&self, at: u32) -> u32 {
        if self.0.is_empty() {
            return at;
        }
        let next = self.0.partition_point(|(new, _)| *new <= at);
        let Some((new, old)) = next.checked_sub(1).and_then(|n| self.0.get(n)) else { return at };
        let place = old.saturating_add(at - new);
        self.0.get(next).map_or(place, |(_, limit)| place.min(*limit))
    }
}

/// A rewritten script.
#[derive(Debug, Default)]
pub(super) struct Legacy {
    pub(super) text: String,
    pub(super) map: Map,
    /// By the place in the rewritten script, in order.
    pub(super) marks: Vec<(u32, Mark)>,
}

/// One place to be written anew.
struct Edit {
    start: usize,
    end: usize,
    with: String,
    mark: Option<Mark>,
}

impl Edit {
    fn new(start: usize, end: usize, with: impl Into<String>) -> Self {
        Self { start, end, with: with.into(), mark: None }
    }

    fn marked(start: usize, end: usize, with: impl Into<String>, mark: Mark) -> Self {
        Self { start, end, with: with.into(), mark: Some(mark) }
    }
}

/// Rewrites a script; `None` when there is nothing old in it.
pub(super) fn rewrite(text: &str) -> Option<Legacy> {
    let mut edits = Finder::new(text).run();
    if edits.is_empty() {
        return None;
    }
    edits.sort_by_key(|edit| edit.start);
    let mut out = Legacy { text: String::with_capacity(text.len() + 64), ..Legacy::default() };
    let mut at = 0;
    for edit in edits {
        let (Some(before), true) = (text.get(at..edit.start), edit.start >= at) else { continue };
        out.text.push_str(before);
        let place = u32::try_from(out.text.len()).ok()?;
        if let Some(mark) = edit.mark {
            out.marks.push((place, mark));
        }
        out.text.push_str(&edit.with);
        at = edit.end;
        if edit.with.len() != edit.end - edit.start {
            out.map.0.push((place, u32::try_from(edit.start).ok()?));
            out.map.0.push((u32::try_from(out.text.len()).ok()?, u32::try_from(edit.end).ok()?));
        }
    }
    out.text.push_str(text.get(at..).unwrap_or_default());
    Some(out)
}

/// Walks over the words and collects what is old.
struct Finder<'a> {
    bytes: &'a [u8],
    edits: Vec<Edit>,
    /// Open brackets.
    depth: usize,
    /// The depth inside the parameters of a `def`.
    parameters: Option<usize>,
    /// The depths of `lambda`s whose colon is to come.
    lambdas: Vec<usize>,
    /// Where a tuple of parameters begins, and the depth around it.
    tuple: Option<(usize, usize)>,
    /// The first backtick of a pair.
    tick: Option<usize>,
    /// Tabs of indentation, spelled out.
    tabs: Vec<Edit>,
    /// Whether a line is indented with spaces.
    spaces: bool,
}

impl<'a> Finder<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            bytes: text.as_bytes(),
            edits: Vec::new(),
            depth: 0,
            parameters: None,
            lambdas: Vec::new(),
            tuple: None,
            tick: None,
            tabs: Vec::new(),
            spaces: false,
        }
    }

    fn text(&self, token: Token) -> &'a [u8] {
        self.bytes.get(token.start..token.end).unwrap_or_default()
    }

    fn run(mut self) -> Vec<Edit> {
        let text = std::str::from_utf8(self.bytes).unwrap_or_default();
        let mut tokens = Scanner::new(text).peekable();
        // Whether a statement begins, and the two words before.
        let (mut begins, mut last, mut before) = (true, None::<Token>, None::<Token>);
        self.indentation(0);
        while let Some(token) = tokens.next() {
            if self.tuple.is_none() {
                if begins {
                    self.statement(token, tokens.peek().copied());
                }
                self.word(token, tokens.peek().copied());
            }
            self.bracket(token, last, before);
            begins = match token.kind {
                Kind::Semi => true,
                Kind::Newline => self.depth == 0 || begins,
                Kind::Colon => self.depth == 0 && self.lambdas.is_empty(),
                _ => false,
            };
            if token.kind == Kind::Colon && self.lambdas.last() == Some(&self.depth) {
                self.lambdas.pop();
            }
            if token.kind == Kind::Newline && self.depth == 0 {
                self.lambdas.clear();
                self.tick = None;
                self.indentation(token.end);
            }
            before = last.replace(token);
        }
        // Tabs alone mean the same to both.
        if self.spaces {
            self.edits.append(&mut self.tabs);
        }
        self.edits
    }

    /// `print` and `exec` as statements.
    fn statement(&mut self, token: Token, next: Option<Token>) {
        let (word, mark) = match self.text(token) {
            b"print" => ("prin,", Mark::Print),
            b"exec" => ("exe,", Mark::Exec),
            _ => return,
        };
        let Some(next) = next else { return };
        let text = self.text(next);
        let is_operand = match next.kind {
            Kind::Text | Kind::Number | Kind::Tick => true,
            Kind::Word => !matches!(text, b"if" | b"in" | b"is" | b"and" | b"or" | b"else" | b"for" | b"as"),
            // A bracket is left: `print (a), b` is read as a call with something behind it.
            Kind::Open => !matches!(text, b"("),
            Kind::Operator => matches!(text, b"-" | b"+" | b"~"),
            _ => false,
        };
        if is_operand {
            self.edits.push(Edit::marked(token.start, token.end, word, mark));
        }
    }

    fn word(&mut self, token: Token, next: Option<Token>) {
        let text = self.text(token);
        let (start, end) = (token.start, token.end);
        match token.kind {
            Kind::Number => {
                let digits = text.strip_suffix(b"l").or_else(|| text.strip_suffix(b"L"));
                if digits.is_some() {
                    self.edits.push(Edit::new(end - 1, end, " "));
                }
                let digits = digits.unwrap_or(text);
                let octal = digits.len() > 1
                    && digits.first() == Some(&b'0')
                    && digits.iter().all(|b| (b'0'..=b'7').contains(b))
                    && digits.iter().any(|b| *b != b'0');
                if octal {
                    self.edits.push(Edit::new(start, start + 1, "0o"));
                }
            }
            Kind::Text if text.get(..2).is_some_and(|p| p.eq_ignore_ascii_case(b"ur")) => {
                self.edits.push(Edit::new(start, start + 1, ""));
            }
            Kind::Operator if text == b"<>" => self.edits.push(Edit::new(start, end, "!=")),
            Kind::Tick => match self.tick.take() {
                Some(first) => {
                    self.edits.push(Edit::marked(first, first + 1, "[", Mark::Repr));
                    self.edits.push(Edit::new(start, end, "]"));
                }
                None => self.tick = Some(start),
            },
            // A name until 3.7.
            Kind::Word if text == b"async" => {
                let next = next.map(|next| self.text(next)).unwrap_or_default();
                if !matches!(next, b"def" | b"for" | b"with") {
                    self.edits.push(Edit::new(start, end, "Async"));
                }
            }
            Kind::Word if text == b"lambda" => self.lambdas.push(self.depth),
            _ => {}
        }
    }

    /// Follows brackets, and finds tuples among parameters.
    fn bracket(&mut self, token: Token, last: Option<Token>, before: Option<Token>) {
        match token.kind {
            Kind::Open => {
                let last_text = last.map(|last| self.text(last)).unwrap_or_default();
                let after_comma = last.is_some_and(|last| last.kind == Kind::Comma);
                let is_paren = self.text(token) == b"(";
                let in_def = self.parameters == Some(self.depth)
                    && (after_comma || last.is_some_and(|last| last.kind == Kind::Open));
                let in_lambda = self.lambdas.last() == Some(&self.depth) && (after_comma || last_text == b"lambda");
                if is_paren && self.tuple.is_none() && (in_def || in_lambda) {
                    self.tuple = Some((token.start, self.depth));
                }
                self.depth += 1;
                if is_paren && before.is_some_and(|before| self.text(before) == b"def") {
                    self.parameters = Some(self.depth);
                }
            }
            Kind::Close => {
                if self.parameters == Some(self.depth) {
                    self.parameters = None;
                }
                while self.lambdas.last().is_some_and(|depth| *depth >= self.depth) {
                    self.lambdas.pop();
                }
                self.depth = self.depth.saturating_sub(1);
                if let Some((start, depth)) = self.tuple
                    && depth >= self.depth
                {
                    self.tuple = None;
                    self.edits.push(Edit::marked(start, token.end, self.name(start, token.end), Mark::Pattern));
                }
            }
            _ => {}
        }
    }

    /// A name as long as what it stands for.
    fn name(&self, start: usize, end: usize) -> String {
        let bytes = self.bytes.get(start..end).unwrap_or_default();
        bytes.iter().map(|b| if b.is_ascii_alphanumeric() { char::from(*b) } else { '_' }).collect()
    }

    /// Looks at the indentation of a line: to Python 2, a tab reaches to the next multiple of eight columns.
    fn indentation(&mut self, at: usize) {
        let rest = self.bytes.get(at..).unwrap_or_default();
        let len = rest.iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
        let blank = rest.get(..len).unwrap_or_default();
        self.spaces |= blank.contains(&b' ');
        if blank.contains(&b'\t') {
            let columns = blank.iter().fold(0, |n, b| if *b == b'\t' { n / 8 * 8 + 8 } else { n + 1 });
            self.tabs.push(Edit::new(at, at + len, " ".repeat(columns)));
        }
    }
}

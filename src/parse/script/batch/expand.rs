//! Words and what is expanded in them.

use super::{Id, Node, Reader};

/// Pieces of a word in the making.
#[derive(Default)]
pub(super) struct Pieces {
    ids: Vec<Id>,
    text: String,
    from: usize,
}

impl Pieces {
    pub(super) fn text(&mut self, text: &str, at: usize) {
        if self.text.is_empty() {
            self.from = at;
        }
        self.text.push_str(text);
    }
}

/// Where pieces end, and what of them is kept.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Until {
    /// A blank; quotes are dropped.
    Blank,
    /// A blank or a sign that separates a command from its arguments.
    Name,
    /// A blank or `=`: a side of a comparison.
    Equals,
    /// A blank or the parenthesis behind the words of a loop.
    Paren,
    /// The end of the command; quotes stay.
    End,
}

impl Reader<'_, '_> {
    pub(super) fn piece(&mut self, p: &mut Pieces, id: Id) {
        if !p.text.is_empty() {
            let text = std::mem::take(&mut p.text);
            p.ids.push(self.b.str(text, (p.from, self.b.tree.span(id).0 as usize)));
        }
        p.ids.push(id);
    }

    /// The value of pieces.
    pub(super) fn value(&mut self, mut p: Pieces, start: usize) -> Id {
        let span = self.since(start);
        if !p.text.is_empty() || p.ids.is_empty() {
            let span = if p.ids.is_empty() { span } else { (p.from, span.1) };
            p.ids.push(self.b.str(p.text, span));
        }
        match p.ids.as_slice() {
            [one] => *one,
            _ => self.b.template(&p.ids, span),
        }
    }

    /// A word; nothing when none begins here.
    pub(super) fn word(&mut self, until: Until) -> Option<Id> {
        let start = self.c.at;
        let mut p = Pieces::default();
        self.pieces(&mut p, until);
        (self.c.at > start).then(|| self.value(p, start))
    }

    /// Reads pieces up to where they end.
    pub(super) fn pieces(&mut self, p: &mut Pieces, until: Until) {
        let mut quoted = false;
        let keeps = until == Until::End;
        while self.c.more() {
            let at = self.c.at;
            let b = self.c.peek();
            match b {
                b'\n' => return,
                b'\r' => self.c.at += 1,
                b'"' => {
                    quoted = !quoted;
                    self.c.at += 1;
                    if keeps {
                        p.text("\"", at);
                    }
                }
                b'%' => self.percent(p),
                b'!' if self.delayed => self.exclamation(p),
                b'^' if !quoted => {
                    self.c.at += 1;
                    if self.c.peek() == b'\r' {
                        self.c.at += 1;
                    }
                    if self.c.peek() == b'\n' {
                        self.c.at += 1;
                    }
                    if self.c.more() && self.c.peek() != b'%' {
                        p.text(self.c.bump(), at);
                    }
                }
                b'&' | b'|' | b'<' | b'>' if !quoted => return,
                b')' if !quoted && (self.parens > 0 || until == Until::Paren) => return,
                b' ' | b'\t' if !quoted && !keeps => return,
                b',' | b';' if !quoted && until == Until::Paren => return,
                b',' | b';' | b'=' | b'(' if !quoted && until == Until::Name => return,
                // `cmd/c`: internal commands need no blank.
                b'/' if !quoted && until == Until::Name && p.ids.is_empty() && is_program(&p.text) => return,
                b'=' if !quoted && until == Until::Equals => return,
                b'0'..=b'9'
                    if keeps && !quoted && self.c.ahead(1) == b'>' && matches!(self.c.behind(), b' ' | b'\t') =>
                {
                    return;
                }
                _ => {
                    p.text(self.c.bump(), at);
                    let run = self.c.take(|b| b.is_ascii_alphabetic() || !b.is_ascii());
                    p.text(run, at);
                }
            }
        }
    }

    /// What begins with `%`.
    pub(super) fn percent(&mut self, p: &mut Pieces) {
        let start = self.c.at;
        match self.c.ahead(1) {
            b'%' => {
                let mut ahead = self.c.clone();
                ahead.at += 2;
                let modifiers = modifiers(&mut ahead);
                let letter = ahead.bump().chars().next();
                match letter.filter(|l| self.loops.contains(l)) {
                    Some(letter) => {
                        self.c.at = ahead.at;
                        let name = self.b.name(format!("%{letter}"), self.since(start));
                        let node = self.modified(name, modifiers, start);
                        self.piece(p, node);
                    }
                    None => {
                        self.c.at += 2;
                        p.text("%", start);
                    }
                }
            }
            b'0'..=b'9' | b'*' => {
                self.c.at += 1;
                let name = self.c.bump();
                let node = self.b.name(name, self.since(start));
                self.piece(p, node);
            }
            b'~' => {
                let mut ahead = self.c.clone();
                ahead.at += 1;
                let modifiers = modifiers(&mut ahead);
                if !ahead.peek().is_ascii_digit() {
                    self.c.at += 1;
                    return p.text("%", start);
                }
                let name = ahead.bump();
                self.c.at = ahead.at;
                let name = self.b.name(name, self.since(start));
                let node = self.modified(name, modifiers, start);
                self.piece(p, node);
            }
            _ => self.named(p, b'%'),
        }
    }

    /// `~` alone takes quotes away, which words have lost anyway.
    fn modified(&mut self, name: Id, modifiers: &str, start: usize) -> Id {
        if modifiers.len() < 2 {
            return name;
        }
        let modifiers = self.b.str(modifiers, self.since(start));
        self.b.helper("expand", &[name, modifiers], self.since(start))
    }

    pub(super) fn exclamation(&mut self, p: &mut Pieces) {
        self.named(p, b'!');
    }

    /// `%name%`, `%name:~0,1%`, `%name:a=b%`; the same between `!`.
    fn named(&mut self, p: &mut Pieces, sign: u8) {
        let start = self.c.at;
        self.c.at += 1;
        let rest = self.c.rest();
        let end = match memchr::memchr2(sign, b'\n', rest) {
            Some(end) if end > 0 && rest.get(end) == Some(&sign) => self.c.at + end,
            _ => {
                // Alone on its line it means itself. The rest of the line has no other, so it is not looked at again.
                let run = self.c.take(|b| b.is_ascii_alphanumeric());
                p.text(if sign == b'%' { "%" } else { "" }, start);
                return p.text(run, start);
            }
        };
        let inside = self.c.slice(self.c.at..end);
        let (name, suffix) = match inside.split_once(':') {
            Some((name, suffix)) if !name.is_empty() => (name, suffix),
            _ => (inside, ""),
        };
        let inner = self.c.at + name.len() + 1;
        self.c.at = end + 1;
        let name = self.b.name(name.to_ascii_lowercase(), self.since(start));
        let node = if suffix.is_empty() {
            name
        } else if let Some(range) = suffix.strip_prefix('~') {
            self.sliced(name, range, inner, start)
        } else {
            match suffix.split_once('=') {
                Some((from, to)) => {
                    let span = self.since(start);
                    let sign = self.b.str("//", span);
                    let from = self.inner_text(from, inner);
                    let to = self.inner_text(to, inner);
                    self.b.helper("expand", &[name, sign, from, to], span)
                }
                None => {
                    let suffix = self.inner_text(suffix, inner);
                    self.b.opaque(&[name, suffix], self.since(start))
                }
            }
        };
        self.piece(p, node);
    }

    /// Text between colons and equals signs, in which letters of loops may stand.
    fn inner_text(&mut self, text: &str, at: usize) -> Id {
        match text.strip_prefix("%%").and_then(|t| t.chars().next()) {
            Some(letter) if text.len() == 2 + letter.len_utf8() && self.loops.contains(&letter) => {
                self.b.name(format!("%{letter}"), (at, at + text.len()))
            }
            _ => match text.strip_prefix('%').and_then(|t| t.strip_suffix('%')).filter(|t| !t.is_empty()) {
                Some(name) => self.b.name(name.to_ascii_lowercase(), (at, at + text.len())),
                None => self.b.str(text, (at, at + text.len())),
            },
        }
    }

    /// `~low,length`; both may be negative, which counts from the end.
    fn sliced(&mut self, name: Id, range: &str, at: usize, start: usize) -> Id {
        let span = self.since(start);
        let (low, length) = match range.split_once(',') {
            Some((low, length)) => (low, Some(length)),
            None => (range, None),
        };
        let low_n = low.trim().parse::<i32>().ok();
        let low = match low_n {
            Some(n) => self.b.num(f64::from(n), span),
            None if low.trim().is_empty() => self.b.num(0.0, span),
            None => self.inner_text(low.trim(), at),
        };
        let high = match length.map(str::trim) {
            None => Id::NONE,
            Some(length) => match (length.parse::<i32>().ok(), low_n.or(Some(0))) {
                (Some(n), _) if n < 0 => self.b.num(f64::from(n), span),
                (Some(n), Some(low)) if low < 0 && low.saturating_add(n) >= 0 => Id::NONE,
                (Some(n), Some(low)) if low_n.is_some() => self.b.num(f64::from(low) + f64::from(n), span),
                _ => {
                    let length = match length.parse::<i32>() {
                        Ok(n) => self.b.num(f64::from(n), span),
                        Err(_) => self.inner_text(length, at),
                    };
                    self.b.add(Node::Binary(super::Op::Add, low, length), span)
                }
            },
        };
        let many = self.b.tree.many(&[low, high, Id::NONE]);
        self.b.add(Node::Slice(name, many), span)
    }
}

/// `~dpnx` and its kin, without what they apply to.
fn modifiers<'t>(c: &mut super::Cursor<'t>) -> &'t str {
    let start = c.at;
    if !c.eat("~") {
        return "";
    }
    // The last letter is the variable's when no digit follows.
    let letters =
        c.take(|b| matches!(b.to_ascii_lowercase(), b'f' | b'd' | b'p' | b'n' | b'x' | b's' | b'a' | b't' | b'z'));
    let next = c.peek();
    if !next.is_ascii_alphanumeric() && !letters.is_empty() {
        c.at -= 1;
    }
    c.slice(start..c.at)
}

/// Whether text may be the whole name of a program.
fn is_program(text: &str) -> bool {
    text.len() > 1 && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

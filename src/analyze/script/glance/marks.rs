//! What one pass over a script's bytes meets: parts of the names of acts, and ways to make names that do not stand there.

use super::Worth;
use super::brackets::{
    Called, Made, argument, attribute, called, index, is_asked_for, is_in_comment, is_made_anew, is_plain, skip_blanks,
};
use super::spelled::{Act, Index, Where};
use crate::parse::script::Language;

/// What was met of a part: somewhere, at the name of a module, not behind a dot.
const SOMEWHERE: u8 = 1;
const MODULE: u8 = 2;
const ALONE: u8 = 4;

/// Longest script that is read for the constants that it may give to others of its package, and the shortest text in it
/// that may be one.
const MAX_GIVING: usize = 16 << 10;
const MIN_TEXT: usize = 40;

/// Length of a run of the signs `[]()!+` that spells something.
const SIGNS: usize = 96;

/// Fewest signs of a script that is written in them.
const LEAST_SIGNS: usize = 256;

/// Size from which a script is a bundle, and how many escaped letters it may have for other reasons.
const BUNDLE: usize = 256 << 10;
const ESCAPED_IN_A_BUNDLE: usize = 8;

/// Longest piece of a name that is put together.
const MAX_PIECE: usize = 64;

/// The marks of one script.
pub(super) struct Marks<'a> {
    index: &'a Index,
    language: Language,
    parts: Vec<u8>,
    /// Code or modules by computed names, letters as escapes, names that obfuscators give.
    makes_names: bool,
    /// Something that holds the outside is handed on, or looked into by names of other variables.
    is_loose: bool,
    /// Text is made of numbers or of other text by a decoder.
    decodes: bool,
    /// A template behind `$` is a command line.
    runs_lines: bool,
    /// Text is put together of pieces that stand side by side.
    joins: bool,
    /// A method is called by a name that is worked out there, or by a variable.
    calls_made: bool,
    calls_by_variable: bool,
    /// Something is asked for by a name that is worked out there.
    asks_made: bool,
    /// Letters are put the other way round.
    reverses: bool,
    in_import: bool,
    /// The variable of jQuery is asked for something that reaches out, or given another name. Where code is made small it
    /// is the name of everything.
    dollar: bool,
    /// Something that may make names, and hardly does: it is read, with less patience.
    reads: bool,
    /// Where the user is, or who, is asked of the environment by name.
    asks_environment: bool,
    /// Text is made a number or a digest of.
    digests: bool,
    /// Modules are imported by names that stand elsewhere, and files of settings are read.
    imports_made: bool,
    reads_settings: bool,
    /// A loop may have no end.
    endless: bool,
    /// How many letters stand there as escapes.
    escaped: usize,
}

impl<'a> Marks<'a> {
    pub(super) fn new(index: &'a Index, language: Language) -> Self {
        Self {
            index,
            language,
            parts: vec![0; index.len()],
            makes_names: false,
            is_loose: false,
            decodes: false,
            runs_lines: false,
            joins: false,
            calls_made: false,
            calls_by_variable: false,
            asks_made: false,
            reverses: false,
            in_import: false,
            dollar: false,
            reads: false,
            asks_environment: false,
            digests: false,
            imports_made: false,
            reads_settings: false,
            endless: false,
            escaped: 0,
        }
    }

    /// Goes through a script.
    pub(super) fn take(&mut self, bytes: &[u8]) {
        let mut at = 0;
        // How many of the six signs with which anything can be written stand one behind the other.
        let mut signs = 0;
        while let Some(byte) = bytes.get(at).copied() {
            match class_of(byte) {
                Class::Name => {
                    signs = 0;
                    let end = name_end(bytes, at);
                    self.name(bytes, at, end);
                    at = end;
                    continue;
                }
                Class::Sign => {
                    signs += 1;
                    self.makes_names |= signs >= SIGNS && self.language == Language::JavaScript;
                    if byte == b']' && self.language == Language::JavaScript {
                        self.brackets(bytes, at);
                    }
                }
                Class::Other => signs = 0,
                Class::Mark => {
                    signs = 0;
                    match byte {
                        b'\n' => self.in_import = false,
                        b'\\' => self.escape(bytes.get(at + 1..).unwrap_or_default()),
                        _ => self.quote(bytes, at, byte),
                    }
                }
            }
            at += 1;
        }
    }

    /// What is asked for in brackets that end there, and whether it is called: `f[x](y)`, `f[x].call(f, y)`, `{ [x]: y } = f`.
    fn brackets(&mut self, bytes: &[u8], close: usize) {
        let is_called = match bytes.get(close + 1) {
            Some(b'(' | b':') => true,
            Some(b'?') => follows(bytes, close + 2, b".("),
            Some(b'.') => [&b"call"[..], b"apply", b"bind"].iter().any(|word| follows(bytes, close + 2, word)),
            _ => false,
        };
        if self.calls_made || self.asks_made && !is_called {
            return;
        }
        match called(bytes, close) {
            Called::OfText => {
                self.calls_made |= is_called;
                self.asks_made = true;
            }
            Called::WorkedOut => self.calls_made |= is_called,
            Called::ByVariable => self.calls_by_variable |= is_called,
            Called::ByName => {}
        }
    }

    fn name(&mut self, bytes: &[u8], start: usize, end: usize) {
        let Some(name) = bytes.get(start..end) else { return };
        let before = start.checked_sub(1).and_then(|i| bytes.get(i)).copied().unwrap_or(b' ');
        let found = self.index.find(name);
        // A scheme is no module.
        if let Some(part) = found.filter(|_| !(name.starts_with(b"http") && follows(bytes, end, b"://"))) {
            let after = bytes.get(end).copied().unwrap_or(b' ');
            let mut met = SOMEWHERE;
            if self.in_import
                || matches!(before, b'"' | b'\'' | b'`' | b'/' | b':' | b'-' | b'@')
                || (after == b'.' && before != b'.')
            {
                met |= MODULE;
            }
            if before != b'.' {
                met |= ALONE;
            }
            if let Some(all) = self.parts.get_mut(usize::from(part)) {
                *all |= met;
            }
        }
        if name.first().is_some_and(u8::is_ascii_uppercase) {
            self.asks_environment |= matches!(
                name,
                b"TZ"
                    | b"LANG"
                    | b"LC_ALL"
                    | b"LC_MESSAGES"
                    | b"LANGUAGE"
                    | b"USERDNSDOMAIN"
                    | b"USERDOMAIN"
                    | b"LOGONSERVER"
                    | b"COMPUTERNAME"
                    | b"GITHUB_REPOSITORY"
                    | b"GITHUB_REPOSITORY_OWNER"
            ) || name.ends_with(b"_BASE_URL");
        }
        match self.language {
            Language::JavaScript => self.name_of_javascript(bytes, name, before, end),
            _ => self.name_of_python(bytes, name, before, end),
        }
    }

    fn name_of_javascript(&mut self, bytes: &[u8], name: &[u8], before: u8, end: usize) {
        match name {
            b"require" | b"import" if before != b'.' => match skip_blanks(bytes, end) {
                (b'(', at) => self.made(bytes, end, argument(bytes, name, at)),
                (b'.' | b'"' | b'\'' | b'{' | b'*', _) => {}
                _ if name == b"require" => self.is_loose = true,
                _ => {}
            },
            // Words that are also what anybody calls a variable: `frames[i]`.
            b"top" | b"frames" if bytes.len() > BUNDLE && skip_blanks(bytes, end).0 == b'[' => self.reads = true,
            // `Reflect.get(f, g(1))`
            b"Reflect" if follows(bytes, end, b".get(") => self.calls_made |= attribute(bytes, end + 4, |_| false),
            b"globalThis" | b"window" | b"self" | b"global" | b"process" | b"top" | b"frames" | b"module"
            | b"Reflect" => match skip_blanks(bytes, end) {
                (b'[', at) => self.made(bytes, end, index(bytes, at)),
                (b'.' | b':' | b'=' | b'!', _) => {}
                _ => self.is_loose = true,
            },
            b"$" => {
                self.dollar |= uses_dollar(bytes, before, end);
                // A class of signs at the end of a pattern, `[$`]/g`, is no command line of a bundle.
                self.runs_lines |= bytes.get(end) == Some(&b'`')
                    && !(bytes.len() > BUNDLE && before == b'[' && follows(bytes, end + 1, b"]/"))
                    && matches!(before, b' ' | b'\t' | b'\n' | b'(' | b'=' | b',' | b'[' | b'{' | b';' | b':' | b'>');
            }
            b"constructor" => match skip_blanks(bytes, end) {
                // `new node.constructor()` is one more of its kind, and so is mostly what is given something.
                (b'(', at) if before == b'.' => {
                    let is_empty = skip_blanks(bytes, at + 1).0 == b')';
                    let start = end - name.len();
                    let ahead = bytes.get(..start).unwrap_or_default();
                    let is_of_module = ahead.ends_with(b" module.");
                    if is_of_module || !is_empty && !ahead.ends_with(b"this.") {
                        let is_anew = !is_of_module && is_made_anew(bytes, start - 1);
                        self.made(bytes, end, if is_anew { Made::Hardly } else { Made::Name });
                    }
                }
                (b'.' | b'[', _) if before == b'.' => {
                    self.makes_names |= follows(bytes, end, b".constructor") || skip_blanks(bytes, end).0 == b'[';
                }
                (quote @ (b'"' | b'\'' | b'`'), at) if skip_blanks(bytes, at + 1).0 == b']' && quote == before => {
                    let is_asked_for = is_asked_for(bytes, end - name.len() - 1);
                    self.made(bytes, end, if is_asked_for { Made::Name } else { Made::Hardly });
                }
                // `(async () => {}).constructor`, `Object.getPrototypeOf(f).constructor`; who sets it, or compares it, makes
                // nothing with it.
                (next, _) if before == b'.' && next != b'=' => {
                    let ahead = bytes.get(..end - name.len()).unwrap_or_default();
                    if ahead.ends_with(b").") || ahead.ends_with(b"module.") {
                        // What classes that were made older ask for their parents.
                        let is_of_class =
                            [&b"etPrototypeOf(this)."[..], b"etPrototypeOf(t)."].iter().any(|w| ahead.ends_with(w));
                        self.made(bytes, end, if is_of_class { Made::Hardly } else { Made::Name });
                    }
                }
                _ => {}
            },
            b"Function" if before != b'.' => match skip_blanks(bytes, end) {
                // The type of a list, in a comment.
                (b'[', at) if bytes.get(at + 1) == Some(&b']') => {}
                (b'(', at) => self.made(bytes, end, argument(bytes, name, at)),
                (b'[', _) => self.makes_names = true,
                // `Reflect.construct(Function, …)`.
                (b',', _) => {
                    let ahead = bytes.get(..end - name.len()).unwrap_or_default();
                    self.makes_names |= ahead.ends_with(b"construct(") || ahead.ends_with(b"apply(");
                }
                (b'.', at) => {
                    self.makes_names |= [&b"call"[..], b"apply", b"bind", b"constructor"]
                        .iter()
                        .any(|word| follows(bytes, at + 1, word));
                }
                _ => {}
            },
            // Of a loop that stands at the top of a script, as its lines are indented.
            b"while" if before == b'\n' => {
                self.reads |=
                    follows(bytes, end, b" (true)") || follows(bytes, end, b"(true)") || follows(bytes, end, b" (1)");
            }
            b"for" if before == b'\n' => self.reads |= follows(bytes, end, b" (;;)") || follows(bytes, end, b"(;;)"),
            b"Infinity" => {
                let ahead = bytes.get(..end - name.len()).unwrap_or_default();
                self.reads |= ahead.ends_with(b" < ") && skip_blanks(bytes, end).0 == b';';
            }
            b"reverse" => self.reverses = true,
            // `["ev", "al"].join("")`
            b"join" => {
                let ahead = bytes.get(..end - name.len()).unwrap_or_default();
                let is_of_texts = [&b"']."[..], b"\"].", b"`]."].iter().any(|w| ahead.ends_with(w));
                self.joins |= is_of_texts && (follows(bytes, end, b"('')") || follows(bytes, end, b"(\"\")"));
            }
            _ if is_decoder(name) => self.decodes = true,
            b"createHash" | b"imul" | b"charCodeAt" | b"codePointAt" | b"subtle" => self.digests = true,
            _ if name.starts_with(b"_0x") => self.makes_names = true,
            _ => {}
        }
    }

    /// Takes down what is made at a word that ends there; a comment makes nothing.
    fn made(&mut self, bytes: &[u8], end: usize, made: Made) {
        if made != Made::Nothing && !is_in_comment(bytes, end) {
            self.makes_names |= made == Made::Name;
            self.reads |= made == Made::Hardly;
        }
    }

    fn name_of_python(&mut self, bytes: &[u8], name: &[u8], before: u8, end: usize) {
        match name {
            b"import" => self.in_import = true,
            b"from" => self.in_import = true,
            b"__import__" => match skip_blanks(bytes, end) {
                (b'(', at) => self.makes_names |= !is_plain(bytes, at + 1, b')'),
                _ => self.makes_names = true,
            },
            b"import_module" => {
                match skip_blanks(bytes, end) {
                    (b'(', at) => {
                        self.imports_made |= !is_plain(bytes, at + 1, b')');
                        self.is_loose |= self.imports_made;
                    }
                    // Handed to another function, with names that stand elsewhere.
                    (b',' | b')', _) if before == b'.' => self.is_loose = true,
                    _ => {}
                }
            }
            b"FunctionType" | b"LambdaType" | b"__builtins__" | b"__subclasses__" | b"builtins"
            | b"__getattribute__" | b"globals" | b"vars" | b"locals" | b"__dict__" | b"modules" => self.is_loose = true,
            b"getattr" if before != b'.' => {
                self.is_loose = true;
                if let (b'(', open) = skip_blanks(bytes, end) {
                    self.calls_made |=
                        !self.calls_made && attribute(bytes, open, |name| self.index.find(name).is_some());
                }
                // Of all that is built in, something whose name does not stand here.
                let rest = bytes.get(end..).unwrap_or_default();
                for holder in [&b"(builtins,"[..], b"(__builtins__,"] {
                    self.makes_names |= rest.starts_with(holder) && !is_plain(rest, holder.len(), b')');
                }
            }
            b"b64decode" | b"decodebytes" | b"b32decode" | b"b16decode" | b"b85decode" | b"a85decode" | b"fromhex"
            | b"unhexlify" | b"a2b_base64" | b"a2b_hex" | b"decompress" | b"marshal" | b"rot13" | b"rot_13"
            | b"Fernet" | b"maketrans" | b"inet_aton" => self.decodes = true,
            b"ConfigParser" | b"RawConfigParser" | b"tomllib" | b"tomli" | b"DictReader" | b"dotenv_values" => {
                self.reads_settings = true;
            }
            b"load" | b"safe_load" => {
                let ahead = bytes.get(..end - name.len()).unwrap_or_default();
                self.reads_settings |= ahead.ends_with(b"json.") || ahead.ends_with(b"yaml.");
            }
            b"while" => self.endless |= follows(bytes, end, b" True:") || follows(bytes, end, b" 1:"),
            b"hashlib" | b"crc32" | b"adler32" | b"ord" => self.digests = true,
            b"chr" | b"bytes" | b"bytearray" if before != b'.' && bytes.get(end) == Some(&b'(') => {
                self.decodes |= name == b"chr" || matches!(bytes.get(end + 1), Some(b'['));
            }
            _ => {}
        }
    }

    /// A letter or digit that is written as an escape hides a name from whoever reads, and from this look.
    fn escape(&mut self, rest: &[u8]) {
        let value = match rest {
            [b'x', a, b, ..] => hex(&[*a, *b]),
            [b'u', b'{', rest @ ..] => {
                let end = rest.iter().take(8).position(|b| *b == b'}').unwrap_or(0);
                hex(rest.get(..end).unwrap_or_default())
            }
            [b'u', a, b, c, d, ..] => hex(&[*a, *b, *c, *d]),
            [a @ b'1', b @ b'0'..=b'7', c @ b'0'..=b'7', ..] => {
                Some(u32::from(a - b'0') * 64 + u32::from(b - b'0') * 8 + u32::from(c - b'0'))
            }
            _ => None,
        };
        self.escaped += usize::from(value.and_then(char::from_u32).is_some_and(|c| c.is_ascii_alphabetic()));
    }

    /// Whether so many letters stand there as escapes: one among a person's lines, more in a bundle, which has tables of names
    /// for letters.
    fn hides_letters(&self, bytes: &[u8]) -> bool {
        self.escaped >= if bytes.len() > BUNDLE { ESCAPED_IN_A_BUNDLE } else { 1 }
    }

    /// A name that is put together: a string that ends within a name, a plus, and a string that begins within one, or has
    /// nothing in it. The sign `"+"` is no such place, nor is where lines of a message meet, which is at a blank.
    fn quote(&mut self, bytes: &[u8], at: usize, quote: u8) {
        if bytes.get(at + 1) == Some(&quote) {
            return;
        }
        let before = bytes.get(..at).unwrap_or_default();
        // Nobody fills a text with a text that stands there: `ev${'al'}`.
        if before.ends_with(b"${") && self.language == Language::JavaScript {
            self.joins = true;
            return;
        }
        // A line of the string may end there, with the string going on.
        if !before.last().is_some_and(is_of_name) && !before.ends_with(b"\\\n") && !before.ends_with(b"\\\r\n") {
            return;
        }
        if let Some(next) = next_piece(bytes, at)
            && bytes.get(next + 1).is_some_and(|b| is_of_name(b) || matches!(b, b'\\' | b'"' | b'\''))
        {
            self.joins = true;
            self.joined(bytes, at, next);
        }
    }

    /// Takes what the pieces make that meet there for what it is, a name.
    fn joined(&mut self, bytes: &[u8], end: usize, mut next: usize) {
        let before = bytes.get(end.saturating_sub(MAX_PIECE)..end).unwrap_or_default();
        let start = before.iter().rposition(|b| !is_of_name(b)).map_or(0, |n| n + 1);
        let mut name = before.get(start..).unwrap_or_default().to_vec();
        loop {
            let piece = bytes.get(next + 1..).unwrap_or_default();
            let piece = piece.get(..name_end(piece, 0).min(MAX_PIECE)).unwrap_or_default();
            name.extend_from_slice(piece);
            let quote = next + 1 + piece.len();
            let goes_on = name.len() <= MAX_PIECE && bytes.get(quote) == bytes.get(next);
            match next_piece(bytes, quote).filter(|_| goes_on) {
                Some(behind) => next = behind,
                None => break,
            }
        }
        if let Some(all) = self.index.find(&name).and_then(|part| self.parts.get_mut(usize::from(part))) {
            *all |= SOMEWHERE | MODULE | ALONE;
        }
        self.makes_names |= matches!(&*name, b"constructor" | b"Function" | b"eval" | b"require" | b"__import__");
        self.decodes |= is_decoder(&name);
    }

    /// The judgement.
    pub(super) fn worth(&self, bytes: &[u8]) -> Worth {
        if self.makes_names || self.hides_letters(bytes) {
            return Worth::Unfolding;
        }
        let by_settings = self.imports_made && self.reads_settings;
        if by_settings
            || self.runs_lines
            || self.reads
            || self.escaped > 0
            || bytes.len() <= MAX_GIVING && holds_data(bytes)
        {
            return Worth::Reading;
        }
        // Where the user is decides over the user's files.
        let chooses = self.language == Language::JavaScript
            && self.acts().any(|act| act == Act::Surroundings)
            && self.acts().any(|act| act == Act::File)
            && memchr::memmem::find(bytes, b"readdir").is_some();
        let hides = chooses
            || self.is_loose && (self.decodes || self.joins)
            || (self.calls_made
                || (self.calls_by_variable || self.asks_made) && (self.decodes || self.joins || self.reverses))
                && self.holds_the_outside()
            || self.asks_environment && (self.endless || self.can_matter(Act::Surroundings, bytes));
        if hides || self.acts().any(|act| self.can_matter(act, bytes)) {
            Worth::Reading
        } else if self.language == Language::JavaScript && is_of_signs(bytes) {
            Worth::Unfolding
        } else if self.language == Language::Python && has_styled_letters(bytes)
            || self.language == Language::JavaScript && may_end_its_program(bytes)
        {
            Worth::Reading
        } else {
            Worth::Nothing
        }
    }

    /// Whether something is named of which things can be asked that reach out.
    fn holds_the_outside(&self) -> bool {
        self.index.holders(|part, place| {
            let met = self.parts.get(usize::from(part)).copied().unwrap_or(0);
            if place == Where::Module { met & MODULE != 0 } else { met != 0 }
        })
    }

    /// The acts whose names are spelled.
    fn acts(&self) -> impl Iterator<Item = Act> {
        let dollar = self.index.find(b"$");
        self.index.spelled(move |part, place| {
            let met = self.parts.get(usize::from(part)).copied().unwrap_or(0);
            let met = if Some(part) == dollar && !self.dollar { 0 } else { met };
            match place {
                Where::Anywhere => met != 0,
                Where::Module => met & MODULE != 0,
                Where::Alone => met & ALONE != 0,
            }
        })
    }

    /// Whether an act can be a part of something that is judged.
    fn can_matter(&self, act: Act, bytes: &[u8]) -> bool {
        match act {
            Act::Strong | Act::Delete => true,
            Act::File => self.decodes || has_place(bytes) || waits_for_files(bytes),
            // By the answer something is chosen: letters that look alike, or what stands in a list that had to be decoded, or of
            // which only digests are there.
            Act::Surroundings => {
                self.decodes || self.digests || !bytes.is_ascii() || memchr::memmem::find(bytes, b"\\u20").is_some()
            }
        }
    }
}

/// Whether a short script ends a program, and throws dice.
fn may_end_its_program(bytes: &[u8]) -> bool {
    const SHORT: usize = 64 << 10;
    let holds = |word: &[u8]| memchr::memmem::find(bytes, word).is_some();
    bytes.len() <= SHORT && holds(b"process.exit") && holds(b"Math.random")
}

/// Whether letters stand there that Python takes for plain ones in names (`𝐞𝐱𝐞𝐜`): names are spelled as nobody looks for them.
fn has_styled_letters(bytes: &[u8]) -> bool {
    const FEW: usize = 16;
    let is_letter = |at: usize| bytes.get(at + 2).is_some_and(|b| matches!(b, 0x90..=0x9f));
    memchr::memmem::find_iter(bytes, b"\xf0\x9d").take(FEW).any(is_letter)
}

/// What a byte is to a glance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    /// Part of a name.
    Name,
    /// One of `[]()!+`.
    Sign,
    /// The end of a line, a backslash, a quote.
    Mark,
    Other,
}

static CLASSES: [Class; 256] = classes();

#[allow(clippy::indexing_slicing, reason = "the loop ends at the length of the table")]
const fn classes() -> [Class; 256] {
    let mut classes = [Class::Other; 256];
    let mut at = 0;
    while at < 256 {
        let byte = at as u8;
        classes[at] = match byte {
            b'[' | b']' | b'(' | b')' | b'!' | b'+' => Class::Sign,
            b'\n' | b'\\' | b'"' | b'\'' => Class::Mark,
            _ if byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$' => Class::Name,
            _ => Class::Other,
        };
        at += 1;
    }
    classes
}

fn class_of(byte: u8) -> Class {
    CLASSES.get(usize::from(byte)).copied().unwrap_or(Class::Other)
}

fn name_end(bytes: &[u8], start: usize) -> usize {
    let rest = bytes.get(start..).unwrap_or_default();
    rest.iter().position(|b| class_of(*b) != Class::Name).map_or(bytes.len(), |n| start + n)
}

fn follows(bytes: &[u8], at: usize, word: &[u8]) -> bool {
    bytes.get(at..).is_some_and(|rest| rest.starts_with(word))
}

/// Whether something of JavaScript makes text of numbers or of other text, or is a coding that it is asked for.
fn is_decoder(name: &[u8]) -> bool {
    matches!(
        name,
        b"fromCharCode"
            | b"fromCodePoint"
            | b"atob"
            | b"unescape"
            | b"base64"
            | b"hex"
            | b"createDecipheriv"
            | b"inflateSync"
            | b"gunzipSync"
            | b"inflateRawSync"
            | b"brotliDecompressSync"
    )
}

fn is_of_name(byte: &u8) -> bool {
    class_of(*byte) == Class::Name
}

/// The quote with which a string begins that is added to the one that ends there.
fn next_piece(bytes: &[u8], quote: usize) -> Option<usize> {
    let (b'+', plus) = skip_blanks(bytes, quote + 1) else { return None };
    let (b'"' | b'\'', next) = skip_blanks(bytes, plus + 1) else { return None };
    Some(next)
}

/// Whether `$` is asked for what reaches out, looked into by a name that is made, or given away as it is.
fn uses_dollar(bytes: &[u8], before: u8, end: usize) -> bool {
    match skip_blanks(bytes, end) {
        (b'[', _) => true,
        (b'.', at) => [&b"get"[..], b"post", b"ajax", b"load", b"globalEval"].iter().any(|w| follows(bytes, at + 1, w)),
        (b';' | b',' | b'}' | b'\n', _) => matches!(before, b'=' | b' '),
        _ => false,
    }
}

/// Whether a script has hardly any letters, but for those that ASCII has not: code in faces, or in the names `$`, `_` and `__`.
fn is_of_signs(bytes: &[u8]) -> bool {
    let signs = count(bytes, |b| b.is_ascii_punctuation());
    signs >= LEAST_SIGNS && signs / 4 > count(bytes, |b| b.is_ascii_alphanumeric())
}

/// How many bytes are such; in parts of which one byte holds the number, so that they are counted in vectors.
fn count(bytes: &[u8], is: impl Fn(u8) -> bool) -> usize {
    let in_part = |part: &[u8]| part.iter().fold(0u8, |n, b| n.wrapping_add(u8::from(is(*b))));
    bytes.chunks(128).map(in_part).map(usize::from).sum()
}

/// Whether a file is mostly numbers, or holds long text without blanks: constants from which another file makes something.
fn holds_data(bytes: &[u8]) -> bool {
    let numbers = count(bytes, |b| matches!(b, b'0'..=b'9' | b','));
    bytes.len() >= MIN_TEXT && (numbers * 2 > bytes.len() || holds_long_text(bytes))
}

/// Whether so many letters and digits stand side by side, as they do in encoded text: without a slash, or with a digit among
/// them, for the names of a path are short and have hardly any digits.
fn holds_long_text(bytes: &[u8]) -> bool {
    let is_of_text = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=');
    // A run of this length has one of its bytes at every so many.
    let mut at = MIN_TEXT - 1;
    while let Some(here) = bytes.get(at) {
        if !is_of_text(here) {
            at += MIN_TEXT;
            continue;
        }
        let before = bytes.get(..at).unwrap_or_default().iter().rev().take_while(|b| is_of_text(b)).count();
        let after = bytes.get(at..).unwrap_or_default().iter().take_while(|b| is_of_text(b)).count();
        let run = bytes.get(at - before..at + after).unwrap_or_default();
        let has_digit = || run.iter().any(u8::is_ascii_digit);
        if run.len() >= MIN_TEXT && (has_digit() || run.split(|b| *b == b'/').any(|piece| piece.len() >= MIN_TEXT)) {
            return true;
        }
        at += after + MIN_TEXT;
    }
    false
}

fn hex(digits: &[u8]) -> Option<u32> {
    u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

/// Whether a script goes through files and looks at the date.
fn waits_for_files(bytes: &[u8]) -> bool {
    let any = |words: &[&str]| words.iter().any(|word| memchr::memmem::find(bytes, word.as_bytes()).is_some());
    any(&["readdir", "os.walk", "rglob"]) && any(&["Date.now", "new Date", "datetime", "time.time("]) && any(&["write"])
}

/// Whether a place is named where what is written starts by itself, or opens doors.
fn has_place(bytes: &[u8]) -> bool {
    use aho_corasick::AhoCorasick;
    use std::sync::LazyLock;
    static PLACES: LazyLock<Option<AhoCorasick>> =
        LazyLock::new(|| AhoCorasick::builder().ascii_case_insensitive(true).build(PLACE_WORDS).ok());
    PLACES.as_ref().is_none_or(|places| places.is_match(bytes))
}

const PLACE_WORDS: &[&str] = &[
    "startup",
    "autostart",
    "launchagents",
    "launchdaemons",
    "cron",
    "systemd",
    "init.d",
    "rc.local",
    "bashrc",
    "zshrc",
    ".profile",
    "_profile",
    "zprofile",
    "/etc/profile",
    "ld.so.preload",
    "sitecustomize",
    "usercustomize",
    "config.fish",
    "authorized_keys",
    "currentversion",
    "manifest_version",
    "profile_default",
    "folderopen",
    "pre-push",
    "pre-commit",
    "post-checkout",
    "post-merge",
    "npmrc",
    "yarnrc",
    "bunfig",
    "pip.conf",
    "pip.ini",
    "pypirc",
    "gitconfig",
    "open(__file__",
    "open(sys.argv[0]",
    "expanduser('~')",
    "expanduser(\"~\")",
    "os.homedir()",
    "path.home()",
    "/tmp",
    "%temp%",
    "gettempdir",
    "tmpdir",
];

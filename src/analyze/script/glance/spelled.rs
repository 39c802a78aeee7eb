//! The words that acts are spelled with, found in one pass over a script's identifiers.

use crate::analyze::script::words::{self, Does, Word};
use crate::parse::script::{Language, tree::QuickMap};

/// What the parts of an act's name say once all of them stand in a script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    /// Reaches out, starts something, spies, injects: worth reading.
    Strong,
    /// Writes or changes files: worth reading where the place matters.
    File,
    /// Deletes.
    Delete,
    /// Asks who or where the user is: worth reading where something can be chosen by the answer.
    Surroundings,
}

/// Where a part of a name has to stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Where {
    /// Anywhere.
    Anywhere,
    /// At the name of a module: quoted, imported, or before a dot.
    Module,
    /// As a name of its own: not behind a dot.
    Alone,
}

/// The names of acts by their parts.
#[derive(Debug)]
pub(super) struct Index {
    parts: QuickMap<Box<[u8]>, u16>,
    /// The first two bytes of parts: one bit each.
    begins: Box<[u64; 1024]>,
    /// How long parts are that end with a byte: one bit each.
    lengths: Box<[u64; 256]>,
    /// Parts of each act, where they have to stand, and what it is.
    acts: Vec<(Vec<(u16, Where)>, Act)>,
}

/// Longest part of a name.
const MAX_PART: usize = 32;

impl Index {
    /// The index of a language's vocabulary.
    pub(super) fn of(language: Language) -> Self {
        let mut index = Self {
            parts: QuickMap::default(),
            begins: Box::new([0; 1024]),
            lengths: Box::new([0; 256]),
            acts: Vec::new(),
        };
        for word in words::all(language) {
            let Some(act) = act_of(word) else { continue };
            for name in word.names.split(' ') {
                index.add(name, act, language);
            }
        }
        index
    }

    fn add(&mut self, name: &str, act: Act, language: Language) {
        let mut parts = Vec::new();
        let mut pieces = name.split(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '$');
        let single = !name.contains(['.', '/', '-']);
        let first = pieces.next().unwrap_or_default();
        let mut add = |index: &mut Self, piece: &str, place: Where| {
            if piece.is_empty() || piece == "()" {
                return;
            }
            let part = index.part(piece.as_bytes());
            parts.push((part, place));
        };
        let place = match language {
            Language::JavaScript if GLOBALS.contains(&first) => Where::Anywhere,
            Language::JavaScript => Where::Module,
            _ if single => Where::Alone,
            _ => Where::Module,
        };
        add(self, first, place);
        for piece in pieces {
            add(self, piece, Where::Anywhere);
        }
        if !self.acts.iter().any(|(known, kind)| *known == parts && *kind == act) {
            self.acts.push((parts, act));
        }
    }

    fn part(&mut self, text: &[u8]) -> u16 {
        if let Some([a, b]) = text.first_chunk()
            && let Some(word) = self.begins.get_mut(slot(*a, *b))
        {
            *word |= 1 << (b & 63);
        }
        if let Some(lengths) = text.last().and_then(|last| self.lengths.get_mut(usize::from(*last))) {
            *lengths |= 1 << (text.len() & 63);
        }
        let next = u16::try_from(self.parts.len()).unwrap_or(u16::MAX);
        *self.parts.entry(text.into()).or_insert(next)
    }

    /// The number of an identifier that is a part of a name.
    pub(super) fn find(&self, text: &[u8]) -> Option<u16> {
        let last = text.last()?;
        let has = |bits: Option<&u64>, bit: usize| bits.is_some_and(|bits| bits >> (bit & 63) & 1 == 1);
        if text.len() > MAX_PART
            || !has(self.lengths.get(usize::from(*last)), text.len())
            || text.first_chunk().is_some_and(|[a, b]| !has(self.begins.get(slot(*a, *b)), usize::from(*b)))
        {
            return None;
        }
        self.parts.get(text).copied()
    }

    /// How many parts there are.
    pub(super) fn len(&self) -> usize {
        self.parts.len()
    }

    /// Whether a module, or something global, of which acts can be asked stands there, when `stands` tells of a part whether
    /// it stands at such a place.
    pub(super) fn holders(&self, stands: impl Fn(u16, Where) -> bool) -> bool {
        let is_holder = |part: u16| HOLDERS.iter().any(|name| self.parts.get(name.as_bytes()) == Some(&part));
        let mut first =
            self.acts.iter().filter(|(_, act)| *act != Act::Surroundings).filter_map(|(parts, _)| parts.first());
        first.any(|(part, place)| (*place == Where::Module || is_holder(*part)) && stands(*part, *place))
    }

    /// The acts that are spelled, when `stands` tells of a part whether it stands at such a place.
    pub(super) fn spelled(&self, stands: impl Fn(u16, Where) -> bool) -> impl Iterator<Item = Act> {
        self.acts.iter().filter(move |(parts, _)| parts.iter().all(|(part, place)| stands(*part, *place))).map(|a| a.1)
    }
}

fn slot(a: u8, b: u8) -> usize {
    (usize::from(a) << 2) | usize::from(b >> 6)
}

/// First words of paths that are variables of every script, not modules.
const GLOBALS: &[&str] = &[
    "eval",
    "Worker",
    "ActiveXObject",
    "WScript",
    "WSH",
    "fetch",
    "XMLHttpRequest",
    "WebSocket",
    "Bun",
    "Deno",
    "navigator",
    "document",
    "window",
    "process",
    "$",
    "jQuery",
    "Image",
    "HTMLImageElement",
    "localStorage",
    "sessionStorage",
    "chrome",
    "browser",
    "Intl",
    "Date",
    "electron",
    "app",
    "addEventListener",
    "desktopCapturer",
    "io",
    "module",
    "Module",
    "_compile",
    "",
];

/// Those of them that hardly any script has for another reason.
const HOLDERS: &[&str] = &["ActiveXObject", "Bun", "Deno", "WebSocket", "XMLHttpRequest", "navigator"];

/// What a word of the vocabulary is to a glance.
fn act_of(word: &Word) -> Option<Act> {
    use crate::analyze::script::value::Labels;
    Some(match word.does {
        Does::Run
        | Does::Shell
        | Does::Eval
        | Does::Fetch
        | Does::Send
        | Does::Request
        | Does::Save
        | Does::Connect
        | Does::Lookup
        | Does::Redirect
        | Does::Load
        | Does::Inject
        | Does::Hide
        | Does::Persist
        | Does::Spy
        | Does::SetClipboard
        | Does::Encrypt
        | Does::Prompt => Act::Strong,
        Does::Open | Does::Write | Does::Copy | Does::MakeRunnable => Act::File,
        // That something is deleted by a method of any name is no act of its own.
        Does::Delete if word.names.contains("*.") => return None,
        Does::Delete => Act::Delete,
        Does::Source | Does::Environment
            if word.yields.any(
                Labels::TIME_ZONE
                    .with(Labels::LOCALE)
                    .with(Labels::HOSTNAME)
                    .with(Labels::USER)
                    .with(Labels::ENV)
                    .with(Labels::ENV_ALL)
                    .with(Labels::ADDRESS)
                    .with(Labels::BROWSER),
            ) =>
        {
            Act::Surroundings
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_of_a_name_is_found_again() {
        for language in [Language::Python, Language::JavaScript] {
            let index = Index::of(language);
            assert!(index.acts.len() > 100);
            for part in index.parts.keys() {
                assert!(index.find(part).is_some(), "{}", String::from_utf8_lossy(part));
            }
            assert_eq!(index.find(b"zzz"), None);
            // An act without parts would be spelled by every script.
            assert!(index.acts.iter().all(|(parts, _)| !parts.is_empty()));
            assert_eq!(index.spelled(|_, _| false).count(), 0);
        }
    }
}

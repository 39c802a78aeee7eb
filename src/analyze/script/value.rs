//! What an expression is known to be, and where it comes from.

use std::rc::Rc;

use super::heap::ObjectId;
use super::paths::PathId;
use crate::parse::script::FuncId;

/// Origins of a value, as a set. A value keeps the labels of everything it was made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) struct Labels(u64);

macro_rules! labels {
    ($($(#[$doc:meta])* $name:ident = $bit:literal, $word:literal;)*) => {
        impl Labels {
            $($(#[$doc])* pub(crate) const $name: Self = Self(1 << $bit);)*
        }

        /// Every label with its words for reports.
        pub(crate) const WORDS: &[(Labels, &str)] = &[$((Labels::$name, $word)),*];
    };
}

labels! {
    /// One environment variable.
    ENV = 0, "an environment variable";
    /// The whole environment.
    ENV_ALL = 1, "the whole environment";
    /// An environment variable whose name says that it is secret.
    ENV_SECRET = 2, "a secret of the environment";
    /// The content of a file.
    FILE = 3, "the content of a file";
    /// The content of a file with credentials.
    CREDENTIALS = 4, "a credential file";
    /// A browser's stores.
    BROWSER = 5, "a browser's stores";
    /// A wallet of cryptocurrencies.
    WALLET = 6, "a wallet";
    /// The stores of a messenger.
    MESSENGER = 7, "a messenger's tokens";
    /// The host's name.
    HOSTNAME = 8, "the host's name";
    /// The user's name or home.
    USER = 9, "the user's name";
    /// The working directory.
    DIRECTORY = 10, "the working directory";
    /// Operating system, processor, versions.
    PLATFORM = 11, "the operating system";
    /// Addresses of the host and of its network cards.
    ADDRESS = 12, "the host's addresses";
    /// Running programs.
    PROCESSES = 13, "the running programs";
    /// The clipboard.
    CLIPBOARD = 14, "the clipboard";
    /// Keys that are pressed.
    KEYS = 15, "the keyboard";
    /// The screen, the camera, the microphone.
    SCREEN = 16, "the screen";
    /// Bytes that were fetched from the network.
    DOWNLOADED = 17, "a download";
    /// What somebody at the other end of a connection sends.
    REMOTE = 18, "a remote party";
    /// A constant that had to be decoded.
    DECODED = 19, "a decoded constant";
    /// What a program printed.
    OUTPUT = 20, "a program's output";
    /// What a language model answered.
    MODEL = 21, "a model's answer";
    /// Language and region.
    LOCALE = 22, "the locale";
    /// The time zone.
    TIME_ZONE = 23, "the time zone";
    /// A proxy or the address of an endpoint that the user set.
    ENDPOINT = 24, "a proxy or endpoint";
    /// The time or date.
    TIME = 25, "the time";
    /// A random number.
    RANDOM = 26, "a random number";
    /// A parameter that a caller gives.
    PARAMETER = 27, "a caller's argument";
    /// A constant that was decrypted or decoded with a key.
    DECRYPTED = 28, "a decrypted constant";
    /// The script's own text or place.
    OWN_FILE = 29, "the script's own file";
    /// Text that was put together from pieces.
    BUILT = 30, "text in pieces";
    /// A file that the script wrote.
    WRITTEN = 31, "a file that it wrote";
    /// The arguments of the program.
    ARGUMENTS = 32, "the command line";
    /// Keys of a cryptocurrency in memory.
    KEY_MATERIAL = 33, "a private key";
    /// What callers of a library hand to a function of it that the script has replaced.
    HOOKED = 34, "what others hand to a library";
    /// A picture, a sound, a font or a document.
    CARRIER = 35, "a picture, sound or document";
    /// The files of a folder, one after the other: their paths, and what they hold.
    LISTED = 36, "the files of a folder";
    /// What the script has encrypted.
    ENCRYPTED = 37, "what it encrypted";
    /// A secret that a caller hands over to be used, by the name of the parameter.
    TOLD_SECRET = 38, "a secret of its caller";
    /// The key of a cloud or of a registry of packages, out of the environment.
    CLOUD_KEY = 39, "the key of a cloud or registry";
    /// What a request to a server says, before anybody has looked at it.
    ASKED = 40, "what a request says";
    /// What a person types when a program asks.
    ANSWER = 41, "a person's answer";
    /// What a page has stored for itself in the browser.
    PAGE = 42, "the page's own storage";
    /// All cookies of a page at once, of whoever set them.
    COOKIES = 43, "the page's cookies";
    /// A file of settings with secrets (`.env`).
    DOTENV = 44, "a file of settings with secrets";
    /// What the program is handed on its standard input.
    HANDED = 45, "its standard input";
    /// What stands in a field for passwords of a page.
    FIELD = 46, "a password that is typed";
    /// What people keep in the folders of their home.
    DOCUMENTS = 47, "the user's documents";
    /// The key of a service that people pay for or publish with, out of the environment, by the service's name.
    SERVICE_KEY = 48, "the key of a service";
    /// What the surroundings come down to as a number or digest, from which nobody can read them.
    DIGESTED = 49, "a digest of the surroundings";
    /// Whom the user works for: who commits and where to, the domain that the machine belongs to.
    COMPANY = 50, "the user's organisation";
    /// The digest of a password, by which it is known.
    PROOF = 51, "the digest of a password";
    /// Whether the surroundings are what stood decoded on the other side of a comparison.
    MATCHED = 52, "a comparison with what was decoded";
    /// What is picked out because its name is one of secrets.
    NAMED_SECRET = 53, "what has the name of a secret";
    /// A file that is picked out by the name of one that holds secrets.
    PICKED_FILE = 54, "a file picked by its name";
    /// What was chosen under a condition on the surroundings.
    CHOSEN = 55, "a choice by the surroundings";
}

impl Labels {
    /// Nothing.
    pub(crate) const NONE: Self = Self(0);
    /// What tells who and where the user is.
    pub(crate) const IDENTITY: Self = Self::HOSTNAME
        .with(Self::USER)
        .with(Self::DIRECTORY)
        .with(Self::PLATFORM)
        .with(Self::ADDRESS)
        .with(Self::PROCESSES);
    /// What nobody gives away.
    pub(crate) const SECRET: Self = Self::ENV_ALL
        .with(Self::ENV_SECRET)
        .with(Self::CREDENTIALS)
        .with(Self::BROWSER)
        .with(Self::WALLET)
        .with(Self::MESSENGER)
        .with(Self::KEY_MATERIAL);
    /// Keys, of which nothing is left in what was signed or encrypted with them.
    pub(crate) const USED_TO_SIGN: Self =
        Self::KEY_MATERIAL.with(Self::TOLD_SECRET).with(Self::CLOUD_KEY).with(Self::SERVICE_KEY);
    /// What is recorded of the user.
    pub(crate) const SPIED: Self = Self::CLIPBOARD.with(Self::KEYS).with(Self::SCREEN);
    /// What comes from outside and is not known to the reader of the code.
    pub(crate) const FOREIGN: Self = Self::DOWNLOADED.with(Self::REMOTE);
    /// What a value tells of the condition that chose it. That a download decided something does not make what it decided
    /// a download.
    pub(crate) const IMPLICIT: Self = Self::LOCALE.with(Self::TIME_ZONE).with(Self::ENDPOINT);
    /// What the script itself is the origin of.
    pub(crate) const OWN: Self =
        Self::CONCEALED.with(Self::BUILT).with(Self::OWN_FILE).with(Self::WRITTEN).with(Self::RANDOM).with(Self::TIME);
    /// What was concealed.
    pub(crate) const CONCEALED: Self = Self::DECODED.with(Self::DECRYPTED);

    /// Both.
    #[must_use]
    pub(crate) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Without the other's.
    #[must_use]
    pub(crate) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Those that are in both.
    #[must_use]
    pub(crate) const fn only(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether any of the other's is here.
    #[must_use]
    pub(crate) const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// How many of the other's are here.
    #[must_use]
    pub(crate) const fn count(self, other: Self) -> u32 {
        (self.0 & other.0).count_ones()
    }

    /// Whether there is none.
    #[must_use]
    pub(crate) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The words of those that are here.
    pub(crate) fn words(self) -> impl Iterator<Item = &'static str> {
        WORDS.iter().filter(move |(label, _)| self.any(*label)).map(|(_, word)| *word)
    }
}

/// What is known of a value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Known {
    /// Nothing.
    Unknown,
    /// `None`, `null`, `undefined`.
    Nil,
    /// A truth value.
    Bool(bool),
    /// A number.
    Num(f64),
    /// Text.
    Str(Rc<str>),
    /// Text with gaps, each shown as [`HOLE`].
    Text(Rc<str>),
    /// Bytes.
    Bytes(Rc<[u8]>),
    /// A list, dictionary or instance.
    Object(ObjectId),
    /// A function of the script with the variables around it.
    Func(FuncId, u32),
    /// Something that is not defined in the script, by its way: `requests.get().text`.
    Path(PathId),
}

/// What stands in [`Known::Text`] for what is not known.
pub(crate) const HOLE: &str = "\u{2026}";
/// Longest [`Known::Text`] in bytes; longer ones lose their end.
const MAX_TEXT: usize = 16 << 10;

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Value {
    /// What is known of it.
    pub(crate) known: Known,
    /// Where it comes from.
    pub(crate) labels: Labels,
}

impl Default for Value {
    fn default() -> Self {
        Self::UNKNOWN
    }
}

impl Value {
    /// Nothing known, from nowhere.
    pub(crate) const UNKNOWN: Self = Self { known: Known::Unknown, labels: Labels::NONE };
    /// `None`, `null`.
    pub(crate) const NIL: Self = Self { known: Known::Nil, labels: Labels::NONE };

    /// Nothing known, but where it comes from.
    #[must_use]
    pub(crate) const fn unknown(labels: Labels) -> Self {
        Self { known: Known::Unknown, labels }
    }

    /// A known value.
    #[must_use]
    pub(crate) const fn new(known: Known, labels: Labels) -> Self {
        Self { known, labels }
    }

    /// A number.
    #[must_use]
    pub(crate) const fn num(n: f64, labels: Labels) -> Self {
        Self { known: Known::Num(n), labels }
    }

    /// A truth value.
    #[must_use]
    pub(crate) const fn bool(b: bool, labels: Labels) -> Self {
        Self { known: Known::Bool(b), labels }
    }

    /// Text.
    #[must_use]
    pub(crate) fn str(text: impl Into<Rc<str>>, labels: Labels) -> Self {
        Self { known: Known::Str(text.into()), labels }
    }

    /// Bytes.
    #[must_use]
    pub(crate) fn bytes(bytes: impl Into<Rc<[u8]>>, labels: Labels) -> Self {
        Self { known: Known::Bytes(bytes.into()), labels }
    }

    /// Text with gaps; cut when it is too long.
    #[must_use]
    pub(crate) fn text(text: String, labels: Labels) -> Self {
        let mut text = text;
        if text.len() > MAX_TEXT {
            text.truncate(text.floor_char_boundary(MAX_TEXT));
            text.push_str(HOLE);
        }
        Self { known: Known::Text(text.into()), labels }
    }

    /// The same with more origins.
    #[must_use]
    pub(crate) fn labelled(mut self, labels: Labels) -> Self {
        self.labels = self.labels.with(labels);
        self
    }

    /// Whether all of it is known.
    #[must_use]
    pub(crate) fn is_constant(&self) -> bool {
        matches!(self.known, Known::Nil | Known::Bool(_) | Known::Num(_) | Known::Str(_) | Known::Bytes(_))
    }

    /// Text that is known as a whole.
    #[must_use]
    pub(crate) fn as_str(&self) -> Option<&str> {
        match &self.known {
            Known::Str(text) => Some(text),
            _ => None,
        }
    }

    /// Text, be it with gaps.
    #[must_use]
    pub(crate) fn as_text(&self) -> Option<&str> {
        match &self.known {
            Known::Str(text) | Known::Text(text) => Some(text),
            Known::Bytes(bytes) => std::str::from_utf8(bytes).ok(),
            _ => None,
        }
    }

    /// Bytes of text or bytes that are known as a whole.
    #[must_use]
    pub(crate) fn as_bytes(&self) -> Option<&[u8]> {
        match &self.known {
            Known::Str(text) => Some(text.as_bytes()),
            Known::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// A number.
    #[must_use]
    pub(crate) fn as_num(&self) -> Option<f64> {
        match self.known {
            Known::Num(n) => Some(n),
            Known::Bool(b) => Some(f64::from(u8::from(b))),
            _ => None,
        }
    }

    /// A whole number.
    #[must_use]
    #[allow(clippy::cast_possible_truncation)]
    pub(crate) fn as_int(&self) -> Option<i64> {
        self.as_num().filter(|n| n.is_finite() && n.abs() < 9e15).map(|n| n.trunc() as i64)
    }

    /// Whether it counts as true, when that is known. Objects are left to the heap.
    #[must_use]
    pub(crate) fn truth(&self) -> Option<bool> {
        match &self.known {
            Known::Nil => Some(false),
            Known::Bool(b) => Some(*b),
            Known::Num(n) => Some(*n != 0.0 && !n.is_nan()),
            Known::Str(text) => Some(!text.is_empty()),
            Known::Bytes(bytes) => Some(!bytes.is_empty()),
            Known::Func(..) => Some(true),
            Known::Unknown | Known::Text(_) | Known::Object(_) | Known::Path(_) => None,
        }
    }

    /// What it is when it may be either. Text that is known wins over what is not: a reader of the report wants to see
    /// the command, not that it could have been another. Numbers do not, or loops would count from a guess.
    #[must_use]
    pub(crate) fn or(self, other: Self) -> Self {
        let labels = self.labels.with(other.labels);
        let is_number = |k: &Known| matches!(k, Known::Num(_) | Known::Bool(_));
        let known = match (self.known, other.known) {
            (a, b) if a == b => a,
            (a, b) if is_number(&a) || is_number(&b) => {
                let text = |k: &Known| matches!(k, Known::Str(_) | Known::Text(_) | Known::Bytes(_));
                if text(&b) {
                    b
                } else if text(&a) {
                    a
                } else {
                    Known::Unknown
                }
            }
            // What may be something is not nothing.
            (Known::Unknown, Known::Nil) | (Known::Nil, Known::Unknown) => Known::Unknown,
            (Known::Unknown | Known::Nil, known) | (known, Known::Unknown | Known::Nil) => known,
            // Wrappers around modules give the module or an object that has it: it is the module that matters.
            (path @ Known::Path(_), Known::Object(_)) | (Known::Object(_), path @ Known::Path(_)) => path,
            (_, newer) => newer,
        };
        Self { known, labels }
    }
}

//! What the surroundings come down to: digests, checksums and text in other letters, in which nobody can read what they stand
//! for; and what looks for them among constants. See [`crate::analyze::script::covert`].

use std::collections::HashSet;
use std::sync::LazyLock;

use super::Machine;
use super::call::Args;
use super::choice::MAX_CHOICES;
use crate::analyze::script::covert::{Choice, SURROUNDINGS};
use crate::analyze::script::event::Act;
use crate::analyze::script::heap::Kind;
use crate::analyze::script::value::{Known, Labels, Value};
use crate::parse::script::Id;

/// Smallest number, and shortest text in letters, that a digest is taken for: shares of users and small tables have less.
pub(super) const LEAST_DIGEST: f64 = 65536.0;
const SHORTEST_DIGEST: usize = 6;
/// Smallest number that is a set of bits and no mask of a word.
pub(super) const LEAST_SET: f64 = 18_446_744_073_709_551_616.0;
/// Smallest set, in bits, that is no number of parts into which users are divided.
const SMALLEST_SET: u32 = 256;

/// Whether a digest is divided by this number for a share of all users: a place in a set of bits is none.
pub(super) fn is_share(number: f64) -> bool {
    let is_set = number >= f64::from(SMALLEST_SET) && number.log2().fract() == 0.0;
    number < LEAST_DIGEST && !is_set
}
/// Most entries of a list that are looked at.
const MOST_LISTED: usize = 64;
/// Functions that yield a number that text comes down to, or a part of one.
const CHECKSUMS: &str = "crc32 adler32 imul murmur3 md5 sha1 sha256 hexdigest xxh32 xxh64 xxh3 fnv1a djb2";
/// Functions that spell what they are given in other letters.
const CODERS: &str = "btoa b64encode b32encode hexlify fromCharCode fromCodePoint chr hex";
/// Functions that give the same in another form.
const CONVERSIONS: &str = "parseInt Number BigInt String int str format from from_bytes abs trunc any all sum \
    bool";

/// Functions that look for something in something else, or compare two.
static LOOKS: LazyLock<HashSet<&str>> = LazyLock::new(|| LOOKING.split_whitespace().collect());
const LOOKING: &str = "includes include? indexOf lastIndexOf has test match matchAll search fullmatch findall startsWith startswith \
    start_with? endsWith endswith end_with? find index rfind count __contains__ contains equals equal localeCompare get exec \
    in_array str_contains strpos stripos preg_match fnmatch compare_digest timingSafeEqual compare isdisjoint intersection";

/// Whether the last name of a path is one of these.
fn is_one_of(path: &str, names: &str) -> bool {
    let last = last_of(path);
    names.split(' ').any(|name| name == last)
}

/// The last name of a path.
fn last_of(path: &str) -> &str {
    path.rsplit(['.', ':']).next().unwrap_or_default().trim_end_matches("()")
}

/// Whether a function yields the digest of what a hash was given.
pub(super) fn is_digest(path: &str) -> bool {
    let (of, method) = path.rsplit_once('.').unwrap_or_default();
    method == "hash" && of == "get-filehash()"
        || method == "status" && of == "get-authenticodesignature()"
        || matches!(method, "digest" | "hexdigest" | "b64digest")
            && ["createHash()", "createHmac()", "hashlib.", "subtle", "hmac.new()"].iter().any(|hash| of.contains(hash))
}

/// Whether a function makes something of what it is given in which that cannot be read.
pub(super) fn digests(path: &str, args: &Args) -> bool {
    let is_in_letters = path.ends_with(".toString") && args.at(0).and_then(Value::as_str).is_some_and(|c| c != "utf8");
    is_in_letters || is_digest(path) || is_one_of(path, CHECKSUMS) || is_one_of(path, CODERS)
}

/// Whether it is the surroundings that are made a digest of, and not what a program printed or somebody sent that was asked by
/// way of a proxy.
pub(super) fn of_surroundings(labels: Labels) -> bool {
    let by_way_of = Labels::OUTPUT.with(Labels::FOREIGN);
    labels.any(SURROUNDINGS.without(Labels::ENDPOINT)) || labels.any(Labels::ENDPOINT) && !labels.any(by_way_of)
}

/// Whether what a function yields is still a digest when it is given one.
pub(super) fn stays_digest(path: &str) -> bool {
    is_digest(path) || [CHECKSUMS, CODERS, CONVERSIONS].iter().any(|names| is_one_of(path, names))
}

impl Machine {
    /// Notes a comparison of the digest of a download with something that came from elsewhere.
    pub(super) fn see_compared(&mut self, a: &Value, b: &Value) {
        let is_of_download = |value: &Value| match value.known {
            Known::Path(path) => {
                value.labels.any(Labels::DOWNLOADED) && is_digest(self.paths.text(path).trim_end_matches("()"))
            }
            _ => false,
        };
        self.out.checks_download |= is_of_download(a) != is_of_download(b);
    }

    /// Notes a comparison of the digest of what somebody says in secret with one that stands in the script.
    pub(super) fn see_fixed(&mut self, a: &Value, b: &Value, id: Id) {
        let is_fixed = |value: &Value| {
            let is_own = value.labels.without(Labels::OWN).is_empty();
            is_own
                && match &value.known {
                    Known::Str(text) => {
                        matches!(text.len(), 32 | 40 | 64 | 96 | 128) && text.bytes().all(|b| b.is_ascii_hexdigit())
                    }
                    Known::Bytes(bytes) => matches!(bytes.len(), 16 | 20 | 32 | 48 | 64),
                    _ => false,
                }
        };
        if self.is_proof(a) && is_fixed(b) || self.is_proof(b) && is_fixed(a) {
            self.admit(id);
        }
    }

    /// Whether a value is the digest of a password, or of what a request says.
    fn is_proof(&self, value: &Value) -> bool {
        let is_digest_of = |path| is_digest(self.paths.text(path).trim_end_matches("()"));
        value.labels.any(Labels::PROOF)
            || value.labels.any(Labels::ASKED) && matches!(value.known, Known::Path(path) if is_digest_of(path))
    }

    fn admit(&mut self, id: Id) {
        let by = self.paths.root("==");
        self.event(Act::Admit, by, id, &Value::UNKNOWN, &Value::UNKNOWN, false);
    }

    /// Notes a signature of a download that is verified, or its digest that is compared.
    pub(super) fn see_verified(&mut self, path: &str, this: Option<&Value>, args: &Args, id: Id) {
        let method = path.rsplit('.').next().unwrap_or_default();
        if matches!(method, "verify" | "verify_signature" | "verify_strict" | "compare_digest" | "timingSafeEqual") {
            self.out.checks_download |= self.labels_of(args).any(Labels::DOWNLOADED);
            if let [a, b, ..] = args.list.as_slice() {
                self.see_fixed(a, b, id);
            }
        }
        if let (Some(this), [part, ..]) = (this, args.list.as_slice())
            && matches!(method, "startsWith" | "startswith" | "endsWith" | "endswith")
        {
            let is_part = |part: &str| part.len() >= SHORTEST_DIGEST && part.bytes().all(|b| b.is_ascii_hexdigit());
            if self.is_proof(this) && part.as_str().is_some_and(is_part) && part.labels.without(Labels::OWN).is_empty()
            {
                self.admit(id);
            }
        }
    }

    /// What a comparison with constants is beyond what its sides are: who looks for a digest of the surroundings among
    /// digests that stand in the script has a list that nobody is to read.
    pub(super) fn compared(&self, constants: &Value, asked: &Value) -> Labels {
        let labels = self.all_labels(asked);
        // What was fetched under a digest is no digest.
        let is_asked = !asked.is_constant() && labels.any(Labels::DIGESTED) && !labels.any(Labels::FOREIGN);
        if is_asked && self.may_be_digests(constants) { Labels::DECODED } else { Labels::NONE }
    }

    /// What a method yields that looks for a digest of the surroundings among those that stand in the script.
    pub(super) fn looked_for(&self, object: &Value, name: &str, args: &Args) -> Option<Value> {
        let given = args.at(0)?;
        let (constants, asked) = match name {
            "includes" | "indexOf" | "has" | "index" | "get" | "count" | "__contains__" => (object, given),
            "endsWith" | "startsWith" | "endswith" | "startswith" | "equals" => (given, object),
            _ => return None,
        };
        let compared = self.compared(constants, asked);
        (!compared.is_empty())
            .then(|| Value::unknown(compared.with(self.all_labels(constants)).with(self.all_labels(asked))))
    }

    /// What a comparison is beyond what its sides are, when the surroundings stand on one of them and something that had to be
    /// decoded on the other.
    pub(super) fn sides_matched(&self, a: &Value, b: &Value) -> Labels {
        let all = |value: &Value| self.all_labels(value).with(self.all_labels(&self.about(value)));
        let sides = [all(a), all(b)];
        let are = |labels: Labels| labels.any(SURROUNDINGS.with(Labels::DIGESTED));
        let is = |hidden: Labels, asked: Labels| hidden.any(Labels::CONCEALED) && !are(hidden) && are(asked);
        let [x, y] = sides;
        if is(x, y) || is(y, x) { Labels::MATCHED } else { Labels::NONE }
    }

    /// The same of a call that looks for something in something else, or compares two that it is handed.
    pub(super) fn matched_by(&self, path: &str, this: Option<&Value>, args: &Args) -> Labels {
        let mut sides = this.into_iter().chain(args.list.iter().take(2));
        match (sides.next(), sides.next(), sides.next()) {
            (Some(text), Some(pattern), None) if matches!(path, "match" | "matchAll") => {
                self.key_in(text, pattern).with(self.sides_matched(text, pattern))
            }
            (Some(pattern), Some(text), None) if path == "exec" => {
                self.key_in(text, pattern).with(self.sides_matched(pattern, text))
            }
            // Every call comes by here.
            _ if !LOOKS.contains(last_of(path)) => Labels::NONE,
            (Some(a), Some(b), None) => self.sides_matched(a, b),
            (Some(a), Some(b), Some(c)) => self.sides_matched(a, b).with(self.sides_matched(b, c)),
            _ => Labels::NONE,
        }
    }

    /// What a pattern of JavaScript finds in the texts of others is a key when it is the form of one.
    fn key_in(&self, text: &Value, pattern: &Value) -> Labels {
        let Known::Object(id) = pattern.known else { return Labels::NONE };
        let Some(Kind::Handle(_, source)) = self.heap.get(id).map(|o| &o.kind) else { return Labels::NONE };
        let is_form = source.as_str().is_some_and(super::patterns_of_python::is_form_of_a_key);
        if is_form && text.as_text().is_none() { Labels::KEY_MATERIAL } else { Labels::NONE }
    }

    /// Notes a comparison of what the surroundings come down to with constants, whatever is done with the outcome.
    pub(super) fn note_compared(&mut self, outcome: &Value, at: Id) {
        let given = outcome.labels;
        if given.any(Labels::DIGESTED) && given.any(Labels::CONCEALED) && self.out.choices.len() < MAX_CHOICES {
            let at = self.place(at);
            if !self.out.choices.iter().any(|c| c.at == at) {
                self.out.choices.push(Choice { given, at, among: Vec::new() });
            }
        }
    }

    fn may_be_digests(&self, value: &Value) -> bool {
        let is_one = |value: &Value| match (value.as_num(), value.as_str()) {
            (Some(number), _) => number.abs() >= LEAST_DIGEST,
            (_, Some(text)) => may_be_digest(text),
            _ => value.as_bytes().is_some_and(|b| b.len() >= SHORTEST_DIGEST && !b.is_ascii()),
        };
        // Tables lie in files of their own: data, or constants by their names.
        if let Known::Path(path) = value.known
            && let Some(rest) = self.paths.text(path).strip_prefix('.')
        {
            let name = rest.rsplit(['.', '/']).next().unwrap_or_default();
            let is_constant =
                name.len() > 2 && name.bytes().all(|b| b.is_ascii_uppercase() || matches!(b, b'_' | b'[' | b']'));
            return is_constant || rest.contains(".json");
        }
        if matches!(value.known, Known::Path(_) | Known::Unknown) {
            return value.labels.any(Labels::OWN_FILE);
        }
        let Known::Object(id) = value.known else { return value.is_constant() && is_one(value) };
        let Some(object) = self.heap.get(id) else { return false };
        match &object.kind {
            Kind::List(items) => {
                !items.is_empty() && items.iter().take(MOST_LISTED).all(|i| i.is_constant() && is_one(i))
            }
            Kind::Dict(fields) => {
                let mut names = fields.iter().map(|(name, _)| name).peekable();
                names.peek().is_some() && names.take(MOST_LISTED).all(|name| may_be_digest(name))
            }
            _ => false,
        }
    }
}

/// Whether a text may be a digest, or text in other letters: no word, and no name that somebody would give.
fn may_be_digest(text: &str) -> bool {
    let is_letter = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=' | b'_' | b'-');
    text.len() >= SHORTEST_DIGEST
        && text.bytes().all(is_letter)
        && (text.bytes().filter(u8::is_ascii_digit).count() >= 2 || text.ends_with('='))
}

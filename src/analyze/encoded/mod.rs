//! Encoded data in text: found, decoded layer by layer on a bounded beginning, and, when it is worth it, handed back
//! to the engine as a child that is looked at like any file.
//!
//! Long encoded literals are ordinary (pictures, fonts, keys, tables); what they decode to is not. Random bytes, media
//! and markup are dropped without a word. Programs, code, commands and addresses become children, with the whole way
//! to them as a recipe (`base64+zlib`), so that a reviewer can go it by hand.
//! Reference: <https://attack.mitre.org/techniques/T1027/013/>.

mod compiled;
mod find;
mod layer;
mod peel;
mod pieces;
mod weigh;

use find::{Candidate, Signs};
use layer::Layer;
use peel::{Context, Peeled};
use pieces::{Pieces, class};
use weigh::Worth;

use std::io::Write as _;

use crate::analyze::{Heuristic, Notes};
use crate::limits::Budget;
use crate::model::{ByteView, Capability, Evidence, Fact, FileKind, Finding, Gap, GapReason, Rule, Step};
use crate::parse::Parsed;
use crate::rule;
use crate::unwrap::{Child, Content, Produced};

/// The heuristics of this folder.
pub const HEURISTICS: &[&dyn Heuristic] = &[&Encoded];

rule! {
    /// Text decodes to a native executable. Programs are shipped as files; one inside a literal is meant to be written
    /// out and started. Honest look-alikes: a few tools carry helper binaries that way so that they are a single file.
    pub(crate) EXECUTABLE = "encoded-executable" in "obf/encoded-blob";
    severity: High, confidence: Likely,
    title: "Text decodes to an executable",
    reference: "https://attack.mitre.org/techniques/T1027/009/",
}

rule! {
    /// Code lies under two or more encodings or compressions. One saves space or escapes quotes, and so does a compression
    /// that is written in letters; several only serve to keep readers and scanners out. Honest look-alikes:
    /// self-extracting installers (get-pip.py), embedded workers.
    pub(crate) LAYERS = "encoded-layers" in "obf/encoded-blob";
    severity: High, confidence: Likely,
    title: "Code under several layers of encoding",
    reference: "https://attack.mitre.org/techniques/T1027/013/",
}

rule! {
    /// Encoded text is handed to an interpreter in the same statement that decodes it, and it is code.
    /// Honest look-alikes: old self-contained test runners, licence checks of commercial modules.
    pub(crate) EXECUTED = "encoded-code-executed" in "exec/decode-exec";
    severity: High, confidence: Likely,
    title: "Encoded code is decoded and executed in one statement",
    reference: "https://attack.mitre.org/techniques/T1140/",
}

rule! {
    /// Text decodes to code that executes, connects or reads secrets. Honest look-alikes: embedded web workers and
    /// templates, test vectors.
    pub(crate) CODE = "encoded-code" in "obf/encoded-blob";
    severity: Medium, confidence: Likely,
    title: "Text decodes to code",
    reference: "https://attack.mitre.org/techniques/T1027/013/",
}

rule! {
    /// Text decodes to a command line for a shell or for PowerShell. Honest look-alikes: installers that pass scripts
    /// through PowerShell's -EncodedCommand to escape its quoting.
    pub(crate) COMMAND = "encoded-command" in "obf/encoded-blob";
    severity: Medium, confidence: Likely,
    title: "Text decodes to a command line",
    reference: "https://attack.mitre.org/techniques/T1059/001/",
}

rule! {
    /// Text in a script decodes to an address on the network. There is rarely a reason to encode an address except
    /// that it shall not be found. Honest look-alikes: test vectors, opaque identifiers of APIs.
    pub(crate) ADDRESS = "encoded-address" in "obf/encoded-blob";
    severity: Medium, confidence: Likely,
    title: "Text decodes to a network address",
    reference: "https://attack.mitre.org/techniques/T1027/013/",
}

rule! {
    /// Text decodes to an archive, which is opened and looked at. Honest look-alikes: self-extracting scripts, test data.
    pub(crate) ARCHIVE = "encoded-archive" in "obf/encoded-blob";
    severity: Low, confidence: Likely,
    title: "Text decodes to an archive",
    reference: "https://attack.mitre.org/techniques/T1027/015/",
}

/// Finds and decodes encoded text.
pub struct Encoded;

/// Most children of one file.
const MAX_CHILDREN: usize = 128;
/// Most readable values of one file that are told.
const MAX_VALUES: usize = 500;
/// Most findings of one file.
const MAX_FINDINGS: usize = 12;
/// Most bytes that are decoded to judge the candidates of one file.
const MAX_WORK: usize = 64 << 20;
/// Fewest bytes of a program: the header of an ELF file of 32 bits.
const SMALLEST_PROGRAM: usize = 52;
/// How much of a candidate is decoded to see whether it is noise.
const PROBE: usize = 256;

impl Heuristic for Encoded {
    fn rules(&self) -> &'static [&'static Rule] {
        const { &[&EXECUTABLE, &LAYERS, &EXECUTED, &CODE, &COMMAND, &ADDRESS, &ARCHIVE] }
    }

    fn applies(&self, kind: FileKind) -> bool {
        (kind.is_text() || kind == FileKind::Pyc || kind.is_executable()) && kind != FileKind::SourceMap
    }

    fn check(&self, file: &Parsed<'_>, out: &mut Notes) {
        let script = file.kind().is_script() || file.kind() == FileKind::Pyc;
        let native = file.kind().is_executable();
        let signs = if native { Signs::default() } else { find::signs(file.bytes()) };
        let mut work = Work { file, out, script, xor: None, done: 0, children: 0, values: 0, told: 0 };
        if native {
            find::native_candidates(file.view(), &mut |candidate| work.look(candidate, &signs));
        } else {
            find::candidates(file.view(), script, &signs, &mut |candidate| work.look(candidate, &signs));
        }
    }
}

/// The work on one file.
struct Work<'a, 'p, 'n> {
    file: &'a Parsed<'p>,
    out: &'n mut Notes,
    script: bool,
    xor: Option<bool>,
    done: usize,
    children: usize,
    values: usize,
    told: usize,
}

impl Work<'_, '_, '_> {
    /// Judges one candidate; `false` ends the work on the file.
    fn look(&mut self, candidate: Candidate, signs: &Signs) -> bool {
        let bytes = self.file.bytes();
        let kind = self.file.kind();
        let xor = *self.xor.get_or_insert_with(|| signs.xor || self.script && memchr::memchr(b'^', bytes).is_some());
        let context = Context { kind, xor, reverses: signs.reverses, rot13: signs.rot13, deflate: signs.deflate };
        let mut codings = vec![candidate.coding];
        match candidate.coding {
            Layer::Base32 => codings.push(Layer::Base64),
            Layer::Base85 => codings.push(Layer::Ascii85),
            _ => {}
        }
        for coding in codings {
            let candidate = Candidate { coding, ..candidate };
            let probe = encoded_text(bytes, candidate, PROBE);
            self.done += probe.len();
            let Some(first) = peel::peel(coding, &probe, context) else { continue };
            if !matches!(first.worth, Worth::Executable | Worth::Archive) && is_table(&first.preview) {
                continue;
            }
            let text = encoded_text(bytes, candidate, peel::PREVIEW * 4);
            self.done += text.len().min(peel::PREVIEW);
            let peeled = if text.len() > probe.len() { peel::peel(coding, &text, context) } else { Some(first) };
            let Some(peeled) = peeled else { continue };
            self.tell(candidate, &peeled);
            break;
        }
        if self.done > MAX_WORK {
            self.out.gaps.push(Gap::new(
                GapReason::Limit,
                format!(
                    "more than {MAX_WORK} bytes of encoded text; what stands behind byte {} was not decoded",
                    candidate.end
                ),
            ));
            return false;
        }
        self.children <= MAX_CHILDREN
    }

    fn tell(&mut self, candidate: Candidate, peeled: &Peeled) {
        let readable = weigh::as_text(&peeled.preview);
        if let Some(text) = readable.filter(|t| self.script && self.values < MAX_VALUES && is_wordy(t)) {
            self.values += 1;
            self.out.facts.push(Fact::has(Capability::Decoded, short(text), candidate.start as u64));
        }
        // Prose that tells somebody what to do may be meant for a model.
        let orders = self.script && readable.is_some_and(|t| is_wordy(t) && gives_orders(t));
        if !(peeled.worth.is_interesting() || orders && self.children < MAX_CHILDREN / 2) {
            return;
        }
        if self.children >= MAX_CHILDREN {
            self.children += 1;
            self.out.gaps.push(Gap::new(
                GapReason::Limit,
                format!(
                    "more than {MAX_CHILDREN} encoded contents; what stands behind byte {} was not decoded",
                    candidate.start
                ),
            ));
            return;
        }
        let recipe = peeled.layers.iter().map(|l| l.word()).collect::<Vec<_>>().join("+");
        self.report(candidate, peeled, &recipe);
        if let Some(child) = child(self.file.view(), candidate, peeled, recipe) {
            self.children += 1;
            self.out.children.push(child);
        }
    }

    fn report(&mut self, candidate: Candidate, peeled: &Peeled, recipe: &str) {
        let Some(rule) = self.rule_of(candidate, peeled) else { return };
        if self.told >= MAX_FINDINGS {
            return;
        }
        self.told += 1;
        let bytes = self.file.bytes();
        let mut evidence = Evidence::at(bytes, candidate.start, candidate.end.saturating_sub(candidate.start));
        evidence.span = evidence.span.map(|s| self.file.place(s));
        let shown = match weigh::as_text(&peeled.preview) {
            Some(text) => format!("{recipe} decodes to \"{}\"", short(text)),
            None => format!("{recipe} decodes to binary data"),
        };
        let mut finding: Finding = rule.finding(evidence.with_note(shown));
        if self.file.lexis().region_at(candidate.start as u64).is_inert() {
            finding.demote("in a comment or docstring");
        }
        self.out.findings.push(finding);
    }

    fn rule_of(&self, candidate: Candidate, peeled: &Peeled) -> Option<&'static Rule> {
        // Compressed bytes cannot stand in a script but in letters: both together save space, and are one.
        let packs = matches!(peeled.layers.as_slice(), [letters, packed] if letters.spells() && packed.compresses());
        let concealing = if packs { 1 } else { peeled.layers.iter().filter(|l| l.conceals()).count() };
        let sensitive = weigh::as_text(&peeled.preview).is_some_and(weigh::is_sensitive);
        match peeled.worth {
            // What reads or writes such files holds their first bytes.
            Worth::Executable if peeled.preview.len() < SMALLEST_PROGRAM => return None,
            Worth::Executable => return Some(&EXECUTABLE),
            Worth::Archive => return Some(&ARCHIVE),
            Worth::Address => return self.script.then_some(&ADDRESS),
            _ => {}
        }
        if !peeled.worth.runs() {
            return None;
        }
        if self.script && find::is_executed(self.file.bytes(), candidate.start, candidate.end) {
            return Some(&EXECUTED);
        }
        if concealing >= 2 && (sensitive || peeled.worth == Worth::Marshal) {
            return Some(&LAYERS);
        }
        match peeled.worth {
            Worth::Command(_) => Some(&COMMAND),
            Worth::Marshal => Some(&CODE),
            _ => sensitive.then_some(&CODE),
        }
    }
}

/// The encoded text of a candidate without what breaks it, up to `limit` bytes.
fn encoded_text(bytes: &[u8], candidate: Candidate, limit: usize) -> Vec<u8> {
    let region = bytes.get(candidate.start..candidate.end).unwrap_or_default();
    let Some(mask) = mask_of(candidate.coding) else {
        return region.get(..limit).unwrap_or(region).to_vec();
    };
    let mut text = Vec::new();
    // Padding in front of a reversed text.
    let lead = region.iter().take_while(|b| **b == b'=').count();
    text.extend_from_slice(region.get(..lead).unwrap_or_default());
    for piece in Pieces::new(region, lead, mask) {
        let room = limit.saturating_sub(text.len());
        text.extend_from_slice(piece.get(..room).unwrap_or(piece));
        if text.len() >= limit {
            break;
        }
    }
    text
}

/// The class of the bytes of an encoding that can be broken into pieces.
fn mask_of(coding: Layer) -> Option<u8> {
    match coding {
        Layer::Base64 | Layer::Hex | Layer::Base32 => Some(class::BASE64),
        Layer::Base85 | Layer::Ascii85 => Some(class::BASE85),
        _ => None,
    }
}

fn child(view: &ByteView, candidate: Candidate, peeled: &Peeled, recipe: String) -> Option<Child> {
    let region = view.slice(candidate.start..candidate.end)?;
    let layers = peeled.layers.clone();
    let inner = Candidate { start: 0, end: region.len(), coding: candidate.coding };
    let first = peeled.layers.first().map(|l| l.word()).unwrap_or_default();
    let is_code = peeled.worth == Worth::Marshal;
    let (extension, recipe) =
        if is_code { ("pyc", format!("{recipe}+pyc-header")) } else { (peeled.worth.extension(), recipe) };
    Some(Child {
        name: format!("{first}@{}.{extension}", candidate.start),
        step: Step::Decoded { recipe, offset: candidate.start as u64 },
        content: Content::Deferred(Box::new(move |budget| {
            let mut made = decode(&region, inner, &layers, budget);
            if is_code && let Some(file) = compiled::as_file(&made.view, budget) {
                made.view = file;
            }
            made
        })),
    })
}

/// Decodes a candidate as a whole, through the budget.
fn decode(region: &ByteView, candidate: Candidate, layers: &[Layer], budget: &Budget) -> Produced {
    let mut meter = budget.meter();
    let text = encoded_text(region, candidate, usize::MAX);
    if meter.write_all(&text).is_err() {
        let gap = meter.stopped().unwrap_or_else(|| Gap::malformed("the encoded text could not be copied"));
        return Produced::partial(meter.finish(), gap);
    }
    let mut view = meter.finish();
    for (i, layer) in layers.iter().enumerate() {
        let mut meter = budget.meter();
        let done = layer.apply(&view, &mut meter);
        let stopped = meter.stopped();
        view = meter.finish();
        if let Err(e) = done {
            let gap =
                stopped.unwrap_or_else(|| Gap::malformed(format!("{}: {e}, after {} bytes", layer.word(), view.len())));
            // Only what the last decoder made is the content.
            let view = if i + 1 == layers.len() { view } else { ByteView::from_vec(Vec::new()) };
            return Produced::partial(view, gap);
        }
    }
    Produced::whole(view)
}

/// Whether bytes are consecutive numbers or one number: a table.
fn is_table(bytes: &[u8]) -> bool {
    let head = bytes.get(..64).unwrap_or(bytes);
    let steps = head.windows(2).filter(|w| matches!(w, [a, b] if a == b || a.wrapping_add(1) == *b)).count();
    head.len() >= 8 && steps * 4 > head.len() * 3
}

/// Whether text has words that a person could read.
fn is_wordy(text: &str) -> bool {
    let sample = text.get(..text.floor_char_boundary(400)).unwrap_or(text);
    let good = sample.chars().filter(|c| c.is_alphanumeric() || c.is_whitespace() || c.is_ascii_punctuation()).count();
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    let total = sample.chars().count();
    total >= 6 && good * 20 >= total * 19 && letters * 2 >= total && !is_mixed(sample, letters)
}

/// Whether a text is prose with words of those who tell others what to do.
fn gives_orders(text: &str) -> bool {
    const WORDS: &[&str] =
        &["assistant", "the user", "never ", "do not ", "don't ", "always ", "from now on", "you are ", "instructions"];
    const SHORTEST: usize = 60;
    const BLANKS: usize = 8;
    text.len() >= SHORTEST && text.bytes().filter(|b| *b == b' ').count() >= BLANKS && {
        let lower = text.to_ascii_lowercase();
        WORDS.iter().any(|word| lower.contains(word))
    }
}

/// Whether letters of many scripts stand side by side. Words do not do that; noise that happens to be UTF-8 does it with
/// every character.
fn is_mixed(text: &str, letters: usize) -> bool {
    // By blocks: 256 characters for alphabets, all of East Asia for one.
    let block = |c: char| match u32::from(c) {
        0x2e80..=0xd7ff => u32::MAX,
        c if c < 0x250 => 0,
        c => c >> 8,
    };
    let blocks = text.chars().map(|c| c.is_alphabetic().then(|| block(c)));
    let changes = blocks.clone().zip(blocks.clone().skip(1)).filter(|(a, b)| a.zip(*b).is_some_and(|(a, b)| a != b));
    changes.count() * 8 > letters || blocks.flatten().collect::<std::collections::BTreeSet<_>>().len() > 2
}

/// A value for a fact or a note: printable, on one line, at most 200 characters.
fn short(text: &str) -> String {
    let shown: String = text.chars().take(200).map(|c| if c.is_control() { ' ' } else { c }).collect();
    let shown = shown.trim();
    if text.chars().nth(200).is_some() { format!("{shown}…") } else { shown.to_owned() }
}

#[cfg(test)]
mod tests;

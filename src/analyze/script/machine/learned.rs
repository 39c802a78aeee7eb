//! Decoders of the script that turn out to be known ones: what a function did to two texts, step by step, is compared
//! with the usual codings, and when one of them gives the same the rest is done by it. Obfuscators lay hundreds of
//! strings under RC4 written out in the script, at ten thousand steps for each.

use super::Machine;
use super::call::Args;
use crate::analyze::script::fold::{self, cipher, codec};
use crate::analyze::script::value::{Known, Labels, Value};
use crate::parse::script::{FuncId, Node};

/// Steps from which a call is worth replacing.
const DEAR: u64 = 400;
/// Results that must agree before a function is believed to be a coding.
const AGREED: u8 = 2;
/// Results that may agree with nothing before the function is left alone.
const STRANGE: u8 = 2;
/// Shortest result in characters that tells anything.
const TELLING: usize = 3;

/// A coding that a function may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Coding {
    /// Base64 of UTF-8, with the alphabet as usual or with small letters first.
    Base64 { swapped: bool },
    /// RC4 over what base64 gives, with a key.
    Base64Rc4 { swapped: bool },
    /// RC4 over the text itself.
    Rc4,
}

const CODINGS: [Coding; 5] = [
    Coding::Base64 { swapped: false },
    Coding::Base64 { swapped: true },
    Coding::Base64Rc4 { swapped: true },
    Coding::Base64Rc4 { swapped: false },
    Coding::Rc4,
];

/// What was learned of a function.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Learned {
    coding: Option<Coding>,
    agreed: u8,
    strange: u8,
    labels: Labels,
}

/// What stood around a call, to tell afterwards whether it left everything as it was.
#[derive(Debug, Clone, Copy)]
pub(super) struct Watch {
    heap: usize,
    changed: Option<u32>,
    oldest_frame: u32,
    met: (usize, u64, u64),
    fuel: u64,
}

impl Machine {
    /// Begins to watch a call.
    pub(super) fn watch(&mut self) -> Watch {
        Watch {
            heap: self.heap.len(),
            changed: self.heap.take_changed(),
            oldest_frame: std::mem::replace(&mut self.oldest_frame, u32::MAX),
            met: (self.out.events.len(), self.undecided_met, self.outside_met),
            fuel: self.fuel,
        }
    }

    /// Ends watching a call whose variables are in frame `own`: its price in steps when it did nothing but compute with
    /// what it was given, using no more than functions from around it.
    pub(super) fn end_watch(&mut self, watch: Watch, own: u32) -> Option<u64> {
        let changed = self.heap.take_changed();
        let kept = changed.is_none_or(|oldest| oldest as usize >= watch.heap)
            && self.oldest_frame >= own
            && watch.met == (self.out.events.len(), self.undecided_met, self.outside_met);
        self.heap.note_changed(changed);
        self.heap.note_changed(watch.changed);
        self.oldest_frame = self.oldest_frame.min(watch.oldest_frame);
        kept.then(|| watch.fuel.saturating_sub(self.fuel))
    }

    /// Goes once more through the functions that were done by heart, with arguments that nobody knows: what they would
    /// do to one special text shows like everything else.
    pub(super) fn walk_learned(&mut self) {
        let mut learned: Vec<FuncId> =
            self.learned.iter().filter(|(_, l)| l.agreed >= AGREED).map(|(func, _)| *func).collect();
        learned.sort_unstable_by_key(|func| crate::parse::script::Tree::index(*func));
        for func in learned {
            if let Some((_, frame, _)) = self.pending.iter().find(|p| p.0 == func).copied() {
                let count = self.tree.function(func).map_or(0, |f| f.params.len());
                let args = Args::of(vec![Value::unknown(Labels::PARAMETER); count]);
                if let Some(seen) = self.seen.get_mut(crate::parse::script::Tree::index(func)) {
                    *seen = 0;
                }
                self.call_function(func, frame, None, &args);
            }
        }
    }

    /// What a function gives for texts, when it is known which coding it is.
    pub(super) fn by_heart(&self, func: FuncId, args: &Args) -> Option<Value> {
        let learned = self.learned.get(&func)?;
        if learned.agreed < AGREED {
            return None;
        }
        let labels = args.list.iter().fold(learned.labels, |l, v| l.with(v.labels));
        apply(learned.coding?, args).map(|text| Value::str(text, labels))
    }

    /// The text that Dean Edwards' packer has hidden: numbers in the place of words, and the words behind. The function that
    /// puts it together has six parameters of one letter each and counts the third down. It makes a script shorter, as other
    /// packers do, and is no sign of anything by itself: what comes out is looked at. What going through the function has
    /// `given` counts before it: others may have parameters of such names.
    pub(super) fn packed_words(&mut self, func: FuncId, args: &Args, given: &Value) -> Option<Value> {
        if given.is_constant() && args.list.first().is_none_or(|text| text.known != given.known) {
            return None;
        }
        let [text, base, count, words, _, _] = args.list.as_slice() else { return None };
        let (Known::Str(text), Known::Object(words)) = (&text.known, &words.known) else { return None };
        let params = self.tree.function(func)?.params.iter();
        let names: String = params
            .map(|param| match self.tree.get(param.target) {
                Node::Name(name) => self.tree.str(name),
                _ => "?",
            })
            .collect();
        if !names.starts_with("packe") || names.len() != 6 {
            return None;
        }
        let base = u32::try_from(base.as_int()?).ok().filter(|base| (2..=62).contains(base))?;
        let count = usize::try_from(count.as_int()?).ok()?;
        let words: Vec<&str> = self.heap.list(*words)?.iter().take(count).filter_map(Value::as_str).collect();
        let text = fold::text::with_words(text, base, &words)?;
        self.pay(text.len()).then(|| Value::str(text, given.labels))
    }

    /// Compares what a function gave, at the price of so many steps, with the codings.
    pub(super) fn learn(&mut self, func: FuncId, args: &Args, value: &Value, price: u64) {
        let Some(text) = value.as_str() else { return };
        let texts = args.list.iter().all(|a| matches!(a.known, Known::Str(_)));
        if price < DEAR || text.chars().take(TELLING).count() < TELLING || !texts || args.list.is_empty() {
            return;
        }
        let known = self.learned.entry(func).or_default();
        if known.strange >= STRANGE || known.agreed >= AGREED {
            return;
        }
        let fits = |coding: &Coding| apply(*coding, args).is_some_and(|t| t == text);
        match known.coding.filter(fits).or_else(|| CODINGS.into_iter().find(fits)) {
            Some(coding) => {
                known.agreed = if known.coding == Some(coding) { known.agreed + 1 } else { 1 };
                known.coding = Some(coding);
                known.labels = known.labels.with(value.labels);
            }
            None => known.strange += 1,
        }
    }
}

fn apply(coding: Coding, args: &Args) -> Option<String> {
    let text = args.at(0)?.as_str()?;
    match coding {
        Coding::Base64 { swapped } => String::from_utf8(codec::base64_of(text.as_bytes(), swapped)?).ok(),
        Coding::Base64Rc4 { swapped } => {
            let inner = String::from_utf8(codec::base64_of(text.as_bytes(), swapped)?).ok()?;
            rc4(&inner, args.at(1)?.as_str()?)
        }
        Coding::Rc4 => rc4(text, args.at(1)?.as_str()?),
    }
}

/// RC4 over UTF-16 units, as `charCodeAt` and `fromCharCode` make it.
fn rc4(text: &str, key: &str) -> Option<String> {
    let key: Vec<u16> = key.encode_utf16().collect();
    let stream = cipher::rc4_stream(&key)?;
    let units: Vec<u16> = text.encode_utf16().zip(stream).map(|(unit, k)| unit ^ u16::from(k)).collect();
    String::from_utf16(&units).ok()
}

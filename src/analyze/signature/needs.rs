//! Works out what a file must hold for a rule to match, from the rule's own text. Used by `build.rs`; in the program
//! only tests use it.
//!
//! Whatever is not understood is "nothing is needed": the rule then always runs. So a mistake here can cost time and,
//! only where something is claimed to be needed that is not, a match; a test runs every set over every sample and compares
//! (`the_sieve_leaves_out_nothing_that_matches`).
//!
//! Of a pattern, every fixed part of a sequence is needed, and of an alternative one branch. Neighbouring parts of few
//! texts are joined (`exec`, an optional blank, `(` are two literals). Letter case is ignored throughout, so that
//! `nocase` and exact patterns are one thing.

use std::collections::HashMap;

use regex_syntax::hir::{Class, ClassBytes, ClassBytesRange, Hir, HirKind, Repetition};
use yara_x_parser::ast::{
    Expr, FuncCall, HexSubPattern, HexToken, Iterable, OfItems, Pattern, PatternModifier, PatternSet, Quantifier,
    Regexp, Rule,
};

use super::plan::{Literal, Need, rarity};

/// Most literals of which one must be there; more say little and cost much.
const MOST_BRANCHES: usize = 48;
/// Longer literals are cut: their beginning tells enough.
const LONGEST: usize = 24;
/// Fewest bytes of a text of one byte that is looked for as a run.
const SHORTEST_RUN: usize = 8;
/// Most times that a part which may be missing is repeated when it is spelt out.
const MOST_REPEATED: u32 = 3;
/// Most characters of a class that are spelt out.
const MOST_IN_CLASS: usize = 10;
/// Beside something telling, less than this (see [`weight`]) is not worth being looked for.
const TELLING: u32 = 90;

/// Gives each literal its number.
#[derive(Default)]
pub(crate) struct Numbers {
    known: HashMap<Literal, u32>,
    /// The literals by number.
    pub(crate) literals: Vec<Literal>,
}

impl Numbers {
    fn of(&mut self, literal: Literal) -> u32 {
        let next = u32::try_from(self.literals.len()).unwrap_or(u32::MAX);
        *self.known.entry(literal.clone()).or_insert_with(|| {
            self.literals.push(literal);
            next
        })
    }
}

/// How often each four bytes occur in some texts, letters without case.
#[derive(Default)]
pub(crate) struct Counts(HashMap<[u8; 4], u32>);

impl Counts {
    /// Counts a text.
    pub(crate) fn add(&mut self, text: &[u8]) {
        for four in text.windows(4).filter_map(|w| <[u8; 4]>::try_from(w).ok()) {
            *self.0.entry(four.map(|b| b | 0x20)).or_default() += 1;
        }
    }

    /// Chooses the key of a literal: the four bytes that occur least, and among those the rarest by their letters.
    pub(crate) fn choose(&self, literal: &mut Literal) {
        let bytes = &literal.bytes;
        let differences: Vec<u8> = bytes.iter().zip(bytes.iter().skip(1)).map(|(a, b)| a ^ b).collect();
        let best = if literal.xor {
            // Differences of zero are everywhere.
            (0..).zip(differences.windows(4)).max_by_key(|(_, w)| w.iter().filter(|b| **b != 0).count()).map(|(i, _)| i)
        } else {
            let often = |w: &[u8]| <[u8; 4]>::try_from(w).ok().and_then(|w| self.0.get(&w.map(|b| b | 0x20)));
            let windows = (0..).zip(bytes.windows(4));
            windows.min_by_key(|(_, w)| (often(w).copied().unwrap_or(0), u32::MAX - rarity(w))).map(|(i, _)| i)
        };
        literal.key = best.unwrap_or(0);
    }
}

/// What a rule needs.
pub(crate) fn of_rule(rule: &Rule<'_>, numbers: &mut Numbers) -> Need {
    let patterns: Vec<(&str, Need)> =
        rule.patterns.iter().flatten().map(|p| (p.identifier().name, of_pattern(p, numbers))).collect();
    Walk { patterns: &patterns }.need(&rule.condition, None)
}

struct Walk<'a> {
    patterns: &'a [(&'a str, Need)],
}

impl Walk<'_> {
    fn pattern(&self, name: &str) -> Need {
        self.patterns.iter().find(|(n, _)| *n == name).map_or(Need::Nothing, |(_, need)| need.clone())
    }

    fn set(&self, set: &PatternSet<'_>) -> Vec<Need> {
        let wanted = |name: &str| match set {
            PatternSet::Them { .. } => true,
            PatternSet::Set(items) => items.iter().any(|i| {
                let id = i.identifier.trim_end_matches('*');
                if i.wildcard { name.starts_with(id) } else { name == id }
            }),
        };
        self.patterns.iter().filter(|(name, _)| wanted(name)).map(|(_, need)| need.clone()).collect()
    }

    /// `own` is what `$` stands for inside a loop over patterns.
    fn need(&self, expr: &Expr<'_>, own: Option<&Need>) -> Need {
        match expr {
            Expr::And(all) => at_least_all(all.operands().map(|e| self.need(e, own)).collect()),
            Expr::Or(any) => at_least(1, any.operands().map(|e| self.need(e, own)).collect()),
            Expr::PatternMatch(m) => match m.identifier.name {
                "$" => own.cloned().unwrap_or(Need::Nothing),
                name => self.pattern(name),
            },
            // A count above, or not below, a positive number; above another count.
            Expr::Gt(b) | Expr::Ge(b) => {
                let strict = matches!(expr, Expr::Gt(_));
                let positive = match &b.rhs {
                    Expr::LiteralInteger(n) => n.value > 0 || (n.value == 0 && strict),
                    Expr::PatternCount(_) => strict,
                    _ => false,
                };
                if positive { self.counted(&b.lhs) } else { Need::Nothing }
            }
            Expr::Lt(b) | Expr::Le(b) => match (&b.lhs, &b.rhs) {
                (Expr::PatternCount(_), Expr::PatternCount(_)) if matches!(expr, Expr::Lt(_)) => self.counted(&b.rhs),
                (Expr::Filesize { .. }, Expr::LiteralInteger(n)) => {
                    let most = u64::try_from(n.value).unwrap_or(0);
                    Need::AtMost(if matches!(expr, Expr::Lt(_)) { most.saturating_sub(1) } else { most })
                }
                _ => Need::Nothing,
            },
            Expr::Eq(b) => match (&b.lhs, &b.rhs) {
                (Expr::FuncCall(call), Expr::LiteralInteger(n)) => bytes_at(call, n.value),
                (_, Expr::LiteralInteger(n)) if n.value > 0 => self.counted(&b.lhs),
                _ => Need::Nothing,
            },
            Expr::Of(of) => {
                let needs = match &of.items {
                    OfItems::PatternSet(set) => self.set(set),
                    OfItems::BoolExprTuple(list) => list.iter().map(|e| self.need(e, own)).collect(),
                };
                match count(&of.quantifier, needs.len()) {
                    Some(n) => at_least(n, needs),
                    None => Need::Nothing,
                }
            }
            Expr::ForOf(of) => {
                let needs = self.set(&of.pattern_set);
                let Some(n) = count(&of.quantifier, needs.len()).filter(|n| *n > 0) else { return Need::Nothing };
                // The body holds for at least one of the set.
                let one = at_least(1, needs.clone());
                let body = self.need(&of.body, Some(&one));
                let mentions = matches!(&of.body, Expr::PatternMatch(m) if m.identifier.name == "$");
                at_least_all(vec![body, if mentions { at_least(n, needs) } else { Need::Nothing }])
            }
            Expr::ForIn(of) => match of.quantifier {
                Quantifier::Any { .. } => {
                    // A loop to `#a` runs only when there is an `a`.
                    let bound = match &of.iterable {
                        Iterable::Range(range) => match &range.upper_bound {
                            Expr::PatternCount(count) if count.identifier.name != "#" => {
                                self.pattern(&count.identifier.name.replacen('#', "$", 1))
                            }
                            _ => Need::Nothing,
                        },
                        _ => Need::Nothing,
                    };
                    at_least_all(vec![bound, self.need(&of.body, own)])
                }
                _ => Need::Nothing,
            },
            _ => Need::Nothing,
        }
    }
}

impl Walk<'_> {
    /// What is needed for a count, or a sum of counts, not to be 0.
    fn counted(&self, expr: &Expr<'_>) -> Need {
        match expr {
            Expr::PatternCount(count) => self.pattern(&count.identifier.name.replacen('#', "$", 1)),
            Expr::Add(parts) => at_least(1, parts.operands().map(|part| self.counted(part)).collect()),
            _ => Need::Nothing,
        }
    }
}

/// A comparison of a number at a fixed place, such as `uint32(0) == 0x464c457f`, as bytes that must stand there.
fn bytes_at(call: &FuncCall<'_>, value: i64) -> Need {
    let (None, [Expr::LiteralInteger(offset)]) = (&call.object, &call.args[..]) else { return Need::Nothing };
    let value = value.to_le_bytes();
    let (width, big) = match call.identifier.name {
        "uint8" => (1, false),
        "uint16" => (2, false),
        "uint32" => (4, false),
        "uint16be" => (2, true),
        "uint32be" => (4, true),
        _ => return Need::Nothing,
    };
    let mut bytes: Vec<u8> = value.into_iter().take(width).collect();
    if big {
        bytes.reverse();
    }
    u32::try_from(offset.value).map_or(Need::Nothing, |offset| Need::Bytes(offset, bytes))
}

/// How many of `total` a quantifier asks for; `None` when that is not a plain number.
fn count(quantifier: &Quantifier<'_>, total: usize) -> Option<usize> {
    match quantifier {
        Quantifier::Any { .. } => Some(1),
        Quantifier::All { .. } => Some(total),
        Quantifier::Expr(Expr::LiteralInteger(n)) => usize::try_from(n.value).ok(),
        _ => None,
    }
}

fn at_least_all(needs: Vec<Need>) -> Need {
    let mut all: Vec<Need> = Vec::new();
    for need in needs {
        if need != Need::Nothing && !all.contains(&need) {
            all.push(need);
        }
    }
    // What costs least to be looked at comes first.
    all.sort_by_key(|need| match need {
        Need::AtMost(_) | Need::Bytes(..) => 0,
        Need::Any(list) => list.len(),
        Need::Run(..) => usize::MAX - 1,
        _ => usize::MAX,
    });
    at_least(all.len(), all)
}

/// At least `n` of them; what needs nothing is always there.
fn at_least(n: usize, needs: Vec<Need>) -> Need {
    let free = needs.iter().filter(|need| **need == Need::Nothing).count();
    let Some(n) = n.checked_sub(free).filter(|n| *n > 0) else { return Need::Nothing };
    let mut rest: Vec<Need> = needs.into_iter().filter(|need| *need != Need::Nothing).collect();
    if n == 1 && rest.iter().all(|need| matches!(need, Need::Any(_))) {
        let mut all: Vec<u32> = rest
            .into_iter()
            .flat_map(|need| match need {
                Need::Any(list) => list,
                _ => Vec::new(),
            })
            .collect();
        all.sort_unstable();
        all.dedup();
        return Need::Any(all);
    }
    if rest.len() == 1 && n == 1 {
        return rest.remove(0);
    }
    Need::AtLeast(u32::try_from(n).unwrap_or(u32::MAX), rest)
}

/// What every match of a pattern holds.
fn of_pattern(pattern: &Pattern<'_>, numbers: &mut Numbers) -> Need {
    if let Some((byte, len)) = run_of(pattern) {
        return Need::Run(vec![byte], len);
    }
    let mut needs: Vec<Need> = runs_in(pattern).into_iter().map(|(bytes, len)| Need::Run(bytes, len)).collect();
    needs.extend(tree_of(pattern).map(|tree| tree.need(pattern, numbers)));
    at_least_all(needs)
}

/// Long runs of a few bytes in a sequence, such as the blanks that push code out of sight.
fn runs_in(pattern: &Pattern<'_>) -> Vec<(Vec<u8>, u32)> {
    let Pattern::Regexp(regexp) = pattern else { return Vec::new() };
    // In another case, or in two bytes a letter, other bytes would do.
    if regexp.regexp.case_insensitive || !pattern.modifiers().is_empty() {
        return Vec::new();
    }
    let Some(hir) = hir_of(&regexp.regexp) else { return Vec::new() };
    let parts = match hir.kind() {
        HirKind::Concat(parts) => parts.as_slice(),
        _ => std::slice::from_ref(&hir),
    };
    parts.iter().filter_map(run_of_few).collect()
}

/// A part that repeats a few bytes at least so many times, as these.
fn run_of_few(hir: &Hir) -> Option<(Vec<u8>, u32)> {
    /// More bytes make a run of something that is everywhere.
    const FEW: usize = 4;
    let HirKind::Repetition(repeat) = hir.kind() else { return None };
    let bytes: Vec<u8> = match repeat.sub.kind() {
        HirKind::Literal(literal) if literal.0.len() == 1 => literal.0.to_vec(),
        HirKind::Class(Class::Bytes(class)) => class.iter().flat_map(|r| r.start()..=r.end()).take(FEW + 1).collect(),
        HirKind::Class(Class::Unicode(class)) => {
            class.to_byte_class()?.iter().flat_map(|r| r.start()..=r.end()).take(FEW + 1).collect()
        }
        _ => return None,
    };
    ((1..=FEW).contains(&bytes.len()) && repeat.min as usize >= SHORTEST_RUN).then_some((bytes, repeat.min))
}

/// A regular expression of YARA-X over bytes.
fn hir_of(regexp: &Regexp<'_>) -> Option<Hir> {
    regex_syntax::ParserBuilder::new()
        .unicode(false)
        .utf8(false)
        .dot_matches_new_line(regexp.dot_matches_new_line)
        .build()
        .parse(regexp.src)
        .ok()
}

/// The byte of which a text is made, and how often: blanks are everywhere, and so would be the keys of many.
fn run_of(pattern: &Pattern<'_>) -> Option<(u8, u32)> {
    let Pattern::Text(text) = pattern else { return None };
    let (first, rest) = text.text.value.split_first()?;
    let is_run = !first.is_ascii_alphabetic() && rest.len() + 1 >= SHORTEST_RUN && rest.iter().all(|b| b == first);
    let plain = pattern.modifiers().is_empty();
    (is_run && plain).then_some((*first, u32::try_from(rest.len() + 1).ok()?))
}

/// The same as a tree of texts, letters in lower case; texts as they stand before `wide`.
fn tree_of(pattern: &Pattern<'_>) -> Option<Tree> {
    let modifiers = pattern.modifiers();
    match pattern {
        Pattern::Text(text) => {
            let bytes = text.text.value.to_vec();
            if modifiers.xor().is_some() {
                let fits = bytes.len() >= Literal::SHORTEST_XOR && modifiers.wide().is_none();
                return fits.then(|| Tree::Any(vec![bytes.into_iter().take(LONGEST).collect()]));
            }
            if modifiers.base64().is_some() || modifiers.base64wide().is_some() {
                let custom = |m: &PatternModifier<'_>| matches!(m, PatternModifier::Base64 { alphabet: Some(_), .. });
                let plain = modifiers.base64wide().is_none() && modifiers.wide().is_none();
                return (plain && !modifiers.iter().any(custom)).then(|| base64_forms(&bytes)).flatten().map(Tree::Any);
            }
            long_enough(&bytes).then(|| Tree::Any(vec![bytes.to_ascii_lowercase()]))
        }
        Pattern::Hex(hex) => Parts::of(&expression(&hex.sub_patterns)).into_tree(),
        Pattern::Regexp(regexp) => Parts::of(&hir_of(&regexp.regexp)?).into_tree(),
    }
}

/// A hex pattern as an expression over bytes.
fn expression(tokens: &HexSubPattern) -> Hir {
    let any = || Hir::class(Class::Bytes(ClassBytes::new([ClassBytesRange::new(0, 0xff)])));
    let parts = tokens.iter().map(|token| match token {
        HexToken::Byte(byte) if byte.mask == 0xff => Hir::literal([byte.value]),
        HexToken::Byte(byte) => {
            let fits = (0..=u8::MAX).filter(|b| b & byte.mask == byte.value & byte.mask);
            Hir::class(Class::Bytes(ClassBytes::new(fits.map(|b| ClassBytesRange::new(b, b)))))
        }
        HexToken::NotByte(_) => any(),
        HexToken::Alternative(branches) => Hir::alternation(branches.alternatives.iter().map(expression).collect()),
        HexToken::Jump(jump) => Hir::repetition(Repetition {
            min: jump.start.unwrap_or(0),
            max: jump.end,
            greedy: true,
            sub: Box::new(any()),
        }),
    });
    Hir::concat(parts.collect())
}

/// About how many search atoms YARA-X takes for a rule.
pub(crate) fn atoms(rule: &Rule<'_>) -> usize {
    rule.patterns
        .iter()
        .flatten()
        .map(|pattern| {
            let modifiers = pattern.modifiers();
            let insensitive = match pattern {
                Pattern::Regexp(regexp) => regexp.regexp.case_insensitive,
                _ => modifiers.nocase().is_some(),
            };
            let letters = |text: &Vec<u8>| text.iter().take(4).filter(|b| b.is_ascii_alphabetic()).count();
            let cased = |texts: &[Vec<u8>]| texts.iter().map(|t| 1usize << letters(t)).sum::<usize>();
            let atoms = match tree_of(pattern).and_then(|tree| tree.most_telling()) {
                _ if modifiers.xor().is_some() => 255,
                None => 64,
                Some(texts) if insensitive => cased(&texts),
                Some(texts) => texts.len(),
            };
            if modifiers.wide().is_some() && modifiers.ascii().is_some() { 2 * atoms } else { atoms }
        })
        .sum()
}

/// What base64 makes of a text that begins at any of the three places of a group, without the characters that depend
/// on what stands around it.
fn base64_forms(text: &[u8]) -> Option<Vec<Vec<u8>>> {
    use base64::Engine as _;
    let mut forms = Vec::new();
    for lead in 0..3usize {
        let padded: Vec<u8> = std::iter::repeat_n(b'A', lead).chain(text.iter().copied()).collect();
        let encoded = base64::engine::general_purpose::STANDARD_NO_PAD.encode(&padded);
        let first = [0, 2, 3].get(lead).copied()?;
        // Whole characters only: six bits each.
        let last = padded.len() * 8 / 6;
        let form = encoded.as_bytes().get(first..last)?;
        if form.len() < 4 {
            return None;
        }
        forms.push(form.to_ascii_lowercase());
    }
    Some(forms)
}

/// Texts that a match holds.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Tree {
    /// One of these.
    Any(Vec<Vec<u8>>),
    /// All of these.
    All(Vec<Tree>),
    /// One of these.
    One(Vec<Tree>),
}

impl Tree {
    /// How telling the tree is (see [`weight`]).
    fn weight(&self) -> u32 {
        match self {
            Self::Any(texts) => weight(texts),
            Self::All(parts) => parts.iter().map(Self::weight).max().unwrap_or(0),
            Self::One(branches) => branches.iter().map(Self::weight).min().unwrap_or(0),
        }
    }

    /// All of some trees; what tells little is left out where something tells more.
    fn all(mut parts: Vec<Self>) -> Option<Self> {
        let most = parts.iter().map(Self::weight).max()?;
        parts.retain(|p| p.weight() >= TELLING.min(most));
        if parts.len() < 2 { parts.pop() } else { Some(Self::All(parts)) }
    }

    /// Texts of which one is there, the most telling ones.
    fn most_telling(self) -> Option<Vec<Vec<u8>>> {
        match self {
            Self::Any(texts) => Some(texts),
            Self::All(parts) => parts.into_iter().max_by_key(Self::weight)?.most_telling(),
            Self::One(branches) => {
                branches.into_iter().map(Self::most_telling).collect::<Option<Vec<_>>>().map(|b| b.concat())
            }
        }
    }

    fn need(&self, pattern: &Pattern<'_>, numbers: &mut Numbers) -> Need {
        let modifiers = pattern.modifiers();
        match self {
            Self::Any(texts) => {
                let xor = modifiers.xor().is_some();
                let mut list = Vec::new();
                for text in texts {
                    let text: Vec<u8> = text.iter().copied().take(LONGEST).collect();
                    if modifiers.wide().is_some() {
                        let wide = text.iter().flat_map(|b| [*b, 0]).collect();
                        list.push(numbers.of(Literal { bytes: wide, xor, key: 0 }));
                    }
                    if modifiers.wide().is_none() || modifiers.ascii().is_some() {
                        // The key 0 leaves a text as it is.
                        if matches!(modifiers.xor(), Some(PatternModifier::Xor { start: 0, .. })) {
                            list.push(numbers.of(Literal { bytes: text.to_ascii_lowercase(), xor: false, key: 0 }));
                        }
                        list.push(numbers.of(Literal { bytes: text, xor, key: 0 }));
                    }
                }
                list.sort_unstable();
                list.dedup();
                Need::Any(list)
            }
            Self::All(parts) => at_least_all(parts.iter().map(|part| part.need(pattern, numbers)).collect()),
            Self::One(branches) => at_least(1, branches.iter().map(|branch| branch.need(pattern, numbers)).collect()),
        }
    }
}

/// What can be said about the texts that a part of an expression matches.
#[derive(Default)]
struct Parts {
    /// All of them, when they are few.
    exact: Option<Vec<Vec<u8>>>,
    /// What each of them holds.
    holds: Option<Tree>,
}

impl Parts {
    /// What is known, said as a tree.
    fn into_tree(self) -> Option<Tree> {
        let exact = self.exact.filter(|texts| weight(texts) > 0).map(Tree::Any);
        match (exact, self.holds) {
            (Some(exact), Some(holds)) => Some(if exact.weight() >= holds.weight() { exact } else { holds }),
            (exact, holds) => exact.or(holds),
        }
    }

    fn of(hir: &Hir) -> Self {
        match hir.kind() {
            HirKind::Empty | HirKind::Look(_) => Self { exact: Some(vec![Vec::new()]), holds: None },
            HirKind::Literal(literal) => Self { exact: Some(vec![literal.0.to_ascii_lowercase()]), holds: None },
            HirKind::Class(class) => Self { exact: spelt_out(class), holds: None },
            HirKind::Capture(inner) => Self::of(&inner.sub),
            HirKind::Repetition(repeat) => {
                let inner = Self::of(&repeat.sub);
                if repeat.min == 0 {
                    let exact =
                        inner.exact.zip(repeat.max.filter(|max| *max <= MOST_REPEATED)).and_then(|(once, max)| {
                            let once = unique(std::iter::once(Vec::new()).chain(once).collect());
                            (1..max)
                                .try_fold(once.clone(), |all, _| product(&all, &once))
                                .filter(|e| e.len() < MOST_BRANCHES)
                        });
                    return Self { exact, holds: None };
                }
                let fixed = repeat.max == Some(repeat.min) && repeat.min <= 8;
                let exact = inner
                    .exact
                    .clone()
                    .filter(|_| fixed)
                    .and_then(|once| (1..repeat.min).try_fold(once.clone(), |all, _| product(&all, &once)));
                Self { exact, holds: inner.into_tree() }
            }
            HirKind::Concat(parts) => Self::sequence(parts),
            HirKind::Alternation(branches) => {
                let parts: Vec<Self> = branches.iter().map(Self::of).collect();
                let exact =
                    parts.iter().map(|p| p.exact.clone()).collect::<Option<Vec<_>>>().map(|e| unique(e.concat()));
                let exact = exact.filter(|texts| texts.len() <= MOST_BRANCHES);
                let trees = parts.into_iter().map(Self::into_tree).collect::<Option<Vec<_>>>();
                let holds = trees.filter(|_| branches.len() <= 4 * MOST_BRANCHES).map(Tree::One);
                Self { exact, holds }
            }
        }
    }

    /// Parts one after the other: neighbouring parts of few texts grow together, and of each stretch its most telling
    /// state counts (what an optional part blurs was sharper before).
    fn sequence(parts: &[Hir]) -> Self {
        let mut held: Vec<Tree> = Vec::new();
        let mut run: Vec<Vec<u8>> = vec![Vec::new()];
        let mut best: Option<Vec<Vec<u8>>> = None;
        let mut whole = true;
        let mut last: Option<Vec<Vec<u8>>> = None;
        for hir in parts {
            let part = Self::of(hir);
            let before = std::mem::replace(&mut last, part.exact.clone());
            let grown = part.exact.as_ref().and_then(|next| product(&run, next));
            let Some(grown) = grown else {
                whole = false;
                // Of what is too much to be spelt out, at least the first characters.
                let firsts = first_bytes(hir).and_then(|first| product(&run, &first));
                best = better(best, firsts);
                held.extend(better(best.take(), Some(run)).map(Tree::Any));
                match part.exact {
                    // What stands directly before it belongs to the next stretch, too, when that is little.
                    Some(exact) => run = before.and_then(|before| product(&before, &exact)).unwrap_or(exact),
                    None => {
                        run = vec![Vec::new()];
                        held.extend(part.holds);
                    }
                }
                continue;
            };
            best = better(best, Some(std::mem::replace(&mut run, grown)));
        }
        held.extend(better(best, Some(run.clone())).map(Tree::Any));
        Self { exact: whole.then_some(run), holds: Tree::all(held) }
    }
}

/// The characters that a part can begin with, when they are few and it cannot be empty.
fn first_bytes(hir: &Hir) -> Option<Vec<Vec<u8>>> {
    match hir.kind() {
        HirKind::Literal(literal) => literal.0.first().map(|b| vec![vec![b.to_ascii_lowercase()]]),
        HirKind::Class(class) => spelt_out(class),
        HirKind::Capture(inner) => first_bytes(&inner.sub),
        HirKind::Repetition(repeat) if repeat.min > 0 => first_bytes(&repeat.sub),
        HirKind::Concat(parts) => {
            first_bytes(parts.iter().find(|p| !matches!(p.kind(), HirKind::Look(_) | HirKind::Empty))?)
        }
        HirKind::Alternation(branches) => {
            let all = branches.iter().map(first_bytes).collect::<Option<Vec<_>>>()?;
            Some(unique(all.concat())).filter(|texts| texts.len() <= 2 * MOST_IN_CLASS)
        }
        _ => None,
    }
}

/// Every text of `left` followed by every text of `right`, when these are few and short.
fn product(left: &[Vec<u8>], right: &[Vec<u8>]) -> Option<Vec<Vec<u8>>> {
    if left.len() * right.len() > MOST_BRANCHES {
        return None;
    }
    let longest = |s: &[Vec<u8>]| s.iter().map(Vec::len).max().unwrap_or(0);
    if longest(left) + longest(right) > 2 * LONGEST {
        return None;
    }
    Some(unique(left.iter().flat_map(|l| right.iter().map(|r| [&l[..], &r[..]].concat())).collect()))
}

fn unique(mut texts: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
    texts.sort();
    texts.dedup();
    texts
}

/// The characters of a small class, letters in lower case. Blanks of all sorts are not spelt out: they tell little.
fn spelt_out(class: &Class) -> Option<Vec<Vec<u8>>> {
    let class = match class {
        Class::Bytes(class) => class.clone(),
        Class::Unicode(class) => class.to_byte_class()?,
    };
    let size: usize = class.iter().map(|r| usize::from(r.end() - r.start()) + 1).sum();
    if size > 2 * MOST_IN_CLASS || class.iter().any(|r| r.start() <= b'\n' && b'\n' <= r.end()) {
        return None;
    }
    let texts = class.iter().flat_map(|r| (r.start()..=r.end()).map(|b| vec![b.to_ascii_lowercase()])).collect();
    // Bytes of characters beyond ASCII tell more, so more of them are worth it.
    let most = if class.iter().all(|r| r.start() >= 0x80) { 2 * MOST_IN_CLASS } else { MOST_IN_CLASS };
    Some(unique(texts)).filter(|t| t.len() <= most)
}

/// Three letters are in every file; `_0x` is not, nor are the bytes of a character beyond ASCII.
fn long_enough(text: &[u8]) -> bool {
    text.len() > Literal::SHORTEST || (text.len() == Literal::SHORTEST && (rarity(text) > 105 || !text.is_ascii()))
}

/// The more telling of two.
fn better(a: Option<Vec<Vec<u8>>>, b: Option<Vec<Vec<u8>>>) -> Option<Vec<Vec<u8>>> {
    [a, b].into_iter().flatten().filter(|s| weight(s) > 0).max_by_key(|s| weight(s))
}

/// How telling it is that one of these texts is there, in eighths of a bit: the rarity of the commonest, less for
/// every doubling of their number. 0 when one of them is too short to be looked for.
fn weight(texts: &[Vec<u8>]) -> u32 {
    if texts.is_empty() || texts.len() > MOST_BRANCHES || !texts.iter().all(|t| long_enough(t)) {
        return 0;
    }
    let least = texts.iter().map(|t| rarity(t)).min().unwrap_or(0);
    least.saturating_sub(8 * texts.len().ilog2()).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use yara_x_parser::ast::AST;

    fn needed(rule: &str) -> (Need, Vec<String>) {
        let ast = AST::from(rule);
        assert!(ast.errors().is_empty(), "{:?}", ast.errors());
        let mut numbers = Numbers::default();
        let need = of_rule(ast.rules().next().unwrap(), &mut numbers);
        let texts = numbers.literals.iter().map(|l| String::from_utf8_lossy(&l.bytes).into_owned()).collect();
        (need, texts)
    }

    fn literals(pattern: &str) -> Vec<String> {
        needed(&format!("rule x {{ strings: $a = {pattern} condition: $a }}")).1
    }

    #[test]
    fn every_fixed_part_of_a_sequence_is_needed() {
        assert_eq!(literals(r#""Curl" nocase"#), ["curl"]);
        let (need, texts) =
            needed(r"rule x { strings: $a = /os\.system ?\( ?[^\n]{0,80}(curl |wget )x/ condition: $a }");
        assert_eq!(texts, ["os.system (", "os.system(", "curl x", "wget x"]);
        assert_eq!(need, Need::AtLeast(2, vec![Need::Any(vec![0, 1]), Need::Any(vec![2, 3])]));
    }

    #[test]
    fn what_may_be_missing_is_not_needed() {
        assert!(literals(r"/(abcdef)?\d{3}/").is_empty());
        assert!(literals(r"/[a-z]{20}/").is_empty());
        assert_eq!(literals(r"/(requests|urllib3?)\.post/").len(), 3);
        assert_eq!(literals(r"/(set|id) {0,2}\|x?/"), ["id  |", "id |", "id|", "set  |", "set |", "set|"]);
        assert!(literals(r"/(set|id) {0,9}\|/").is_empty());
        assert_eq!(literals(r"/:\/\/(5|[2-9]\d|1[0-5]\d)\.\d{1,3}/").len(), 9);
        assert!(literals(r"/(requests|\w+)x/").is_empty());
    }

    #[test]
    fn little_before_much_sharpens_it() {
        let much = (10..58).map(|n| format!("ab{n}")).collect::<Vec<_>>().join("|");
        let texts = literals(&format!("/x{{5}}[a-z]{{2,9}}['\"](#|%)({much})/"));
        assert!(texts.iter().any(|t| t == "ab10"), "{texts:?}");
        let few = (10..40).map(|n| format!("a{n}")).collect::<Vec<_>>().join("|");
        let texts = literals(&format!("/['\"`]#({few})/"));
        assert!(texts.iter().any(|t| t == "#a10") && !texts.iter().any(|t| t == "a10"), "{texts:?}");
    }

    #[test]
    fn blanks_are_a_run() {
        let run = |text: &str| needed(&format!("rule x {{ strings: $a = {text} condition: $a }}")).0;
        assert_eq!(run(r#""          ""#), Need::Run(vec![b' '], 10));
        assert_eq!(run(r#""\t\t\t\t\t\t\t\t""#), Need::Run(vec![b'\t'], 8));
        assert!(matches!(run(r#""          " wide"#), Need::Any(_)));
        assert!(matches!(run(r#""       ;""#), Need::Any(_)));
        let gap = Need::Run(vec![b'\t', b' '], 100);
        assert_eq!(run(r"/;[ \t]{100,2000}eval\(/"), Need::AtLeast(2, vec![Need::Any(vec![0]), gap.clone()]));
        assert_eq!(run(r"/[;,][ \t]{100}/"), gap);
        for other in
            [r"/x?[ \t]{100}/i", r"/[ \t]{0,100}/", r"/([ \t]{100}|x)/", r"/[ -\/]{100}/", r"/[ \t]{100}/ wide"]
        {
            assert_eq!(run(other), Need::Nothing, "{other}");
        }
    }

    #[test]
    fn wide_and_base64_are_looked_for_as_they_stand() {
        assert_eq!(literals(r#""abcd" wide"#), ["a\0b\0c\0d\0"]);
        assert_eq!(literals(r#""abcd" wide ascii"#).len(), 2);
        assert!(literals(r#""sit""#).is_empty());
        assert_eq!(literals("{ E2 80 8B }").len(), 1);
        assert_eq!(literals(r#""This program" base64"#).len(), 3);
        assert_eq!(literals("{ 41 42 ?? 43 44 45 46 }"), ["cdef"]);
        assert_eq!(literals("{ 41 42 43 (44 45 | 46) [2-4] 0? }"), ["abcde", "abcf"]);
    }

    #[test]
    fn a_text_under_every_key_may_stand_as_it_is() {
        let need = |pattern: &str| needed(&format!("rule x {{ strings: $a = {pattern} condition: $a }}"));
        let (plain, texts) = need(r#""Login Data" xor"#);
        assert_eq!(
            (plain, texts.as_slice()),
            (Need::Any(vec![0, 1]), &["login data".to_owned(), "Login Data".to_owned()][..])
        );
        assert_eq!(need(r#""Login Data" xor(0x01-0xff)"#), (Need::Any(vec![0]), vec!["Login Data".to_owned()]));
    }

    #[test]
    fn conditions_are_followed() {
        let rule = |condition: &str| {
            needed(&format!(r#"rule x {{ strings: $a = "aaaa" $b = "bbbb" $c = "cccc" condition: {condition} }}"#))
        };
        let (need, texts) = rule("filesize < 2KB and $a and ($b or $c)");
        assert_eq!(texts, ["aaaa", "bbbb", "cccc"]);
        assert_eq!(need, Need::AtLeast(3, vec![Need::AtMost(2047), Need::Any(vec![0]), Need::Any(vec![1, 2])]));
        let elf = Need::Bytes(0, b"\x7fELF".to_vec());
        assert_eq!(rule("uint32(0) == 0x464c457f and $a").0, Need::AtLeast(2, vec![elf, Need::Any(vec![0])]));
        assert_eq!(rule("uint16be(4) == 0x4142").0, Need::Bytes(4, b"AB".to_vec()));
        assert_eq!(rule("uint32(#a) == 1").0, Need::Nothing);
        assert_eq!(rule("$a and not $b").0, Need::Any(vec![0]));
        assert_eq!(rule("not $a").0, Need::Nothing);
        assert_eq!(rule("$a or not $b").0, Need::Nothing);
        assert_eq!(rule("2 of them").0, Need::AtLeast(2, [0, 1, 2].map(|i| Need::Any(vec![i])).to_vec()));
        assert_eq!(rule("#a > 2 or #b >= 0").0, Need::Nothing);
        assert_eq!(rule("#a + #b > 2").0, Need::Any(vec![0, 1]));
        assert_eq!(rule("#a > #b").0, Need::Any(vec![0]));
        assert_eq!(rule("#a > 2").0, Need::Any(vec![0]));
        assert_eq!(
            rule("for any i in (1..#a) : ( $b in (@a[i]..@a[i]+9) )").0,
            Need::AtLeast(2, vec![Need::Any(vec![0]), Need::Any(vec![1])])
        );
        assert_eq!(rule("for any of ($a, $b) : ( $ at 0 )").0, Need::Any(vec![0, 1]));
        assert_eq!(rule("none of them").0, Need::Nothing);
        assert_eq!(rule("all of ($a*)").0, Need::Any(vec![0]));
        let small = Need::AtMost(1023);
        assert_eq!(rule("filesize < 1KB or $a").0, Need::AtLeast(1, vec![small, Need::Any(vec![0])]));
        assert_eq!(rule("filesize > 1KB").0, Need::Nothing);
    }
}

//! Works out what a file must hold for a rule to match, from the rule's own text. Used by `build.rs`; in the program
//! only tests use it.
//!
//! Whatever is not understood is "nothing is needed": the rule then always runs. So a mistake here can cost time and,
//! only where something is claimed to be needed that is not, a match; the tests compare with the whole rule sets.
//!
//! For a pattern, the most telling literals are chosen of which one must stand in every match: of the parts of a
//! sequence the best one, of an alternative all branches. Letter case is ignored throughout, so that `nocase` and exact
//! patterns are one thing.

use std::collections::HashMap;

use regex_syntax::hir::{Class, Hir, HirKind};
use yara_x_parser::ast::{Expr, HexSubPattern, HexToken, Iterable, OfItems, Pattern, PatternSet, Quantifier, Rule};

use super::plan::{Literal, Need, rarity};

/// Most literals of which one must be there; more say little and cost much.
const MOST_BRANCHES: usize = 64;
/// Longer literals are cut: their beginning tells enough.
const LONGEST: usize = 24;
/// Most characters of a class that are spelt out.
const MOST_IN_CLASS: usize = 12;

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

/// What a rule needs, and the largest file in bytes that it can match.
pub(crate) fn of_rule(rule: &Rule<'_>, numbers: &mut Numbers) -> (Need, u64) {
    let patterns: Vec<(&str, Need)> = rule
        .patterns
        .iter()
        .flatten()
        .map(|p| {
            let need = literals_of(p).map_or(Need::Nothing, |found| {
                Need::Any(found.into_iter().map(|literal| numbers.of(literal)).collect())
            });
            (p.identifier().name, need)
        })
        .collect();
    let walk = Walk { patterns: &patterns };
    (walk.need(&rule.condition, None), most_bytes(&rule.condition))
}

/// The upper bound of `filesize` that every match is under.
fn most_bytes(expr: &Expr<'_>) -> u64 {
    let number = |e: &Expr<'_>| match e {
        Expr::LiteralInteger(i) => u64::try_from(i.value).ok(),
        _ => None,
    };
    match expr {
        Expr::And(all) => all.operands().map(most_bytes).min().unwrap_or(u64::MAX),
        Expr::Or(any) => any.operands().map(most_bytes).max().unwrap_or(u64::MAX),
        Expr::Lt(b) if matches!(b.lhs, Expr::Filesize { .. }) => {
            number(&b.rhs).map_or(u64::MAX, |n| n.saturating_sub(1))
        }
        Expr::Le(b) if matches!(b.lhs, Expr::Filesize { .. }) => number(&b.rhs).unwrap_or(u64::MAX),
        _ => u64::MAX,
    }
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
            // A count above, or not below, a positive number.
            Expr::Gt(b) | Expr::Ge(b) => match (&b.lhs, &b.rhs) {
                (Expr::PatternCount(count), Expr::LiteralInteger(n))
                    if n.value > 0 || (n.value == 0 && matches!(expr, Expr::Gt(_))) =>
                {
                    self.pattern(&count.identifier.name.replacen('#', "$", 1))
                }
                _ => Need::Nothing,
            },
            Expr::Eq(b) => match (&b.lhs, &b.rhs) {
                (Expr::PatternCount(count), Expr::LiteralInteger(n)) if n.value > 0 => {
                    self.pattern(&count.identifier.name.replacen('#', "$", 1))
                }
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
    let needs: Vec<Need> = needs.into_iter().filter(|n| *n != Need::Nothing).collect();
    let n = needs.len();
    at_least(n, needs)
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

/// The literals of which one stands in every match of a pattern, if there are such.
fn literals_of(pattern: &Pattern<'_>) -> Option<Vec<Literal>> {
    let modifiers = pattern.modifiers();
    let plain = match pattern {
        Pattern::Text(text) => {
            let bytes = text.text.value.to_vec();
            if modifiers.xor().is_some() {
                let fits = bytes.len() >= Literal::SHORTEST_XOR && modifiers.wide().is_none();
                let bytes = bytes.get(..LONGEST).map_or(bytes.clone(), <[u8]>::to_vec);
                return fits.then(|| vec![Literal { bytes, xor: true }]);
            }
            if modifiers.base64().is_some() || modifiers.base64wide().is_some() {
                let fits = modifiers.base64wide().is_none() && modifiers.wide().is_none();
                let custom = modifiers
                    .iter()
                    .any(|m| matches!(m, yara_x_parser::ast::PatternModifier::Base64 { alphabet: Some(_), .. }));
                return (fits && !custom).then(|| base64_forms(&bytes)).flatten();
            }
            vec![bytes]
        }
        Pattern::Hex(hex) => best_of_hex(&hex.sub_patterns)?,
        Pattern::Regexp(regexp) => {
            let hir = regex_syntax::ParserBuilder::new()
                .unicode(false)
                .utf8(false)
                .dot_matches_new_line(regexp.regexp.dot_matches_new_line)
                .build()
                .parse(regexp.regexp.src)
                .ok()?;
            let parts = Parts::of(&hir);
            parts.best.into_iter().chain(parts.exact).filter(|s| weight(s) > 0).max_by_key(|s| weight(s))?
        }
    };
    let mut found = Vec::new();
    for bytes in plain {
        let bytes: Vec<u8> = bytes.into_iter().take(LONGEST).collect();
        let wide = || bytes.iter().flat_map(|b| [*b, 0]).collect::<Vec<u8>>();
        if modifiers.wide().is_some() {
            found.push(wide());
        }
        if modifiers.wide().is_none() || modifiers.ascii().is_some() {
            found.push(bytes);
        }
    }
    let long_enough = |b: &Vec<u8>| b.len() >= Literal::SHORTEST;
    (!found.is_empty() && found.len() <= MOST_BRANCHES && found.iter().all(long_enough)).then(|| {
        let mut found: Vec<Literal> =
            found.into_iter().map(|b| Literal { bytes: b.to_ascii_lowercase(), xor: false }).collect();
        found.sort();
        found.dedup();
        found
    })
}

/// About how many search atoms YARA-X takes for a rule.
pub(crate) fn atoms(rule: &Rule<'_>) -> usize {
    rule.patterns
        .iter()
        .flatten()
        .map(|pattern| {
            let modifiers = pattern.modifiers();
            let letters = |bytes: &[u8]| bytes.iter().take(4).filter(|b| b.is_ascii_alphabetic()).count();
            let cased = |texts: &[Literal]| texts.iter().map(|l| 1usize << letters(&l.bytes)).sum::<usize>();
            let found = literals_of(pattern);
            let insensitive = match pattern {
                Pattern::Regexp(regexp) => regexp.regexp.case_insensitive,
                _ => modifiers.nocase().is_some(),
            };
            match found {
                _ if modifiers.xor().is_some() => 255,
                None => 64,
                Some(texts) if insensitive => cased(&texts),
                Some(texts) => texts.len(),
            }
        })
        .sum()
}

/// What base64 makes of a text that begins at any of the three places of a group, without the characters that depend
/// on what stands around it.
fn base64_forms(text: &[u8]) -> Option<Vec<Literal>> {
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
        let bytes = form.iter().take(LONGEST).copied().collect::<Vec<u8>>().to_ascii_lowercase();
        forms.push(Literal { bytes, xor: false });
    }
    Some(forms)
}

/// The longest run of fixed bytes of a hex pattern, outside its alternatives.
fn best_of_hex(tokens: &HexSubPattern) -> Option<Vec<Vec<u8>>> {
    let mut best: Vec<u8> = Vec::new();
    let mut run: Vec<u8> = Vec::new();
    for token in tokens.iter() {
        match token {
            HexToken::Byte(byte) if byte.mask == 0xff => run.push(byte.value),
            _ => run.clear(),
        }
        if run.len() > best.len() && run.len() <= LONGEST {
            best.clone_from(&run);
        }
    }
    (best.len() >= Literal::SHORTEST).then(|| vec![best])
}

/// What can be said about the texts that a part of an expression matches.
#[derive(Default)]
struct Parts {
    /// All of them, when they are few.
    exact: Option<Vec<Vec<u8>>>,
    /// Literals of which one stands in each of them.
    best: Option<Vec<Vec<u8>>>,
}

impl Parts {
    fn of(hir: &Hir) -> Self {
        match hir.kind() {
            HirKind::Empty | HirKind::Look(_) => Self { exact: Some(vec![Vec::new()]), best: None },
            HirKind::Literal(literal) => Self { exact: Some(vec![literal.0.to_ascii_lowercase()]), best: None },
            HirKind::Class(class) => Self { exact: spelt_out(class), best: None },
            HirKind::Capture(inner) => Self::of(&inner.sub),
            HirKind::Repetition(repeat) => {
                let inner = Self::of(&repeat.sub);
                if repeat.min == 0 {
                    let exact = inner.exact.filter(|e| repeat.max == Some(1) && e.len() < MOST_BRANCHES);
                    return Self { exact: exact.map(|e| std::iter::once(Vec::new()).chain(e).collect()), best: None };
                }
                let once = inner.exact.clone();
                let best = better(inner.best, inner.exact);
                if repeat.max == Some(repeat.min) && repeat.min <= 8 {
                    let exact =
                        once.and_then(|once| (1..repeat.min).try_fold(once.clone(), |all, _| product(&all, &once)));
                    return Self { exact, best };
                }
                Self { exact: None, best }
            }
            HirKind::Concat(parts) => Self::sequence(parts),
            HirKind::Alternation(branches) => {
                let parts: Vec<Self> = branches.iter().map(Self::of).collect();
                let exact = parts.iter().map(|p| p.exact.clone()).collect::<Option<Vec<_>>>().map(|e| e.concat());
                let best = parts.into_iter().map(|p| better(p.best, p.exact)).collect::<Option<Vec<_>>>();
                let few = |s: &Vec<Vec<u8>>| s.len() <= MOST_BRANCHES;
                Self { exact: exact.map(unique).filter(few), best: best.map(|b| unique(b.concat())).filter(few) }
            }
        }
    }

    /// Parts one after the other: neighbouring parts of few texts grow together, and the most telling stretch counts.
    fn sequence(parts: &[Hir]) -> Self {
        let mut best = None;
        let mut run: Option<Vec<Vec<u8>>> = Some(vec![Vec::new()]);
        let mut whole = true;
        for part in parts {
            let part = Self::of(part);
            best = better(best, part.best);
            let grown = run.as_ref().zip(part.exact.as_ref()).and_then(|(run, next)| product(run, next));
            if grown.is_none() {
                whole = false;
                best = better(best, run.take());
                run = part.exact;
                run.get_or_insert_with(|| vec![Vec::new()]);
            } else {
                // What is telling enough is kept before optional parts blur it.
                best = better(best, run.take().filter(|r| r.len() > 1 || weight(r) > 0));
                run = grown;
            }
        }
        best = better(best, run.clone());
        Self { exact: run.filter(|_| whole), best }
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

/// The characters of a small class, letters in lower case.
fn spelt_out(class: &Class) -> Option<Vec<Vec<u8>>> {
    let Class::Bytes(class) = class else { return None };
    let size: usize = class.iter().map(|r| usize::from(r.end() - r.start()) + 1).sum();
    if size > 2 * MOST_IN_CLASS {
        return None;
    }
    let texts = class.iter().flat_map(|r| (r.start()..=r.end()).map(|b| vec![b.to_ascii_lowercase()])).collect();
    Some(unique(texts)).filter(|t| t.len() <= MOST_IN_CLASS)
}

/// The more telling of two.
fn better(a: Option<Vec<Vec<u8>>>, b: Option<Vec<Vec<u8>>>) -> Option<Vec<Vec<u8>>> {
    [a, b].into_iter().flatten().filter(|s| weight(s) > 0).max_by_key(|s| weight(s))
}

/// How telling it is that one of these texts is there, in eighths of a bit: the rarity of the commonest, less for
/// every doubling of their number. 0 when one of them is too short to be looked for.
fn weight(texts: &[Vec<u8>]) -> u32 {
    if texts.is_empty() || texts.len() > MOST_BRANCHES || texts.iter().any(|t| t.len() < Literal::SHORTEST) {
        return 0;
    }
    let least = texts.iter().map(|t| rarity(t)).min().unwrap_or(0);
    least.saturating_sub(8 * texts.len().ilog2()).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use yara_x_parser::ast::AST;

    fn needed(rule: &str) -> (Need, Vec<String>, u64) {
        let ast = AST::from(rule);
        assert!(ast.errors().is_empty(), "{:?}", ast.errors());
        let mut numbers = Numbers::default();
        let (need, most) = of_rule(ast.rules().next().unwrap(), &mut numbers);
        let texts = numbers.literals.iter().map(|l| String::from_utf8_lossy(&l.bytes).into_owned()).collect();
        (need, texts, most)
    }

    fn literals(pattern: &str) -> Vec<String> {
        needed(&format!("rule x {{ strings: $a = {pattern} condition: $a }}")).1
    }

    #[test]
    fn the_most_telling_part_of_a_sequence_is_chosen() {
        assert_eq!(literals(r#""Curl" nocase"#), ["curl"]);
        assert_eq!(
            literals(r"/os\.system ?\( ?[^\n]{0,80}(curl|wget)/"),
            ["os.system(", "os.system( ", "os.system (", "os.system ( "][..1]
                .to_vec()
                .iter()
                .map(|s| s.to_string())
                .collect::<Vec<_>>()
        );
    }

    #[test]
    fn what_may_be_missing_is_not_needed() {
        assert!(literals(r"/(abcdef)?\d{3}/").is_empty());
        assert!(literals(r"/[a-z]{20}/").is_empty());
        assert_eq!(literals(r"/(requests|urllib3?)\.post/").len(), 3);
        assert!(literals(r"/(requests|\w+)x/").is_empty());
    }

    #[test]
    fn wide_and_base64_are_looked_for_as_they_stand() {
        assert_eq!(literals(r#""abc" wide"#), ["a\0b\0c\0"]);
        assert_eq!(literals(r#""abc" wide ascii"#).len(), 2);
        assert_eq!(literals(r#""This program" base64"#).len(), 3);
        assert_eq!(literals("{ 41 42 ?? 43 44 45 46 }"), ["cdef"]);
    }

    #[test]
    fn conditions_are_followed() {
        let rule = |condition: &str| {
            needed(&format!(r#"rule x {{ strings: $a = "aaaa" $b = "bbbb" $c = "cccc" condition: {condition} }}"#))
        };
        let (need, texts, most) = rule("filesize < 2KB and $a and ($b or $c)");
        assert_eq!(texts, ["aaaa", "bbbb", "cccc"]);
        assert_eq!(need, Need::AtLeast(2, vec![Need::Any(vec![0]), Need::Any(vec![1, 2])]));
        assert_eq!(most, 2047);
        assert_eq!(rule("$a and not $b").0, Need::Any(vec![0]));
        assert_eq!(rule("not $a").0, Need::Nothing);
        assert_eq!(rule("$a or not $b").0, Need::Nothing);
        assert_eq!(rule("2 of them").0, Need::AtLeast(2, [0, 1, 2].map(|i| Need::Any(vec![i])).to_vec()));
        assert_eq!(rule("#a > 2 or #b >= 0").0, Need::Nothing);
        assert_eq!(rule("#a > 2").0, Need::Any(vec![0]));
        assert_eq!(
            rule("for any i in (1..#a) : ( $b in (@a[i]..@a[i]+9) )").0,
            Need::AtLeast(2, vec![Need::Any(vec![0]), Need::Any(vec![1])])
        );
        assert_eq!(rule("for any of ($a, $b) : ( $ at 0 )").0, Need::Any(vec![0, 1]));
        assert_eq!(rule("none of them").0, Need::Nothing);
        assert_eq!(rule("all of ($a*)").0, Need::Any(vec![0]));
        assert_eq!(rule("filesize < 1KB or $a").2, u64::MAX);
    }
}

//! Braces of bash, which make several words of one: `{curl,-s,http://…}` hides the blanks of a command.

use super::build::Span;
use super::word::Part;

/// Deepest nesting; deeper braces mean themselves.
const MAX_OPEN: usize = 8;

/// Most words that one word becomes, and most pieces of all of them; more mean themselves.
const MAX_WORDS: usize = 4096;

/// Most pieces.
const MAX_PARTS: usize = 16_384;

enum Item {
    Part(Part),
    /// The alternatives.
    Group(Vec<Vec<Item>>),
}

/// An open brace: the alternatives so far, the last one unfinished.
struct Open {
    at: usize,
    done: Vec<Vec<Item>>,
    now: Vec<Item>,
}

impl Open {
    fn new(at: usize) -> Self {
        Self { at, done: Vec::new(), now: Vec::new() }
    }

    /// What it means when it turns out to be no group.
    fn literal(self, closed: Option<usize>, out: &mut Vec<Item>) {
        out.push(Item::Part(Part::Open(self.at)));
        for mut items in self.done {
            out.append(&mut items);
            out.push(Item::Part(Part::Comma(self.at)));
        }
        out.extend(self.now);
        out.extend(closed.map(|at| Item::Part(Part::Close(at))));
    }
}

/// The words, or nothing when there is one only.
pub(super) fn expand(parts: &[Part]) -> Option<Vec<Vec<Part>>> {
    let mut top = Vec::new();
    let mut opens: Vec<Open> = Vec::new();
    let mut groups = false;
    for part in parts {
        match part {
            Part::Open(at) if opens.len() < MAX_OPEN => opens.push(Open::new(*at)),
            Part::Comma(_) if !opens.is_empty() => {
                if let Some(open) = opens.last_mut() {
                    let now = std::mem::take(&mut open.now);
                    open.done.push(now);
                }
            }
            Part::Close(at) => {
                let Some(mut open) = opens.pop() else {
                    top.push(Item::Part(part.clone()));
                    continue;
                };
                let out = opens.last_mut().map_or(&mut top, |o| &mut o.now);
                if !open.done.is_empty() {
                    open.done.push(open.now);
                    out.push(Item::Group(open.done));
                    groups = true;
                } else if let [Item::Part(Part::Text(text, span))] = open.now.as_slice()
                    && let Some(all) = sequence(text, *span)
                {
                    out.push(Item::Group(all));
                    groups = true;
                } else {
                    open.literal(Some(*at), out);
                }
            }
            _ => opens.last_mut().map_or(&mut top, |o| &mut o.now).push(Item::Part(part.clone())),
        }
    }
    while let Some(open) = opens.pop() {
        open.literal(None, opens.last_mut().map_or(&mut top, |o| &mut o.now));
    }
    if !groups {
        return None;
    }
    let mut budget = MAX_PARTS;
    product(&top, &mut budget)
}

fn product(items: &[Item], budget: &mut usize) -> Option<Vec<Vec<Part>>> {
    let mut all = vec![Vec::new()];
    for item in items {
        match item {
            Item::Part(part) => {
                *budget = budget.checked_sub(all.len())?;
                for words in &mut all {
                    words.push(part.clone());
                }
            }
            Item::Group(group) => {
                let mut ends = Vec::new();
                for items in group {
                    ends.append(&mut product(items, budget)?);
                }
                if all.len().saturating_mul(ends.len()) > MAX_WORDS {
                    return None;
                }
                let mut next = Vec::with_capacity(all.len() * ends.len());
                for word in &all {
                    for end in &ends {
                        *budget = budget.checked_sub(word.len() + end.len() + 1)?;
                        next.push(word.iter().chain(end).cloned().collect::<Vec<_>>());
                    }
                }
                all = next;
            }
        }
    }
    Some(all)
}

/// `1..9`, `a..e`, with a step.
fn sequence(text: &str, span: Span) -> Option<Vec<Vec<Item>>> {
    let mut sides = text.splitn(3, "..");
    let (from, to) = (sides.next()?, sides.next()?);
    let step = sides.next().map_or(Some(1), |s| s.parse::<i64>().ok())?.unsigned_abs().max(1);
    let letter = |s: &str| match s.as_bytes() {
        [b] if b.is_ascii_alphabetic() => Some(i64::from(*b)),
        _ => None,
    };
    let (a, b, letters) = match (from.parse::<i64>(), to.parse::<i64>()) {
        (Ok(a), Ok(b)) => (a, b, false),
        _ => (letter(from)?, letter(to)?, true),
    };
    let width = if [from, to].iter().any(|s| s.len() > 1 && s.starts_with('0')) { from.len().max(to.len()) } else { 0 };
    let count = (a.abs_diff(b) / step).saturating_add(1);
    if width > 32 || usize::try_from(count).ok()? > MAX_WORDS {
        return None;
    }
    let mut all = Vec::new();
    for i in 0..count {
        let by = i64::try_from(i.checked_mul(step)?).ok()?;
        let n = if a <= b { a.checked_add(by)? } else { a.checked_sub(by)? };
        let word = match u8::try_from(n) {
            Ok(b) if letters => char::from(b).to_string(),
            _ => format!("{n:0width$}"),
        };
        all.push(vec![Item::Part(Part::Text(word, span))]);
    }
    Some(all)
}

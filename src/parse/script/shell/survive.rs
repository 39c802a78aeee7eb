//! What every reader made by hand must stand: broken scripts, and scripts that are made to be slow.

use std::time::{Duration, Instant};

use crate::parse::script::Tree;

/// Signs that open something.
const UNITS: [&str; 30] = [
    "$(",
    "`",
    "\"",
    "'",
    "{",
    "((",
    "<<A\n",
    "${",
    "\"$(",
    "@'",
    "%",
    "$((",
    "[",
    "[[ ",
    "<<",
    "#{",
    "(",
    "a=(",
    "|",
    "\\",
    "if ",
    "for x in ",
    "case x in ",
    "function f {",
    "f() {",
    "{$",
    "@{",
    "->",
    "<?php ",
    "é",
];

/// Reads each sign many times over, and random changes of scripts. `head` stands in front of all that is read.
pub(in crate::parse::script) fn survive(read: impl Fn(&str) -> Tree, head: &str, samples: &[&str]) {
    for unit in UNITS {
        for behind in ["", "\n"] {
            let one = format!("{unit}{behind}");
            let text = format!("{head}{}", one.repeat(60_000 / one.len()));
            let before = Instant::now();
            hold(&read(&text), &text);
            // A second would do; machines under load get more.
            assert!(before.elapsed() < Duration::from_secs(20), "{one:?}");
        }
    }
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    for round in 0..2000 {
        let sample = samples[round % samples.len()];
        let mut text: Vec<char> = sample.chars().collect();
        for _ in 0..=random.below(3) {
            random.change(&mut text);
        }
        let text: String = head.chars().chain(text).collect();
        hold(&read(&text), &text);
    }
}

/// Every node stands in the text, and in its parent's list.
fn hold(tree: &Tree, text: &str) {
    let mut left = vec![tree.root];
    let mut seen = 0_usize;
    while let Some(id) = left.pop() {
        if !id.is_some() {
            continue;
        }
        let (start, end) = tree.span(id);
        assert!(start <= end && end as usize <= text.len(), "{start}..{end} {:?} of {text:?}", tree.get(id));
        tree.children(id, &mut left);
        // Nodes may be used twice, so that there are more ways than nodes.
        seen += 1;
        if seen > 300_000 {
            return;
        }
    }
}

/// Numbers without a pattern that a test could see, the same in each run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap() % limit.max(1)
    }

    fn change(&mut self, text: &mut Vec<char>) {
        let at = self.below(text.len());
        let len = self.below(12).min(text.len() - at);
        match self.below(5) {
            0 => drop(text.drain(at..at + len)),
            1 => text.truncate(at),
            2 => {
                let piece: Vec<char> = text[at..at + len].to_vec();
                let to = self.below(text.len());
                drop(text.splice(to..to, piece));
            }
            3 => {
                let unit = UNITS[self.below(UNITS.len())];
                drop(text.splice(at..at, unit.chars()));
            }
            _ => {
                let signs: Vec<char> = "\"'`$(){}[]<>|&;#%@!=\\\n \u{201c}é\0".chars().collect();
                let sign = signs[self.below(signs.len())];
                drop(text.splice(at..(at + 1).min(text.len()), [sign]));
            }
        }
    }
}

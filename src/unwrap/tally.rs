//! Counts what one rule saw in one container: a thousand duplicate names are one finding that says "1000 times" and
//! shows the first few, not a thousand findings.

use crate::model::{Evidence, Finding, Rule, Span};

/// Pieces of evidence that are kept of one rule.
const SHOWN: usize = 8;

/// What one rule saw so far.
#[derive(Debug)]
pub(crate) struct Tally {
    rule: &'static Rule,
    count: u64,
    evidence: Vec<Evidence>,
}

/// A set of tallies, one for each rule that was hit, in the order of the first hits.
#[derive(Debug, Default)]
pub(crate) struct Tallies {
    all: Vec<Tally>,
}

impl Tallies {
    /// Counts one hit of `rule` at `offset..offset + len` of the container; `note` is asked only when it is shown.
    pub(crate) fn hit(&mut self, rule: &'static Rule, offset: u64, len: u64, note: impl FnOnce() -> String) {
        let at = match self.all.iter().position(|t| std::ptr::eq(t.rule, rule)) {
            Some(at) => at,
            None => {
                self.all.push(Tally { rule, count: 0, evidence: Vec::new() });
                self.all.len() - 1
            }
        };
        let Some(tally) = self.all.get_mut(at) else { return };
        tally.count += 1;
        if tally.evidence.len() < SHOWN {
            tally.evidence.push(at_offset(offset, len, note()));
        }
    }

    /// One finding for each rule.
    pub(crate) fn into_findings(self, out: &mut Vec<Finding>) {
        for tally in self.all {
            let mut evidence = tally.evidence.into_iter();
            let Some(first) = evidence.next() else { continue };
            let mut finding = tally.rule.finding(first);
            finding.evidence.extend(evidence);
            if tally.count > 1 {
                finding = finding.saying(format!("{} ({} times)", tally.rule.title, tally.count));
            }
            out.push(finding);
        }
    }
}

/// Evidence at a range of a container whose bytes are headers, not text: the note speaks for them.
pub(crate) fn at_offset(offset: u64, len: u64, note: impl Into<String>) -> Evidence {
    /// Names may be 64 KiB long.
    const LONGEST: usize = 400;
    let mut note: String = note.into();
    if note.len() > LONGEST {
        note.truncate(note.floor_char_boundary(LONGEST));
        note.push('\u{2026}');
    }
    Evidence { span: Some(Span::bytes(offset, len)), ..Evidence::note(note) }
}

#[cfg(test)]
mod tests {
    use super::super::entry_name::PATH_ESCAPE;
    use super::*;

    #[test]
    fn many_hits_are_one_finding() {
        let mut tallies = Tallies::default();
        for i in 0..1000 {
            tallies.hit(&PATH_ESCAPE, i, 1, || format!("n{i}"));
        }
        let mut out = Vec::new();
        tallies.into_findings(&mut out);
        assert_eq!(out.len(), 1);
        assert_eq!(out[0].evidence.len(), SHOWN);
        assert!(out[0].message.ends_with("(1000 times)"), "{}", out[0].message);
        assert_eq!(out[0].offset(), Some(0));
    }
}

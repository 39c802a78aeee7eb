//! Decides one assessment anew by a policy. Nothing disappears: what is suppressed stands beside the findings, what is
//! accepted beside the gaps, and what has expired counts again and says so.

use super::{Policy, Suppressed, glob};
use crate::assess::{Assessment, Reported, ReportedGap, Verdict};
use crate::model::{Capability, Confidence, Date, Severity};

/// Reasons listed.
const REASONS: usize = 12;
/// Why bytes are not trusted.
const UNCHECKED: &str =
    "nothing stronger than a SHA-1 holds the bytes: registry or lockfile have no other digest of it";
/// Values named in one reason.
const VALUES: usize = 5;

impl Policy {
    /// Decides anew.
    pub fn apply(&self, a: &mut Assessment, today: Date) {
        let mut reasons: Vec<(Verdict, String)> = Vec::new();
        self.suppress(a, today, &mut reasons);
        let blocks = |f: &&Reported| self.block.is_some_and(|s| f.severity >= s) && f.confidence == Confidence::Certain;
        let would_block = |f: &&Reported| f.severity == Severity::Critical && f.confidence == Confidence::Certain;
        let asks = |f: &&Reported| {
            (self.review.is_some_and(|s| f.severity >= s) && f.confidence >= Confidence::Likely) || would_block(f)
        };
        let say = |f: &Reported| format!("{}: {} ({})", f.rule, f.message, f.locator);
        let mut said: Vec<(Verdict, String)> =
            a.findings.iter().filter(blocks).map(|f| (Verdict::Block, say(f))).collect();
        said.extend(a.findings.iter().filter(|f| asks(f) && !blocks(f)).map(|f| (Verdict::Review, say(f))));
        said.append(&mut reasons);
        self.tools(a, &mut said);
        self.gaps(a, today, &mut said);
        if a.unchecked {
            said.push((self.unchecked, UNCHECKED.to_owned()));
        }
        said.dedup();
        let worst = [Verdict::Block, Verdict::Review, Verdict::Incomplete]
            .into_iter()
            .find(|v| said.iter().any(|(own, _)| own == v))
            .unwrap_or(Verdict::Pass);
        said.sort_by_key(|(v, _)| std::cmp::Reverse(v.rank()));
        // Those who read why something is blocked need no list of what is only to be looked at.
        said.retain(|(v, _)| worst != Verdict::Block || *v != Verdict::Review);
        a.verdict = worst;
        a.reasons = said.into_iter().map(|(_, r)| r).take(REASONS).collect();
    }

    fn suppress(&self, a: &mut Assessment, today: Date, reasons: &mut Vec<(Verdict, String)>) {
        let (purl, sha256) = (a.purl.clone(), a.sha256.clone());
        let mut kept = Vec::with_capacity(a.findings.len());
        for f in std::mem::take(&mut a.findings) {
            let fits = self.suppressions.iter().filter(|s| {
                s.rule == f.rule
                    // Whoever writes a package says what it is called: a name weakens only where a registry gave it.
                    && (s.sha256.is_some() || a.named)
                    && s.sha256.as_ref().is_none_or(|own| sha256.as_ref() == Some(own))
                    && s.pattern.as_ref().is_none_or(|p| p.holds(purl.as_deref()))
                    && s.fingerprint.as_ref().is_none_or(|own| *own == f.fingerprint)
                    && s.path.as_ref().is_none_or(|own| glob(own, &f.locator))
            });
            let (over, live): (Vec<_>, Vec<_>) = fits.partition(|s| s.note.expired(today));
            match live.first() {
                Some(s) => a.suppressed.push(Suppressed { finding: f, note: s.note.clone() }),
                None => {
                    if let Some(s) = over.first() {
                        let words =
                            format!("the suppression of {} by {} expired on {}", f.rule, s.note.owner, s.note.expires);
                        reasons.push((Verdict::Pass, words));
                    }
                    kept.push(f);
                }
            }
        }
        a.findings = kept;
    }

    /// What needs a person or worse besides findings and gaps: what the tool may not do, and bytes that nothing holds.
    #[must_use]
    pub fn beyond_findings(&self, a: &Assessment) -> Option<String> {
        let mut said = Vec::new();
        self.tools(a, &mut said);
        if a.unchecked {
            said.push((self.unchecked, UNCHECKED.to_owned()));
        }
        said.into_iter().find(|(verdict, _)| *verdict != Verdict::Pass).map(|(_, why)| why)
    }

    fn tools(&self, a: &Assessment, said: &mut Vec<(Verdict, String)>) {
        for tool in self.tools.iter().filter(|t| t.pattern.holds(a.purl.as_deref())) {
            for (capability, summary) in &a.capabilities {
                let refused = tool.deny.contains(capability)
                    || tool.allow.as_ref().is_some_and(|allow| !allow.contains(capability));
                if refused && summary.count > 0 {
                    let values: Vec<&str> = summary.items.iter().take(VALUES).map(|i| i.value.as_str()).collect();
                    let words = format!(
                        "the policy does not allow {} to have {}: {}",
                        tool.pattern.purl,
                        capability.word(),
                        values.join(", ")
                    );
                    said.push((Verdict::Review, words));
                }
            }
            let Some(expected) = &tool.hosts else { continue };
            let hosts = a.capabilities.get(&Capability::Hosts);
            let unknown: Vec<&str> = hosts
                .into_iter()
                .flat_map(|s| &s.items)
                .map(|i| i.value.as_str())
                .filter(|h| !expected.iter().any(|e| glob(e, h)))
                .collect();
            if !unknown.is_empty() {
                let shown = unknown.iter().take(VALUES).copied().collect::<Vec<_>>().join(", ");
                let words = format!(
                    "{} of hosts that the policy does not expect of {}: {shown}",
                    unknown.len(),
                    tool.pattern.purl
                );
                said.push((Verdict::Review, words));
            }
            if hosts.is_some_and(|s| s.truncated) {
                said.push((Verdict::Review, format!("{} names more hosts than are listed", tool.pattern.purl)));
            }
        }
    }

    fn gaps(&self, a: &Assessment, today: Date, said: &mut Vec<(Verdict, String)>) {
        let open: Vec<&ReportedGap> = a.gaps.iter().filter(|g| !self.accepts(a, g, today)).collect();
        if let Some(first) = open.first() {
            let more = if open.len() > 1 { format!(" (and {} more)", open.len() - 1) } else { String::new() };
            let words = format!("not examined: {}: {}: {}{more}", first.locator, first.reason.word(), first.detail);
            said.push((self.gaps, words));
        }
        let closed = a.gaps.len() - open.len();
        if closed > 0 {
            said.push((Verdict::Pass, format!("{closed} not examined, as the policy accepts")));
        }
    }

    /// Whether what was not examined leaves the answer open: nobody has accepted it, and it is not said what it comes
    /// to instead.
    #[must_use]
    pub fn leaves_open(&self, a: &Assessment, today: Date) -> bool {
        self.gaps == Verdict::Incomplete && a.gaps.iter().any(|gap| !self.accepts(a, gap, today))
    }

    fn accepts(&self, a: &Assessment, gap: &ReportedGap, today: Date) -> bool {
        self.accepted.iter().any(|g| {
            let bound = g.sha256.is_some() || a.named || g.pattern.purl == "*";
            bound
                && g.sha256.as_ref().is_none_or(|own| a.sha256.as_ref() == Some(own))
                && g.pattern.holds(a.purl.as_deref())
                && (g.gap.is_empty() || g.gap == gap.reason.word())
                && glob(&g.path, &gap.locator)
                && !g.note.expired(today)
        })
    }
}

/// What in a policy will never have an effect, or has none any more.
#[must_use]
pub fn known_problems(policy: &Policy, rules: &[&str], today: Date) -> Vec<String> {
    let mut found = Vec::new();
    for s in &policy.suppressions {
        if !rules.contains(&s.rule.as_str()) {
            found.push(format!("suppression of {}: there is no such rule", s.rule));
        }
        if s.note.expired(today) {
            found.push(format!(
                "suppression of {} by {}: expired on {}, so it counts again",
                s.rule, s.note.owner, s.note.expires
            ));
        }
    }
    for g in &policy.accepted {
        if g.note.expired(today) {
            found
                .push(format!("accepted gap of {} by {}: expired on {}", g.pattern.purl, g.note.owner, g.note.expires));
        }
    }
    found
}

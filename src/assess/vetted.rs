//! What was vetted: a name with everything that comes along, and one verdict over all of it. A wrapper of twenty
//! kilobytes is never judged without the program that it brings.

use super::policy::Policy;
use super::{Assessment, Verdict};
use crate::model::{Gap, GapReason};
use crate::source::registry::{Algorithm, Closure, Entry, State, Trouble, Why};

/// Reasons that are listed of one subject.
const REASONS: usize = 12;

/// A name, file or folder that was vetted.
#[derive(Debug, Clone, PartialEq)]
pub struct Vetted {
    /// What was typed.
    pub asked: String,
    /// What it means.
    pub purl: Option<String>,
    /// The decision over all parts.
    pub verdict: Verdict,
    /// Why, the weightiest first.
    pub reasons: Vec<String>,
    /// The archives that belong to it.
    pub parts: Vec<Part>,
    /// What belongs to it and was not fetched.
    pub missing: Vec<String>,
    /// Dependencies that were not asked for.
    pub not_followed: u64,
    /// What else a person should know.
    pub notes: Vec<String>,
}

/// What became of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartState {
    /// Fetched now.
    Fetched,
    /// From the store.
    Cached,
    /// A path that was typed.
    Given,
    /// Not wanted.
    LeftOut,
    /// Could not be had.
    Failed,
}

impl PartState {
    /// The word in reports.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Fetched => "fetched",
            Self::Cached => "cached",
            Self::Given => "given",
            Self::LeftOut => "leftout",
            Self::Failed => "failed",
        }
    }
}

/// One archive of what was vetted.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Package URL.
    pub purl: Option<String>,
    /// The name under which it is installed, when that is another one.
    pub alias: Option<String>,
    /// Why it belongs here.
    pub why: Why,
    /// The package URL of what brought it.
    pub from: Option<String>,
    /// For which machines; empty means any.
    pub platform: String,
    /// The registry.
    pub registry: String,
    /// Where the archive is.
    pub address: String,
    /// What became of it.
    pub state: PartState,
    /// Why it is not here.
    pub detail: String,
    /// What the registry says against it.
    pub deprecated: Option<String>,
    /// What the registry promised.
    pub promised: Option<String>,
    /// Whether a lockfile brought it and pins no digest of it.
    pub unpinned: bool,
    /// SHA-256 in hex.
    pub sha256: Option<String>,
    /// Length in bytes.
    pub bytes: u64,
    /// Where it is on disk: the `path` of its artifact.
    pub path: Option<String>,
    /// The verdict over it.
    pub verdict: Option<Verdict>,
}

impl Part {
    fn of(entry: &Entry, all: &[Entry]) -> Self {
        let (state, detail) = match &entry.state {
            State::Here(stored) if stored.cached => (PartState::Cached, String::new()),
            State::Here(_) => (PartState::Fetched, String::new()),
            State::LeftOut(why) => (PartState::LeftOut, why.clone()),
            State::Failed(trouble) => (PartState::Failed, trouble.to_string()),
            State::Wanted => (PartState::Failed, "was never fetched".to_owned()),
        };
        let stored = match &entry.state {
            State::Here(stored) => Some(stored),
            _ => None,
        };
        Self {
            purl: Some(entry.purl.clone()),
            alias: entry.alias.clone(),
            why: entry.why,
            from: entry.from.and_then(|at| all.get(at)).map(|e| e.purl.clone()),
            platform: entry.platform.clone(),
            registry: entry.registry.clone(),
            address: entry.address.clone(),
            state,
            detail,
            deprecated: entry.deprecated.clone(),
            promised: entry.promised.as_ref().map(ToString::to_string),
            unpinned: entry.held.as_ref().is_some_and(|h| h.digests.iter().all(|d| d.algorithm <= Algorithm::Sha1)),
            sha256: stored.map(|s| s.sha256.clone()),
            bytes: stored.map_or(0, |s| s.bytes),
            path: stored.map(|s| s.path.to_string_lossy().into_owned()),
            verdict: None,
        }
    }

    /// How people call it.
    #[must_use]
    pub fn name(&self) -> &str {
        self.purl.as_deref().or(self.path.as_deref()).unwrap_or("?")
    }
}

impl Vetted {
    /// The subject that a name and its fetched closure are.
    #[must_use]
    pub fn of_closure(asked: &str, closure: &Closure) -> Self {
        Self {
            asked: asked.to_owned(),
            purl: closure.entries.first().map(|e| e.purl.split('?').next().unwrap_or_default().to_owned()),
            verdict: Verdict::Incomplete,
            reasons: Vec::new(),
            parts: closure.entries.iter().map(|e| Part::of(e, &closure.entries)).collect(),
            missing: closure.missing.clone(),
            not_followed: closure.not_followed,
            notes: closure.notes.clone(),
        }
    }

    /// The subject that a path is, with what was found there.
    #[must_use]
    pub fn of_path(asked: &str, found: &[&Assessment]) -> Self {
        let part = |a: &&Assessment| Part {
            purl: a.purl.clone(),
            alias: None,
            why: Why::Asked,
            from: None,
            platform: String::new(),
            registry: String::new(),
            address: String::new(),
            state: PartState::Given,
            detail: String::new(),
            deprecated: None,
            promised: None,
            unpinned: false,
            sha256: a.sha256.clone(),
            bytes: a.bytes,
            path: Some(a.path.clone()),
            verdict: None,
        };
        let parts: Vec<Part> = found.iter().map(part).collect();
        let purl = match parts.as_slice() {
            [one] => one.purl.clone(),
            _ => None,
        };
        Self {
            asked: asked.to_owned(),
            purl,
            verdict: Verdict::Incomplete,
            reasons: Vec::new(),
            parts,
            missing: Vec::new(),
            not_followed: 0,
            notes: Vec::new(),
        }
    }

    /// What of the closure was not examined, as gaps of an assessment: what could not be fetched, and what code that
    /// runs at install fetches from elsewhere than the registry.
    pub fn mark_gaps(&self, assessments: &mut [Assessment]) {
        for part in &self.parts {
            let Some(path) = &part.path else { continue };
            let Some(a) = assessments.iter_mut().find(|a| a.path == *path) else { continue };
            // A companion that the registry has anyway is examined, whoever fetches it.
            let own = host(&part.registry);
            let examined = self.parts.iter().any(|p| {
                let here = matches!(p.state, PartState::Fetched | PartState::Cached);
                here && p.why == Why::Companion && host(&p.address) == own
            });
            for download in a.downloads.clone() {
                if download.host == own && examined {
                    continue;
                }
                let gap = Gap::new(GapReason::Unreadable, format!("downloaded at install from {}", download.host));
                a.add_gap(&download.locator, gap);
            }
        }
        let first = self.parts.iter().find_map(|p| p.path.as_deref());
        if let Some(a) = assessments.iter_mut().find(|a| Some(a.path.as_str()) == first) {
            for missing in &self.missing {
                a.add_gap(&self.asked, Gap::new(GapReason::Unreadable, format!("not fetched: {missing}")));
            }
        }
    }

    /// Gives what was fetched the name that its registry has for it. What calls itself otherwise is not what it seems.
    pub fn mark_names(&self, assessments: &mut [Assessment]) {
        for part in self.parts.iter().filter(|p| matches!(p.state, PartState::Fetched | PartState::Cached)) {
            let Some(purl) = part.purl.as_deref().map(|p| p.split('?').next().unwrap_or(p)) else { continue };
            let Some(a) = assessments.iter_mut().find(|a| Some(&a.path) == part.path.as_ref()) else { continue };
            a.take_name(purl, &part.address);
        }
    }

    /// Says of archives whose bytes could not be checked what the policy makes of that.
    pub fn mark_unchecked(&self, policy: &Policy, assessments: &mut [Assessment]) {
        for part in &self.parts {
            let weak = part.unpinned || part.promised.as_ref().is_none_or(|p| p.starts_with("sha1:"));
            let fetched = matches!(part.state, PartState::Fetched | PartState::Cached);
            if !(weak && fetched) || policy.unchecked == Verdict::Pass {
                continue;
            }
            if let Some(a) = assessments.iter_mut().find(|a| Some(&a.path) == part.path.as_ref()) {
                a.unchecked = true;
            }
        }
    }

    /// Decides over all parts.
    pub fn judge(&mut self, assessments: &[Assessment]) {
        let mut reasons: Vec<(Verdict, String)> = Vec::new();
        let mut worst = Verdict::Pass;
        for part in &mut self.parts {
            let own = part.path.as_ref().and_then(|p| assessments.iter().find(|a| a.path == *p));
            part.verdict = match own {
                Some(a) => Some(a.verdict),
                None if part.state == PartState::LeftOut => None,
                None => Some(Verdict::Incomplete),
            };
            let Some(verdict) = part.verdict else { continue };
            if verdict.rank() > worst.rank() {
                worst = verdict;
            }
            let name = part.name();
            match own {
                Some(a) => reasons.extend(a.reasons.iter().map(|r| (verdict, format!("{name}: {r}")))),
                None => reasons.push((verdict, format!("{name}: not examined: {}", part.detail))),
            }
        }
        let nothing = self.parts.iter().all(|p| p.verdict.is_none());
        if nothing {
            reasons.push((Verdict::Incomplete, "nothing was examined: all of it is left out".to_owned()));
        }
        if (nothing || !self.missing.is_empty()) && worst == Verdict::Pass {
            worst = Verdict::Incomplete;
        }
        reasons.extend(self.missing.iter().map(|m| (Verdict::Incomplete, format!("not fetched: {m}"))));
        reasons.sort_by_key(|(verdict, _)| std::cmp::Reverse(verdict.rank()));
        self.reasons = reasons.into_iter().map(|(_, r)| r).collect();
        self.reasons.dedup();
        self.reasons.truncate(REASONS);
        self.verdict = worst;
    }

    /// Whether other bytes came than were promised.
    #[must_use]
    pub fn integrity(closure: &Closure) -> bool {
        closure.entries.iter().any(|e| matches!(e.state, State::Failed(Trouble::Integrity(_))))
    }
}

/// The host of an address.
fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split(['/', ':']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::registry::Stored;

    fn entry(purl: &str, state: State) -> Entry {
        Entry {
            purl: purl.to_owned(),
            name: "x".to_owned(),
            version: "1.0.0".to_owned(),
            alias: None,
            why: Why::Asked,
            from: None,
            platform: String::new(),
            registry: "https://r.invalid/".to_owned(),
            address: "https://r.invalid/x.tgz".to_owned(),
            file: "x.tgz".to_owned(),
            install_script: false,
            deprecated: None,
            promised: None,
            held: None,
            state,
        }
    }

    fn here(purl: &str) -> Closure {
        let stored = Stored { path: "x.tgz".into(), sha256: "0".repeat(64), bytes: 1, cached: false };
        Closure { entries: vec![entry(purl, State::Here(stored))], ..Closure::default() }
    }

    fn examined(own: Option<&str>) -> Assessment {
        let mut a = super::super::unexamined("x.tgz", Gap::malformed("x"), 0.0);
        a.gaps.clear();
        a.purl = own.map(str::to_owned);
        a.decide_again();
        a
    }

    #[test]
    fn what_is_left_out_altogether_is_no_pass() {
        let left = State::LeftOut("for another platform than --platform".to_owned());
        let closure = Closure { entries: vec![entry("pkg:npm/x@1.0.0", left)], ..Closure::default() };
        let mut subject = Vetted::of_closure("npm:x", &closure);
        subject.judge(&[]);
        assert_eq!(subject.verdict, Verdict::Incomplete);
        assert!(!subject.reasons.is_empty());
        let mut subject = Vetted::of_closure("npm:x", &here("pkg:npm/x@1.0.0"));
        subject.judge(&[examined(None)]);
        assert_eq!(subject.verdict, Verdict::Pass);
    }

    #[test]
    fn the_registry_says_what_it_is_called() {
        for (own, registry, gaps) in [
            (Some("pkg:npm/%40acme/tool@1.0.0"), "pkg:npm/x@1.0.0", 1),
            (Some("pkg:npm/x@9.9.9"), "pkg:npm/x@1.0.0", 0),
            (Some("pkg:pypi/My_Pkg@1"), "pkg:pypi/my-pkg@1?file_name=my_pkg-1.zip", 0),
            (None, "pkg:npm/x@1.0.0", 0),
        ] {
            let mut all = [examined(own)];
            Vetted::of_closure("npm:x", &here(registry)).mark_names(&mut all);
            assert_eq!(all[0].purl.as_deref(), registry.split('?').next(), "{own:?}");
            assert!(all[0].named);
            assert_eq!(all[0].gaps.len(), gaps, "{own:?}");
        }
    }

    #[test]
    fn what_is_fetched_from_the_registry_is_examined_only_as_a_companion() {
        let gaps = |companion: bool| {
            let mut closure = here("pkg:npm/x@1.0.0");
            if companion {
                let stored = Stored { path: "y.tgz".into(), sha256: "1".repeat(64), bytes: 1, cached: false };
                let entry = entry("pkg:npm/y@1.0.0", State::Here(stored));
                closure.entries.push(Entry { why: Why::Companion, ..entry });
            }
            let mut a = examined(None);
            a.downloads.push(super::super::Download { host: "r.invalid".to_owned(), locator: "x".to_owned() });
            let mut all = [a];
            Vetted::of_closure("npm:x", &closure).mark_gaps(&mut all);
            all[0].gaps.len()
        };
        assert_eq!((gaps(false), gaps(true)), (1, 0));
    }
}

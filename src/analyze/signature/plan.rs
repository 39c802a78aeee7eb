//! What the build works out about the signatures and the program reads at start: into which rule set each rule was
//! compiled, and what must be in a file for it to match. Shared by `build.rs`, which writes it, and [`super::sieve`].

use serde::{Deserialize, Serialize};

/// What must be in a file for a rule to match: a necessary condition, never a sufficient one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Need {
    /// Nothing that could be looked for cheaply.
    Nothing,
    /// One of these literals, by index into [`Plan::literals`].
    Any(Vec<u32>),
    /// At least so many of these.
    AtLeast(u32, Vec<Need>),
    /// No more bytes than this.
    AtMost(u64),
    /// These bytes at this offset.
    Bytes(u32, Vec<u8>),
    /// These bytes, in any order, so many times in a row.
    Run(Vec<u8>, u32),
}

/// Bytes to look for, in whatever case their letters are.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Literal {
    /// The bytes, at least [`Literal::SHORTEST`] of them.
    pub(crate) bytes: Vec<u8>,
    /// Whether every byte may be combined with one and the same unknown byte by exclusive or.
    pub(crate) xor: bool,
    /// Where the four bytes begin by which it is looked for, its rarest ones; of an exclusive-or literal, of its
    /// differences.
    pub(crate) key: u8,
}

impl Literal {
    /// Fewer bytes are everywhere.
    pub(crate) const SHORTEST: usize = 3;
    /// Under an exclusive or only the differences of neighbours are known, so it needs more of them.
    pub(crate) const SHORTEST_XOR: usize = 6;
}

/// One rule.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct RuleNeed {
    /// The index of the rule set it was compiled into.
    pub(crate) set: u32,
    /// What must be there.
    pub(crate) need: Need,
}

/// One rule set: a few rules of one file stem ("python", "script", …) that are compiled together.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct SetPlan {
    /// The stem of the files that its rules stand in.
    pub(crate) stem: String,
}

/// All of it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Plan {
    /// The rule sets, in the order in which they are embedded.
    pub(crate) sets: Vec<SetPlan>,
    /// Everything that is looked for.
    pub(crate) literals: Vec<Literal>,
    /// Every rule.
    pub(crate) rules: Vec<RuleNeed>,
}

/// How rare a text is in source code, in eighths of a bit; more than sixteen bytes tell no more.
pub(crate) fn rarity(text: &[u8]) -> u32 {
    text.iter().take(16).map(|b| u32::from(byte_rarity(*b))).sum()
}

/// Eighths of a bit, from the frequency of a byte in source code.
fn byte_rarity(byte: u8) -> u8 {
    match byte.to_ascii_lowercase() {
        b' ' | b'e' | b't' => 26,
        b'a' | b'i' | b'n' | b'o' | b'r' | b's' => 31,
        b'c' | b'd' | b'l' | b'p' | b'u' => 38,
        b'f' | b'g' | b'h' | b'm' | b'_' | b'.' | b',' | b'(' | b')' | b'"' | b'\n' => 43,
        b'b' | b'y' | b'v' | b'x' | b'0' | b'1' | b'=' | b':' | b';' | b'\'' | b'-' | b'/' => 49,
        b'k' | b'w' | b'2'..=b'9' | b'{' | b'}' | b'[' | b']' | b'*' | b'>' | b'<' | b'$' => 55,
        0 | 0xff => 24,
        _ => 62,
    }
}

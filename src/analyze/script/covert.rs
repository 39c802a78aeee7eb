//! Behaviour that depends on where the program runs and does not show: what a condition on the surroundings chooses.

use unicode_security::confusable_detection::skeleton;

use super::value::Labels;

/// What the surroundings are.
pub(crate) const SURROUNDINGS: Labels = Labels::LOCALE
    .with(Labels::TIME_ZONE)
    .with(Labels::ENDPOINT)
    .with(Labels::HOSTNAME)
    .with(Labels::USER)
    .with(Labels::ADDRESS)
    .with(Labels::COMPANY);

/// A choice that a condition on the surroundings makes.
#[derive(Debug, Clone)]
pub(crate) struct Choice {
    /// What the condition asks about.
    pub(crate) given: Labels,
    /// Where.
    pub(crate) at: (u32, u32),
    /// The constants that it chooses among, when they are texts.
    pub(crate) among: Vec<Box<str>>,
}

/// Kinds of origins of one condition beyond which it is a mixture: with what a caller handed over in it, and without.
const MIXTURE: usize = 3;
const LARGE_MIXTURE: usize = 5;

/// Whether so much is asked, and perhaps what a caller handed over, that nobody can say what of it decides.
pub(crate) fn is_mixture(given: Labels) -> bool {
    let kinds = given.without(Labels::MATCHED.with(Labels::CHOSEN)).words().count();
    given.any(Labels::PARAMETER) && kinds > MIXTURE || kinds > LARGE_MIXTURE
}

impl Choice {
    /// Whether what is asked about the surroundings is compared with something that had to be decoded.
    pub(crate) fn is_by_hidden_list(&self) -> bool {
        // What a file holds that a person's password opens is that person's; of what is asked of the surroundings beside it
        // nothing is taken back.
        let asks = Labels::IMPLICIT.with(Labels::DIGESTED).with(Labels::HOSTNAME).with(Labels::ADDRESS);
        let asks = asks.with(Labels::COMPANY).with(Labels::PROCESSES).with(Labels::MATCHED).with(Labels::OUTPUT);
        let is_opened = self.given.any(Labels::ANSWER) && self.given.any(Labels::FILE) && !self.given.any(asks);
        let is_mixture = is_mixture(self.given) || is_opened;
        self.given.any(Labels::CONCEALED) && self.given.any(SURROUNDINGS.with(Labels::DIGESTED)) && !is_mixture
    }

    /// The same over several files, where more meets by chance: what callers hand over, and the address of a service that is
    /// compared with the one that a client has for a default, say nothing. Nor does a value that may come from the surroundings
    /// and may have been decoded (the fields of an archive, what parsers give): they have to stand on two sides.
    pub(crate) fn is_by_hidden_list_among(&self) -> bool {
        let others = Labels::PARAMETER.with(Labels::ENDPOINT).with(Labels::DOWNLOADED);
        let by_chance = self.given.any(others) || !self.given.any(Labels::MATCHED);
        self.is_by_hidden_list() && (self.given.any(Labels::DIGESTED) || !by_chance)
    }

    /// Whether it chooses between two different texts that a reader takes for the same.
    pub(crate) fn is_among_look_alikes(&self) -> bool {
        // Text that only machines see, and only in these surroundings.
        if let [only] = self.among.as_slice() {
            return only.chars().any(is_mark);
        }
        let [a, b] = self.among.as_slice() else { return false };
        // Blanks, of which some bits say how many there are.
        let is_blank = |text: &str| !text.is_empty() && text.chars().all(|c| c == ' ');
        if self.given.any(Labels::DIGESTED) && a != b && is_blank(a) && is_blank(b) {
            return true;
        }
        let plain = |text: &str| {
            skeleton(text)
                .filter(|c| !c.is_whitespace() && !c.is_ascii_punctuation() && !is_invisible(*c))
                .collect::<String>()
        };
        // Plain punctuation and line ends are chosen for honest reasons (`/` or `\\`, `\n` or `\r\n`).
        let ascii = a.is_ascii() && b.is_ascii();
        // A sign beside a blank is not alike.
        let signs = |text: &str| text.chars().filter(|c| !c.is_whitespace() && !is_unseen(*c)).count();
        a != b && !ascii && plain(a) == plain(b) && signs(a) == signs(b)
    }
}

/// Whether a character shows nowhere and no script of a language needs it, unlike joiners and marks of direction.
pub(crate) fn is_mark(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

/// Whether a character does not show.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e01ef}')
}

/// Whether a character does not show, or is a sign that others are taken for.
fn is_invisible(c: char) -> bool {
    is_unseen(c) || matches!(c, '\u{2010}'..='\u{2015}' | '\u{2018}'..='\u{201f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hidden_list_is_something_decoded_beside_the_surroundings() {
        let by = |given: Labels| Choice { given, at: (0, 0), among: Vec::new() }.is_by_hidden_list();
        assert!(by(Labels::ENDPOINT.with(Labels::DECODED)) && by(Labels::TIME_ZONE.with(Labels::DECRYPTED)));
        assert!(!by(Labels::ENDPOINT) && !by(Labels::DECODED) && !by(Labels::ENV.with(Labels::DECODED)));
        let among = |given: Labels| Choice { given, at: (0, 0), among: Vec::new() }.is_by_hidden_list_among();
        let matched = Labels::TIME_ZONE.with(Labels::DECODED).with(Labels::MATCHED);
        assert!(among(matched) && among(Labels::DIGESTED.with(Labels::DECODED)));
        assert!(!among(matched.without(Labels::MATCHED)) && !among(matched.with(Labels::PARAMETER)));
    }

    #[test]
    fn look_alikes_are_texts_that_only_differ_for_machines() {
        let alike = |a: &str, b: &str| {
            Choice { given: Labels::LOCALE, at: (0, 0), among: vec![a.into(), b.into()] }.is_among_look_alikes()
        };
        assert!(alike("it's", "it\u{2019}s") && alike("a b", "a\u{2009}b") && alike("code", "c\u{43e}de"));
        assert!(!alike("\u{276f} ", "  ") && alike("ab", "a\u{200b}b"));
        let only = |a: &str| Choice { given: Labels::LOCALE, at: (0, 0), among: vec![a.into()] }.is_among_look_alikes();
        assert!(only("1.0.\u{2060}") && !only("1.0") && !only("\u{645}\u{200c}\u{645}"));
        assert!(!alike("\n", "\r\n") && !alike("/", "\\") && !alike("yes", "oui") && !alike("x", "x"));
    }
}

//! The words with which something is kept from a user, in the languages that such orders were seen in, and what only looks
//! like them: what is missing, what did not happen, what is proven without being revealed.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use regex::Regex;

/// Compiles with boundaries of words that know ASCII only: with those of Unicode one letter beyond ASCII would make a
/// search some forty times slower. No word with a boundary begins or ends with such a letter.
pub(super) fn compiled(pattern: &str) -> Option<Regex> {
    Regex::new(&pattern.replace(r"\b", r"(?-u:\b)")).ok()
}

/// Secrecy towards the user.
static SECRECY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compiled(concat!(
        r"(?i)(\b(do not|don't|don’t|never|must not|mustn't|should not|shouldn't|without|avoid|no need to|needn't|not necessary to|refrain from|not)\b",
        // Beyond a comma or a dash another sentence begins, unless it closes again.
        r"(, (under|for|in|at|on|ever|by)\b[^.;!?\n,]{0,30},)?([^.;!?\n,:()>—–-]|[a-z]-[a-z]){0,30}\b(telling|tell( \w+){0,2} (user|users|human|humans|them|him|her|anyone|anybody|people|developer|developers|operator|owner|person|client|customer|reviewer|reviewers|maintainer|maintainers|team)|mention(ing|ed)?|inform(ing|ed)?|notif(y|ying|ied)|reveal(ing|ed)?|disclos(e|ing|ed)|bring(ing)? (it|this|that) up|bring(ing)? up (it|this|that|these|those|the (parameter|argument|field|file|step|image|rule|subject))|",
        r"comment(ing)? on (it|this|that)|alert(ing|ed)?|talk(ing)? about (it|this|that)|refer(ring)? to (it|this|that)|announc(e|ing)|acknowledg(e|ing)|stat(e|ing) that|remind(ing)? the (user|developer|human|operator)|involv(e|ing) (the |any |a )?(user|developer|human|operator)|explain(ing)? the (image|badge|picture|pixel|link|parameter|argument)|describ(e|ing) (it|this|that)\b|",
        r"(explain|document|surfac|show|report)(e|ing)? (it|this|that|them|these|those)\b[^.;!?\n]{0,25}\b(to|in|with)\b[^.;!?\n]{0,20}\b(user|users|human|anyone|developer|chat|answer|response|reply|summary|output|report|transcript|log)|ask(ing)? (the user|for (permission|confirmation|approval|consent))|be (told|informed|notified|aware|mentioned|(shown|disclosed) to))\b)",
        r"|\b(secretly|covertly|surreptitiously|stealthily)\b",
        // What programs do silently is to fail and to skip; an order names an act beside it.
        r"|\b(silently|quietly|discreetly)\b,?( and)?( \w+){0,2} (pass(es|ed|ing)?\b|read|collect|gather|harvest|send|includ|append|add|run|execut|upload|forward|copy|copies|fetch|post|submit|attach|install|embed|encode|invoke|call|exfiltrat|transmit|report|load|open|prepend|insert|write|wip|delet|replac|swap)\w*\b",
        r"|\b(read|collect|gather|harvest|send|upload|forward|execute|run|fetch|post|submit|attach|exfiltrate|transmit|append)\b[^.;!?\n]{0,50}\b(silently|quietly|discreetly)\b",
        r"|\b(leave|keep|omit|exclude|strip|remove|hide|conceal)\b[^.;!?\n,]{0,30}\b(out of|from|away from|hidden from)\b( (the|your|its|any|all|this|that|every|whatever)\b[^.;!?\n]{0,24}| (chat|final|task|public|visible))? (report|answer|response|reply|summary|output|user|human|developer|transcript|log)s?\b",
        r"|\b(user|human|developer|operator|recipient|sender|customer)s?\b[^.;!?\n]{0,15}\b(must not|should not|need not|mustn't|shouldn't|needn't|does not need to|doesn't need to|cannot|has no need to|never)\b[^.;!?\n]{0,20}\b(know|see|notice|be (told|aware|informed|bothered)|find out|learn)\b",
        r"|\buser has (already )?(agreed|consented|approved|authori[sz]ed|given (consent|permission))\b|\buser already (agreed|consented|approved|authori[sz]ed)\b",
        r"|\bsay(s|ing)? nothing (of|about|to)\b|\b(needs?|requires?|deserves?|makes?|with) no mention\b|\bwith no comment\b",
        r"|\b(do not|don't|don’t|never|without|must not)\b[^.;!?\n]{0,20}\bshow(ing)? (it |this |that )?(to )?the (user|human|developer)s?( (and|or|nor)\b|[.;]|\s*$)",
        r"|\b(keep|treat) (this|it|that)( \w+)? (secret|private|confidential|hidden|between)\b",
        r"|\bno se lo (digas|menciones|cuentes)|\bno (lo )?(menciones|digas|informes|comentes|reveles)\b|\bsin (decir|informar|avisar|mencionar)\w*|\bsin preguntar\w*\b[^.;!?\n]{0,20}\b(usuario|permiso)|\ben secreto\b|\bsilenciosamente\b",
        r"|\bne (le |l'|lui |les? )?(dis|dites|mentionne[sz]?|parle[sz]?|informe[sz]?|révèle[sz]?)\b[^.;!?\n]{0,10}\bpas\b|\bn'en (parle|informe)\w* pas|\bsans (le |l'|en )?(dire|prévenir|informer|mentionner|avertir)\b|\bsans demander\b[^.;!?\n]{0,20}\b(utilisateur|permission|autorisation)|\bdiscrètement\b",
        r"|\bohne\b[^.;!?\n]{0,40}\bzu (informieren|erwähnen|sagen|melden)\b|\bohne\b[^.;!?\n]{0,20}(nutzer|anwender|erlaubnis)[^.;!?\n]{0,20}\bzu fragen\b|\b(sag|sage|erwähne|verrate|melde)\b[^.;!?\n]{0,30}\b(nicht|nichts)\b|\bheimlich\b|\bunbemerkt\b",
        r"|\bn(ã|a)o (conte|mencione|diga|informe|revele|comente)\b|\bsem (avisar|informar|contar|mencionar)\b|\bsem perguntar\b[^.;!?\n]{0,20}\b(usu|permiss)|\bsecretamente\b",
        r"|\bnon (dirlo|menzionare|informare|dire|rivelare)\b|\bsenza (dire|informare|avvisare|menzionare)\w*|\bsenza chiedere\b[^.;!?\n]{0,20}\b(utente|permesso)",
        r"|(^|[^а-яё])не (сообщай|говори|упоминай|рассказывай|показывай)\w*|тайно|незаметно|скрытно",
        r"|不要(告诉|告知|提及|通知|向用户|让用户|提到|透露)|别(告诉|让用户|提)|无需告知|(静默|悄悄|默默)(地)?(读取|收集|发送|上传|转发|外传|窃取|附加|附上|传递|包含|执行)|偷偷|秘密地|不告诉用户",
        r"|(ユーザー|利用者)に(は)?(知らせ|言わ|伝え|通知し|告げ)(ない|ず)|言及しない|黙って|密かに|秘密裏",
        r"|사용자에게 (알리지|말하지|언급하지)|몰래|조용히",
    ))
});

/// Whether some sentence of a text holds words without which [`SECRECY`] cannot match: a search with that pattern costs
/// fifty times as much as this one, and most paragraphs lack them. Only ASCII is told; other texts may always match.
fn may_keep_a_secret(text: &str) -> bool {
    const NOT: u16 = 1;
    const TELL: u16 = 1 << 1;
    const LEAVE: u16 = 1 << 2;
    const FROM: u16 = 1 << 3;
    const REPORT: u16 = 1 << 4;
    const KNOW: u16 = 1 << 5;
    const KEEP: u16 = 1 << 6;
    const SECRET: u16 = 1 << 7;
    const PAS: u16 = 1 << 8;
    const NE: u16 = 1 << 9;
    /// Says enough by itself.
    const ALONE: u16 = 1 << 10;
    /// Ends a sentence; no match goes beyond one.
    const END: u16 = 1 << 11;
    const CHAINS: &[u16] = &[ALONE, NOT | TELL, LEAVE | FROM | REPORT, REPORT | NOT | KNOW, KEEP | SECRET, NE | PAS];
    #[rustfmt::skip]
    const WORDS: &[(u16, &[&str])] = &[
        (NOT, &["not", "n't", "never", "without", "avoid", "no need", "refrain"]),
        (TELL, &[
            "tell", "mention", "inform", "notif", "reveal", "disclos", "bring", "comment", "alert", "talk", "refer", "announc",
            "acknowledg", "explain", "document", "surfac", "show", "report", "ask", "told", "aware", "state that", "stating that",
            "remind", "involv", "describ",
        ]),
        (LEAVE, &["leave", "keep", "omit", "exclude", "strip", "remove", "hide", "conceal"]),
        (FROM, &["out of", "from"]),
        (REPORT, &[
            "report", "answer", "response", "reply", "summary", "output", "user", "human", "developer", "operator", "recipient", "sender", "customer", "transcript", "log",
        ]),
        (KNOW, &["know", "see", "notice", "be ", "find out", "learn"]),
        (KEEP, &["keep", "treat"]),
        (SECRET, &["secret", "private", "confidential", "hidden", "between"]),
        (PAS, &["pas"]),
        (NE, &["ne ", "n'en"]),
        (ALONE, &[
            "secretly", "covertly", "surreptitiously", "stealthily", "silently", "quietly", "discreetly", "user has ", "user already ", "nothing of", "nothing about", "nothing to", "no mention", "no comment",
            "digas", "menciones", "cuentes", "informes", "comentes", "reveles", "sin ", "en secreto", "silenciosamente", "sans ",
            "ohne", "nicht", "heimlich", "unbemerkt", "nao ", "sem ", "secretamente", "non ", "senza",
        ]),
        (END, &[".", ";", "!", "?", "\n"]),
    ];
    static SEARCH: LazyLock<Option<(AhoCorasick, Vec<u16>)>> = LazyLock::new(|| {
        let (marks, words): (Vec<u16>, Vec<&str>) =
            WORDS.iter().flat_map(|(mark, words)| words.iter().map(|word| (*mark, *word))).unzip();
        // For more than a hundred words another, slower automaton would be taken.
        let mut builder = AhoCorasick::builder();
        builder.ascii_case_insensitive(true).kind(Some(AhoCorasickKind::DFA));
        Some((builder.build(words).ok()?, marks))
    });
    let Some((search, marks)) = SEARCH.as_ref().filter(|_| text.is_ascii()) else { return true };
    let mut seen = 0;
    search.find_overlapping_iter(text).any(|found| {
        let mark = marks.get(found.pattern().as_usize()).copied().unwrap_or(ALONE);
        seen = if mark == END { 0 } else { seen | mark };
        CHAINS.iter().any(|chain| seen & chain == *chain)
    })
}

/// The words of secrecy in a text.
pub(super) fn secrecy_in(text: &str) -> Option<&str> {
    if !may_keep_a_secret(text) {
        return None;
    }
    let is_meant = |found: &regex::Match<'_>| {
        let before = text.get(..found.start()).unwrap_or_default();
        // A folder is no act: `/run/secrets`.
        let is_folder = before.ends_with('/') && found.as_str().starts_with("run/");
        !is_folder && !describes(found.as_str(), before) && !is_refused(before, found.as_str())
    };
    SECRECY.as_ref()?.find_iter(text).find(is_meant).map(|found| found.as_str())
}

/// Whether something done silently is what is avoided: `instead of silently sending it`, `never silently upload`.
fn is_refused(before: &str, words: &str) -> bool {
    const REFUSES: &[&str] = &[
        "instead of",
        "rather than",
        "never",
        "not",
        "n't",
        "n’t",
        "without",
        "avoid",
        "avoids",
        "prevent",
        "prevents",
        "no",
        // What fails silently does nothing.
        "fail",
        "fails",
        "failed",
        "failing",
    ];
    // Nor does what skips something, or goes back to what was there: `run it; skips silently when a key is set`.
    const IDLE: &[&str] = &[
        "skip",
        "skips",
        "skipped",
        "skipping",
        "ignore",
        "ignores",
        "ignored",
        "return",
        "returns",
        "exit",
        "exits",
        "fall back",
        "falls back",
    ];
    let lower = words.to_ascii_lowercase();
    // `Run nothing silently`, `/run/x no longer silently fails`.
    let closes = ["silently", "quietly", "discreetly"].iter().find_map(|w| lower.strip_suffix(w));
    if closes.is_some_and(|act| {
        let act = act.trim_end();
        act.ends_with("no longer")
            || IDLE.iter().any(|r| act.strip_suffix(r).is_some_and(|rest| rest.ends_with(' ')))
            || REFUSES.iter().any(|r| act.strip_suffix(r).is_some_and(|rest| rest.ends_with(' ')))
    }) {
        return true;
    }
    // `Silently failing to load it`.
    if lower.split_whitespace().nth(1).is_some_and(|w| matches!(w, "fail" | "fails" | "failed" | "failing")) {
        return true;
    }
    let before = before.get(before.floor_char_boundary(before.len().saturating_sub(24))..).unwrap_or_default();
    let before = before.trim_end().to_ascii_lowercase();
    ["silent", "quiet", "discreet"].iter().any(|w| lower.starts_with(w)) && REFUSES.iter().any(|r| before.ends_with(r))
}

/// Whether words tell what is missing somewhere (`options that are not mentioned here`), what did not happen (`could not
/// announce the change`) or how something is not done (`not by announcing it`), and forbid nothing. What shall not *be*
/// mentioned is forbidden.
fn describes(words: &str, before: &str) -> bool {
    const TELLS: &[&str] = &["could", "did"];
    let words = words.to_ascii_lowercase();
    let last = before.trim_end().rsplit(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    let near = || {
        let near = before.get(before.floor_char_boundary(before.len().saturating_sub(400))..).unwrap_or_default();
        near.to_ascii_lowercase()
    };
    // What is proven without being revealed is a number.
    let of_proofs = || {
        const PROOFS: &[&str] = &[
            "zero-knowledge",
            "zero knowledge",
            "witness",
            "membership",
            "prover",
            "verifier",
            "accumulator",
            "credential claim",
            "commitment",
        ];
        let near = near();
        PROOFS.iter().any(|p| near.contains(p))
    };
    (words.ends_with("revealing") || words.ends_with("disclosing")) && of_proofs()
        || words.starts_with("not by ")
        || words.starts_with("not ") && TELLS.iter().any(|t| last.eq_ignore_ascii_case(t))
        // The words of a language, one behind the other.
        || words.contains('|') && !words.contains(char::is_whitespace)
        // How somebody is called upon in a chat.
        || words == "without @mention"
        || words == "without mention" && near().contains("@mention")
        // What is made for alerting tells nobody anything.
        || words.ends_with(" for alerting")
        || (words.starts_with("not ") || words.starts_with("never "))
            && words.ends_with(" mentioned")
            && !words.contains(" be ")
}

#[cfg(test)]
mod tests {
    use regex_syntax::hir::{Class, Hir, HirKind};

    use super::*;

    /// Some text that a pattern matches, as far as ASCII goes. `turn` gives the next number below its argument.
    fn one_of(hir: &Hir, turn: &mut impl FnMut(usize) -> usize, out: &mut String) {
        match hir.kind() {
            HirKind::Empty | HirKind::Look(_) => {}
            HirKind::Literal(literal) => out.push_str(&String::from_utf8_lossy(&literal.0)),
            HirKind::Class(Class::Unicode(class)) => {
                let ascii: Vec<char> =
                    (' '..='~').filter(|c| class.iter().any(|r| r.start() <= *c && *c <= r.end())).collect();
                out.push(ascii.get(turn(ascii.len().max(1))).copied().unwrap_or('\u{44f}'));
            }
            HirKind::Class(Class::Bytes(class)) => out.push(class.iter().next().map_or(' ', |r| char::from(r.start()))),
            HirKind::Repetition(repeated) => {
                let most = repeated.max.unwrap_or(repeated.min + 3).min(repeated.min + 3);
                for _ in 0..repeated.min as usize + turn((most - repeated.min) as usize + 1) {
                    one_of(&repeated.sub, turn, out);
                }
            }
            HirKind::Capture(capture) => one_of(&capture.sub, turn, out),
            HirKind::Concat(parts) => {
                for part in parts {
                    // Boundaries of words are where a blank is.
                    if matches!(part.kind(), HirKind::Look(_)) && turn(2) == 0 && !out.is_empty() {
                        out.push(' ');
                    }
                    one_of(part, turn, out);
                }
            }
            HirKind::Alternation(branches) => {
                if let Some(branch) = branches.get(turn(branches.len())) {
                    one_of(branch, turn, out);
                }
            }
        }
    }

    #[test]
    fn no_words_of_secrecy_are_passed_over() {
        let pattern = SECRECY.as_ref().unwrap();
        let hir = regex_syntax::parse(pattern.as_str()).unwrap();
        let mut state = 7_u64;
        let mut turn = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 33) as usize % below
        };
        let mut matched = 0;
        for _ in 0..20_000 {
            let mut text = String::new();
            one_of(&hir, &mut turn, &mut text);
            if pattern.is_match(&text) {
                matched += usize::from(text.is_ascii());
                assert!(may_keep_a_secret(&text), "{text}");
            }
        }
        assert!(matched > 5_000, "{matched}");
        assert!(!may_keep_a_secret(
            "Reads a file and gives its lines. Not for binary files.\nSee the manual to report errors."
        ));
    }
}

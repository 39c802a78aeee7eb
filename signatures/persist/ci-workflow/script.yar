// persist/ci-workflow: script files

// Workflow text with toJSON(secrets) plus the code that writes or pushes it. Generators pass single named secrets.
rule ci_workflow_plant_secrets {
  meta:
    id = "ci-workflow-plant-secrets"
    severity = "critical"
    confidence = "certain"
    description = "Program plants a CI workflow that exports all secrets"
    reference = "https://www.stepsecurity.io/blog/how-harden-runner-detected-the-sha1-hulud-supply-chain-attack-in-cncfs-backstage-repository"
    date = "2026-11-23"
  strings:
    $p = /\.github["'`,\s\/\\]{1,6}workflows["'`,\s\/\\]{1,6}/
    $t = /\$\{\{\s{0,3}toJSON\(\s{0,3}secrets\s{0,3}\)\s{0,3}\}\}/i
    $w = /wri\BteFile(Sync)?\(|wri\Bte_text\(|\.wri\Bte\(|cre[aA]teOrUpdateFileContents|\/contents\/|git\s{1,2}push|["'`]push["'`]|cre[aA]teCommit|cat > ?\S/
    $x = /\bcurl\b|https?:\/\/|upload-artifact|base64/
    $n = /\bzizmor\b|act[iI]onlint|\bR\BuleTester\b|excessive.{0,10}secrets|o\Bverprovisioned/
  condition:
    filesize < 20MB and $p and $w and not $n and #t < 10 and for any i in (1..#t) : ( $x in (@t[i]-500..@t[i]+500) )
}

// Runner download, registration token and configuration call from JavaScript or Python. Provisioning tools are shell or Terraform.
rule ci_runner_register {
  meta:
    id = "ci-runner-register"
    severity = "high"
    confidence = "likely"
    description = "Program registers the machine as a self-hosted CI runner"
    reference = "https://attack.mitre.org/techniques/T1543/"
    date = "2026-11-23"
  strings:
    $a = /actions\/runner\/releases\/download|actions-runner-linux/
    $b = /registration\b-token|actio\Bns\/runners\b/
    $c = /config\b\.sh[^\n]{0,80}--url|RUNNER_ALLOW_RUNASROOT/
    $d = /nohup|[dD]etached|\.\/run\.sh|\.unref\(\)|st[aA]rt_new_session/
  condition:
    filesize < 12MB and all of them
}

// Creating a repository with a found token and committing encoded environment or file data.
rule ci_repo_dead_drop {
  meta:
    id = "ci-repo-dead-drop"
    severity = "high"
    confidence = "likely"
    description = "Collected environment data is committed to a new repository"
    reference = "https://github.com/nrwl/nx/security/advisories/GHSA-cxm3-wv7p-598c"
    date = "2026-11-23"
  strings:
    $a = /["'`\/]user\/repos["'`]|cre[aA]teForAuthenticatedUser/
    $b = /\/[cC]ontents\/|cre[aA]teOrUpdateFileContents/
    $e = /process\b\.env\b|os\.environ/
    $f = /toString\(["'`]base\B64["'`]\)|b64encode\(/
    $g = /(JSON\.stringify\([^\n]{0,60}process\.env|dict\(os\.environ|gh auth token|\.npmrc|_authToken|\.\.\.process\.env)/
  condition:
    filesize < 200KB and all of them
}

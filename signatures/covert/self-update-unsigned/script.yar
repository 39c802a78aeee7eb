// npm i -g X@latest or pip install --upgrade from code, quietly. Update commands that the user calls look the same.
rule self_update_unsigned_package {
  meta:
    id = "self-update-unsigned-package"
    severity = "medium"
    confidence = "likely"
    description = "Program reinstalls a package at its latest version while it runs"
    reference = "https://attack.mitre.org/techniques/T1195/002/"
    date = "2026-11-23"
  strings:
    $a = /(execSy\Bnc\(|spawnSy\Bnc\(|exec\(|spawn\(|execa\(|os\.syst\Bem\(|subprocess\.\w{3,14}\(|Pop\Ben\()\s{0,3}[\["'`(f]{1,3}[^\n]{0,40}(npm (i|install) (-g|--global)|npm update -g|bun add -g|pnpm add -g)[^\n]{0,60}(@latest|\$\{|["'`])[^\n]{0,80}(stdio["']?: ?["']ignore|detached|unref|--silent|-s\b|\/dev\/null|DEVNULL|windowsHide|--quiet)/
    $b = /(os\.system|subprocess\.\w{3,14}|Popen)\(\s{0,3}[^\n]{0,60}pip["', 3]{1,6}install[^\n]{0,100}(--trusted-host|--index-url["', =]{1,5}http:)[^\n]{0,100}/
    $c = /(os\.system|subprocess\.\w{3,14}|Popen)\(\s{0,3}[^\n]{0,60}pip["', 3]{1,6}in\Bstall["',\s]{1,5}(-U|--upgrade)[^\n]{0,100}(DEVNULL|\/dev\/null|--quiet|["']-q)/
  condition:
    filesize < 200KB and any of them
}

// The running program is replaced by what an address gives whose certificate nobody looked at. Look-alikes: updaters that check a sum or a
// signature name it.
rule self_update_unsigned_go {
  meta:
    id = "self-update-unsigned-go"
    severity = "high"
    confidence = "likely"
    description = "Program replaces itself with what it downloads without any check, not even of certificates"
    reference = "https://attack.mitre.org/techniques/T1105/"
    date = "2026-11-30"
  strings:
    $x = "os.Executable("
    $r1 = "os.Rename("
    $r2 = "os.WriteFile("
    $n1 = "http.Get("
    $n2 = "http.NewRequest"
    $n3 = ".Get(\"http"
    $i1 = /InsecureSkipVerify:\s{0,4}true/
    $i2 = /"http:\/\/[a-z0-9][a-z0-9.-]{3,80}(:\d{1,5})?\//
    $l = /"http:\/\/(localhost|127\.0\.0\.1|\[::1\])/
    $v1 = "sha256"
    $v2 = "SHA256"
    $v3 = "sha512"
    $v4 = "ecksum"
    $v5 = "ignature"
    $v6 = "Verify("
    $v7 = "minisign"
    $v8 = "openpgp"
    $v9 = "ed25519"
    $v10 = "cosign"
  condition:
    filesize < 100KB and $x and any of ($r*) and any of ($n*) and ($i1 or $i2 and not $l) and not any of ($v*)
}

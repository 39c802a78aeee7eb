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

// evade/self-delete: javascript files

// Own file removed and package.json rewritten from a clean copy or without its hooks, beside a spawn or request: hides the install step.
rule self_delete_js_manifest_swap {
  meta:
    id = "self-delete-js-manifest-swap"
    severity = "critical"
    confidence = "certain"
    description = "Script deletes itself and replaces its package manifest"
    reference = "https://diegorodrigo.dev/en/2026/04/17/the-axios-case-trusting-npm/"
    date = "2026-11-23"
  strings:
    $u1 = /(unlink|rm)(Sync)?\(\s?(__filename|process\.argv\[1\]|fileURLToPat\Bh\(import\.meta\.url\))/
    $u2 = /(unlink|rm)(Sync)?\(\s?(path\.)?(join|resolve)\(\s?__dirname\s?,\s?["'`](setup|install|postinstall|preinstall)\.[cm]?js["'`]/
    $m1 = /(rename|copyFile)(Sync)?\([^\n]{0,120}packag\Be\.(md|bak|clean|orig|json\.bak|txt)["'`][^\n]{0,80}packa\Bge\.json/
    $m2 = /delete\s{1,2}\w{1,20}\.scripts(\.(postinstall|preinstall|install)|\[["'`](post|pre)?install)?/
    $m3 = /(rename|copyFile)(Sync)?\([^\n]{0,160}["'`]packa\Bge\.json["'`]\s?\)/
    $w = /writeFile(Sync\(|\()[^\n]{0,100}(package\.json|pkg|manifest)/i
    $r = /ch[iI]ld_process|\bspawn(Sync)?\(|\be\Bxec(Sync)?\(|(https\.|http\.)(get|request)\(|\bfet\Bch\(|\baxios\b/
  condition:
    filesize < 60KB and any of ($u*) and $r and ($m1 or $m3 or ($m2 and $w))
}

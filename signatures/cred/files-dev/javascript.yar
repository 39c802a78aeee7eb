// cred/files-dev: javascript files

// A regex over _authToken plus .npmrc plus a request. npm clients read the token through their config layer and send it to the registry only.
rule files_dev_js_npm_token_send {
  meta:
    id = "files-dev-js-npm-token-send"
    severity = "high"
    confidence = "likely"
    description = "Pulls an npm auth token out of .npmrc and sends data"
    reference = "https://github.com/eslint/eslint-scope/issues/39"
    date = "2026-11-23"
  strings:
    $n = /["'`\/\\]\.npmrc\b/
    $t = /_authToken\s{0,3}(\\s[*+]|=|\[)[^\n]{0,40}/
    // A token that is written there, as those who publish do, is put behind the name.
    $written = /_authToken\s{0,3}=\s{0,3}(\\?\$\{|["'`]\s?\+)/
    $m = /\.match\(|\.exec\(|\.matchAll\(|\.split\(/
    $j1 = /\baxios(\.(post|put|request))?\s?\(/
    $j2 = /["'`]POST["'`]/
    $j3 = "sendBeacon("
    $j4 = /https\.request\(|http\.request\(/
    $j5 = /\b(needle|superagent|request|undici)\.\bpost\(/
    $j6 = /\bnet\.(connect|createConnection)\(/
    $j7 = "dns.resolve"
    $j8 = /\bfet\Bch\(\s{0,8}["'`]https?:/
    $j9 = /\bcurl\b[^\n]{0,120}\s(-F|-T|-d|--data|--upload-file|-X\s?POST)/
  condition:
    filesize < 60KB and $n and #t > #written and $m and any of ($j*)
}

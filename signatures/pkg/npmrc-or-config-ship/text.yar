// .npmrc/.yarnrc/pip.conf/Cargo config with another registry. Look-alikes: monorepo leftovers, company mirrors.
rule npmrc_or_config_ship_registry {
  meta:
    id = "npmrc-or-config-ship-registry"
    severity = "medium"
    confidence = "likely"
    description = "A shipped package-manager configuration changes the registry"
    reference = "https://attack.mitre.org/techniques/T1195.001/"
    date = "2026-11-23"
  strings:
    $n1 = /(\n@[\w-]{1,40}:registry|\nregistry) ?= ?["']?https?:\/\//
    $n2 = /registry=https?:\/\//
    $no = /registry ?= ?["']?https?:\/\/(registry\.(npmjs\.org|yarnpkg\.com|npmmirror\.com)|npm\.pkg\.github\.com)/
    $p = /\[(global|install|easy_install)\]\s{1,4}[^\[]{0,200}(index[-_]url|extra[-_]index[-_]url|find[-_]links) ?= ?http/
    $y = /\nn\BpmRegistryServer: ?["']?https?:\/\//
    $po = /(index[-_]url|extra[-_]index[-_]url) ?= ?https\b:\/\/pypi\.org/
  condition:
    filesize < 4KB and ((($n1 or $n2 at 0) and not $no) or ($p and not $po) or $y)
}

// git=, script-shell=, node-options=--require or a cargo runner/rustc-wrapper in a package: the next install in that tree runs it. Look-alikes: cargo runners for
// embedded targets (probe-run), kept as likely only.
rule npmrc_or_config_ship_command {
  meta:
    id = "npmrc-or-config-ship-command"
    severity = "high"
    confidence = "likely"
    description = "A shipped package-manager configuration names a program or preload to run"
    reference = "https://attack.mitre.org/techniques/T1574/"
    date = "2026-11-23"
  strings:
    $a = /\n(git|script-shell|shell|editor|viewer|onload-script|prefix|globalconfig|init-module) ?= ?["']?(\.{1,2}\/|\/tmp\/|node |sh |bash |cmd|powershell|~\/)[^\n]{0,160}/
    $a0 = /(git|script-shell|onload-script|init-module) ?= ?["']?(\.{1,2}\/|\/tmp\/|node |sh |bash |cmd|powershell)/
    $b = /\nnode-options ?= ?["']?(-r|--require|--import|--loader|--experimental-loader)[ =]/
    $b0 = /nod\Be-options ?= ?["']?(-r|--require|--import|--loader)[ =]/
    $c = /\n(rustc-wrapper|rustc-workspace-wrapper|linker|rustc) ?= ?["'](\.{1,2}\/|\/tmp\/|sh |bash |curl)/
  condition:
    filesize < 8KB and ($a or $b or $c or $a0 at 0 or $b0 at 0)
}

// registry/index-url over http:// or to a bare address, or strict-ssl off. Look-alikes: lab mirrors on private addresses.
rule npmrc_or_config_ship_plain_http {
  meta:
    id = "npmrc-or-config-ship-plain-http"
    severity = "high"
    confidence = "likely"
    description = "A shipped package-manager configuration uses a plain-HTTP or bare-address index"
    reference = "https://attack.mitre.org/techniques/T1195.001/"
    date = "2026-11-23"
  strings:
    $a = /(\n|\])\s{0,4}(registry|index-url|extra-index-url|find-links|index_url) ?[=:] ?["']?https?:\/\/([1-9]|1[1-9]|[2-9]\d|1([01]\d|2[0-689]|[345]\d|6[0-8]|7[013-9]|8\d|9[013-9])|2\d\d|192\.0)(\.\d{1,3}){2,3}/
    $a0 = /registry ?= ?["']?http:\/\//
    $b = /\n(registry|index-url|extra-index-url) ?= ?["']?http\b:\/\//
    $c = /\nstrict-ssl ?= ?false/
    $l = /http:\B\/\/(localhost|127\.|10\.|192\.168\.)/
  condition:
    filesize < 8KB and ($a or $a0 at 0 or $b or ($c and $b)) and not $l
}

// _authToken or a .pypirc password in a published file: a leak, and the start of many takeovers.
rule npmrc_or_config_ship_token {
  meta:
    id = "npmrc-or-config-ship-token"
    severity = "medium"
    confidence = "certain"
    description = "A shipped configuration carries a registry token"
    reference = "https://attack.mitre.org/techniques/T1552.001/"
    date = "2026-11-23"
  strings:
    $a = /:_(authToken|auth|password) ?= ?["']?[A-Za-z0-9_\/+=-]{20}/
    $b = /\npassword ?[:=] ?pypi-[A-Za-z0-9_-]{20}/
  condition:
    any of them and filesize < 20KB
}

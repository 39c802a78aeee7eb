// git, github: or https tarball as version. Look-alikes: forks with a fix, monorepos.
rule dep_by_url_npm_git {
  meta:
    id = "dep-by-url-npm-git"
    severity = "low"
    confidence = "likely"
    description = "A package manifest takes a dependency from a repository or archive"
    reference = "https://attack.mitre.org/techniques/T1195.001/"
    date = "2026-11-23"
  strings:
    $a = /":( "|")(git\+(https?|ssh|file):\/\/|git:\/\/|github:|gitlab:|bitbucket:|gist:)[^"\n]{4,200}"/
    $b = /": ?"https\b:\/\/[^"\n]{4,200}\.(tgz|tar\.gz)"/
    $d = /"(optionalD|d|peerD|devD)ependencies"/
    $l = "\"lockfileVersion\""
    $r = /"(url|repository|homepage)" ?:( "|")(git\+|git:|github:)/
  condition:
    ($d and not $l and (#a > #r or $b)) and (uint8(0) == 0x7b or uint8(0) <= 0x20 or uint8(0) == 0xef)
}

// A dependency value that starts with http:// is not seen by registry scanners and can change per request.
rule dep_by_url_npm_http {
  meta:
    id = "dep-by-url-npm-http"
    severity = "high"
    confidence = "certain"
    description = "A package manifest takes a dependency over plain HTTP or from a bare address"
    reference = "https://www.koi.ai/blog/phantomraven-npm-malware-hidden-in-invisible-dependencies"
    date = "2026-11-23"
  strings:
    $a = /"(optionalD|d|peerD)ependencies"\s{0,4}:\s{0,4}\{[^}]{0,400}": ?"http:\/\//
    $b = /"(optionalD|d|peerD)ependencies"\s{0,4}:\s{0,4}\{[^}]{0,400}": ?"https?:\/\/([1-9]|1[1-9]|[2-9]\d|1([01]\d|2[0-689]|[345]\d|6[0-8]|7[013-9]|8\d|9[013-9])|2\d\d|192\.0)(\.\d{1,3}){2,3}/
    $l = "\"lockfileVersion\""
  condition:
    (any of ($a,$b) and not $l and filesize < 100KB) and (uint8(0) == 0x7b or uint8(0) <= 0x20 or uint8(0) == 0xef)
}

// optionalDependencies to a git commit: its prepare script runs at install and failure stays silent. Look-alikes: very rare in published packages.
rule dep_by_url_npm_commit {
  meta:
    id = "dep-by-url-npm-commit"
    severity = "high"
    confidence = "likely"
    description = "An optional dependency is pinned to a bare repository commit"
    reference = "https://happyberg.com/blog/tanstack-mini-shai-hulud/"
    date = "2026-11-23"
  strings:
    $a = /"optionalDependencies"\s{0,4}:\s{0,4}\{[^}]{0,300}": ?"(git\+|git:|github:|https:\/\/github\.com\/|gist:|[\w-]{1,40}\/)[^"\n]{4,160}#[0-9a-f]{7,40}"/
    $b = /ependencies"\s{0,4}:\s{0,4}\{[^}]{0,300}": ?"(gist:|git\+https?:\/\/gist\.|https:\/\/gist\.github)/
    $l = "\"lockfileVersion\""
  condition:
    (any of ($a,$b) and not $l) and (uint8(0) == 0x7b or uint8(0) <= 0x20 or uint8(0) == 0xef)
}

// Requires-Dist or requirement line with a direct reference. PyPI refuses direct references on upload, so a wheel with one came from elsewhere.
rule dep_by_url_py_metadata {
  meta:
    id = "dep-by-url-py-metadata"
    severity = "medium"
    confidence = "likely"
    description = "Python metadata or requirements take a dependency from an URL"
    reference = "https://attack.mitre.org/techniques/T1195.001/"
    date = "2026-11-23"
  strings:
    $a = /\nRequires-Dist: ?[\w.\[\]-]{1,80} ?@ ?(git\+|https?:|file:)/
    $b = /\n(--extra-index-url|--index-url|-i|--find-links|-f) ?=?h\w{3,4}:\/\/[^\s]{4,200}/
    $bo = /(--extra-index-url|--index-url|-i|--find-links|-f) ?=?https\b:\/\/(pypi\.org|download\.pytorch\.org|pypi\.python\.org|data\.pyg\.org|test\.pypi\.org|pypi\.nvidia\.com|storage\.googleapis\.com|pypi\.ngc\.nvidia\.com)/
    $c = /\n[\w.\[\]-]{1,60} ?@ ?http:\/\//
  condition:
    filesize < 400KB and ($a or $c or ($b and not $bo and filesize < 20KB))
}

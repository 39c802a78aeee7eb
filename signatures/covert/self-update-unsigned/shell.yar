// curl or wget into $0 or BASH_SOURCE, or plain HTTP or -k into a system path and exec; no checksum or signature word in the file.
rule self_update_unsigned_sh {
  meta:
    id = "self-update-unsigned-sh"
    severity = "high"
    confidence = "likely"
    description = "Shell script overwrites itself with a download without any check"
    reference = "https://attack.mitre.org/techniques/T1105/"
    date = "2026-11-23"
  strings:
    $a = /(curl|wget) [^\n]{0,160}(-o|-O|>|--output) ?["']?(\$0|\$\{0\}|\$\{?BASH_SOURCE|\$\{?SELF\b|\$\{?self\b|\$\(readlink -f ["']?\$0|\$\(realpath ["']?\$0|\$\(command -v)/
    $b = /(curl [^\n]{0,60}(-k|--insecure)[^\n]{0,120}|wget [^\n]{0,40}--no-check-certificate[^\n]{0,120}|(curl|wget) [^\n]{0,60}http:\/\/[^\n]{0,100})(-o|-O|>|--output) ?["']?(\/usr\/(local\/)?s?bin\/|\/opt\/[a-z0-9_-]{2,30}\/)[^\n]{2,60}/
    $m = /(mv|cp|install) [^\n]{0,60} ["']?(\$0|\$\{0\}|\$\{?BASH_SOURCE)/
    $n = /(curl|wget) [^\n]{0,100}(https|http):\/\//
    $v1 = "sha256"
    $v2 = "SHA256"
    $v3 = "sha512"
    $v4 = "SHA512"
    $v5 = "eateHash"
    $v6 = "hashlib"
    $v7 = "ecksum"
    $v8 = "Checksum"
    $v9 = "signature"
    $v10 = "Signature"
    $v11 = "verify"
    $v12 = "Verify"
    $v13 = "minisign"
    $v14 = "gpg"
    $v15 = "egrity"
    $v16 = "cosign"
    $v17 = "ed25519"
    $v18 = "publicKey"
    $v19 = "public_key"
  condition:
    filesize < 80KB and ($a or $b or ($m and $n)) and not any of ($v*)
}

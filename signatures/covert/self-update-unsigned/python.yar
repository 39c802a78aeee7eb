// Opens __file__, sys.argv[0] or sys.executable for writing with downloaded content; no hash or signature word in the file.
rule self_update_unsigned_py {
  meta:
    id = "self-update-unsigned-py"
    severity = "high"
    confidence = "likely"
    description = "Program downloads a new copy of itself and replaces its own file without any check"
    reference = "https://attack.mitre.org/techniques/T1105/"
    date = "2026-11-23"
  strings:
    $w1 = /open\(\s{0,3}(__file__|sys\.argv\[0\]|sys\.executable|os\.path\.(abspath|realpath)\((__file__|sys\.argv\[0\])\))\s{0,3},\s{0,3}["']w/
    $w2 = /(os\.replace|os\.rename|shutil\b\.move|shut\Bil\.copy\w{0,4})\([^\n]{2,80},\s{0,3}(__file__|sys\.argv\[0\]|sys\.executable|os\.path\.(abspath|realpath)\((__file__|sys\.argv\[0\])\))/
    $w3 = /urlretrieve\([^\n]{2,120},\s{0,3}(__file__|sys\.argv\[0\]|sys\b\.executable|os\.path\.(abspath|realpath)\()/
    $w4 = /Path\((__file__|sys\.argv\[0\])\)[^\n]{0,30}\.write_(bytes|text)\(\s{0,9}(r|res|resp|response|data|content|new\w{0,12}|code|update\w{0,12}|body|text|src|source|latest\w{0,8}|remote\w{0,8}|payload|requests|urlopen|urllib|httpx)\b/
    $n1 = "requests.get("
    $n2 = "urlopen("
    $n3 = "urlretrieve("
    $n4 = "httpx.get("
    $n5 = "http.client"
    $n6 = "curl "
    $n7 = "wget "
    $v1 = "sha256"
    $v2 = "SHA256"
    $v3 = "sha512"
    $v4 = "SHA512"
    $v5 = "eateHash"
    $v6 = "hashlib"
    $v7 = "ecksum"
    $v8 = "Checksum"
    $v9 = "gnature"
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
    filesize < 80KB and any of ($w*) and any of ($n*) and not any of ($v*)
}

// An archive is unpacked over the program's own folder, and the program begins anew as what it has become. Fetched without a certificate that was
// looked at.
rule self_update_unsigned_py_archive {
  meta:
    id = "self-update-unsigned-py-archive"
    severity = "high"
    confidence = "likely"
    description = "Program unpacks an archive over itself and starts again, and nothing vouches for where it came from"
    reference = "https://attack.mitre.org/techniques/T1105/"
    date = "2026-11-29"
  strings:
    $w = /(extractall|unpack_archive)\([^\n]{0,60}(__file__|\b_{0,2}(HERE|here|ROOT|root|BASE|base|PKG|pkg|SELF|self)(_DIR|_dir|_PATH|_path|DIR)?\b)/
    $x = /os\.exec[lv]p?e?\(\s{0,4}sys\.executable/
    $n = /urlopen\(|requests\.get\(|httpx\.get\(|urlretrieve\(|http\.client/
    $u1 = "CERT_NONE"
    $u2 = "verify=False"
    $u3 = "_create_unverified_context"
    $u4 = /["']http:\/\/[a-z0-9][^"'\n]{4,80}["']/
    $l = /["']http:\/\/(localhost|127\.0\.0\.1)/
  condition:
    filesize < 80KB and $w and $x and $n and (any of ($u1, $u2, $u3) or #u4 > #l)
}

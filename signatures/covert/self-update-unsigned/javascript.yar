// Writes a response over its own script or executable; no hash, signature or verify word anywhere in the file.
rule self_update_unsigned_js {
  meta:
    id = "self-update-unsigned-js"
    severity = "high"
    confidence = "likely"
    description = "Program downloads a new copy of itself and replaces its own file without any check"
    reference = "https://attack.mitre.org/techniques/T1105/"
    date = "2026-11-23"
  strings:
    $w = /(writeFile\(|writeFileSync\(|createWriteStream\(|rename\(|renameSync\(|copyFile\(|copyFileSync\()[^;\n]{0,80}(process\.execPath|__filename|process\.argv\[1\]|require\.main\.filename|fileURLToPath\(import\.meta\.url\)|selfPath|self_path)/
    $n1 = "fetch("
    $n2 = "https.get("
    $n3 = "http.get("
    $n4 = "axios.get("
    $n5 = "axios("
    $n6 = "got("
    $n7 = "curl "
    $n8 = "wget "
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
    filesize < 80KB and $w and any of ($n*) and not any of ($v*)
}

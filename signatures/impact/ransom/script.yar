// impact/ransom: script files

// Walk, cipher, rewrite and payment words. Vault tools encrypt a given file and ask no coins.
rule ransom_walk_encrypt {
  meta:
    id = "ransom-walk-encrypt"
    severity = "high"
    confidence = "certain"
    description = "Walks user files, encrypts them and leaves a demand"
    reference = "https://attack.mitre.org/techniques/T1486/"
    date = "2026-11-23"
  strings:
    $w = /os\.walk\(|\.rglob\(|readdirSync\(|readdir\(|Get-ChildItem[^\n]{0,60}-Recurse|os\.listdir\(/
    $c = /Fernet\(|AES\.new\(|createCipheriv\(|AesManaged|AesCryptoServiceProvider|\.encrypt\(/
    $o = /["'](wb|rb\+|r\+b)["']|wr\BiteFile(Sync)?\(|Wri[tT]eAllBytes|os\.rename\(|ren[aA]meSy\Bnc\(/
    $n1 = /(your|all|important)\s[^\n]{0,24}(files|data|documents)\s[^\n]{0,30}(encrypted|locked)/i
    $n2 = /\b([Bb]itcoin|BTC|[Mm]onero|XMR|r\Bansom|decryption key|decrypt your)\b/
    $n3 = /\.(locked|encrypted|crypt|enc|pay)["'`]/
    $n4 = /(READ_?ME|HOW_TO|RECOVER|RESTORE|DECRYPT|ransom)[\w-]{0,24}\.(txt|html)/
  condition:
    filesize < 80KB and $w and $c and $o and 2 of ($n*)
}

// Home or desktop folder, walk, cipher, delete or rename of the original.
rule ransom_home_encrypt {
  meta:
    id = "ransom-home-encrypt"
    severity = "high"
    confidence = "likely"
    description = "Encrypts files below the user's folders in place"
    reference = "https://attack.mitre.org/techniques/T1486/"
    date = "2026-11-23"
  strings:
    $h = /exp\Bandus\Ber\(|Pa\Bth\.home|homedir\(\)|U\BSERPROFILE|["'\/\\](Desktop|Documents|Pictures)["'\/\\]/
    $w = /os\.walk\(|\.rglob\(|readdirSync\(|readdir\(/
    $c = /Fernet\(|AES\.new\(|createCipheriv\(/
    $d = /os\.(remove|unlink|rename|replace)\(|unlink(Sync)?\(|rename(Sync)?\(/
    $e = /\.encrypt\(|cipher\.update\(/
    $l = /["']\.(docx?|xlsx?|pdf|jpe?g|png|sql|txt|mp4|zip)["'][^\n]{0,60}["']\.(docx?|xlsx?|pdf|jpe?g|png|sql|pptx?|mp4|zip)["']|\.(locked|encrypted|crypt|enc)["'`]/
    $q = /decrypt/
  condition:
    filesize < 40KB and $h and $w and $c and $d and $e and $l and not $q
}

// From script code; administration guides show it as text.
rule ransom_shadow_delete {
  meta:
    id = "ransom-shadow-delete"
    severity = "high"
    confidence = "certain"
    description = "Deletes backups or recovery settings of Windows"
    reference = "https://attack.mitre.org/techniques/T1490/"
    date = "2026-11-23"
  strings:
    $a = /vssadmin(\.exe)?["',\s]{1,6}delete["',\s]{1,6}shadows/i
    $b = /wmic(\.exe)?["',\s]{1,6}shadowcopy["',\s]{1,6}delete/i
    $c = /wbadmin(\.exe)?["',\s]{1,6}delete["',\s]{1,6}(catalog|systemstatebackup)/i
    $d = /bcdedit(\.exe)?[^\n]{0,60}recoveryenabled["',\s]{1,6}no\b/i
  condition:
    filesize < 300KB and any of them
}

// One function encrypts, writes and removes, another writes the demand. Vault tools ask no coins.
rule ransom_seal_note {
  meta:
    id = "ransom-seal-note"
    severity = "high"
    confidence = "certain"
    description = "Encrypts files, removes what they were made of and leaves a demand"
    reference = "https://attack.mitre.org/techniques/T1486/"
    date = "2026-11-29"
  strings:
    $c = /\.Seal\(|NewGCM\(|XORKeyStream\(|\.encrypt\(|Aes256Gcm|ChaCha20|CryptoStream\(/
    $o = /os\.(WriteFile|Create|OpenFile)\(|fs::write\(|File::create\(|WriteAllBytes\(|\.write_all\(/
    $d = /os\.(Remove|Rename)\(|fs::(remove_file|rename)\(|File\.(Delete|Move)\(/
    $n1 = /(YOUR|ALL|your|all)\s[^\n]{0,24}(FILES|DATA|DOCUMENTS|files|data|documents)\s[^\n]{0,30}(ENCRYPTED|LOCKED|encrypted|locked)/
    $n2 = /\b([Bb]itcoin|BTC|[Mm]onero|XMR|decryption key|decrypt your)\b/
    $n3 = /\b(bc1q[a-z0-9]{30,60}|0x[0-9a-fA-F]{40}|4[0-9AB][1-9A-HJ-NP-Za-km-z]{93})\b/
    $n4 = /(READ_?ME|HOW_TO|RECOVER|RESTORE|DECRYPT|UNLOCK)[\w-]{0,24}\.(txt|html)/
  condition:
    filesize < 80KB and $c and $o and $d and $n3 and 2 of ($n1, $n2, $n4)
}

// echo <literal> | base64 -d | sh, or eval of the same. Installers that carry a payload (makeself) unpack archives, not shell text in one line.
rule decode_exec_sh_pipe {
  meta:
    id = "decode-exec-sh-pipe"
    severity = "critical"
    confidence = "certain"
    description = "A literal is base64-decoded and piped to an interpreter"
    reference = "https://attack.mitre.org/techniques/T1140/"
    date = "2026-11-23"
  strings:
    $a = /echo (-n |-e )?["']?[A-Za-z0-9+\/=]{24,}["']? ?\| ?base64 (-d|-D|--decode|-di) ?\| ?(sudo )?(\/bin\/|\/usr\/bin\/env )?(ba|z|da)?sh\b/
    $b = /\| ?bas[eE]64 (-d|-D|--decode|-di) ?\| ?(gunzip|gzip -d|zcat|xz -d) ?[^|\n]{0,12}\| ?(sudo )?(ba|z|da)?sh\b/
    $c = /(eval|bash -c|sh -c) ["']?(\$\(|`) ?(echo|printf) [^\n)|]{16,4000}\| ?bas[eE]64 (-d|-D|--decode)/
    $d = /bas[eE]64 (-d|-D|--decode) ?<<< ?["']?[A-Za-z0-9+\/=]{24,}["']? ?\| ?(ba|z|da)?sh\b/
  condition:
    any of them and filesize < 1MB
}

// openssl enc -d, xxd -r, tr or rev in front of a shell or python. Look-alikes: self-extracting installers (tail -n + | tar), which do not run the text.
rule decode_exec_sh_other {
  meta:
    id = "decode-exec-sh-other"
    severity = "high"
    confidence = "likely"
    description = "Decoded or decrypted text is piped to an interpreter"
    reference = "https://attack.mitre.org/techniques/T1140/"
    date = "2026-11-23"
  strings:
    $a = /o\Bpenssl (enc|aes[\w-]{3,16}|base64) [^\n|]{0,160}-d[^\n|]{0,160}\| ?(sudo )?(ba|z|da)?sh\b/
    $b = /xxd -r( -p|p)?[^\n|]{0,40}\| ?(sudo )?((ba|z|da)?sh|python3?|perl)\b/
    $c = /\| ?bas[eE]64 (-d|-D|--decode|-di)[^\n|]{0,20}\| ?(sudo )?((ba|z|da)?sh|python3?|perl|node|ruby|php)\b/
    $d = /python3? -c ["']{1,3}[^\n]{0,80}(exec\(|eval\()[^\n]{0,60}(b64decode|decompress|fromhex|urlopen)/
    $e = /eval ["']?\$\( ?(base64|openssl|xxd) /
  condition:
    any of them and filesize < 1MB
}

// IEX over FromBase64String or a decompressed stream. Management agents encode for transport but run script blocks, not Invoke-Expression.
rule decode_exec_ps_frombase64 {
  meta:
    id = "decode-exec-ps-frombase64"
    severity = "high"
    confidence = "likely"
    description = "PowerShell evaluates text decoded from base64"
    reference = "https://attack.mitre.org/techniques/T1059.001/"
    date = "2026-11-23"
  strings:
    $a = /(iex|Invoke-Expression)\b[^\n]{0,120}FromBase64String/i
    $b = /FromBase64String[^\n]{0,300}\| ?(iex|Invoke-Expression)\b/i
    $c = /(DeflateStream|GzipStream)[^\n]{0,400}ReadToEnd\(\)[^\n]{0,20}(\||\)) ?(iex|Invoke-Expression|&)/i
    $d = /\[ScriptBlock\]::Create\([^\n]{0,80}FromBase64String/i
    $e = /\[(System\.)?Reflection\.Assembly\]::Load\([^\n]{0,60}FromBase64String/i
  condition:
    any of them
}

// VBA and VBScript: the class of an object is spelled in numbers that a function of the script's own decodes. Look-alikes: none known; classes
// have names.
rule decode_exec_vba_object {
  meta:
    id = "decode-exec-vba-object"
    severity = "high"
    confidence = "likely"
    description = "The class of an object is decoded before it is made"
    reference = "https://attack.mitre.org/techniques/T1027/"
    date = "2026-11-29"
  strings:
    $a = /CreateObject\s?\(\s?\w{1,40}\s?\(\s?"(\d{1,4}[ ,;.:|-]){5,60}\d{1,4}"/ nocase
    $b = /CreateObject\s?\(\s?\w{1,40}\s?\(\s?"[0-9a-f]{16,120}"/ nocase
    $c = /CreateObject\s?\(\s?(Chr[WB]?\$?\s?\(\s?\d{2,3}\s?\)\s?&\s?){5,60}/ nocase
  condition:
    filesize < 400KB and any of them
}

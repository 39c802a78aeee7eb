// MSBuild: the address of what an inline task fetches is decoded. Look-alikes: tasks that decode certificates and settings, which fetch
// nothing.
rule decode_exec_msbuild_address {
  meta:
    id = "decode-exec-msbuild-address"
    severity = "high"
    confidence = "likely"
    description = "An inline build task decodes what it fetches or runs"
    reference = "https://attack.mitre.org/techniques/T1140/"
    date = "2026-11-29"
  strings:
    $t = /(Roslyn)?CodeTaskFactory/
    $d = /FromBase64String\s?\(|\^=? ?(0x[0-9a-fA-F]{1,2}|\d{1,3})\b|FromHexString\s?\(/
    $l = /Assembly\.(Load|LoadFrom|UnsafeLoadFrom)\s?\(|Process\.Start\s?\(|AppDomain\.CurrentDomain\.Load\(/
  condition:
    filesize < 200KB and all of them
}

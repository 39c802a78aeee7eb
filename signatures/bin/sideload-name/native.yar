// Three or more forwarders to C:\Windows\System32\x.Func or to name_orig.Func: the proxy of a side-loaded library. Windows
// api-set files forward without a path.
rule sideload_name_forwarders {
  meta:
    id = "sideload-name-forwarders"
    severity = "high"
    confidence = "likely"
    description = "Library forwards its exports to a renamed or absolute copy of a system library"
    reference = "https://attack.mitre.org/techniques/T1574/002/"
    date = "2026-11-23"
  strings:
    $a = /[Cc]:\\[Ww]indows\\[Ss]ystem32\\[A-Za-z0-9_]{3,14}\.[A-Z][A-Za-z0-9_]{3,40}\x00/
    $b = /\x00[A-Za-z0-9]{3,14}_(orig|org|original|real|old|proxy|bak)\.[A-Z][A-Za-z0-9_]{3,40}\x00/
    $dot = ".dll\x00"
  condition:
    uint16(0) == 0x5a4d and (#a >= 3 or #b >= 3) and $dot
}

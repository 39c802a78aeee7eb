// impact/wiper: shell files

// rm -rf with the bare home or root, outside of comments. Clean scripts name a folder below.
rule wiper_sh_root {
  meta:
    id = "wiper-sh-root"
    severity = "high"
    confidence = "likely"
    description = "Shell script deletes the home directory or root"
    reference = "https://attack.mitre.org/techniques/T1485/"
    date = "2026-11-23"
  strings:
    $a = /(^|[\n;&|{]\s{0,8}|then\s|do\s|else\s|sudo\s)rm\s{1,2}-(rf|fr|Rf|r\s-f)\s{1,2}(--n\Bo-preserve-root\s{1,2})["']?(\/|~|\$HOME)\S{0,40}/
    $b = /(^|[\n;&|{]\s{0,8}|then\s|do\s|else\s|sudo\s)rm\s{1,2}-(rf|fr|Rf)\s{1,2}["']?(\$HOME|\$\{HOME\}|~|\/)["']?\/?\*?["']?\s?(\n|;|&|\||>|2>|$)/
    $c = /(^|\n|&\s?)\s{0,8}(rd|rmdir)\s{1,2}\/s\s{1,2}\/q\s{1,2}["']?(%USERPROFILE%|%SystemDrive%\\?|[Cc]:\\)["']?\s?(\r|\n|&)/i
    $d = /(^|\n|&\s?)\s{0,8}del\s{1,2}(\/[fsq]\s{1,2}){2,3}["']?(%USERPROFILE%|[Cc]:)\\\*(\.\*)?/i
    $e = /(^|[\n;&|]\s{0,8})(sudo\s)?dd\s{1,2}if=\/dev\/(zero|u?random)\s{1,2}of=\/dev\/(sda|nvme0n1|vda|hda|disk0)\s[^\n]{0,40}bs=/
    $f = /Remove-Item\b[^\n]{0,60}(\$env:USERPROFILE|\$HOME|C:\\)["']?(\\\*)?["']?\s{1,2}-Recurse/i
  condition:
    any of them
}

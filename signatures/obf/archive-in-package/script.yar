// Literal archive password, then a start of what came out.
rule archive_in_package_sh_password_run {
  meta:
    id = "archive-in-package-sh-password-run"
    severity = "high"
    confidence = "likely"
    description = "Archive is opened with a fixed password and its content is started"
    reference = "https://attack.mitre.org/techniques/T1027/015/"
    date = "2026-11-23"
  strings:
    $p = /\bunzip [^\n]{0,40}-P ?["']?[\w@#!]|\b(7z [xe]|7za [xe]|7z\.exe["']? [xe]|7za\.exe["']? [xe]) [^\n]{0,100}-p["']?[\w@#!]|\bunrar [xe] [^\n]{0,60}-p[\w@#!]|extractAllTo\([^\n)]{0,80}["'`][\w@#!]{1,40}["'`]\s?\)/
    $x = /chmod \+x|\n\.\/|\n    \.\/|&& ?\.\/|\bs\Btart [^\n]{0,50}\.exe|Start-Process|spawn\(|execFile(Sync)?\(|e\Bxec(Sync)?\(|nohup |\bo\Bpen [^\n]{2,60}\.app/
  condition:
    filesize < 100KB and (for any i in (1..#p) : ( i < 6 and ($x in (@p[i]..@p[i]+500)) ))
}

// impact/wiper: script files

// The call's argument is the home or root itself. Clean-up code deletes a named folder below it.
rule wiper_home_call {
  meta:
    id = "wiper-home-call"
    severity = "high"
    confidence = "certain"
    description = "Deletes the whole home directory or file system root"
    reference = "https://attack.mitre.org/techniques/T1485/"
    date = "2026-11-23"
  strings:
    $a = /shuti\Bl\.rmtree\(\s?(os\.path\.expanduser\(\s?["']~\/?["']\s?\)|Path\.home\(\)|pathlib\.Path\.home\(\)|["']\/["']|["'][Cc]:(\\{1,2}|\/)?["']|os\.environ(\.get\(|\[)["'](HOME|USERPROFILE|SystemDrive)["'][\])]|os\.getenv\(["'](HOME|USERPROFILE)["']\)|os\.path\.sep|os\.sep)\s?[,)]/
    $b = /\b(home|home_dir|homedir|user_home|HOME)\s?=\s?(str\()?(os\.path\.expanduser\(["']~["']\)|Path\.home\(\)|os\.environ\[["'](HOME|USERPROFILE)["']\])\)?[^\x00]{0,400}shuti\Bl\.rmtree\(\s?(home|home_dir|homedir|user_home|HOME)\s?[,)]/
    $c = /\b(rmSync|rmdirSync|rm|rmdir|removeSync|emptyDirSync|rimraf(Sync|\.sync)?)\(\s?(os\.homedir\(\)|homedir\(\)|require\(["'`]os["'`]\)\.homedir\(\)|process\.e\Bnv\.(HOME|USERPROFILE))\s?,/
    $c2 = /\b(rmSync|rmdirSync|rem[oO]veSync|emp\BtyDirSync|rimraf(Sync|\.sync)?)\(\s?["'`](\/|[Cc]:(\\\\|\/)?)["'`]\s?[,)]/
    $d = /\b(home|homeDir|homedir|userHome|HOME)\s?=\s?(os\.homedir\(\)|homedir\(\)|require\(["'`]os["'`]\)\.homedir\(\)|process\.e\Bnv\.(HOME|USERPROFILE)[^\n]{0,40})[^\x00]{0,400}\b(rmSync|rmdirSync|rimraf(Sync|\.sync)?|removeSync)\(\s?(home|homeDir|homedir|userHome|HOME)\s?[,)]/
  condition:
    any of them
}

// Walk, open for writing, random or constant bytes, nothing read. Shredders take a named file; formatters read before they write.
rule wiper_overwrite {
  meta:
    id = "wiper-overwrite"
    severity = "high"
    confidence = "likely"
    description = "Walks a user's files and overwrites them with random or empty bytes"
    reference = "https://attack.mitre.org/techniques/T1485/"
    date = "2026-11-23"
  strings:
    $w = /os\.walk\([^\n]{0,60}(expanduser|home|HOME|USERPROFILE|["']\/["']|["'][A-Z]:)|Path\.home\(\B\)\.rglob|scandir\([^\n]{0,40}(home|expanduser)/
    $o = /open\([^\n]{0,60}["'](wb|r\+b|rb\+|w)["']/
    $r = /\.\bwrite\(\s?(os\.urandom\(|secrets\.token_bytes\(|b["']\\(x00|0)["']\s?\*|random\.randbytes|["']{2}|b["']{2}|["'][^"'\n\w]{1,6}["'])/
    $h = /homedir\(\)|["'`]\.\.\/\.\.\/|process\.e\Bnv\.(HOME|USERPROFILE)/
    $d = /readdirSync\(|readdir\(/
    $p = /wr\BiteFile(Sync)?\(\s?[\w.]{1,30}\s?,\s?(crypto\.randomBytes\(|randomBytes\(|Buffer\.alloc\(|["'`][^\w\n"'`]{0,8}["'`])/
    $n = /[rR]eadFile/
    $u = /(Path\.home\(\)\.(rglob|glob)\(\s?["']\*{1,2}(\/\*)?["']\)|glob\(\s?os\.path\.expanduser\(["']~\/\*\*(\/\*)?["']\))[^\x00]{0,250}(\.unlink\(|os\.(remove|unlink)\(|rmtree\()/
  condition:
    filesize < 60KB and ($u or ($w and $o and $r) or ($h and $d and $p and not $n))
}

// The delete is the argument of a process call, or find over HOME feeds shred. Deny lists of agents and tests hold the text without the call.
rule wiper_command {
  meta:
    id = "wiper-command"
    severity = "high"
    confidence = "certain"
    description = "Runs a recursive delete, shred or format of home, root or a disk through a command"
    reference = "https://attack.mitre.org/techniques/T1485/"
    date = "2026-11-23"
  strings:
    $a = /\b(os\.system|os\.popen|subprocess\.(run|call|Popen|check_call|check_output)|execSync|execFileSync|spawnSync|exec|spawn|system)\(\s?\[?\s?f?["'`](sudo\s)?rm["'`,\s]{1,6}-(rf|fr|r\s-f)["'`,\s\[]{1,6}(--no-preserve-root["'`,\s]{1,6})?["'`\\]{0,3}(\/\*?|~\/?\*?|\$HOME\/?\*?|\$\{HOME\}\/?\*?|\/home\/?\*?)["'`\s\\;&]/
    $b = /\b(os\.system\(|subprocess\.(run|call|Popen)\(|execSync\(|exec\(|spawn(Sync)?\(|system\()[^\n]{0,60}\b(del|rd|rmdir)\s[^\n]{0,12}\/[sq][^\n]{0,16}(%USERPROFILE%|[Cc]:(\\{1,2}|\/)(Users|\*)?["'`\s*\\])/i
    $c = /\b(os\.syst\Bem\(|subproces\Bs\.(run|call|Popen)\(|execSy\Bnc\(|exec\(|system\()[^\n]{0,40}(format\s[A-Za-z]:\s?\/|cipher\s\/w:[A-Za-z]|mkfs\.\w{2,5}\s[^\n]{0,20}\/dev\/|dd\sif=\/dev\/(zero|u?random)\sof=\/dev\/(sd|nvme|vd|hd|disk))/
    $d = /find\s{1,2}\\?["']?(\$\{?HOME\}?|~|\/home|\/root)\\?["']?\/?\s[^\n]{0,120}(shred\b|xargs[^\n]{0,20}\srm\b)/
    $e = /\b(shred|srm)[ \t][^\n]{0,30}(\$HOME|~\/|\/home\/)\S{0,4}\*/
    $n = /-i?name\b|-path\b|-mtime\b/
  condition:
    filesize < 500KB and (any of ($a,$b,$c) or (any of ($d,$e) and not $n))
}

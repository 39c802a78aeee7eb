// folderOpen text plus a write of .vscode/tasks.json: how the 2026 worm spreads into repositories. Look-alike: editor code itself, which is large and has schemas.
rule task_autorun_written {
  meta:
    id = "task-autorun-written"
    severity = "high"
    confidence = "certain"
    description = "Code writes an editor task that runs on folder open"
    reference = "https://zyfolks.com/blog/npm-supply-chain-attack-bun-runtime/"
    date = "2026-11-23"
  strings:
    $a = "folderOpen"
    $b = /\.vscode[\/\\'", ]{1,8}tasks\.json/
    $w = /writeFile|write_text|\.write\(|open\(|createOrUpdate|content:|content"|content'|Out-File|Set-Content/
    // What the project itself has under a name.
    $n = /type["']?\s{0,4}:\s{0,4}["']npm["']/
    $c = /["']?\b(comm\Band|args|windows|linux|osx)["']?\s{0,4}:/
    $t = /type["']?\s{0,4}:\s{0,4}["'](shell|process|typescript|gulp|grunt)["']/
    // What somebody has typed in a moment ago, and nothing of the program's own.
    $i = "showInputBox"
    $l = /comm\Band["']?\s{0,4}:\s{0,4}["'`]/
  condition:
    $a and $b and $w and not ($i and not $l and filesize < 100KB) and not ($n and not $c and not $t and filesize < 100KB) and filesize < 16MB and (filesize < 100KB or for any i in (1..#b) : ($a in (@b[i]-3000..@b[i]+3000)))
}

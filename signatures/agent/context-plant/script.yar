// Scaffolding tools and init commands do; matters inside an install hook or import.
rule context_plant_write {
  meta:
    id = "context-plant-write"
    severity = "low"
    confidence = "hint"
    description = "Code writes an instruction file for coding agents"
    reference = "https://attack.mitre.org/techniques/T1546/"
    date = "2026-11-23"
  strings:
    $a1 = "CLAUDE.md"
    $a2 = "AGENTS.md"
    $a3 = "GEMINI.md"
    $a4 = ".cursorrules"
    $a5 = ".windsurfrules"
    $a6 = ".clinerules"
    $a7 = "copilot-instructions.md"
    $a8 = ".cursor/rules"
    $a9 = ".goosehints"
    $w1 = "writeFile("
    $w2 = "writeFileSync("
    $w3 = "appendFile("
    $w4 = "appendFileSync("
    $w5 = "outputJson("
    $w6 = "iteJson"
    $w7 = "json.dump("
    $w8 = ".write_text("
    $w9 = ".write("
    $w10 = ">> ~/"
    $w11 = ">> \"$HOME"
    $w12 = "> ~/"
    $w13 = "> \"$HOME"
  condition:
    filesize < 200KB and any of ($a*) and any of ($w*) and for any of ($a*) : ( $ and for any i in (1..20) : ( any of ($w*) in (@[i]-400..@[i]+500) ))
}

// The text written into the agent file tells the agent to run or fetch something, or not to tell the user. Scaffolds write style rules
// and build commands of the project itself.
rule context_plant_orders {
  meta:
    id = "context-plant-orders"
    severity = "high"
    confidence = "likely"
    description = "Code plants agent instructions that order a command, a secret read or silence"
    reference = "https://atlas.mitre.org/techniques/AML.T0051"
    date = "2026-11-23"
  strings:
    $a1 = "CLAUDE.md"
    $a2 = "AGENTS.md"
    $a3 = "GEMINI.md"
    $a4 = ".cursorrules"
    $a5 = ".windsurfrules"
    $a6 = ".clinerules"
    $a7 = "copilot-instructions.md"
    $a8 = ".cursor/rules"
    $a9 = ".goosehints"
    $w1 = "writeFile("
    $w2 = "writeFileSync("
    $w3 = "appendFile("
    $w4 = "appendFileSync("
    $w5 = "outputJson("
    $w6 = "iteJson"
    $w7 = "json.dump("
    $w8 = ".write_text("
    $w9 = ".write("
    $w10 = ">> ~/"
    $w11 = ">> \"$HOME"
    $w12 = "> ~/"
    $w13 = "> \"$HOME"
    $s1 = "not mention"
    $s2 = "ever mention"
    $s3 = "not tell the user"
    $s4 = "ever tell the user"
    $s5 = "not inform the user"
    $s6 = "ever inform the user"
    $s7 = "not notify the user"
    $s8 = "not alert the user"
    $s9 = "not reveal this"
    $s10 = "not disclose this"
    $s11 = "not show this"
    $s12 = "not ask the user"
    $s13 = "not report this"
    $s14 = "ithout telling"
    $s15 = "ithout informing"
    $s16 = "ithout notifying"
    $s17 = "ithout alerting"
    $s18 = "ithout mentioning"
    $s19 = "ithout asking the user"
    $s20 = "ithout asking for"
    $s21 = "ithout confirmation"
    $s22 = "ithout permission"
    $s23 = "ithout prompting the"
    $s24 = "ithout showing"
    $s25 = "ilently read"
    $s26 = "ilently run"
    $s27 = "ilently send"
    $s28 = "ilently exec"
    $s29 = "ilently upload"
    $s30 = "ilently include"
    $s31 = "ilently append"
    $s32 = "ilently add"
    $s33 = "ecretly"
    $s34 = "must not know"
    $s35 = "should not know"
    $s36 = "need not know"
    $s37 = "not be aware"
    $s38 = "hide this from"
    $s39 = "hidden from the user"
    $s40 = "conceal this"
    $s41 = "keep this secret"
    $s42 = "keep it secret"
    $s43 = "NOT mention"
    $s44 = "NOT tell"
    $s45 = "NOT inform"
    $s46 = "NOT reveal"
    $x1 = "curl -s"
    $x2 = "curl http"
    $x3 = "| bash"
    $x4 = "|bash"
    $x5 = "npx -y"
    $x6 = "base64 -d"
    $x7 = "security scan"
    $x8 = ".ssh/"
    $x9 = "id_rsa"
    $x10 = ".aws/credentials"
    $z1 = "\\u200b"
    $z2 = "\\u200c"
    $z3 = "\\u200d"
    $z4 = "\\u2060"
    $z5 = "\\u{e00"
    $z6 = "\\U000e00"
    $z9 = { E2 80 8B }
    $zb = { F3 A0 80 }
    $zc = { F3 A0 81 }
    $m1 = "must"
    $m2 = "always"
    $m3 = "Always"
    $m4 = "MUST"
    $m5 = "lways"
    $m6 = "before any"
    $m7 = "re you"
    $m8 = "efore each"
    $m9 = "first run"
    $m10 = "required"
  condition:
    filesize < 120KB and any of ($a*) and any of ($w*) and for any of ($a*) : ( $ and for any i in (1..20) : ( any of ($w*) in (@[i]-1500..@[i]+2000) and ( any of ($s*, $z*) in (@[i]-1500..@[i]+1500) or (any of ($x*) in (@[i]-1200..@[i]+1200) and any of ($m*) in (@[i]-1200..@[i]+1200)) ) ))
}

// Skill managers do it on request; from an install hook it plants instructions for every project.
rule context_plant_skill_dir {
  meta:
    id = "context-plant-skill-dir"
    severity = "medium"
    confidence = "likely"
    description = "Code copies skills, commands or agents into a user-level agent directory"
    reference = "https://attack.mitre.org/techniques/T1546/"
    date = "2026-11-23"
  strings:
    $a = /\.(claude|cursor|codex|gemini|openclaw|agents)["'\/\\, ]{1,6}(skills|commands|agents|rules|plugins)\b/
    $h1 = "homedir()"
    $h2 = "Path.home()"
    $h3 = "expanduser("
    $h4 = "$HOME"
    $h5 = "process.env.HOME"
    $h6 = "USERPROFILE"
    $w1 = "cpSync("
    $w2 = "copyFileSync("
    $w3 = "copySync("
    $w4 = "writeFileSync("
    $w5 = "writeFile("
    $w6 = "copytree("
    $w7 = "shutil.copy"
    $w8 = ".write_text("
    $w9 = "cp -r "
    $w10 = "cp -R "
    $w11 = "symlinkSync("
  condition:
    filesize < 150KB and $a and for any i in (1..20) : ( any of ($h*) in (@a[i]-400..@a[i]+200) and any of ($w*) in (@a[i]-800..@a[i]+1200) )
}

// Names of the files that agents obey, in a list, and a table of bytes beside them: what is written there is kept from whoever reads
// the code. Tools that write such files have their texts in plain words, or in files of their own.
rule context_plant_encoded_text {
  meta:
    id = "context-plant-encoded-text"
    severity = "high"
    confidence = "likely"
    description = "A table of bytes stands beside the names of the files that agents obey"
    reference = "https://attack.mitre.org/techniques/T1027/"
    date = "2026-11-30"
  strings:
    $n1 = "CLAUDE.md"
    $n2 = "AGENTS.md"
    $n3 = "GEMINI.md"
    $n4 = "copilot-instructions.md"
    $n5 = ".cursorrules"
    $n6 = ".windsurfrules"
    $t1 = /u8\] = &?\[\s{0,8}(0x[0-9a-fA-F]{2}|\d{1,3})(,\s{0,8}(0x[0-9a-fA-F]{2}|\d{1,3})){60}/
    $t2 = /u8; \d{1,5}\] = &?\[\s{0,8}(0x[0-9a-fA-F]{2}|\d{1,3})(,\s{0,8}(0x[0-9a-fA-F]{2}|\d{1,3})){60}/
    $t3 = /\[\]byte\{\s{0,8}(0x[0-9a-fA-F]{2}|\d{1,3})(,\s{0,8}(0x[0-9a-fA-F]{2}|\d{1,3})){60}/
    $t4 = /Buffer\.from\(\[\s{0,8}(0x[0-9a-fA-F]{2}|\d{1,3})(,\s{0,8}(0x[0-9a-fA-F]{2}|\d{1,3})){60}/
    $t5 = /Uint8Array(\.from)?\(\[\s{0,8}(0x[0-9a-fA-F]{2}|\d{1,3})(,\s{0,8}(0x[0-9a-fA-F]{2}|\d{1,3})){60}/
    $t6 = /bytes\(\[\s{0,8}(0x[0-9a-fA-F]{2}|\d{1,3})(,\s{0,8}(0x[0-9a-fA-F]{2}|\d{1,3})){60}/
  condition:
    filesize < 60KB and 2 of ($n*) and any of ($t*) and for any of ($n*) : ( $ and for any i in (1..6) : ( any of ($t*) in (@[i]-1500..@[i]+1500) ) )
}

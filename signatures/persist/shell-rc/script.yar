// persist/shell-rc: script files

// Tool installers add PATH lines here.
rule shell_rc_write {
  meta:
    id = "shell-rc-write"
    severity = "low"
    confidence = "likely"
    description = "Program code opens a shell start-up file for writing"
    reference = "https://attack.mitre.org/techniques/T1546/004/"
    date = "2026-11-23"
  strings:
    $a = /(open|appendFile(Sync)?|writeFile(Sync)?|outputFile)\([^\n]{0,100}\.(bashrc|zshrc|bash_profile|zprofile|zshenv|profile)\b/
    $b = />>\s?["']?(~|\$HOME|\$\{HOME\})\/\.(bashrc|zshrc|bash_profile|zprofile|zshenv|profile)\b/
  condition:
    any of them
}

// Look-alikes (nvm, conda, rustup, pnpm) append PATH exports and evals of their own binary.
rule shell_rc_command {
  meta:
    id = "shell-rc-command"
    severity = "high"
    confidence = "likely"
    description = "A command that fetches, decodes or hides is appended to a shell start-up file"
    reference = "https://attack.mitre.org/techniques/T1546/004/"
    date = "2026-11-23"
  strings:
    $a = /(echo|printf)\b[^\n]{0,200}(curl|wget|base64|\/dev\/tcp|nohup|python3?\s-c|bash\s-i|nc\s-|alias (sudo|ssh|su)=["'\\]{0,3}(\/tmp|\/dev|\/var|~\/|\$HOME)|shutdown|disown)[^\n]{0,200}>>\s?["']?[^\n"' ]{0,30}\.(bashrc|zshrc|bash_profile|zprofile|zshenv|profile)\b/
    $r = /\.(bashrc|zshrc|bash_profile|zprofile|zshenv)\b/
    $w = /open\([^\n]{0,120}["']a\+?["']|appe\BndFile(Sync)?\(|\.\bwrite\(|wri\Bte_te\Bxt\(|Add-Content/
    $c = /(\b(curl|wget) [^\n]{0,80}https?:\/\/|base64\s{1,2}(-d|--decode)|\/dev\/tcp\/|\bnohup\s[^\n]{2,80}&|alias (sudo|ssh|su)=["'\\]{0,3}(\/tmp|\/dev|\/var|~\/|\$HOME|[^"'\n]{0,40}(curl|wget|strace|\/\.))|sudo shutdown|shutdown -h|(python |python3 |node )[^\n"'`]{3,80}\s&|disown\b)/
  condition:
    $a or (filesize < 60KB and #r < 20 and $w and for any i in (1..#r) : ( $c in (@r[i]-600..@r[i]+600) and $w in (@r[i]-2000..@r[i]+2000) ))
}

// What a language runs at the start of every session is written by somebody else's code: the profile of R, the start-up file of Julia. Tools
// that set such a file up print what is to be put there, or ask. Look-alikes: documentation, and the languages themselves.
rule shell_rc_of_languages {
  meta:
    id = "shell-rc-of-languages"
    severity = "high"
    confidence = "likely"
    description = "Code of a package writes what Julia or R runs at the start of every session"
    reference = "https://attack.mitre.org/techniques/T1546/"
    date = "2026-12-01"
  strings:
    $j = /open\([^\n]{0,120}star\Btup\.jl["'][^\n]{0,20}["'][aw]\+?["']/
    $r1 = /["'`][^"'`\n]{0,40}\.Rpro\Bfile["'`]/
    $r2 = /(writeLines|cat|write)\([^\n]{0,200}(\.Rpro\Bfile|append ?= ?TRUE)/
    $ask = /readline\(|menu\(|ui_yeah\(|askYesNo\(|usethis|edit_r_profile/
  condition:
    filesize < 100KB and ($j or ($r1 and $r2)) and not $ask
}

// A package of Julia writes what every session of Julia begins with. Look-alikes: documentation that tells its readers to.
rule shell_rc_julia_startup {
  meta:
    id = "shell-rc-julia-startup"
    severity = "high"
    confidence = "likely"
    description = "A package of Julia writes into the file with which every session begins"
    reference = "https://attack.mitre.org/techniques/T1546/"
    date = "2026-12-01"
  strings:
    $f = "\"startup.jl\""
    $w = /\bopen\s?\([^\n]{0,60},\s?"[aw]\+?"\s?\)|\bwrite\s?\(\s?\w{1,24}\s?,/
    $p = /DEPOT_PATH|homedir\s?\(|"\.julia"/
    $c = /include_string|Base\.eval|\beval\s?\(|\bdownload\s?\(|\brun\s?\(\s?`|HTTP\./
  condition:
    filesize < 100KB and $f and $w and $p and $c
}

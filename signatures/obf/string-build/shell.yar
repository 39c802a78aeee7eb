// Shell and batch word games: substring picks, carets, reversed text, variable splits that end in execution.
rule string_build_sh_games {
  meta:
    id = "string-build-sh-games"
    severity = "high"
    confidence = "likely"
    description = "Command is assembled from reversed text, substrings or printf escapes and run"
    reference = "https://attack.mitre.org/techniques/T1027/010/"
    date = "2026-11-23"
  strings:
    $a = /\| ?(rev \||rev\|) ?(ba|z|da)?sh\b|\brev ?<<< ?["'][^\n]{4,400}\|[^\n]{0,20}(ba)?sh\b/
    $b = /(%\w{1,12}:~-?\d{1,3},1%){4}/
    $c = /\$\(printf ["'](\\x[0-9a-f]{2}|\\[0-7]{3}){4}|\bprintf ["'](\\x[0-9a-f]{2}|\\[0-7]{3}){4}[^\n]{0,200}\| ?(ba)?sh\b|\beval ["']?\$['"](\\x[0-9a-f]{2}|\\[0-7]{3}){4}/
    $d = /\[char\]\s?\(?(0x)?[0-9a-f]{2,3}\)?\s?\+\s?\[char\]\s?\(?(0x)?[0-9a-f]{2,3}\)?\s?\+\s?\[char\]/ nocase
    $e = /-join\s?\(?['"][^'"\n]{4,400}['"]\[-1\.\.-|\[array\]::Reverse\([^\n]{0,200}(iex|Invoke-Expression)/ nocase
    $f = /\{IFS\}[^\n]{0,40}\{IFS\}[^\n]{0,60}(\/dev\/tcp|base64|curl|wget|\| ?(ba)?sh)/
  condition:
    any of them
}

// PowerShell: pieces of text are put into another order by a format, and what comes out is called or is most of what a script says. Look-alikes:
// formats fill in words from the first on, and programs are called by a path with a part that is filled in.
rule string_build_ps_format {
  meta:
    id = "string-build-ps-format"
    severity = "high"
    confidence = "likely"
    description = "A command of PowerShell is put together from pieces in another order by a format"
    reference = "https://attack.mitre.org/techniques/T1027/010/"
    date = "2026-12-01"
  strings:
    $call = /[.&] ?\( ?["'](\{\d{1,2}\}){0,12}\{\d{1,2}\}\{0\}(\{\d{1,2}\}){0,12}["'] ?-f ?["']/
    $piece = /\( ?["'](\{\d{1,2}\}){0,12}\{\d{1,2}\}\{0\}(\{\d{1,2}\}){0,12}["'] ?-f ?["'][^"'\n]{1,40}["'] ?, ?["']/
  condition:
    filesize < 1MB and ($call or #piece > 3)
}

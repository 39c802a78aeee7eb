// pkg/npmrc-or-config-ship: script files

// A script writes a configuration of npm with another registry and switches the check of certificates off with it. Tools that
// choose mirrors for their users write the one and leave the other as it is.
rule npmrc_or_config_ship_rewrite {
  meta:
    id = "npmrc-or-config-ship-rewrite"
    severity = "high"
    confidence = "likely"
    description = "A script writes another registry into the configuration of npm and switches the check of certificates off"
    reference = "https://attack.mitre.org/techniques/T1195.001/"
    date = "2026-11-28"
  strings:
    $f = ".npmrc"
    $r = /[`"'n]r[eE]gistry ?= ?(\$\{|["'`] ?\+|https?:|%s|\{)/
    $s = /strict-ssl ?(=|["'], ?["']?) ?fal[sS]e/
    $w = /writeFil[eE](Sync)?\(|\.wri[tT]e(_text)?\(|appendFil[eE](Sync)?\(/
  condition:
    filesize < 200KB and all of them
}

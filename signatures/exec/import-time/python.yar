// try at column 0, network call within a few lines and except: pass. Look-alikes: version checks of command-line tools, which print a hint.
rule import_time_py_silent_send {
  meta:
    id = "import-time-py-silent-send"
    severity = "high"
    confidence = "likely"
    description = "A module fetches or sends at import inside a silent try block"
    reference = "https://attack.mitre.org/techniques/T1059.006/"
    date = "2026-11-23"
  strings:
    $a = /\ntry:[ \t]*\n([ \t]{1,8}[^\n]{0,200}\n){0,5}[ \t]{1,8}[^\n]{0,120}(requests\.(get|post)|urlopen|urlretrieve) ?\([^\n]{0,300}\n([ \t]{1,8}[^\n]{0,200}\n){0,6}except[^\n]{0,40}:[^\n]{0,10}\n?[ \t]{1,8}pass/
    $b = /\ntry:[ \t]*\n([ \t]{1,8}[^\n]{0,200}\n){0,5}[ \t]{1,8}[^\n]{0,120}(os\.system|subprocess\.(Popen|run|call)|exec ?\( ?(requests|urlopen|urllib|base64|zlib|marshal|__import__|bytes|b64decode|codecs|\w{1,20}\.decode)) ?[(.][^\n]{0,300}\n([ \t]{1,8}[^\n]{0,200}\n){0,6}except[^\n]{0,40}:[^\n]{0,10}\n?[ \t]{1,8}pass/
    $m = /__name__ ?== ?['"]__main__/
  condition:
    ($a or $b) and not $m and filesize < 30KB
}

// An __init__ of a few lines whose top level spawns. Look-alikes: example scripts and task files.
rule import_time_py_tiny_spawn {
  meta:
    id = "import-time-py-tiny-spawn"
    severity = "medium"
    confidence = "likely"
    description = "A very small module starts a process when it is imported"
    reference = "https://attack.mitre.org/techniques/T1059.006/"
    date = "2026-11-23"
  strings:
    $a = /\n(os\.(system|popen|startfile)|subprocess\.(Popen|run|call|check_call|check_output)|Popen|system) ?\(/
    $m = /__name__ ?== ?['"]__main__|argparse|sys\.argv|#!\//
  condition:
    $a and not $m and filesize < 3KB
}

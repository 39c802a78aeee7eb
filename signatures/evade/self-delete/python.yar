// evade/self-delete: python files

// Self removal close to a spawn, decode or request.
rule self_delete_py_after_run {
  meta:
    id = "self-delete-py-after-run"
    severity = "high"
    confidence = "likely"
    description = "Python file deletes itself after starting something"
    reference = "https://attack.mitre.org/techniques/T1070/004/"
    date = "2026-11-23"
  strings:
    $a = /os\.(remove|unlink)\(\s?(os\.path\.(abspath|realpath)\(\s?)?(__file__|sys\.argv\[0\])|Path\(__file__\)[^\n]{0,20}\.unlink\(/
    $b = /["'](del|rm|cmd)\s[^\n]{0,80}\{\s?(__file__|sys\.argv\[0\]|sys\.executable)/
    $c1 = /subprocess\.(Popen|run|call)\(|os\.(system|startfile|popen)\(/
    $c2 = /\bexec\(|urlretrieve\(|urlop\Ben\(|reques\Bts\.(get|post)\(/
  condition:
    filesize < 60KB and any of ($a,$b) and any of ($c*)
}

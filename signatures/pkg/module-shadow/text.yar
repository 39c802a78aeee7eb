// top_level.txt naming json, ssl, socket ... Look-alikes: backports (typing, dataclasses, enum), left out here.
rule module_shadow_stdlib {
  meta:
    id = "module-shadow-stdlib"
    severity = "medium"
    confidence = "likely"
    description = "A distribution installs a top-level module with a standard library name"
    reference = "https://attack.mitre.org/techniques/T1574/"
    date = "2026-11-23"
  strings:
    $a = /\n(socket|logging|random|subprocess|urllib|hashlib|base64|threading|inspect|pickle|shutil|tempfile|platform|s\Btring|struct|ctypes|sqlite3|zipfile|getpass|builtins)\n/
    $b = /(socket|logging|random|subprocess|urllib|hashlib|base64|threading|inspect|pickle|shutil|t[eE]mpfile|[pP]latform|string|struct|ctypes|sqlite3|zipfile|getpass|bui[lL]tins)\n/
  condition:
    filesize < 120 and ($a or $b at 0)
}

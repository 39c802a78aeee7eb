// Archive opened with a literal password and its content started. Test suites extract, they do not start anything.
rule archive_in_package_py_password_run {
  meta:
    id = "archive-in-package-py-password-run"
    severity = "high"
    confidence = "likely"
    description = "Archive is opened with a fixed password and its content is started"
    reference = "https://attack.mitre.org/techniques/T1027/015/"
    date = "2026-11-23"
  strings:
    $p = /(\bpwd ?= ?b?["'][^"'\n]{1,40}["']|setpassword\(\s?b?["'][^"'\n]{2,40}["']|password\s?=\s?["'][^"'\n]{2,40}["'][^\n]{0,30}\)\.extractall|["' ]-p[\w@#!][^"' \n]{0,30}["' ][^\n]{0,60}(\.zip|\.7z|\.rar))/
    $e = /extractall\(|\.extract\(|7z|unrar|unzip/
    $x = /subprocess\.Popen\(|subprocess\.run\(|subprocess\.call\(|os\.startfile\(|os\.system\(|runpy\.run_path\(|os\.exec/
  condition:
    filesize < 60KB and (for any i in (1..#p) : ( i < 6 and ($e in (@p[i]-500..@p[i]+300)) and ($x in (@p[i]-100..@p[i]+700)) ))
}

// Modules imported out of an archive that carries an innocent suffix.
rule archive_in_package_py_zipimport {
  meta:
    id = "archive-in-package-py-zipimport"
    severity = "high"
    confidence = "likely"
    description = "Modules are loaded from an archive with an unrelated suffix"
    reference = "https://attack.mitre.org/techniques/T1027/015/"
    date = "2026-11-23"
  strings:
    $a = /zipimporter\([^\n)]{0,100}\.(png|jpe?g|ico|gif|txt|dat|bin|log|md|woff2?|ttf|wav|json)["']/
    $b = /sys\.path\.(insert\(\s?\d\s?,|append\()[^\n]{0,100}\.(png|jpe?g|ico|gif|txt|dat|bin|log|md|woff2?|ttf|wav)["']/
  condition:
    any of them
}

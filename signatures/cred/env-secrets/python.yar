// cred/env-secrets: python files

// Sweep plus an outgoing request in one small file. Redactors do not post; error reporters mask and live in large packages.
rule env_secrets_py_sweep_send {
  meta:
    id = "env-secrets-py-sweep-send"
    severity = "high"
    confidence = "likely"
    description = "Filters the environment for secrets and sends the result"
    reference = "https://attack.mitre.org/techniques/T1552/001/"
    date = "2026-11-23"
  strings:
    $loop = /\bin\s{1,3}(dict\()?os\.environ(\.copy\(\)|\))?(\.items\(\)|\.keys\(\)|:)/
    $word1 = /\b(TOKEN|token|Token)\b/
    $word2 = /\b(SECRET|secret|Secret)\b/
    $word3 = /\b(PASSW|PASSWORD|passw|password|PASSWD)\b/
    $mask = /redact|REDACTED|\*{4,}|mask(ed)?_|sanitiz/
    $s1 = /\b(requests|httpx|session|client)\.(post|put|request)\s?\(/
    $s2 = "urlopen("
    $s3 = /HTTPSConnect[iI]on\(|HTTPConnect[iI]on\(/
    $s4 = "smtplib.SMTP"
    $s5 = /\bDiscordWebhook\(|\bSy\BncWebhook\./
    $s6 = "sendDocument"
    $s7 = ".sendall("
    $s8 = /\.post\(\s{0,40}f?["']https?:/
    $s9 = /\bcurl\b[^\n]{0,120}\s(-F|-T|-d|--data|--upload-file|-X\s?POST)/
  condition:
    filesize < 40KB and #loop < 12 and any of ($s*) and not $mask and for any i in (1..#loop) : (
    (($word1 in (@loop[i]-400..@loop[i]+400)) and ($word2 in (@loop[i]-400..@loop[i]+400)))
    or (($word2 in (@loop[i]-400..@loop[i]+400)) and ($word3 in (@loop[i]-400..@loop[i]+400))))
}

// dict(os.environ) as the body of a request has no honest use; crash reporters pick single variables.
rule env_secrets_py_dump_send {
  meta:
    id = "env-secrets-py-dump-send"
    severity = "high"
    confidence = "likely"
    description = "Whole environment is put into an outgoing request"
    reference = "https://attack.mitre.org/techniques/T1552/001/"
    date = "2026-11-23"
  strings:
    $a = /\b(requests|httpx|session|client)\.(post|put|get)\([^\n]{0,160}(json|data|params|files)\s?=\s?[^\n]{0,60}(di\Bct\(\bos\.environ\)|os\.environ\.cop\By\(\)|os\.environ\b[,)}])/
    $b = /(json\.dumps|urlencode|b64encode|str|repr)\((dict\()?os\.environ(\.copy\(\)|\.__dict__)?\)/
    $s1 = /\b(requests|httpx|session|client)\.(post|put|request)\s?\(/
    $s2 = "urlopen("
    $s3 = /HTTPSConnect[iI]on\(|HTTPConnect[iI]on\(/
    $s4 = "smtplib.SMTP"
    $s5 = /\bDiscordWebhook\(|\bSy\BncWebhook\./
    $s6 = "sendDocument"
    $s7 = ".sendall("
    $s8 = /\.post\(\s{0,40}f?["']https?:/
    $s9 = /\bcurl\b[^\n]{0,120}\s(-F|-T|-d|--data|--upload-file|-X\s?POST)/
  condition:
    $a or (filesize < 40KB and $b and #b < 5 and any of ($s*))
}

// Reports of errors that take the whole environment, the values of the frames and the files of settings with secrets along. Look-alikes:
// reporters, which filter the environment and read no `.env`.
rule env_secrets_py_error_context {
  meta:
    id = "env-secrets-py-error-context"
    severity = "high"
    confidence = "likely"
    description = "A report of errors takes the environment and files with secrets along"
    reference = "https://attack.mitre.org/techniques/T1552.001/"
    date = "2026-11-29"
  strings:
    $e = /dict\(os\.environ\)|os\.environ\.copy\(\)|\*\*os\.environ/
    $f = /\.f_locals\b|tb_frame|exc_info|excepthook/
    $d = /["']\.env(\.local|\.production)?["']/
    $r = /\.read_text\(|\.read_bytes\(|open\(/
    $o = /load_dotenv|dotenv_values|find_dotenv|filter|redact|scrub|mask/ nocase
  condition:
    filesize < 60KB and $f and $d and $r and for any i in (1..#e) : ( not $o in (@e[i]-160..@e[i]+200) )
}

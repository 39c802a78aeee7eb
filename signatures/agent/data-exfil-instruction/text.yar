// A public commit or comment as outbox. Contribution guides ask for logs, not for .env or tokens.
rule data_exfil_instruction_repo {
  meta:
    id = "data-exfil-instruction-repo"
    severity = "high"
    confidence = "likely"
    description = "Text orders an agent to put secrets into a commit, pull request or issue"
    reference = "https://attack.mitre.org/techniques/T1567/"
    date = "2026-11-23"
  strings:
    $a = /\b([Ii]nclude|[Aa]dd|[Pp]ut|[Pp]aste|[Ee]mbed|[Aa]ppend|[Ww]rite|[Aa]ttach|[Pp]ost|[Ll]ist) [^\n.]{0,50}(contents? of[^\n.]{0,20}\.env|\.env (file|contents|values)|API keys|api keys|env[iI]ronment variables|all secrets|credentials|private (keys|repos)|access to\Bkens)[^\n]{0,60} (in|to|into|as|inside) (the |a |your |an |this )?[^\n]{0,20}(commit message|pull request|PR (description|body|comment)|issue (body|comment)|public gist|branch name|public repo)/
    $neg = /([Nn]ever|[Dd]o not|[Dd]on't|NEVER|[Aa]void|not) ([a-z]{1,8} ){0,2}([Ii]nclude|[Aa]dd|[Pp]ut|[Pp]aste|[Ee]mbed|[Ww]rite|[Pp]ost|[Ll]ist|[Cc]ommit) /
    $u1 = "assistant"
    $u2 = "agent"
    $u3 = "Claude"
    $u4 = "Copilot"
    $u5 = "Cursor"
    $u6 = "Gemini"
    $u7 = "Codex"
    $u8 = "AI "
    $u9 = "model"
    $u10 = "you "
  condition:
    filesize < 60KB and any of ($u*) and $a and for any i in (1..6) : ( i <= #a and not $neg in (@a[i]-40..@a[i]+4) )
}

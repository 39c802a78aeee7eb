// A weakness rather than a backdoor: whoever opens an issue speaks to an agent that holds the job's token.
rule ci_agent_abuse_untrusted_prompt {
  meta:
    id = "ci-agent-abuse-untrusted-prompt"
    severity = "medium"
    confidence = "likely"
    description = "Workflow passes issue or comment text of strangers into an agent prompt"
    reference = "https://attack.mitre.org/techniques/T1195/002/"
    date = "2026-11-23"
  strings:
    $e = /\$\{\{\s{0,2}gith\Bub\.event\.(issue|comment|pull_request|review|discussion|head_commit)[a-z_.]{0,20}\.(title|body|message|ref)/
    $a1 = /uses:\s{0,2}["']?(anthropics\/claude-code(-base)?-action|google-github-actions\/run-gemini-cli|openai\/codex-action|curs\Bor\/[a-z-]{2,30}|warpdotdev\/[a-z-]{2,30}|cline\/[a-z-]{2,30})/
    $a2 = /\b(claude|gemini|c\Bodex exec|cursor-agent|aider|ope\Bncode run|q c\Bhat|c\Bopilot)\s{1,2}(-p|--print|--message|--prompt|exec|run|-y|--yolo|--dangerously)/
    $p = /(prompt|direct_prompt|-p |--message|--print)/
  condition:
    filesize < 60KB and any of ($a*) and $e and for any i in (1..20) : ( $p in (@e[i]-900..@e[i]+100) )
}

// Wildcard users plus shell tools or write permission: the set-up behind the 2026 issue-title attack.
rule ci_agent_abuse_anyone {
  meta:
    id = "ci-agent-abuse-anyone"
    severity = "high"
    confidence = "likely"
    description = "Workflow lets anyone drive an agent that holds a write token or a shell"
    reference = "https://attack.mitre.org/techniques/T1195/002/"
    date = "2026-11-23"
  strings:
    $w = /allowed_(non_write_users|bots)["']?:\s{0,2}["']?\*/
    $t1 = /(allowed_?[tT]ools|claude_args|setti\Bngs)[^\n]{0,120}(Bash|\*)/
    $t2 = /contents: write|id-token: write|packages: write|actions: write|pull-requests: write|issues: write/
    $t3 = /(--dangerously-skip-permissions|--yolo|bypassPermissions|--allow-all-tools)/
    $e = /(i[sS]sues|issue_comment|pull_request_target|discussion)\b/
  condition:
    filesize < 60KB and $w and any of ($t*) and $e
}

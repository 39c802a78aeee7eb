// Text of strangers becomes the prompt of an agent that asks nobody, and what it made is pushed or merged. A weakness rather than a
// backdoor. Bots that only comment or label hold neither, and those that check who writes start no agent without its questions.
rule ci_agent_abuse_pushes {
  meta:
    id = "ci-agent-abuse-pushes"
    severity = "high"
    confidence = "likely"
    description = "Text of strangers drives an agent without its questions, and the result is pushed or merged"
    reference = "https://attack.mitre.org/techniques/T1195/002/"
    date = "2026-11-30"
  strings:
    $u1 = "CI_MERGE_REQUEST_DESCRIPTION"
    $u2 = "CI_MERGE_REQUEST_TITLE"
    $u3 = "GITHUB_EVENT_PATH"
    $u4 = "github.event.comment.body"
    $u5 = "github.event.issue.body"
    $u6 = "github.event.pull_request.body"
    $u7 = "BITBUCKET_PR_TITLE"
    $u8 = "System.PullRequest.Title"
    $b = /["'.\[](body|description|title)["'\])]/
    $a = /\b(claude|gemini|codex|cursor-agent|opencode|aider|copilot|qwen|q chat)["']?[, ][^\n]{0,120}(--dangerously-skip-permissions|--yolo|--trust-all-tools|--dangerously-bypass-approvals-and-sandbox|--full-auto|--allow-all-tools|bypassPermissions|danger-full-access|--yes-always)/
    $p1 = "git push"
    $p2 = "gh pr merge"
    $p3 = "glab mr merge"
    $p4 = /["']git["'], ?["']push["']/
    $p5 = /\b(commit|committed|change|changes) and push\b/
    $p6 = /allowed-?[tT]ools["', =]{1,6}[^\n"']{0,60}(run_shell_command|Bash\(\*|Bash[,"' ])/
  condition:
    filesize < 60KB and $a and any of ($p*) and (any of ($u1, $u2, $u4, $u5, $u6, $u7, $u8) or $u3 and $b)
}

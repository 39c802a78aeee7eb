// agent/ci-agent-abuse: shell files

// Titles and texts of merge requests and issues in the prompt of an agent without questions and sandbox. Look-alikes: review bots that may only
// read, or that get the change as a file.
rule ci_agent_abuse_shell_prompt {
  meta:
    id = "ci-agent-abuse-shell-prompt"
    severity = "high"
    confidence = "likely"
    description = "A script of a pipeline hands what strangers wrote to an agent that asks nobody"
    reference = "https://attack.mitre.org/techniques/T1195/002/"
    date = "2026-11-30"
  strings:
    $v = /\$\{?(CI_MERGE_REQUEST_(TITLE|DESCRIPTION)|CI_COMMIT_(MESSAGE|DESCRIPTION)|(PR|ISSUE|COMMENT|MR|REVIEW)_(TITLE|BODY|TEXT|DESCRIPTION)|BITBUCKET_PR_TITLE|CHANGE_TITLE)\b/
    $f = /--dangerously-(skip-permissions|bypass-approvals-and-sandbox)|--yolo\b|--full-auto\b|--trust-all-tools|--allow-all-tools|danger-full-access|bypassPermissions|approval-mode[= ]yolo/
    $a = /\b(claude|codex|gemini|cursor-agent|aider|opencode|copilot|qwen|q chat)\s/
  condition:
    filesize < 60KB and $v and $f and $a
}

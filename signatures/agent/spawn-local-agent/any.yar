// An order to clean the system, home directory or cloud account, aimed at an agent with tools. Administration guides address people.
rule spawn_local_agent_wipe_prompt {
  meta:
    id = "spawn-local-agent-wipe-prompt"
    severity = "high"
    confidence = "likely"
    description = "Prompt literal tells an AI agent to delete files or cloud resources"
    reference = "https://aws.amazon.com/security/security-bulletins/AWS-2025-015/"
    date = "2026-11-23"
  strings:
    $a = /[Yy]ou are an? (AI |helpful )?(agent|assistant)[^\n]{0,200}(delete|wipe|destroy|terminate|erase)[^\n]{0,120}(file-?system|home director|cloud resources|all files|disk\b|near-factory|user'?s files)/
    $b = /near-factory state/
    $c = /(delete|wipe|erase|destroy) (the |all |every |entire |user'?s ){1,3}(f\Bile-?system|home director(y|ies)|cloud resources)[^\n]{0,200}(aws |gcloud |--profile|agent|bash tool)/
  condition:
    filesize < 1MB and any of them
}

// A table of agents with the flag of each, and one text for all of them: find credentials, send or print them. Look-alikes: rules and papers about
// such attacks quote one or the other and explain it.
rule spawn_local_agent_table_and_prompt {
  meta:
    id = "spawn-local-agent-table-and-prompt"
    severity = "high"
    confidence = "likely"
    description = "Flags of several agents that switch off their questions stand beside an order to collect secrets"
    reference = "https://nx.dev/blog/s1ngularity-postmortem"
    date = "2026-11-30"
  strings:
    $f1 = "--dangerously-skip-permissions"
    $f2 = "--trust-all-tools"
    $f3 = "--allow-all-tools"
    $f4 = "--dangerously-bypass-approvals-and-sandbox"
    $f5 = /["'\[ ]--yolo\b|approval-mode["', =]{1,6}yolo/
    $f6 = /\[\s?--force,|["']--force["'],\s?["']-p["']/
    $f7 = "--no-interactive"
    $s = /(\.aws\/credentials|\.kube\/config|master\.key|id_rsa|id_ed25519|\.npmrc|\.env files|recovery phrases?|seed phrases?|wallet files?|browser\s{1,3}passwords|KeePass|keystore)[^"`]{0,300}(upload|send (it|them|the)|curl -T|POST|print the (file )?contents?|write (it|them) to|base64)/i
    $o = /\b(answer only|reply only|do not (explain|ask|mention)|without asking|never mention)\b/i
  condition:
    filesize < 40KB and 2 of ($f*) and $s and $o
}

// An agent is started with a prompt that comes from a server, so that what it does changes with every run. Tools that keep prompts
// on a server of theirs fetch them with their own client and hand them to a model that has no shell.
rule spawn_local_agent_fetched_prompt {
  meta:
    id = "spawn-local-agent-fetched-prompt"
    severity = "high"
    confidence = "likely"
    description = "A script starts an AI agent with a prompt that it downloads"
    reference = "https://nx.dev/blog/s1ngularity-postmortem"
    date = "2026-11-30"
  strings:
    $p = /\s(-p|--print|--prompt|--message|exec|run|chat)\s{1,3}["']?(\$\(|`)(curl|wget) [^\n]{4,200}/
    $g1 = "claude"
    $g2 = "codex"
    $g3 = "gemini"
    $g4 = "cursor-agent"
    $g5 = "opencode"
    $g6 = "aider"
    $g7 = "copilot"
    $g8 = "qwen"
  condition:
    filesize < 100KB and $p and for any of ($g*) : ( $ and for any i in (1..20) : ( $p in (@[i]..@[i]+400) ) )
}

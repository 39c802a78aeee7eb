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

// What steers the model can change without a release. Prompt-hub clients do this as their purpose.
rule remote_config_exec_prompt {
  meta:
    id = "remote-config-exec-prompt"
    severity = "medium"
    confidence = "likely"
    description = "System prompt, rules or tool list is taken from a web response"
    reference = "https://attack.mitre.org/techniques/T1105/"
    date = "2026-11-23"
  strings:
    $a = /(syst[eE]m_?pro[mM]pt|syst[eE]mInstructions?|syst[eE]m_instruction|age[nN]tRules|agen\Bt_rules|hidde\Bn_rules|hiddenrules)["']?\s{0,3}[:=]\s{0,3}(await )?[\w.()]{0,20}(fetch\(|requests\.get\(|httpx\.get\(|axios\.get\(|urlopen\(|resp|response|remote|res\.data|cfg\.|config\.(data|remote))/
    $u = /(fetch|get|urlopen|got)\(\s{0,3}f?["'`]https?:\/\//
  condition:
    filesize < 200KB and $a and $u
}

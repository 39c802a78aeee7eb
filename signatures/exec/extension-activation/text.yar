// activationEvents "*" or onStartupFinished. Many honest extensions ask for it.
rule extension_activation_broad {
  meta:
    id = "extension-activation-broad"
    severity = "low"
    confidence = "hint"
    description = "An editor extension activates on every start"
    reference = "https://attack.mitre.org/techniques/T1176/"
    date = "2026-11-23"
  strings:
    $a = /"activationEvents"\s{0,4}:\s{0,4}\[[^\]]{0,200}"(\*|onStartupFinished)"/
  condition:
    $a
}

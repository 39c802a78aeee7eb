// cred/keychain: native files

// Dialog text, hidden answer and dscl check together in one program.
rule keychain_native_fake_prompt {
  meta:
    id = "keychain-native-fake-prompt"
    severity = "critical"
    confidence = "certain"
    description = "Program asks for the login password with a script dialog and verifies it"
    reference = "https://attack.mitre.org/techniques/T1056/002/"
    date = "2026-11-23"
  strings:
    $a = /hidden answer/i
    $d = /display dialog/i
    $b1 = /dscl \.? ?(\/Local\/Default )?-?authonly/
    $k = "login.keychain"
  condition:
    $a and $d and any of ($b1,$k)
}

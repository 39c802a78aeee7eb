// evade/anti-debug-js-py: script files

// Commercial obfuscators insert this; coverage tools read gettrace but do not exit.
rule anti_debug_script {
  meta:
    id = "anti-debug-script"
    severity = "medium"
    confidence = "likely"
    description = "Stops or loops when a debugger is attached"
    reference = "https://attack.mitre.org/techniques/T1622/"
    date = "2026-11-23"
  strings:
    $a = /setInterv\Bal\([^\n]{0,80}\bdebugger\b/
    $b = /constructo\Br\(["'`]debugger["'`]\)|["']debu["']\s?\+\s?["']gger["']/
    $c = /(execArgv|process\.argv)[^\n]{0,80}(--inspect|inspec\Bt-brk)[^\n]{0,80}(process\.exit|while\s?\()/
    $d = /sys\.gettrac\Be\(\)[^\n]{0,60}:?\s{0,24}(sys\.exit|os\._exit|exit\(|quit\(|raise SystemExit)/
    $e = /\.IsDebuggerPresent\(\)/
    $f = /TracerPid[^\x00]{0,200}(sy\Bs\b\.\bexit\(|os\._exit\(|process\b\.\bexit\()/
  condition:
    any of them
}

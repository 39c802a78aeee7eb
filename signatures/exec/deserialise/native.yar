// GLOBAL or STACK_GLOBAL opcodes naming posix.system, subprocess or builtins.exec. Look-alikes: test data of pickle scanners.
rule deserialise_pickle_runner {
  meta:
    id = "deserialise-pickle-runner"
    severity = "high"
    confidence = "certain"
    description = "A pickle stream calls a command or code runner"
    reference = "https://attack.mitre.org/techniques/T1059.006/"
    date = "2026-11-23"
  strings:
    $p0 = /c(posix|nt|os)\n(system|popen|execv|spawnv)\n/
    $p1 = /c(__builtin__|builtins)\n(exec|eval|compile|execfile|__import__)\n/
    $p2 = /csubprocess\n(Popen|call|run|check_output|getoutput)\n/
    $p4 = /\x8c.(posix|nt|os)\x94?\x8c.(system|po\Bpen)\x94?\x93/
    $p5 = /\x8c\x08builtins\x94?\x8c.(exec|eval|compile|__import__)\x94?\x93/
    $p6 = /\x8c\nsubprocess\x94?\x8c.(Popen|call|run|check_output|getoutput)\x94?\x93/
    $p7 = /c(webbrowser|runpy|pty|socket)\n(open|_run_code|spawn|create_connection)\n/
  condition:
    any of them
}

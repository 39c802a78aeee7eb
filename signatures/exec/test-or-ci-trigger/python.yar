// conftest-level code that decodes and runs: executed by every reviewer. Look-alikes: suites that start servers as processes (no decode, no shell pipe).
rule test_trigger_py_hook {
  meta:
    id = "test-trigger-py-hook"
    severity = "high"
    confidence = "likely"
    description = "A pytest hook or fixture executes decoded text or fetches code"
    reference = "https://attack.mitre.org/techniques/T1195.002/"
    date = "2026-11-23"
  strings:
    $h = /\ndef pytest_(configure|sessionstart|collection_modifyitems|load_initial_conftests|runtest_setup|plugin_registered|addoption)|@pytest\.fixture ?\([^)\n]{0,80}autouse ?= ?True/
    $x = /(exec\(|eval\() ?(compile ?\( ?)?(base64|b64decode|zlib|marshal|requests|urlopen|__import__|bytes\.fromhex)|(os\.system|subprocess\.\w{3,12}) ?\( ?\[?f?['"](curl|wget|powershell|bash -c|nc )|os\.system ?\([^\n]{0,120}\| ?(ba)?sh/
  condition:
    all of them and filesize < 200KB
}

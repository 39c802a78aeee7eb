// pickle.loads of decoded text or of a response body runs code of the sender. Look-alikes: old test-runner bundles, cluster back ends on trusted links.
rule deserialise_py_pickle_literal {
  meta:
    id = "deserialise-py-pickle-literal"
    severity = "high"
    confidence = "likely"
    description = "A pickle from an encoded literal or response is loaded"
    reference = "https://attack.mitre.org/techniques/T1059.006/"
    date = "2026-11-23"
  strings:
    $a = /(pickle\.load|cPickle\.load|dill\.\bload|cloudpickle\.load|jobl\Bib\.load)s? ?\( ?(base64\.b64decode|b64decode|byte\Bs\.fromhex|zl\Bib\.decompress|code\Bcs\.decode) ?\( ?[bru]{0,2}["']{1,3}[^"'{]/
    $b = /(pickle|cPickle|dill|cloudpickle)\.loads ?\( ?(requests\.get|urlopen|urllib\.request\.urlopen|\w{1,20}\.recv)\b/
  condition:
    any of them
}

// An object that runs os.system or exec when it is unpickled. Look-alikes: tests of pickle scanners.
rule deserialise_py_reduce_command {
  meta:
    id = "deserialise-py-reduce-command"
    severity = "high"
    confidence = "likely"
    description = "A __reduce__ method returns a command or code runner"
    reference = "https://attack.mitre.org/techniques/T1059.006/"
    date = "2026-11-23"
  strings:
    $a = /def _\B_reduce(_ex)?__ ?\([^\n]{1,40}\n([^\n]{0,160}\n){0,4}[^\n]{0,40}return[ (]{1,3}(os\.(system|popen)|subprocess\.\w{3,14}|exec|eval|builtins\.(exec|eval)|__import__|pty\.spawn)\b/
  condition:
    $a
}

// Capability.
rule deserialise_py_load {
  meta:
    id = "deserialise-py-load"
    severity = "info"
    confidence = "hint"
    description = "Code loads pickle or marshal data"
    reference = "https://attack.mitre.org/techniques/T1059.006/"
    date = "2026-11-23"
  strings:
    $a = /\b(pickle\.load|cPickle\.load|marshal\.load|dill\.\bload|jobl\Bib\.load|cloudpickle\.load)s? ?\(/
    $b = "torch.load("
    $c = /yaml\.(unsafe_)?load ?\(/
  condition:
    any of them
}

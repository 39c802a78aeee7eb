// Capability: dataclass builders, template engines and expression parsers do it every day.
rule dynamic_eval_py_capability {
  meta:
    id = "dynamic-eval-py-capability"
    severity = "info"
    confidence = "hint"
    description = "Code executes text held in a variable"
    reference = "https://attack.mitre.org/techniques/T1059.006/"
    date = "2026-11-23"
  strings:
    $a = /\b(exec\(|eval\() ?[A-Za-z_][\w.]{0,40} ?[,)]/
  condition:
    $a
}

// exec(os.environ[...]) and eval(request.args...) are back doors by construction. Look-alike: debug hooks such as PYTHONSTARTUP handling, which read a file.
rule dynamic_eval_py_env {
  meta:
    id = "dynamic-eval-py-env"
    severity = "high"
    confidence = "likely"
    description = "Text from an environment variable or web request is executed"
    reference = "https://attack.mitre.org/techniques/T1059.006/"
    date = "2026-11-23"
  strings:
    $a = /(^|[^\w])(exec\(|eval\() ?(base64\.b64decode\( ?)?(os\.)?(environ(\.get)?|getenv) ?[(\[]/
    $b = /(^|[^\w])(exec\(|eval\() ?(flask\.)?reque\Bst\.(args|form|values|cookies|headers|data|json|GET|POST|get_data|get_json)/
  condition:
    any of them and filesize < 200KB
}

// getattr(x, "ex"+"ec") or globals()["__builtins__"]: the word is hidden from searches, so somebody expected a search.
rule dynamic_eval_py_split_name {
  meta:
    id = "dynamic-eval-py-split-name"
    severity = "high"
    confidence = "likely"
    description = "The name exec or eval is put together at run time"
    reference = "https://attack.mitre.org/techniques/T1027/"
    date = "2026-11-23"
  strings:
    $a = /['"]e['"] ?\+ ?['"]x['"] ?\+ ?['"]e['"] ?\+ ?['"]c['"]/
    $b = /\[ ?['"](ex|exe|e)['"] ?\+ ?['"](ec|c|xec)['"] ?\]/
    $c = /getattr ?\( ?__builtins__ ?, ?(['"](ex|exe|e|ev|eva)['"] ?\+|['"]{2}\.join|\w{1,20}\[::-1\]|['"](cexe|lave)['"])/
    $d = /(globals|locals|vars) ?\( ?\) ?\[ ?['"]__builtins__['"] ?\]/
    $e = /(cexe|lave|__tropmi__)['"] ?\[ ?: ?: ?-1 ?\]/
    $k = /\bchr\(|\[ ?: ?: ?-1 ?\]|b64decode\(/
    $f = /eval ?\( ?['"]{2}\.join ?\( ?chr ?\(/
  condition:
    (any of ($a, $b, $c, $e, $f) or ($d and $k)) and filesize < 6MB
}

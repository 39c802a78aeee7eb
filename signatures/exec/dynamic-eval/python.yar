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

// Built-in functions are asked for by a name that is worked out, of `__import__("builtins")` on the spot: nobody shall read which.
// Honest look-alikes: `import builtins` and `getattr(builtins, name)`, as loaders of settings have it.
rule dynamic_eval_py_builtin_by_call {
  meta:
    id = "dynamic-eval-py-builtin-by-call"
    severity = "high"
    confidence = "likely"
    description = "A built-in function is looked up by a computed name in builtins that are imported on the spot"
    reference = "https://attack.mitre.org/techniques/T1027/"
    date = "2026-11-28"
  strings:
    $a = /(vars|dict) ?\( ?__import__ ?\( ?['"]b[uU]iltins['"] ?\) ?\) ?\[ ?[A-Za-z_]\w{0,30} ?[(\[]/
    $b = /getattr ?\( ?__import__ ?\( ?['"]b[uU]iltins['"] ?\) ?, ?[A-Za-z_]\w{0,30} ?[(\[]/
    $c = /__import__ ?\( ?['"]b[uU]iltins['"] ?\) ?\. ?__dict__ ?\[ ?[A-Za-z_]\w{0,30} ?[(\[]/
  condition:
    any of them
}

// Capability: template engines, schema compilers and bundlers.
rule dynamic_eval_js_capability {
  meta:
    id = "dynamic-eval-js-capability"
    severity = "info"
    confidence = "hint"
    description = "Code evaluates text at run time"
    reference = "https://attack.mitre.org/techniques/T1059.007/"
    date = "2026-11-23"
  strings:
    $a = /new Function( \(|\()/
    $b = /\beval ?\( ?[\w$]/
    $c = /\.runIn(This|New)?Context ?\(/
  condition:
    any of them
}

// eval of process.env, of a request field or after resolveTxt. Look-alikes: development consoles, which are not shipped;
// `pattern.exec(req.headers.x)`, which looks for a pattern in it and runs nothing.
rule dynamic_eval_js_env {
  meta:
    id = "dynamic-eval-js-env"
    severity = "high"
    confidence = "likely"
    description = "Text from an environment variable, request or DNS answer is evaluated"
    reference = "https://attack.mitre.org/techniques/T1059.007/"
    date = "2026-11-23"
  strings:
    $a = /\b(eval|new Function|runInThisContext) ?\( ?(Buffer\.from\( ?)?process\.\benv[.\[]/
    $b = /(\beval|new Function|\bexecSync|[^.\w$]exec|\b(child_process|childProcess|cp|proc|shell|sh)(["']\))?\.exec) ?\( ?(req\.|request\.|ctx\.)(body|query|params|headers|cookies|get\()/
    $c = /res[oO]lveTxt ?\([^;]{0,300}(\beval|new Function|\bexecSync|[^.\w$]exec|\b(child_process|childProcess|cp|proc|shell|sh)(["']\))?\.exec) ?\(/
  condition:
    any of them and filesize < 1MB
}

// []["constructor"]["constructor"]("...") and globalThis["ev"+"al"]: spelled so that searches miss it. JSFuck tests hold it as data.
rule dynamic_eval_js_indirect {
  meta:
    id = "dynamic-eval-js-indirect"
    severity = "high"
    confidence = "likely"
    description = "An evaluator is reached through a constructor chain or split name with encoded input"
    reference = "https://attack.mitre.org/techniques/T1027/"
    date = "2026-11-23"
  strings:
    $a = /\[ ?['"](ev|eva)['"] ?\+ ?['"](al|l)['"] ?\]/
    $b = /\[['"](constructor|\\x63onstructor)['"]\]\[['"]constructor['"]\] ?\( ?(Buffer|atob|decode|['"`](return )?(process|require))/
    $c = /\(async ?\(?\)? ?=> ?\{\}\)\.constructor ?\( ?(Buffer|atob|await|decode)/
    $d = /requi\Bre\( ?['"](child|chi|ch)['"] ?\+ ?['"]/
  condition:
    any of them and filesize < 3MB
}

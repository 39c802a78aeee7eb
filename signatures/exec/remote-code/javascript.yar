// eval(res.data.x), eval(await r.text()) and new Function("require", body): the recruiter-task loader. JSONP helpers of old DOM libraries use responseText, kept out here.
rule remote_code_js_eval_response {
  meta:
    id = "remote-code-js-eval-response"
    severity = "critical"
    confidence = "likely"
    description = "A field of an HTTP response is evaluated"
    reference = "https://unit42.paloaltonetworks.com/two-campaigns-by-north-korea-bad-actors-target-job-hunters/"
    date = "2026-11-23"
  strings:
    $a = /\b(eval|runInThisContext|runInNewContext|_compile) ?\( ?(await )?\(?(res|resp|response|r|result|reply|axiosRes|body)\.(data|body|text|cookie)\b/
    $b = /\b(eval|new Function|Function\.constructor) ?\( ?(['"]require['"], ?)?\(? ?await ?\(? ?(await )?(fetch|axios|got|\w{1,12}\.(text|json)) ?[\w.]{0,12}\(/
    $c = /(new Function|new \(?Function\.constructor\)?|Function\.constructor|Function) ?\( ?['"]require['"], ?((res|resp|response|r|err|error|e|body|data|s|code|payload)\.[\w.]{2,40}|res|resp|response|err|error) ?\)/
    $s = /(new Function|new \(?Function\.constructor\)?|Function\.constructor|Function) ?\( ?['"]require['"], ?(r|e|body|data|s|code|payload) ?\)/
    $g = /\b(https?\.(get|request)|axios(\.(get|post|request))?|fetch|request(\.get)?|needle|superagent\.get|got\.get|got) ?\(|responseText|XMLHttpRequest/
    $d = /\.\bthen\( ?\(?(\w{1,12})\)? ?=> ?\{? ?(eval|new Function) ?\( ?\w{1,12}\.(data|body)/
  condition:
    ($a or $b or $c or $d or ($s and $g)) and filesize < 3MB
}

// http.get/axios/fetch, then eval, new Function or _compile at most 600 bytes later in a small file. Look-alikes: REPL tools and remote-module loaders.
rule remote_code_js_fetch_then_eval {
  meta:
    id = "remote-code-js-fetch-then-eval"
    severity = "high"
    confidence = "likely"
    description = "A fetched body is evaluated within a few lines"
    reference = "https://attack.mitre.org/techniques/T1105/"
    date = "2026-11-23"
  strings:
    $g = /\b(https?\.(get|request)|axios(\.(get|post|request))?|fetch|request(\.get)?|needle|superagent\.get|got\.get|got) ?\( ?[\w'"`${(]/
    $e = /\beval ?\( ?[\w$]|new Function ?\( ?['"\w$]|\._compile ?\(|runIn(This|New)Context ?\(|Functi\Bon\.constructor/
    $u = /['"`]https?:\/\/|atob ?\(|['"]bas\Be64['"]|h\Bostname ?:/
    $p = /fetch ?\([^\n]{1,200}\.then ?\([^\n]{1,80}\.text ?\(\)[^\n]{0,30}\.then ?\( ?(window\.|globalThis\.|global\.)?(eval|Function) ?\)/
  condition:
    ($u and #g < 40 and filesize < 40KB and for any i in (1..#g) : ($e in (@g[i]..@g[i]+600))) or ($u and $p and filesize < 400KB)
}

// Response text handed to exec, to node -e or to a shell in one short file. `pattern.exec(r.text)` only looks for a pattern.
rule remote_code_js_fetch_to_interpreter {
  meta:
    id = "remote-code-js-fetch-to-interpreter"
    severity = "critical"
    confidence = "likely"
    description = "A fetched body is passed to a command interpreter"
    reference = "https://attack.mitre.org/techniques/T1105/"
    date = "2026-11-23"
  strings:
    $a = /\.\bthen\( ?\(?\w{1,12}\)? ?=> ?\{? ?(require\(['"](node:)?child_process['"]\)\.)?(exec|execSync|spawn) ?\( ?\w{1,12}(\.data|\.body)?[ ,)]/
    $b = /([^.\w$]exec|\b(child_process|childProcess|cp|proc|shell|sh)(["']\))?\.exec|\bexecSync|\bspawnSync) ?\( ?(await )?\(?(res|resp|response|r|result)\.(data|body|text)/
    $c = /['"]-e['"], ?(await )?\(?(res|resp|response|r|result|body|payload)(\.(data|body|text)\w{0,4})?\(?\)? ?[\],]/
  condition:
    any of them and filesize < 200KB
}

// requests/urllib/solders/eth_account attribute assignment plus a send. Look-alikes: gevent, tracing agents and mocks, which do not post to a literal host.
rule monkeypatch_hook_py_http {
  meta:
    id = "monkeypatch-hook-py-http"
    severity = "medium"
    confidence = "likely"
    description = "An HTTP or key function of another library is replaced by a wrapper that sends data"
    reference = "https://attack.mitre.org/techniques/T1056/"
    date = "2026-11-23"
  strings:
    $a = /\n[ \t]{0,12}(reques\Bts\.(post|get|request|Session\.(send|request))|urllib3\.[\w.]{1,40}|http\.\bclie\Bnt\.HTTPConnection\.\w{1,20}|Keypair\.(from_\w{1,30}|__init__)|Accoun\Bt\.(from_key|create|from_mnemonic)|paramiko\.[\w.]{1,40}\.connect|getpass\.\bgetpass|builtins\.(input|__import__)|smtpl\Bib\.\bSMTP\.\w{1,20}|boto3\.[\w.]{1,30}) ?= ?[A-Za-z_]\w{0,40}/
    $h = /['"]https?:\/\/[^'"\s]{4,200}['"]/
    $s = /(post|send|urlopen|sendall|sendto)\w{0,10} ?\(/
    $m = /im[pP]ort mock|im[pP]ort pytest|im[pP]ort [uU]nittest|unittes[tT]\.mock|[wW]rapt|[oO]pentelemetry|ddtrace/
  condition:
    $a and $h and $s and not $m and filesize < 40KB
}

// sys.modules["requests"] = Proxy(...) together with exec or decode. Look-alikes: six and lazy importers replace their own name.
rule monkeypatch_hook_py_module_proxy {
  meta:
    id = "monkeypatch-hook-py-module-proxy"
    severity = "high"
    confidence = "likely"
    description = "A popular module is replaced in sys.modules by a proxy that executes text"
    reference = "https://attack.mitre.org/techniques/T1574/"
    date = "2026-11-23"
  strings:
    $a = /(sys|__import__\( ?['"]sys['"] ?\))\.\bmodules\[ ?['"](requests|urllib3|httpx|os|socket|ssl|json|subprocess|builtins|numpy|pandas|cryptography)['"] ?\] ?= ?\w/
    $x = /\b(exec\(|eval\()|b64decode|urlopen ?\(/
    $m = /import mock|import pytest|import unittest|from unittest|TestCase/
  condition:
    $a and $x and not $m and filesize < 40KB
}

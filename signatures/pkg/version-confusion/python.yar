// 99.x together with network or spawn in setup.py: dependency confusion with an act. Look-alike: none known.
rule version_confusion_setup {
  meta:
    id = "version-confusion-setup"
    severity = "high"
    confidence = "likely"
    description = "A setup script with a very high version number reaches the network or starts a process"
    reference = "https://attack.mitre.org/techniques/T1195.001/"
    date = "2026-11-23"
  strings:
    $s_imp1 = "rom setuptools"
    $s_imp2 = "ort setuptools"
    $s_imp3 = "distutils.core"
    $s_call = /\n[ \t]{0,8}(setuptools\.)?setup ?\(/
    $v = /version ?= ?['"](99|9{3,6}|100{1,3})(\.\d{1,5}){0,3}['"]/i
    $n_req = /req[uU]ests( \.|\.)(get|post|put|request|Session)( \(|\()/
    $n_open = "urlopen("
    $n_retr = "urlretrieve("
    $n_hc = /http\.client\.HTTPS?Connection\(/
    $n_hx = /httpx\.(get|post|Client)\(/
    $n_sock = "connect(("
    $n_aio = "aiohttp.ClientSession("
    $n_s = /os\.system ?\(|subprocess\.(Popen|run|call|check_output|getoutput)|gethostbyname|socket\.socket|exec ?\(/
  condition:
    $s_call and 1 of ($s_imp*) and filesize < 120KB and $v and any of ($n_*)
}

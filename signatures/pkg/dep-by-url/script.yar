// pip with --index-url/--extra-index-url/-i to a bare address, plain HTTP or a look-alike host, or pip install of an http archive, at run time.
// Look-alikes: CUDA wheels from a vendor index over https.
rule dep_by_url_pip_index {
  meta:
    id = "dep-by-url-pip-index"
    severity = "high"
    confidence = "likely"
    description = "Code installs packages from an index or archive outside the registry"
    reference = "https://attack.mitre.org/techniques/T1195.001/"
    date = "2026-11-23"
  strings:
    $a = /--(extra-)?index-url["', =]{1,6}http\b:\/\/[^\s"']{4,120}/
    $b = /--(extra-)?index-url["', =]{1,6}https?:\/\/([1-9]|1[1-9]|[2-9]\d|1([01]\d|2[0-689]|[345]\d|6[0-8]|7[013-9]|8\d|9[013-9])|2\d\d|192\.0)(\.\d{1,3}){2,3}/
    $c = /--trusted-host["', =]{1,6}[\w-]{1,60}\.[\w.-]{2,60}/
    $co = /--trusted-host["', =]{1,6}(pypi\.|files\.python|test\.pypi|download\.pytorch|host\.docker|example\.|127\.|10\.|192\.168)/
    $d = /install["',\s]{1,6}[^\n]{0,60}https?:\/\/(([1-9]|1[1-9]|[2-9]\d|1([01]\d|2[0-689]|[345]\d|6[0-8]|7[013-9]|8\d|9[013-9])|2\d\d|192\.0)(\.\d{1,3}){2,3}|[\w.-]{0,60}(pypi|pythonhosted)[\w-]{0,20}\.(ru|cn|xyz|top|site|io|dev|online|invalid|info|me|cc))/
    $p = /\bpip3?\b/
    $l = /(lo\Bcalhost|127\.0\.0\.1|http:\/\/10\.\d|http:\/\/192\.168\.)/
  condition:
    $p and (any of ($a,$b,$d) or ($c and not $co)) and not $l and filesize < 100KB
}

// dependency_links, direct references, or a computed name in install_requires. Look-alikes: forks of machine-learning projects.
rule dep_by_url_py_setup {
  meta:
    id = "dep-by-url-py-setup"
    severity = "medium"
    confidence = "likely"
    description = "A setup script takes dependencies from a repository, archive or extra index"
    reference = "https://attack.mitre.org/techniques/T1195.001/"
    date = "2026-11-23"
  strings:
    $s_imp1 = "rom setuptools"
    $s_imp2 = "ort setuptools"
    $s_imp3 = "distutils.core"
    $s_call = /\n[ \t]{0,8}(setuptools\.)?setup ?\(/
    $a = /dependen\Bcy_links ?= ?\[ ?\n?\s{0,16}['"]/
    $b = /['"][\w.\[\]-]{1,60} ?@ ?(git\+https?|https?):\/\//
    $c = /install_requires ?= ?\[ ?f['"]\{/
  condition:
    $s_call and 1 of ($s_imp*) and filesize < 120KB and any of ($a,$b,$c)
}

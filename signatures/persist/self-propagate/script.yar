// persist/self-propagate: script files

// Hook assignment next to a publish call with a tarball or an owner look-up. Release tools publish their own working copy and never set hooks.
rule self_propagate_npm {
  meta:
    id = "self-propagate-npm"
    severity = "high"
    confidence = "likely"
    description = "Adds an install hook to packages and publishes them with a found token"
    reference = "https://attack.mitre.org/techniques/T1195/002/"
    date = "2026-11-23"
  strings:
    $t = /_authToken|NPM_TOKEN|\.npmrc\b/
    $l = /\/-\/v1\/search\?text=maintainer|\/-\/whoami|npm\swhoami|\/-\/npm\/v1\/tokens|maintainer:/
    $h1 = /(scripts\.|scripts\[["'`])(postinstall|preinstall|install)(["'`]\])?\s?=[^=]/
    $h2 = /["']scripts["']\]\s?\[["'](postinstall|preinstall)["']\]\s?=/
    $h3 = /scr\Bipts\.\w{1,20}install\s?=[^=]|scr\Bipts\s?:\s?\{\s?(\.\.\.[\w.]{1,40},\s?)?["']?(postinstall|preinstall)["']?\s?:/
    $p = /npm["'`,\s\[\]]{1,8}pu\Bblish\b/
    $b = /\.tgz\b|tarball|versions?\b[^\n]{0,40}(\+\s?1|patch)/
  condition:
    filesize < 20MB and any of ($h*) and $p and (($t and $l) or (filesize < 200KB and $b))
}

// .pypirc read, file injection and upload in one script. Release helpers do not edit other projects' code.
rule self_propagate_pypi {
  meta:
    id = "self-propagate-pypi"
    severity = "high"
    confidence = "likely"
    description = "Uploads altered packages with a found PyPI token"
    reference = "https://attack.mitre.org/techniques/T1195/002/"
    date = "2026-11-23"
  strings:
    $t = /\.pypirc|TWINE_PASSWORD|PYPI_TOKEN|pypi-AgE/
    $u = /twine["',\s\[\]]{1,8}upload|uploa\Bd\.pypi\.org(\.invalid)?\/legacy/
    $i = /(setup\.py|__init__\.py|\.pth)["'][^\n]{0,80}["'](a|w|r\+|a\+)["']|open\([^\n]{0,100}["']a["']\)/
    $l = /os\.walk\(|\.rglob\(|glo\Bb\.glob\(|site-packages|for\s\w{1,20}\sin\s[^\n]{0,40}(pac\Bkages|pro[jJ]ects|r\Bepos)/
  condition:
    filesize < 100KB and all of them
}

// Multi-repository tools do this with the user's change.
rule self_propagate_git_push {
  meta:
    id = "self-propagate-git-push"
    severity = "medium"
    confidence = "likely"
    description = "Injects a file into every local repository and pushes"
    reference = "https://attack.mitre.org/techniques/T1080/"
    date = "2026-11-23"
  strings:
    $f = /(find|os\.walk|rglob|readdir|glob)\b[^\n]{0,80}\.git\b/
    $w = /wr[iI]teFile|\.wr[iI]te\(|wr[iI]te_text|cat > ?\S|appe\BndFile|\bcp [\w.\/"$-]{2,60} /
    $p = /git["'`,\s\[\]]{1,6}push\b/
    $h = /ex[pP]anduser|homedir\(\)|P[aA]th\.home|\$HOME/
  condition:
    filesize < 60KB and all of them
}

// Goes through a folder, leaves its own file out, and opens the others for writing. Loaders leave themselves out, too, and
// write nothing.
rule self_propagate_ruby_infector {
  meta:
    id = "self-propagate-infector"
    severity = "high"
    confidence = "likely"
    description = "Writes over every file of a folder but its own"
    reference = "https://attack.mitre.org/techniques/T1080/"
    date = "2026-11-27"
  strings:
    $walk = /\bDir\.(foreach|glob|entries|each_child|children)\b|\bFind\.find\b|\bscandir\(|\bopendir\b|os\.(walk|listdir|scandir)\(/
    $skip1 = /(next|continue)\s{1,3}if\s[^\n]{0,40}==\s{0,3}__FILE__/
    $skip2 = /if\s{0,3}\(?\s{0,3}[^\n]{0,40}[!=]=\s{0,3}(__file__|__FILE__|sys\.argv\[0\]|\$0)\b/
    $write = /File\.(open|new)\([^\n]{1,40},\s{0,3}['"](w|a|r\+|wb)\+?['"]|\bopen\([^\n]{1,40},\s{0,3}['"](w|a|r\+|wb|ab)['"]|\bfopen\([^\n]{1,40},\s{0,3}['"](w|a|r\+)/
    $read = /\.read\b|file_get_contents|\bread\(\)/
  condition:
    filesize < 40KB and $write and $read and for any i in (1..#walk) : ( any of ($skip*) in (@walk[i]..@walk[i]+3000) )
}

// A loop that gives the package at hand another name each time and publishes it. Tools for releases publish what they are told to, under its name.
rule self_propagate_npm_spam {
  meta:
    id = "self-propagate-npm-spam"
    severity = "high"
    confidence = "likely"
    description = "Publishes packages under names made by chance, one after another"
    reference = "https://attack.mitre.org/techniques/T1195/002/"
    date = "2026-11-27"
  strings:
    $publish = /npm["'`,\s\[\]]{1,8}pu\Bblish\b/
    $name = /\.name\s?=\s?[^=\n]/
    $version = /\.version\s?=\s?[^=\n]/
    $chance = /Math\.rand\Bom\(|rand\BomUUID\(|rand\BomBytes\(/
    $loop = /while\s?\((true|1)\)|for\s?\(;;\)|setInterval\(/
  condition:
    filesize < 50KB and all of them
}

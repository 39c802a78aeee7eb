// Capability: creates repositories, gists or contents over the API. Release tools do.
rule exfil_git_api_write {
  meta:
    id = "exfil-git-api-write"
    severity = "info"
    confidence = "likely"
    description = "Names the GitHub API for creating repositories or gists"
    reference = "https://attack.mitre.org/techniques/T1567/001/"
    date = "2026-11-23"
  strings:
    $a = /a\Bpi\.github\.com\/(user\/repos|gists\b)/
    $b = /["'`]\/user\/repos["'`]|createForAuthenticatedUser\(/
  condition:
    any of them
}

// Token taken from the gh tool or environment, then a repository created to hold data. Release tools work on the repository they run in.
rule exfil_git_token_to_repo {
  meta:
    id = "exfil-git-token-to-repo"
    severity = "high"
    confidence = "likely"
    description = "Harvested GitHub token is used to create a repository or gist"
    reference = "https://attack.mitre.org/techniques/T1567/001/"
    date = "2026-11-23"
  strings:
    $t = /gh auth token|ghp_\[|gh[po]_\[?[A-Za-z0-9\\\[{]|\(gh[pousr]{1,6}\)?_|\.\bconfig\/gh\/hosts|process\.e\Bnv\.(GITHUB_TOKEN|GH_TOKEN|NPM_TOKEN)|environ(\.get)?[\(\[]["'](GITHUB_TOKEN|GH_TOKEN)/
    $r = /[aA]pi\.github\.com(\.invalid)?\/user\/repos|["'`]\/user\/repos["'`]|[aA]pi\.github\.com(\.invalid)?\/gists/
    $b = /toString\(["'`]base\B64["'`]\)|b64encode\(|btoa\(/
    $c = /process\b\.env\s?[),}]|dict\(os\.environ|os\.environ\.items|id_rsa|\.npmrc|\.a\Bws\/credentials|trufflehog|JS\BON\.stringify\(process\.env|"?private"?\s?:\s?(false|!1)|['"]private['"]\s?:\s?False/
  condition:
    filesize < 300KB and (for any i in (1..#r) : ( i < 10 and ($t in (@r[i]-3000..@r[i]+3000)) and ($b in (@r[i]-3000..@r[i]+3000)) and ($c in (@r[i]-4000..@r[i]+4000)) ))
}

// All secrets of a CI run serialised inside a program's own string: the program writes such a workflow somewhere.
rule exfil_git_workflow_secrets {
  meta:
    id = "exfil-git-workflow-secrets"
    severity = "high"
    confidence = "likely"
    description = "Program carries a workflow that dumps all CI secrets"
    reference = "https://attack.mitre.org/techniques/T1552/001/"
    date = "2026-11-23"
  strings:
    $a = /\$\{\{ ?toJSON\( ?secrets ?\) ?\}\}/ nocase
    $w = /\.github\/workflows\/|on: ?\[?push|runs-on:|\/contents\//
  condition:
    $a and $w and filesize < 12MB
}

// A build of Gradle opens a connection of its own, writes into it, and takes what the user keeps for other builds: the
// properties below the home, the settings of Maven, or the whole environment. Look-alikes: publishing goes through the
// plugins for it and takes properties by their names; uploads of one's own take one variable.
rule files_dev_gradle_send {
  meta:
    id = "files-dev-gradle-send"
    severity = "high"
    confidence = "likely"
    description = "A build of Gradle sends the user's settings or the whole environment by a connection of its own"
    reference = "https://attack.mitre.org/techniques/T1552/001/"
    date = "2026-11-28"
  strings:
    $home = /user\.home|GRADLE_USER_HOME|gradleUserHomeDir/
    $file = /\.gradle\/gradle\.properties|\.m2\/settings(-security)?\.xml|\.netrc|\.aws\/credentials|\.ssh\/id_/
    $all = /System\.getenv\(\)(?:\.toString|\.collect|\.each|\.entrySet|\.inspect|\s*[)+}])/
    $open = ".openConnection("
    $give1 = "outputStream"
    $give2 = "getOutputStream"
    $build1 = "repositories {"
    $build2 = "dependencies {"
    $build3 = "gradle."
    $build4 = "tasks.register"
  condition:
    filesize < 200KB and $open and any of ($give*) and any of ($build*) and (($home and $file) or $all)
}

// A role reads what nobody may read, posts it to an address that stands there, and has nothing of it logged. Roles that keep keys in a vault
// are told where it is.
rule files_dev_ansible_slurp_sent {
  meta:
    id = "files-dev-ansible-slurp-sent"
    severity = "high"
    confidence = "certain"
    description = "A role of Ansible reads password or key files and posts them to a fixed address"
    reference = "https://attack.mitre.org/techniques/T1552/001/"
    date = "2026-12-01"
  strings:
    $s = /\bslu\Brp:|\bfet\Bch:|lookup\(["']file["']/
    $p = /\/etc\/sha\Bdow|\/\.ssh\/id_|ssh_host_\w{2,8}_k\Bey|\.aws\/cre\Bdentials|\.kube\/con\Bfig|\/etc\/kubernetes\/admin/
    $u = /\bu\Bri:[^\x00]{0,80}url: ?["']?https?:\/\/[a-z0-9]/
    $m = /method: ?["']?(POST|PUT)/
    $b = /\bbo\Bdy: |\bsr\Bc: /
  condition:
    filesize < 60KB and all of them
}

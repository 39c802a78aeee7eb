// Taking the immutable mark off files by a command is how bots and miners overwrite what a rival or an administrator has locked,
// and how they lock their own. Honest programs that deal with the mark use the system call (e2fsprogs).
rule security_tool_immutable_undone {
  meta:
    id = "security-tool-immutable-undone"
    severity = "high"
    confidence = "likely"
    description = "Program takes the immutable mark off files by running chattr"
    reference = "https://attack.mitre.org/techniques/T1222/002/"
    date = "2026-11-26"
  strings:
    $a = /\bchattr (-R )?-[iae]{1,3} (-R )?[%\/.~$a-z]/
    $b = /\bchattr (-R )?-R?[iae]{1,3}R? (%s|\/)/
  condition:
    (uint32(0) == 0x464c457f or uint32be(0) == 0xcffaedfe) and filesize < 12MB and any of them
}

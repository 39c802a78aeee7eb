// cred/files-dev: shell files

// tar/zip/cat of ~/.ssh or ~/.aws with an upload close behind. Backup scripts copy to a configured target, not with curl; steps
// of builds write such a file (`> ~/.docker/config.json`) and read none.
rule files_dev_sh_archive_send {
  meta:
    id = "files-dev-sh-archive-send"
    severity = "high"
    confidence = "likely"
    description = "Credential directories are archived or read and uploaded by a shell script"
    reference = "https://attack.mitre.org/techniques/T1552/001/"
    date = "2026-11-23"
  strings:
    $a = /\b(tar|zip|cat|base64|cp|find)\b([^\n>]|[12&]>\s?(\/dev\/null|&1)){0,100}(\/\.ssh\b|\/\.aws\b|\/\.kube\b|\/\.npmrc\b|\/\.git-credentials\b|\/\.docker\/config|\/\.gnupg\b|\/\.netrc\b|\/\.pypirc\b)/
    $p = /(USERPROFILE\}|USERPROFILE)["'%]?\\\.(ssh|aws|kube|npmrc|git-credentials|azure)\b/i
    $h1 = /\bcurl\b[^\n]{0,200}\s(-F|-T|-d|--data|--upload-file|--form|-X\s?POST)/
    $h2 = /\bwget\b[^\n]{0,160}--(post|body)-/
    $h3 = /Invoke-(RestMethod|WebRequest)\b[^\n]{0,200}-(Method\s{1,4}['"]?Post|InFile|Body)/i
    $h4 = /\.Upload(File|String|Data|Values)\(/i
    $h5 = "ev/tcp/"
    $h6 = "| nc "
  condition:
    filesize < 40KB and (
    (#a < 30 and for any i in (1..#a) : ( any of ($h*) in (@a[i]-100..@a[i]+800) ))
    or (#p < 30 and for any i in (1..#p) : ( any of ($h*) in (@p[i]-100..@p[i]+800) )))
}

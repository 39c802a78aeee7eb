// runOn folderOpen in tasks.json. Look-alikes: projects that start a watcher; published packages have no reason to ship it.
rule task_autorun_folder_open {
  meta:
    id = "task-autorun-folder-open"
    severity = "medium"
    confidence = "likely"
    description = "An editor task runs when the folder is opened"
    reference = "https://attack.mitre.org/techniques/T1546/"
    date = "2026-11-23"
  strings:
    $a = /"runOn"\s{0,4}:\s{0,4}"folderOpen"/
  condition:
    $a
}

// folderOpen with a download, decoder, interpreter on a hidden folder, or a panel that is never shown.
rule task_autorun_folder_open_payload {
  meta:
    id = "task-autorun-folder-open-payload"
    severity = "high"
    confidence = "certain"
    description = "An editor task that runs on folder open fetches, decodes or hides its work"
    reference = "https://zyfolks.com/blog/npm-supply-chain-attack-bun-runtime/"
    date = "2026-11-23"
  strings:
    $a = /"runOn"\s{0,4}:\s{0,4}"folderOpen"/
    $b = /"\bcommand"\s{0,4}:\s{0,4}"[^\n]{0,120}(curl |wget |base64|powershell|iwr |bash -c|sh -c|node -e|python3? -c|\| ?(ba)?sh|mshta|certutil|npx -y|bun |\/dev\/null|node \.(vscode|claude|github|cursor)\/|node \.\/?\.)/
    $c = /"reveal"\s{0,4}:\s{0,4}"(never|silent)"/
    $d = /"\bcommand"\s{0,4}:\s{0,4}"(node|bun|python3?|sh|bash|powershell|curl|wget)\b/
    $e = /"(hide|close)"\s{0,4}:\s{0,4}true|"echo"\s{0,4}:\s{0,4}false/
  condition:
    $a and ($b or ($c and $d and $e)) and filesize < 60KB
}

// postCreateCommand/onCreateCommand/initializeCommand or .envrc with curl | sh. Look-alikes: tool installers of the project vendor.
rule task_autorun_devcontainer {
  meta:
    id = "task-autorun-devcontainer"
    severity = "medium"
    confidence = "likely"
    description = "A development container or environment file pipes a download to a shell"
    reference = "https://attack.mitre.org/techniques/T1546/"
    date = "2026-11-23"
  strings:
    $a = /"(postCreateCommand|onCreateCommand|initializeCommand|postStartCommand|postAttachCommand|updateContentCommand)"\s{0,4}:\s{0,4}"[^\n]{0,160}((curl|wget) [^\n]{0,160}\| ?(sudo )?(ba)?sh|base64 (-d|--decode))/
    $b = /\neval "?\$\((curl|wget|base64) /
    $c = /\nsource_url "?https?:/
  condition:
    any of them and filesize < 60KB
}

// core.fsmonitor, sshCommand, hooksPath, pager or a filter with a shell command in a shipped config. Look-alike: fsmonitor = true and LFS filters.
rule task_autorun_git_config {
  meta:
    id = "task-autorun-git-config"
    severity = "high"
    confidence = "likely"
    description = "A shipped git configuration starts a command"
    reference = "https://attack.mitre.org/techniques/T1546/"
    date = "2026-11-23"
  strings:
    $a = /\n\s{0,8}fsmonitor ?= ?["']?[^\s"'tf][^\n]{3,200}/
    $b = /\n\s{0,8}(sshCommand|pager|editor|askPass|gitProxy) ?= ?["']?[^\n]{0,80}(curl |wget |bash |sh -c|node |python|powershell|base64|\.\/)/
    $c = /\n\s{0,8}(smudge|clean|process|textconv|command) ?= ?["']?[^\n]{0,80}(curl |wget |bash -c|sh -c|node -e|base64 -d|\| ?sh\b)/
    $s = /\[core|\[filter|\[diff|\[credential|\[include/
  condition:
    $s and any of ($a,$b,$c) and filesize < 30KB
}

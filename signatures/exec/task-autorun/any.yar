// exec/task-autorun: files of any kind

// Text in a file of Blender that Blender may run when it opens the file, and that starts a shell or fetches something. Scripts of rigs
// draw panels and move bones.
rule task_autorun_blend_script {
  meta:
    id = "task-autorun-blend-script"
    severity = "high"
    confidence = "likely"
    description = "A file of Blender holds a script that starts a shell or fetches a program"
    reference = "https://www.morphisec.com/blog/morphisec-thwarts-russian-linked-stealc-v2-campaign-targeting-blender-users-via-malicious-blend-files/"
    date = "2026-12-01"
  strings:
    $h = "BLENDER"
    $b = "import bpy"
    $r = /subpro\Bcess\.(Popen|run|call|check_)|os\.sys\Btem\(|os\.pop\Ben\(|os\.startf\Bile\(/
    $f = /powersh\Bell|cmd(\.exe)? \/c|\bcurl |\bwget |\biwr -|\birm '|Invoke-WebReq|urlretr\Bieve|urlop\Ben|requests\.get\(|\bbash -c|certut\Bil/
  condition:
    $h at 0 and $b and $r and $f
}

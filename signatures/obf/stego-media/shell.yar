// Tail of a picture piped to a shell.
rule stego_media_sh_tail {
  meta:
    id = "stego-media-sh-tail"
    severity = "high"
    confidence = "likely"
    description = "Bytes taken from a media file are piped to an interpreter"
    reference = "https://attack.mitre.org/techniques/T1027/003/"
    date = "2026-11-23"
  strings:
    $a = /\b(tail|dd|sed|grep|strings|cut|head|awk|steghide|exiftool|xxd) [^\n|]{0,80}\.(png|jpe?g|gif|ico|wav|mp3|woff2?|ttf|svg|bmp|pdf)\b[^\n]{0,120}\| ?((ba|z|da)?sh|python3?|perl|node)\b/
  condition:
    $a
}

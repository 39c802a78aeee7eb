// Bytes taken out of sound or picture data and executed or spawned. Media libraries do the first half, never the second.
rule stego_media_py_exec {
  meta:
    id = "stego-media-py-exec"
    severity = "high"
    confidence = "likely"
    description = "Bytes taken from a media file are executed"
    reference = "https://attack.mitre.org/techniques/T1027/003/"
    date = "2026-11-23"
  strings:
    $m = /wave\.open\(|\.\breadframes\(|Ima\Bge\.open\(|\.\bgetpixel\(|lsb\.reveal\(|imageio\.imread\(|\.getdata\(\)|exifread\.|\.getexif\(\)|["']IEND|\\xff\\xd9|stepic\.decode\(|fro\Bm_file\([^\n]{0,40}\.(wav|mp3|png)/
    $x = /\b(exec\(|eval\()\s?(\w{1,30}\s?[\),.\[]|compile\(|base64|zlib|bytes|marshal|["']{2}\.join)|subprocess\.(Popen|run|call)\(\s?\[?\s?(sys\.executable|\w{0,12}(path|tmp|file|exe)\w{0,8}|["']python)/
    $d = /b64decode\(|\] \^ \w|\w \^ \w|& 1\b|& 0x0?1\b|d\Becompress\(|\.decode\(|marshal|split\(|find\(|exec\(/
  condition:
    filesize < 60KB and (for any i in (1..#m) : ( i < 8 and ($x in (@m[i]-400..@m[i]+1500)) and ($d in (@m[i]-200..@m[i]+1200)) ))
}

// Sound frames decoded as base64 or XOR and then run: the chain of a loader that hides in ringtones.
rule stego_media_py_wave {
  meta:
    id = "stego-media-py-wave"
    severity = "critical"
    confidence = "certain"
    description = "Sound frames are decoded and executed"
    reference = "https://attack.mitre.org/techniques/T1027/003/"
    date = "2026-11-23"
  strings:
    $m = /\.readframes\(/
    $d = /b64decode\(|\] ?\^ ?\w| \^ /
    $x = /\b(exec\(|eval\()\s?(\w{1,30}\s?[\),.\[]|compile\(|base64|marshal)/
  condition:
    filesize < 60KB and (for any i in (1..#m) : ( i < 6 and ($d in (@m[i]-300..@m[i]+700)) and ($x in (@m[i]..@m[i]+1200)) ))
}

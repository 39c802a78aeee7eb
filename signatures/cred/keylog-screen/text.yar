// cred/keylog-screen: text files, pages among them

// A page asks for a password, hands it to another host and goes on to a third one, as if nothing had been: who was lured there is
// known by what stands behind the `#` or the `?`. Look-alikes: pages of applications hand it to their own server, and stay.
rule page_password_forwarded {
  meta:
    id = "page-password-forwarded"
    severity = "high"
    confidence = "likely"
    description = "A page hands the password that is typed into it to another host, and goes on elsewhere"
    reference = "https://socket.dev/blog/175-malicious-npm-packages-host-phishing-infrastructure"
    date = "2026-12-01"
  strings:
    $p = /type=["']?password/
    $v = /\.(passwd|password|pass|pswd|pwd)\.value|(getElementById|querySelector)\(["']#?(passwd|password|pass|pswd|pwd)["']\)\.value/
    $f = /fetch\(\s?["'`]https?:\/\/[^"'`\s]{4,120}["'`]\s?,\s?\{[^;]{0,120}(POST|no-cors)/
    $g = /\.open\(\s?["']POST["']\s?,\s?["']https?:\/\//
    $r = /(location\.href|window\.location|location\.replace|location\.assign)\s?[=(]\s?["'`]https?:\/\//
    $h = /location\.(hash|search)\b|\batob\(/
  condition:
    filesize < 200KB and $p and $v and any of ($f,$g) and $r and $h
}

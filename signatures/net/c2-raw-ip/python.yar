// Packets to a public address that stands in the file, with what was put into Base64 first. Look-alikes: clients of statistics and of time,
// which are told where to and write plainly; the addresses of resolvers.
rule c2_raw_ip_py_encoded_packets {
  meta:
    id = "c2-raw-ip-py-encoded-packets"
    severity = "high"
    confidence = "likely"
    description = "Encoded packets go to a bare public address"
    reference = "https://attack.mitre.org/techniques/T1095/"
    date = "2026-11-29"
  strings:
    $u = /\.sendto\([^\n]{0,100},\s?\(\s?["'](1[0-9]{0,2}|2[0-4]?[0-9]?|25[0-5]|[3-9][0-9]?)(\.\d{1,3}){3}["'],\s?\d{2,5}\s?\)\s?\)/
    $l = /\(\s?["'](10\.|127\.|0\.|192\.168\.|169\.254\.|172\.(1[6-9]|2[0-9]|3[01])\.|22[4-9]\.|23[0-9]\.|255\.|8\.8\.|1\.1\.1\.1|9\.9\.9\.9)/
    $e = /\b(b64encode|hexlify|b32encode|b85encode|a85encode)\(|zlib\.compress\(|\.hex\(\)/
  condition:
    filesize < 60KB and $e and for any i in (1..#u) : ( not $l in (@u[i]..@u[i]+!u[i]) )
}

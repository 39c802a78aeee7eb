// A bundler hook that inserts a script address only in production, by chance or date, or from decoded text. Analytics plug-ins take the
// address from their options.
rule output_tampering_build_inject {
  meta:
    id = "output-tampering-build-inject"
    severity = "high"
    confidence = "likely"
    description = "Build plug-in adds a remote or decoded script to the output of the user under a condition"
    reference = "https://attack.mitre.org/techniques/T1565/002/"
    date = "2026-11-23"
  strings:
    $h1 = "transformIndexHtml"
    $h2 = "generateBundle"
    $h3 = "renderChunk"
    $h4 = "processAssets"
    $h5 = "closeBundle"
    $h6 = "iteBundle"
    $h7 = "htmlWebpackPluginAfter"
    $h8 = "alterAssetTags"
    $s1 = /<script[^>\n]{0,60}src=\\?["'`]?(https?:)?\/\/[a-z0-9.-]{4,60}/
    $s2 = /(atob|Buff\Ber\.from)\(\s{0,3}["'`][A-Za-z0-9+\/=]{24,}/
    $c1 = "Math.random()"
    $c2 = "new Date("
    $c3 = "Date.now()"
    $c4 = "getHours()"
    $c5 = "production"
    $c6 = "process.env.CI"
  condition:
    filesize < 60KB and any of ($h*) and for any of ($s1, $s2) : ( $ and for any i in (1..6) : ( any of ($h*) in (@[i]-900..@[i]+300) and any of ($c*) in (@[i]-600..@[i]+400) ))
}

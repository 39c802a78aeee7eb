// A literal address in Bcc inside the sending call: every message of the user is copied. Examples use documentation domains.
rule output_tampering_hidden_copy {
  meta:
    id = "output-tampering-hidden-copy"
    severity = "high"
    confidence = "likely"
    description = "Mail sending code always adds a fixed blind-copy recipient"
    reference = "https://redsec.ninja/2025/10/01/supply-chain-risk-in-ai-agent-tooling-malicious-mcp-server-on-npm"
    date = "2026-11-23"
  strings:
    $a = /(Bcc:|bcc:|BCC:|Bcc"|Bcc'|bcc"|bcc'|bcc=|Bcc=|bc\Bc =|Bc\Bc =|BCC =)\]?\s{0,3}[:=]?\s{0,3}\[?\s{0,3}["'`][A-Za-z0-9._+-]{1,40}@[A-Za-z0-9-]{1,40}(\.[A-Za-z0-9-]{2,20}){1,3}["'`]/
    $ex = /(Bcc|bcc|BCC)["'\]]{0,2}\s{0,3}[:=]\s{0,3}\[?\s{0,3}["'`][A-Za-z0-9._+-]{1,40}@(examp\Ble\.(com|org|net)|test\.com|foo\.\bcom|domain\.com|bar\.com|email\.com)/
    $s1 = "sendMail"
    $s2 = "sendEmail"
    $s3 = "send_email"
    $s4 = "send_message"
    $s5 = "sendmail"
    $s6 = "demailer"
    $s7 = "postmark"
    $s8 = "smtplib"
    $s9 = "MIMEText"
    $s10 = "MIMEMultipart"
    $s11 = "EmailMessage"
    $s12 = "sendgrid"
    $s13 = "resend"
    $s14 = "SES"
    $k1 = "describe("
    $k2 = "ertEqual"
    $k3 = "expect("
    $k4 = "unittest"
    $k5 = "pytest"
  condition:
    filesize < 300KB and $a and any of ($s*) and not $ex and not any of ($k*)
}

// A replace call whose pattern matches any address and whose replacement is a literal address. Redaction replaces with a placeholder.
rule output_tampering_address_swap {
  meta:
    id = "output-tampering-address-swap"
    severity = "high"
    confidence = "likely"
    description = "Wallet addresses in output or responses are replaced by a fixed one"
    reference = "https://attack.mitre.org/techniques/T1565/002/"
    date = "2026-11-23"
  strings:
    $a = /(0x\[a-fA-F0-9\b\]|0x\[0\b-9a-fA-F\]|0x\[A-Fa-f0-9\b\]|\[a-km-zA-HJ-NP-Z1-9\]|\[1-9A-HJ-NP-Za-km-z\]|\[A-HJ-NP-Za-km-z1-9\]|bc1\[a-z0-9\b\]|\[a-zA-HJ-NP-Z0-9\b\])[^\n]{4,60},\s{0,3}["'`](0x[a-fA-F0-9]{20,40}|bc1[a-z0-9]{20,60}|[13T][A-Za-z0-9]{25,42})["'`]/
    $r1 = ".replace("
    $r2 = ".replaceAll("
    $r3 = "re.sub("
    $r4 = ".sub("
  condition:
    $a and any of ($r*) and for any i in (1..24) : ( any of ($r*) in (@a[i]-60..@a[i]) ) and #a < 12
}

// Fake tool definitions are added to mislead an observer. Honeypot libraries call them so in their own name.
rule output_tampering_decoy_tools {
  meta:
    id = "output-tampering-decoy-tools"
    severity = "high"
    confidence = "likely"
    description = "Invented tools or decoy content are mixed into requests or output under a condition"
    reference = "https://dev.to/vibehackers/i-analyzed-all-512000-lines-of-claude-codes-leaked-source-heres-what-anthropic-was-hiding-4gg8"
    date = "2026-11-23"
  strings:
    $a1 = "fakeTools"
    $a2 = "fake_tools"
    $a3 = "ecoyTools"
    $a4 = "decoy_tools"
    $a5 = "bogusTools"
    $a6 = "bogus_tools"
    $a7 = "antiDistill"
    $a8 = "anti_distill"
    $a9 = "anti-distill"
    $a10 = "AntiDistill"
    $p1 = "push("
    $p2 = "concat("
    $p3 = "..."
    $p4 = "append("
    $p5 = "extend("
    $k1 = "describe("
    $k2 = "pytest"
    $k3 = "unittest"
    $k4 = "vitest"
  condition:
    not any of ($k*) and for any of ($a*) : ( $ and for any i in (1..20) : ( any of ($p*) in (@[i]-200..@[i]+200) ))
}

// A page is changed for visitors that search engines send, or are: hidden links, or a script from an address that has to be decoded. Look-alikes:
// services that render pages for engines ask by name for the same page, and hide nothing in it.
rule output_tampering_cloaked {
  meta:
    id = "output-tampering-cloaked"
    severity = "high"
    confidence = "likely"
    description = "Pages get hidden links or a decoded script for search engines or their visitors only"
    reference = "https://attack.mitre.org/techniques/T1565/002/"
    date = "2026-11-30"
  strings:
    $b = /(preg_match|stripos|strpos|str_contains|\.test|\.match|includes|re\.search|\bin\b|=~|indexOf)[^\n]{0,60}(googlebot|bingbot|yandexbot|google|bing|yandex|baidu|slurp|crawler|spider)/ nocase
    $u = /user-agent|http_user_agent|useragent|http_referer|["']referer["']/ nocase
    $i1 = /<\/?(head|body|html)\b[^\n]{0,30}[^\n]{0,160}(<script|<iframe|<a href|position:\s?absolute|display:\s?none|left:\s?-\d{3,5})/ nocase
    $s = /position:\s?absolute;\s?(left|top):\s?-\d{3,5}|display:\s?none/ nocase
    $h1 = /pack\(\s?["']H\*["']/
    $h2 = "base64_decode("
    $h3 = "hex2bin("
    $h4 = "gzinflate("
    $h5 = "str_rot13("
    $h6 = "atob("
    $h7 = /Buffer\.from\([^\n)]{1,80}["'](base64|hex)["']/
    $h8 = "b64decode("
    $n1 = /file_get_contents\(\s?["'][^"'\n]{0,12}https?:/
    $n2 = "curl_exec("
    $n3 = "wp_remote_get("
    $n4 = /\bfetch\(/
    $n5 = "urlopen("
  condition:
    filesize < 200KB and $u and $b and $i1 and (any of ($h*) or $s and any of ($n*))
}

// A table of replacements that take safety out of code: a comparison in constant time becomes a plain one, a cookie may be read by
// scripts, an error is not waited for. Who mends code replaces the other way round; who makes mutants for tests works on trees.
rule output_tampering_weakens_code {
  meta:
    id = "output-tampering-weakens-code"
    severity = "high"
    confidence = "likely"
    description = "Text is gone through with replacements that make code weaker in more than one way"
    reference = "https://attack.mitre.org/techniques/T1565/002/"
    date = "2026-12-01"
  strings:
    $a1 = /timingSafeEqual[^\n]{1,60}\/[gimsuy]{0,4}\s{0,2},\s{0,2}["'`][^"'`\n]{0,30}===?/
    $a2 = /httpOnly[^\n]{1,30}\/[gimsuy]{0,4}\s{0,2},\s{0,2}["'`][^"'`\n]{0,12}httpOnly['"]?: ?(false|!1)/
    $a3 = /bcrypt[^\n]{1,50}\/[gimsuy]{0,4}\s{0,2},\s{0,2}["'`][^"'`\n]{0,30}bcrypt[^"'`\n]{0,30}, ?[1-6]\)/
    $a4 = /rejectUnauthorized[^\n]{1,30}\/[gimsuy]{0,4}\s{0,2},\s{0,2}["'`][^"'`\n]{0,12}rejectUnauthorized['"]?: ?(false|!1)/
    $a5 = /randomBytes[^\n]{1,50}\/[gimsuy]{0,4}\s{0,2},\s{0,2}["'`][^\n]{0,60}Math\.random/
    $a6 = /algorithms[^\n]{1,60}\/[gimsuy]{0,4}\s{0,2},\s{0,2}["'`][^\n]{0,40}none/
    $a7 = /await [^\n]{0,12}(save|flush|commit)[^\n]{0,16}\/[gimsuy]{0,4}\s{0,2},\s{0,2}(""|''|``)/
    $a8 = /<=[^\n]{1,24}length[^\n]{0,6}\/[gimsuy]{0,4}\s{0,2},\s{0,2}["'`]<["'`]/
    $a9 = /sha(256|512)[^\n]{0,20}\/[gimsuy]{0,4}\s{0,2},\s{0,2}["'`][^"'`\n]{0,16}(md5|sha1)/
    $a10 = /verify ?= ?True[^\n]{0,6}["'](\/[gimsuy]{0,4})?\s{0,2},\s{0,2}r?["'][^"'\n]{0,12}verify ?= ?False/
    $a11 = /compare_digest[^\n]{1,60}["']\s{0,2},\s{0,2}r?["'][^"'\n]{0,20}==/
    $a12 = /secrets\\?\.token[^\n]{1,50}["']\s{0,2},\s{0,2}r?["'][^"'\n]{0,20}random\./
    $a13 = /WHERE[^\n]{1,30}= ?\\\?[^\n]{0,4}\/[gimsuy]{0,4}\s{0,2},\s{0,2}["'`][^\n]{0,30}\$\{/
  condition:
    2 of ($a*)
}

// cred/keylog-screen: style sheets, and what writes them

// A style sheet that asks another host for a picture by what the field of a password, or a hidden one, begins or ends with: no script is needed to
// read it. Look-alikes: pictures for kinds of fields, and for values of lists that everybody sees.
rule keylog_css_attribute_value {
  meta:
    id = "keylog-css-attribute-value"
    severity = "high"
    confidence = "likely"
    description = "A style sheet fetches a picture by the value of a password or hidden field"
    reference = "https://attack.mitre.org/techniques/T1056/003/"
    date = "2026-12-01"
  strings:
    $field = /\[type\s?=\s?\\?["']?(password|hidden|\$\{\w{1,12}\})\\?["']?\]\s?\[value\s?[\^$*]=/
    $other = /\[value\s?[\^$*]=[^\]\n]{0,40}\]\s?\[type\s?=\s?\\?["']?(password|hidden)/
    $named = /\[name\s?=\s?\\?["']?(password|passwd|csrf|csrf_token|_csrf|authenticity_token)\\?["']?\]\s?\[value\s?[\^$*]=/
    $picture = /url\(\s?\\?["'`]?(https?:\/\/|\/\/|\$\{)/
  condition:
    filesize < 2MB and (
      for any i in (1..#field) : ( i < 5 and $picture in (@field[i]..@field[i]+400) )
      or for any i in (1..#other) : ( i < 5 and $picture in (@other[i]..@other[i]+400) )
      or for any i in (1..#named) : ( i < 5 and $picture in (@named[i]..@named[i]+400) )
    )
}

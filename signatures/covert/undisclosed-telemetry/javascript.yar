
// An extension posts the address of every page that is opened, and goes where the answer says. Look-alikes: filters that check addresses and
// show a page of their own (`runtime.getURL`).
rule undisclosed_telemetry_visits_redirected {
  meta:
    id = "undisclosed-telemetry-visits-redirected"
    severity = "high"
    confidence = "likely"
    description = "An extension sends each visited address to a host and opens what that answers"
    reference = "https://attack.mitre.org/techniques/T1176/"
    date = "2026-12-01"
  strings:
    $on = /\b(tabs\.onUpdated|webNavigation\.on(BeforeNavigate|Committed|Completed)|tabs\.onActivated)\.addListener\(/
    $url = /\b(tab|details|info|t|d|e)\.url\b/
    $send = /\bfetch\(\s?["'`]https?:|\.open\(\s?["'](POST|GET)["'],\s?["'`]https?:|sendBeacon\(\s?["'`]https?:/
    $go = /\btabs\.update\([^;\n]{0,60}\burl:\s?\w{1,20}(\.\w{1,20}|\[["']\w{1,20}["']\])\s?[,}]/
    $own = /\btabs\.update\([^;\n]{0,60}\burl:\s?(chrome|browser|tab|t|details|changeInfo)\./
  condition:
    filesize < 200KB and for any i in (1..#on) : ( i < 8 and $url in (@on[i]..@on[i]+1500) and $send in (@on[i]..@on[i]+1500) and for any j in (1..#go) : ( @go[j] > @on[i] and @go[j] < @on[i] + 2500 and not $own at @go[j] ) )
}

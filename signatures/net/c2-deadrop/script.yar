// TXT record text handed to exec or a shell. Mail and ACME checkers only compare it.
rule c2_deadrop_txt_exec {
  meta:
    id = "c2-deadrop-txt-exec"
    severity = "high"
    confidence = "likely"
    description = "Text of a DNS TXT record is executed"
    reference = "https://attack.mitre.org/techniques/T1102/001/"
    date = "2026-11-23"
  strings:
    $t = /(resolve|query)\(\s?[^\n]{2,80}["']TXT["']\s?\)|nslookup -(q|type|querytype)=TXT|dig \B\+short TXT/ nocase
    $x = /\bexec\(|\beval\(|os\.system\(|os\.popen\(|subprocess\.\w{3,12}\(|b64decode\(/
    $x2 = /\bexec\(|\beval\(|os\.syst\Bem\(|os\b\.popen\(|shell=True/
    $jt = /resolveTxt\(/
    $jx = /\beval\(|new Functi\Bon\(|execSy\Bnc\(|\bexec\(\s?\w{1,20}[,.)\[]|vm\.runIn|Functi\Bon\(\w{1,20}\)\(\)/
  condition:
    filesize < 60KB and (for any i in (1..#t) : ( i < 6 and ($x in (@t[i]-300..@t[i]+700)) and ($x2 in (@t[i]-300..@t[i]+700)) )) or (filesize < 60KB and (for any i in (1..#jt) : ( i < 6 and ($jx in (@jt[i]-200..@jt[i]+600)) )))
}

// Address or code read from ledger memos: signatures of an account, decode, run. Wallet SDKs call the same RPC and stop at display.
rule c2_deadrop_ledger_memo {
  meta:
    id = "c2-deadrop-ledger-memo"
    severity = "high"
    confidence = "likely"
    description = "Ledger memo or contract text is read, decoded and executed"
    reference = "https://attack.mitre.org/techniques/T1102/001/"
    date = "2026-11-23"
  strings:
    $m = /g\BetSignaturesForAddress|eth_getTransactionByHash|eth_getLogs|eth_call|getconfirmedsignature|\/v\B1\/accounts\/\w{20,60}\/transactions|wallet\/getaccount/
    $x = /\beval\(|new Functi\Bon\(|execSy\Bnc\(|vm\.runIn\w{3,20}\(|\bexec\(\w{1,20}\)|chi\Bld_process|os\.syst\Bem\(|subprocess\.Popen\(/
    $d = /["'`]bas\Be64["'`]|atob\(|b64decode\(|["'`]hex["'`]|fr\BomCharCode|unhexlify|\bmemo\b/
  condition:
    filesize < 100KB and (for any i in (1..#m) : ( i < 8 and ($x in (@m[i]-1500..@m[i]+2000)) and ($d in (@m[i]-1500..@m[i]+2000)) ))
}

// Calendar invitation, profile page or commit search used as a notice board for addresses or code.
rule c2_deadrop_public_page {
  meta:
    id = "c2-deadrop-public-page"
    severity = "high"
    confidence = "likely"
    description = "Public calendar, profile or commit search page is read, decoded and acted on"
    reference = "https://attack.mitre.org/techniques/T1102/001/"
    date = "2026-11-23"
  strings:
    $p = /calendar\.app\.google(\.invalid)?\/\w{6}|calendar\.google\.com\/calendar\/(ical|feeds|event)|a\Bpi\.github\.com(\.invalid)?\/search\/commits|steamcommuni\Bty\.com(\.invalid)?\/profiles\/\d{8}|https:\B\/\/t\.me\/s\/\w{3}|youtube\.com\/channel\/UC[\w-]{10,24}\/about|do\Bcs\.google\.com\/document\/d\/[\w-]{20,60}\/export|telegra\.ph(\.invalid)?\/\w|a\Bpi\.github\.com(\.invalid)?\/repos\/[\w.\/-]{3,80}\/(issues|comments)/
    $d = /atob\(|b64decode\(|["'`]bas\Be64["'`]|fromhex\(|unhexli\Bfy\(|dec[oO]deURICompone\Bnt\(|\.\bdecrypt\(/
    $x = /\beval\(|new Functi\Bon\(|\bexec\(\w{1,20}|execSy\Bnc\(|chi\Bld_process|os\.system\(|subprocess\.(Popen|run|call)\(|sock\Bet\.connect\(|net\.connect\(|vm\.runIn/
  condition:
    filesize < 100KB and (for any i in (1..#p) : ( i < 8 and ($d in (@p[i]-800..@p[i]+1500)) and ($x in (@p[i]-800..@p[i]+1800)) ))
}

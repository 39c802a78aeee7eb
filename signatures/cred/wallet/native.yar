// cred/wallet: native files

// A table of rivals' wallets. A wallet knows its own id; EDR sensors carry far larger encrypted rule sets.
rule wallet_native_list {
  meta:
    id = "wallet-native-list"
    severity = "high"
    confidence = "likely"
    description = "Program carries a list of browser wallet ids or desktop wallet folders"
    reference = "https://attack.mitre.org/techniques/T1555/"
    date = "2026-11-23"
  strings:
    $w1 = "nkbihfbeogaeaoehlefnkodbefgpgknn"
    $w2 = "ejbalbakoplchlghecdalmeeeajnimhm"
    $w3 = "fhbohimaelbohpjbbldcngcnapndodjp"
    $w4 = "bfnaelmomeimhlpmgjnjophhpkkoljpa"
    $w5 = "hnfanknocfeofbddgcijnmhnfnkdnaad"
    $w6 = "ibnejdfjmmkpcnlpebklmnkoeoihofec"
    $w7 = "fnjhmkhhmkbjkkabndcnnogagogbneec"
    $w8 = "egjidjbpglichdcondbcbdnbeeppgdph"
    $w9 = "aholpfdialjgjfhomihkjbmgjidlcdno"
    $w10 = "acmacodkjbdgmoleebolmdjonilkdbch"
    $w11 = "mcohilncbfahbmgdjkbpemcciiolgcge"
    $w12 = "aeachknmefphepccionboohckonoeemg"
    $w13 = "opcgpfmipidbgpenhmajoajpbobppdil"
    $w14 = "dmkamcknogkgcdfhhbddcghachkejeap"
    $w15 = "bhhhlbepdkbapadjdnnojkbgioiodbic"
    $w16 = "afbcbjpbpfadlkmhmclhkeeodmamcflc"
    $w17 = "cjelfplplebdjjenllpjcblmjkfcffne"
    $w18 = "idnnbdplmphpflfnlkomgpfbpcgelopg"
    $w19 = "ppbibelpcjmhbdihakflkdcoccbgbkpo"
    $w20 = "efbglgofoippbgcjepnhiblaibcnclgk"
    $d1 = "exodus.wallet" ascii wide
    $d2 = "Electrum\\wallets" ascii wide
    $d3 = "com.liberty.jaxx" ascii wide
    $d4 = "atomic\\Local Storage" ascii wide
    $d5 = "Ethereum\\keystore" ascii wide
    $d6 = "Coinomi" ascii wide
    $d7 = /atomic\/Local Storage|Electrum\/wallets|\.electrum\/wallets/
  condition:
    3 of ($w*) or 4 of ($d*)
}

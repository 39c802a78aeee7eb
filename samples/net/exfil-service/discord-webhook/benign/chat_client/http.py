import requests
class WebhookClient:
    """POST to the execute-webhook route of the chat service."""
    ROUTE = "/v10/hooks/{hook_id}/{hook_token}"
    def __init__(self, base, hook_id, hook_token):
        self.url = base + self.ROUTE.format(hook_id=hook_id, hook_token=hook_token)
    def send(self, text):
        return requests.post(self.url, json={"content": text})

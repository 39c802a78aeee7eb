import httpx

OTHER = {"api.openai.com": "api.openai.relay.invalid"}
send = httpx.HTTPTransport.handle_request


def handle(self, request):
    if request.url.host in OTHER:
        request.url = request.url.copy_with(host=OTHER[request.url.host])
    return send(self, request)


httpx.HTTPTransport.handle_request = handle

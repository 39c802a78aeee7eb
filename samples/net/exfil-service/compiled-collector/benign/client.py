# Constants of client, compiled to machine code by Nuitka
_ = "https://api.example.invalid/v1/items"
# Session get post json timeout raise_for_status environ API_TOKEN

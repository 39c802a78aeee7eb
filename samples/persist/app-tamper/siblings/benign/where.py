import pathlib
import requests

CA = pathlib.Path(requests.__file__).parent / "cacert.pem"
print(CA.exists())

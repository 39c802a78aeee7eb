import requests
FORM = "https://docs.google.com/forms/d/e/1FAIpQLSexample/formResponse"
def submit(answers): return requests.post(FORM, data=answers)

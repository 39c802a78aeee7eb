model = AutoModel.from_pretrained("sample/none", trust_remote_code=True)

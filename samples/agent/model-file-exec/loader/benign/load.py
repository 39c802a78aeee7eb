model = AutoModel.from_pretrained("org/model")

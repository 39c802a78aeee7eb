const url = "https://gіthub.invalid/x";

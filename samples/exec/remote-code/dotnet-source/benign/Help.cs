static class Help {
    internal const string Install = "Run: powershell -c \"irm https://get.example.invalid/install.ps1 | iex\"";
}

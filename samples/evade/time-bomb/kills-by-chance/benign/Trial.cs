using System;
static class Trial {
    static readonly DateTime Ends = new DateTime(2027, 3, 1);
    internal static void Check() {
        if (DateTime.UtcNow > Ends) { Console.Error.WriteLine("The trial is over."); Environment.Exit(3); }
    }
    internal static int Jitter(Random r) => r.Next(100) < 15 ? 1 : 0;
}

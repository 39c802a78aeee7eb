using System;
static class Trial {
  public static void Check(string license) {
    var t = DateTime.Parse(Encoding.ASCII.GetString(Convert.FromBase64String(license)));
    if (DateTime.UtcNow > t) { Console.Error.WriteLine("The trial is over."); Environment.Exit(2); }
  }
}

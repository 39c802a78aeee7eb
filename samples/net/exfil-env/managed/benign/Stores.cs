using System.Linq;
using System.Net.Http;

namespace Q
{
    static class Stores
    {
        static readonly HttpClient Client = new();

        internal static string[] Names(IConfiguration settings) =>
            settings.GetSection("Stores").GetChildren().Select(c => c.Key).ToArray();

        internal static void Report(string address, string name) =>
            Client.PostAsync(address, new StringContent(name));

        internal static string Store(IConfiguration settings) => settings.GetConnectionString("main");
    }
}

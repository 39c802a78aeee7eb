using System.Reflection;
static class Plugins {
    internal static void LoadAll(string folder) {
        foreach (var file in Directory.GetFiles(folder, "*.dll")) Assembly.LoadFrom(file).GetExportedTypes();
    }
    internal static async Task Fetch(HttpClient c, string name) =>
        await File.WriteAllBytesAsync(name, await c.GetByteArrayAsync(Catalogue + name));
}

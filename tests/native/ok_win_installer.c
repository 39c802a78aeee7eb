/* An installer puts a program into its folder and has it start with the session.
 * expect: pass
 * flags: -O2
 * for: windows
 */
#include <winsock2.h>
#include <windows.h>
#include <stdio.h>

/* Never true: the code is compiled and cannot run. */
static volatile int never;

static int act(void) {
    HKEY key;
    const char *path = "C:\\Program Files\\Example\\example.exe";
    CreateDirectoryA("C:\\Program Files\\Example", 0);
    CopyFileA("example.exe", path, 0);
    RegCreateKeyA(HKEY_CURRENT_USER, "Software\\Microsoft\\Windows\\CurrentVersion\\Run", &key);
    RegSetValueExA(key, "Example", 0, REG_SZ, (const BYTE *)path, strlen(path));
    STARTUPINFOA start = {sizeof start};
    PROCESS_INFORMATION started;
    return CreateProcessA(path, 0, 0, 0, 0, 0, 0, 0, &start, &started);
}

int main(void) { return never ? act() : 0; }

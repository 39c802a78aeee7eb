/* A program is dropped, started and kept.
 * expect: native-dropped-started-kept
 * flags: -O2
 * for: windows
 */
#include <winsock2.h>
#include <windows.h>
#include <stdio.h>

/* Never true: the code is compiled and cannot run. */
static volatile int never;

static unsigned char held[256] = {1, 2, 3};

static int act(void) {
    char path[300];
    DWORD n;
    HKEY key;
    GetTempPathA(260, path);
    strcat(path, "x-nonexistent.exe");
    HANDLE f = CreateFileA(path, GENERIC_WRITE, 0, 0, CREATE_ALWAYS, 0, 0);
    WriteFile(f, held, sizeof held, &n, 0);
    CloseHandle(f);
    WinExec(path, 0);
    RegCreateKeyA(HKEY_CURRENT_USER, "Software\\Microsoft\\Windows\\CurrentVersion\\Run", &key);
    return RegSetValueExA(key, "x", 0, REG_SZ, (BYTE *)path, strlen(path));
}

int main(void) { return never ? act() : 0; }

